"""An interval around what a process model foretells, from errors on rows it did not learn from.

How wide it is depends on what is foretold: a quantile of the errors of rows whose foretold values
stand near in rank. After Lei, G'Sell, Rinaldo, Tibshirani, Wasserman, Distribution-free predictive
inference for regression, JASA 113 (2018), 1094; the promise holds for rows like those before.
"""

import numpy as np
import numpy.typing as npt

from station.insight.health_band import Held, learn_band

NOMINAL = 0.9
MOST = 4000  # rows that are looked at

Numbers = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


def learn(foretold: Numbers, truth: Numbers, fold: Index) -> dict[str, tuple[float, ...]]:
    """Knots of the foretold value, and how far the truth lies below and above."""
    some = np.unique(np.linspace(0, len(truth) - 1, min(MOST, len(truth))).round().astype(int))
    foretold, truth, fold = foretold[some], truth[some], fold[some]
    errors = truth - foretold
    scale = float(np.abs(errors).mean()) or 1.0
    rank = np.argsort(np.argsort(foretold, kind="stable"), kind="stable") / max(1, len(some) - 1)
    held = Held(rank, rank + errors / scale, np.arange(len(some)), fold)
    band = learn_band(held, 1.0, NOMINAL).band
    knots = np.quantile(foretold, band.knots)
    kept = np.append(True, np.diff(knots) > 0)
    return {
        "knots": tuple(knots[kept].tolist()),
        "low": tuple((scale * np.array(band.low)[kept]).tolist()),
        "high": tuple((scale * np.array(band.high)[kept]).tolist()),
    }


def covered(band: dict[str, tuple[float, ...]], foretold: Numbers, truth: Numbers) -> float:
    """The share of truths within."""
    low = foretold - np.interp(foretold, band["knots"], band["low"])
    high = foretold + np.interp(foretold, band["knots"], band["high"])
    return float(np.mean((low <= truth) & (truth <= high)))
