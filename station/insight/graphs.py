"""ONNX graphs while they grow, and what they are written as: one file with a card of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

ML = "ai.onnx.ml"
OPSETS = (("", 17), (ML, 3))
IR_VERSION = 8

Array = npt.NDArray[np.float32]


@dataclass(slots=True)
class Graph:
    """Nodes named after their one output, and weights."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def add(self, op: str, name: str, *inputs: str, **attributes: object) -> str:
        """Append a node and give the name of its output; one with a dot in its kind is of `ML`."""
        domain, _, kind = op.rpartition(".")
        self.nodes.append(
            helper.make_node(
                kind, list(inputs), [name], name=name, domain=domain or None, **attributes
            )
        )
        return name

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        """Append a weight: integers become int64, all else float32."""
        array = np.asarray(value)
        kind = np.int64 if array.dtype.kind in "iu" else np.float32
        self.weights.append(numpy_helper.from_array(array.astype(kind), name))
        return name


def serialised(
    graph: Graph,
    given: tuple[str, tuple[str | int, ...]],
    outputs: Mapping[str, tuple[str | int, ...]],
    card: Mapping[str, str],
) -> bytes:
    """The file's bytes, checked. given, outputs: names and shapes, all float32."""
    name, shape = given
    body = helper.make_graph(
        graph.nodes,
        "station",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(one, TensorProto.FLOAT, outputs[one]) for one in outputs],
        graph.weights,
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS]
    model = helper.make_model(
        body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="station"
    )
    helper.set_model_props(model, dict(card))
    onnx.checker.check_model(model)
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]
