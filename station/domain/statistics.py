"""How far counted parts can be trusted: shares with their intervals, and pairs compared."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n` parts; `low` and `high` bound the true share with CONFIDENCE, by Wilson.

    Of no parts nothing is known: then `rate` is None, and the bounds are 0 and 1.
    """

    count: int
    n: int
    rate: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over repetitions; `std` is the sample's, 0 of a single value."""

    mean: float
    std: float
    values: tuple[float, ...]


def share(count: int, n: int) -> Share:
    """That share with its interval."""
    low, high = wilson(count, n)
    return Share(count, n, count / n if n else None, low, high)


def wilson(count: float, n: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The score interval of a share, without continuity correction (Wilson 1927)."""
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n}")
    if not n:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    p, weight = count / n, z * z / n
    centre = (p + weight / 2) / (1 + weight)
    half = z * math.sqrt(p * (1 - p) / n + weight / (4 * n)) / (1 + weight)
    low = 0.0 if not count else max(0.0, centre - half)
    return low, 1.0 if count == n else min(1.0, centre + half)


def parts_to_prove(most: float, count: int = 0, confidence: float = CONFIDENCE) -> int:
    """How many parts it takes until `count` among them prove a share of no more than `most`."""
    if not 0 < most < 1:
        raise ValueError(f"{most}")
    low, high = count, 2 * count + 1
    while wilson(count, high, confidence)[1] > most:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        proves = wilson(count, middle, confidence)[1] <= most
        low, high = (low, middle) if proves else (middle, high)
    return high


def mcnemar(first_only: int, second_only: int) -> float:
    """The exact two-sided p that so uneven a split of the changed parts is chance (McNemar)."""
    n, few = first_only + second_only, min(first_only, second_only)
    if not n:
        return 1.0
    tail = sum(math.comb(n, k) for k in range(few + 1))
    return min(1.0, 2 * tail / (1 << n))


def spread(values: Sequence[float]) -> Spread | None:
    """Mean and standard deviation; None of nothing."""
    if not values:
        return None
    return Spread(fmean(values), stdev(values) if len(values) > 1 else 0.0, tuple(values))
