"""Which rows are learnt from and which are foretold: later ones, or other groups; never at random.

Rows in the order of time: each fold learns from all rows before it, but for a gap, so that a row's
near past does not tell it. After Bergmeir, Benítez, On the use of cross-validation for time series
predictor evaluation, Information Sciences 191 (2012), 192.
"""

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FOLDS = 4
FIRST = 0.4  # of the rows: what the first fold learns from
GAP = 0.01  # of the rows
LATE = 0.2  # of what is learnt from: kept to see when to stop

Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows by their number."""

    learn: Index
    ask: Index


def ordered(count: int, folds: int = FOLDS) -> tuple[Fold, ...]:
    """Of rows in the order of time: what is learnt from grows."""
    gap = max(1, round(GAP * count))
    edges = np.linspace(FIRST * count, count, folds + 1).round().astype(int)
    rows = np.arange(count)
    return tuple(
        Fold(rows[: max(begin - gap, 1)], rows[begin:end])
        for begin, end in itertools.pairwise(edges)
    )


def grouped(groups: Index, folds: int = FOLDS) -> tuple[Fold, ...]:
    """Whole groups are foretold by the others; the folds are about equally large."""
    of_group = _spread(groups, min(folds, int(groups.max()) + 1))
    fold = of_group[groups]
    rows = np.arange(len(groups))
    return tuple(Fold(rows[fold != one], rows[fold == one]) for one in range(int(fold.max()) + 1))


def last_part(count: int, share: float, groups: Index | None = None) -> Flags:
    """The latest rows, or the last groups, of about that share."""
    if groups is None:
        return np.arange(count) >= count - round(share * count)
    sizes = np.bincount(groups)
    left = count - np.cumsum(sizes)  # after each group
    late = np.append(count, left[:-1]) <= share * count * 1.001
    if not late.any():
        late[-1] = True
    return np.asarray(late[groups])


def _spread(groups: Index, folds: int) -> Index:
    """The fold of each group: the largest first, to where there is least."""
    sizes, filled = np.bincount(groups), np.zeros(folds)
    found = np.zeros(len(sizes), np.intp)
    for group in np.argsort(-sizes, kind="stable"):
        found[group] = int(np.argmin(filled))
        filled[found[group]] += sizes[group]
    return found
