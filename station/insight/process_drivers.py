"""What drives the target: how much worse held-out rows are foretold with a column shuffled.

Permutation importance, after Breiman, Random forests, Machine Learning 45 (2001), 5, and Fisher,
Rudin, Dominici, All models are wrong, but many are useful, JMLR 20 (2019), 177. Columns that go
up and down together are shuffled together: alone, each would be stood in for by the others. It
tells what the model leans on, and so what goes along with the target; not yet what causes it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.bonds import joined, ranks
from station.insight.health_rows import MOST_WORDS
from station.insight.health_series import correlation
from station.insight.process_card import HOUR_COS, HOUR_SIN, Driver
from station.insight.process_figures import error

REPEATS = 5
ALIKE = 0.9  # correlation of ranks from which on columns are shuffled together
MOST_ROWS = 3000  # of a part

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.float32]
Ask = Callable[[Rows], Numbers]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that `ask` did not learn from."""

    ask: Ask
    rows: Rows
    truth: Numbers


def drivers(
    parts: Sequence[Part], names: Sequence[str], words: Sequence[str], task: str, seed: int
) -> tuple[Driver, ...]:
    """The greatest first. words: those of the names whose numbers only stand for words."""
    rng = np.random.default_rng(seed)
    together = alike(np.concatenate([part.rows for part in parts]), names, words)
    found = []
    for places in together:
        lost = [
            _lost(part, places, task, rng)
            for part in (_some(part) for part in parts)
            for _ in range(REPEATS)
        ]
        own = tuple(names[place] for place in places)
        found.append(Driver(own, float(np.mean(lost)), float(np.std(lost))))
    return tuple(sorted(found, key=lambda one: -one.share))


def alike(rows: Rows, names: Sequence[str], words: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """The places of columns that go up and down together; of the others each by itself."""
    some = rows[:: max(1, len(rows) // MOST_ROWS)].astype(np.float64)
    ranked = np.column_stack([ranks(column) for column in some.T])
    bond = np.zeros((len(names), len(names)), np.bool_)
    for place, name in enumerate(names):
        for other in range(place):
            pair = {name, names[other]}
            if pair & set(words):
                same = _tells(some[:, place], some[:, other])
            else:
                near = abs(correlation(ranked[:, place], ranked[:, other]))
                same = near >= ALIKE or pair == {HOUR_SIN, HOUR_COS}
            bond[place, other] = same
    return tuple(map(tuple, joined(bond)))


def _tells(one: Numbers, other: Numbers) -> bool:
    """Whether one of two columns of few values tells the other, as the weekday the weekend."""
    kinds = [np.unique(each, return_inverse=True) for each in (one, other)]
    counts = [len(values) for values, _ in kinds]
    if max(counts) > MOST_WORDS:
        return False
    pairs = np.unique(kinds[0][1] * counts[1] + kinds[1][1])
    return len(pairs) == max(counts)


def _lost(part: Part, places: Sequence[int], task: str, rng: np.random.Generator) -> float:
    """By how much the explained share falls."""
    rows, order = part.rows.copy(), rng.permutation(len(part.rows))
    rows[:, list(places)] = rows[order][:, list(places)]
    whole = error(task, np.full(len(part.truth), part.truth.mean()), part.truth)
    if whole <= 0:
        return 0.0
    plain = error(task, part.ask(part.rows), part.truth)
    return (error(task, part.ask(rows), part.truth) - plain) / whole


def _some(part: Part) -> Part:
    every = max(1, len(part.rows) // MOST_ROWS)
    return Part(part.ask, part.rows[::every], part.truth[::every])
