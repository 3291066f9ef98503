"""The graphs of machine health: standard scores, trees or recurrent networks, an interval.

All scaling is inside, so that learning, evaluation and prediction cannot disagree.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from station.insight import scaling
from station.insight.boosting import add_trees
from station.insight.graphs import Graph
from station.insight.health_band import Band
from station.insight.health_card import BASELINE, FORETOLD, HIGH, INPUT, LOW, PROBABILITY
from station.insight.scaling import Scale as Scale

RECENT = 5  # rows whose mean is the present
FEATURES = "features"

Readings = npt.NDArray[np.float32]
Weights = dict[str, npt.NDArray[np.float32]]


def add_scaled(graph: Graph, name: str, scale: Scale) -> str:
    """Standard scores of the input."""
    return scaling.add_scaled(graph, name, scale, INPUT)


def filters(window: int) -> Readings:
    """Rows of weights over a window: the present, whole, begin and middle means, and the slope."""
    recent, third = min(RECENT, window), max(1, window // 3)
    rows = np.zeros((5, window))
    rows[0, -recent:] = 1 / recent
    rows[1, :] = 1 / window
    rows[2, :third] = 1 / third
    rows[3, -third:] = 1 / third
    place = np.arange(window) - (window - 1) / 2
    rows[4] = place / max(float((place**2).sum()), 1.0) * window
    return rows.astype(np.float32)


def add_window_features(graph: Graph, scaled: str, window: int) -> str:
    """Of (n, window, columns): (n, features), which trees can split."""
    graph.constant("window.filters", filters(window))
    graph.constant("window.flat", np.array([0, -1]))
    graph.add("MatMul", "window.filtered", "window.filters", scaled)
    graph.add("ReduceMean", "window.mean", scaled, axes=[1], keepdims=1)
    graph.add("Sub", "window.apart", scaled, "window.mean")
    graph.add("Mul", "window.squares", "window.apart", "window.apart")
    graph.add("ReduceMean", "window.variance", "window.squares", axes=[1], keepdims=1)
    graph.add("Sqrt", "window.spread", "window.variance")
    graph.add("Concat", "window.all", "window.filtered", "window.spread", axis=1)
    return graph.add("Reshape", FEATURES, "window.all", "window.flat")


def add_trees_life(graph: Graph, name: str, features: str, many: list[Any], cap: float) -> str:
    """The mean of several ensembles of trees, within 0 and the cap: (n,)."""
    add_trees(graph, f"{name}.sum", features, many)
    return _within(graph, name, _flat(graph, f"{name}.flat", f"{name}.sum"), cap)


def smoothing(window: int, count: int) -> Readings:
    """What averages each row of a window with the rows before it, `count` of them with itself."""
    place = np.arange(window)
    apart = place[:, None] - place[None, :]
    rows = ((apart >= 0) & (apart < count)).astype(np.float64)
    return np.asarray(rows / rows.sum(axis=1, keepdims=True), np.float32)


def add_networks(
    graph: Graph,
    name: str,
    nets: Sequence[tuple[Scale, Weights]],
    average: Readings,
    cap: float,
) -> str:
    """The mean of several recurrent networks of shares of the cap: (n,). average: `smoothing`."""
    graph.constant(f"{name}.average", average)
    answers = []
    for number, (scale, weights) in enumerate(nets):
        inner = f"{name}.{number}"
        scaled = add_scaled(graph, f"{inner}.scaled", scale)
        smooth = graph.add("MatMul", f"{inner}.smooth", f"{name}.average", scaled)
        answers.append(_add_network(graph, inner, smooth, weights))
    total = graph.add("Mean", f"{name}.share", *answers)
    graph.constant(f"{name}.cap", float(cap))
    graph.add("Mul", f"{name}.whole", total, f"{name}.cap")
    return _within(graph, name, _flat(graph, f"{name}.flat", f"{name}.whole"), cap)


def add_band(graph: Graph, foretold: str, band: Band, cap: float) -> None:
    """Outputs `low` and `high`, within 0 and the cap."""
    for name, sides, op in ((LOW, band.low, "Sub"), (HIGH, band.high, "Add")):
        reach = _add_broken_line(graph, f"{name}.reach", foretold, band.knots, sides)
        graph.add(op, f"{name}.open", foretold, reach)
        _within(graph, name, f"{name}.open", cap)


def add_probability(graph: Graph, features: str, many: list[Any]) -> str:
    """The output of a failure's probability: (n,)."""
    add_trees(graph, "trees.sum", features, many)
    graph.add("Sigmoid", "trees.share", "trees.sum")
    return _flat(graph, PROBABILITY, "trees.share")


def life_outputs(recurrent: bool) -> dict[str, tuple[str | int, ...]]:
    """Names and shapes of a life's outputs."""
    names = (FORETOLD, LOW, HIGH, BASELINE) if recurrent else (FORETOLD, LOW, HIGH)
    return dict.fromkeys(names, ("n",))


def _add_network(graph: Graph, name: str, scaled: str, weights: Weights) -> str:
    """One network of gated units: (n, 1). The weights as torch names and orders them."""
    layer, past = 0, graph.add("Transpose", f"{name}.time_first", scaled, perm=[1, 0, 2])
    graph.constant(f"{name}.one", np.array([1]))
    last = past
    while f"weight_ih_l{layer}" in weights:
        inner = f"{name}.l{layer}"
        hidden = weights[f"weight_hh_l{layer}"].shape[1]
        graph.constant(f"{inner}.w", _gates(weights[f"weight_ih_l{layer}"], hidden)[None])
        graph.constant(f"{inner}.r", _gates(weights[f"weight_hh_l{layer}"], hidden)[None])
        biases = [_gates(weights[f"bias_{kind}_l{layer}"], hidden) for kind in ("ih", "hh")]
        graph.constant(f"{inner}.b", np.concatenate(biases)[None])
        every = graph.add(
            "GRU",
            f"{inner}.every",
            past,
            *(f"{inner}.{kind}" for kind in "wrb"),
            hidden_size=hidden,
            linear_before_reset=1,
        )
        past = graph.add("Squeeze", f"{inner}.past", every, f"{name}.one")
        layer += 1
    graph.constant(f"{name}.end", np.array(-1))
    last = graph.add("Gather", f"{name}.last", past, f"{name}.end", axis=0)
    graph.constant(f"{name}.out.w", weights["out.weight"])
    graph.constant(f"{name}.out.b", weights["out.bias"])
    return graph.add("Gemm", name, last, f"{name}.out.w", f"{name}.out.b", transB=1)


def _gates(torch_order: Readings, hidden: int) -> Readings:
    """Reset, update, new as torch has them; update, reset, new as ONNX wants them."""
    reset, update, new = (torch_order[k * hidden : (k + 1) * hidden] for k in range(3))
    return np.concatenate([update, reset, new])


def _add_broken_line(
    graph: Graph, name: str, at: str, knots: Sequence[float], values: Sequence[float]
) -> str:
    """Straight between knots, as np.interp: the slope changes at each knot by what Relu adds."""
    slopes = np.diff(values) / np.diff(knots)
    graph.constant(f"{name}.knots", np.array(knots[:-1], np.float64)[None])
    graph.constant(f"{name}.bends", np.diff(slopes, prepend=0.0)[:, None])
    graph.constant(f"{name}.begin", float(values[0]))
    graph.constant(f"{name}.last", np.array([1]))
    graph.add("Unsqueeze", f"{name}.at", at, f"{name}.last")
    graph.add("Sub", f"{name}.past", f"{name}.at", f"{name}.knots")
    graph.add("Relu", f"{name}.beyond", f"{name}.past")
    graph.add("MatMul", f"{name}.bent", f"{name}.beyond", f"{name}.bends")
    flat = _flat(graph, f"{name}.flat", f"{name}.bent")
    return graph.add("Add", name, flat, f"{name}.begin")


def _flat(graph: Graph, name: str, column: str) -> str:
    """(n, 1) becomes (n,)."""
    graph.constant(f"{name}.axis", np.array([1]))
    return graph.add("Squeeze", name, column, f"{name}.axis")


def _within(graph: Graph, name: str, value: str, cap: float) -> str:
    graph.constant(f"{name}.least", 0.0)
    graph.constant(f"{name}.most", float(cap))
    return graph.add("Clip", name, value, f"{name}.least", f"{name}.most")
