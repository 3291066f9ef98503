"""From boxes to `scores` and `map`: the surest box of a bad class decides, all of them show."""

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import helper

from station.inference.model import MAP, SCORES
from station.training.foreign.answer import onto_part
from station.training.foreign.geometry import Plan, edges
from station.training.foreign.growth import Growth
from station.training.foreign.recognised import Boxes

SHOWN = 64  # boxes on the map


def add_boxes(
    graph: Growth,
    reading: Boxes,
    way: Plan,
    prefix: str,
    count: int,
    bad: Sequence[int],
    width: int,
    protos: tuple[int, int],
) -> None:
    """`scores`: nothing found, then each bad class. No suppression: it never removes the best.

    count: classes of the model; bad: those of them that make a part bad. width: numbers a box has
    where boxes, labels and scores come apart. protos: the sides of the masks' bases.
    """
    if reading.form == "apart":
        corners, sure = _apart(graph, reading, way, prefix, count, width)
        coefficients = ""
    else:
        table = _table(graph, reading, prefix)
        corners, sure, coefficients = _parts(graph, reading, table, count)
    sure = graph.add("Gather", "boxes.bad", sure, graph.constant("boxes.bad.rows", bad), axis=0)
    bounds = graph.constant("boxes.zero", np.float32(0)), graph.constant("boxes.one", np.float32(1))
    sure = graph.add("Clip", "boxes.sure", sure, *bounds)
    _add_scores(graph, sure, len(bad))
    _add_map(graph, reading, way, prefix, (corners, sure, coefficients), protos)


def _table(graph: Growth, reading: Boxes, prefix: str) -> str:
    """(numbers, n): a column for each box."""
    x = graph.floats("boxes.float", prefix + reading.output)
    x = graph.add("Squeeze", "boxes.rows", x, graph.constant("boxes.batch", [0]))
    if reading.form == "v8":
        return x
    return graph.add("Transpose", "boxes.table", x, perm=[1, 0])


def _parts(graph: Growth, reading: Boxes, table: str, count: int) -> tuple[str, str, str]:
    """Corners (4, n), confidence of each class (classes, n), coefficients of masks (masks, n)."""
    first = graph.rows("boxes.first", table, 0, 4)
    head = {"v8": 4, "v5": 5, "end2end": 6}[reading.form]
    after = head if reading.form == "end2end" else head + count
    masks = ""
    if reading.masks:
        masks = graph.rows("boxes.masks", table, after, after + reading.masks)
    if reading.form == "end2end":
        sure = graph.rows("boxes.confidence", table, 4, 5)
        return first, _each(graph, sure, graph.rows("boxes.class", table, 5, 6), count), masks
    sure = graph.rows("boxes.classes", table, head, head + count)
    if reading.form == "v5":
        sure = graph.add("Mul", "boxes.both", sure, graph.rows("boxes.object", table, 4, 5))
    return _corners(graph, first), sure, masks


def _corners(graph: Growth, middle: str) -> str:
    """From centre and size."""
    at, size = graph.rows("boxes.at", middle, 0, 2), graph.rows("boxes.size", middle, 2, 4)
    half = graph.add("Mul", "boxes.half", size, graph.constant("boxes.halves", np.float32(0.5)))
    low, high = graph.add("Sub", "boxes.low", at, half), graph.add("Add", "boxes.high", at, half)
    return graph.add("Concat", "boxes.corners", low, high, axis=0)


def _each(graph: Growth, sure: str, label: str, count: int) -> str:
    """The confidence (1, n) in the row of its class; 0 in all others."""
    numbers = graph.constant("boxes.numbers", np.arange(count, dtype=np.float32)[:, None])
    apart = graph.add("Abs", "boxes.distance", graph.add("Sub", "boxes.off", label, numbers))
    own = graph.add("Less", "boxes.own", apart, graph.constant("boxes.near", np.float32(0.5)))
    return graph.add("Mul", "boxes.each", sure, graph.floats("boxes.chosen", own))


def _apart(
    graph: Growth, reading: Boxes, way: Plan, prefix: str, count: int, width: int
) -> tuple[str, str]:
    """Three outputs of any number of boxes, also none: one box of nothing is put before them."""
    x = graph.floats("boxes.float", prefix + reading.output)
    x = graph.reshape("boxes.flat", x, [-1, width])
    x = graph.add("Transpose", "boxes.table", x, perm=[1, 0])
    label = graph.floats("boxes.label", prefix + reading.labels)
    label = graph.reshape("boxes.label.row", label, [1, -1])
    if reading.scores:
        sure = graph.floats("boxes.score", prefix + reading.scores)
        sure = graph.reshape("boxes.score.row", sure, [1, -1])
    else:
        sure = graph.rows("boxes.confidence", x, 4, 5)
    corners = graph.rows("boxes.corners", x, 0, 4)
    if reading.unit != 1:
        full = np.array([*reversed(way.net)] * 2, np.float32) if not reading.unit else reading.unit
        unit = graph.constant("boxes.unit", np.reshape(full, (-1, 1)))
        corners = graph.add("Mul", "boxes.pixels", corners, unit)
    sure = _each(graph, sure, label, count)
    none = graph.constant("boxes.none", np.zeros((count, 1), np.float32))
    nowhere = graph.constant("boxes.nowhere", np.zeros((4, 1), np.float32))
    sure = graph.add("Concat", "boxes.any", none, sure, axis=1)
    return graph.add("Concat", "boxes.all", nowhere, corners, axis=1), sure


def _add_scores(graph: Growth, sure: str, count: int) -> None:
    """The surest class takes its confidence, the rest is that nothing was found."""
    each = graph.reduce("ReduceMax", "answer.each", sure, 1)
    most = graph.reduce("ReduceMax", "answer.most", each, 0, keep=True)
    first = graph.add("ArgMax", "answer.first", each, axis=0, keepdims=1)
    numbers = graph.constant("answer.numbers", np.arange(count))
    mine = graph.floats("answer.mine", graph.add("Equal", "answer.same", numbers, first))
    found = graph.add("Mul", "answer.found", mine, most)
    rest = graph.add("Sub", "answer.rest", graph.constant("answer.one", np.float32(1)), most)
    row = graph.add("Concat", "answer.row", rest, found, axis=0)
    graph.reshape(SCORES, row, [1, count + 1])


def _add_map(
    graph: Growth,
    reading: Boxes,
    way: Plan,
    prefix: str,
    parts: tuple[str, str, str],
    protos: tuple[int, int],
) -> None:
    """The surest SHOWN boxes, or their masks, as bright as they are sure."""
    corners, sure, coefficients = parts
    best = graph.reduce("ReduceMax", "map.best", sure, 0)
    best = _filled(graph, "map.sure", best, (SHOWN,), 0)
    graph.nodes.append(_top(graph, best))
    at = "map.at"
    places = _filled(graph, "map.places", corners, (4, SHOWN), 1)
    x = graph.add("Gather", "map.corners", places, at, axis=1)
    inside = _inside(graph, x, way)
    if coefficients:
        own = _filled(graph, "map.own", coefficients, (reading.masks, SHOWN), 1)
        own = graph.add("Gather", "map.coefficients", own, at, axis=1)
        mask = _masks(graph, own, prefix + reading.protos, reading.masks, way, protos)
        inside = graph.add("Mul", "map.masked", inside, mask)
    bright = graph.reshape("map.bright", "map.top", [-1, 1, 1])
    x = graph.reduce("ReduceMax", "map.lit", graph.add("Mul", "map.each", inside, bright), 0)
    graph.reshape(MAP, x, [1, *way.grid])


def _filled(graph: Growth, name: str, x: str, shape: tuple[int, ...], axis: int) -> str:
    """With boxes of nothing behind, so that there are always enough."""
    more = graph.constant(f"{name}.none", np.zeros(shape, np.float32))
    return graph.add("Concat", name, x, more, axis=axis)


def _top(graph: Growth, sure: str) -> onnx.NodeProto:
    count = graph.constant("map.shown", [SHOWN])
    return helper.make_node("TopK", [sure, count], ["map.top", "map.at"], name="map.top", axis=0)


def _inside(graph: Growth, corners: str, way: Plan) -> str:
    """(SHOWN, rows, columns): 1 where a box meets a cell of the map."""
    meets = []
    for axis, (letter, shape) in enumerate((("y", (1, -1, 1)), ("x", (1, 1, -1)))):
        low = graph.rows(f"map.{letter}.low", corners, 1 - axis, 2 - axis)
        high = graph.rows(f"map.{letter}.high", corners, 3 - axis, 4 - axis)
        low = graph.reshape(f"map.{letter}.from", low, [-1, 1, 1])
        high = graph.reshape(f"map.{letter}.to", high, [-1, 1, 1])
        cells = np.array(edges(way, axis), np.float32)
        begin = graph.constant(f"map.{letter}.begin", cells[:-1].reshape(shape))
        end = graph.constant(f"map.{letter}.end", cells[1:].reshape(shape))
        starts = graph.add("Less", f"map.{letter}.starts", low, end)
        stops = graph.add("Greater", f"map.{letter}.stops", high, begin)
        meets.append(graph.add("And", f"map.{letter}.meets", starts, stops))
    return graph.floats("map.inside", graph.add("And", "map.meets", *meets))


def _masks(
    graph: Growth, own: str, bases: str, count: int, way: Plan, size: tuple[int, int]
) -> str:
    """(SHOWN, rows, columns): 1 where a box's mask is."""
    flat = graph.reshape("map.bases", graph.floats("map.protos", bases), [count, -1])
    rows = graph.add("Transpose", "map.coefficients.rows", own, perm=[1, 0])
    x = graph.add("MatMul", "map.logits", rows, flat)
    x = graph.reshape("map.planes", x, [SHOWN, *size])
    x = graph.add("Greater", "map.positive", x, graph.constant("map.nought", np.float32(0)))
    return onto_part(graph, "map.mask", graph.floats("map.whole", x), way, size)
