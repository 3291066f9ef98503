"""What the study of agreement may ask for, and in which few words it is answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from station.insight.study import Plan, Study, Word


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is of a product to choose from.

    good, bad: images with a confirmed label. records: parts that were inspected.
    """

    product: str
    good: int = 0
    bad: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True)
class Begun:
    """A study that was begun: how many judgements of persons there are, of how many."""

    study: Study
    done: int
    wanted: int


@dataclass(frozen=True, slots=True)
class StudyRoom:
    """Studies of agreement over one data folder. All calls may block, in other threads.

    data: the folder, for the pictures.  offers(): every product.  begin(plan): chooses the parts
    and has the station judge them, which may take some seconds; raises STUDY_TOO_FEW,
    STUDY_ONE_KIND.  studies(): the newest, newest first.  words(uid): all that was said in one.
    say(uid, word): kept for good on return.
    """

    data: Path
    offers: Callable[[], Sequence[Offer]]
    begin: Callable[[Plan], Study]
    studies: Callable[[], Sequence[Begun]]
    words: Callable[[str], Sequence[Word]]
    say: Callable[[str, Word], None]
