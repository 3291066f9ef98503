"""The images of a product and what persons say of them, for the page."""

from collections.abc import Sequence
from datetime import datetime

from station.domain.inspection import Decision
from station.gui.pages.teach_labels import label_images
from station.gui.pages.teach_room import (
    Ask,
    Board,
    Labelled,
    LabelRoom,
    SampleRoom,
    Show,
    sample_filter,
)
from station.store.beside import Beside
from station.store.samples import SampleCounts
from station.teach.doubts import doubted
from station.teach.use import Use
from station.training.split import SHARE

LOTS = 50  # the newest, to choose from


def sample_room(use: Use) -> SampleRoom:
    """Reading them."""
    return SampleRoom(
        gather=lambda product: _gather(use, product),
        board=lambda product: _board(use, product),
        keys=lambda product, ask: _keys(use, product, ask),
        rows=use.reader.sample_rows,
    )


def label_room(use: Use) -> LabelRoom:
    """Writing what persons say; a record that waits gets its decision by the line."""

    def decide(said: Decision) -> None:
        use.line.decide(said.uid, said.kind, said.label)

    def label(_: str, keys: Sequence[int], name: str) -> Labelled:
        with Beside(use.data) as beside:
            return label_images(beside, use.reader, keys, name, use.operator, decide)

    def undo(before: Sequence[tuple[int, str]]) -> None:
        with Beside(use.data) as beside:
            beside.label(before, use.operator)

    def add_class(product: str, name: str, good: bool) -> None:
        with Beside(use.data) as beside:
            beside.set_class(product, name, good, use.operator)

    return LabelRoom(label, undo, add_class)


def _gather(use: Use, product: str) -> int:
    from station.training.taking import take_decided  # scipy: not before the page is opened

    with Beside(use.data) as beside:
        return take_decided(beside, use.reader, product, use.operator).added


def _board(use: Use, product: str) -> Board:
    counts = use.reader.sample_counts(product)
    learns, tests = _shares(counts)
    return Board(
        counts=counts,
        mislabelled=len(doubted(use.data, use.reader, product)),
        lots=use.reader.facets().lots[:LOTS],
        learns=learns,
        tests=tests,
    )


def _shares(counts: SampleCounts) -> tuple[int, int]:
    """About how many images a lesson would learn from and keep back: what was test stays so."""
    tests = max(counts.held_out, round(counts.total * SHARE))
    return counts.total - tests, tests


def _keys(use: Use, product: str, ask: Ask) -> Sequence[int]:
    only = doubted(use.data, use.reader, product) if ask.show is Show.MISLABELLED else ()
    wanted = sample_filter(ask, datetime.now().astimezone(), only)
    return [] if wanted is None else use.reader.sample_keys(product, wanted)
