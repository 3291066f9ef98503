"""Linear heads over fixed features, and what cross-validation says of them."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.covariance import empirical_covariance, ledoit_wolf_shrinkage, shrunk_covariance
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from station.training.fuse import Linear

Wide = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating]
Index = npt.NDArray[np.intp]
Fit = Callable[[Numbers, Index], Linear]

STILL = 1e-9  # a feature that spreads less never changes, and is left as it is
LEAST_SHRINKAGE = 1e-3
ROUNDS = 500  # of the logistic regression; if they do not suffice, cross-validation says so


@dataclass(frozen=True, slots=True)
class Crossed:
    """What heads that never saw an image said of it: logits (n, classes), accuracy by fold."""

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


def cross(fit: Fit, x: Numbers, labels: Index, folds: Index) -> Crossed:
    """Fit once for each fold on all others, and ask it of the fold."""
    logits = np.zeros((len(labels), int(labels.max()) + 1))
    accuracies = []
    for number in range(int(folds.max()) + 1):
        held_out = folds == number
        logits[held_out] = fit(x[~held_out], labels[~held_out]).logits(x[held_out])
        hits = logits[held_out].argmax(axis=1) == labels[held_out]
        accuracies.append(float(hits.mean()))
    return Crossed(logits, tuple(accuracies))


def fit_discriminant(x: Numbers, labels: Index) -> Linear:
    """Linear discriminant analysis with automatic shrinkage in each class.

    The same numbers as scikit-learn's `lsqr` solver in half its time: the covariance is kept
    positive definite, so that it can be solved for without least squares.
    """
    x = np.asarray(x, np.float64)
    means, covariance, shares = [], np.zeros((x.shape[1], x.shape[1])), []
    for label in range(int(labels.max()) + 1):
        own = x[labels == label]
        centre, scale = own.mean(axis=0), own.std(axis=0)
        scale = np.where(scale > STILL, scale, 1.0)
        shrunk = _shrunk((own - centre) / scale)
        shares.append(len(own) / len(x))
        covariance += shares[-1] * (scale[:, None] * shrunk * scale[None, :])
        means.append(centre)
    weights = np.linalg.solve(covariance, np.array(means).T).T
    bias = np.log(shares) - np.sum(weights * np.array(means), axis=1) / 2
    return Linear(weights, bias)


def _shrunk(standard: Wide) -> Wide:
    """The covariance of standardised features; two samples alone would say: do not shrink."""
    amount = max(LEAST_SHRINKAGE, ledoit_wolf_shrinkage(standard, assume_centered=True))
    covariance = empirical_covariance(standard, assume_centered=True)
    return np.asarray(shrunk_covariance(covariance, shrinkage=amount))


def fit_logistic(strength: float) -> Fit:
    """Logistic regression on standardised features; the scaling is folded into the weights."""

    def fit(x: Numbers, labels: Index) -> Linear:
        centre = np.mean(x, axis=0, dtype=np.float64)
        scale = np.std(x, axis=0, dtype=np.float64)
        scale = np.where(scale > STILL, scale, 1.0)
        model = LogisticRegression(C=strength, max_iter=ROUNDS)
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
