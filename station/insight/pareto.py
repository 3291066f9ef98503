"""Which defects make up the bad parts, the most frequent first (Juran's vital few)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from station.domain.counts import Outcome
from station.store.passages import OUTCOMES, Passages

MOST = 6
_NG = OUTCOMES.index(Outcome.NG)


@dataclass(frozen=True, slots=True)
class Bar:
    """One defect; label None: all the rest together, "": without one.

    share: of the bad parts. running: of this and all before it.
    """

    label: str | None
    count: int
    share: float
    running: float


@dataclass(frozen=True, slots=True)
class Pareto:
    """The bars, falling, the rest last; ng: how many bad parts there are."""

    bars: tuple[Bar, ...]
    ng: int


def pareto(parts: Passages, most: int = MOST) -> Pareto:
    """Of the parts that stand as NG, by the person's label, else by the model's.

    most: bars at the most, the rest included.
    """
    codes = parts.label.codes[parts.outcome == _NG]
    counts = np.bincount(codes, minlength=len(parts.label.words)).tolist()
    return pareto_of(dict(zip(parts.label.words, counts, strict=True)), most)


def pareto_of(counts: Mapping[str, int], most: int = MOST) -> Pareto:
    """Of bad parts counted by label; equal counts by alphabet."""
    found = sorted(
        ((label, count) for label, count in counts.items() if count),
        key=lambda one: (-one[1], one[0]),
    )
    ng = sum(count for _, count in found)
    shown: list[tuple[str | None, int]] = [*found]
    if len(found) > most:
        rest = sum(count for _, count in found[most - 1 :])
        shown = [*found[: most - 1], (None, rest)]
    bars, running = [], 0
    for label, count in shown:
        running += count
        bars.append(Bar(label, count, count / ng, running / ng))
    return Pareto(tuple(bars), ng)
