"""Remaining life, learnt from units that ran to failure: what is held out are units, never rows.

The units are parted into folds. For each fold something is learnt without its units, and what that
says of them gives the figures and the interval; the model's answer is the mean of all of them.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode
from station.inference.provider import CPU, new_session
from station.insight import health_recurrent as recurrent
from station.insight.boosting import Growth, grow_numbers
from station.insight.graphs import Graph, serialised
from station.insight.health_band import NOMINAL, Held, Learnt, learn_band
from station.insight.health_card import (
    BASELINE,
    BOOSTING,
    CARD_KEY,
    FORETOLD,
    INPUT,
    LIFE,
    RECURRENT,
    HealthCard,
    Taught,
    card_to_json,
)
from station.insight.health_crossing import calculated
from station.insight.health_figures import nasa_score, rmse
from station.insight.health_graph import (
    Scale,
    Weights,
    add_band,
    add_networks,
    add_scaled,
    add_trees_life,
    add_window_features,
    life_outputs,
    smoothing,
)
from station.insight.health_series import LEAST_READINGS, Run, Series, read_lives
from station.insight.health_windows import windows_at, with_age
from station.insight.model_file import THREADS
from station.insight.tables import Table

AUTO = "auto"
METHODS = (AUTO, BOOSTING, RECURRENT)
FOLDS = 5
LEAST_UNITS = 5
FIRST = LEAST_READINGS  # rows of a unit after which a foretold life counts in the figures
EVERY = 2  # of the rows that trees learn from and that are asked: neighbours are nearly the same
GROWTH = Growth(rounds=150, rate=0.05, leaves=15, least=30, penalty=1.0, share=0.5)

Numbers = npt.NDArray[np.float64]
Readings = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class LifeWish:
    """What to learn, and how. cap: lives longer than that are not told apart.

    time_unit: as `HealthCard`'s; empty: as the column of time is called.
    """

    unit: str
    time: str
    cap: float = 125.0
    method: str = AUTO
    drop: tuple[str, ...] = ()
    seed: int = 0
    time_unit: str = ""
    plan: recurrent.Plan = field(default_factory=recurrent.Plan)
    nets: int = 2  # of each fold


@dataclass(frozen=True, slots=True)
class _Task:
    run: Run
    wish: LifeWish
    rows: tuple[Readings, ...]  # of each unit, with its age
    left: tuple[Numbers, ...]
    folds: Index  # of each unit
    scale: Scale

    @property
    def window(self) -> int:
        """How many rows are looked at."""
        return self.wish.plan.window

    @property
    def average(self) -> Readings:
        """What smooths a window."""
        return smoothing(self.window, self.wish.plan.smooth)

    def units(self, fold: int, inside: bool) -> list[int]:
        """Those in the fold, or those that are not."""
        return [int(one) for one in np.flatnonzero((self.folds == fold) == inside)]


def method_for(method: str) -> str:
    """What `auto` means here. Raises DatasetError METHOD_UNKNOWN, EXTRA_MISSING."""
    if method not in METHODS:
        raise DatasetError(ErrorCode.METHOD_UNKNOWN, method=method, known=", ".join(METHODS))
    if method == AUTO:
        return RECURRENT if recurrent.has_torch() else BOOSTING
    if method == RECURRENT:
        recurrent.import_torch()
    return method


def train_life(table: Table, wish: LifeWish, progress: Progress) -> Taught:
    """Learn from a table. Raises DatasetError of the family TABLE_, and as `method_for`."""
    method = method_for(wish.method)
    run = read_lives(table, wish.unit, wish.time, wish.drop, wish.cap)
    task = _task(table, run, wish)
    trees, trees_held = _grow(task, lambda share: progress("trees", share))
    band = learn_band(trees_held, wish.cap)
    metrics = _metrics(trees_held, band)
    baseline: dict[str, float] = {}
    nets: list[tuple[Scale, Weights]] = []
    if method == RECURRENT:
        nets, held = _learn(task, lambda share: progress("learn", share))
        band, baseline = learn_band(held, wish.cap), metrics
        metrics = _metrics(held, band)
    card = HealthCard(
        task=LIFE,
        method=method,
        columns=run.columns,
        unit=wish.unit,
        time=wish.time,
        window=task.window,
        step=run.step,
        cap=wish.cap,
        nominal=NOMINAL,
        metrics=metrics | {"units": float(len(run.series)), "rows": float(len(table))},
        baseline=baseline,
        band={name: tuple(values) for name, values in asdict(band.band).items()},
        dataset_sha256=table.sha256,
        seed=wish.seed,
        time_unit=wish.time_unit,
        seen=_seen(run),
    )
    card = replace(card, time_unit=card.counts_in)
    used = (*run.columns, wish.unit, wish.time)
    left_out = tuple(name for name in table.names if name not in used)
    return Taught(_model(task, trees, nets, band, card), card, run.faults, left_out)


def _seen(run: Run) -> dict[str, tuple[float, ...]]:
    """The least and the greatest value of each column."""
    rows = np.concatenate([one.readings for one in run.series])
    ends = zip(rows.min(axis=0).tolist(), rows.max(axis=0).tolist(), strict=True)
    return dict(zip(run.columns, ends, strict=True))


def _task(table: Table, run: Run, wish: LifeWish) -> _Task:
    count = len(run.series)
    if count < LEAST_UNITS:
        raise DatasetError(
            ErrorCode.TABLE_TOO_FEW_UNITS,
            path=table.path,
            column=wish.unit,
            count=count,
            minimum=LEAST_UNITS,
        )
    order = np.random.default_rng(wish.seed).permutation(count)
    folds = np.empty(count, np.intp)
    folds[order] = np.arange(count) % FOLDS
    rows = tuple(with_age(one) for one in run.series)
    left = tuple(one.left(wish.cap) for one in run.series)
    return _Task(run, wish, rows, left, folds, Scale.of(np.concatenate(rows)))


def _asked(series: Series) -> list[int]:
    """The rows of a unit whose life is foretold to see how good that is."""
    count = len(series.time)
    return list(range(min(FIRST, count - 1), count, EVERY))


def _grow(task: _Task, tick: Callable[[float], None]) -> tuple[list[Any], Held]:
    """Trees without each fold, and what they say of it."""
    features = [
        calculated(_window_graph(task), windows_at(rows, task.window, range(len(rows))))
        for rows in task.rows
    ]
    many: list[Any] = []
    told: dict[int, Numbers] = {}
    for fold in range(FOLDS):
        seen = task.units(fold, inside=False)
        trees = grow_numbers(
            np.concatenate([features[unit][::EVERY] for unit in seen]),
            np.concatenate([task.left[unit][::EVERY] for unit in seen]),
            GROWTH,
            task.wish.seed,
        )
        many.append(trees)
        for unit in task.units(fold, inside=True):
            asked = features[unit][_asked(task.run.series[unit])]
            told[unit] = np.clip(trees.predict(asked), 0, task.wish.cap)
        tick((fold + 1) / FOLDS)
    return many, _held(task, told)


def _learn(task: _Task, tick: Callable[[float], None]) -> tuple[list[tuple[Scale, Weights]], Held]:
    """Networks without each fold, and what they say of it together."""
    wish = task.wish
    every: list[tuple[Scale, Weights]] = []
    told: dict[int, Numbers] = {}

    def ticked(share: float) -> None:
        tick((len(every) + share) / (FOLDS * wish.nets))

    for fold in range(FOLDS):
        seen = task.units(fold, inside=False)
        rows = [task.rows[unit] for unit in seen]
        shares = [task.left[unit] / wish.cap for unit in seen]
        for _ in range(wish.nets):
            every.append(recurrent.learn(rows, shares, wish.plan, wish.seed + len(every), ticked))
        told |= _ask(task, every[-wish.nets :], task.units(fold, inside=True))
    return every, _held(task, told)


def _ask(task: _Task, nets: list[tuple[Scale, Weights]], units: list[int]) -> dict[int, Numbers]:
    """By the very graph that will run."""
    graph = Graph()
    add_networks(graph, FORETOLD, nets, task.average, task.wish.cap)
    model = serialised(graph, _given(task), {FORETOLD: ("n",)}, {})
    session = new_session(model, CPU, THREADS)
    found = {}
    for unit in units:
        windows = windows_at(task.rows[unit], task.window, _asked(task.run.series[unit]))
        found[unit] = session.run([FORETOLD], {INPUT: windows})[0].astype(np.float64)
    return found


def _held(task: _Task, told: dict[int, Numbers]) -> Held:
    units = sorted(told)
    asked = {unit: _asked(task.run.series[unit]) for unit in units}
    index = np.concatenate([np.full(len(asked[unit]), unit) for unit in units])
    truth = np.concatenate([task.left[unit][asked[unit]] for unit in units])
    return Held(np.concatenate([told[unit] for unit in units]), truth, index, task.folds[index])


def _metrics(held: Held, learnt: Learnt) -> dict[str, float]:
    """On units that were held out: at every row, each unit weighing the same."""
    weights = held.weights
    each = [
        nasa_score(held.foretold[held.unit == unit], held.truth[held.unit == unit])
        / np.sum(held.unit == unit)
        for unit in np.unique(held.unit)
    ]
    return {
        "rmse": rmse(held.foretold, held.truth, weights),
        "score": float(np.sum(each)),
        "coverage": learnt.coverage,
    }


def _given(task: _Task) -> tuple[str, tuple[str | int, ...]]:
    return INPUT, ("n", task.window, task.rows[0].shape[1])


def _window_graph(task: _Task) -> Graph:
    graph = Graph()
    add_window_features(graph, add_scaled(graph, "scaled", task.scale), task.window)
    return graph


def _model(
    task: _Task,
    trees: list[Any],
    nets: list[tuple[Scale, Weights]],
    learnt: Learnt,
    card: HealthCard,
) -> bytes:
    """The networks with the trees beside them, or the trees alone."""
    cap, graph = task.wish.cap, _window_graph(task)
    add_trees_life(graph, BASELINE if nets else FORETOLD, "features", trees, cap)
    if nets:
        add_networks(graph, FORETOLD, nets, task.average, cap)
    add_band(graph, FORETOLD, learnt.band, cap)
    outputs = life_outputs(bool(nets))
    return serialised(graph, _given(task), outputs, {CARD_KEY: card_to_json(card)})
