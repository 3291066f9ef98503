"""The chance that a part turns out bad, from the process values that it was made with.

Three kinds, the simplest first: a logistic curve of each value; one that may bend; boosted trees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from station.insight.advice_values import Flags, Numbers
from station.insight.boosting import Growth, add_trees, grow_flags, raw
from station.insight.graphs import Graph, serialised

BENDS = (0.25, 0.5, 0.75)  # shares of the rows below which a curve may bend
BENT = 0.5  # how large a bend counts beside the slope: a penalty on what bends


class Kind(StrEnum):
    """What may be learnt."""

    STRAIGHT = "straight"
    BENT = "bent"
    TREES = "trees"


@dataclass(frozen=True, slots=True)
class Curve:
    """logit = (z, bends of z) · weights + base, with z = (value - mean) / scale."""

    mean: Numbers
    scale: Numbers
    bends: Numbers  # (bends, values), of z; none of a straight one
    weights: Numbers
    base: float


@dataclass(frozen=True, slots=True)
class Model:
    """learnt: a Curve, or trees of scikit-learn."""

    kind: Kind
    learnt: Any


def learn(kind: Kind, values: Numbers, bad: Flags) -> Model:
    """Of rows of both kinds. Rows must be the same in each column: no gaps."""
    if kind is Kind.TREES:
        growth = Growth(rounds=60, rate=0.05, leaves=4, least=max(20, len(bad) // 50))
        return Model(kind, grow_flags(values.astype(np.float32), bad, growth, 0))
    return Model(kind, _curve(values, bad, BENDS if kind is Kind.BENT else ()))


def logits(model: Model, values: Numbers) -> Numbers:
    """The logarithm of the odds that each part is bad."""
    if model.kind is Kind.TREES:
        return raw(model.learnt, values.astype(np.float32))
    curve: Curve = model.learnt
    seen = _seen((values - curve.mean) / curve.scale, curve.bends)
    return np.asarray(seen @ curve.weights + curve.base, np.float64)


def chances(model: Model, values: Numbers) -> Numbers:
    """The same as probabilities."""
    return np.asarray(1 / (1 + np.exp(-logits(model, values))), np.float64)


def to_onnx(model: Model, names: Sequence[str], card: dict[str, str]) -> bytes:
    """The same as a file: float32 (n, values) → chance (n, 1)."""
    graph = Graph()
    if model.kind is Kind.TREES:
        add_trees(graph, "logit", "values", [model.learnt])
    else:
        _add_curve(graph, model.learnt)
    graph.add("Sigmoid", "chance", "logit")
    given = ("values", ("n", len(names)))
    return serialised(graph, given, {"chance": ("n", 1)}, card)


def _curve(values: Numbers, bad: Flags, bends: Sequence[float]) -> Curve:
    from sklearn.linear_model import LogisticRegression

    mean, scale = values.mean(axis=0), values.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    z = (values - mean) / scale
    knots = np.quantile(z, bends, axis=0) if bends else np.zeros((0, values.shape[1]))
    fitted = LogisticRegression(solver="newton-cholesky", C=1.0).fit(_seen(z, knots), bad)
    return Curve(mean, scale, knots, fitted.coef_[0], float(fitted.intercept_[0]))


def _seen(z: Numbers, knots: Numbers) -> Numbers:
    return np.hstack([z, *(BENT * np.maximum(z - knot, 0) for knot in knots)])


def _add_curve(graph: Graph, curve: Curve) -> None:
    graph.add("Sub", "centred", "values", graph.constant("mean", curve.mean[None]))
    graph.add("Div", "z", "centred", graph.constant("scale", curve.scale[None]))
    parts = ["z"]
    for place, knot in enumerate(curve.bends):
        name = f"bend{place}"
        graph.add("Sub", f"{name}_from", "z", graph.constant(f"{name}_knot", knot[None]))
        graph.add("Relu", name, f"{name}_from")
        parts.append(name)
    weights = curve.weights.copy()
    weights[len(curve.mean) :] *= BENT
    graph.add("Concat", "seen", *parts, axis=1)
    graph.add("MatMul", "sum", "seen", graph.constant("weights", weights[:, None]))
    graph.add("Add", "logit", "sum", graph.constant("base", np.array([[curve.base]])))
