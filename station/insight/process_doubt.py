"""What may be wrong with the model that was chosen: other rows, and its rivals.

It is learnt again from rows drawn in blocks; where there are many rows, from fewer than all, and
what that spreads is scaled down by the root of their share (Politis, Romano, Large sample
confidence regions based on subsamples under minimal assumptions, Annals of Statistics 22 (1994),
2031). A rival counts by how likely it is that it only by chance did worse.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from station.insight.process_figures import surplus
from station.insight.process_pieces import Numbers
from station.insight.process_rows import Matter
from station.insight.redrawn import Index, redrawn

AGAIN = 8  # times that the chosen one is learnt
BLOCKS, LONGEST = 40, 100  # drawn each time; rows of one


def rows_again(matter: Matter, seed: int) -> Iterator[Index]:
    """The rows of each time; of flags always some of both kinds."""
    rng = np.random.default_rng(seed)
    blocks = _blocks(matter)
    drawn = 0
    while drawn < AGAIN:
        rows = redrawn(blocks, min(BLOCKS, len(blocks)), rng)
        if matter.target[rows].min() < matter.target[rows].max():
            drawn += 1
            yield rows


def rivals(
    task: str, foretold: Mapping[str, Numbers], names: Sequence[str], chosen: str, truth: Numbers
) -> dict[str, float]:
    """How much each of the names counts beside the chosen one, from 0 to 1."""
    found = {}
    for name in names:
        mean, spread = surplus(task, foretold[chosen], foretold[name], truth)
        far = max(mean, 0.0) / spread if spread > 0 else 0.0
        found[name] = float(np.exp(-(far**2) / 2))
    return found


def _blocks(matter: Matter) -> list[Index]:
    rows = np.arange(len(matter.rows))
    if matter.groups is not None:
        return [rows[matter.groups == group] for group in np.unique(matter.groups)]
    return np.array_split(rows, max(BLOCKS, -(-len(rows) // LONGEST)))
