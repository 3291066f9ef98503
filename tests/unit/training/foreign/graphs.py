"""Small graphs with the exact names and notes of each family; what they say can be reckoned."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from station.training.foreign.source import Source

FLOAT = TensorProto.FLOAT
WEIGHTS = np.array([[2.0, 0.1, -1.0], [-1.0, 1.5, 0.3], [0.2, -2.0, 1.4]])  # classes × colours
BIAS = np.array([0.1, -0.2, 0.05])

Array = npt.NDArray[Any]


def model(
    nodes: Sequence[onnx.NodeProto],
    inputs: Mapping[str, Sequence[int | str]],
    outputs: Mapping[str, Sequence[int | str] | None],
    weights: Mapping[str, Array],
    notes: Mapping[str, str] | None = None,
    producer: str = "",
    opset: int = 17,
    domains: Sequence[tuple[str, int]] = (),
    kind: int = FLOAT,
) -> onnx.ModelProto:
    graph = helper.make_graph(
        list(nodes),
        "g",
        [helper.make_tensor_value_info(name, kind, list(s)) for name, s in inputs.items()],
        [helper.make_tensor_value_info(name, FLOAT, s) for name, s in outputs.items()],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()],
    )
    imports = [helper.make_opsetid("", opset), *(helper.make_opsetid(*one) for one in domains)]
    proto = helper.make_model(graph, opset_imports=imports, producer_name=producer, ir_version=8)
    if notes:
        helper.set_model_props(proto, dict(notes))
    return proto


def classifier(
    size: Sequence[int] = (64, 64),
    nhwc: bool = False,
    softmax: bool = False,
    names: tuple[str, str] = ("input", "output"),
    scale: float = 1.0,
    weights: Array = WEIGHTS,
    bias: Array = BIAS,
    **more: Any,
) -> onnx.ModelProto:
    """The mean colour times WEIGHTS; `scale` is a Mul that the graph begins with."""
    shape = [1, *size, 3] if nhwc else [1, 3, *size]
    last = "logits" if softmax else names[1]
    nodes = [
        helper.make_node("Mul", [names[0], "scale"], ["scaled"]),
        helper.make_node("Transpose", ["scaled"], ["x"], perm=[0, 3, 1, 2] if nhwc else None)
        if nhwc
        else helper.make_node("Identity", ["scaled"], ["x"]),
        helper.make_node("GlobalAveragePool", ["x"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["mean"]),
        helper.make_node("Gemm", ["mean", "w", "b"], [last], transB=1),
    ]
    if softmax:
        nodes.append(helper.make_node("Softmax", [last], [names[1]], axis=1))
    values = {
        "scale": np.array(scale, np.float32),
        "w": weights.astype(np.float32),
        "b": bias.astype(np.float32),
    }
    return model(nodes, {names[0]: shape}, {names[1]: [1, len(bias)]}, values, **more)


def softmax(logits: Array) -> Array:
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True))


def said(mean_colour: Array) -> Array:
    """The probabilities of `classifier` for that mean input."""
    return softmax(mean_colour @ WEIGHTS.T + BIAS)


def fixed(
    outputs: Mapping[str, Array],
    size: Sequence[int] = (64, 64),
    entry: str = "images",
    **more: Any,
) -> onnx.ModelProto:
    """Constants, plus a thousandth of nothing of the picture, so that the input is used."""
    nodes = [
        helper.make_node("ReduceMean", [entry], ["all"], keepdims=0),
        helper.make_node("Mul", ["all", "nought"], ["none"]),
    ]
    nodes += [helper.make_node("Add", [f"{name}.value", "none"], [name]) for name in outputs]
    values = {f"{name}.value": np.asarray(v, np.float32) for name, v in outputs.items()}
    values["nought"] = np.array(0, np.float32)
    shapes = {name: list(np.asarray(v).shape) for name, v in outputs.items()}
    return model(nodes, {entry: [1, 3, *size]}, shapes, values, **more)


def source(proto: onnx.ModelProto, **sides: str) -> Source:
    """As it comes from a file; sides by their names with a dot for each double underscore."""
    named = {name.replace("__", "."): text for name, text in sides.items()}
    return Source(Path("m.onnx"), onnx.load_from_string(proto.SerializeToString()), named)


def yolo_notes(task: str, names: Sequence[str], **more: str) -> dict[str, str]:
    """As exporter.py writes them: `str()` of Python's objects."""
    return {
        "description": "Ultralytics YOLO11n model",
        "author": "Ultralytics",
        "license": "AGPL-3.0 License (https://ultralytics.com/license)",
        "stride": "32",
        "task": task,
        "batch": "1",
        "imgsz": "[64, 64]",
        "names": str(dict(enumerate(names))),
        **more,
    }
