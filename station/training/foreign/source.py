"""A foreign model as it was handed over: its graph, and the small files beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOATS = (TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.DOUBLE)
QUIET = frozenset(  # operators that change no value's meaning
    ("Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose")
)


@dataclass(frozen=True, slots=True)
class Tensor:
    """An input or output: its name, its element's number in TensorProto, and its sides.

    None stands for a side that may be of any length; `shape` itself is None where unknown, as for
    sequences, whose kind is 0.
    """

    name: str
    kind: int
    shape: tuple[int | None, ...] | None

    @property
    def rank(self) -> int:
        """How many sides it has; −1 where that is unknown."""
        return -1 if self.shape is None else len(self.shape)


@dataclass(frozen=True)
class Source:
    """What there is to recognise a model by.

    sides: the texts of known files beside the model, by their lower-case names.
    """

    path: Path
    proto: onnx.ModelProto
    sides: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def metadata(self) -> dict[str, str]:
        """The file's own notes."""
        return {prop.key: prop.value for prop in self.proto.metadata_props}

    @cached_property
    def producer(self) -> str:
        """The program that wrote the file, with its version."""
        return f"{self.proto.producer_name} {self.proto.producer_version}".strip()

    @cached_property
    def inputs(self) -> tuple[Tensor, ...]:
        """What must be fed; weights that old files list as inputs left out."""
        known = {weight.name for weight in self.proto.graph.initializer}
        return tuple(_tensor(v) for v in self.proto.graph.input if v.name not in known)

    @cached_property
    def outputs(self) -> tuple[Tensor, ...]:
        """What comes out."""
        return tuple(_tensor(value) for value in self.proto.graph.output)

    def output(self, name: str) -> Tensor | None:
        """The output of that name."""
        return next((found for found in self.outputs if found.name == name), None)

    @cached_property
    def makers(self) -> dict[str, onnx.NodeProto]:
        """The node behind each value."""
        return {name: node for node in self.proto.graph.node for name in node.output if name}

    @cached_property
    def weights(self) -> dict[str, TensorProto]:
        """Every constant of the outermost graph."""
        found = {weight.name: weight for weight in self.proto.graph.initializer}
        for node in self.proto.graph.node:
            if node.op_type == "Constant" and node.attribute[0].name == "value":
                found[node.output[0]] = node.attribute[0].t
        return found

    def uses(self, name: str) -> list[onnx.NodeProto]:
        """The nodes that take that value."""
        return [node for node in self.proto.graph.node if name in node.input]


def last_step(source: Source, name: str) -> onnx.NodeProto | None:
    """The node that gave an output its meaning: the first behind it that is not quiet."""
    node = source.makers.get(name)
    while node is not None and node.op_type in QUIET:
        node = source.makers.get(node.input[0])
    return node


def first_steps(source: Source, name: str) -> Iterator[tuple[str, npt.NDArray[np.float64]]]:
    """The arithmetic with constants that an input meets before anything else: (operator, value)."""
    while True:
        users = source.uses(name)
        if len(users) != 1:
            return
        node = users[0]
        if node.op_type in ("Sub", "Add", "Mul", "Div"):
            other = next((each for each in node.input if each != name), "")
            weight = source.weights.get(other)
            if weight is None:
                return
            yield node.op_type, numpy_helper.to_array(weight).astype(np.float64)
        elif node.op_type not in QUIET:
            return
        name = node.output[0]


def scale_of(source: Source, name: str) -> float:
    """By how much the graph itself shrinks what it is fed; 1 where it does not."""
    scale = 1.0
    for kind, value in first_steps(source, name):
        step = float(np.abs(value).mean())
        if kind in ("Mul", "Div") and step:
            scale *= step if kind == "Mul" else 1 / step
    return scale


def attribute(node: onnx.NodeProto, name: str) -> object:
    """The value of a node's attribute; None where it has none of that name."""
    found = next((each for each in node.attribute if each.name == name), None)
    return None if found is None else helper.get_attribute_value(found)


def _tensor(value: onnx.ValueInfoProto) -> Tensor:
    kind = value.type.tensor_type
    if not value.type.HasField("tensor_type"):
        return Tensor(value.name, 0, None)
    if not kind.HasField("shape"):
        return Tensor(value.name, kind.elem_type, None)
    sides = (side.dim_value if side.HasField("dim_value") else None for side in kind.shape.dim)
    return Tensor(value.name, kind.elem_type, tuple(side or None for side in sides))
