"""A chart of the share that is bad in each group of parts, with its limits and its signals."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent

from station.gui.fonts import ui_font
from station.gui.texts import percent
from station.gui.widgets.chart_plot import Plot, Words, every, nice_step
from station.gui.widgets.chart_views import ControlView

Numbers = npt.NDArray[np.float64]
_LEAST_SHARE = 0.005  # the scale shows at least half a per cent
_DOT_ROOM = 30  # pixels for each point, from which on all have a dot
_LABELS = 6  # signals that are named in the chart; the table names all


class ControlPlot(Plot):
    """The line with a red point at every signal; the newest signals are named beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ControlView()
        self._centre, self._upper, self._lower = (pg.PlotCurveItem() for _ in range(3))
        self._line, self._open = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._dots, self._red, self._mark = (pg.ScatterPlotItem(pxMode=True) for _ in range(3))
        lines = (self._centre, self._upper, self._lower, self._line, self._open)
        for item in (*lines, self._dots, self._red, self._mark):
            self.addItem(item)
        self._words = tuple(Words() for _ in range(_LABELS))
        for words in self._words:
            words.hide()
            self.addItem(words)

    @property
    def shown(self) -> ControlView:
        """What is drawn."""
        return self._shown

    def set_view(self, view: ControlView) -> None:
        """Draw that."""
        self._shown = view
        self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words and ticks follow the room."""
        super().resizeEvent(event)
        if hasattr(self, "_words"):
            self.redraw()

    def redraw(self) -> None:
        """Lines, limits, signals, words."""
        groups = self._shown.groups
        if not groups:
            return
        x = np.arange(len(groups), dtype=float)
        shares = np.array([group.share for group in groups])
        self._fit_axes(shares)
        self._paint_line(x, shares)
        self._paint_limits(x)
        self._paint_signals()
        self.set_spots(x.tolist(), shares.tolist())
        self.show_chosen()

    def _fit_axes(self, shares: Numbers) -> None:
        groups = self._shown.groups
        limits = [group.upper for group in groups if group.firm]  # few parts have wide ones
        top = max(float(shares.max()), *limits, _LEAST_SHARE) * 1.12
        last = max(len(groups) - 1, 1)
        self.view.setRange(xRange=(-0.02 * last, last * 1.02), yRange=(-0.03 * top, top), padding=0)
        high = QFontMetricsF(self.small()).height()
        step = nice_step(top, max(2, int(self.height() / (high * 2.2))))
        digits = 0 if step >= 0.01 else 1 if step >= 0.001 else 2
        left = [(y, percent(y, digits)) for y in np.arange(0, top * 0.97, step).tolist()]
        wide = QFontMetricsF(self.small()).horizontalAdvance(max((g.at for g in groups), key=len))
        most = max(2, int(self.width() / (wide * 1.5 + 1)) - 1)
        self.set_ticks(left, [(i, groups[i].at) for i in every(len(groups), most)])

    def _paint_line(self, x: Numbers, shares: Numbers) -> None:
        """Dotted to a point that more parts may still come to."""
        firm = len(x) if self._shown.groups[-1].firm else len(x) - 1
        self._line.setData(x[:firm], shares[:firm], pen=self.pen("accent"))
        rest, dots = max(0, firm - 1), Qt.PenStyle.DotLine
        last = (x[rest:], shares[rest:]) if firm < len(x) else ([], [])
        self._open.setData(*last, pen=self.pen("accent", 3, dots))
        first = 0 if len(x) * _DOT_ROOM < self.width() else firm  # all while they are few
        size, accent = max(5.0, 8 * self._theme.scale), self._theme.color("accent")
        self._dots.setData(
            x=x[first:], y=shares[first:], size=size, brush=accent, pen=pg.mkPen(None)
        )

    def _paint_limits(self, x: Numbers) -> None:
        """Each group has its own limits: steps, and not a slope between two groups."""
        groups, dash = self._shown.groups, Qt.PenStyle.DashLine
        firm = [group for group in groups if group.firm] or groups
        edges = np.concatenate([x[: len(firm)], [len(firm)]]) - 0.5
        pen = self.pen("ng", 1.6, dash)
        upper = np.array([group.upper for group in firm])
        lower = np.array([group.lower for group in firm])
        self._upper.setData(edges, upper, stepMode="center", pen=pen)
        self._lower.setData(edges, lower, stepMode="center", pen=pen)
        self._lower.setVisible(bool((lower > 0).any()))
        ends = [-0.5, len(groups) - 0.5]
        self._centre.setData(ends, [self._shown.centre] * 2, pen=self.pen("muted", 1.4))

    def _paint_signals(self) -> None:
        groups = self._shown.groups
        found = [index for index, group in enumerate(groups) if group.signal]
        size = max(10.0, 19 * self._theme.scale)
        red = self._theme.color("ng")
        self._red.setData(
            x=found, y=[groups[i].share for i in found], size=size, brush=red, pen=pg.mkPen(None)
        )
        self._name(found)

    def _name(self, found: Sequence[int]) -> None:
        """From the newest on; what would lie over another word is left to the table."""
        font = ui_font(self._theme.text_px(18), QFont.Weight.Medium)
        taken: list[QRectF] = []
        free = list(self._words)
        for index in reversed(found):
            if not free:
                break
            group, words = self._shown.groups[index], free[-1]
            words.show()
            words.say(f"{group.at} {group.signal}", font, self._theme.color("ng_text"))
            words.lay_on(self.tint("panel", 0.75))
            area = words.put(self.view, index, group.share, 16 * self._theme.scale + 4)
            if not any(area.intersects(other) for other in taken):
                taken.append(area)
                free.pop()
        for words in free:
            words.hide()

    def show_chosen(self) -> None:
        """A ring around the point that is chosen."""
        index = self.chosen
        points = self._shown.groups
        if index is None or index >= len(points):
            self._mark.setData([], [])
            return
        self._mark.setData(
            x=[index],
            y=[points[index].share],
            size=max(16.0, 28 * self._theme.scale),
            brush=None,
            pen=self.pen("select", 3),
        )
