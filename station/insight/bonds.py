"""Columns beside each other: the ranks of their values, and which of them go together."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def ranks(values: Numbers) -> Numbers:
    """From 1; equal values share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse], np.float64)


def joined(bond: Flags) -> list[list[int]]:
    """Which of (n, n) hang together, be it through others; each group and all by their places."""
    groups: list[list[int]] = []
    for place in range(len(bond)):
        near = [group for group in groups if bond[place, group].any()]
        groups = [group for group in groups if group not in near]
        groups.append(sorted([place, *(one for group in near for one in group)]))
    return sorted(groups)
