"""The hand-shake of one part as an oscilloscope would show it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

ROWS = ("ready", "trig", "busy", "ok", "ng", "valid", "ack")
ROLES = {"ok": "ok", "ng": "ng", "trig": "review", "ack": "review"}
Steps = Sequence[tuple[float, frozenset[str]]]


class TimingDiagram(QWidget):
    """Which signals were high when: a line for each, the time in ms below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.steps: Steps = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_steps(self, steps: Steps) -> None:
        """At so many ms these were high, until the next step."""
        if steps != self.steps:
            self.steps = steps
            self.update()

    def sizeHint(self) -> QSize:
        """A line of text for each signal, and one for the time."""
        return QSize(260, (len(ROWS) + 1) * self._row())

    def minimumSizeHint(self) -> QSize:
        """The same height, for a narrow window."""
        return QSize(200, self.sizeHint().height())

    def _row(self) -> int:
        return max(26, self._theme.px(34))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Names, lines, the first and the last moment."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, row = self._theme, self._row()
            font = ui_font(theme.text_px(16), QFont.Weight.DemiBold)
            names = max(paint.advance(font, name.upper()) for name in ROWS) + theme.px(16)
            plot = QRectF(names, 0, max(1.0, self.width() - names - 2), row * len(ROWS))
            for place, name in enumerate(ROWS):
                area = QRectF(0, place * row, names, row)
                paint.text(painter, area, name.upper(), font, theme.color("muted"))
                line = QRectF(plot.left(), place * row + row * 0.2, plot.width(), row * 0.6)
                self._paint_line(painter, name, line)
            if self.steps:
                self._paint_times(painter, plot, font)

    def _span(self) -> tuple[float, float]:
        begin, end = self.steps[0][0], self.steps[-1][0]
        return begin, max(end + 0.08 * (end - begin), begin + 1)

    def _paint_line(self, painter: QPainter, name: str, area: QRectF) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if not self.steps:
            return
        begin, end = self._span()
        points: list[QPointF] = []
        for at, high in self.steps:
            x = area.left() + (at - begin) / (end - begin) * area.width()
            y = area.top() if name in high else area.bottom()
            points += [QPointF(x, points[-1].y() if points else y), QPointF(x, y)]
        points.append(QPointF(area.right(), points[-1].y()))
        painter.setPen(QPen(theme.color(ROLES.get(name, "accent")), 2.5))
        painter.drawPolyline(QPolygonF(points))

    def _paint_times(self, painter: QPainter, plot: QRectF, font: QFont) -> None:
        """Where the trigger is, and where the last signal fell."""
        begin, end = self._span()
        color = self._theme.color("muted")
        foot = QRectF(plot.left(), plot.bottom(), plot.width(), self._row())
        zero = plot.left() - begin / (end - begin) * plot.width()
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(QPointF(zero, plot.top()), QPointF(zero, plot.bottom()))
        paint.text(painter, foot.adjusted(zero - plot.left(), 0, 0, 0), "0", font, color)
        last = f"{self.steps[-1][0]:.0f} ms"
        paint.text(painter, foot, last, font, color, paint.RIGHT)
