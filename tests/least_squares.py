"""Process models by least squares, learnt in a moment, with laws that are known."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station.insight.process_card import FORETOLD, NUMBER, ProcessCard, ProcessModel, Readings, Seen
from station.insight.process_doubt import AGAIN, BLOCKS, rivals
from station.insight.process_figures import explained, surely_better
from station.insight.process_folds import ordered
from station.insight.process_near import reach_of
from station.insight.redrawn import redrawn
from station.insight.tables import Table

COLUMNS = ("a", "b", "c")
PENALTY = 1.0

Numbers = npt.NDArray[np.float64]
Fit = Callable[[Numbers], Numbers]


def straight(rows: Numbers) -> Numbers:
    """The columns as they are."""
    return np.column_stack([np.ones(len(rows)), rows])


def bent(rows: Numbers) -> Numbers:
    """With their squares and products."""
    pairs = [rows[:, k] * rows[:, m] for k in range(3) for m in range(k, 3)]
    return np.column_stack([straight(rows), *pairs])


def waved(rows: Numbers) -> Numbers:
    """With waves of them in all directions."""
    rng = np.random.default_rng(1)
    ways, begins = rng.normal(0, 0.7, (3, 60)), rng.uniform(0, 2 * np.pi, 60)
    return np.column_stack([straight(rows), np.cos(rows @ ways + begins)])


KINDS: Mapping[str, Callable[[Numbers], Numbers]] = {
    "straight": straight,
    "bent": bent,
    "waved": waved,
}


class Fitted(ProcessModel):
    """The same without a file."""

    def __init__(self, card: ProcessCard, seen: Seen, fits: Mapping[str, Fit]) -> None:
        super().__init__(card, seen, None)
        self._fits = fits

    def ask(self, readings: Readings, output: str = FORETOLD) -> Numbers:
        """By the fit of that name."""
        return self._fits[output](readings.astype(np.float64))


def slowly(rng: np.random.Generator, count: int, bond: float) -> Numbers:
    """Noise of spread 1; each value is bound to the one before."""
    drawn, found = rng.normal(size=count), np.empty(count)
    found[0] = drawn[0]
    for k in range(1, count):
        found[k] = bond * found[k - 1] + np.sqrt(1 - bond**2) * drawn[k]
    return found


def fit(kind: str, rows: Numbers, target: Numbers) -> Fit:
    """With a small penalty on all weights but the first."""
    features, mean = KINDS[kind](rows), float(target.mean())
    penalty = PENALTY * np.eye(features.shape[1])
    penalty[0, 0] = 0
    weights = np.linalg.solve(features.T @ features + penalty, features.T @ (target - mean))
    return lambda asked: np.asarray(KINDS[kind](asked) @ weights + mean)


def table_of(rows: Numbers) -> Table:
    """As if they had been read from a file."""
    cells = {name: [f"{one:.4f}" for one in rows[:, k]] for k, name in enumerate(COLUMNS)}
    return Table(Path("now.csv"), cells, range(2, len(rows) + 2))


def learnt(rows: Numbers, target: Numbers, seed: int) -> Fitted:
    """The best of the kinds on later rows, with its rivals and itself learnt again."""
    folds = ordered(len(rows))
    asked = np.concatenate([fold.ask for fold in folds])
    truth = target[asked]
    foretold = {
        kind: np.concatenate(
            [fit(kind, rows[one.learn], target[one.learn])(rows[one.ask]) for one in folds]
        )
        for kind in KINDS
    }
    chosen = max(KINDS, key=lambda kind: explained(NUMBER, foretold[kind], truth))
    beside = tuple(kind for kind in KINDS if kind != chosen)
    rng, blocks = np.random.default_rng(seed), np.array_split(np.arange(len(rows)), BLOCKS)
    drawn = {f"again {k}": redrawn(blocks, BLOCKS, rng) for k in range(AGAIN)}
    fits = {name: fit(chosen, rows[some], target[some]) for name, some in drawn.items()}
    fits |= {kind: fit(kind, rows, target) for kind in beside}
    mean = np.full(len(truth), truth.mean())
    card = ProcessCard(
        task=NUMBER,
        method=chosen,
        columns=COLUMNS,
        target="y",
        beside=beside,
        rivals=rivals(NUMBER, foretold, beside, chosen, truth),
        again=tuple(drawn),
        explained=explained(NUMBER, foretold[chosen], truth),
        sure=surely_better(NUMBER, foretold[chosen], mean, truth),
        least=dict(zip(COLUMNS, rows.min(axis=0).tolist(), strict=True)),
        most=dict(zip(COLUMNS, rows.max(axis=0).tolist(), strict=True)),
        spread=dict(zip(COLUMNS, rows.std(axis=0).tolist(), strict=True)),
        decimals=dict.fromkeys(COLUMNS, 4),
    )
    seen = Seen(rows[asked].astype(np.float32), truth, truth - foretold[chosen])
    return Fitted(reach_of(card, seen), seen, {FORETOLD: fit(chosen, rows, target), **fits})
