"""Limits from what they cost: which parts escape, are rejected or go to review at any two limits.

Scores are of parts that the model did not learn from: kept back, or crossed. A score below the
review limit is OK, from the NG limit on NG, between them REVIEW, as `domain.judge` has it. Only
numpy is imported, so that a page may ask while a limit is being dragged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.domain.statistics import Share, parts_to_prove, share

Wide = npt.NDArray[np.float64]
Counts = npt.NDArray[np.intp]

MOST = 0.005  # of the bad parts that may escape, and of the good ones that may be rejected
BINS = 50
NEARER_GOOD = 1 / 3  # of the gap between two scores, where a review limit stands
NEARER_BAD = 2 / 3  # where an NG limit stands


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The scores of good and of bad parts, each sorted."""

    good: Wide
    bad: Wide


@dataclass(frozen=True, slots=True)
class Outcome:
    """What two limits do. Escapes are of the bad parts, false rejects of the good ones.

    good_reviews, bad_reviews: parts of either side that go to a person.
    """

    review_limit: float
    ng_limit: float
    escapes: Share
    false_rejects: Share
    good_reviews: Share
    bad_reviews: Share


@dataclass(frozen=True, slots=True)
class Proposal:
    """Limits that were asked for, what they do, and whether the parts at hand prove it.

    most: the share of escapes that was asked for; proven: the upper bound of the interval keeps
    it too. needed: bad parts in all, with as many escapes, that it would take to prove it; None
    of a share that no number of parts proves.
    """

    outcome: Outcome
    most: float
    proven: bool
    needed: int | None


@dataclass(frozen=True, slots=True)
class Costs:
    """What one part costs in any one currency; bad_share: of all parts made, those that are bad."""

    escape: float
    false_reject: float
    review: float
    bad_share: float


@dataclass(frozen=True, slots=True)
class Bargain:
    """The cheapest limits and what a part then costs on average."""

    outcome: Outcome
    cost: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of scores between each edge and the next; the last edge, 1, belongs to the last."""

    edges: tuple[float, ...]
    good: tuple[int, ...]
    bad: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """For one limit at each of `limits`: bad parts below it, good parts from it on."""

    limits: Wide
    escapes: Counts
    false_rejects: Counts


def sides(good: Sequence[float] | Wide, bad: Sequence[float] | Wide) -> Sides:
    """Sort them once. Raises ValueError for a score outside 0 … 1."""
    both = [np.sort(np.asarray(one, np.float64)) for one in (good, bad)]
    for one in both:
        if len(one) and not (one[0] >= 0 and one[-1] <= 1):  # a NaN sorts last and fails too
            raise ValueError("a score outside 0 … 1")
    return Sides(*both)


def sides_of(crossed: Wide, labels: Sequence[int], good: Sequence[int]) -> Sides:
    """From probabilities (samples, classes), the class of each sample and the good classes."""
    scores = np.clip(1 - crossed[:, list(good)].sum(axis=1), 0.0, 1.0)
    passes = np.isin(np.asarray(labels), list(good))
    return sides(scores[passes], scores[~passes])


def outcome(parts: Sides, review_limit: float, ng_limit: float) -> Outcome:
    """What the limits would have done to these parts; two binary searches on each side."""
    good_low, good_high = np.searchsorted(parts.good, (review_limit, ng_limit))
    bad_low, bad_high = np.searchsorted(parts.bad, (review_limit, ng_limit))
    good, bad = len(parts.good), len(parts.bad)
    return Outcome(
        review_limit,
        ng_limit,
        escapes=share(int(bad_low), bad),
        false_rejects=share(int(good - good_high), good),
        good_reviews=share(int(max(0, good_high - good_low)), good),
        bad_reviews=share(int(max(0, bad_high - bad_low)), bad),
    )


def histogram(parts: Sides, bins: int = BINS) -> Histogram:
    """Even bins over 0 … 1."""
    edges = np.linspace(0, 1, bins + 1)
    good, bad = (np.histogram(one, edges)[0] for one in (parts.good, parts.bad))
    return Histogram(tuple(edges.tolist()), tuple(good.tolist()), tuple(bad.tolist()))


def curve(parts: Sides) -> Curve:
    """Both counts at every limit that changes one of them, rising."""
    limits = np.unique(np.concatenate([[0.0], parts.good, parts.bad, [1.0]]))
    escapes = np.searchsorted(parts.bad, limits)
    rejects = len(parts.good) - np.searchsorted(parts.good, limits)
    return Curve(limits, escapes, rejects)


def at_most(parts: Sides, escapes: float = MOST, false_rejects: float = MOST) -> Proposal:
    """Limits that let no larger share of the bad parts pass, nor reject more of the good ones.

    Between the scores that they must part, each limit stands where it costs nothing to be safe:
    the review limit nearer to the good parts, the NG limit nearer to the bad ones. What the two
    cannot settle goes to review. Without bad parts the review limit is set by the good ones.
    """
    review = _review_limit(parts, escapes) if len(parts.bad) else None
    ng = _ng_limit(parts, false_rejects)
    review = min(ng, _below(parts, ng)) if review is None else review
    found = outcome(parts, review, max(review, ng))
    return proposal(found, escapes)


def proposal(found: Outcome, most: float = MOST) -> Proposal:
    """Whether those limits keep to `most` escapes, and how far that is proven."""
    proven = found.escapes.n > 0 and found.escapes.high <= most
    needed = parts_to_prove(most, found.escapes.count) if 0 < most < 1 else None
    return Proposal(found, most, proven, needed)


def cheapest(parts: Sides, costs: Costs) -> Bargain:
    """The two limits with the least cost of an average part; of equals those with least review.

    The cost is one sum over the review limit and one over the NG limit, so that all pairs are
    compared in one pass.
    """
    scores = np.unique(np.concatenate([parts.good, parts.bad]))
    edges = np.concatenate([[0.0], scores, [1.0]])  # cut i, between edges i and i + 1, has
    below = edges[:-1].copy()  # i of the scores below it
    below[0] = -1.0
    if len(scores) and scores[-1] == 1:  # no limit stands above it
        below = below[:-1]
    good = _fraction(parts.good, below) * (1 - costs.bad_share)
    bad = _fraction(parts.bad, below) * costs.bad_share
    first = (costs.escape - costs.review) * bad - costs.review * good
    second = (costs.review - costs.false_reject) * good + costs.review * bad
    least = np.minimum.accumulate(first)
    ng = int(np.argmin(least + second))
    review = int(np.flatnonzero(first[: ng + 1] == least[ng])[-1])
    limits = (
        float(edges[cut] + where * (edges[cut + 1] - edges[cut]))
        for cut, where in ((review, NEARER_GOOD), (ng, NEARER_BAD))
    )
    found = outcome(parts, *limits)
    return Bargain(found, cost(found, costs))


def cost(found: Outcome, costs: Costs) -> float:
    """Of an average part under those limits; a side without parts adds nothing."""
    good = costs.false_reject * (found.false_rejects.rate or 0.0)
    good += costs.review * (found.good_reviews.rate or 0.0)
    bad = costs.escape * (found.escapes.rate or 0.0)
    bad += costs.review * (found.bad_reviews.rate or 0.0)
    return (1 - costs.bad_share) * good + costs.bad_share * bad


def _fraction(scores: Wide, up_to: Wide) -> Wide:
    """The share of the scores that lie at or below each of those."""
    if not len(scores):
        return np.zeros(len(up_to))
    return np.searchsorted(scores, up_to, side="right") / len(scores)


def _review_limit(parts: Sides, most: float) -> float:
    """Below the first bad score that must not escape, above the next score under it."""
    first = float(parts.bad[min(_allowed(most, len(parts.bad)), len(parts.bad) - 1)])
    low = _below(parts, first)
    return low + (first - low) * NEARER_GOOD if low < first else first


def _ng_limit(parts: Sides, most: float) -> float:
    """Above the last good score that must not be rejected, below the next score over it."""
    if not len(parts.good):
        return float(parts.bad[0]) if len(parts.bad) else 1.0
    last = float(parts.good[max(len(parts.good) - 1 - _allowed(most, len(parts.good)), 0)])
    above = [one[np.searchsorted(one, last, side="right") :][:1] for one in (parts.good, parts.bad)]
    high = min([float(one[0]) for one in above if len(one)], default=1.0)
    return last + (high - last) * NEARER_BAD


def _below(parts: Sides, limit: float) -> float:
    """The highest score of either side under the limit; 0 where there is none."""
    under = [one[: np.searchsorted(one, limit)][-1:] for one in (parts.good, parts.bad)]
    return max([float(one[0]) for one in under if len(one)], default=0.0)


def _allowed(most: float, n: int) -> int:
    """How many of n a share allows; a hair is given for what floats make of 0.1 · 30."""
    return int(most * n + 1e-9)
