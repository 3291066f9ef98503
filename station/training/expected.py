"""What is to be expected of a model, from what was said of parts that it had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from station.inference.model import ModelCard
from station.training.dataset import Dataset
from station.training.evaluate import auroc
from station.training.methods.base import DEFECT, Fitted, Index, Wide


@dataclass(frozen=True, slots=True)
class Expected:
    """By cross-validation, at the limits of the card. `cv_std` is over the folds.

    escapes: bad parts called OK. false_rejects: good parts called NG; good_reviews: good parts
    that go to a person. auroc: None where there are no good or no bad parts.
    """

    cv_accuracy: float
    cv_std: float
    auroc: float | None
    escapes: int
    bad_total: int
    false_rejects: int
    good_reviews: int
    good_total: int


def expected_of(fitted: Fitted, dataset: Dataset, folds: Index) -> Expected:
    """The figures over all samples of the data set, which is what was learnt from."""
    card, truth = fitted.card, truths(dataset, fitted.card)
    hits = fitted.crossed.argmax(axis=1) == truth
    by_fold = [float(hits[folds == number].mean()) for number in range(int(folds.max()) + 1)]
    scores, passes = scores_of(fitted.crossed, card), np.isin(truth, card.good_index)
    good, bad = scores[passes], scores[~passes]
    return Expected(
        cv_accuracy=float(np.mean(by_fold)),
        cv_std=float(np.std(by_fold)),
        auroc=auroc(good.tolist(), bad.tolist()),
        escapes=int(np.sum(bad < card.review_limit)),
        bad_total=len(bad),
        false_rejects=int(np.sum(good >= card.ng_limit)),
        good_reviews=int(np.sum((good >= card.review_limit) & (good < card.ng_limit))),
        good_total=len(good),
    )


def scores_of(probabilities: Wide, card: ModelCard) -> Wide:
    """How bad each part is: what the good classes leave of certainty."""
    return np.asarray(1 - probabilities[:, list(card.good_index)].sum(axis=1))


def truths(dataset: Dataset, card: ModelCard) -> Index:
    """Each sample's class as its place on the card, which may only tell good from DEFECT."""
    return np.array([_place(label, dataset.good, card) for label in _labels(dataset)], np.intp)


def _labels(dataset: Dataset) -> Sequence[str]:
    return [sample.label for sample in dataset.samples]


def _place(label: str, good: Sequence[str], card: ModelCard) -> int:
    if label in card.classes:
        return card.classes.index(label)
    return card.good_index[0] if label in good else card.classes.index(DEFECT)
