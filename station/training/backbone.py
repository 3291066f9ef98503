"""The frozen network behind every method, cut to one input form and pooled into features."""

import hashlib
import json
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from station.bundle import resource
from station.inference.model import INPUT

NAME = "efficientnet_lite0"
FILE = f"models/{NAME}.onnx"
PROVENANCE = "models/PROVENANCE.json"
L32, LAST = "block11.depthwise.relu6", "last"
# Output: channels, coarser from left to right; of the first two a place is 2 and 4 pixels wide.
TAPS = {"block0": 16, "block2": 24, "l8": 40, "l16": 112, L32: 672, LAST: 1280}
POOLS = {L32: ("mean", "std"), LAST: ("mean",)}  # of all other taps mean, std and max
FEATURES = "features"  # (n, DEPTH): the root of each number that is pooled
SLICES = tuple(
    (tap, pool, TAPS[tap]) for tap in TAPS for pool in POOLS.get(tap, ("mean", "std", "max"))
)
DEPTH = sum(depth for _, _, depth in SLICES)
STD_FLOOR = 1e-6  # added to a variance, so that the root of a flat plane stays well-behaved

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Input:
    """The pixels a graph takes."""

    height: int
    width: int
    channels: int


@dataclass(slots=True)
class Graph:
    """An ONNX graph while it grows; each node is named after its one output."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, op: str, name: str, *inputs: str, **attributes: object) -> str:
        """Append a node and give the name of its output."""
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        """Append a weight: integers become int64, all else float32."""
        array = np.asarray(value)
        kind = np.int64 if array.dtype.kind == "i" else np.float32
        self.weights.append(numpy_helper.from_array(array.astype(kind), name))
        return name


def parent() -> str:
    """What the shipped backbone is called on a card, with its hash."""
    digest = hashlib.sha256(resource(FILE).read_bytes()).hexdigest()
    return f"{NAME} sha256:{digest}"


def licence() -> str:
    """The backbone's licence as it stands beside it."""
    return str(json.loads(resource(PROVENANCE).read_text("utf-8"))["licence"])


def feature_graph(form: Input) -> Graph:
    """Input to features; one channel sums the stem's colours, exact for grey given as RGB."""
    proto = onnx.load_from_string(resource(FILE).read_bytes())
    graph = Graph(list(proto.graph.node), list(proto.graph.initializer))
    if form.channels == 1:
        _sum_colours(graph)
    _pool(graph)
    return graph


def feature_model(form: Input) -> bytes:
    """A model of any batch size whose one output is the features."""
    graph = feature_graph(form)
    output = helper.make_tensor_value_info(FEATURES, TensorProto.FLOAT, ["n", DEPTH])
    return serialised(graph, form, [output], batch="n")


def serialised(
    graph: Graph, form: Input, outputs: list[onnx.ValueInfoProto], batch: int | str = 1
) -> bytes:
    """The file's bytes, checked; equal graphs are equal bytes."""
    return assembled(graph, form, outputs, batch).SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def assembled(
    graph: Graph, form: Input, outputs: list[onnx.ValueInfoProto], batch: int | str = 1
) -> onnx.ModelProto:
    """The model, checked; of the parts of the graph only those that its outputs need."""
    shape = [batch, form.height, form.width, form.channels]
    image = helper.make_tensor_value_info(INPUT, TensorProto.UINT8, shape)
    body = helper.make_graph(graph.nodes, "station", [image], outputs, graph.weights)
    model = helper.make_model(
        body, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="station"
    )
    onnx.checker.check_model(model)
    return model


def _sum_colours(graph: Graph) -> None:
    for weight in graph.weights:
        if weight.name == "stem.weight":
            colours = numpy_helper.to_array(weight).astype(np.float64)
            grey = colours.sum(axis=1, keepdims=True).astype(np.float32)
            weight.CopyFrom(numpy_helper.from_array(grey, weight.name))


def _pool(graph: Graph) -> None:
    graph.constant("std_floor", STD_FLOOR)
    pooled = []
    for tap, pool, _ in SLICES:
        name = f"{tap}.{pool}"
        match pool:
            case "mean":
                graph.add("GlobalAveragePool", name, tap)
            case "max":
                graph.add("GlobalMaxPool", name, tap)
            case _:
                apart = graph.add("Sub", f"{tap}.apart", tap, f"{tap}.mean")
                squares = graph.add("Mul", f"{tap}.squares", apart, apart)
                variance = graph.add("GlobalAveragePool", f"{tap}.variance", squares)
                lifted = graph.add("Add", f"{tap}.lifted", variance, "std_floor")
                graph.add("Sqrt", name, lifted)
        pooled.append(name)
    graph.add("Concat", "pooled.planes", *pooled, axis=1)
    graph.add("Flatten", "pooled", "pooled.planes", axis=1)
    _root(graph)


def _root(graph: Graph) -> None:
    """The root of the size, with the sign kept: so few images tell more of large features."""
    graph.add("Abs", "pooled.size", "pooled")
    graph.add("Sqrt", "pooled.root", "pooled.size")
    graph.add("Sign", "pooled.sign", "pooled")
    graph.add("Mul", FEATURES, "pooled.root", "pooled.sign")
