"""A question for a PIN: what for, the pad, and what was wrong with the last one."""

import math
import time

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from station.gui.texts import translate
from station.gui.theme import Theme, stylesheet
from station.gui.widgets.key_pad import KeyPad
from station.gui.widgets.touch_key import TouchKey

TICK_MS = 200


class PinDialog(QDialog):
    """`entered(pin)` each time one was entered; whoever asked answers by `refuse` or closes it.

    From `entered` until then the pad waits. Shown with `open()`: the line's events go on below it.
    """

    entered = Signal(str)

    def __init__(self, title: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setStyleSheet(stylesheet(theme))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._until = 0.0
        self.heading, self.said = QLabel(), QLabel()
        self.heading.setProperty("role", "title")
        self.pad = KeyPad(theme)
        self.cancel_key = TouchKey(title_px=20)
        self.cancel_key.set_theme(theme)
        self.cancel_key.set_title(translate("Dialog", "Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(12))
        for label in (self.heading, self.said):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pad.set_beside(self.cancel_key)
        for one in (self.heading, self.said, self.pad):
            column.addWidget(one)
        self.cancel_key.clicked.connect(self.reject)
        self.pad.entered.connect(self._entered)
        self.pad.changed.connect(self._changed)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_pause)
        self.ask(title)

    def ask(self, title: str, words: str = "") -> None:
        """Ask for the next one."""
        self.setWindowTitle(title)
        self.heading.setText(title)
        self.pad.clear()
        self._say(words)
        self._free()

    def refuse(self, words: str) -> None:
        """It was not taken, and why; another may be entered."""
        self.pad.clear()
        self._say(words, is_bad=True)
        self._free()

    def pause(self, seconds: float) -> None:
        """None is taken for so long; the seconds are counted down."""
        self._hold()
        self._until = time.monotonic() + seconds
        self._tick.start()
        self._show_pause()

    def shut(self, words: str) -> None:
        """None is taken at all, and why."""
        self._hold()
        self._say(words, is_bad=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the middle of the window."""
        super().showEvent(event)
        self._stand()
        self.pad.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits count wherever the focus is; Escape gives up."""
        ends = (Qt.Key.Key_Return, Qt.Key.Key_Enter) if self.cancel_key.hasFocus() else ()
        if event.key() in (Qt.Key.Key_Escape, *ends):
            self.reject()
        elif self.pad.is_taking and event.type() == QEvent.Type.KeyPress:
            self.pad.keyPressEvent(event)

    def _entered(self, pin: str) -> None:
        self._hold()
        self._say(translate("Pin", "Checking…"))
        self.entered.emit(pin)

    def _changed(self) -> None:
        if self.pad.text:
            self._say("")

    def _hold(self) -> None:
        """No digits now, but Cancel; the focus must not move on to that by itself."""
        self.setFocus()
        self.pad.clear()
        self.pad.set_taking(False)

    def _free(self) -> None:
        self._tick.stop()
        self.pad.set_taking(True)
        self.pad.setFocus()

    def _show_pause(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            self._say(translate("Pin", "The PIN can be entered again."))
            self._free()
            return
        minutes, seconds = divmod(math.ceil(left), 60)
        words = translate(
            "Pin",
            "Too many wrong tries. Wait {minutes}:{seconds}.",
            minutes=minutes,
            seconds=f"{seconds:02}",
        )
        self._say(words, is_bad=True)

    def _say(self, words: str, is_bad: bool = False) -> None:
        self.said.setText(words)
        self.said.setStyleSheet(f"color: {self._theme.ng_text if is_bad else self._theme.muted}")
        lines = self._theme.text_px(18) * 3  # two of them, so that seldom a key moves
        wanted = self.said.heightForWidth(self.pad.sizeHint().width())
        if max(lines, wanted) != self.said.minimumHeight():
            self.said.setMinimumHeight(max(lines, wanted))
            self._stand()

    def _stand(self) -> None:
        parent = self.parentWidget()
        if parent is not None and self.isVisible():
            self.adjustSize()
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())
