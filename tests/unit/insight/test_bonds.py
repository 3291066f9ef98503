"""Ranks, columns that hang together, and rows drawn in blocks."""

import numpy as np

from station.insight.bonds import joined, ranks
from station.insight.redrawn import redrawn


def test_equal_values_share_their_ranks() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0, 7.0])).tolist() == [2.5, 1.0, 2.5, 4.0]


def test_what_hangs_together_through_others_is_one_group() -> None:
    bond = np.zeros((5, 5), np.bool_)
    for one, other in ((4, 0), (4, 2)):
        bond[one, other] = bond[other, one] = True
    assert joined(bond) == [[0, 2, 4], [1], [3]]
    assert joined(np.tril(bond)) == [[0, 2, 4], [1], [3]]
    assert joined(np.zeros((0, 0), np.bool_)) == []


def test_blocks_are_drawn_whole() -> None:
    blocks = np.array_split(np.arange(40), 8)
    drawn = redrawn(blocks, 8, np.random.default_rng(0))
    assert len(drawn) == 40
    assert all(np.diff(part).tolist() == [1, 1, 1, 1] for part in drawn.reshape(8, 5))
    assert len(np.unique(drawn)) < 40
