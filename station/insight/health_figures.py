"""How good what was foretold is, in the figures that papers on machine health print.

The score is NASA's, of Saxena, Goebel, Simon, Eklund, Damage propagation modeling for aircraft
engine run-to-failure simulation, PHM 2008: a life foretold too long costs more than one too short.
"""

import numpy as np
import numpy.typing as npt

EARLY, LATE = 13.0, 10.0  # of the score: how far off costs e - 1

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def rmse(foretold: Numbers, truth: Numbers, weights: Numbers | None = None) -> float:
    """The root of the mean square error."""
    return float(np.sqrt(np.average((foretold - truth) ** 2, weights=weights)))


def nasa_score(foretold: Numbers, truth: Numbers) -> float:
    """The sum over all units; less is better, 0 the least."""
    off = foretold - truth
    return float(np.sum(np.expm1(np.where(off < 0, -off / EARLY, off / LATE))))


def coverage(low: Numbers, high: Numbers, truth: Numbers) -> float:
    """The share of truths within their intervals."""
    return float(np.mean((low <= truth) & (truth <= high)))


def average_precision(probability: Numbers, bad: Flags) -> float:
    """The area under precision over recall, by steps; equal probabilities are one step."""
    if not bad.any():
        return 0.0
    hits, said, _ = _steps(probability, bad)
    precision, recall = hits / said, hits / bad.sum()
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))


def best_threshold(probability: Numbers, bad: Flags) -> float:
    """The probability from which on to say bad for the greatest F1, halfway to the next lower."""
    hits, said, values = _steps(probability, bad)
    best = int(np.argmax(2 * hits / (said + bad.sum())))
    lower = values[best + 1] if best + 1 < len(values) else 0.0
    return float((values[best] + lower) / 2)


def f1(said: Flags, bad: Flags) -> float:
    """Of the class that is bad."""
    total = int(said.sum()) + int(bad.sum())
    return 2 * int((said & bad).sum()) / total if total else 0.0


def balanced_accuracy(said: Flags, bad: Flags) -> float:
    """The mean of the two classes' shares that are right; of the one where one is missing."""
    shares = [
        float(np.mean(said[bad == kind] == kind)) for kind in (True, False) if (bad == kind).any()
    ]
    return float(np.mean(shares))


def _steps(probability: Numbers, bad: Flags) -> tuple[Numbers, Numbers, Numbers]:
    """From the highest down: how many bad at or above each distinct value, how many at all."""
    order = np.argsort(-probability, kind="stable")
    values = probability[order]
    ends = np.flatnonzero(np.append(values[:-1] != values[1:], True))
    return (
        np.cumsum(bad[order])[ends].astype(np.float64),
        (ends + 1).astype(np.float64),
        values[ends],
    )
