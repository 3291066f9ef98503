"""From the card's picture to what a foreign model is fed: size, colours, scale, layout."""

import numpy as np

from station.inference.model import INPUT
from station.training.foreign.geometry import Plan
from station.training.foreign.growth import Growth
from station.training.foreign.recognised import NCHW, ROW, Preparation

FLOAT = 1  # of TensorProto


def add_entry(graph: Growth, preparation: Preparation, way: Plan, kind: int) -> str:
    """The nodes from `image`, uint8 (1, h, w, c), to the model's own input; its name."""
    x = graph.floats("entry.float", INPUT)
    x = graph.add("Transpose", "entry.planes", x, perm=[0, 3, 1, 2])
    x = _sized(graph, x, preparation.channels, way)
    x = _placed(graph, x, way, float(preparation.pad))
    if preparation.colour == "bgr" and preparation.channels == 3:
        x = graph.add("Gather", "entry.bgr", x, graph.constant("entry.order", [2, 1, 0]), axis=1)
    x = _scaled(graph, x, preparation)
    if preparation.layout != NCHW:
        x = graph.add("Transpose", "entry.pixels", x, perm=[0, 2, 3, 1])
    if preparation.layout == ROW:
        x = graph.reshape("entry.row", x, [1, -1])
    if kind != FLOAT:
        x = graph.add("Cast", "entry.kind", x, to=kind)
    return x


def _sized(graph: Growth, x: str, channels: int, way: Plan) -> str:
    if way.pool > 1:
        sides = [way.pool, way.pool]
        return graph.add("AveragePool", "entry.pooled", x, kernel_shape=sides, strides=sides)
    if way.card == way.inner:
        return x
    return graph.add(
        "Resize",
        "entry.resized",
        x,
        "",
        "",
        graph.constant("entry.sizes", [1, channels, *way.inner]),
        mode="linear",
        coordinate_transformation_mode="half_pixel",
    )


def _placed(graph: Growth, x: str, way: Plan, fill: float) -> str:
    """Cut what lies outside the model's input, fill what is left of it."""
    before = way.top, way.left
    first = [max(0, -begin) for begin in before]
    last = [min(have, cut + net) for have, cut, net in zip(way.inner, first, way.net, strict=True)]
    if first != [0, 0] or last != list(way.inner):
        begin, end = graph.constant("entry.first", first), graph.constant("entry.last", last)
        x = graph.add("Slice", "entry.cut", x, begin, end, graph.constant("entry.axes", [2, 3]))
    ahead = [max(0, begin) for begin in before]
    sizes = zip(way.net, ahead, last, first, strict=True)
    behind = [net - gap - (end - start) for net, gap, end, start in sizes]
    if not any((*ahead, *behind)):
        return x
    pads = graph.constant("entry.pads", [0, 0, *ahead, 0, 0, *behind])
    return graph.add("Pad", "entry.padded", x, pads, graph.constant("entry.fill", fill))


def _scaled(graph: Growth, x: str, preparation: Preparation) -> str:
    """(pixel − mean) / std, for each colour in the order that the model takes them."""
    mean, std = np.asarray(preparation.mean), np.asarray(preparation.std)
    if mean.any():
        x = graph.add("Sub", "entry.centred", x, graph.constant("entry.mean", mean[:, None, None]))
    if (std != 1).any():
        x = graph.add("Div", "entry.scaled", x, graph.constant("entry.std", std[:, None, None]))
    return x
