"""Failures foretold from single rows, for tables without time: trees over crossed columns.

How good it is, is measured by two rounds of folds: what is chosen, the crossing and the threshold,
is chosen without the rows that it is then measured on.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.boosting import Growth, grow_flags, raw
from station.insight.graphs import Graph, serialised
from station.insight.health_card import (
    BOOSTING,
    CARD_KEY,
    FAILURE,
    INPUT,
    PROBABILITY,
    HealthCard,
    Taught,
    card_to_json,
)
from station.insight.health_crossing import add_crossed, crossed, ways_for
from station.insight.health_figures import average_precision, best_threshold, f1
from station.insight.health_graph import add_probability
from station.insight.health_rows import find_columns, find_target, leaks, rows_of
from station.insight.tables import Table

FOLDS, INNER = 5, 3
SEEDS = 3  # ensembles that are averaged: each looks at other features
GROWTH = Growth(rounds=200, rate=0.05, leaves=15, least=10, penalty=1.0, share=0.5)

Numbers = npt.NDArray[np.float64]
Features = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]
Progress = Callable[[str, float], None]
Way = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailureWish:
    """What to learn. bad: the value of the target that means failure, if it is not plain."""

    target: str
    drop: tuple[str, ...] = ()
    bad: str = ""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Choice:
    way: Way
    threshold: float


def train_failure(table: Table, wish: FailureWish, progress: Progress) -> Taught:
    """Learn from rows. Raises DatasetError of the family TABLE_."""
    columns, faults = find_columns(table, (wish.target, *wish.drop))
    target = find_target(table, wish.target, wish.bad)
    rows = rows_of(table, columns)
    faults += leaks(rows, columns, target, wish.target)
    features = {
        way: crossed(rows, way, columns.crossable) for way in ways_for(len(columns.crossable))
    }
    metrics = _measure(features, target.bad, wish.seed, progress)
    choice = _choose(features, target.bad, wish.seed)
    progress("learn", 0.9)
    many = [
        grow_flags(features[choice.way], target.bad, GROWTH, wish.seed + number)
        for number in range(SEEDS)
    ]
    card = HealthCard(
        task=FAILURE,
        method=f"{BOOSTING}: {' + '.join(choice.way)}",
        columns=columns.names,
        target=wish.target,
        words=columns.words,
        good=target.good_word,
        bad=target.bad_word,
        threshold=choice.threshold,
        metrics=metrics | {"n": float(len(table)), "bad": float(target.bad.sum())},
        dataset_sha256=table.sha256,
        seed=wish.seed,
    )
    graph = Graph()
    add_probability(graph, add_crossed(graph, choice.way, columns.crossable), many)
    model = serialised(
        graph,
        (INPUT, ("n", len(columns.names))),
        {PROBABILITY: ("n",)},
        {CARD_KEY: card_to_json(card)},
    )
    progress("learn", 1.0)
    left_out = tuple(name for name in table.names if name not in (*columns.names, wish.target))
    return Taught(model, card, faults, left_out)


def stratified(bad: Flags, folds: int, seed: int) -> Index:
    """The fold of each row, both classes spread alike."""
    rng, found = np.random.default_rng(seed), np.zeros(len(bad), np.intp)
    for kind in (True, False):
        rows = rng.permutation(np.flatnonzero(bad == kind))
        found[rows] = np.arange(len(rows)) % folds
    return found


def _measure(
    features: dict[Way, Features], bad: Flags, seed: int, progress: Progress
) -> dict[str, float]:
    """Each fold by what was chosen and learnt without it."""
    folds = stratified(bad, FOLDS, seed)
    precisions, scores = [], []
    said, probability = np.zeros(len(bad), np.bool_), np.zeros(len(bad))
    for fold in range(FOLDS):
        out = folds == fold
        choice = _choose({way: one[~out] for way, one in features.items()}, bad[~out], seed)
        chosen = features[choice.way]
        probability[out] = _foretold(chosen[~out], bad[~out], chosen[out], seed)
        said[out] = probability[out] >= choice.threshold
        precisions.append(average_precision(probability[out], bad[out]))
        scores.append(f1(said[out], bad[out]))
        progress("learn", 0.8 * (fold + 1) / FOLDS)
    return {
        "pr_auc": float(np.mean(precisions)),
        "pr_auc_std": float(np.std(precisions)),
        "f1": float(np.mean(scores)),
        "f1_std": float(np.std(scores)),
        "f1_pooled": f1(said, bad),
    }


def _choose(features: dict[Way, Features], bad: Flags, seed: int) -> _Choice:
    """The crossing with the best precision over recall, and where to cut."""
    folds = stratified(bad, INNER, seed + 1)
    best, found = -1.0, _Choice(next(iter(features)), 0.5)
    for way, rows in features.items():
        probability = np.empty(len(bad))
        for fold in range(INNER):
            out = folds == fold
            probability[out] = _foretold(rows[~out], bad[~out], rows[out], seed, seeds=1)
        area = average_precision(probability, bad)
        if area > best:
            best, found = area, _Choice(way, best_threshold(probability, bad))
    return found


def _foretold(learn: Features, bad: Flags, ask: Features, seed: int, seeds: int = SEEDS) -> Numbers:
    logits = [raw(grow_flags(learn, bad, GROWTH, seed + k), ask) for k in range(seeds)]
    return np.asarray(1 / (1 + np.exp(-np.mean(logits, axis=0))), np.float64)
