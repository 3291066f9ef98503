"""Whether it got better: the share that is bad before and since, and what chance alone would do.

Sources: Newcombe, Interval estimation for the difference between independent proportions:
comparison of eleven methods, Statistics in Medicine 17 (1998), 873, method 10; Rao and Scott, A
simple method for the analysis of clustered binary data, Biometrics 48 (1992), 577: parts of one
hour are alike, so that they tell less than as many parts apart.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from station.domain.statistics import CONFIDENCE

LEAST_STRETCHES = 5  # of them the spread between hours can be told from chance


@dataclass(frozen=True, slots=True)
class Stretch:
    """`bad` of `n` parts of about an hour; at_ms: when it began, UTC."""

    at_ms: int
    bad: int
    n: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A share over stretches; low and high: with CONFIDENCE, of n parts over the design effect."""

    bad: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The bad of all; None of no parts."""
        return self.bad / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Difference:
    """The share since less the share before, and its interval."""

    value: float
    low: float
    high: float

    @property
    def is_proven(self) -> bool:
        """Chance alone does not explain it."""
        return self.low > 0 or self.high < 0


def rate(stretches: Sequence[Stretch]) -> Rate:
    """Of all of them together: Wilson's interval for as many parts as they are worth."""
    bad, n = sum(one.bad for one in stretches), sum(one.n for one in stretches)
    return Rate(bad, n, *_wilson(bad, n, design_effect(stretches)))


def design_effect(stretches: Sequence[Stretch]) -> float:
    """How many times the variance between the stretches is that of chance, at least 1.

    Pearson's χ² over its degrees of freedom; 1 of too few stretches.
    """
    filled = [one for one in stretches if one.n]
    bad, n = sum(one.bad for one in filled), sum(one.n for one in filled)
    if len(filled) < LEAST_STRETCHES or not 0 < bad < n:
        return 1.0
    mean = bad / n
    square = sum((one.bad - one.n * mean) ** 2 / (one.n * mean * (1 - mean)) for one in filled)
    return max(1.0, square / (len(filled) - 1))


def difference(before: Rate, since: Rate) -> Difference | None:
    """Newcombe's interval from those of the two shares; None where one has no parts."""
    one, other = since.share, before.share
    if one is None or other is None:
        return None
    value = one - other
    down = math.hypot(one - since.low, before.high - other)
    up = math.hypot(since.high - one, other - before.low)
    return Difference(value, max(-1.0, value - down), min(1.0, value + up))


def _wilson(bad: int, n: int, effect: float) -> tuple[float, float]:
    """As `domain.statistics.wilson`, for counts that are no whole numbers once they are divided."""
    if not n:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    p, weight = bad / n, z * z * effect / n
    centre = (p + weight / 2) / (1 + weight)
    half = z * math.sqrt(p * (1 - p) * effect / n + weight * effect / (4 * n)) / (1 + weight)
    low = 0.0 if not bad else max(0.0, centre - half)
    return low, 1.0 if bad == n else min(1.0, centre + half)
