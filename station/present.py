"""Keeping the window's pages at the present: of the product, and after the line was away."""

from datetime import datetime, time

from PySide6.QtCore import QObject, Qt, Slot

from station.domain.counts import Counts
from station.domain.part import shift_start
from station.domain.recipe import Recipe
from station.errors import ErrorCode
from station.gui.main_window import MainWindow
from station.gui.tasks import Tasks
from station.opening import view_product
from station.pipeline.events import Adopted, Event, StateChanged
from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine
from station.store.queries import Entry, Reader

RECENT = 40  # parts in the film strip of a window that opens
GAPS = (ErrorCode.LINE_LOST, ErrorCode.LINE_GAVE_UP)


def read_present(reader: Reader, shifts: tuple[time, ...]) -> tuple[Counts, list[Entry]]:
    """How the shift stands by the records, and its last parts, oldest first."""
    since = shift_start(datetime.now().astimezone(), shifts)
    counts = reader.counts(int(since.timestamp() * 1000))
    return counts, reader.history(RECENT)[::-1]


class Present(QObject):
    """Keeps the pages at the present: the product once it is known, the records after a gap."""

    def __init__(
        self,
        window: MainWindow,
        line: Line | RemoteLine,
        reader: Reader,
        shifts: tuple[time, ...],
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window, self._line, self._tasks = window, line, tasks
        self._reader, self._shifts = reader, shifts
        self._told: Recipe | None = None
        self._gap = False

    @Slot(object)
    def hear(self, event: Event) -> None:
        """Wait for the first state in which the model is open, and for a line that comes back.

        It may come back with another product, and be given another model.
        """
        if not isinstance(event, StateChanged | Adopted):
            return
        card, recipe, lot = self._line.card, self._line.recipe, self._line.lot
        if card is not None and recipe is not None and recipe != self._told:
            self._told = recipe
            self._tasks.run(lambda: view_product(recipe, lot, card), self._window.set_product)
        if isinstance(event, Adopted):
            return
        lost = event.fault is not None and event.fault.code in GAPS
        if self._gap and not lost:
            self._tasks.run(lambda: read_present(self._reader, self._shifts), self._resume)
        self._gap = lost

    @Slot()
    def come_forward(self) -> None:
        """Somebody started the station a second time."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()

    def _resume(self, present: tuple[Counts, list[Entry]]) -> None:
        counts, entries = present
        for page in self._window.pages:
            resume = getattr(page, "resume", None)
            if resume is not None:
                resume(counts, entries)
