"""A pad of number keys for gloves, and the dots that stand for what was entered."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QSizePolicy, QWidget

from station.access import LEAST, MOST
from station.gui.texts import translate
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.touch_key import Tone, TouchKey

LEAST_PX = 72
_WIDE = 1.45  # a key is so many times as wide as it is high
_PLACES = {digit: divmod(digit - 1, 3) for digit in range(1, 10)} | {0: (3, 1)}


class Dots(QWidget):
    """One dot for each digit; how many are wanted at least is drawn as rings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_count(self, count: int) -> None:
        """So many digits."""
        self._count = count
        self.setAccessibleName(translate("Pin", "{count} digits", count=count))
        self.update()

    def sizeHint(self) -> QSize:
        """A line of dots."""
        return QSize(self._theme.px(34) * MOST, self._theme.px(44))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Full ones, then rings."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, shown = self._theme, max(self._count, LEAST)
            radius = max(6.0, theme.px(10))
            step = min(radius * 3.2, self.width() / (shown + 1))
            left = self.width() / 2 - step * (shown - 1) / 2
            for place in range(shown):
                full = place < self._count
                ink = theme.color("text" if full else "muted")
                painter.setPen(ink)
                painter.setBrush(ink if full else Qt.BrushStyle.NoBrush)
                at = QPointF(left + place * step, self.height() / 2)
                painter.drawEllipse(at, radius, radius)


class KeyPad(QWidget):
    """`entered(digits)` by OK or Enter, `changed` when a digit came or went.

    While the pad or one of its keys has the focus, digits, Backspace, Delete and Enter of a real
    keyboard do the same.
    """

    entered = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._text = ""
        self._ok_words = ""
        self.is_taking = True
        self.dots = Dots()
        self.digits = {digit: self._key(str(digit)) for digit in range(10)}
        self.back_key, self.clear_key = self._key("⌫"), self._key("")
        self.ok_key = TouchKey(tone=Tone.PRIMARY, title_px=22)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self.dots, 0, 0, 1, 3)
        for digit, (row, column) in _PLACES.items():
            self._grid.addWidget(self.digits[digit], row + 1, column)
        self._grid.addWidget(self.clear_key, 4, 0)
        self._grid.addWidget(self.back_key, 4, 2)
        self._grid.addWidget(self.ok_key, 5, 0, 1, 3)
        for digit, key in self.digits.items():
            key.clicked.connect(lambda _=False, one=digit: self.press(one))
        self.back_key.clicked.connect(self.back)
        self.clear_key.clicked.connect(self.clear)
        self.ok_key.clicked.connect(self.enter)
        self.set_theme(theme)
        self.retranslate()

    def _key(self, title: str) -> TouchKey:
        key = TouchKey(title_px=28)
        key.set_title(title)
        return key

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._grid.setSpacing(theme.px(12))
        side = max(LEAST_PX, touch(self))
        for key in (*self.digits.values(), self.back_key, self.clear_key, self.ok_key):
            key.set_theme(theme)
            key.setMinimumSize(round(side * _WIDE), side)
        self.dots.set_theme(theme)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.clear_key.set_title(translate("Pin", "Clear"))
        self.back_key.setAccessibleName(translate("Pin", "Delete the last digit"))
        self.ok_key.set_title(self._ok_words or translate("Dialog", "OK"))
        self._show()

    def set_beside(self, key: TouchKey) -> None:
        """Another key at the foot, left of the blue one."""
        self._grid.addWidget(key, 5, 0)
        self._grid.addWidget(self.ok_key, 5, 1, 1, 2)

    def set_ok(self, words: str) -> None:
        """What the blue key says."""
        self._ok_words = words
        self.retranslate()

    def set_taking(self, is_on: bool) -> None:
        """Whether digits are taken."""
        self.is_taking = is_on
        for key in (*self.digits.values(), self.back_key, self.clear_key):
            key.setEnabled(is_on)
        self._show()

    # ── what the person does ────────────────────────────────────────────────────────────────

    @property
    def text(self) -> str:
        """The digits entered so far."""
        return self._text

    def press(self, digit: int) -> None:
        """One more digit, unless there are as many as a PIN may have."""
        if self.is_taking and len(self._text) < MOST:
            self._set(self._text + str(digit))

    def back(self) -> None:
        """Take the last digit back."""
        if self.is_taking:
            self._set(self._text[:-1])

    def clear(self) -> None:
        """Take all of them back."""
        self._set("")

    def enter(self) -> None:
        """That is all."""
        if self.is_taking and len(self._text) >= LEAST:
            self.entered.emit(self._text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard; Enter presses the key that has the focus, else OK."""
        text, key = event.text(), event.key()
        focused = QApplication.focusWidget()
        if len(text) == 1 and text in "0123456789":
            self.digits[int(text)].flash()
            self.press(int(text))
        elif key == Qt.Key.Key_Backspace:
            self.back()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QAbstractButton):
                focused.click()
            else:
                self.enter()
        else:
            super().keyPressEvent(event)

    def _set(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        count = len(self._text)
        self.dots.set_count(count)
        self.ok_key.setEnabled(self.is_taking and count >= LEAST)
