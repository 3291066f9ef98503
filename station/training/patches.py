"""The frozen backbone as features of small places, after the light has been evened out.

Exposures of one part differ by more than its defects do. So the graph takes the wide trend of the
light away and divides by the contrast that is left around each place, before the backbone looks.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import helper

from station.training.backbone import TAPS, Graph, Input, feature_graph

EARLY = "block2"  # stride 4, for what is thin
EARLY_DEPTH = 24
DEEP = "block14"  # stride 32, for what is wide or long
DEEP_DEPTH = 192
FINE = 8  # stride of the cells
CELLS = "cells"  # (n, CELL, h/8, w/8)
CELL = 2 * EARLY_DEPTH + 2 * TAPS["l8"] + TAPS["l16"] + DEEP_DEPTH


@dataclass(frozen=True, slots=True)
class Plates:
    """What a bank remembers: (n, depth, h/stride, w/stride) under its name in the graph."""

    name: str
    depth: int
    stride: int


PLATES = (Plates("plates.fine", TAPS["l8"], 16), Plates("plates.deep", DEEP_DEPTH, 32))

BOX = 16  # pixels that make one point of the trend
REACH = 2.0  # points: standard deviation of the Gaussian that smooths the trend
CONTRAST = 45.0  # grey levels that the evened picture varies by
FLOOR = 4.0  # grey levels squared, added to the variance: a flat part stays flat
DARKEST, BRIGHTEST = -127.0, 128.0  # around the middle grey, as the backbone knows pixels


def patch_graph(form: Input) -> Graph:
    """Image to CELLS, which see edges, texture and shape, and to the plates of each bank."""
    graph = feature_graph(form)
    _even_light(graph)
    _cells(graph)
    fine, deep = PLATES
    window = {"kernel_shape": [2, 2], "strides": [2, 2]}
    graph.add("AveragePool", fine.name, "l8.around", **window)
    _add_box(graph, deep.name, DEEP)
    return graph


def refined(graph: Graph, name: str, source: str, stride: int) -> str:
    """Brought from that stride to FINE."""
    graph.constant(f"{name}.scale", [1.0, 1.0, stride / FINE, stride / FINE])
    return _resized(graph, name, source, f"{name}.scale")


def _even_light(graph: Graph) -> None:
    """Between the pixels and the first convolution; colours keep their distance from grey."""
    even = Graph(weights=graph.weights)
    margin = len(_gaussian()) // 2
    even.constant("light.gaussian", _gaussian()[None, None])
    even.constant("light.margin", [0, 0, margin, margin] * 2)
    even.constant("light.scale", [1.0, 1.0, float(BOX), float(BOX)])
    even.add("ReduceMean", "light", "planes", axes=[1], keepdims=1)
    _trend(even, "light.trend", "light")
    even.add("Sub", "light.apart", "light", "light.trend")
    even.add("Mul", "light.squares", "light.apart", "light.apart")
    _trend(even, "light.variance", "light.squares")
    even.constant("light.floor", FLOOR)
    even.add("Add", "light.lifted", "light.variance", "light.floor")
    even.add("Sqrt", "light.spread", "light.lifted")
    even.add("Sub", "even.apart", "planes", "light.trend")
    even.add("Div", "even.unit", "even.apart", "light.spread")
    even.constant("even.contrast", CONTRAST)
    even.constant("even.low", DARKEST)
    even.constant("even.high", BRIGHTEST)
    even.add("Mul", "even.scaled", "even.unit", "even.contrast")
    even.add("Clip", "even", "even.scaled", "even.low", "even.high")
    after = 1 + next(i for i, node in enumerate(graph.nodes) if node.name == "planes")
    next(node for node in graph.nodes if node.name == "stem").input[0] = "even"
    graph.nodes[after:after] = even.nodes


def _trend(graph: Graph, name: str, source: str) -> None:
    """The mean of a wide neighbourhood, as a Gaussian over points of BOX pixels each."""
    graph.add("AveragePool", f"{name}.points", source, kernel_shape=[BOX, BOX], strides=[BOX, BOX])
    graph.add("Pad", f"{name}.padded", f"{name}.points", "light.margin", mode="edge")
    graph.add("Conv", f"{name}.wide", f"{name}.padded", "light.gaussian")
    _resized(graph, name, f"{name}.wide", "light.scale")


def _gaussian() -> npt.NDArray[np.float32]:
    reach = int(3 * REACH)
    line = np.exp(-0.5 * (np.arange(-reach, reach + 1) / REACH) ** 2)
    plane = np.outer(line, line)
    return np.asarray(plane / plane.sum(), np.float32)


def _cells(graph: Graph) -> None:
    """The early tap's mean and highest, l8, l8 around the cell; l16 and deep in its grid."""
    window = {"kernel_shape": [2, 2], "strides": [2, 2]}
    graph.add("AveragePool", "early.mean", EARLY, **window)
    graph.add("MaxPool", "early.highest", EARLY, **window)
    _add_box(graph, "l8.around", "l8")
    refined(graph, "l16.fine", "l16", 16)
    refined(graph, "deep.fine", DEEP, 32)
    parts = ("early.mean", "early.highest", "l8", "l8.around", "l16.fine", "deep.fine")
    graph.add("Concat", CELLS, *parts, axis=1)


def _add_box(graph: Graph, name: str, source: str) -> None:
    """The mean of the 3 × 3 around each place, of fewer at the rim."""
    graph.nodes.append(
        helper.make_node(
            "AveragePool",
            [source],
            [name],
            name=name,
            kernel_shape=[3, 3],
            pads=[1, 1, 1, 1],
            count_include_pad=0,
        )
    )


def _resized(graph: Graph, name: str, source: str, scale: str) -> str:
    return graph.add(
        "Resize",
        name,
        source,
        "",
        scale,
        mode="linear",
        coordinate_transformation_mode="half_pixel",
    )
