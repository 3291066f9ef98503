"""Charts of the share that is bad, and the rules by which a point on one is a signal.

Sources: Montgomery, Introduction to Statistical Quality Control, 6th edition, chapters 5.3 and 7.2;
Laney, Improved control charts for attributes, Quality Engineering 14 (2002), 531; Nelson, The
Shewhart control chart – tests for special causes, Journal of Quality Technology 16 (1984), 237;
Western Electric, Statistical Quality Control Handbook (1956).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

MR_TO_SIGMA = 1.128  # d2 of two: the mean moving range of a normal with σ = 1
WIDTH = 3.0
LEAST_POINTS = 8  # of them over-dispersion can be told from chance
DOUBT = 2.0  # standard errors by which it must stand out

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
    from the centre.
    """

    shares: tuple[float, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    spread: float
    z: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """The rule that the point completed."""

    index: int
    rule: Rule


def p_chart(
    bad: Sequence[int], sizes: Sequence[int], centre: float | None = None, laney: bool | None = None
) -> Chart:
    """A p-chart with limits for each subgroup's own size.

    centre: the known share, such as that of the weeks before; None: the mean of these. laney:
    whether limits follow the spread between subgroups; None: where it is clearly larger than
    chance between parts makes it. Raises ValueError for a subgroup of no parts.
    """
    counts, n = np.asarray(bad, float), np.asarray(sizes, float)
    if len(n) == 0 or n.min() < 1 or (counts < 0).any() or (counts > n).any():
        raise ValueError("each subgroup has parts, and not more bad ones than parts")
    mean = float(counts.sum() / n.sum()) if centre is None else centre
    sigma = np.sqrt(mean * (1 - mean) / n)
    shares = counts / n
    z = np.divide(shares - mean, sigma, out=np.zeros_like(n), where=sigma > 0)
    spread = _spread(z)
    if laney is None:
        laney = len(z) >= LEAST_POINTS and spread > 1 + DOUBT * _error(len(z))
    spread = spread if laney and spread > 0 else 1.0
    reach = WIDTH * sigma * spread
    return Chart(
        tuple(shares.tolist()),
        mean,
        tuple(np.clip(mean - reach, 0, 1).tolist()),
        tuple(np.clip(mean + reach, 0, 1).tolist()),
        spread,
        tuple((z / spread).tolist()),
    )


def signals(z: Sequence[float], rules: Sequence[Rule] = NELSON) -> tuple[Signal, ...]:
    """Every point at which a rule is fulfilled, in order; z as in Chart."""
    values = np.asarray(z, float)
    found = [Signal(index, rule) for rule in rules for index in _where(values, rule)]
    return tuple(sorted(found, key=lambda one: (one.index, rules.index(one.rule))))


def _spread(z: Numbers) -> float:
    """Of the moving range: a level that shifts once does not widen it."""
    return float(np.abs(np.diff(z)).mean() / MR_TO_SIGMA) if len(z) > 1 else 1.0


def _error(count: int) -> float:
    """The standard error of `_spread` over points without over-dispersion; Cryer and Ryan 1990."""
    return float(np.sqrt(0.826 / max(count - 1, 1)))


Test = Callable[[Numbers], bool]

_TESTS: dict[Rule, tuple[int, Test]] = {
    Rule.BEYOND: (1, lambda w: bool(abs(w[0]) > WIDTH)),
    Rule.RUN: (9, lambda w: _one_side(w)),
    Rule.EIGHT: (8, lambda w: _one_side(w)),
    Rule.TREND: (6, lambda w: bool((np.diff(w) > 0).all() or (np.diff(w) < 0).all())),
    Rule.ZIGZAG: (14, lambda w: bool((np.diff(w)[1:] * np.diff(w)[:-1] < 0).all())),
    Rule.NEAR_LIMIT: (3, lambda w: _some_beyond(w, 2, 2.0)),
    Rule.OFF_CENTRE: (5, lambda w: _some_beyond(w, 4, 1.0)),
    Rule.TOO_STEADY: (15, lambda w: bool((np.abs(w) < 1).all())),
    Rule.TWO_GROUPS: (
        8,
        lambda w: bool((np.abs(w) > 1).all() and not _one_side(w)),
    ),
}
"""How many points in a row a rule looks at, and whether they fulfil it."""


def _where(z: Numbers, rule: Rule) -> Iterator[int]:
    """The last point of each stretch that fulfils the rule."""
    length, test = _TESTS[rule]
    for end in range(length, len(z) + 1):
        if test(z[end - length : end]):
            yield end - 1


def _one_side(window: Numbers) -> bool:
    return bool((window > 0).all() or (window < 0).all())


def _some_beyond(window: Numbers, count: int, sigma: float) -> bool:
    """So many of them, the last one included: else the signal was told before."""
    high, low = window > sigma, window < -sigma
    up = high.sum() >= count and high[-1]
    down = low.sum() >= count and low[-1]
    return bool(up or down)
