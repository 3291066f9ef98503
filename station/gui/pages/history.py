"""What was inspected: any parts by any filter, newest first, each with its picture and story."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from station.domain.counts import Counts
from station.domain.inspection import Still
from station.errors import Fault
from station.gui import part_words as words
from station.gui.focus import press_focused
from station.gui.pages import history_filter as asking
from station.gui.pages import history_story as telling
from station.gui.pages.history_export import Export, ExportJob
from station.gui.pages.history_filter import Field, Span, Wish
from station.gui.pages.history_part import PartLook
from station.gui.pages.history_view import HistoryView
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, number, translate
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.span_dialog import SpanDialog
from station.gui.word_pages import MORE
from station.pipeline.events import Decided, Event, Inspected, Refused, StateChanged, Warned
from station.store.entry import Entry
from station.store.history import Facets, Filter
from station.store.story import Story

PAGE = 100
SAID_SECONDS = 20.0
END_OF_TIME = 2**52


@dataclass(frozen=True, slots=True)
class HistoryCalls:
    """What the page may ask for. All may block; they run in other threads.

    page(filter, limit, before_id).  counts(since_ms, until_ms, recipe): how the parts of a span
    stand.  export(filter, form, target, progress, cancelled).
    """

    page: Callable[[Filter, int, int | None], list[Entry]]
    story: Callable[[str], Story]
    still: Callable[[str], Still | None]
    facets: Callable[[], Facets]
    counts: Callable[[int, int, str], Counts]
    export: Export


@dataclass(frozen=True, slots=True)
class _Read:
    """What the records had for a filter: the newest parts, how its span stands, all words."""

    entries: list[Entry]
    counts: Counts
    facets: Facets


class HistoryPage(HistoryView):
    """The table reads on by itself where a person scrolls on; nothing moves it but a person.

    `exports` is a worker for files only, so that reading never waits for a long export.
    """

    def __init__(
        self,
        calls: HistoryCalls,
        tasks: Tasks,
        exports: Tasks,
        shifts: tuple[time, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._calls = calls
        self._tasks = tasks
        self._shifts = shifts
        self.job = ExportJob(calls.export, exports, self)
        self.wish = Wish()
        self._wanted = Filter()
        self._entries: list[Entry] = []
        self._counts = Counts()
        self._facets: Facets | None = None
        self._ticket = 0
        self._more = False
        self._reads = False
        self._came = 0
        self._line_fault: Fault | None = None
        self._read_fault: Fault | None = None
        self.look = PartLook(self.judged, tasks, calls.story, calls.still)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.filters.touched.connect(self._ask)
        self.filters.cleared.connect(self.clear)
        self.table.picked.connect(self._pick)
        self.table.wanted.connect(self._read_on)
        self.newer_key.clicked.connect(self.newer)
        self.older_key.clicked.connect(self.older)
        self.export_key.clicked.connect(self.export)
        self.job.changed.connect(self._show_export)
        self.job.failed.connect(self._say)
        self.look.told.connect(self._show_story)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.job.cancel)

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.newer_key.set_title(translate("History", "Newer"))
        self.older_key.set_title(translate("History", "Older"))
        self.filters.clear_key.set_title(translate("History", "Clear"))
        self.table.set_headings(telling.headings())
        self._show_filters()
        self._show_rows()
        self._show_counts()
        self._show_came()
        self._show_export()
        self._show_story()
        self._show_faults()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight."""
        self.look.open()
        self.table.setFocus()
        if self.table.at_top:
            self.reload()

    def closed(self) -> None:
        """The page went out of sight; an export goes on."""
        self.look.close()

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected from now on: a known good part to compare with."""
        self.look.set_product(product)

    def show_event(self, event: Event) -> None:
        """Say what the line says; the table stays as it is."""
        match event:
            case Inspected():
                self._came += 1
                self._show_came()
            case Decided(decision) if decision.uid == self.look.uid:
                self.look.read_again()
            case StateChanged(_, fault):
                self._line_fault = fault
                self._show_faults()
            case Refused(fault) | Warned(fault):
                self._say(fault)
            case _:
                pass

    # ── what the person does ────────────────────────────────────────────────────────────────

    @Slot()
    def newer(self) -> None:
        """A page up; at the top: what came since."""
        if self.table.at_top:
            self.reload()
        self.table.step(-1)

    @Slot()
    def older(self) -> None:
        """A page down."""
        self.table.step(1)

    @Slot()
    def refresh(self) -> None:
        """Read anew, from the top."""
        self.table.to_top()
        self.reload()

    @Slot()
    def find_serial(self) -> None:
        """Ask for a serial number."""
        self._ask(Field.SERIAL)

    def scanned(self, serial: str) -> None:
        """A scanner read a serial: show its parts."""
        self.set_wish(self.wish.chosen(Field.SERIAL, serial))

    @Slot()
    def clear(self) -> None:
        """Ask for all parts of the last days again."""
        self.set_wish(Wish())

    @Slot()
    def export(self) -> None:
        """Write all that is asked for to a file; while one is written: stop that."""
        if self.job.state.runs:
            self.job.cancel()
            return
        stem = f"{translate('History', 'Parts')} {asking.value_word(self.wish, Field.SPAN)}"
        if self.wish.span is not Span.BETWEEN:
            stem = f"{stem} {_now():%Y-%m-%d}"
        self.job.ask(self._filter(), stem, self._theme, self.window())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the key that has the focus."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and press_focused()):
            super().keyPressEvent(event)

    def set_wish(self, wish: Wish) -> None:
        """Ask for that from now on."""
        self.wish = wish
        self._show_filters()
        self.refresh()

    def _ask(self, name: str, page: int = 0) -> None:
        """Ask for another value of a field."""
        field = Field(name)
        choices = asking.choices(field, self._facets, page)
        own = asking.own_prompt(field)
        dialog = ChoiceDialog(asking.field_word(field), choices, self._theme, self.window(), own)
        dialog.chosen.connect(partial(self._answer, field, page))
        dialog.open()
        if field is Field.SERIAL:  # a scanner types at once
            dialog.findChildren(QLineEdit)[0].setFocus()

    def _answer(self, field: Field, page: int, value: str) -> None:
        if value == MORE:
            self._ask(field, (page + 1) % asking.pages(field, self._facets))
        elif field is Field.SPAN and value == Span.BETWEEN:
            self._ask_span()
        else:
            self.set_wish(self.wish.chosen(field, value))

    def _ask_span(self) -> None:
        until = self.wish.until or _now()
        since = self.wish.since or until.replace(hour=0, minute=0)
        title = translate("History", "From when to when?")
        dialog = SpanDialog(title, since, until, self._theme, self.window())
        dialog.chosen.connect(lambda *span: self.set_wish(self.wish.between(*span)))
        dialog.open()

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def _filter(self) -> Filter:
        return self.wish.to_filter(_now(), self._shifts)

    def reload(self) -> None:
        """Read the newest parts of the filter, how its span stands, and the words to choose."""
        self._wanted = wanted = self._filter()
        self._ticket += 1
        self._more, self._reads, self._came = False, True, 0
        calls, until = self._calls, wanted.until_ms
        span = (wanted.since_ms or 0, END_OF_TIME if until is None else until, wanted.recipe)
        self._tasks.run(
            lambda: _Read(calls.page(wanted, PAGE, None), calls.counts(*span), calls.facets()),
            partial(self._loaded, self._ticket),
            partial(self._not_read, self._ticket),
        )
        self._show_came()

    def _read_on(self) -> None:
        """The rows below the last one, unless they are on their way."""
        if not self._more or self._reads:
            return
        self._reads = True
        calls, wanted, last = self._calls, self._wanted, self._entries[-1].id
        self._tasks.run(
            lambda: calls.page(wanted, PAGE, last),
            partial(self._added, self._ticket),
            partial(self._not_read, self._ticket),
        )

    def _loaded(self, ticket: int, read: _Read) -> None:
        if ticket != self._ticket:
            return
        self._entries, self._counts, self._facets = read.entries, read.counts, read.facets
        self._read_ended(len(read.entries) == PAGE)
        if self.look.uid not in (entry.inspection.uid for entry in self._entries):
            self._pick(self._entries[0].inspection.uid if self._entries else "")
        self._show_rows()
        self._show_counts()

    def _added(self, ticket: int, entries: list[Entry]) -> None:
        if ticket == self._ticket:
            self._entries += entries
            self._read_ended(len(entries) == PAGE)
            self.table.add_rows([telling.row(entry) for entry in entries])
            self._show_caption()

    def _not_read(self, ticket: int, fault: Fault) -> None:
        if ticket == self._ticket:
            self._read_ended(False, fault)
            self._show_rows()

    def _read_ended(self, more: bool, fault: Fault | None = None) -> None:
        self._reads, self._more, self._read_fault = False, more, fault
        self._show_faults()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _pick(self, uid: str) -> None:
        found = (one.inspection for one in self._entries if one.inspection.uid == uid)
        seen = next(found, None)
        self.part.setText(words.part_name(seen.part).upper() if seen else "")
        self.look.choose(seen)

    def _show_filters(self) -> None:
        for field in Field:
            value, active = asking.value_word(self.wish, field), self.wish.is_set(field)
            self.filters.set_key(field, asking.field_word(field), value, active)
        self.filters.clear_key.setEnabled(self.wish != Wish())
        self.filters.fit()

    def _show_rows(self) -> None:
        self.table.set_rows([telling.row(entry) for entry in self._entries], self.look.uid)
        self.table.set_empty("" if self._reads else telling.why_empty(self.wish, self._read_fault))
        self._show_caption()

    def _show_caption(self) -> None:
        self.caption.setText(telling.caption(len(self._entries), self._more).upper())
        self.older_key.setEnabled(bool(self._entries))

    def _show_came(self) -> None:
        came = translate("History", "{count} new", count=number(self._came))
        self.newer_key.set_hint(came if self._came else "")

    def _show_counts(self) -> None:
        self.counters.set_counters(telling.figures(self._counts, self.wish))

    def _show_export(self) -> None:
        state = self.job.state
        title = translate("History", "Stop") if state.runs else translate("History", "Export")
        self.export_key.set_title(title)
        self.export_key.set_hint(telling.export_hint(state.runs, state.parts, state.made))
        self.export_key.setToolTip(str(state.target or ""))
        if state.made is not None and state.made.missing:
            self.notice.warn(telling.missing(state.made), SAID_SECONDS)

    def _show_story(self) -> None:
        story = self.look.story
        self.tell(lambda theme: "" if story is None else telling.page(story, theme))

    def _show_faults(self) -> None:
        fault = self._read_fault or self._line_fault
        self.notice.set_fault(fault_text(fault) if fault else "")

    def _say(self, fault: Fault) -> None:
        self.notice.warn(fault_text(fault), SAID_SECONDS)


def _now() -> datetime:
    return datetime.now().astimezone()
