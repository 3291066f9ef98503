"""What turning a picture changes in its features: mostly nothing that a class hangs on.

Of few images nobody can tell how the features of a class scatter. The same images turned show
some of it for nothing: where a turned picture differs from itself, a difference says little.
Whether a turned part is still the part that it was, cross-validation says (`choice`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station.cameras.image_file import read_image
from station.domain.part import Pixels

FEW = 30  # images of the rarest class; from there on their own scatter is known
MOST_TURNED = 64  # images, of each class as many where there are enough
QUARTERS = (1, 2, 3)

Array = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Turned:
    """A picture after that many quarter turns to the left."""

    path: Path
    quarters: int

    def read(self) -> Pixels:
        """The turned pixels. Raises ImageError."""
        return np.array(np.rot90(read_image(self.path), self.quarters), order="C")


@dataclass(frozen=True, slots=True)
class Turns:
    """Features of turned images less those of the images as they are (n, DEPTH), and their folds.

    Where n is 0, nothing was turned.
    """

    apart: Array
    folds: Index

    def without(self, fold: int) -> Array:
        """What images of the other folds show."""
        return np.asarray(self.apart[self.folds != fold])


def turned_ones(labels: Index, images: Index) -> Index:
    """Which of those images to turn: by turns of each class, MOST_TURNED at the most.

    None where every class has FEW.
    """
    if np.bincount(labels[images]).min() >= FEW:
        return np.zeros(0, np.intp)
    rank = np.zeros(len(images), np.intp)
    for label in np.unique(labels[images]):
        own = labels[images] == label
        rank[own] = np.arange(int(own.sum()))
    order = np.lexsort((labels[images], rank))
    return np.sort(images[order[:MOST_TURNED]])


def all_turns(paths: Sequence[Path]) -> list[Turned]:
    """Every picture after each of the QUARTERS, picture by picture."""
    return [Turned(path, quarters) for path in paths for quarters in QUARTERS]
