"""Which labels the cross-validation contradicts: the likely mislabelled."""

import numpy as np
import numpy.typing as npt

from station.training.dataset import Dataset
from station.training.methods.base import Fitted

DOUBT = 0.2  # a label that lessons without the image give less than this is likely wrong

Wide = npt.NDArray[np.float64]


def doubts(fitted: Fitted, dataset: Dataset) -> tuple[str, ...]:
    """The sha256 of those images, the most doubtful first. dataset: what was learnt from."""
    own = own_probabilities(fitted, dataset)
    order = np.argsort(own, kind="stable")
    return tuple(dataset.samples[i].sha256 for i in order if own[i] < DOUBT)


def own_probabilities(fitted: Fitted, dataset: Dataset) -> Wide:
    """For each sample the probability of its own label, or of its side where the card has less."""
    card, crossed = fitted.card, fitted.crossed
    good = crossed[:, list(card.good_index)].sum(axis=1)
    places = {name: place for place, name in enumerate(card.classes)}

    def own(i: int, label: str) -> float:
        if label in places:
            return float(crossed[i, places[label]])
        return float(good[i] if label in dataset.good else 1 - good[i])

    return np.array([own(i, sample.label) for i, sample in enumerate(dataset.samples)], np.float64)
