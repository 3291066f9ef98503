"""A slider that a gloved finger can hold; even over many decades."""

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

LEAST = 56  # pixels
_KNOB = 30
_DECADES = 300.0  # a span of so many times its lower end is laid out by its logarithm
_STEPS, _LEAPS = 100, 10  # arrow keys, and Page Up and Down, for the whole way


class TouchSlider(QWidget):
    """`moved(value)` while it is pulled, `let_go(value)` at the end of that and for each key."""

    moved = Signal(float)
    let_go = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._low, self._high, self._step = 0.0, 1.0, 0.0
        self.value = 0.0
        self._held = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.update()

    def set_range(self, low: float, high: float, step: float | None) -> None:
        """From where to where, and in which steps counted from `low`; None: any value."""
        self._low, self._high, self._step = low, max(low, high), step or 0.0
        self.update()

    def set_value(self, value: float) -> None:
        """Where it stands; not while somebody pulls it, and tells nobody."""
        if not self._held:
            self.value = value
            self.update()

    def sizeHint(self) -> QSize:
        """High enough for a finger."""
        return QSize(160, max(LEAST, self._theme.px(56)))

    def minimumSizeHint(self) -> QSize:
        """The same, for a narrow window."""
        return QSize(80, self.sizeHint().height())

    # ── moving ──────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The knob comes to the finger."""
        if self.isEnabled():
            self._held = True
            self._go(self._value_at((event.position().x() - _KNOB / 2) / self._way()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It follows."""
        if self._held:
            self._go(self._value_at((event.position().x() - _KNOB / 2) / self._way()))

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """Let go."""
        if self._held:
            self._held = False
            self.let_go.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Page Up and Down; Home and End."""
        ways = {
            int(Qt.Key.Key_Left): -1 / _STEPS,
            int(Qt.Key.Key_Right): 1 / _STEPS,
            int(Qt.Key.Key_PageDown): -1 / _LEAPS,
            int(Qt.Key.Key_PageUp): 1 / _LEAPS,
            int(Qt.Key.Key_Home): -1.0,
            int(Qt.Key.Key_End): 1.0,
        }
        if event.key() not in ways:
            super().keyPressEvent(event)
            return
        by, before = ways[event.key()], self.value
        self._go(self._value_at(self._share(self.value) + by))
        if self.value == before and self._step:  # a step is longer than that
            self._go(before + math.copysign(self._step, by))
        self.let_go.emit(self.value)

    def _go(self, value: float) -> None:
        value = min(max(value, self._low), self._high)
        if value != self.value:
            self.value = value
            self.moved.emit(value)
            self.update()

    def _value_at(self, share: float) -> float:
        share = min(max(share, 0.0), 1.0)
        if self._is_wide:
            value: float = self._low * (self._high / self._low) ** share
            digits = 2 - math.floor(math.log10(value))  # three figures are enough
            value = round(value, digits)
        else:
            value = self._low + share * (self._high - self._low)
        if self._step > 0:
            value = self._low + round((value - self._low) / self._step) * self._step
        return min(max(value, self._low), self._high)

    def _share(self, value: float) -> float:
        if self._high <= self._low:
            return 0.0
        value = min(max(value, self._low), self._high)
        if self._is_wide:
            return math.log(value / self._low) / math.log(self._high / self._low)
        return (value - self._low) / (self._high - self._low)

    @property
    def _is_wide(self) -> bool:
        return self._low > 0 and self._high / self._low > _DECADES

    def _way(self) -> float:
        return max(1.0, self.width() - _KNOB)

    # ── painting ────────────────────────────────────────────────────────────────────────────

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Groove, what is full of it, knob."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, middle = self._theme, self.height() / 2
            x = _KNOB / 2 + self._share(self.value) * self._way()
            nothing = QColor(0, 0, 0, 0)
            groove = QRectF(_KNOB / 2, middle - 4, self._way(), 8)
            paint.box(painter, groove, 4, theme.color("line"), nothing, 0)
            on = theme.color("accent" if self.isEnabled() else "disabled")
            groove.setRight(x)
            paint.box(painter, groove, 4, on, nothing, 0)
            knob = QRectF(x - _KNOB / 2, middle - _KNOB / 2, _KNOB, _KNOB)
            edge = theme.color("select" if self.hasFocus() else "panel")
            paint.box(painter, knob, _KNOB / 2, on, edge, 3)
