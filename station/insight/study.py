"""A study of how judges agree on parts: which parts, who judges when, and what was said.

By AIAG, Measurement Systems Analysis, 4th edition, chapter III C: about fifty parts that cover
good, bad and borderline; three persons, three trials; each in an order of its own, and nobody
knows what another one, the model or the reference said.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.domain.recipe import Roi

PARTS, PEOPLE, TRIALS = 50, 3, 3
"""What the AIAG advises."""
MOST_PARTS, MOST_PEOPLE, MOST_TRIALS = 300, 10, 5
LEAST_PARTS = 10
NEAR = 0.15  # so far from the limits a score may lie and the part still be borderline


class Said(StrEnum):
    """A judge's word. REVIEW is the station's: it lets the part not pass, and is not sure."""

    OK = "OK"
    NG = "NG"
    REVIEW = "REVIEW"
    NOTHING = ""  # takes the last word back


class Role(StrEnum):
    """As what somebody judges."""

    PERSON = "person"
    EXPERT = "expert"  # whose word is the reference
    STATION = "station"
    OUT = "out"  # leaves a part out of the study for all: its picture is gone


class Truth(StrEnum):
    """Where the reference comes from."""

    LABELS = "labels"
    EXPERT = "expert"


class Band(StrEnum):
    """How hard a part is."""

    GOOD = "good"
    BAD = "bad"
    BORDER = "border"


@dataclass(frozen=True, slots=True)
class StudyPart:
    """One part by its picture.

    name: by which a person finds it again. image: path below the data folder; roi: where it is to
    be cut still. truth: OK, NG, or nothing as long as an expert has to judge. record: the uid of
    its inspection, or empty; said, score: what the station said there. group: what shows the same
    part. whole: the record's own picture, of which some may be to be ignored.
    """

    name: str
    image: str
    roi: Roi | None = None
    truth: Said = Said.NOTHING
    band: Band = Band.GOOD
    record: str = ""
    said: Said = Said.NOTHING
    score: float | None = None
    group: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person wants."""

    product: str
    parts: int = PARTS
    people: int = PEOPLE
    trials: int = TRIALS
    truth: Truth = Truth.LABELS


@dataclass(frozen=True, slots=True)
class Study:
    """One that was begun; `seed` gives every order anew. at_ms: UTC.

    looked: the model looked at the pictures again, as often as there are trials; else the
    station's only words are those of the records.
    """

    uid: str
    plan: Plan
    parts: tuple[StudyPart, ...]
    seed: int
    at_ms: int = 0
    operator: str = ""
    looked: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """What was said of the part at that place of the study; trial counts from 1."""

    by: str
    role: Role
    trial: int
    part: int
    said: Said


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: the part at that place, after so many others of this trial."""

    trial: int
    done: int
    part: int


Judge = tuple[Role, str]
Standing = Mapping[Judge, Mapping[int, Mapping[int, Said]]]
"""What each judge said in each trial of each part, and did not take back."""


def side(part: StudyPart) -> Said:
    """OK or NG: by the reference, else by what the station said."""
    if part.truth is not Said.NOTHING:
        return part.truth
    return Said.NG if part.said in (Said.NG, Said.REVIEW) else Said.OK


def distance(part: StudyPart, limits: tuple[float, float]) -> float | None:
    """How far its score lies from the limits (review, NG); None without a score.

    0 between them, and where the station was wrong.
    """
    if part.truth and part.said and (part.said is Said.OK) != (part.truth is Said.OK):
        return 0.0
    if part.score is None:
        return None
    return max(0.0, limits[0] - part.score, part.score - limits[1])


def banded(part: StudyPart, limits: tuple[float, float]) -> Band:
    """How hard it is."""
    apart = distance(part, limits)
    if apart is not None and apart <= NEAR:
        return Band.BORDER
    return Band.GOOD if side(part) is Said.OK else Band.BAD


def choose(
    parts: Iterable[StudyPart], count: int, limits: tuple[float, float], seed: int
) -> list[StudyPart]:
    """A third borderline, the rest half good and half bad, by chance; in an order by chance.

    Where there are too few of a kind, others take their place; there may be fewer than `count`.
    """
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    pool = _one_a_group(parts, chance)
    border = [part for part in pool if banded(part, limits) is Band.BORDER]
    border.sort(key=lambda part: distance(part, limits) or 0.0)
    chosen = _balanced(border, count // 3)
    clear = [part for part in pool if banded(part, limits) is not Band.BORDER]
    chosen += _balanced(clear, count - len(chosen))
    chosen += _balanced([part for part in border if part not in chosen], count - len(chosen))
    chance.shuffle(chosen)
    return chosen


def _one_a_group(parts: Iterable[StudyPart], chance: random.Random) -> list[StudyPart]:
    """The same part must not be judged twice under two names."""
    shuffled = list(parts)
    chance.shuffle(shuffled)
    first = {part.group or f"\0{place}": part for place, part in enumerate(shuffled)}
    return list(first.values())


def _balanced(parts: Sequence[StudyPart], count: int) -> list[StudyPart]:
    """The first ones, half good and half bad as far as there are."""
    good = [part for part in parts if side(part) is Said.OK]
    bad = [part for part in parts if side(part) is not Said.OK]
    half = count // 2
    few = min(len(bad), max(half, count - len(good)))
    return bad[:few] + good[: count - few]


def order(study: Study, judge: Judge, trial: int) -> list[int]:
    """In which order that judge sees the parts in that trial; always the same."""
    role, by = judge
    chance = random.Random(f"{study.seed}|{role}|{by}|{trial}")  # noqa: S311 - no secret
    places = list(range(len(study.parts)))
    chance.shuffle(places)
    return places


def standing(words: Iterable[Word]) -> Standing:
    """What counts: of each part the last word, unless it was taken back."""
    found: dict[Judge, dict[int, dict[int, Said]]] = {}
    for word in words:
        trial = found.setdefault((word.role, word.by), {}).setdefault(word.trial, {})
        if word.said is Said.NOTHING:
            trial.pop(word.part, None)
        else:
            trial[word.part] = word.said
    return found


def judged_by_all(study: Study, said: Standing) -> tuple[int, ...]:
    """The places of the parts that nobody has left out."""
    out = {place for (role, _), trials in said.items() if role is Role.OUT
           for places in trials.values() for place in places}  # fmt: skip
    return tuple(place for place in range(len(study.parts)) if place not in out)


def trials_of(study: Study, role: Role) -> int:
    """How often such a judge goes through all the parts."""
    return 1 if role is Role.EXPERT else study.plan.trials


def turn(study: Study, said: Standing, judge: Judge) -> Turn | None:
    """What that judge judges next; None when all is said."""
    trials, places = said.get(judge, {}), frozenset(judged_by_all(study, said))
    for trial in range(1, trials_of(study, judge[0]) + 1):
        done = trials.get(trial, {})
        for part in order(study, judge, trial):
            if part in places and part not in done:
                return Turn(trial, len(places.intersection(done)), part)
    return None


def last_word(study: Study, said: Standing, judge: Judge) -> tuple[int, int] | None:
    """The trial and part that he judged last, for taking it back; None before the first."""
    trials = said.get(judge, {})
    begun = [trial for trial, done in trials.items() if done]
    if not begun:
        return None
    trial = max(begun)
    judged = [part for part in order(study, judge, trial) if part in trials[trial]]
    return trial, judged[-1]


def judgements(study: Study, said: Standing, judge: Judge) -> tuple[int, int]:
    """How many he has given, and how many he is to give."""
    places = frozenset(judged_by_all(study, said))
    done = sum(len(places.intersection(parts)) for parts in said.get(judge, {}).values())
    return done, trials_of(study, judge[0]) * len(places)


def people(said: Standing) -> tuple[str, ...]:
    """Who has begun to judge, in the order of their first words."""
    return tuple(by for role, by in said if role is Role.PERSON)


def experts(said: Standing) -> tuple[str, ...]:
    """Who has begun to give the reference."""
    return tuple(by for role, by in said if role is Role.EXPERT)


def truths(study: Study, said: Standing) -> tuple[Said, ...] | None:
    """The reference of all parts; None as long as the expert has not judged them all.

    Of a part that was left out it may be nothing.
    """
    if study.plan.truth is Truth.LABELS:
        return tuple(part.truth for part in study.parts)
    for by in experts(said):
        given = said[(Role.EXPERT, by)].get(1, {})
        if all(place in given for place in judged_by_all(study, said)):
            return tuple(given.get(place, Said.NOTHING) for place in range(len(study.parts)))
    return None
