"""Whole series told apart, such as worn and unworn tools: what is held out are whole groups.

Windows of one series are alike, so a split by rows would measure memory. Every group is judged by
what was learnt without it, as the mean over its windows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode
from station.insight.boosting import Growth, grow_flags, raw
from station.insight.graphs import Graph, serialised
from station.insight.health_card import (
    BOOSTING,
    CARD_KEY,
    GROUPS,
    INPUT,
    PROBABILITY,
    HealthCard,
    Taught,
    card_to_json,
)
from station.insight.health_crossing import calculated
from station.insight.health_figures import balanced_accuracy, f1
from station.insight.health_graph import Scale, add_probability, add_scaled, add_window_features
from station.insight.health_rows import (
    Columns,
    Target,
    find_columns,
    find_target,
    group_windows,
    leaks,
    rows_of,
)
from station.insight.tables import Table, texts

WINDOW = 50
LEAST_GROUPS = 4
GROWTH = Growth(rounds=40, rate=0.08, leaves=6, least=20, penalty=5.0, share=0.1)
SEEDS = 3

Numbers = npt.NDArray[np.float64]
Readings = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class GroupWish:
    """What to learn: `target` is the same in all rows of a `group`."""

    target: str
    group: str
    drop: tuple[str, ...] = ()
    bad: str = ""
    window: int = WINDOW
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Task:
    features: Readings  # of windows
    group: Index  # of each window
    bad: Flags  # of each group
    seed: int

    def balanced(self, groups: Index) -> Index:
        """Windows of those groups: as many of each, and both classes as often as each other.

        Those of a short series come several times; weights would do the same, far more slowly.
        """
        most = int(np.bincount(self.group).max())
        bad = self.bad[groups]
        chosen = []
        for group in groups:
            alike = np.sum(bad == self.bad[group])
            own = np.flatnonzero(self.group == group)
            count = round(most * len(groups) / (2 * alike))
            chosen.append(own[np.arange(count) * len(own) // count])
        return np.concatenate(chosen)


def train_groups(table: Table, wish: GroupWish, progress: Progress) -> Taught:
    """Learn from whole series. Raises DatasetError of the family TABLE_."""
    columns, faults = find_columns(table, (wish.target, wish.group, *wish.drop))
    columns = Columns(tuple(columns.names[k] for k in columns.crossable), {})
    target = find_target(table, wish.target, wish.bad)
    rows = rows_of(table, columns)
    faults += leaks(rows, columns, target, wish.target)
    scale = Scale.of(rows)
    found = group_windows(table, wish.group, columns, wish.window)
    bad = _labels(table, wish, target, [name for name, _ in found])
    graph = Graph()
    add_window_features(graph, add_scaled(graph, "scaled", scale), wish.window)
    features = calculated(graph, np.concatenate([windows for _, windows in found]))
    group = np.repeat(np.arange(len(found)), [len(windows) for _, windows in found])
    task = _Task(features, group, bad, wish.seed)
    metrics = _measure(task, progress)
    many = _grow(task, np.arange(len(bad)))
    card = HealthCard(
        task=GROUPS,
        method=BOOSTING,
        columns=columns.names,
        unit=wish.group,
        target=wish.target,
        window=wish.window,
        good=target.good_word,
        bad=target.bad_word,
        metrics=metrics,
        dataset_sha256=table.sha256,
        seed=wish.seed,
    )
    add_probability(graph, "features", many)
    given = (INPUT, ("n", wish.window, len(columns.names)))
    model = serialised(graph, given, {PROBABILITY: ("n",)}, {CARD_KEY: card_to_json(card)})
    progress("learn", 1.0)
    used = (*columns.names, wish.target, wish.group)
    return Taught(model, card, faults, tuple(name for name in table.names if name not in used))


def _labels(table: Table, wish: GroupWish, target: Target, groups: list[str]) -> Flags:
    """Of each group. Raises DatasetError TABLE_TOO_FEW_UNITS, TABLE_GROUP_MIXED."""
    if len(groups) < LEAST_GROUPS:
        raise DatasetError(
            ErrorCode.TABLE_TOO_FEW_UNITS,
            path=table.path,
            column=wish.group,
            count=len(groups),
            minimum=LEAST_GROUPS,
        )
    names = np.array(texts(table, wish.group))
    found = np.zeros(len(groups), np.bool_)
    for place, name in enumerate(groups):
        own = target.bad[names == name]
        if own.any() != own.all():
            raise DatasetError(
                ErrorCode.TABLE_GROUP_MIXED, path=table.path, group=name, column=wish.target
            )
        found[place] = own[0]
    if min(found.sum(), (~found).sum()) < 2:  # without one of them the other must still be known
        raise DatasetError(
            ErrorCode.TABLE_ONE_CLASS,
            path=table.path,
            column=wish.target,
            found=f"{target.bad_word} × {found.sum()}, {target.good_word} × {(~found).sum()}",
        )
    return found


def _measure(task: _Task, progress: Progress) -> dict[str, float]:
    """Each group by what was learnt without it."""
    count = len(task.bad)
    chance, window_said = np.empty(count), np.empty(len(task.group), np.bool_)
    for one in range(count):
        out = task.group == one
        many = _grow(task, np.flatnonzero(np.arange(count) != one))
        logits = np.mean([raw(trees, task.features[out]) for trees in many], axis=0)
        share = 1 / (1 + np.exp(-logits))
        chance[one], window_said[out] = float(share.mean()), share >= 0.5
        progress("learn", 0.9 * (one + 1) / count)
    said = chance >= 0.5
    return {
        "balanced_accuracy": balanced_accuracy(said, task.bad),
        "balanced_accuracy_windows": balanced_accuracy(window_said, task.bad[task.group]),
        "f1": f1(said, task.bad),
        "groups": float(count),
        "windows": float(len(task.group)),
    }


def _grow(task: _Task, groups: Index) -> list[Any]:
    rows = task.balanced(groups)
    features, bad = task.features[rows], task.bad[task.group[rows]]
    return [grow_flags(features, bad, GROWTH, task.seed + number) for number in range(SEEDS)]
