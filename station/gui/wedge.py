"""A bar code scanner that types like a keyboard, told from a person by its speed."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from shiboken6 import isValid

GAP_SECONDS = 0.035  # between two keys of a scanner; a quick typist needs 80 ms
LEAST = 4  # characters of a code
MOST = 256
ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


@dataclass(slots=True)
class _Held:
    """A key that waits to be told from a scanner's, and whether it was let go meanwhile."""

    key: int
    modifiers: Qt.KeyboardModifier
    text: str
    is_up: bool = False


class Wedge(QObject):
    """Every printable key waits for the next one, 35 ms at most, in whichever window has the keys.

    Keys that follow each other so fast, at least four with Enter or Tab at the end, are a code:
    `scanned` gets its text, and nobody else sees the keys; where somebody writes, the text goes
    there. Any other key goes on to where it was meant for: one of `shortcuts`, by the name that Qt
    has for the key, or the widget that has the focus.
    """

    def __init__(
        self,
        app: QGuiApplication,
        scanned: Callable[[str], None],
        shortcuts: Mapping[str, Callable[[], None]],
    ) -> None:
        super().__init__(app)
        self._scanned = scanned
        self._shortcuts = shortcuts
        self._window: QWindow | None = None
        self._held: list[_Held] = []
        self._last = 0.0
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._time_over)
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold keys back; True keeps the event from everybody else."""
        if self._replaying or not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return super().eventFilter(watched, event)
        match event.type():
            case QEvent.Type.ShortcutOverride if self._is_ours(event):
                event.accept()
                return True
            case QEvent.Type.KeyPress if self._is_ours(event):
                self._press(event)
                return True
            case QEvent.Type.KeyRelease:
                return self._release(event.key())
        return super().eventFilter(watched, event)

    def _follow(self, window: QWindow | None) -> None:
        if self._window is not None and not isValid(self._window):
            self._window = None  # a dialog that deleted itself as it closed
        self._let_go()
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _is_ours(self, event: QKeyEvent) -> bool:
        if event.modifiers() not in PLAIN:
            return False
        if event.key() in ENDS:
            return self._is_scan(event)
        return len(event.text()) == 1 and event.text().isprintable()

    def _is_scan(self, end: QKeyEvent) -> bool:
        return len(self._held) >= LEAST and _moment(end) - self._last <= GAP_SECONDS

    def _press(self, event: QKeyEvent) -> None:
        if event.key() in ENDS:
            text = "".join(one.text for one in self._held)
            self._held.clear()
            self._timer.stop()
            self._take(text)
            return
        now = _moment(event)
        if self._held and (now - self._last > GAP_SECONDS or len(self._held) >= MOST):
            self._let_go()
        self._held.append(_Held(event.key(), event.modifiers(), event.text()))
        self._last = now
        self._timer.start(round(GAP_SECONDS * 1000) + 1)

    def _release(self, key: int) -> bool:
        held = [one for one in self._held if one.key == key and not one.is_up]
        if held:
            held[0].is_up = True
        return bool(held)

    def _take(self, text: str) -> None:
        writing = QApplication.focusWidget()
        if isinstance(writing, QLineEdit):
            writing.insert(text)
        elif isinstance(writing, QPlainTextEdit):
            writing.insertPlainText(text)
        else:
            self._scanned(text)

    def _time_over(self) -> None:
        """Unless keys wait behind something that held the window up: these are looked at first."""
        seen = len(self._held)
        QTimer.singleShot(0, self, lambda: self._let_go() if len(self._held) == seen else None)

    def _let_go(self) -> None:
        """It was a person: each key goes where it was meant for."""
        self._timer.stop()
        held, self._held = self._held, []
        self._replaying = True
        try:
            for one in held:
                self._replay(one)
        finally:
            self._replaying = False

    def _replay(self, one: _Held) -> None:
        writes = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        plain = one.modifiers != Qt.KeyboardModifier.ShiftModifier
        act = self._shortcuts.get(QKeySequence(one.key).toString()) if plain else None
        if act is not None and not writes and _in_main(self._window):
            act()
        else:
            self._send(QEvent.Type.KeyPress, one)
            if one.is_up:
                self._send(QEvent.Type.KeyRelease, one)

    def _send(self, kind: QEvent.Type, one: _Held) -> None:
        window = self._window
        if window is not None and isValid(window):  # the key before may have closed it
            QApplication.sendEvent(window, QKeyEvent(kind, one.key, one.modifiers, one.text))


def _moment(event: QKeyEvent) -> float:
    """When the key was pressed, in seconds; the system says it, however busy the window is."""
    return event.timestamp() / 1000 if event.timestamp() else time.monotonic()


def _in_main(window: QWindow | None) -> bool:
    """Shortcuts belong to the window itself; a dialog over it has keys of its own."""
    return window is not None and QApplication.activeModalWidget() is None
