"""Boosted trees by scikit-learn, and written as a node that the runtime knows.

The trees are learnt on float32 features and compared in float32, so that the file and the trees it
was made from say the same to the last step of rounding of a sum.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from station.insight.graphs import ML, Graph

Features = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown. share: of the features, that each split may look at."""

    rounds: int = 150
    rate: float = 0.06
    leaves: int = 15
    least: int = 20
    penalty: float = 1.0
    share: float = 1.0


def grow_numbers(features: Features, target: Numbers, growth: Growth, seed: int) -> Any:
    """Trees whose sum is the number."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    trees = HistGradientBoostingRegressor(**_options(growth, seed))
    with _few_threads():
        return trees.fit(features, target)


def grow_flags(features: Features, target: Flags, growth: Growth, seed: int) -> Any:
    """Trees whose sum is the logit of True."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    trees = HistGradientBoostingClassifier(**_options(growth, seed))
    with _few_threads():
        return trees.fit(features, target)


def raw(trees: Any, features: Features) -> Numbers:
    """The sum over the trees: a number, or a logit."""
    answer = trees.decision_function if hasattr(trees, "decision_function") else trees.predict
    with _few_threads():
        return np.asarray(answer(features), np.float64)


def add_trees(graph: Graph, name: str, features: str, many: list[Any]) -> str:
    """The mean of what several ensembles sum to: float32 (n, 1), from features (n, k)."""
    nodes = _Nodes()
    tree = 0
    for trees in many:
        for stage in trees._predictors:
            nodes.append(stage[0].nodes, tree, 1 / len(many))
            tree += 1
    base = float(np.mean([float(np.ravel(trees._baseline_prediction)[0]) for trees in many]))
    return graph.add(
        f"{ML}.TreeEnsembleRegressor",
        name,
        features,
        n_targets=1,
        aggregate_function="SUM",
        post_transform="NONE",
        base_values=[base],
        **nodes.attributes(),
    )


def _few_threads() -> Any:
    """One: for little data several wait for each other longer than they work."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    return threadpool_limits(limits=1)


def _options(growth: Growth, seed: int) -> dict[str, Any]:
    return {
        "max_iter": growth.rounds,
        "learning_rate": growth.rate,
        "max_leaf_nodes": growth.leaves,
        "min_samples_leaf": growth.least,
        "l2_regularization": growth.penalty,
        "max_features": growth.share,
        "early_stopping": False,
        "random_state": seed,
    }


class _Nodes:
    """The attributes of a TreeEnsembleRegressor while trees are added."""

    def __init__(self) -> None:
        self._split: dict[str, list[Any]] = {
            name: []
            for name in (
                *("treeids", "nodeids", "featureids", "values", "modes"),
                *("truenodeids", "falsenodeids", "missing_value_tracks_true", "hitrates"),
            )
        }
        self._leaf: dict[str, list[Any]] = {
            name: [] for name in ("treeids", "nodeids", "ids", "weights")
        }

    def append(self, nodes: Any, tree: int, share: float) -> None:
        """The nodes of one tree, as scikit-learn keeps them."""
        for number, node in enumerate(nodes):
            leaf = bool(node["is_leaf"])
            row = {
                "treeids": tree,
                "nodeids": number,
                "featureids": 0 if leaf else int(node["feature_idx"]),
                "values": 0.0 if leaf else _below(float(node["num_threshold"])),
                "modes": "LEAF" if leaf else "BRANCH_LEQ",
                "truenodeids": 0 if leaf else int(node["left"]),
                "falsenodeids": 0 if leaf else int(node["right"]),
                "missing_value_tracks_true": 0,
                "hitrates": 1.0,
            }
            for key, value in row.items():
                self._split[key].append(value)
            if leaf:
                weight = float(node["value"]) * share
                for key, value in zip(self._leaf, (tree, number, 0, weight), strict=True):
                    self._leaf[key].append(value)

    def attributes(self) -> dict[str, list[Any]]:
        """As the operator wants them."""
        found = {f"nodes_{name}": values for name, values in self._split.items()}
        return found | {f"target_{name}": values for name, values in self._leaf.items()}


def _below(threshold: float) -> float:
    """The greatest float32 that is no greater: the same rows go left as before."""
    near = np.float32(threshold)
    if float(near) > threshold:
        near = np.nextafter(near, np.float32(-np.inf))
    return float(near)
