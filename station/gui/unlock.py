"""The guard of the window: asks for the administrator's PIN, and shuts again."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from station.access import Check, Door, Standing
from station.errors import Fault
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.theme import Theme
from station.gui.widgets.pin_dialog import PinDialog

TICK_MS = 1000
AskPin = Callable[[QWidget, Theme, Callable[[], None]], None]
"""Do that at once where one may, else after the right PIN; (window, theme, what to do)."""
TOUCHES = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)
"""What keeps it open. A mouse that moves does not: on a machine that shakes it always does."""


def ask_nobody(_: QWidget, __: Theme, then: Callable[[], None]) -> None:
    """Where nothing is guarded."""
    then()


class Guard(QObject):
    """Asks for the PIN, and shuts the door again; `changed(is_open)` when it opened or shut.

    works_there(): whether a guarded place is in sight. What is touched elsewhere keeps nothing
    open. tasks: for checks, which take a moment.
    """

    changed = Signal(bool)

    def __init__(
        self,
        door: Door,
        tasks: Tasks,
        works_there: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.door = door
        self._tasks = tasks
        self._works_there = works_there
        self._was_open = door.is_open
        self._was_unlocked = False
        self._dialog: PinDialog | None = None
        self._tick = QTimer(self)
        self._tick.timeout.connect(self.look)
        self._tick.start(TICK_MS)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    # ── asking ──────────────────────────────────────────────────────────────────────────────

    def ask(self, window: QWidget, theme: Theme, then: Callable[[], None]) -> None:
        """See AskPin. Nothing is done where the person gives up."""
        if self.door.is_open:
            then()
        elif not self._asks:
            title = translate("Pin", "Administrator’s PIN")
            self._dialog = dialog = PinDialog(title, theme, window)
            dialog.entered.connect(lambda pin: self._try(dialog, pin, then))
            show_standing(self._tasks, self.door, dialog)
            dialog.open()
            self._follow(window.window().windowHandle())

    @property
    def _asks(self) -> bool:
        dialog = self._dialog
        return dialog is not None and isValid(dialog) and dialog.isVisible()

    def _try(self, dialog: PinDialog, pin: str, then: Callable[[], None]) -> None:
        def passed() -> None:
            dialog.accept()
            self.look()
            then()

        try_pin(self._tasks, self.door, dialog, pin, passed)

    # ── shutting ────────────────────────────────────────────────────────────────────────────

    @Slot()
    def lock(self) -> None:
        """Shut it now."""
        self.door.lock()
        self.look()

    @Slot()
    def look(self) -> None:
        """Tell if it opened or shut since, by time or from elsewhere."""
        unlocked, is_open = self.door.unlocked, self.door.is_open
        if self._was_unlocked and not unlocked:
            self._tasks.run(lambda: self.door.note("locked", None), lambda _: None)
        self._was_unlocked = unlocked
        if is_open != self._was_open:
            self._was_open = is_open
            self.changed.emit(is_open)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody works here."""
        if event.type() in TOUCHES and self._was_unlocked and self._works_there():
            self.door.touch()
        return super().eventFilter(watched, event)

    def _follow(self, window: QWindow | None) -> None:
        """All touches pass a window first: the station's own, or that of a dialog over it."""
        if window is not None:
            window.installEventFilter(self)  # once for each, however often


def try_pin(
    tasks: Tasks, door: Door, dialog: PinDialog, pin: str, passed: Callable[[], None]
) -> None:
    """Have the PIN checked off this thread; the dialog says why it was refused."""

    def checked(check: Check) -> None:
        if not isValid(dialog):
            return  # the person gave up meanwhile
        if check.right:
            passed()
        elif check.wait > 0:
            dialog.pause(check.wait)
        else:
            dialog.refuse(wrong_words(check.left))

    tasks.run(lambda: door.unlock(pin), checked, lambda fault: _shut(dialog, fault))


def show_standing(tasks: Tasks, door: Door, dialog: PinDialog) -> None:
    """Have the dialog say at once if a pause holds, or the PIN's file is damaged."""

    def told(standing: Standing) -> None:
        if standing.wait > 0 and isValid(dialog):
            dialog.pause(standing.wait)

    tasks.run(door.standing, told, lambda fault: _shut(dialog, fault))


def _shut(dialog: PinDialog, fault: Fault) -> None:
    if isValid(dialog):
        dialog.shut(fault_text(fault))


def wrong_words(left: int) -> str:
    """That was not it, and how often one may try still."""
    if left == 1:
        return translate("Pin", "That is not the PIN. One more try, then there is a pause.")
    return translate("Pin", "That is not the PIN. {left} more tries.", left=left)
