"""How good it is what a process model foretells, in the figures that are compared."""

import numpy as np
import numpy.typing as npt

from station.insight.health_figures import average_precision, rmse
from station.insight.process_card import NUMBER

PARTS = 20
SURELY = 2.5  # standard errors: the best of many must be better than by chance
SURE = 1e-6  # no probability is nearer to 0 or 1 when its log is taken

Numbers = npt.NDArray[np.float64]


def figures(task: str, foretold: Numbers, truth: Numbers) -> dict[str, float]:
    """The error that chooses comes first: of numbers the RMSE, of flags the log loss."""
    if task == NUMBER:
        return {
            "rmse": rmse(foretold, truth),
            "mae": float(np.mean(np.abs(foretold - truth))),
            "r2": explained(task, foretold, truth),
        }
    return {
        "logloss": log_loss(foretold, truth),
        "pr_auc": average_precision(foretold, truth > 0.5),
        "explained": explained(task, foretold, truth),
    }


def error(task: str, foretold: Numbers, truth: Numbers) -> float:
    """What is to be small: the mean square error, or the log loss."""
    if task == NUMBER:
        return float(np.mean((foretold - truth) ** 2))
    return log_loss(foretold, truth)


def explained(task: str, foretold: Numbers, truth: Numbers) -> float:
    """The share of the error of the mean of these rows that is gone; below 0: it is worse.

    Of numbers this is R²; of flags McFadden's, in: Frontiers in Econometrics, 1974, 121.
    """
    whole = error(task, np.full(len(truth), truth.mean()), truth)
    return 1 - error(task, foretold, truth) / whole if whole > 0 else 0.0


def surely_better(task: str, foretold: Numbers, other: Numbers, truth: Numbers) -> bool:
    """Whether the first errs less than the second by more than chance."""
    mean, spread = surplus(task, foretold, other, truth)
    return mean > SURELY * spread


def surplus(task: str, foretold: Numbers, other: Numbers, truth: Numbers) -> tuple[float, float]:
    """By how much the second errs more than the first, and the standard error of that.

    Of some parts of the rows, in their order: rows near each other err alike, parts hardly do.
    """
    parts = np.array_split(np.arange(len(truth)), min(PARTS, len(truth)))
    gains = [
        error(task, other[rows], truth[rows]) - error(task, foretold[rows], truth[rows])
        for rows in parts
    ]
    return float(np.mean(gains)), float(np.std(gains, ddof=1) / np.sqrt(len(gains)))


def log_loss(probability: Numbers, truth: Numbers) -> float:
    """The mean of -log of the probability of what was so."""
    sure = np.clip(probability, SURE, 1 - SURE)
    return float(-np.mean(truth * np.log(sure) + (1 - truth) * np.log(1 - sure)))
