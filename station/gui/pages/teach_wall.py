"""The images that are asked for, as a wall: keys at once, rows and pictures where one looks."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from station.errors import Fault
from station.gui.pages.teach_look import LookItem, record_of
from station.gui.pages.teach_room import Ask, Labelled, LabelRoom, SampleRoom
from station.gui.pages.teach_words import look_title, picture_key, tile_item
from station.gui.tasks import Tasks
from station.gui.thumbs import Thumbs, Wanted
from station.gui.widgets.grid_tile import GridItem
from station.gui.widgets.image_grid import ImageGrid
from station.store.samples import SampleRow

AT_ONCE = 300
KEPT = 20_000
UNDOES = 100

Before = Sequence[tuple[int, str]]


class Wall(QObject):
    """Fills `grid`. `read` when the keys have come, `rows_came` when more is known of images.

    `labelled` when a word stands; `failed(fault)`. data: the folder that images lie below.
    """

    read = Signal()
    labelled = Signal()
    rows_came = Signal()
    failed = Signal(object)

    def __init__(
        self,
        samples: SampleRoom,
        labels: LabelRoom,
        data: Path,
        tasks: Tasks,
        pictures: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._samples = samples
        self._labels = labels
        self._data = data
        self._tasks = tasks
        self.thumbs = Thumbs(data / "cache" / "thumbs", pictures, self)
        self.grid = ImageGrid(self._item, self.thumbs.get)
        self.product, self.ask = "", Ask()
        self.reads = False
        self._ticket = 0
        self._good: frozenset[str] = frozenset()
        self._rows: OrderedDict[int, SampleRow] = OrderedDict()
        self._asked: list[int] = []
        self._fetching = False
        self._changed: set[int] = set()
        self._undo: list[Before] = []
        self._pending = self._undo_later = 0
        self.thumbs.came.connect(self.grid.refresh)
        self.grid.seen.connect(self.look)

    # ── what is asked for ───────────────────────────────────────────────────────────────────

    def show_all(self, product: str, ask: Ask) -> None:
        """Show these images from the top."""
        if product != self.product:
            self._undo.clear()
        self.product, self.ask = product, ask
        self._ticket += 1
        self._rows.clear()
        self._changed.clear()
        self.grid.set_rows(())
        self.reads = bool(product)
        if product:
            self._tasks.run(
                partial(self._samples.keys, product, ask),
                partial(self._came, self._ticket),
                partial(self._lost, self._ticket),
            )

    def _came(self, ticket: int, keys: Sequence[int]) -> None:
        if ticket == self._ticket:
            self.reads = False
            self.grid.set_rows(keys)
            self.read.emit()

    def _lost(self, ticket: int, fault: Fault) -> None:
        if ticket == self._ticket:
            self.reads = False
            self.read.emit()
            self.failed.emit(fault)

    def set_good(self, good: frozenset[str]) -> None:
        """Which classes may pass: to call one of them another is no overruling."""
        self._good = good
        self.grid.refresh()

    # ── what is looked at ───────────────────────────────────────────────────────────────────

    def look(self, keys: Sequence[int]) -> None:
        """These are in sight or near: read their rows, make their pictures."""
        self.thumbs.set_room(self.grid.room)
        self._asked = [key for key in keys if key not in self._rows]
        rows = (self._rows.get(key) for key in keys)
        self.thumbs.want(self.wanted(row) for row in rows if row is not None)
        self._fetch()

    def _fetch(self) -> None:
        if self._fetching or not self._asked:
            return
        some, self._asked = self._asked[:AT_ONCE], []
        self._fetching = True
        self._tasks.run(
            partial(self._samples.rows, some), partial(self._fetched, self._ticket), self._unfetched
        )

    def _fetched(self, ticket: int, rows: Sequence[SampleRow]) -> None:
        self._fetching = False
        if ticket == self._ticket:
            for row in rows:
                self._keep(row)
            self.grid.refresh()
            self.rows_came.emit()
        if self._asked:
            self._fetch()
        elif ticket == self._ticket and rows:
            self.grid.look_again()

    def _unfetched(self, fault: Fault) -> None:
        self._fetching = False
        self.failed.emit(fault)

    def _keep(self, row: SampleRow) -> None:
        self._rows[row.key] = row
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)

    def row(self, key: int) -> SampleRow | None:
        """What is known of that image, if it was read."""
        return self._rows.get(key)

    def wanted(self, row: SampleRow) -> Wanted:
        """Where the picture of an image lies."""
        return Wanted(picture_key(row), self._data / row.image, row.roi)

    def look_item(self, place: int) -> LookItem | None:
        """What is shown large of the image at that place; None as long as it was not read."""
        row = self._rows.get(self.grid.rows[place])
        if row is None:
            return None
        title = look_title(row, place, len(self.grid.rows))
        return LookItem(record_of(row), self._data / row.image, row.roi, title, row.score)

    def _item(self, key: int) -> GridItem:
        return tile_item(self._rows.get(key), self.ask, key in self._changed, self._good)

    # ── what a person says ──────────────────────────────────────────────────────────────────

    @property
    def can_undo(self) -> bool:
        """Whether there is a word to take back."""
        return bool(self._undo) or self._pending > self._undo_later

    def label(self, name: str) -> None:
        """Say that the chosen images are of that class; empty: set aside. Shown at once."""
        places = sorted(self.grid.picks.chosen)
        keys = [self.grid.rows[place] for place in places]
        before = {key: self._rows[key] for key in keys if key in self._rows}
        for key, row in before.items():
            self._rows[key] = replace(row, label=name, key=abs(key))
        self._changed |= set(keys)
        self.grid.refresh()
        self._pending += 1
        self._tasks.run(
            partial(self._labels.label, self.product, keys, name),
            partial(self._said, self._ticket, places, before),
            partial(self._unsaid, before),
        )

    def _said(
        self, ticket: int, places: list[int], before: dict[int, SampleRow], made: Labelled
    ) -> None:
        self._pending -= 1
        if made.before:
            self._undo.append(made.before)
            del self._undo[:-UNDOES]
        if ticket == self._ticket:
            self._follow(places, before, made.keys)
        for fault in made.faults[:1]:
            self.failed.emit(fault)
        self.labelled.emit()
        if self._undo_later:
            self._undo_later -= 1
            if made.before:
                self._take_back()

    def _follow(self, places: list[int], before: dict[int, SampleRow], keys: Sequence[int]) -> None:
        """Records became samples; one that could not stays what it was."""
        for place, new in zip(places, keys, strict=True):
            old = self.grid.rows[place]
            row = self._rows.pop(old, None)
            if old == new and new < 0:
                row = before.get(old)
                self._changed.discard(old)
            if row is not None:
                self._rows[new] = replace(row, key=new)
        self._changed |= {key for key in keys if key > 0}
        self.grid.change_rows(dict(zip(places, keys, strict=True)))

    def _unsaid(self, before: dict[int, SampleRow], fault: Fault) -> None:
        self._pending -= 1
        self._undo_later = min(self._undo_later, self._pending)
        self._rows.update(before)
        self._changed -= set(before)
        self.grid.refresh()
        self.labelled.emit()
        self.failed.emit(fault)

    def undo(self) -> None:
        """Take the last word back; one that is just being written as soon as it stands."""
        if self._pending > self._undo_later:
            self._undo_later += 1
        elif self._undo:
            self._take_back()

    def _take_back(self) -> None:
        before = self._undo.pop()
        self._tasks.run(
            partial(self._labels.undo, before), partial(self._taken_back, before), self.failed.emit
        )

    def _taken_back(self, before: Before, _: object) -> None:
        for key, label in before:
            row = self._rows.get(key)
            if row is not None:
                self._rows[key] = replace(row, label=label)
        self.grid.refresh()
        self.labelled.emit()
