"""Linear heads over fixed features, and what cross-validation says of them."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from station.training.fuse import Linear

Wide = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating]
Index = npt.NDArray[np.intp]
Fit = Callable[[Numbers, Index], Linear]

STILL = 1e-9  # a feature that spreads less never changes, and is left as it is
UNTHOUGHT = -1e6  # the logit of a class that nothing was learnt of
LEAST_SHRINKAGE = 1e-3
ROUNDS = 500  # of the logistic regression; if they do not suffice, cross-validation says so


@dataclass(frozen=True, slots=True)
class Crossed:
    """What heads that never saw an image said of it: logits (n, classes), accuracy by fold.

    accuracies: over the images as they are, without their variations.
    """

    logits: Wide
    accuracies: tuple[float, ...]

    @property
    def accuracy(self) -> float:
        """The mean over the folds."""
        return float(np.mean(self.accuracies))

    @property
    def std(self) -> float:
        """The standard deviation over the folds."""
        return float(np.std(self.accuracies))


def cross(
    fit: Fit, x: Numbers, labels: Index, folds: Index, plain: npt.NDArray[np.bool_] | None = None
) -> Crossed:
    """Fit once for each fold on all others, and ask it of the fold.

    plain: which rows are images as they are; None says all.
    """
    return cross_without(lambda _: fit, x, labels, folds, plain)


def cross_without(
    fit_without: Callable[[int], Fit],
    x: Numbers,
    labels: Index,
    folds: Index,
    plain: npt.NDArray[np.bool_] | None = None,
) -> Crossed:
    """The same for a fit that knows more than the rows, but nothing of the fold that is named."""
    logits = np.zeros((len(labels), int(labels.max()) + 1))
    accuracies = []
    for number in range(int(folds.max()) + 1):
        held_out = folds == number
        if held_out.any():
            fit = fit_without(number)
            head = _fit_present(fit, x[~held_out], labels[~held_out], logits.shape[1])
            logits[held_out] = head.logits(x[held_out])
        counted = held_out if plain is None else held_out & plain
        hits = logits[counted].argmax(axis=1) == labels[counted]
        if counted.any():
            accuracies.append(float(hits.mean()))
    return Crossed(logits, tuple(accuracies))


def _fit_present(fit: Fit, x: Numbers, labels: Index, classes: int) -> Linear:
    """A class of which nothing is there to learn from is never thought of."""
    present, own = np.unique(labels, return_inverse=True)
    if len(present) == classes:
        return fit(x, labels)
    weights, bias = np.zeros((classes, x.shape[1])), np.full(classes, UNTHOUGHT)
    bias[present] = 0.0
    if len(present) > 1:
        head = fit(x, own)
        weights[present], bias[present] = head.weights, head.bias
        weights -= head.weights.mean(axis=0) * np.isin(np.arange(classes), present)[:, None]
        bias[present] -= head.bias.mean()
    return Linear(weights, bias)


def fit_discriminant(balance: bool = False, idle: Numbers | None = None) -> Fit:
    """Linear discriminant analysis with automatic shrinkage (Ledoit and Wolf) in each class.

    The same numbers as scikit-learn's `lsqr` solver in a fraction of its time: the shrunk
    covariance is a few rows and a diagonal, and is never written out where the samples are fewer
    than the features. balance: every class is as likely as any other. idle: changes of features
    (n, features) that say nothing of the class; they are counted as spread within it.
    """

    def fit(x: Numbers, labels: Index) -> Linear:
        wide = np.asarray(x, np.float64)
        means, rows, shares = [], [], []
        diagonal = np.zeros(wide.shape[1])
        for label in range(int(labels.max()) + 1):
            own = wide[labels == label]
            share = len(own) / len(wide)
            centre, scale = own.mean(axis=0), own.std(axis=0)
            scale = np.where(scale > STILL, scale, 1.0)
            amount, level = _shrinkage((own - centre) / scale)
            rows.append((own - centre) * np.sqrt(share * (1 - amount) / len(own)))
            diagonal += share * amount * level * scale**2
            means.append(centre)
            shares.append(share)
        if idle is not None and len(idle):
            rows.append(idle / np.sqrt(len(idle)))
        centres = np.array(means)
        weights = _solve(np.concatenate(rows), diagonal, centres.T).T
        prior = np.zeros(len(shares)) if balance else np.log(shares)
        return Linear(weights, prior - np.sum(weights * centres, axis=1) / 2)

    return fit


def _shrinkage(standard: Wide) -> tuple[float, float]:
    """How far to shrink, and to which level; two samples alone would say: do not shrink."""
    count, depth = standard.shape
    squares = np.sum(standard**2, axis=1)
    level = float(squares.sum()) / count / depth
    product = standard @ standard.T if count < depth else standard.T @ standard
    spread = float(np.sum(product**2)) / count**2
    doubt = (float(np.sum(squares**2)) / count - spread) / (depth * count)
    apart = spread / depth - level**2
    amount = min(doubt, apart) / apart if apart > 0 and doubt > 0 else 0.0
    return max(LEAST_SHRINKAGE, amount), level


def _solve(rows: Wide, diagonal: Wide, targets: Wide) -> Wide:
    """(rowsᵀ rows + diagonal)⁻¹ targets, through the smaller of the two matrices."""
    if len(rows) >= len(diagonal):
        return np.asarray(np.linalg.solve(rows.T @ rows + np.diag(diagonal), targets))
    narrow = rows / diagonal
    inner = np.eye(len(rows)) + narrow @ rows.T
    first = targets / diagonal[:, None]
    return np.asarray(first - narrow.T @ np.linalg.solve(inner, rows @ first))


def fit_logistic(strength: float, balance: bool = False) -> Fit:
    """Logistic regression on standardised features; the scaling is folded into the weights.

    balance: an image weighs the more, the rarer its class.
    """

    def fit(x: Numbers, labels: Index) -> Linear:
        centre = np.mean(x, axis=0, dtype=np.float64)
        scale = np.std(x, axis=0, dtype=np.float64)
        scale = np.where(scale > STILL, scale, 1.0)
        weight = "balanced" if balance else None
        model = LogisticRegression(C=strength, max_iter=ROUNDS, class_weight=weight)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit((x - centre) / scale, labels)
        head = _both_rows(model.coef_, model.intercept_)
        weights = head.weights / scale
        return Linear(weights, head.bias - weights @ centre)

    return fit


def _both_rows(weights: Wide, bias: Wide) -> Linear:
    """A row for every class also where two classes came as one row."""
    if len(weights) == 1:
        weights, bias = np.concatenate([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return Linear(np.asarray(weights, np.float64), np.asarray(bias, np.float64))
