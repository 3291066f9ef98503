"""Which process values can be learnt from.

What stopped, came late, has gaps, never changes or tells too much is left out by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.advice import LeftOut
from station.insight.bonds import ranks

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEW = 0.05  # of the newest rows: without any value in them, it stopped
LATE = 0.2  # of the rows may be from before the first value; they are not used then
FILLED = 0.9  # of the rows from the first value on must have one
TELLING = 0.99  # AUC from which a value by itself says too well which parts are bad
ALIKE = 0.98  # correlation with the target, to the same effect


@dataclass(frozen=True, slots=True)
class Usable:
    """rows: which of all are complete; values: of those, a column each of `names`."""

    names: tuple[str, ...]
    rows: npt.NDArray[np.int64]
    values: Numbers
    left_out: tuple[tuple[str, LeftOut], ...]


def usable(names: Sequence[str], values: Numbers, bad: Flags) -> Usable:
    """Of readings by row and name, oldest first; nan is a gap."""
    left: dict[str, LeftOut] = {}
    kept = list(range(len(names)))
    for place in list(kept):
        why = _gaps(values[:, place])
        if why is not None:
            left[names[place]] = why
            kept.remove(place)
    rows = np.flatnonzero(np.isfinite(values[:, kept]).all(axis=1))
    for place in list(kept):
        why = _telling(values[rows, place], bad[rows])
        if why is not None:
            left[names[place]] = why
            kept.remove(place)
    found = tuple(names[place] for place in kept)
    return Usable(found, rows, values[rows][:, kept], tuple(left.items()))


def auc(scores: Numbers, bad: Flags) -> float:
    """How often a bad part has a higher score than a good one, ties as half; 0.5 of one kind."""
    n_bad = int(bad.sum())
    n_good = len(bad) - n_bad
    if not n_bad or not n_good:
        return 0.5
    return float((ranks(scores)[bad].sum() - n_bad * (n_bad + 1) / 2) / (n_bad * n_good))


def _gaps(column: Numbers) -> LeftOut | None:
    there = np.isfinite(column)
    newest = max(1, round(FEW * len(column)))
    if not there[-newest:].any():
        return LeftOut.STOPPED
    first = int(there.argmax())
    if first > LATE * len(column):
        return LeftOut.LATE
    return LeftOut.GAPS if there[first:].mean() < FILLED else None


def _telling(column: Numbers, bad: Flags) -> LeftOut | None:
    if len(column) == 0 or np.ptp(column) == 0:
        return LeftOut.CONSTANT
    if bad.all() or not bad.any():
        return None
    alone = auc(column, bad)
    alike = abs(float(np.corrcoef(column, bad)[0, 1]))
    return LeftOut.LEAK if max(alone, 1 - alone) >= TELLING or alike > ALIKE else None
