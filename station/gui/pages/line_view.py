"""How the Line page is arranged: what it is about, five figures, charts in two rows."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.gui.pages.line_scope import Field
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets.chart_panel import ChartPanel
from station.gui.widgets.figure_tile import FigureTile
from station.gui.widgets.filter_bar import FilterBar
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey

_GIVEN = QSizePolicy.Policy.Ignored  # the rows say how large a panel is


class LineView(QWidget):
    """Widgets and their places; what they say and do is the page's affair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._theme = DARK
        self._build()
        self._arrange()
        self.notice.changed.connect(self.place_notice)
        self.set_theme(DARK)

    def _build(self) -> None:
        self.filters = FilterBar(tuple(Field))
        self.handover_key = TouchKey(title_px=18)
        self.export_key = TouchKey(tone=Tone.PRIMARY, title_px=18)
        self.passes, self.oee, self.overruled, self.kappa, self.machine = (
            FigureTile() for _ in range(5)
        )
        self.control, self.pareto, self.drift = (ChartPanel() for _ in range(3))
        self.notice = Notice(self)

    @property
    def tiles(self) -> tuple[FigureTile, ...]:
        """The figures, from the left."""
        return (self.passes, self.oee, self.overruled, self.kappa, self.machine)

    def _arrange(self) -> None:
        self._top, self._figures, self._upper, self._lower = (QHBoxLayout() for _ in range(4))
        self._top.addWidget(self.filters, 1)
        self._top.addWidget(self.handover_key)
        self._top.addWidget(self.export_key)
        for tile in self.tiles:
            self._figures.addWidget(tile, 1)
        self._upper.addWidget(self.control, 1256)
        self._upper.addWidget(self.pareto, 620)
        self._lower.addWidget(self.drift, 1)
        for panel in (self.control, self.pareto, self.drift):
            panel.setSizePolicy(_GIVEN, _GIVEN)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addLayout(self._figures)
        self._column.addLayout(self._upper, 48)
        self._column.addLayout(self._lower, 52)

    def add_beside(self, panels: Sequence[QWidget]) -> None:
        """Further panels, at the lower right."""
        for panel in panels:
            panel.setSizePolicy(_GIVEN, _GIVEN)
            self._lower.addWidget(panel, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap = theme.px(14)
        self._column.setContentsMargins(gap, gap, gap, gap)
        for layout in (self._column, self._top, self._figures, self._upper, self._lower):
            layout.setSpacing(gap)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.filters.fit()
        side = max(self._theme.px(76), touch(self))
        for key in (self.handover_key, self.export_key):
            key.setFixedHeight(side)
            key.setMinimumWidth(max(key.sizeHint().width(), self._theme.px(150)))
        self.place_notice()

    def place_notice(self) -> None:
        """Lay the strip of news over the upper edge of the charts."""
        edge, area = self._theme.px(16), self.control.geometry()
        width = max(1, area.width() - 2 * edge)
        high = self.notice.height_for(width)
        self.notice.setGeometry(area.left() + edge, area.top() + edge, width, high)
        self.notice.raise_()
