"""Where the limits of `memory_bank` stand: paid for in good parts that a person must look at.

Known bad parts say it best: no more than MOST_ESCAPES of them may pass. Where none are known,
defects drawn over held-back good parts stand for them, and the review limit goes as low as the
next drawn defect found costs no more than a good part sent to review. Either way no more than
MOST_REVIEWED of the held-back good parts go there.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.training.calibrate import DECIMALS, GOOD_TO_REVIEW
from station.training.costs import MOST, NEARER_GOOD, at_most, outcome, sides

LEAST_BAD = 5  # known bad parts; fewer say nothing
MOST_ESCAPES = 0.05  # of the known bad parts
MOST_REVIEWED = 0.2  # of the held-back good parts, and at least
LEAST_REVIEWED = 0.01
HIGHEST = 0.95  # an NG limit above it would hardly ever reject by itself

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]
Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Foretold:
    """What limits from other folds did to the parts of each: the last two to good parts."""

    escapes: int
    false_rejects: int
    good_reviews: int


def known_limits(good: Wide, bad: Wide) -> Limits:
    """Review and NG limit from scores of parts that were not learnt from."""
    parts = sides(good, bad)
    floor = float(np.quantile(good, 1 - MOST_REVIEWED))
    too_dear = float(np.mean(bad < floor))
    found = at_most(parts, max(MOST_ESCAPES, too_dear), MOST).outcome
    return _rounded(_lowered(found.review_limit, good, bad), found.ng_limit)


def drawn_limits(good: Wide, drawn: Wide) -> Limits:
    """The same, with the scores of good parts that defects were drawn over."""
    ng = at_most(sides(good, []), 0.0, MOST).outcome.ng_limit
    if not len(drawn):  # nothing that was drawn could be seen
        return _rounded(float(np.quantile(good, 1 - GOOD_TO_REVIEW)), ng)
    low, high = np.quantile(good, (1 - MOST_REVIEWED, 1 - LEAST_REVIEWED))
    between = good[(good > low) & (good < high)]
    tried = np.unique(np.concatenate([[low, high], between]))
    found = (drawn[None] >= tried[:, None]).mean(axis=1)
    reviewed = (good[None] >= tried[:, None]).mean(axis=1)
    gain = found - reviewed
    review = float(tried[np.flatnonzero(gain >= gain.max() - 1e-9)[-1]])
    return _rounded(review, ng)


def foretold(scores: Wide, bad: npt.NDArray[np.bool_], folds: Index) -> Foretold:
    """By cross-validation of `known_limits`."""
    counts = np.zeros(3, int)
    for number in np.unique(folds):
        own = folds == number
        good, worse = scores[~own & ~bad], scores[~own & bad]
        if not len(good) or not len(worse):
            continue
        done = outcome(sides(scores[own & ~bad], scores[own & bad]), *known_limits(good, worse))
        counts += [done.escapes.count, done.false_rejects.count, done.good_reviews.count]
    return Foretold(*counts.tolist())


def _lowered(review: float, good: Wide, bad: Wide) -> float:
    """As far down as it costs nothing."""
    under = float(good[good < review].max(initial=0.0))
    first = float(bad[bad > under].min(initial=review))
    return min(review, under + (first - under) * NEARER_GOOD)


def _rounded(review: float, ng: float) -> Limits:
    """The review limit down, so that nobody who was meant to be looked at is let through."""
    scale = 10**DECIMALS
    low = np.floor(min(review, HIGHEST) * scale) / scale
    return float(low), round(max(min(ng, HIGHEST), float(low)), DECIMALS)
