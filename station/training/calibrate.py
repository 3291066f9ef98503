"""Logits made into probabilities that can be held against limits, and the limits themselves."""

import numpy as np
import numpy.typing as npt

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]

TEMPERATURES = np.geomspace(0.02, 20_000, 281)  # a discriminant of few images is far too sure
LIMITS = (0.4, 0.6)  # where good and bad lie clear of both
HIGHEST = 0.95  # an NG limit above it would hardly ever reject by itself
GOOD_TO_REVIEW = 0.05  # of the good parts, the most that may be sent to review to stop escapes
DECIMALS = 3


def softmax(logits: Wide) -> Wide:
    """Along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def log_loss(logits: Wide, labels: Index) -> float:
    """Of the true class, whose target is softened by how many images speak for it (Platt)."""
    classes = logits.shape[1]
    doubt = 1 / (np.bincount(labels, minlength=classes) + 2)
    target = np.repeat((doubt / (classes - 1))[labels, None], classes, axis=1)
    target[np.arange(len(labels)), labels] = 1 - doubt[labels]
    raised = logits - logits.max(axis=1, keepdims=True)
    log_p = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
    return float(-(target * log_p).sum(axis=1).mean())


def best_temperature(logits: Wide, labels: Index) -> float:
    """What to divide the logits by, so that the log loss is least."""
    losses = [log_loss(logits / t, labels) for t in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def propose_limits(good: Wide, bad: Wide) -> tuple[float, float]:
    """Review limit and NG limit from scores of parts that the heads never saw.

    Escapes first: the review limit goes below the lowest bad score, unless that would send more
    than GOOD_TO_REVIEW of the good parts to review. The NG limit goes above the highest good
    score. Both stay at LIMITS where these lie clear already, or where one side has no scores.
    """
    review, ng = LIMITS
    if len(good) and len(bad):
        floor = float(np.quantile(good, 1 - GOOD_TO_REVIEW))
        review = min(review, max(float(bad.min()) * 0.9, floor))
        ng = max(ng, min(float(good.max()) * 1.05, HIGHEST))
    return round(review, DECIMALS), round(ng, DECIMALS)
