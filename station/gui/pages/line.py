"""The line itself: what it yields, what its signals say, what to look at; live."""

from dataclasses import replace
from datetime import datetime, time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from station.errors import Fault
from station.gui.focus import press_focused
from station.gui.pages import line_charts as charts
from station.gui.pages import line_figures as figures
from station.gui.pages.line_advice import Advice
from station.gui.pages.line_charts import Shown
from station.gui.pages.line_choose import ScopeChooser
from station.gui.pages.line_files import Files
from station.gui.pages.line_live import Live
from station.gui.pages.line_machines import ask_machine
from station.gui.pages.line_plots import Plots
from station.gui.pages.line_room import Beside, LineRoom, Workers
from station.gui.pages.line_view import LineView
from station.gui.texts import current_language, fault_text, translate
from station.gui.theme import Theme
from station.gui.widgets.chart_panel import ChartPanel
from station.insight.control import Control, Point
from station.insight.overview import Seen
from station.pipeline.events import Decided, Event, Inspected, Refused, StateChanged, Warned
from station.store.history import Filter

BESIDE_MS = 60_000
SAID_SECONDS = 20.0


class LinePage(LineView):
    """Reads in workers only while it is in sight; shows what it has while it reads."""

    def __init__(
        self,
        room: LineRoom,
        workers: Workers,
        shifts: tuple[time, ...],
        subgroup: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._room, self._workers, self._shifts = room, workers, shifts
        self._subgroup = subgroup
        self._beside: Beside | None = None
        self._point: Point | None = None
        self._drawn: tuple[Control | None, str] = (None, "")
        self._in_sight = self._advises = False
        self._line_fault: Fault | None = None
        self._read_fault: Fault | None = None
        self.chooser = ScopeChooser(self.filters, shifts, _now)
        self.live = Live(room.see, workers.figures, self._filter, self)
        self.plots = Plots((self.control, self.pareto, self.drift), self.pick)
        self.advice = Advice(room.advice, workers.advice, self)
        self.add_beside((self.advice.drives, self.advice.settings))
        self.files = Files(workers.files, self._written, self)
        self._opening, self._look = QTimer(self), QTimer(self)
        self._opening.setSingleShot(True)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.live.came.connect(self._came)
        self.live.failed.connect(self._not_read)
        self._opening.timeout.connect(self._begin)
        self.plots.built.connect(self._built)
        self._look.timeout.connect(self.look_beside)
        self.chooser.changed.connect(self._scope_changed)
        self.control.acted.connect(self.show_parts)
        for panel in self.panels:
            panel.wanted.connect(lambda sheet: self.files.ask_sheet(sheet, self.window()))
        self.kappa.set_press(True)
        self.kappa.clicked.connect(self.open_study)
        self.machine.clicked.connect(self.ask_machine)
        self.export_key.clicked.connect(self.export)
        self.handover_key.clicked.connect(self.hand_over)

    @property
    def panels(self) -> tuple[ChartPanel, ...]:
        """The five, in the order of the keys 1 to 5."""
        beside = (self.advice.drives, self.advice.settings)
        return (self.control, self.pareto, self.drift, *beside)

    @property
    def filled(self) -> bool:
        """Whether all that was asked for is in sight."""
        return self.plots.ready and self.live.seen is not None and self._beside is not None

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; charts that are not built yet hear of it too."""
        super().set_theme(theme)
        if hasattr(self, "plots"):
            self.plots.set_theme(theme)
            self.chooser.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.handover_key.set_title(translate("Line", "Hand over"))
        self.export_key.set_title(translate("Line", "Export"))
        self.export_key.set_hint("PDF · CSV")
        for panel in (self.control, self.pareto, self.drift):
            panel.retranslate()
        self.chooser.show()
        self.advice.retranslate()
        self._show()
        self._show_faults()
        self._fit()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight.

        One thing after the other, for while a worker runs Python, each stroke of a painter waits
        for it: the page is painted, pyqtgraph is imported, the charts are built, the figures are
        read and shown, and then all that stands beside them.
        """
        self._in_sight = True
        self._opening.start()

    def _begin(self) -> None:
        self.plots.build(self._workers.figures)

    def _built(self) -> None:
        if self._in_sight:
            self.live.start()

    def _begin_beside(self) -> None:
        if self._in_sight and not self._look.isActive():
            self._look.start(BESIDE_MS)
            QTimer.singleShot(0, self, self.look_beside)

    def _begin_advice(self) -> None:
        if self._in_sight and not self._advises:
            self._advises = True
            self.advice.opened()
            if self.live.wanted is not None:
                self.advice.ask(self.live.wanted)

    def closed(self) -> None:
        """The page went out of sight; a report that is being written goes on."""
        self._in_sight = self._advises = False
        for timer in (self._opening, self._look):
            timer.stop()
        self.live.stop()
        self.advice.closed()

    def show_event(self, event: Event) -> None:
        """Parts and decisions change figures; the rest is said."""
        match event:
            case Inspected() | Decided():
                self.resume()
            case StateChanged(_, fault):
                self._line_fault = fault
                self._show_faults()
            case Refused(fault) | Warned(fault):
                self._say(fault)
            case _:
                pass

    def resume(self, *_: object) -> None:
        """Parts came, or the line was away and they came without a word."""
        if self.chooser.scope.grows(_now()):
            self.live.touch()

    # ── what the person does ────────────────────────────────────────────────────────────────

    @Slot()
    def refresh(self) -> None:
        """Read all anew."""
        self.live.forget()
        self.live.read()
        self.look_beside()

    @Slot()
    def export(self) -> None:
        """The figures of what is asked for, as a report or a table."""
        wanted = self._filter()
        write = partial(self._room.report, wanted)
        self.files.ask_report(self._room.stem(wanted), write, self._theme, self.window())

    @Slot()
    def hand_over(self) -> None:
        """Sign the shift."""
        from station.gui.pages.line_handover import HandoverDialog  # not before it is needed

        room, tasks = self._room.handover, self._workers.files
        HandoverDialog(room, tasks, self._theme, self.window()).open()

    @Slot()
    def open_study(self) -> None:
        """Who agrees with whom."""
        from station.gui.pages.line_study import (
            StudyDialog,
        )  # a tenth of a second: not at the start

        room, tasks = self._room.study, self._workers.studies
        dialog = StudyDialog(room, tasks, self._theme, self.window())
        dialog.changed.connect(self.look_beside)
        dialog.open()

    @Slot()
    def ask_machine(self) -> None:
        """Somebody serviced a machine."""
        if self._beside is not None and self._beside.machines:
            ask_machine(self._beside.machines, self._theme, self.window(), self._served)

    def _served(self, name: str, worn: bool) -> None:
        work = partial(self._room.serviced, name, worn)
        self._workers.files.run(work, lambda _: self.look_beside(), self._say)

    def choose_defect(self, number: int) -> None:
        """The keys 1 to 5: a chart as a table, and back."""
        if number <= len(self.panels) and self.panels[number - 1].table_key.isVisible():
            self.panels[number - 1].toggle_table()

    def forget_scanned(self) -> None:
        """Escape: no point is chosen any more."""
        self.pick(None)

    def pick(self, index: int | None) -> None:
        """Say all about that point of the p-chart."""
        points = self._chart.points if self._chart else ()
        self._point = points[index] if index is not None and index < len(points) else None
        self.plots.choose(index if self._point else None)
        self._show_control()

    def show_parts(self) -> None:
        """Bring up the parts of the point that is chosen."""
        point, wanted = self._point, self.live.wanted
        if point is not None and wanted is not None:
            span = replace(wanted, since_ms=point.since_ms, until_ms=point.until_ms + 1)
            self._room.show_parts(span)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the key that has the focus."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and press_focused()):
            super().keyPressEvent(event)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def _filter(self) -> Filter:
        return self.chooser.scope.to_filter(_now(), self._shifts)

    def _scope_changed(self) -> None:
        self._point = None
        self.live.read()

    def _came(self) -> None:
        self._read_fault = None
        self.chooser.show()  # a shift may have ended
        self._show()
        self._show_faults()
        self._begin_beside()
        if self._advises and self.live.wanted is not None:
            self.advice.ask(self.live.wanted)

    def _not_read(self, fault: Fault) -> None:
        self._read_fault = fault
        self._show()
        self._show_faults()
        self._begin_beside()

    @Slot()
    def look_beside(self) -> None:
        """Machines, studies, and the words that can be chosen."""
        self._workers.studies.run(self._room.beside, self._came_beside, self._no_beside)

    def _came_beside(self, beside: Beside) -> None:
        self._beside = beside
        self.chooser.set_facets(beside.facets)
        self._show_tiles()
        self._begin_advice()

    def _no_beside(self, fault: Fault) -> None:
        self._say(fault)
        self._begin_advice()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    @property
    def _chart(self) -> Control | None:
        return self.live.seen.chart if self.live.seen else None

    def _show(self) -> None:
        self._show_tiles()
        self._show_control()
        if self.live.seen is not None:
            self._show_charts(self.live.seen)

    def _show_tiles(self) -> None:
        found = self.live.seen.figures if self.live.seen else None
        machines = self._beside.machines if self._beside else ()
        studied = self._beside.studied if self._beside else None
        self.passes.set_figure(figures.passes(found))
        self.oee.set_figure(figures.oee(found))
        self.overruled.set_figure(figures.overruled(found))
        self.kappa.set_figure(figures.agreement(found, studied))
        self.machine.set_figure(figures.machine(machines))
        self.machine.set_press(bool(machines))

    def _show_charts(self, seen: Seen) -> None:
        drawn, language = self._drawn
        if seen.chart is not None and (seen.chart is not drawn or language != current_language()):
            self._drawn = (seen.chart, current_language())
            self.plots.show_control(charts.control_view(seen.chart))
        self.plots.show_pareto(charts.pareto_bars(seen.pareto))
        _fill(self.pareto, charts.pareto_shown(seen.pareto, self.chooser.scope.span))
        drift = charts.gravest(seen.drifts)
        if drift is not None:
            self.plots.show_drift(charts.drift_view(drift))
        _fill(self.drift, charts.drift_shown(drift, seen.figures.parts))

    def _show_control(self) -> None:
        chart, act = self._chart, ""
        shown = charts.control_shown(chart, self._subgroup)
        if chart is None and self.live.seen is None:
            shown = replace(shown, empty="")  # not read yet: nobody knows
        index = charts.same_point(chart, self._point) if chart and self._point else None
        if chart is not None and index is not None:
            self._point = chart.points[index]
            self.plots.choose(index)
            shown = replace(shown, foot=charts.point_words(chart, index), role="text")
            act = translate("Line", "Show parts")
        self.control.set_act(act)
        _fill(self.control, shown)

    def _show_faults(self) -> None:
        fault = self._read_fault or self._line_fault
        self.notice.set_fault(fault_text(fault) if fault else "")

    def _say(self, fault: Fault) -> None:
        self.notice.warn(fault_text(fault), SAID_SECONDS)

    def _written(self, path: Path, fault: Fault | None) -> None:
        said = fault_text(fault) if fault else translate("Line", "Written: {path}", path=path)
        self.notice.warn(said, SAID_SECONDS)


def _fill(panel: ChartPanel, shown: Shown) -> None:
    panel.set_title(shown.title)
    panel.set_foot(shown.foot, shown.role)
    panel.set_empty(shown.empty)
    panel.set_maker(shown.sheet)


def _now() -> datetime:
    return datetime.now().astimezone()
