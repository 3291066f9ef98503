"""How a quantity of the pictures goes, over the band in which it lay when the model was new."""

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF, QResizeEvent

from station.gui.texts import number
from station.gui.widgets.chart_plot import Plot, every, nice_step
from station.gui.widgets.chart_views import DriftView

_ROOM = 0.35  # of the band, above and below it


class DriftPlot(Plot):
    """The line over the green band."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = DriftView()
        self._band = pg.LinearRegionItem(orientation="horizontal", movable=False)
        self._line = pg.PlotCurveItem()
        self._dots = pg.ScatterPlotItem(pxMode=True)
        for item in (self._band, self._line, self._dots):
            self.addItem(item)

    @property
    def shown(self) -> DriftView:
        """What is drawn."""
        return self._shown

    def set_view(self, view: DriftView) -> None:
        """Draw that."""
        if view != self._shown:
            self._shown = view
            self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ticks follow the room."""
        super().resizeEvent(event)
        if hasattr(self, "_dots"):
            self.redraw()

    def redraw(self) -> None:
        """Band, line, and a point at every hour while they are few."""
        view = self._shown
        if not view.values:
            return
        x, y = np.arange(len(view.values), dtype=float), np.array(view.values)
        self._band.setRegion((view.low, view.high))
        self._band.setBrush(self.tint("ok", 0.16))
        self._band.setHoverBrush(self.tint("ok", 0.16))
        for line in self._band.lines:
            line.setPen(pg.mkPen(None))
            line.setHoverPen(pg.mkPen(None))
        self._line.setData(x, y, pen=self.pen("accent"))
        few = len(x) * 12 < self.width()
        accent = self._theme.color("accent")
        size = max(5.0, 8 * self._theme.scale)
        shown = (x, y) if few else ([], [])
        self._dots.setData(x=shown[0], y=shown[1], size=size, brush=accent, pen=pg.mkPen(None))
        self._fit_axes(y)

    def _fit_axes(self, y: npt.NDArray[np.float64]) -> None:
        view = self._shown
        room = max((view.high - view.low) * _ROOM, abs(view.high) * 0.01, 1e-6)
        low, high = min(view.low, float(y.min())) - room, max(view.high, float(y.max())) + room
        last = max(len(y) - 1, 1)
        self.view.setRange(xRange=(-0.02 * last, 1.02 * last), yRange=(low, high), padding=0)
        metrics = QFontMetricsF(self.small())
        step = nice_step(high - low, max(2, int(self.height() / (metrics.height() * 2.4))))
        edge = 0.08 * (high - low)  # clear of the times below
        first = np.ceil((low + edge) / step) * step
        digits = max(view.digits, 0 if step >= 1 else int(np.ceil(-np.log10(step))))
        left = [(v, number(v, digits)) for v in np.arange(first, high - 0.6 * edge, step).tolist()]
        most = max(2, int(self.width() / (metrics.horizontalAdvance(view.at[-1]) * 1.6 + 1)) - 1)
        self.set_ticks(left, [(i, view.at[i]) for i in every(len(y), most)])
