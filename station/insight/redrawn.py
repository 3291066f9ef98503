"""Rows drawn again, in blocks: what is near in time is alike, and single rows would look surer.

After Künsch, The jackknife and the bootstrap for general stationary observations, Annals of
Statistics 17 (1989), 1217.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Index = npt.NDArray[np.intp]


def redrawn(blocks: Sequence[Index], count: int, rng: np.random.Generator) -> Index:
    """The rows of so many blocks, drawn with replacement."""
    return np.concatenate([blocks[k] for k in rng.integers(0, len(blocks), count)])
