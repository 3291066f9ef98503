"""Which linear head a model gets: those that are worth it are compared by cross-validation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.training.backbone import DEPTH
from station.training.calibrate import best_temperature, log_loss, softmax
from station.training.fuse import Linear
from station.training.heads import (
    Crossed,
    Fit,
    cross,
    cross_without,
    fit_discriminant,
    fit_logistic,
)
from station.training.seen import Seen
from station.training.turned import FEW

STRENGTH = 0.1  # of the logistic regression over features, and
STACKED = 1.0  # over logits and answers
ENOUGH = 0.998  # of the images right: the slower head is not tried, it has nothing to win
CLEARLY = 2.0  # standard errors
LEAST_SEEN = 1e-4  # of probability; so that no single image outweighs all others

ALONE, JOINED = "discriminant", "discriminant + spots"

Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the heads learn from: images and their variations, which share a fold.

    plain: which rows are images as they are; only these count in any figure.
    """

    labels: Index
    folds: Index
    plain: npt.NDArray[np.bool_]
    balance: bool

    def crossed(self, fit: Fit, x: npt.NDArray[np.floating]) -> Crossed:
        """What that head says of rows that it has not seen."""
        return cross(fit, x, self.labels, self.folds, self.plain)

    def clearly_better(self, one: Crossed, other: Crossed) -> bool:
        """Whether more images are right, and surer by more than chance explains."""
        gain = self._losses(other) - self._losses(one)
        sure = gain.sum() > CLEARLY * gain.std() * np.sqrt(len(gain))
        return bool(sure and one.accuracy > other.accuracy)

    def _losses(self, crossed: Crossed) -> npt.NDArray[np.float64]:
        """Of each image, at the best temperature."""
        labels = self.labels[self.plain]
        found = softmax(crossed.logits[self.plain] / self.temperature(crossed))
        return np.asarray(-np.log(found[np.arange(len(labels)), labels] + LEAST_SEEN))

    def temperature(self, crossed: Crossed) -> float:
        """What to divide the logits by."""
        return best_temperature(crossed.logits[self.plain], self.labels[self.plain])

    def loss(self, crossed: Crossed) -> float:
        """The log loss at the best temperature."""
        logits = crossed.logits[self.plain] / self.temperature(crossed)
        return log_loss(logits, self.labels[self.plain])


@dataclass(frozen=True, slots=True)
class Head:
    """A head in the comparison; `final` teaches it on all rows, over [features, answers]."""

    kind: str
    crossed: Crossed
    final: Callable[[], Linear]


def choose_head(seen: Seen, rows: Rows) -> tuple[Head, tuple[Head, ...]]:
    """The best, and all that were tried.

    Few images are too few to choose by: they get the head that needs the least, ALONE, and the
    spots beside it only where more is right with them. Of many, those whose accuracy lies within
    one standard error of the best are as good, and the one with the least log loss is taken: it
    is sure where it may be.
    """
    few, tried = _fewest(rows) < FEW, list[Head]()
    for head in _heads(seen, rows):
        tried.append(head)
        if head.kind == JOINED and few:
            alone = next(one for one in tried if one.kind == ALONE)
            return max(alone, head, key=lambda one: one.crossed.accuracy), tuple(tried)
        if head.kind == JOINED and max(one.crossed.accuracy for one in tried) >= ENOUGH:
            break
    best = max(head.crossed.accuracy for head in tried)
    error = float(np.sqrt(best * (1 - best) / int(rows.plain.sum())))
    near = [head for head in tried if head.crossed.accuracy >= best - error - 1e-9]
    return min(near, key=lambda head: rows.loss(head.crossed)), tuple(tried)


def _heads(seen: Seen, rows: Rows) -> Iterator[Head]:
    """The quick ones first."""
    stack = fit_logistic(STACKED, rows.balance)
    spots = rows.crossed(stack, seen.crossed_answers)
    width = DEPTH + seen.answers.shape[1]

    def final_spots() -> Linear:
        return _widen(stack(seen.crossed_answers, rows.labels), slice(DEPTH, width), width)

    yield Head("spots", spots, final_spots)
    enough = _fewest(rows) >= FEW
    for name, learn in ((ALONE, _discriminant), ("logistic", _logistic)):
        fit, crossed = learn(seen, rows)
        pooled = Head(name, crossed, _once(fit, seen, rows, width))
        yield pooled
        if enough:
            yield _stacked(pooled, stack, seen, rows)
        yield _summed(pooled, Head("spots", spots, final_spots), rows)


def _fewest(rows: Rows) -> int:
    return int(np.bincount(rows.labels[rows.plain]).min())


def _discriminant(seen: Seen, rows: Rows) -> tuple[Fit, Crossed]:
    """Blind to what turning changes, unless that is clearly worse: then it is another part."""
    turns, seeing = seen.turns, fit_discriminant(rows.balance)
    crossed = rows.crossed(seeing, seen.features)
    if not len(turns.apart):
        return seeing, crossed
    blind = cross_without(
        lambda fold: fit_discriminant(rows.balance, turns.without(fold)),
        seen.features,
        rows.labels,
        rows.folds,
        rows.plain,
    )
    if rows.clearly_better(crossed, blind):
        return seeing, crossed
    return fit_discriminant(rows.balance, turns.apart), blind


def _logistic(seen: Seen, rows: Rows) -> tuple[Fit, Crossed]:
    fit = fit_logistic(STRENGTH, rows.balance)
    return fit, rows.crossed(fit, seen.features)


def _once(fit: Fit, seen: Seen, rows: Rows, width: int) -> Callable[[], Linear]:
    made: list[Linear] = []

    def final() -> Linear:
        if not made:
            made.append(_widen(fit(seen.features, rows.labels), slice(0, DEPTH), width))
        return made[0]

    return final


def _stacked(pooled: Head, stack: Fit, seen: Seen, rows: Rows) -> Head:
    """A head over the logits of one and the answers of the spots."""
    beside = np.hstack([pooled.crossed.logits, seen.crossed_answers])

    def final() -> Linear:
        first, second = pooled.final(), stack(beside, rows.labels)
        classes = len(first.bias)
        weights = second.weights[:, :classes] @ first.weights
        weights[:, DEPTH:] += second.weights[:, classes:]
        return Linear(weights, second.bias + second.weights[:, :classes] @ first.bias)

    return Head(f"{pooled.kind} over spots", rows.crossed(stack, beside), final)


def _summed(pooled: Head, spots: Head, rows: Rows) -> Head:
    """Both opinions, each as sure as it has been right: nothing more is learnt from few images."""
    first, second = rows.temperature(pooled.crossed), rows.temperature(spots.crossed)
    logits = pooled.crossed.logits / first + spots.crossed.logits / second

    def final() -> Linear:
        one, other = pooled.final(), spots.final()
        weights = one.weights / first + other.weights / second
        return Linear(weights, one.bias / first + other.bias / second)

    return Head(f"{pooled.kind} + spots", _counted(logits, rows), final)


def _counted(logits: npt.NDArray[np.float64], rows: Rows) -> Crossed:
    hits = logits.argmax(axis=1) == rows.labels
    numbers = range(int(rows.folds.max()) + 1)
    return Crossed(
        logits, tuple(float(hits[rows.plain & (rows.folds == n)].mean()) for n in numbers)
    )


def _widen(head: Linear, where: slice, width: int) -> Linear:
    weights = np.zeros((len(head.bias), width))
    weights[:, where] = head.weights
    return Linear(weights, head.bias)
