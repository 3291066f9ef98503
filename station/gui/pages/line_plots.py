"""Building the charts of the Line page, one in each turn of the window's loop.

pyqtgraph takes a third of a second to import: that is done in a worker, when the page is first
opened, and never when the window starts.
"""

import importlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from station.gui.calm import keep_memory
from station.gui.tasks import Tasks
from station.gui.theme import DARK, Theme
from station.gui.widgets.chart_panel import ChartPanel
from station.gui.widgets.chart_views import Bar, ControlView, DriftView

Left = list[tuple[str, ModuleType, ChartPanel]]
_MODULES = ("chart_control", "chart_pareto", "chart_drift")
_CLASSES = ("ControlPlot", "ParetoPlot", "DriftPlot")


def load_modules() -> tuple[ModuleType, ...]:
    """For a worker: what the charts are made of."""
    return tuple(importlib.import_module(f"station.gui.widgets.{name}") for name in _MODULES)


class Plots(QObject):
    """The three charts in their panels; what is shown before they are there is drawn then.

    `built` once all are there.  picked(index): a point of the p-chart was pressed.
    """

    built = Signal()

    def __init__(
        self, panels: tuple[ChartPanel, ChartPanel, ChartPanel], picked: Callable[[int], None]
    ) -> None:
        super().__init__(panels[0])
        self._panels, self._picked = panels, picked
        self._theme = DARK
        self._begun = False
        self._plots: dict[str, Any] = {}
        self._shown: dict[str, object] = {}

    @property
    def ready(self) -> bool:
        """Whether all are built."""
        return len(self._plots) == len(_CLASSES)

    def build(self, tasks: Tasks) -> None:
        """Begin, if nobody has; `built` follows in any case."""
        if self.ready:
            self.built.emit()
        elif not self._begun:
            self._begun = True
            tasks.run(load_modules, self._loaded)

    def set_theme(self, theme: Theme) -> None:
        """For charts that come later; the others are dressed with the window."""
        self._theme = theme

    def show_control(self, view: ControlView) -> None:
        """Draw the p-chart."""
        self._show("ControlPlot", view)

    def show_pareto(self, bars: tuple[Bar, ...]) -> None:
        """Draw the defects."""
        self._show("ParetoPlot", bars)

    def show_drift(self, view: DriftView) -> None:
        """Draw the quantity that drifts."""
        self._show("DriftPlot", view)

    def choose(self, index: int | None) -> None:
        """Mark a point of the p-chart."""
        plot = self._plots.get("ControlPlot")
        if plot is not None:
            plot.choose(index)

    def _show(self, name: str, view: object) -> None:
        self._shown[name] = view
        if name in self._plots:
            self._plots[name].set_view(view)

    def _loaded(self, modules: tuple[ModuleType, ...]) -> None:
        self._build_next(list(zip(_CLASSES, modules, self._panels, strict=True)))

    def _build_next(self, left: Left) -> None:
        if not left:
            keep_memory()
            self.built.emit()
            return
        name, module, panel = left[0]
        plot = getattr(module, name)()
        QTimer.singleShot(0, self, lambda: self._place(plot, name, panel, left[1:]))

    def _place(self, plot: Any, name: str, panel: ChartPanel, left: Left) -> None:
        plot.set_theme(self._theme)
        if name == "ControlPlot":
            plot.pressed.connect(self._picked)
        self._plots[name] = plot
        if name in self._shown:
            plot.set_view(self._shown[name])
        panel.set_body(plot)
        QTimer.singleShot(0, self, lambda: self._build_next(left))
