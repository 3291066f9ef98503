"""What drives a defect: a model that foretells later parts, and what it loses without each value.

Nothing is shuffled: process values change slowly, so that parts made one after the other are
alike. A model is tried on parts made after those it learnt from. For what chance does, the
parts' outcomes, or one value, are turned round in a circle against all else: that keeps
everything as slow as it is, and only takes away that they belong together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.advice import Driver, Sense
from station.insight.advice_model import Kind, Model, chances, learn, logits
from station.insight.advice_values import Flags, Numbers, auc
from station.insight.bonds import joined, ranks
from station.insight.redrawn import redrawn

FOLDS, FIRST = 4, 0.4  # stretches to foretell; the share of the bad parts before the first of them
LEAST_IN_FOLD = 3  # bad parts
TURNS = 999  # of the outcomes
VALUE_TURNS = 99  # of each value
BLOCKS, DRAWS = 10, 200  # of each stretch, for the interval
SURE, VALUE_SURE = 0.01, 0.05
LEAST_SHARE = 0.02  # less is not worth a bar
ALIKE = 0.8  # correlation
SOME = 0.25  # of the range of its effect: by so much its middle must stick out

Tell = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Trial:
    """A model and the later parts that it did not know."""

    model: Model
    values: Numbers
    bad: Flags
    logit: Numbers

    @property
    def weight(self) -> int:
        """How much it says: its bad parts."""
        return int(self.bad.sum())


@dataclass(frozen=True, slots=True)
class Proof:
    """What the trials of the best kind come to; p: how often chance does as well."""

    kind: Kind
    trials: tuple[Trial, ...]
    auc: float
    low: float
    high: float
    p: float


def prove(values: Numbers, bad: Flags, seed: int, tell: Tell) -> Proof:
    """The kind that foretells best, and how well. Rows oldest first; some of them bad."""
    rng = np.random.default_rng(seed)
    spans = list(later_spans(bad))
    tried: dict[Kind, tuple[Trial, ...]] = {}
    for done, kind in enumerate(Kind):
        tell(done / len(Kind))
        tried[kind] = tuple(_try(kind, values, bad, begin, end) for begin, end in spans)
    p = _by_chance(tuple(tried.values()), rng)
    kind = _simplest(tried, rng)
    low, high = _interval(tried[kind], rng)
    return Proof(kind, tried[kind], _overall(tried[kind]), low, high, p)


def later_spans(bad: Flags) -> Iterator[tuple[int, int]]:
    """Where the stretches to foretell begin and end: each with as many bad parts as the others."""
    rare = bad if bad.mean() <= 0.5 else ~bad
    places = np.flatnonzero(rare)
    first = max(LEAST_IN_FOLD, round(FIRST * len(places)))
    folds = int(np.clip((len(places) - first) // LEAST_IN_FOLD, 1, FOLDS))
    cuts = np.linspace(first, len(places), folds + 1).round().astype(int)
    begins = [int(places[cut - 1]) + 1 for cut in cuts[:-1]]
    yield from zip(begins, [*begins[1:], len(bad)], strict=True)


def drivers(
    proof: Proof, whole: Model, values: Numbers, names: list[tuple[str, str]], seed: int, tell: Tell
) -> tuple[Driver, ...]:
    """Each value (name, unit), the one first that is missed most. whole: learnt from all rows.

    Values that rise and fall together are one: which of them it is cannot be told.
    """
    rng = np.random.default_rng(seed)
    groups = together(values)
    lost = []
    for done, places in enumerate(groups):
        tell(done / len(groups))
        lost.append(_lost(proof, places, rng))
    total = sum(max(0.0, float(one.mean())) for one in lost) or 1.0
    found = []
    for places, one in zip(groups, lost, strict=True):
        share = max(0.0, float(one.mean())) / total
        by_chance = (1 + (one <= 0).sum()) / (1 + len(one))
        is_sure = share >= LEAST_SHARE and by_chance <= VALUE_SURE
        spread, sense = float(one.std()) / total, _sense(whole, values, places)
        name = " + ".join(names[place][0] for place in places)
        found.append(Driver(name, names[places[0]][1], share, spread, bool(is_sure), sense))
    return tuple(sorted(found, key=lambda one: -one.share))


def together(values: Numbers) -> list[list[int]]:
    """The columns in groups that rise and fall as one, or against each other."""
    alike = np.abs(np.atleast_2d(np.corrcoef(values, rowvar=False))) > ALIKE
    return joined(alike)


def _try(kind: Kind, values: Numbers, bad: Flags, begin: int, end: int) -> Trial:
    model = learn(kind, values[:begin], bad[:begin])
    later = values[begin:end]
    return Trial(model, later, bad[begin:end], logits(model, later))


def _simplest(tried: dict[Kind, tuple[Trial, ...]], rng: np.random.Generator) -> Kind:
    """The first that is within one standard error of the best."""
    best = max(tried, key=lambda one: _overall(tried[one]))
    low, high = _interval(tried[best], rng)
    error = (high - low) / (2 * 1.96)
    return next(one for one in tried if _overall(tried[one]) >= _overall(tried[best]) - error)


def _overall(trials: tuple[Trial, ...]) -> float:
    """Of each stretch by itself: the level of bad parts may differ between them."""
    return _mean([auc(one.logit, one.bad) for one in trials], trials)


def _mean(found: list[float], trials: tuple[Trial, ...]) -> float:
    return float(np.average(found, weights=[one.weight for one in trials]))


def _by_chance(kinds: tuple[tuple[Trial, ...], ...], rng: np.random.Generator) -> float:
    """How often the best kind does as well on outcomes that are turned round."""
    known = [[(ranks(one.logit), np.flatnonzero(one.bad)) for one in trials] for trials in kinds]
    real = max(_overall(trials) for trials in kinds)
    as_good = 0
    for _ in range(TURNS):
        turns = [int(rng.integers(1, max(2, len(one.bad)))) for one in kinds[0]]
        found = [
            _mean([_turned(*one, turn) for one, turn in zip(of, turns, strict=True)], kinds[0])
            for of in known
        ]
        as_good += max(found) >= real
    return (1 + as_good) / (1 + TURNS)


def _turned(rank: Numbers, places: npt.NDArray[np.int64], turn: int) -> float:
    n, count = len(rank), len(places)
    if not 0 < count < n:
        return 0.5
    there = (places + turn) % n
    return float((rank[there].sum() - count * (count + 1) / 2) / (count * (n - count)))


def _interval(trials: tuple[Trial, ...], rng: np.random.Generator) -> tuple[float, float]:
    """Of 95 %, by drawing blocks of each stretch."""
    cut = [np.array_split(np.arange(len(one.bad)), BLOCKS) for one in trials]
    found = []
    for _ in range(DRAWS):
        drawn = []
        for one, blocks in zip(trials, cut, strict=True):
            rows = redrawn(blocks, BLOCKS, rng)
            drawn.append(auc(one.logit[rows], one.bad[rows]))
        found.append(_mean(drawn, trials))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def _lost(proof: Proof, places: list[int], rng: np.random.Generator) -> Numbers:
    """By how much the AUC falls when these values are another time's, each turn."""
    found = []
    for _ in range(VALUE_TURNS):
        each = []
        for one in proof.trials:
            values = one.values.copy()
            turn = int(rng.integers(1, max(2, len(values))))
            values[:, places] = np.roll(values[:, places], turn, axis=0)
            each.append(auc(logits(one.model, values), one.bad))
        found.append(proof.auc - _mean(each, proof.trials))
    return np.array(found)


def _sense(model: Model, values: Numbers, places: list[int]) -> Sense:
    """What the model makes of low, middle and high values; several go as the first of them."""
    first, at = places[0], []
    for share in (0.1, 0.5, 0.9):
        there = values.copy()
        for place in places:
            against = np.corrcoef(values[:, first], values[:, place])[0, 1] < 0
            there[:, place] = np.quantile(values[:, place], 1 - share if against else share)
        at.append(float(chances(model, there).mean()))
    low, middle, high = at
    if middle < min(low, high) - SOME * (max(at) - min(at)):
        return Sense.ENDS
    if middle > max(low, high) + SOME * (max(at) - min(at)):
        return Sense.MIDDLE
    return Sense.HIGH if high >= low else Sense.LOW
