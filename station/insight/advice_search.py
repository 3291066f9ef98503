"""Which settings would give fewer bad parts: only such as were seen, and only where it is sure.

One setting after the other is moved to where the model expects the fewest bad parts, in its most
doubtful judgement: that of many models, each learnt from blocks drawn of the same parts (Künsch,
The jackknife and the bootstrap for general stationary observations, Annals of Statistics 17 (1989),
1217). What was chosen because it looked best looks better than it is: by how much, is found by
choosing anew from drawn parts, and taken off (Efron, Estimating the error rate of a prediction
rule, Journal of the American Statistical Association 78 (1983), 316). Settings near which hardly a
part was made are not looked at.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.advice import Change, Suggestion
from station.insight.advice_model import Kind, chances, learn
from station.insight.advice_values import Flags, Numbers
from station.insight.redrawn import redrawn

BLOCKS, DRAWS = 40, 40
AGAIN, AGAIN_DRAWS = 12, 10  # choices made anew, and the models of each
LATELY, LATELY_LEAST, LATELY_MOST = 0.25, 200, 300  # of the rows; how many are foretold
STEPS = 15  # settings tried of each value
EDGE = 0.02  # of the rows lie beyond those, on either side
NEAR = 0.3  # standard deviations
LEAST_NEAR, NEAR_SHARE, LEAST_HOURS = 50, 0.01, 3
WORTH = 0.1  # of what is bad now must be gained, and of the gain by each setting
ROUNDS = 3
HOUR_MS = 3_600_000
NICE = (1.0, 2.0, 5.0, 10.0)

Settings = Mapping[int, float]
Rows = npt.NDArray[np.int64]
Tell = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Seen:
    """Complete rows, oldest first. names, units: of the columns."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    at_ms: Rows
    values: Numbers
    bad: Flags

    @property
    def lately(self) -> slice:
        """The newest quarter: how it is now."""
        count = len(self.bad)
        return slice(count - max(min(count, LATELY_LEAST), round(LATELY * count)), count)


def suggest(
    seen: Seen, kind: Kind, settable: tuple[int, ...], seed: int, tell: Tell
) -> Suggestion | None:
    """Better settings; None where none are sure. settable: which columns may be changed."""
    if not settable:
        return None
    rng = np.random.default_rng(seed)
    field = _Field(seen, settable)
    everything = np.arange(len(seen.bad))
    crowd = _Crowd(seen, kind, _draws(seen.bad, everything, DRAWS, rng))
    chosen = _chosen(crowd, field)
    if not chosen:
        return None
    tell(1 / (1 + AGAIN))
    flattery = np.empty(AGAIN)
    for k in range(AGAIN):
        flattery[k] = _flattery(seen, kind, field, crowd, rng)
        tell((2 + k) / (1 + AGAIN))
    now = crowd.foretold({})
    then = np.exp(np.log(crowd.foretold(chosen))[:, None] + flattery)
    low, high = (float(one) for one in np.quantile(then, (0.025, 0.975)))
    if np.quantile(then / now[:, None], 0.975) >= 1 or then.mean() > (1 - WORTH) * now.mean():
        return None
    near = near_rows(seen, chosen)
    return Suggestion(
        changes=tuple(
            Change(seen.names[k], seen.units[k], _was(seen, k), chosen[k]) for k in sorted(chosen)
        ),
        now=float(now.mean()),
        expected=float(then.mean()),
        low=low,
        high=high,
        near=int(near.sum()),
        near_bad=int(seen.bad[near].sum()),
        pace=_pace(seen, near),
        pace_now=_pace(seen, _lately(seen)),
    )


def near_rows(seen: Seen, settings: Settings) -> Flags:
    """Which parts were made about so."""
    near = np.ones(len(seen.bad), np.bool_)
    for place, value in settings.items():
        column = seen.values[:, place]
        near &= np.abs(column - value) <= max(NEAR * column.std(), 1e-9)
    return near


def was_seen(seen: Seen, settings: Settings) -> bool:
    """Enough parts were made about so, in several hours, and with all else as it is now."""
    near = near_rows(seen, settings)
    if near.sum() < max(LEAST_NEAR, NEAR_SHARE * len(near)):
        return False
    if len(np.unique(seen.at_ms[near] // HOUR_MS)) < LEAST_HOURS:
        return False
    others = [place for place in range(len(seen.names)) if place not in settings]
    now = np.median(seen.values[seen.lately][:, others], axis=0)
    low, high = np.quantile(seen.values[near][:, others], (EDGE, 1 - EDGE), axis=0)
    return bool(((low <= now) & (now <= high)).all())


class _Field:
    """The settings that may be tried: seen, and another than now."""

    def __init__(self, seen: Seen, settable: tuple[int, ...]) -> None:
        self._seen = seen
        self._known: dict[frozenset[tuple[int, float]], bool] = {}
        self.moves = [
            (place, value)
            for place in settable
            for value in tried(seen.values[:, place])
            if abs(value - _was(seen, place)) > NEAR * seen.values[:, place].std()
        ]

    def has(self, settings: Settings) -> bool:
        """Whether enough parts were made about so."""
        key = frozenset(settings.items())
        if key not in self._known:
            self._known[key] = was_seen(self._seen, settings)
        return self._known[key]


class _Crowd:
    """Many models of the same parts, and what each foretells for parts as they are lately."""

    def __init__(self, seen: Seen, kind: Kind, draws: Iterator[Rows]) -> None:
        rows = np.arange(len(seen.bad))[seen.lately]
        some = rows[np.linspace(0, len(rows) - 1, min(len(rows), LATELY_MOST)).astype(int)]
        self._lately = seen.values[some]
        self._models = [learn(kind, seen.values[drawn], seen.bad[drawn]) for drawn in draws]
        self._now = self.foretold({})

    def foretold(self, settings: Settings) -> Numbers:
        """The share that is bad with these settings, by each model."""
        values = self._lately.copy()
        for place, value in settings.items():
            values[:, place] = value
        return np.array([chances(one, values).mean() for one in self._models])

    def effect(self, settings: Settings) -> Numbers:
        """What they do to that share, as a logarithm: below 0 is better."""
        return np.asarray(np.log(self.foretold(settings) / self._now))

    def doubtful(self, settings: Settings) -> float:
        """The same, as the more doubtful of the models see it."""
        effect = self.effect(settings)
        return float(effect.mean() + effect.std())


def _draws(bad: Flags, rows: Rows, count: int, rng: np.random.Generator) -> Iterator[Rows]:
    """Blocks of these rows, drawn with replacement; each time some of both kinds."""
    blocks = np.array_split(rows, BLOCKS)
    while count:
        drawn = redrawn(blocks, BLOCKS, rng)
        if bad[drawn].any() and not bad[drawn].all():
            count -= 1
            yield drawn


def _flattery(
    seen: Seen, kind: Kind, field: _Field, crowd: _Crowd, rng: np.random.Generator
) -> float:
    """How much better what is chosen from drawn parts looks to them than to all parts."""
    drawn = next(_draws(seen.bad, np.arange(len(seen.bad)), 1, rng))
    other = _Crowd(seen, kind, _draws(seen.bad, drawn, AGAIN_DRAWS, rng))
    chosen = _chosen(other, field)
    if not chosen:
        return 0.0
    return float(crowd.effect(chosen).mean() - other.effect(chosen).mean())


def _chosen(crowd: _Crowd, field: _Field) -> Settings:
    """One setting after the other as often as it helps; then without those that hardly help."""
    chosen: Settings = {}
    best = 0.0
    for _ in range(ROUNDS):
        before = best
        for place, value in field.moves:
            wish = {**chosen, place: value}
            if field.has(wish) and (effect := crowd.doubtful(wish)) < best:
                chosen, best = wish, effect
        if best == before:
            break
    return _pruned(crowd, field, chosen)


def tried(column: Numbers) -> list[float]:
    """Round values inside what was seen; where few were ever set, those."""
    low, high = np.quantile(column, (EDGE, 1 - EDGE))
    known = np.unique(column)
    if len(known) <= 2 * STEPS:
        return [float(one) for one in known if low <= one <= high]
    rough = (high - low) / STEPS
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(power * one for one in NICE if power * one >= rough * 0.999)
    numbers = np.arange(np.ceil(low / step), np.floor(high / step) + 1)
    return [float(f"{one * step:.10g}") for one in numbers]


def _pruned(crowd: _Crowd, field: _Field, chosen: Settings) -> Settings:
    """The fewer settings are changed, the better it can be told what helped."""
    while len(chosen) > 1:
        whole = crowd.doubtful(chosen)
        without = {place: {k: v for k, v in chosen.items() if k != place} for place in chosen}
        left = {place: crowd.doubtful(one) for place, one in without.items() if field.has(one)}
        if not left:
            return chosen
        least = min(left, key=left.__getitem__)
        if left[least] > (1 - WORTH) * whole:
            return chosen
        chosen = without[least]
    return chosen


def _was(seen: Seen, place: int) -> float:
    return float(np.median(seen.values[seen.lately, place]))


def _lately(seen: Seen) -> Flags:
    flags = np.zeros(len(seen.bad), np.bool_)
    flags[seen.lately] = True
    return flags


def _pace(seen: Seen, rows: Flags) -> float | None:
    """Parts a minute: of the middle gap between one of them and the part after it."""
    gaps = np.diff(seen.at_ms)[rows[:-1]]
    middle = float(np.median(gaps)) if len(gaps) >= LEAST_NEAR else 0.0
    return 60_000 / middle if middle > 0 else None
