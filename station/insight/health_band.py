"""An interval around a foretold life that holds the true one as often as is promised.

Conformal over units: how wide it must be at each foretold life is learnt from units that the
predictor never saw, and how much to widen it, from units that this shape never saw either. A unit
counts the same however many readings it has. After Romano, Patterson, Candès, Conformalized
quantile regression, NeurIPS 2019, and Barber et al., Predictive inference with the jackknife+,
Annals of Statistics 49 (2021), 486.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NOMINAL = 0.9
KNOTS = 11
NEAR = 0.08  # of the cap: how far a neighbour's error counts at a knot
FLOOR = 0.01  # of the cap: no side of the interval is narrower

Numbers = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Held:
    """What was said of readings that were held out. unit, fold: of each reading, from 0."""

    foretold: Numbers
    truth: Numbers
    unit: Index
    fold: Index

    def some(self, rows: npt.NDArray[np.bool_]) -> "Held":
        """Those readings only."""
        return Held(self.foretold[rows], self.truth[rows], self.unit[rows], self.fold[rows])

    @property
    def weights(self) -> Numbers:
        """Each unit weighs 1."""
        return 1 / np.bincount(self.unit)[self.unit]


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` below to `high` above at each knot of the foretold life, straight in between."""

    knots: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def below(self, foretold: Numbers) -> Numbers:
        """How far the interval reaches down, a number above 0."""
        return np.interp(foretold, self.knots, self.low)

    def above(self, foretold: Numbers) -> Numbers:
        """How far it reaches up."""
        return np.interp(foretold, self.knots, self.high)


@dataclass(frozen=True, slots=True)
class Learnt:
    """The band, and how often bands made without a unit hold that unit's truth."""

    band: Band
    coverage: float


def learn_band(held: Held, cap: float, nominal: float = NOMINAL) -> Learnt:
    """The interval for foretold lives of 0 to `cap`."""
    folds = np.unique(held.fold)
    need = np.empty(len(held.truth))
    for fold in folds:
        out = held.fold == fold
        need[out] = _need(_shape(held.some(~out), cap, nominal), held.some(out))
    weights = held.weights
    covered = np.empty(len(need))
    for fold in folds:
        out = held.fold == fold
        covered[out] = need[out] <= _widening(need[~out], held.some(~out), nominal)
    band = _times(_shape(held, cap, nominal), _widening(need, held, nominal))
    return Learnt(band, float(np.average(covered, weights=weights)))


def quantile(values: Numbers, weights: Numbers, share: float) -> float:
    """The least value that has at least that share of the weight at or below it."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][min(int(np.searchsorted(reached, share)), len(values) - 1)])


def _shape(held: Held, cap: float, nominal: float) -> Band:
    """Quantiles of the errors near each knot."""
    errors = held.truth - held.foretold
    knots = np.linspace(0, cap, KNOTS)
    low, high = [], []
    for knot in knots:
        apart = (held.foretold - knot) / (NEAR * cap)
        weights = held.weights * np.exp(-(apart**2) / 2) + 1e-12
        low.append(max(-quantile(errors, weights, (1 - nominal) / 2), FLOOR * cap))
        high.append(max(quantile(errors, weights, (1 + nominal) / 2), FLOOR * cap))
    return Band(tuple(knots.tolist()), tuple(low), tuple(high))


def _need(band: Band, held: Held) -> Numbers:
    """By how much each interval must be widened to hold its truth."""
    errors = held.truth - held.foretold
    up = errors / band.above(held.foretold)
    down = -errors / band.below(held.foretold)
    return np.maximum(up, down)


def _widening(need: Numbers, held: Held, nominal: float) -> float:
    """With the share that a finite number of units asks for."""
    units = len(np.unique(held.unit))
    share = min(1.0, nominal * (1 + 1 / units))
    return quantile(need, held.weights, share)


def _times(band: Band, factor: float) -> Band:
    def wider(sides: Sequence[float]) -> tuple[float, ...]:
        return tuple(side * factor for side in sides)

    return Band(band.knots, wider(band.low), wider(band.high))
