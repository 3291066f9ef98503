"""A graph as it grows around a foreign one, in the words of that one's opset."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

AXES_AS_INPUT = 18  # the opset from which reductions take their axes as an input


@dataclass(slots=True)
class Growth:
    """Nodes and weights so far; each node is named after its one output."""

    opset: int
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

    def reduce(self, op: str, name: str, x: str, axis: int, keep: bool = False) -> str:
        """Reduce over one axis."""
        if self.opset < AXES_AS_INPUT:
            return self.add(op, name, x, axes=[axis], keepdims=int(keep))
        return self.add(op, name, x, self.constant(f"{name}.axis", [axis]), keepdims=int(keep))

    def reshape(self, name: str, x: str, shape: list[int]) -> str:
        """Give other sides; 0 keeps a side, −1 takes the rest."""
        return self.add("Reshape", name, x, self.constant(f"{name}.shape", shape))

    def rows(self, name: str, x: str, first: int, last: int) -> str:
        """The rows first … last − 1 of the first axis."""
        begin = self.constant(f"{name}.first", [first])
        end = self.constant(f"{name}.last", [last])
        return self.add("Slice", name, x, begin, end, self.constant(f"{name}.axis", [0]))

    def floats(self, name: str, x: str) -> str:
        """As float32."""
        return self.add("Cast", name, x, to=TensorProto.FLOAT)
