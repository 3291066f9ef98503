"""Defects by how often they come, with the share that the first few have of all."""

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent

from station.gui.fonts import ui_font
from station.gui.texts import number, percent
from station.gui.widgets import paint
from station.gui.widgets.chart_plot import Plot
from station.gui.widgets.chart_views import Bar

Numbers = npt.NDArray[np.float64]
_WIDTH = 0.78  # of the room that a bar has
_LEAST_SLOTS = 4  # a single bar is no wall


class ParetoPlot(Plot):
    """One scale for both: a bar is a defect's share of all, the line the sum of the bars so far."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Bar, ...] = ()
        self._bars = pg.BarGraphItem(x=[], height=[], width=_WIDTH)
        self._line = pg.PlotCurveItem()
        self._dots = pg.ScatterPlotItem(pxMode=True)
        for item in (self._bars, self._line, self._dots):
            self.addItem(item)
        for name in ("left", "bottom"):
            self.getPlotItem().hideAxis(name)

    @property
    def shown(self) -> tuple[Bar, ...]:
        """What is drawn."""
        return self._shown

    def set_view(self, bars: tuple[Bar, ...]) -> None:
        """Draw these."""
        if bars != self._shown:
            self._shown = bars
            self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words follow the room."""
        super().resizeEvent(event)
        if hasattr(self, "_dots"):
            self.redraw()

    def redraw(self) -> None:
        """Bars, the line above them, and room for the words."""
        if not self._shown:
            return
        shares = self._shares()
        sums = [bar.running for bar in self._shown]
        x = np.arange(len(shares), dtype=float)
        slots = max(len(shares), _LEAST_SLOTS)
        foot, head = self._foot() / max(self.height(), 1), self._head() / max(self.height(), 1)
        reach = 1 / max(0.2, 1 - foot - head)
        bounds = (-foot * reach, (1 - foot) * reach)
        self.view.setRange(xRange=(-0.5, slots - 0.5), yRange=bounds, padding=0)
        red, ink = self._theme.color("ng"), self._theme.color("text")
        self._bars.setOpts(x=x, height=shares, width=_WIDTH, brush=red, pen=pg.mkPen(None))
        self._line.setData(x, sums, pen=self.pen("text", 2.6))
        size = max(5.0, 8 * self._theme.scale)
        self._dots.setData(x=x, y=sums, size=size, brush=ink, pen=pg.mkPen(None))
        self.viewport().update()

    def drawForeground(self, painter: QPainter, _: QRectF) -> None:
        """Names and numbers below the bars, shares above the line."""
        if not self._shown:
            return
        painter.save()
        painter.resetTransform()
        paint.smooth(painter)
        for index, bar in enumerate(self._shown):
            self._write(painter, index, bar)
        painter.restore()

    def _write(self, painter: QPainter, index: int, bar: Bar) -> None:
        ground = self.view.mapViewToDevice(QPointF(index, 0))
        side = self.view.mapViewToDevice(QPointF(index + 0.5, 0))
        top = self.view.mapViewToDevice(QPointF(index, bar.running))
        if ground is None or side is None or top is None:
            return
        wide, line = 2 * (side.x() - ground.x()) - 6, QFontMetricsF(self._font()).height()
        ink, font = self._theme.color("muted"), self._font()
        left = ground.x() - wide / 2
        words = f"{bar.name} {number(bar.count)}"
        rows = [words] if self._one_row() else [bar.name, number(bar.count)]
        for row, said in enumerate(rows):
            area = QRectF(left, ground.y() + 4 + row * line, wide, line)
            paint.text(painter, area, said, font, ink, paint.CENTER)
        # Away from the line, which goes on to the right.
        room = wide / 2 + self._head() / 2
        above = QRectF(left, top.y() - self._head(), room, self._head() - 4)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        text = self._theme.color("text")
        paint.text(painter, above, percent(bar.running), self.small(), text, flags)

    def _shares(self) -> Numbers:
        """Of each bar alone: what it adds to the line."""
        return np.diff(np.array([0.0, *(bar.running for bar in self._shown)]))

    def _one_row(self) -> bool:
        """Whether every name has room for its number behind it."""
        slot = self.width() / max(len(self._shown), _LEAST_SLOTS) - 6
        words = (f"{bar.name} {number(bar.count)}" for bar in self._shown)
        return all(paint.advance(self._font(), one) <= slot for one in words)

    def _foot(self) -> float:
        rows = 1 if self._one_row() else 2
        return rows * QFontMetricsF(self._font()).height() + 8

    def _head(self) -> float:
        return QFontMetricsF(self.small()).height() + 10

    def _font(self) -> QFont:
        return ui_font(self._theme.text_px(18), QFont.Weight.Medium)
