"""Numbers of the shift with their captions, and a small curve."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


@dataclass(frozen=True, slots=True)
class Counter:
    """One number: `role` is the colour role of its text."""

    value: str
    caption: str
    role: str = "text"


class Counters(QWidget):
    """A row of numbers, then a curve in what is left of the width.

    When there is little room the curve goes first, then the gaps shrink, then captions are cut.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counters: tuple[Counter, ...] = ()
        self._curve: tuple[float, ...] = ()
        self._theme = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_counters(self, counters: tuple[Counter, ...]) -> None:
        """Show these numbers; costs nothing when nothing changed."""
        if counters != self._counters:
            self._counters = counters
            said = "; ".join(f"{item.caption} {item.value}" for item in counters)
            self.setAccessibleName(said)
            self.setToolTip("\n".join(f"{item.caption}: {item.value}" for item in counters))
            self.update()

    def set_curve(self, values: tuple[float, ...]) -> None:
        """Values from old to new at equal distances; fewer than two draw nothing."""
        if values != self._curve:
            self._curve = values
            self.update()

    def sizeHint(self) -> QSize:
        """As drawn in the design."""
        return QSize(self._theme.px(1150), self._theme.px(84))

    def minimumSizeHint(self) -> QSize:
        """High enough for two lines."""
        lines = self._theme.text_px(30) * 1.2 + self._theme.text_px(16) * 1.3
        return QSize(300, int(lines) + 4)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Number over caption, side by side."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme = self._theme
            widths = [self._width(item) for item in self._counters]
            gaps = max(1, len(widths) - 1)
            gap = min(theme.px(44), max(12.0, (self.width() - sum(widths)) / gaps))
            squeeze = min(1.0, (self.width() - gap * gaps) / max(1.0, sum(widths)))
            big, small = theme.text_px(30) * 1.22, theme.text_px(16) * 1.35
            top = (self.height() - big - small) / 2
            left = 0.0
            for item, width in zip(self._counters, widths, strict=True):
                room = width * squeeze
                value = QRectF(left, top, room, big)
                paint.text(painter, value, item.value, self._value_font(), theme.color(item.role))
                caption = QRectF(left, top + big, room, small)
                paint.text(
                    painter, caption, item.caption, self._caption_font(), theme.color("muted")
                )
                left += room + gap
            self._paint_curve(painter, left)

    def _paint_curve(self, painter: QPainter, left: float) -> None:
        theme = self._theme
        width = min(self.width() - left - theme.px(20), theme.px(262))
        if len(self._curve) < 2 or width < theme.px(90):
            return
        height = theme.px(40)
        middle = self.height() / 2
        low, high = min(self._curve), max(self._curve)
        spread = max(high - low, 0.1 * abs(high), 1e-6)
        step = width / (len(self._curve) - 1)
        points = [
            QPointF(left + i * step, middle + height / 2 - (value - low) / spread * height)
            for i, value in enumerate(self._curve)
        ]
        pen = QPen(theme.color("accent"), max(2, theme.px(3)))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))

    def _width(self, item: Counter) -> float:
        value = paint.advance(self._value_font(), item.value)
        return max(value, paint.advance(self._caption_font(), item.caption)) + 1

    def _value_font(self) -> QFont:
        return ui_font(self._theme.text_px(31), QFont.Weight.Bold, tabular=True)

    def _caption_font(self) -> QFont:
        return ui_font(self._theme.text_px(16), QFont.Weight.Medium)
