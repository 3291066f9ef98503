"""Whether the pictures and scores still are what the model was released for.

The baseline is the first parts that the model judged. The mean of a block of parts lies much closer
to the centre than a single part does, so its band is not that of parts: it reaches three sigma of
the baseline's own blocks, by Student's t because these are few (a block's mean also moves with
light and material, which the spread of parts over the root of their number would not tell). And it
reaches at least as far as a mean may move without meaning anything for the model: half of the way
from the baseline's middle to what 5 or 95 % of its parts lie below. Where the mean of a normal
quantity has moved so far, some 20 % of the parts lie beyond the former 95 %.

A change is found as the moment that best parts the points into a flat stretch and one that rises
or falls from there (creeping), or stands on another level (jumped), by least squares; it is told
where it explains clearly more than chance would (Quandt, Journal of the American Statistical
Association 53 (1958), 873: the F of the best of all moments needs a higher bar than one alone).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from station.domain.inspection import Verdict
from station.store.passages import VERDICTS, Passages

BLOCK = 50  # parts, of the baseline, and the least of a point
MOST_POINTS = 120
LEAST_BASELINE = 200  # parts: four blocks
LEAST_POINTS = 3
LEAST_CHANGE_POINTS = 6
UNIMPORTANT = 0.5  # of the way from the middle to the 5 or 95 % quantile
CLEAR = 16.0  # F of the best moment, from which on a change is no chance
NOTEWORTHY = 0.5  # of the band's half: a change that is smaller yet is not told
ROUNDING = 1e-6  # of the centre: what never changes is not out for a last digit
_T3 = {3: 9.22, 4: 6.62, 5: 5.51, 6: 4.90, 7: 4.53, 8: 4.28, 9: 4.09, 10: 3.96, 12: 3.76, 15: 3.59}
_T3_MANY = 3.45
"""Student's t that is exceeded as seldom as three sigma (0.27 %), by degrees of freedom."""

Reals = npt.NDArray[np.float64]


class Quantity(StrEnum):
    """What is watched; each a column of Passages."""

    BRIGHTNESS = "brightness"
    SHARPNESS = "sharpness"
    UNLIKE = "unlike"
    SCORE = "score"  # of parts with the verdict OK: how near to the limit


class State(StrEnum):
    """How a quantity stands."""

    INSIDE = "inside"
    CREEPING = "creeping"  # moves steadily, and is inside still or no more
    JUMPED = "jumped"  # stands on another level since a moment
    OUT = "out"  # outside, and no moment stands out


class DriftLook(StrEnum):
    """What to look at."""

    BRIGHTER = "brighter"  # ring light, exposure, stray light
    DARKER = "darker"  # ring light that ages, dirt, exposure
    BLURRED = "blurred"  # focus, dirty lens, vibration
    SHARPER = "sharper"  # focus or distance changed, other surface
    NEW_KIND = "new_kind"  # parts unlike those that the model learnt from
    TO_LIMIT = "to_limit"  # good parts come nearer to the limit
    FROM_LIMIT = "from_limit"  # lower than ever: does the model still see defects


LOOKS = {
    (Quantity.BRIGHTNESS, True): DriftLook.BRIGHTER,
    (Quantity.BRIGHTNESS, False): DriftLook.DARKER,
    (Quantity.SHARPNESS, True): DriftLook.SHARPER,
    (Quantity.SHARPNESS, False): DriftLook.BLURRED,
    (Quantity.UNLIKE, True): DriftLook.NEW_KIND,
    (Quantity.SCORE, True): DriftLook.TO_LIMIT,
    (Quantity.SCORE, False): DriftLook.FROM_LIMIT,
}


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """The mean of so many parts after each other; `at_ms` is that of the last."""

    at_ms: int
    mean: float
    n: int


@dataclass(frozen=True, slots=True)
class Band:
    """Between what the means of parts like the baseline's lie; of so many parts."""

    centre: float
    low: float
    high: float
    parts: int


@dataclass(frozen=True, slots=True)
class Drift:
    """One quantity over a span. since_ms: when the change began, where there is one; up: its side.

    look: None where nothing needs a look. Parts that are less unlike than ever are nothing to tell.
    """

    quantity: Quantity
    band: Band
    points: tuple[DriftPoint, ...]
    state: State
    since_ms: int | None = None
    up: bool | None = None
    look: DriftLook | None = None


def bands(baseline: Passages) -> dict[Quantity, Band]:
    """The band of each quantity that the first parts of a model had."""
    found = {one: _band(_seen(baseline, one)[1]) for one in Quantity}
    return {quantity: band for quantity, band in found.items() if band is not None}


def drifts(parts: Passages, of: Mapping[Quantity, Band]) -> tuple[Drift, ...]:
    """How each quantity moved over those parts, which one model judged."""
    found = (drift(one, band, _points(*_seen(parts, one))) for one, band in of.items())
    return tuple(one for one in found if one is not None)


def drift(quantity: Quantity, band: Band, points: Sequence[DriftPoint]) -> Drift | None:
    """How it stands after the last of the points; None of too few to say so."""
    if len(points) < LEAST_POINTS:
        return None
    means = np.array([one.mean for one in points])
    kind, at, change = _change(means)
    half = (band.high - band.low) / 2
    last = _median(means[-2:])
    out = not band.low <= last <= band.high
    away = (last - band.centre) * change > 0 and abs(change) >= NOTEWORTHY * half
    if kind is not None and away and (out or abs(last - band.centre) >= NOTEWORTHY * half):
        return _told(quantity, band, points, kind, points[at].at_ms, change > 0)
    if out:
        return _told(quantity, band, points, State.OUT, _out_since(band, points), last > band.high)
    return Drift(quantity, band, tuple(points), State.INSIDE)


def _told(
    quantity: Quantity,
    band: Band,
    points: Sequence[DriftPoint],
    state: State,
    since_ms: int,
    up: bool,
) -> Drift:
    look = LOOKS.get((quantity, up))
    if look is None:
        return Drift(quantity, band, tuple(points), State.INSIDE)
    return Drift(quantity, band, tuple(points), state, since_ms, up, look)


def _seen(parts: Passages, quantity: Quantity) -> tuple[npt.NDArray[np.int64], Reals]:
    """When parts had a value, and which."""
    values: Reals = getattr(parts, quantity.value)
    kept = ~np.isnan(values)
    if quantity is Quantity.SCORE:
        kept &= parts.verdict == VERDICTS.index(Verdict.OK)
    return parts.at_ms[kept], values[kept]


def _band(values: Reals) -> Band | None:
    if len(values) < LEAST_BASELINE:
        return None
    count = len(values) // BLOCK
    means = values[: count * BLOCK].reshape(count, BLOCK).mean(axis=1)
    low, middle, high = (float(one) for one in np.quantile(values, (0.05, 0.5, 0.95)))
    centre = float(values.mean())
    t = next((t for df, t in sorted(_T3.items()) if count - 1 <= df), _T3_MANY)
    chance = t * float(means.std(ddof=1)) * float(np.sqrt(1 + 1 / count))
    chance = max(chance, ROUNDING * abs(centre))
    below, above = UNIMPORTANT * (middle - low), UNIMPORTANT * (high - middle)
    return Band(centre, centre - max(chance, below), centre + max(chance, above), len(values))


def _points(at_ms: npt.NDArray[np.int64], values: Reals) -> tuple[DriftPoint, ...]:
    """Blocks of equally many parts, and not more of them than a chart can show."""
    size = BLOCK * max(1, -(-len(values) // (BLOCK * MOST_POINTS)))
    count = len(values) // size
    means = values[: count * size].reshape(count, size).mean(axis=1).tolist()
    ends = at_ms[size - 1 : count * size : size].tolist()
    return tuple(DriftPoint(at, mean, size) for at, mean in zip(ends, means, strict=True))


def _change(means: Reals) -> tuple[State | None, int, float]:
    """The kind of the clearest change, the point at which it began, and how far it went since."""
    count = len(means)
    if count < LEAST_CHANGE_POINTS:
        return None, 0, 0.0
    steps, places = np.arange(count), np.arange(1, count - 1)
    ramps = np.maximum(0, steps[None, :] - places[:, None] + 1).astype(float)
    levels = (steps[None, :] >= places[:, None]).astype(float)
    best: tuple[State | None, int, float, float] = (None, 0, 0.0, CLEAR)
    for kind, shapes in ((State.CREEPING, ramps), (State.JUMPED, levels)):
        shapes = shapes - shapes.mean(axis=1, keepdims=True)
        slope = shapes @ means / (shapes**2).sum(axis=1)
        explained = slope**2 * (shapes**2).sum(axis=1)
        rest = np.maximum(((means - means.mean()) ** 2).sum() - explained, 1e-12)
        f = explained * (count - 3) / rest
        at = int(f.argmax())
        if f[at] > best[3]:
            went = float(slope[at] * (shapes[at].max() - shapes[at].min()))
            best = kind, int(places[at]), went, float(f[at])
    return best[:3]


def _out_since(band: Band, points: Sequence[DriftPoint]) -> int:
    """From when on the last stretch of points lies outside."""
    since = points[-1].at_ms
    for one in reversed(points):
        if band.low <= one.mean <= band.high:
            break
        since = one.at_ms
    return since


def _median(values: Reals) -> float:
    return float(np.median(values))
