"""What came of a study of agreement: each judge against the reference, and all among themselves.

Classes of acceptance: AIAG, Measurement Systems Analysis, 4th edition, chapter III C, table 3.
A class is proven where the interval leaves nothing worse open, a bad one where nothing better.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from station.domain.statistics import Share, parts_to_prove, share
from station.insight.agreement import (
    Appraised,
    Kappa,
    appraise,
    cohen_trials,
    counted,
    fleiss,
)
from station.insight.study import Role, Said, Standing, Study, judged_by_all, people, truths

EFFECTIVENESS = (0.90, 0.80)
MISSES = (0.02, 0.05)
FALSE_ALARMS = (0.05, 0.10)
KAPPA = (0.75, 0.40)
"""At least the first is good, below the second poor (AIAG); misses and alarms the other way."""


_Ends = tuple[float, float]


class Grade(StrEnum):
    """How a figure is to be taken."""

    GOOD = "good"
    MARGINAL = "marginal"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Graded:
    """grade: by the figure itself. proven: so many parts leave no other one open, see above."""

    grade: Grade
    proven: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """All that one judge said: trials[t][i] on part i, as Said. station: no person, and no name."""

    name: str
    trials: tuple[tuple[str, ...], ...]
    station: bool = False

    @property
    def passed(self) -> tuple[tuple[str, ...], ...]:
        """The same with OK or NG only: what the station is not sure of is not passed."""
        ok, ng = Said.OK.value, Said.NG.value
        return tuple(tuple(ok if word == ok else ng for word in trial) for trial in self.trials)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole study as it is figured: parts by name with their reference, OK or NG.

    places: which parts of the study they are; of a table without one, none.
    """

    parts: tuple[str, ...]
    truth: tuple[str, ...]
    judges: tuple[Judged, ...]
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Appraiser:
    """One judge and his figures. unsure: how many of his words were REVIEW, which count as NG."""

    name: str
    station: bool
    trials: int
    seen: Appraised
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two judges, by their places among the appraisers."""

    first: int
    second: int
    kappa: Kappa | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A part on which somebody was wrong once at least.

    part: its place in the study. said: of each appraiser his words, trial by trial.
    """

    part: int
    truth: str
    said: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """All figures of a study.

    good, bad: parts by the reference.  between, with_station: Fleiss' κ over every trial of all
    persons, and of the station too.  alike: parts of which all persons said the same in every
    trial; right: and that was the reference.
    """

    parts: int
    good: int
    bad: int
    appraisers: tuple[Appraiser, ...]
    pairs: tuple[Pair, ...]
    between: Kappa | None
    with_station: Kappa | None
    alike: Share
    right: Share
    disputes: tuple[Dispute, ...]

    @property
    def station(self) -> Appraiser | None:
        """The station among them."""
        return next((one for one in self.appraisers if one.station), None)

    @property
    def needed(self) -> int:
        """How many bad parts it takes to prove acceptable misses, if none of them is missed."""
        return parts_to_prove(MISSES[0])


def sheet(study: Study, said: Standing) -> Sheet | None:
    """What is there of a study: every trial that goes through all parts.

    None as long as there is no reference, or no judge has gone through all parts once.
    """
    truth = truths(study, said)
    if truth is None:
        return None
    places = judged_by_all(study, said)
    keys = [(Role.PERSON, by) for by in people(said)] + [(Role.STATION, "")]
    judges = []
    for role, by in keys:
        trials = said.get((role, by), {})
        whole = [done for _, done in sorted(trials.items()) if done.keys() >= set(places)]
        words = tuple(tuple(done[place].value for place in places) for done in whole)
        if words:
            judges.append(Judged(by, words, role is Role.STATION))
    if not judges or not places:
        return None
    names = tuple(study.parts[place].name for place in places)
    return Sheet(names, tuple(truth[place] for place in places), tuple(judges), places)


def result(of: Sheet) -> Result:
    """All figures. Raises ValueError where a judge has no trial, or one not over all parts."""
    good = (Said.OK.value,)
    appraisers = tuple(
        Appraiser(
            one.name,
            one.station,
            len(one.trials),
            appraise(of.truth, one.passed, good),
            sum(word == Said.REVIEW for trial in one.trials for word in trial),
        )
        for one in of.judges
    )
    persons = [words for one in of.judges if not one.station for words in one.passed]
    everyone = [words for one in of.judges for words in one.passed]
    several = sum(not one.station for one in of.judges) > 1
    spoken = persons or everyone
    alike = [len(set(words)) == 1 for words in zip(*spoken, strict=True)]
    right = [
        same and words[0] == truth
        for same, words, truth in zip(alike, zip(*spoken, strict=True), of.truth, strict=True)
    ]
    return Result(
        parts=len(of.parts),
        good=sum(word == Said.OK for word in of.truth),
        bad=sum(word != Said.OK for word in of.truth),
        appraisers=appraisers,
        pairs=_pairs(of.judges),
        between=fleiss(counted(persons)) if several and len(of.parts) > 1 else None,
        with_station=_with_station(of, everyone),
        alike=share(sum(alike), len(alike)),
        right=share(sum(right), len(right)),
        disputes=_disputes(of),
    )


def _pairs(judges: Sequence[Judged]) -> tuple[Pair, ...]:
    return tuple(
        Pair(one, other, cohen_trials(judges[one].passed, judges[other].passed))
        for one, other in combinations(range(len(judges)), 2)
    )


def _with_station(of: Sheet, everyone: Sequence[Sequence[str]]) -> Kappa | None:
    stations = sum(one.station for one in of.judges)
    if not stations or len(of.judges) < 2 or len(of.parts) < 2:
        return None
    return fleiss(counted(everyone))


def _disputes(of: Sheet) -> tuple[Dispute, ...]:
    """Those with most wrong words first."""
    found = []
    for place, truth in enumerate(of.truth):
        said = tuple(tuple(trial[place] for trial in one.trials) for one in of.judges)
        passes = truth == Said.OK
        wrong = sum((word == Said.OK) != passes for words in said for word in words)
        if wrong:
            found.append((wrong, Dispute(of.places[place] if of.places else place, truth, said)))
    return tuple(one for _, one in sorted(found, key=lambda pair: -pair[0]))


def grade_effectiveness(of: Share) -> Graded | None:
    """At least 90 % is acceptable, at least 80 % marginally so; None of no parts."""
    return _graded_share(of, (of.low, of.high), EFFECTIVENESS, 1)


def grade_misses(of: Share) -> Graded | None:
    """At most 2 % is acceptable, at most 5 % marginally so."""
    return _graded_share(of, (of.high, of.low), MISSES, -1)


def grade_false_alarms(of: Share) -> Graded | None:
    """At most 5 % is acceptable, at most 10 % marginally so."""
    return _graded_share(of, (of.high, of.low), FALSE_ALARMS, -1)


def grade_kappa(of: Kappa | None) -> Graded | None:
    """At least 0.75 is good, below 0.40 poor; as it is shown, with two digits."""
    return None if of is None else _graded(round(of.value, 2), (of.low, of.high), KAPPA, 1)


def _graded_share(of: Share, ends: _Ends, bounds: _Ends, sign: int) -> Graded | None:
    """As it is shown, with one digit of a per cent."""
    return None if of.rate is None else _graded(round(of.rate, 3), ends, bounds, sign)


def _graded(value: float, ends: _Ends, bounds: _Ends, sign: int) -> Graded:
    """sign: 1 where more is better. ends: of the interval, the worse one first."""
    grade = _grade(value, bounds, sign)
    end = ends[1] if grade is Grade.BAD else ends[0]
    return Graded(grade, _grade(end, bounds, sign) is grade)


def _grade(value: float, bounds: _Ends, sign: int) -> Grade:
    good, marginal = (sign * bound for bound in bounds)
    if sign * value >= good - 1e-9:
        return Grade.GOOD
    return Grade.MARGINAL if sign * value >= marginal - 1e-9 else Grade.BAD
