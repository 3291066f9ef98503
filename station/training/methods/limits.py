"""The limits that a method proposes, from what was said of parts that it had not seen."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from station.training.calibrate import propose_limits


def limits_of(
    probabilities: npt.NDArray[np.float64], labels: npt.NDArray[np.intp], good: Sequence[int]
) -> tuple[float, float]:
    """Review and NG limit; where no class is good there is nothing to tell apart."""
    if not good:
        return propose_limits(np.empty(0), np.empty(0))
    scores = 1 - probabilities[:, list(good)].sum(axis=1)
    passes = np.isin(labels, good)
    return propose_limits(scores[passes], scores[~passes])
