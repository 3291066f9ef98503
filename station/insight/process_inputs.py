"""Which columns a process model looks at, and the ways to cross them that are worth trying."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

PLAIN, POWER, PRODUCTS = "plain", "power", "products"
MOST_CROSSED = 12  # columns: with more of them, pairs would be too many
FACTOR = re.compile(r"power[\W_]*factor|cos[\W_]*(phi|φ)|leistungsfaktor|功率因[数素]", re.I)
REACTIVE = re.compile(r"reactive|k?var(h|_|\b)|blind(leistung|arbeit|energie)|无功", re.I)

Way = tuple[str, ...]
Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The columns in the order of the graph's input.

    words: of a column of text, what each word stands for: its place. full: of a power factor, what
    means 1 (1 or 100).
    """

    names: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    full: Mapping[str, float]

    @property
    def numeric(self) -> tuple[int, ...]:
        """Where the columns of numbers stand."""
        return tuple(k for k, name in enumerate(self.names) if name not in self.words)

    @property
    def triangles(self) -> tuple[tuple[int, int], ...]:
        """Pairs of a reactive power or energy and a power factor, by place."""
        legs = [k for k in self.numeric if REACTIVE.search(self.names[k])]
        factors = [k for k in self.numeric if self.names[k] in self.full]
        return tuple(pair for pair in product(legs, factors) if pair[0] != pair[1])

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways worth trying, the plain one first."""
        found: list[Way] = [(PLAIN,)]
        if self.triangles:
            found.append((PLAIN, POWER))
        if 2 <= len(self.numeric) <= MOST_CROSSED:
            found += [(*way, PRODUCTS) for way in tuple(found)]
        return tuple(found)


def full_of(name: str, values: npt.NDArray[np.float64]) -> float | None:
    """What means a power factor of 1, or None where the column is none."""
    if not FACTOR.search(name) or values.min() < 0 or values.max() > 100:
        return None
    return 1.0 if values.max() <= 1 else 100.0
