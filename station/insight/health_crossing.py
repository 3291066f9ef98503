"""Columns crossed with each other: power is torque × speed, and a tree cannot multiply.

Which crossings help is not guessed but tried. They are calculated in the graph, and what the trees
learn from is what the graph calculated.
"""

from itertools import combinations

import numpy as np
import numpy.typing as npt

from station.inference.provider import CPU, new_session
from station.insight.graphs import Graph, serialised
from station.insight.health_card import INPUT
from station.insight.health_graph import FEATURES
from station.insight.model_file import THREADS

PLAIN, PRODUCTS, DIFFERENCES, RATIOS = "plain", "products", "differences", "ratios"
WAYS: tuple[tuple[str, ...], ...] = (
    (PLAIN,),
    (PLAIN, PRODUCTS),
    (PLAIN, PRODUCTS, DIFFERENCES),
    (PLAIN, PRODUCTS, DIFFERENCES, RATIOS),
)
MOST = 12  # columns: with more of them, pairs would be too many
TINY = 1e-6  # what a ratio divides by where it would divide by less

Features = npt.NDArray[np.float32]
OPS = {PRODUCTS: "Mul", DIFFERENCES: "Sub", RATIOS: "Div"}


def ways_for(crossable: int) -> tuple[tuple[str, ...], ...]:
    """The ways worth trying with so many columns of numbers."""
    return WAYS if 2 <= crossable <= MOST else WAYS[:1]


def add_crossed(graph: Graph, way: tuple[str, ...], crossable: tuple[int, ...]) -> str:
    """Of (n, columns): the columns, and pairs of those that are crossable."""
    pairs = list(combinations(crossable, 2))
    parts = [INPUT]
    if len(way) > 1:
        for side in (0, 1):
            graph.constant(f"pairs.{side}", np.array([pair[side] for pair in pairs]))
            graph.add("Gather", f"side.{side}", INPUT, f"pairs.{side}", axis=1)
        _guard(graph)
    for name in way[1:]:
        other = "side.safe" if name == RATIOS else "side.1"
        parts.append(graph.add(OPS[name], f"crossed.{name}", "side.0", other))
    return graph.add("Concat", FEATURES, *parts, axis=1)


def crossed(rows: Features, way: tuple[str, ...], crossable: tuple[int, ...]) -> Features:
    """The features of rows (n, columns)."""
    graph = Graph()
    add_crossed(graph, way, crossable)
    return calculated(graph, rows)


def calculated(graph: Graph, readings: Features) -> Features:
    """What a graph that ends in the features makes of its input."""
    shape = ("n", *readings.shape[1:])
    model = serialised(graph, (INPUT, shape), {FEATURES: ("n", "features")}, {})
    session = new_session(model, CPU, THREADS)
    found: Features = session.run([FEATURES], {INPUT: np.ascontiguousarray(readings)})[0]
    return found


def _guard(graph: Graph) -> None:
    """What is divided by never is nought."""
    graph.constant("side.tiny", TINY)
    graph.add("Abs", "side.size", "side.1")
    graph.add("Less", "side.small", "side.size", "side.tiny")
    graph.add("Where", "side.safe", "side.small", "side.tiny", "side.1")
