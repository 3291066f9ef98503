"""How near a row lies to those that were learnt from; beyond that nothing is known.

The distance is taken in standard scores of the columns of numbers, each word that differs counts
as one spread of a number would count thrice: a row like those seen has the same words. numpy only.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from station.insight.process_card import ProcessCard, Seen

LIKE = 0.9  # of the rows seen have their neighbours no further away than `reach`
NEIGHBOURS = 10  # rows that must lie so near: fewer may be an accident
LEAST_NEIGHBOURS, OF = 3, 50  # where few were seen, one of so many
OTHER_WORD = 3.0

Numbers = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]
Rows = npt.NDArray[np.float32]


def distances(card: ProcessCard, rows: Rows, seen: Rows) -> Numbers:
    """From each row to each one that was seen: (n, m)."""
    square = np.zeros((len(rows), len(seen)))
    for place, name in enumerate(card.columns):
        apart = rows[:, place, None].astype(np.float64) - seen[None, :, place]
        if name in card.words:
            square += np.where(apart != 0, OTHER_WORD**2, 0.0)
        else:
            square += (apart / card.spread[name]) ** 2
    return np.sqrt(square)


def apart(card: ProcessCard, rows: Rows, seen: Rows) -> Numbers:
    """From each row to the last of its neighbours among those seen: (n,)."""
    return _near_one(distances(card, rows, seen))


def nearest(card: ProcessCard, row: Rows, seen: Seen, count: int) -> Index:
    """The rows seen that lie nearest to one row (1, columns)."""
    return np.argsort(distances(card, row, seen.rows)[0], kind="stable")[:count]


def reach_of(card: ProcessCard, seen: Seen) -> ProcessCard:
    """The card with the distance up to which a row is like those that were seen."""
    least = np.empty(len(seen.rows))
    for begin in range(0, len(least), 250):
        every = distances(card, seen.rows[begin : begin + 250], seen.rows)
        own = np.arange(len(every))
        every[own, own + begin] = np.inf
        least[begin : begin + 250] = _near_one(every)
    return replace(card, reach=float(np.quantile(least, LIKE)))


def _near_one(every: Numbers) -> Numbers:
    seen = every.shape[1]
    count = min(max(LEAST_NEIGHBOURS, seen // OF), NEIGHBOURS, seen - 1)
    place = count - 1
    return np.asarray(np.partition(every, place, axis=1)[:, place])
