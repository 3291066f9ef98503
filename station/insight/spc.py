"""Charts of the share that is bad, and the rules by which a point on one is a signal.

Sources: Montgomery, Introduction to Statistical Quality Control, 6th edition, chapters 5.3 and 7.2;
Laney, Improved control charts for attributes, Quality Engineering 14 (2002), 531; Nelson, The
Shewhart control chart – tests for special causes, Journal of Quality Technology 16 (1984), 237;
Western Electric, Statistical Quality Control Handbook (1956).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

MR_TO_SIGMA = 1.128  # d2 of two: the mean moving range of a normal with σ = 1
WIDTH = 3.0
LEAST_POINTS = 8  # of them over-dispersion can be told from chance
LEAST_LANEY = 300  # parts a point: of fewer, chance between parts hides that between points
DOUBT = 2.0  # standard errors by which it must stand out
LEAST_VARIANCE = 5.0  # n·p·(1 − p): below, the binomial is too lopsided to be taken as normal
_NORMAL = NormalDist()
_LEAST_TAIL = 1e-300
_DEEPEST = 1e-18  # of a chance: counts that are rarer than that need no table

Numbers = npt.NDArray[np.float64]


class Rule(StrEnum):
    """What makes a point a signal; on either side of the centre."""

    BEYOND = "beyond"  # one point beyond three sigma
    RUN = "run"  # nine in a row on one side
    TREND = "trend"  # six in a row rising, or falling
    ZIGZAG = "zigzag"  # fourteen in a row alternating
    NEAR_LIMIT = "near_limit"  # two of three beyond two sigma, on one side
    OFF_CENTRE = "off_centre"  # four of five beyond one sigma, on one side
    TOO_STEADY = "too_steady"  # fifteen in a row within one sigma
    TWO_GROUPS = "two_groups"  # eight in a row beyond one sigma, on both sides
    EIGHT = "eight"  # eight in a row on one side: Western Electric's run


WESTERN_ELECTRIC = (Rule.BEYOND, Rule.NEAR_LIMIT, Rule.OFF_CENTRE, Rule.EIGHT)
NELSON = (
    Rule.BEYOND,
    Rule.RUN,
    Rule.TREND,
    Rule.ZIGZAG,
    Rule.NEAR_LIMIT,
    Rule.OFF_CENTRE,
    Rule.TOO_STEADY,
    Rule.TWO_GROUPS,
)


@dataclass(frozen=True, slots=True)
class Chart:
    """The share that is bad in each subgroup, with what chance alone would allow.

    spread: Laney's σz, 1 where the chart is a plain p-chart. z: how many sigma each point lies
    from the centre; never more than its chance says.  exact: limits and z are of the binomial
    distribution itself.  far: z that is never less than its chance says, for rules that ask
    whether points lie near the centre; the same as z on a chart that is not exact.
    """

    shares: tuple[float, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    spread: float
    z: tuple[float, ...]
    exact: bool = False
    far: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """The rule that the point completed."""

    index: int
    rule: Rule


def p_chart(
    bad: Sequence[int],
    sizes: Sequence[int],
    centre: float | None = None,
    laney: bool | None = None,
    exact: bool | None = None,
) -> Chart:
    """A p-chart with limits for each subgroup's own size.

    centre: the known share, such as that of the weeks before; None: the mean of these. laney:
    whether limits follow the spread between subgroups; None: where it is clearly larger than
    chance between parts makes it, and subgroups are large: in small ones it is rather the special
    causes that the chart is to find. exact: limits by the chance itself instead of three sigma;
    None: where few bad parts are to be expected, for there three sigma cry wolf: of 1 % bad in
    subgroups of 100, 1 point in 54 lies beyond them and not 1 in 370. Raises ValueError for a
    subgroup of no parts.
    """
    counts, n = np.asarray(bad, float), np.asarray(sizes, float)
    if len(n) == 0 or n.min() < 1 or (counts < 0).any() or (counts > n).any():
        raise ValueError("each subgroup has parts, and not more bad ones than parts")
    mean = float(counts.sum() / n.sum()) if centre is None else centre
    z = _z(counts, n, mean)
    spread = _spread(z)
    if laney is None:
        many = len(z) >= LEAST_POINTS and np.median(n) >= LEAST_LANEY
        laney = bool(many and spread > 1 + DOUBT * _error(len(z)))
    spread = spread if laney and spread > 0 else 1.0
    if exact is None:
        exact = bool(np.median(n) * mean * (1 - mean) < LEAST_VARIANCE)
    return _chart(counts, n, mean, spread, exact)


def further(chart: Chart, bad: Sequence[int], sizes: Sequence[int]) -> Chart:
    """Other points against the centre, spread and kind of limits of that chart."""
    counts, n = np.asarray(bad, float), np.asarray(sizes, float)
    return _chart(counts, n, chart.centre, chart.spread, chart.exact)


def signals(
    z: Sequence[float], rules: Sequence[Rule] = NELSON, far: Sequence[float] | None = None
) -> tuple[Signal, ...]:
    """Every point at which a rule is fulfilled, in order; z and far as in Chart."""
    values = np.asarray(z, float)
    steady = values if far is None else np.asarray(far, float)
    found = [
        Signal(index, rule)
        for rule in rules
        for index in _where(steady if rule is Rule.TOO_STEADY else values, rule)
    ]
    return tuple(sorted(found, key=lambda one: (one.index, rules.index(one.rule))))


def _chart(counts: Numbers, n: Numbers, mean: float, spread: float, exact: bool) -> Chart:
    if exact and 0 < mean < 1:
        lower, upper, z, far = _by_chance(counts, n, mean, WIDTH * spread)
    else:
        z = far = _z(counts, n, mean)
        reach = WIDTH * spread * np.sqrt(mean * (1 - mean) / n)
        lower, upper = np.clip(mean - reach, 0, 1), np.clip(mean + reach, 0, 1)
    columns = (counts / n, lower, upper, z / spread, far / spread)
    shares, low, high, scores, farthest = (tuple(column.tolist()) for column in columns)
    return Chart(shares, mean, low, high, spread, scores, exact, farthest)


def _z(counts: Numbers, n: Numbers, mean: float) -> Numbers:
    sigma = np.sqrt(mean * (1 - mean) / n)
    return np.divide(counts / n - mean, sigma, out=np.zeros_like(n), where=sigma > 0)


def _by_chance(
    counts: Numbers, n: Numbers, mean: float, width: float
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Limits, z and far of each point by the binomial distribution.

    A limit lies halfway between the last count that chance explains and the first that it does
    not; where it explains even no bad part, the lower one is 0, and no point lies below it.
    """
    tables = {int(size): _table(int(size), mean, int(counts.max())) for size in np.unique(n)}
    z, far = np.empty_like(n), np.empty_like(n)
    lower, upper = np.empty_like(n), np.empty_like(n)
    for size, (near, farther) in tables.items():
        here = n == size
        found = counts[here].astype(int)
        z[here], far[here] = near[found], farther[found]
        lower[here] = max(0.0, (near < -width).sum() - 0.5) / size
        first = np.flatnonzero(near > width)
        upper[here] = (first[0] - 0.5) / size if len(first) else 1.0
    return lower, upper, z, far


def _table(size: int, mean: float, most: int) -> tuple[Numbers, Numbers]:
    """Both, z and far, by the number of bad parts: from none to `most`, and all likely ones.

    z: normal with the chance of so many or more (fewer): so no rule that asks for far points
    finds them more often than in a normal process. far: with the chance of more (fewer) alone.
    """
    steps = np.arange(1, size + 1, dtype=float)
    logs = np.cumsum(np.log((size - steps + 1) / steps) + np.log(mean / (1 - mean)))
    chance = np.exp(np.concatenate([[0.0], logs]) + size * np.log1p(-mean))
    likely = np.flatnonzero(chance > _DEEPEST)
    end = min(size, max(most, int(likely[-1]) if len(likely) else 0)) + 1
    below = np.concatenate([[0.0], np.cumsum(chance)[:-1]])[:end]
    above = np.cumsum(chance[::-1])[::-1][:end]  # so many or more
    up, down = above, below + chance[:end]
    far_up, far_down = above - chance[:end], below
    near = np.where(up <= 0.5, -_scores(up), np.where(down <= 0.5, _scores(down), 0.0))
    is_up = far_up < far_down
    return near, np.where(is_up, -_scores(far_up), _scores(far_down))


def _scores(chances: Numbers) -> Numbers:
    """By which z a normal variable stays below with that chance; finite for 0 and 1 too."""
    kept = np.clip(chances, _LEAST_TAIL, 1 - 1e-16)
    return np.array([_NORMAL.inv_cdf(one) for one in kept.tolist()])


def _spread(z: Numbers) -> float:
    """Of the moving range: a level that shifts once does not widen it."""
    return float(np.abs(np.diff(z)).mean() / MR_TO_SIGMA) if len(z) > 1 else 1.0


def _error(count: int) -> float:
    """The standard error of `_spread` over points without over-dispersion; Cryer and Ryan 1990."""
    return float(np.sqrt(0.826 / max(count - 1, 1)))


Windows = Numbers
Flags = npt.NDArray[np.bool_]
Test = Callable[[Windows], Flags]

_TESTS: dict[Rule, tuple[int, Test]] = {
    Rule.BEYOND: (1, lambda w: np.abs(w[:, 0]) > WIDTH),
    Rule.RUN: (9, lambda w: _one_side(w)),
    Rule.EIGHT: (8, lambda w: _one_side(w)),
    Rule.TREND: (6, lambda w: _one_side(np.diff(w))),
    Rule.ZIGZAG: (14, lambda w: _all(np.diff(w)[:, 1:] * np.diff(w)[:, :-1] < 0)),
    Rule.NEAR_LIMIT: (3, lambda w: _some_beyond(w, 2, 2.0)),
    Rule.OFF_CENTRE: (5, lambda w: _some_beyond(w, 4, 1.0)),
    Rule.TOO_STEADY: (15, lambda w: _all(np.abs(w) < 1)),
    Rule.TWO_GROUPS: (8, lambda w: _all(np.abs(w) > 1) & ~_one_side(w)),
}
"""How many points in a row a rule looks at, and which of such windows (rows) fulfil it."""


def length_of(rule: Rule) -> int:
    """How many points in a row the rule looks at."""
    return _TESTS[rule][0]


def _where(z: Numbers, rule: Rule) -> list[int]:
    """The last point of each stretch that fulfils the rule."""
    length, test = _TESTS[rule]
    if len(z) < length:
        return []
    windows = np.lib.stride_tricks.sliding_window_view(z, length)
    found: list[int] = (np.flatnonzero(test(windows)) + length - 1).tolist()
    return found


def _all(fulfilled: Flags) -> Flags:
    """Which rows are fulfilled throughout."""
    whole: Flags = np.logical_and.reduce(fulfilled, axis=1)
    return whole


def _one_side(windows: Windows) -> Flags:
    return _all(windows > 0) | _all(windows < 0)


def _some_beyond(windows: Windows, count: int, sigma: float) -> Flags:
    """So many of them, the last one included: else the signal was told before."""
    high, low = windows > sigma, windows < -sigma
    up: Flags = (high.sum(axis=1) >= count) & high[:, -1]
    down: Flags = (low.sum(axis=1) >= count) & low[:, -1]
    return up | down
