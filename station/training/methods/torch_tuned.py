"""The frozen backbone with its last block learning again, and a new head.

What lies before the last block is asked once and cached; what learns has no normalisation left to
upset, for that is folded into its convolutions. The map is the head's view of each place.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from station.bundle import resource
from station.inference.model import INPUT
from station.training.backbone import FILE, LAST, TAPS, Graph, Input, feature_graph
from station.training.methods.torch_train import Net, import_torch, parameter

TAP = "block14"  # (n, 192, h / 32, w / 32)
LAYERS = {"block15.expand": True, "block15.depthwise": True, "block15": False, "head": True}
STRIDE = 32
DROP = 0.3
SIX = 6.0  # where these layers are cut off, if the name says True

Weights = dict[str, npt.NDArray[np.float32]]


def tap_model(form: Input) -> bytes:
    """Any number of images to TAP."""
    graph = _trunk(form)
    value = helper.make_tensor_value_info(TAP, TensorProto.FLOAT, ["n", None, None, None])
    shape = ["n", form.height, form.width, form.channels]
    image = helper.make_tensor_value_info(INPUT, TensorProto.UINT8, shape)
    body = helper.make_graph(graph.nodes, "tap", [image], [value], graph.weights)
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(body, opset_imports=opset, ir_version=8).SerializeToString(  # type: ignore[no-any-return]
        deterministic=True
    )


def new_tuned(classes: int) -> Net:
    """As the backbone came, with a head that knows nothing yet."""
    torch = import_torch()
    first: dict[str, npt.NDArray[np.floating]] = {
        **_shipped(),
        "classes.weight": np.zeros((classes, TAPS[LAST])),
        "classes.bias": np.zeros(classes),
    }
    return Net({name: parameter(torch, one) for name, one in first.items()}, _answer)


def features_of(net: Net) -> Net:
    """The same weights, answering with the pooled features."""
    return Net(net.weights, _pooled)


def add_tuned(graph: Graph, weights: Weights) -> str:
    """To `features` (1, 1280) and `logits` (1, classes); the graph's own last block is replaced."""
    for name in LAYERS:
        for part in ("weight", "bias"):
            _replace(graph, f"{name}.{part}", weights[f"{name}.{part}"])
    graph.constant("classes.weight", weights["classes.weight"])
    graph.constant("classes.bias", weights["classes.bias"])
    graph.add("ReduceMean", "features.tuned", LAST, axes=[2, 3], keepdims=0)
    return graph.add("Gemm", "logits", "features.tuned", "classes.weight", "classes.bias", transB=1)


def tuned_graph(form: Input) -> Graph:
    """The backbone as it came, up to LAST."""
    graph = feature_graph(form)
    ends = [node.output[0] for node in graph.nodes].index(LAST)
    return Graph(graph.nodes[: ends + 1], graph.weights)


def add_tuned_evidence(graph: Graph, form: Input, classes: str) -> str:
    """`evidence` (count, h, w): the head's weights laid over each place. For one image."""
    rows, columns = tuned_grid(form)
    graph.constant("evidence.flat", [TAPS[LAST], rows * columns])
    graph.constant("evidence.shape", [-1, rows, columns])
    places = graph.add("Reshape", "evidence.places", LAST, "evidence.flat")
    own = graph.add("Gather", "evidence.rows", "classes.weight", classes, axis=0)
    found = graph.add("MatMul", "evidence.found", own, places)
    return graph.add("Reshape", "evidence", found, "evidence.shape")


def tuned_grid(form: Input) -> tuple[int, int]:
    """Rows and columns of the evidence."""
    return (form.height // STRIDE, form.width // STRIDE)


def _trunk(form: Input) -> Graph:
    graph = feature_graph(form)
    ends = [node.output[0] for node in graph.nodes].index(TAP)
    return Graph(graph.nodes[: ends + 1], graph.weights)


def _shipped() -> Weights:
    proto = onnx.load_from_string(resource(FILE).read_bytes())
    wanted = {f"{name}.{part}" for name in LAYERS for part in ("weight", "bias")}
    return {
        one.name: numpy_helper.to_array(one)
        for one in proto.graph.initializer
        if one.name in wanted
    }


def _replace(graph: Graph, name: str, value: npt.NDArray[np.float32]) -> None:
    for weight in graph.weights:
        if weight.name == name:
            weight.CopyFrom(numpy_helper.from_array(value.astype(np.float32), name))


def _pooled(weights: dict[str, Any], x: Any, drops: bool) -> Any:
    """x: TAP."""
    torch = import_torch()
    act = torch.nn.functional
    for name, cut in LAYERS.items():
        weight = weights[f"{name}.weight"]
        groups = len(weight) if name.endswith("depthwise") else 1
        x = act.conv2d(
            x, weight, weights[f"{name}.bias"], padding=weight.shape[2] // 2, groups=groups
        )
        if cut:
            x = torch.clamp(x, 0.0, SIX)
    return act.dropout(x.mean((2, 3)), DROP, drops)


def _answer(weights: dict[str, Any], x: Any, drops: bool) -> Any:
    torch = import_torch()
    seen = _pooled(weights, x, drops)
    return torch.nn.functional.linear(seen, weights["classes.weight"], weights["classes.bias"])
