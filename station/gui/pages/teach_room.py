"""What the Teach page may ask for, and the few words in which it is answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from station.domain.inspection import Verdict
from station.domain.part import Frame
from station.domain.recipe import Roi
from station.domain.revision import Revision
from station.errors import Fault
from station.gui.tasks import Tasks
from station.gui.unlock import AskPin, ask_nobody
from station.store.releases import Limits
from station.store.samples import ClassCount, SampleCounts, SampleFilter, SampleRow, View
from station.training.costs import Sides

NOTHING = SampleCounts((), 0, 0, 0, 0, 0)


class Show(StrEnum):
    """Which images are shown, where it is not those of a class; in the order of the tiles."""

    UNREVIEWED = "unreviewed"
    OVERRULED = "overruled"
    MISLABELLED = "mislabelled"
    TEST = "test"
    ASIDE = "aside"


class Since(StrEnum):
    """Of which time."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Ask:
    """Which images of a product are asked for; `show` None and no label: all of them."""

    label: str = ""
    show: Show | None = None
    lot: str = ""
    since: Since = Since.ALL

    def of_class(self, label: str) -> "Ask":
        """Those of a class instead."""
        return replace(self, label=label, show=None)

    def of_kind(self, show: Show) -> "Ask":
        """Those of a kind instead."""
        return replace(self, label="", show=show)

    def since_ms(self, now: datetime) -> int | None:
        """The first moment that is asked for, UTC; None: from the beginning."""
        days = {Since.TODAY: 0, Since.WEEK: 6, Since.MONTH: 29}
        if self.since is Since.ALL:
            return None
        midnight = datetime.combine(now.date(), time(), now.tzinfo)
        return int((midnight - timedelta(days=days[self.since])).timestamp() * 1000)


_VIEWS = {
    Show.UNREVIEWED: View.UNREVIEWED,
    Show.OVERRULED: View.OVERRULED,
    Show.TEST: View.HELD_OUT,
    Show.ASIDE: View.SET_ASIDE,
}


def sample_filter(ask: Ask, now: datetime, mislabelled: tuple[int, ...]) -> SampleFilter | None:
    """The same for the records; None where there is surely no such image."""
    if ask.show is Show.MISLABELLED and not mislabelled:
        return None
    return SampleFilter(
        View.ALL if ask.show is None else _VIEWS.get(ask.show, View.ALL),
        ask.label,
        mislabelled if ask.show is Show.MISLABELLED else (),
        ask.since_ms(now),
        ask.lot,
    )


@dataclass(frozen=True, slots=True)
class Board:
    """How the images of a product stand.

    mislabelled: images whose label the last lesson doubts. learns, tests: how many images a
    lesson would learn from and keep back now. lots: the newest first.
    """

    counts: SampleCounts = NOTHING
    mislabelled: int = 0
    lots: tuple[str, ...] = ()
    learns: int = 0
    tests: int = 0

    @property
    def classes(self) -> tuple[ClassCount, ...]:
        """The classes with their images, in the order of their number keys: good ones first."""
        return tuple(sorted(self.counts.classes, key=lambda one: not one.good))

    @property
    def has_good(self) -> bool:
        """Whether there is a good part to learn from."""
        return any(one.good and one.n for one in self.classes)

    def kind(self, show: Show) -> int:
        """How many images there are of that kind."""
        match show:
            case Show.UNREVIEWED:
                return self.counts.unreviewed
            case Show.OVERRULED:
                return self.counts.overruled
            case Show.MISLABELLED:
                return self.mislabelled
            case Show.TEST:
                return self.counts.held_out
            case Show.ASIDE:
                return self.counts.set_aside


@dataclass(frozen=True, slots=True)
class SampleRoom:
    """The images of a product, by key as in store/samples. All may block, in other threads.

    gather(product): take in what operators have said since; how many.  keys(product, ask):
    newest first.  rows(keys): in that order, unknown ones left out.
    """

    gather: Callable[[str], int]
    board: Callable[[str], Board]
    keys: Callable[[str, Ask], Sequence[int]]
    rows: Callable[[Sequence[int]], Sequence[SampleRow]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What became of images with a new label: their keys now, each in the place of its old one.

    before: what `undo` takes back. faults: of records that stay as they were.
    """

    keys: tuple[int, ...]
    before: tuple[tuple[int, str], ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelRoom:
    """What persons say of images. All may block; a change is made whole or not at all.

    label(product, keys, label): an empty label sets aside.  undo(before): as `Labelled` has it.
    add_class(product, name, good).
    """

    label: Callable[[str, Sequence[int], str], Labelled]
    undo: Callable[[Sequence[tuple[int, str]]], object]
    add_class: Callable[[str, str, bool], object]


Told = Callable[[str, float], None]
"""Told (what is done now, 0 … 1) in the thread that does it."""
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import or an export: images, and those that were left out and why."""

    count: int
    skipped: tuple[tuple[str, Fault], ...] = ()


@dataclass(frozen=True, slots=True)
class FileRoom:
    """Images in and out. Both may take long and run in their own thread; cancelled: None.

    bring(product, source, label, told, cancelled): from a folder, zip or list of the trade's
    formats; with a label every image is of that class.  export(product, target, form, …).
    forms: what can be written, by the names of training/exporters.
    """

    bring: Callable[[str, Path, str, Told, Cancelled], Brought | None]
    export: Callable[[str, Path, str, Told, Cancelled], Brought | None]
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What a revision does on the kept-back parts.

    parts: their scores. limits: by which it judges, or would. folds: mean and spread of the
    cross-validated accuracy. ms: of a part, p95.
    """

    parts: Sides
    limits: tuple[float, float]
    folds: tuple[float, float | None] | None = None
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class LessonStep:
    """How far a lesson is: `step` as the lesson's process names it."""

    step: str
    share: float
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class LessonRoom:
    """Teaching and its proof. All may block.

    revisions(product): newest first.  proof(product, number, against): of `number` on the parts
    that were kept back for `against`, so that two stand side by side; None where there is none.
    teach(product, told, cancelled): the number of the new revision, proven; None: cancelled.
    """

    revisions: Callable[[str], Sequence[Revision]]
    proof: Callable[[str, int, int], Proof | None]
    teach: Callable[[str, Callable[[LessonStep], None], Cancelled], int | None]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A part of the line on which the shadow and the released model do not agree.

    uid: of its record. image: the path of its picture below the data folder.
    """

    uid: str
    image: str
    verdict: Verdict
    score: float | None
    shadow_verdict: Verdict
    shadow_score: float
    roi: Roi | None = None


@dataclass(frozen=True, slots=True)
class Shadow:
    """What a shadow did so far: parts that it saw too, and the newest of the disputes."""

    parts: int
    disputes: tuple[Dispute, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class ReleaseRoom:
    """What may judge. All may block.

    release(product, number, limits, reason), roll_back(product, reason): take effect between two
    parts.  shadow(product, number or None): who judges silently.  watched(product, number).
    """

    release: Callable[[str, int, Limits | None, str], None]
    roll_back: Callable[[str, str], None]
    shadow: Callable[[str, int | None], None]
    watched: Callable[[str, int], Shadow]


@dataclass(frozen=True, slots=True)
class FirstRoom:
    """Teaching a new product in front of the camera. `capture` and `begin` may block.

    live(timeout): the newest picture of the camera.  capture(product, label): keep the picture
    of now as a sample; how many that class has then.  taken(name): there is a
    model of such a product; images alone are gone on with.
    inspect(product, number): judge parts by it from now on.
    """

    live: Callable[[float], Frame | None]
    capture: Callable[[str, str], int]
    taken: Callable[[str], bool]
    inspect: Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class TeachRoom:
    """All of it. ask_pin: before what changes how the line judges; see gui/unlock.py."""

    samples: SampleRoom
    labels: LabelRoom
    files: FileRoom
    lessons: LessonRoom
    releases: ReleaseRoom
    first: FirstRoom
    ask_pin: AskPin = ask_nobody


@dataclass(frozen=True, slots=True)
class Workers:
    """Threads of the page's own: reads and orders, pictures, imports and exports, lessons.

    An order may open a model or take in hundreds of records: no other page may wait behind it.
    """

    tasks: Tasks
    pictures: Tasks
    files: Tasks
    lessons: Tasks
