"""A few rows that stand for many: each is far from those before it."""

import numpy as np
import numpy.typing as npt

POOL = 20_000  # rows drawn at random before the greedy choice, which looks at all of them each time
SKETCH = 48  # numbers that a row is projected to while choosing

Array = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]


def coreset(rows: Array, count: int, rng: np.random.Generator) -> Array:
    """At most `count` of the rows (n, numbers), chosen greedily: always the farthest next.

    Distances are taken in a random projection (Johnson and Lindenstrauss), so this is approximate
    where rows hold more than SKETCH numbers. Equal generators give equal rows.
    """
    if len(rows) > POOL:
        rows = rows[np.sort(rng.choice(len(rows), POOL, replace=False))]
    sketch = _sketch(rows, rng)
    squares = np.einsum("ij,ij->i", sketch, sketch)
    place = int(rng.integers(len(rows)))
    apart = np.full(len(rows), np.inf, np.float32)
    chosen: list[int] = []
    for _ in range(min(count, len(rows))):
        chosen.append(place)
        apart = np.minimum(apart, squares - 2 * (sketch @ sketch[place]) + squares[place])
        apart[place] = -np.inf
        place = int(apart.argmax())
    return rows[chosen]


def nearest(rows: Array, bank: Array, block: int = 8192) -> tuple[Array, Index]:
    """For each row (n, numbers) the squared distance to the nearest of the bank, and which."""
    half = np.einsum("ij,ij->i", bank, bank) / 2
    found = np.empty(len(rows), np.float32)
    which = np.empty(len(rows), np.intp)
    for start in range(0, len(rows), block):
        part = rows[start : start + block]
        near = part @ bank.T - half
        which[start : start + block] = near.argmax(axis=1)
        squares = np.einsum("ij,ij->i", part, part)
        found[start : start + block] = squares - 2 * near.max(axis=1)
    return np.maximum(found, 0), which


def _sketch(rows: Array, rng: np.random.Generator) -> Array:
    numbers = rows.shape[1]
    if numbers <= SKETCH:
        return rows
    directions = rng.normal(0, SKETCH**-0.5, (numbers, SKETCH)).astype(np.float32)
    return np.asarray(rows @ directions, np.float32)
