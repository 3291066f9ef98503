"""What a process model looks at: columns of numbers, words as flags, and columns crossed.

All is calculated in the graph, and what is learnt from is what the graph calculated, so that
learning and foretelling cannot disagree.
"""

from itertools import combinations

import numpy as np

from station.inference.provider import CPU, new_session
from station.insight.graphs import Graph, serialised
from station.insight.process_card import INPUT
from station.insight.process_inputs import POWER, PRODUCTS, Inputs, Rows, Way

FEATURES = "features"
SINE = 1e-4  # the least square of a sine: a power factor is rounded to four digits


def add_features(graph: Graph, inputs: Inputs, way: Way) -> str:
    """Of (n, columns): (n, features); each way has names of its own in the graph."""
    name = f"{FEATURES}.{'.'.join(way)}"
    parts = [_gathered(graph, f"{name}.numbers", inputs.numeric)] if inputs.numeric else []
    for place, column in enumerate(inputs.names):
        if column in inputs.words:
            parts.append(_flags(graph, f"{name}.{place}", place, len(inputs.words[column])))
    if POWER in way:
        parts.append(_active(graph, f"{name}.{POWER}", inputs))
    if PRODUCTS in way:
        parts.append(_products(graph, f"{name}.{PRODUCTS}", inputs))
    return graph.add("Concat", name, *parts, axis=1)


def features(rows: Rows, inputs: Inputs, way: Way) -> Rows:
    """What the graph makes of rows (n, columns)."""
    graph = Graph()
    last = add_features(graph, inputs, way)
    graph.add("Identity", FEATURES, last)
    shape = ("n", len(inputs.names))
    model = serialised(graph, (INPUT, shape), {FEATURES: ("n", "features")}, {})
    session = new_session(model, CPU, 1)
    found: Rows = session.run([FEATURES], {INPUT: np.ascontiguousarray(rows)})[0]
    return found


def _gathered(graph: Graph, name: str, places: tuple[int, ...]) -> str:
    graph.constant(f"{name}.places", np.array(places))
    return graph.add("Gather", name, INPUT, f"{name}.places", axis=1)


def _flags(graph: Graph, name: str, place: int, count: int) -> str:
    """1 where the word is the one, else 0, a column for each word."""
    graph.constant(f"{name}.each", np.arange(count, dtype=np.float32)[None])
    given = _gathered(graph, f"{name}.given", (place,))
    graph.add("Equal", f"{name}.equal", given, f"{name}.each")
    return graph.add("Cast", f"{name}.flags", f"{name}.equal", to=1)


def _products(graph: Graph, name: str, inputs: Inputs) -> str:
    pairs = list(combinations(inputs.numeric, 2))
    sides = [
        _gathered(graph, f"{name}.{side}", tuple(pair[side] for pair in pairs)) for side in (0, 1)
    ]
    return graph.add("Mul", name, *sides)


def _active(graph: Graph, name: str, inputs: Inputs) -> str:
    """The active power that goes with a reactive one: P = Q·cos φ / √(1 - cos² φ).

    The power triangle of IEEE Std 1459-2010, 3.1.2: P = S·cos φ, Q = S·sin φ.
    """
    pairs = inputs.triangles
    legs = _gathered(graph, f"{name}.legs", tuple(leg for leg, _ in pairs))
    given = _gathered(graph, f"{name}.given", tuple(factor for _, factor in pairs))
    scale = np.array([inputs.full[inputs.names[factor]] for _, factor in pairs], np.float32)
    graph.constant(f"{name}.full", scale[None])
    graph.constant(f"{name}.one", 1.0)
    graph.constant(f"{name}.least", SINE)
    cosine = graph.add("Div", f"{name}.cosine", given, f"{name}.full")
    graph.add("Mul", f"{name}.square", cosine, cosine)
    graph.add("Sub", f"{name}.rest", f"{name}.one", f"{name}.square")
    graph.add("Max", f"{name}.safe", f"{name}.rest", f"{name}.least")
    graph.add("Sqrt", f"{name}.sine", f"{name}.safe")
    graph.add("Mul", f"{name}.up", legs, cosine)
    return graph.add("Div", name, f"{name}.up", f"{name}.sine")
