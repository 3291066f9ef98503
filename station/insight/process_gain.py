"""What a change of settings gains, and how far that may be off.

The gain is the mean of what the model and its rivals make of it; a rival counts the less, the more
surely it errs more (Hoeting and others, Bayesian model averaging, Statistical Science 14 (1999),
382). What looked best to the model looks better than it is: each model learnt again looks for its
own best settings, and what these lose in the eyes of the chosen one is taken off (Efron, Estimating
the error rate of a prediction rule, JASA 78 (1983), 316). The interval adds up, as squares:

- by how much the models learnt again, from rows drawn in blocks, differ in that gain,
- by how much the rivals do,
- how far what was really seen near either setting departs from what had been foretold there, and
- how well that is known: rows near in time err alike.

Not in it: what was never measured and drives both a setting and the target. numpy only.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.process_card import FLAG, FORETOLD, NUMBER, ProcessModel
from station.insight.process_near import nearest
from station.insight.process_search import Ask, Row

NEAR = {NUMBER: 30, FLAG: 150}  # rows seen, whose errors speak for a setting
BLOCKS = 40  # of the rows seen, in their order: what lies in one is alike
TAIL = 1.645  # standard errors: 5 % lie beyond, on either side

Numbers = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]
Search = Callable[[Ask], Row]  # for the settings that make small what is asked


@dataclass(frozen=True, slots=True)
class Gain:
    """Above 0 is better; low, high: between which it lies nine times out of ten."""

    middle: float
    low: float
    high: float


def asking(model: ProcessModel, sign: float, output: str = FORETOLD) -> Ask:
    """What is to be small. sign: -1 where more is better."""
    return lambda rows: sign * model.ask(rows, output)


def gain_of(model: ProcessModel, now: Row, new: Row, sign: float, search: Search) -> Gain:
    """Of the new settings, that were found by searching for what is best to the model."""
    card = model.card
    outputs = (FORETOLD, *card.beside)
    weights = np.array([1.0, *(card.rivals[name] for name in card.beside)])
    each = np.array([_gained(model, output, now, new, sign) for output in outputs])
    mean = float(np.average(each, weights=weights))
    share = min(1.0, card.again_share)
    again = np.array([_gained(model, output, now, new, sign) for output in card.again])
    square = float(
        np.average((each - mean) ** 2, weights=weights)
        + share * np.var(again, ddof=1)
        + sum(_off(model, row) for row in (now, new))
    )
    middle = mean - np.sqrt(share) * _flattery(model, now, sign, search)
    far = TAIL * np.sqrt(square)
    return Gain(float(middle), float(middle - far), float(middle + far))


def _gained(model: ProcessModel, output: str, now: Row, new: Row, sign: float) -> float:
    was, then = asking(model, sign, output)(np.concatenate([now, new]))
    return float(was - then)


def _flattery(model: ProcessModel, now: Row, sign: float, search: Search) -> float:
    """How much better their own choice looks to models learnt again than to the chosen one."""
    lost = []
    for output in model.card.again:
        own = search(asking(model, sign, output))
        lost.append(
            _gained(model, output, now, own, sign) - _gained(model, FORETOLD, now, own, sign)
        )
    return max(float(np.mean(lost)), 0.0)


def _off(model: ProcessModel, row: Row) -> float:
    """The square of how far the model may be off at one row: of the mean error seen nearest to it.

    Or what chance makes of that, where it is more.
    """
    seen, card = model.seen, model.card
    near = nearest(card, row, seen, NEAR[card.task])
    block = np.arange(len(seen.error)) * BLOCKS // len(seen.error)
    counts = np.bincount(block[near], minlength=BLOCKS)
    error = seen.error[near]
    shared = _shared(seen.error, block) * float(np.sum((counts / len(near)) ** 2))
    chance = shared + float(error.var(ddof=1)) / len(near)
    return max(float(error.mean()) ** 2, chance)


def _shared(error: Numbers, block: Index) -> float:
    """The variance that rows of one block have in common: one-way analysis of variance."""
    _, place, counts = np.unique(block, return_inverse=True, return_counts=True)
    means = np.bincount(place, error) / counts
    within = float(np.sum((error - means[place]) ** 2)) / max(len(error) - len(counts), 1)
    return max(float(np.var(means, ddof=1)) - within * float(np.mean(1 / counts)), 0.0)
