"""The administrator's PIN: set, changed, removed; each by who knows the old one."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.access import pin_flaw
from station.gui.pages import setup_parts as parts
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.theme import DARK, Theme
from station.gui.unlock import Guard, show_standing, try_pin
from station.gui.widgets.pin_dialog import PinDialog


class AccessDesk(QWidget):
    """`said(words)` for what was done, `failed(fault)` for what was not."""

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, guard: Guard, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = guard.door
        self._look = guard.look
        self._tasks = tasks
        self._theme = DARK
        self._panel: QFrame = parts.panel()
        self.caption = parts.caption()
        self.state, self.guards, self.forgotten = parts.note(), parts.note(), parts.note()
        self.set_key, self.remove_key = parts.key(), parts.key()
        column = QVBoxLayout(self._panel)
        for one in (self.caption, self.state, self.guards, self.set_key, self.remove_key):
            column.addWidget(one)
        column.addWidget(self.forgotten)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._panel, 2)
        row.addStretch(1)
        self.set_key.clicked.connect(self.change)
        self.remove_key.clicked.connect(self.remove)
        guard.changed.connect(self.retranslate)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        parts.column(self._panel, theme)
        parts.high(theme, self.set_key, self.remove_key)

    def retranslate(self) -> None:
        """Write all words anew."""
        has_pin = self._door.has_pin
        self.caption.setText(translate("Pin", "Administrator’s PIN").upper())
        self.state.setText(
            translate("Pin", "A PIN is set.")
            if has_pin
            else translate("Pin", "No PIN is set: whoever stands here may do all this.")
        )
        self.guards.setText(
            translate(
                "Pin",
                "It guards this page, and on the Teach page the release of a model, the way back "
                "to the former one, and teaching a new product. Ten minutes after the last touch, "
                "or by the key Lock, they are locked again.",
            )
        )
        self.forgotten.setText(
            translate(
                "Pin",
                "Forgotten? Whoever may write the data folder sets a new one by the command "
                "“station pin set”.",
            )
        )
        change, first = translate("Pin", "Change the PIN…"), translate("Pin", "Set a PIN…")
        self.set_key.set_title(change if has_pin else first)
        self.remove_key.set_title(translate("Pin", "Remove the PIN…"))
        self.remove_key.setVisible(has_pin)

    def opened(self) -> None:
        """It came into sight."""
        self.retranslate()

    def closed(self) -> None:
        """It went out of sight."""

    # ── what the person does ────────────────────────────────────────────────────────────────

    def change(self) -> None:
        """Ask for the old one, if there is one, then twice for the new."""
        if self._door.has_pin:
            self._ask_old(self._ask_new)
        else:
            self._ask_new()

    def remove(self) -> None:
        """Ask for it once more."""
        said = translate("Pin", "The PIN is removed. Nothing asks for it any more.")
        self._ask_old(lambda: self._run(self._door.clear_pin, said))

    def _ask_old(self, then: Callable[[], None]) -> None:
        title = translate("Pin", "Present PIN")
        dialog = PinDialog(title, self._theme, self.window())

        def passed() -> None:
            dialog.accept()
            then()

        dialog.entered.connect(lambda pin: try_pin(self._tasks, self._door, dialog, pin, passed))
        show_standing(self._tasks, self._door, dialog)
        dialog.open()

    def _ask_new(self) -> None:
        title = translate("Pin", "New PIN")
        dialog = PinDialog(title, self._theme, self.window())
        first: list[str] = []

        def entered(pin: str) -> None:
            flaw = pin_flaw(pin)
            if flaw is not None:
                dialog.refuse(fault_text(flaw))
            elif not first:
                first.append(pin)
                dialog.ask(translate("Pin", "New PIN once more"))
            elif first.pop() != pin:
                dialog.ask(title)
                dialog.refuse(translate("Pin", "They were not the same. Begin with the first."))
            else:
                dialog.accept()
                self._run(lambda: self._door.set_pin(pin), translate("Pin", "The PIN is set."))

        dialog.entered.connect(entered)
        rules = translate("Pin", "At least 6 digits, and none that are guessed easily.")
        dialog.ask(title, rules)
        dialog.open()

    def _run(self, work: Callable[[], None], said: str) -> None:
        def done(_: object) -> None:
            self._look()
            self.retranslate()
            self.said.emit(said)

        self._tasks.run(work, done, self.failed.emit)
