"""From a foreign model's answer to `scores` and `map`."""

import numpy as np

from station.inference.model import MAP, SCORES
from station.training.foreign.geometry import CELL, Plan, spread
from station.training.foreign.growth import Growth
from station.training.foreign.recognised import Anomaly, Scores

TINY = 1e-9


def add_scores(graph: Growth, reading: Scores, way: Plan, name: str) -> None:
    """One probability per class; a single number is that of the second. The map stays dark."""
    x = graph.reshape("answer.row", graph.floats("answer.float", name), [1, -1])
    match reading.activation:
        case "softmax":
            x = graph.add("Softmax", "answer.soft", x, axis=1)
        case "exp":
            x = graph.add("Exp", "answer.exp", x)
        case "sigmoid":
            x = graph.add("Sigmoid", "answer.sigmoid", x)
    graph.add("Identity", SCORES, x)
    dark(graph, way)


def add_single(graph: Growth, reading: Scores, way: Plan, name: str) -> None:
    """One number for two classes."""
    x = graph.reshape("answer.row", graph.floats("answer.float", name), [1, 1])
    if reading.activation == "sigmoid":
        x = graph.add("Sigmoid", "answer.sigmoid", x)
    add_pair(graph, x)
    dark(graph, way)


def add_pair(graph: Growth, x: str) -> None:
    """`scores` of (1 − x, x)."""
    rest = graph.add("Sub", "answer.rest", graph.constant("answer.one", np.float32(1)), x)
    graph.add("Concat", SCORES, rest, x, axis=1)


def dark(graph: Growth, way: Plan) -> None:
    """A map that shows nothing: this model does not tell where it looks."""
    graph.add("Identity", MAP, graph.constant("map.dark", np.zeros((1, *way.grid), np.float32)))


def add_anomaly(graph: Growth, reading: Anomaly, way: Plan, prefix: str, map_rank: int) -> None:
    """The score, or the highest place of the map; both shifted so that the threshold is 0.5."""
    zero, one = graph.constant("zero", np.float32(0)), graph.constant("one", np.float32(1))
    drawn = graph.floats("map.float", prefix + reading.map) if reading.map else ""
    told = graph.floats("answer.float", prefix + reading.score) if reading.score else drawn
    x = graph.reshape("answer.row", told, [1, -1])
    x = graph.reduce("ReduceMax", "answer.most", x, 1, keep=True)
    x = _normal(graph, "answer", x, reading.threshold, reading.spread)
    add_pair(graph, graph.add("Clip", "answer.clipped", x, zero, one))
    if not drawn:
        return dark(graph, way)
    if map_rank == 3:
        drawn = graph.add("Unsqueeze", "map.plane", drawn, graph.constant("map.axis", [1]))
    elif map_rank == 2:
        drawn = graph.add("Unsqueeze", "map.plane", drawn, graph.constant("map.axis", [0, 1]))
    x = _normal(graph, "map", drawn, reading.map_threshold, reading.map_spread)
    x = graph.add("Clip", "map.clipped", x, zero, one)
    x = _coarse(graph, x, way)
    x = onto_part(graph, "map.part", x, way, (way.net[0] // CELL, way.net[1] // CELL))
    graph.reshape(MAP, x, [1, *way.grid])
    return None


def _normal(graph: Growth, name: str, x: str, threshold: float, spread_: float) -> str:
    if (threshold, spread_) == (0.5, 1.0):
        return x
    x = graph.add("Sub", f"{name}.over", x, graph.constant(f"{name}.limit", np.float32(threshold)))
    x = graph.add("Div", f"{name}.share", x, graph.constant(f"{name}.spread", np.float32(spread_)))
    return graph.add("Add", f"{name}.normal", x, graph.constant(f"{name}.half", np.float32(0.5)))


def _coarse(graph: Growth, x: str, way: Plan) -> str:
    """A map of any size, as the brightest of each cell."""
    x = graph.add(
        "Resize",
        "map.net",
        x,
        "",
        "",
        graph.constant("map.sizes", [1, 1, *way.net]),
        mode="linear",
        coordinate_transformation_mode="half_pixel",
    )
    return graph.add("MaxPool", "map.coarse", x, kernel_shape=[CELL, CELL], strides=[CELL, CELL])


def onto_part(graph: Growth, name: str, x: str, way: Plan, size: tuple[int, int]) -> str:
    """The last two axes of x, over the model's input, as the map's cells, over the part."""
    rows, columns = (spread(way, axis, size[axis]) for axis in (0, 1))
    inside = np.outer([row >= 0 for row in rows], [column >= 0 for column in columns])
    x = graph.add("Gather", f"{name}.rows", x, _index(graph, f"{name}.y", rows), axis=-2)
    x = graph.add("Gather", f"{name}.cells", x, _index(graph, f"{name}.x", columns), axis=-1)
    return graph.add("Mul", name, x, graph.constant(f"{name}.inside", inside.astype(np.float32)))


def _index(graph: Growth, name: str, places: list[int]) -> str:
    return graph.constant(name, [max(0, place) for place in places])
