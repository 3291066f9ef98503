"""The classical classifiers, learnt with scikit-learn and written as graph operators.

A support vector machine asks each class against all others; a forest votes. Both give logits,
which a temperature makes into probabilities.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from onnx import helper
from sklearn.ensemble import RandomForestClassifier
from sklearn.svm import SVC

from station.training.backbone import Graph

ML = "ai.onnx.ml"  # the standard's own domain of trees
STRENGTH = 10.0  # C: how much a wrong image costs against a wide margin
MOST_ROWS = 4000  # images that a support vector machine learns from; of more, a fair draw
TREES = 100
TREE_FIELDS = 500_000  # that the votes of all trees may take of a model file's million
_PLACES = ("treeids", "nodeids")
LEAST_VOTE = 1e-3  # nobody is ever quite sure

Wide = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.floating]
Index = npt.NDArray[np.intp]


class Head(Protocol):
    """A classifier that can be asked here and written into a graph."""

    def logits(self, x: Numbers) -> Wide:
        """(n, numbers) → (n, classes)."""

    def add_logits(self, graph: Graph, features: str) -> str:
        """The same in the graph."""

    def add_slopes(self, graph: Graph, classes: str) -> str | None:
        """(count, numbers): how each number moves the logits of the classes, for one image.

        After `add_logits`. classes: the name of their numbers, int64. None where the head has no
        slopes.
        """


Fit = Callable[[Numbers, Index, bool, int], Head]  # x, labels, balance, seed


@dataclass(frozen=True, slots=True)
class Flat:
    """logits = weights · x + bias."""

    weights: Wide
    bias: Wide

    def logits(self, x: Numbers) -> Wide:
        """(n, numbers) → (n, classes)."""
        return np.asarray(x @ self.weights.T + self.bias, np.float64)

    def add_logits(self, graph: Graph, features: str) -> str:
        """One Gemm."""
        graph.constant("flat.weight", self.weights.T)
        graph.constant("flat.bias", self.bias)
        return graph.add("Gemm", "logits", features, "flat.weight", "flat.bias")

    def add_slopes(self, graph: Graph, classes: str) -> str | None:
        """The weights themselves."""
        graph.constant("flat.rows", self.weights)
        return graph.add("Gather", "slopes", "flat.rows", classes, axis=0)


@dataclass(frozen=True, slots=True)
class Round:
    """logits = weights · exp(−|z − row|²) + bias, with z = (x − centre) / scale."""

    rows: Wide
    weights: Wide
    bias: Wide
    centre: Wide
    scale: float

    def logits(self, x: Numbers) -> Wide:
        """(n, numbers) → (n, classes)."""
        z = (x - self.centre) / self.scale
        return np.asarray(np.exp(-_distances(z, self.rows)) @ self.weights.T + self.bias)

    def add_logits(self, graph: Graph, features: str) -> str:
        """Distances by one MatMul."""
        graph.constant("round.centre", self.centre)
        graph.constant("round.scale", np.float32(1 / self.scale))
        graph.constant("round.rows", -2 * self.rows.T)
        graph.constant("round.lengths", np.square(self.rows).sum(axis=1))
        graph.constant("round.weight", self.weights.T)
        graph.constant("round.bias", self.bias)
        centred = graph.add("Sub", "round.centred", features, "round.centre")
        z = graph.add("Mul", "round.z", centred, "round.scale")
        length = graph.add("ReduceSumSquare", "round.length", z, axes=[1], keepdims=1)
        cross = graph.add("MatMul", "round.cross", z, "round.rows")
        both = graph.add("Add", "round.both", cross, length)
        apart = graph.add("Add", "round.apart", both, "round.lengths")
        near = graph.add("Exp", "round.near", graph.add("Neg", "round.negative", apart))
        return graph.add("Gemm", "logits", near, "round.weight", "round.bias")

    def add_slopes(self, graph: Graph, classes: str) -> str | None:
        """2 / scale · Σ weight · exp(−distance) · (row − z)."""
        graph.constant("slope.weight", self.weights)
        graph.constant("slope.rows", 2 / self.scale * self.rows)
        graph.constant("slope.own", np.float32(2 / self.scale))
        weights = graph.add("Gather", "slope.weights", "slope.weight", classes, axis=0)
        pulls = graph.add("Mul", "slope.pulls", weights, "round.near")
        towards = graph.add("MatMul", "slope.towards", pulls, "slope.rows")
        sums = graph.add("Mul", "slope.scaled", pulls, "slope.own")
        graph.constant("slope.axis", [1])
        total = graph.add("ReduceSum", "slope.total", sums, "slope.axis", keepdims=1)
        away = graph.add("Mul", "slope.away", total, "round.z")
        return graph.add("Sub", "slopes", towards, away)


@dataclass(frozen=True, slots=True)
class Forest:
    """The mean vote of all trees, as logarithms; `trees` in the arrays of scikit-learn."""

    model: RandomForestClassifier

    def logits(self, x: Numbers) -> Wide:
        """(n, numbers) → (n, classes)."""
        votes = self.model.predict_proba(np.asarray(x, np.float32))
        return np.asarray(np.log(np.maximum(votes, LEAST_VOTE)))

    def add_logits(self, graph: Graph, features: str) -> str:
        """The standard's own operator for trees."""
        attributes = _tree_attributes(self.model)
        graph.nodes.append(
            helper.make_node(
                "TreeEnsembleClassifier",
                [features],
                ["forest.label", "forest.votes"],
                name="forest",
                domain=ML,
                **attributes,
            )
        )
        graph.constant("forest.least", np.float32(LEAST_VOTE))
        sure = graph.add("Max", "forest.sure", "forest.votes", "forest.least")
        return graph.add("Log", "logits", sure)

    def add_slopes(self, _graph: Graph, _classes: str) -> str | None:
        """A forest is made of steps: none."""
        return None


def fit_flat(x: Numbers, labels: Index, balance: bool, seed: int) -> Head:
    """A linear support vector machine for each class against the others."""
    rows, labels, centre, scale = _scaled(x, labels, seed)
    weights, bias = _machines(_product(rows, rows), labels, balance)
    flat = weights @ rows / scale
    return Flat(flat, bias - flat @ centre)


def fit_round(x: Numbers, labels: Index, balance: bool, seed: int) -> Head:
    """The same with a radial kernel; rows that support no machine are left out."""
    rows, labels, centre, scale = _scaled(x, labels, seed)
    weights, bias = _machines(np.exp(-_distances(rows, rows)), labels, balance)
    used = np.any(weights != 0, axis=0)
    return Round(rows[used], weights[:, used], bias, centre, scale)


def fit_forest(x: Numbers, labels: Index, balance: bool, seed: int) -> Head:
    """Many trees, each small enough for all of them to stay within a model file."""
    classes = int(labels.max()) + 1
    leaves = TREE_FIELDS // (TREES * (18 + 4 * min(classes, 4)))
    model = RandomForestClassifier(
        TREES,
        max_leaf_nodes=leaves,
        class_weight="balanced" if balance else None,
        random_state=seed,
    )
    return Forest(model.fit(np.asarray(x, np.float32), labels))


BLIND = "forest"  # has no slopes
CLASSIFIERS: dict[str, Fit] = {
    "linear SVM": fit_flat,
    "radial SVM": fit_round,
    BLIND: fit_forest,
}


def _scaled(x: Numbers, labels: Index, seed: int) -> tuple[Wide, Index, Wide, float]:
    """At most MOST_ROWS of the images, centred, and 1 long in the root mean square."""
    if len(x) > MOST_ROWS:
        chosen = np.sort(np.random.default_rng(seed).choice(len(x), MOST_ROWS, replace=False))
        first = [int(np.flatnonzero(labels == k)[0]) for k in range(int(labels.max()) + 1)]
        chosen = np.union1d(chosen, first)
        x, labels = x[chosen], labels[chosen]
    rows = np.asarray(x, np.float64)
    centre = rows.mean(axis=0)
    rows = rows - centre
    scale = float(np.sqrt(np.square(rows).sum(axis=1).mean())) or 1.0
    return rows / scale, labels, centre, scale


def _distances(one: Wide, other: Wide) -> Wide:
    lengths = np.square(one).sum(axis=1)[:, None] + np.square(other).sum(axis=1)
    return np.asarray(np.maximum(lengths - 2 * _product(one, other), 0))


def _product(one: Wide, other: Wide) -> Wide:
    """In single precision: as the graph will say it, and twice as fast."""
    return (one.astype(np.float32) @ other.astype(np.float32).T).astype(np.float64)


def _machines(kernel: Wide, labels: Index, balance: bool) -> tuple[Wide, Wide]:
    """For each class the weight of every row, and the offset."""
    classes = int(labels.max()) + 1
    weights, bias = np.zeros((classes, len(labels))), np.zeros(classes)
    for k in range(classes):
        machine = SVC(
            kernel="precomputed", C=STRENGTH, class_weight="balanced" if balance else None
        )
        machine.fit(kernel, labels == k)
        weights[k, machine.support_] = machine.dual_coef_[0]
        bias[k] = machine.intercept_[0]
    return weights, bias


def _tree_attributes(model: RandomForestClassifier) -> dict[str, object]:
    """All trees in the flat lists that the operator takes."""
    nodes: dict[str, list[object]] = {
        key: []
        for key in (*_PLACES, "featureids", "modes", "values", "truenodeids", "falsenodeids")
    }
    votes: dict[str, list[object]] = {key: [] for key in (*_PLACES, "ids", "weights")}
    for number, estimator in enumerate(model.estimators_):
        _add_tree(nodes, votes, number, estimator.tree_, len(model.estimators_))
    return {
        **{f"nodes_{key}": value for key, value in nodes.items()},
        **{f"class_{key}": value for key, value in votes.items()},
        "classlabels_int64s": list(range(len(model.classes_))),
        "post_transform": "NONE",
    }


def _add_tree(
    nodes: dict[str, list[object]],
    votes: dict[str, list[object]],
    number: int,
    tree: Any,
    trees: int,
) -> None:
    left, right = tree.children_left, tree.children_right
    inner = left >= 0
    count = len(left)
    nodes["treeids"] += [number] * count
    nodes["nodeids"] += range(count)
    nodes["featureids"] += np.where(inner, tree.feature, 0).tolist()
    nodes["modes"] += ["BRANCH_LEQ" if one else "LEAF" for one in inner]
    nodes["values"] += np.where(inner, _below(tree.threshold), 0).tolist()
    nodes["truenodeids"] += np.where(inner, left, 0).tolist()
    nodes["falsenodeids"] += np.where(inner, right, 0).tolist()
    shares = tree.value[:, 0] / tree.value[:, 0].sum(axis=1, keepdims=True)
    for leaf, k in np.argwhere(~inner[:, None] & (shares > 0)).tolist():
        votes["treeids"].append(number)
        votes["nodeids"].append(leaf)
        votes["ids"].append(k)
        votes["weights"].append(float(shares[leaf, k]) / trees)


def _below(thresholds: Wide) -> Wide:
    """The largest float32 not above each: the numbers compared with it are float32 too."""
    near = thresholds.astype(np.float32)
    lower = np.nextafter(near, np.float32(-np.inf))
    return np.where(near > thresholds, lower, near).astype(np.float64)
