"""What every method is: a data set and its folds in, one model file and its proof out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode
from station.inference.model import ModelCard
from station.training.dataset import Dataset

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]

Progress = Callable[[str, float], None]
"""Told (step, 0 … 1) on the thread that learns. What it raises ends the lesson: so one cancels."""

DEFECT = "defect"
"""The bad class of a model that has learnt from good parts alone."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who teaches may ask for.

    seed: equal seeds give equal models. size: side of the square input; None lets the method
    choose. augment: how parts may vary in front of the camera, of `augment.KINDS`. balance:
    rare classes weigh as much as common ones. synthetic: how defects of rare classes are made, of
    `synthesis.WAYS`; empty: they are not.
    """

    seed: int = 0
    size: int | None = None
    augment: tuple[str, ...] = ()
    balance: bool = True
    synthetic: str = ""


@dataclass(frozen=True, slots=True)
class SizeRow:
    """One input size in a comparison: accuracy on the trial images, time of a part here."""

    size: int
    cv_accuracy: float
    cv_std: float
    ms: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt from all samples, and what is to be expected of it.

    model: the file, card inside. crossed: probabilities (samples, classes of the card) of each
    sample by a model that saw none of its fold. kind: the method's own choice, in a word.
    """

    model: bytes
    card: ModelCard
    crossed: Wide
    kind: str
    sizes: tuple[SizeRow, ...] = ()


def check_classes(dataset: Dataset) -> None:
    """For methods that tell classes apart. Raises DatasetError DATASET_ONE_CLASS."""
    if len(dataset.classes) < 2 or len(dataset.good) == len(dataset.classes):
        found = ", ".join(dataset.classes)
        folder = dataset.samples[0].path.parent.parent if dataset.samples else ""
        raise DatasetError(ErrorCode.DATASET_ONE_CLASS, path=folder, found=found)


class Fit(Protocol):
    """How a method learns."""

    def __call__(
        self, dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress
    ) -> Fitted:
        """Learn from all samples of the data set; `name` stands on the card.

        folds: for each sample the fold that holds it out, 0 … k − 1; parts of one group share one.
        The same arguments give the same bytes. Raises DatasetError where the method cannot learn
        from such data, MISSING_EXTRA where a package is not installed.
        """
