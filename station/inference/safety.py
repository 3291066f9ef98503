"""Looks through a model file before the runtime sees a byte of it.

Refused is whatever could reach outside the file or grow without bound: data in other files,
operators from elsewhere, functions, loops, sparse tensors, and every field that is not known.
The layout is that of onnx.proto up to IR version 13; field numbers never change their meaning.
"""

import math
from collections.abc import Iterator
from pathlib import Path

from station.errors import ErrorCode, ModelError
from station.inference.protobuf import BYTES, VARINT, Field, WireError, read_fields, read_varint

MOST_BYTES = 500 * 10**6
TOO_LARGE = "size > 500 MB"
MOST_NODES = 20_000
MOST_FIELDS = 4_000_000  # some seconds' reading
MOST_SIDES = 32  # of a tensor
DEEPEST = 8  # graphs within attributes within graphs

DOMAINS = frozenset((b"", b"ai.onnx", b"ai.onnx.ml"))
MICROSOFT = b"com.microsoft"
QUANTISED = frozenset(  # the operators that ONNX Runtime's own quantisation writes
    b"DequantizeLinear DynamicQuantizeMatMul MatMulIntegerToFloat NhwcMaxPool QGemm QLinearAdd "
    b"QLinearAveragePool QLinearConcat QLinearGlobalAveragePool QLinearLeakyRelu QLinearMul "
    b"QLinearReduceMean QLinearSigmoid QLinearSoftmax QLinearWhere QuantizeLinear".split()
)
ENDLESS = frozenset((b"Loop", b"Scan"))  # no bound on the time they take

# Of each message: the fields that hold nothing to look into, and those that are messages.
PLAIN = {
    "model": frozenset((1, 2, 3, 4, 5, 6, 14)),
    "opset": frozenset((1, 2)),
    "graph": frozenset((2, 10, 11, 12, 13, 14, 16)),
    "node": frozenset((1, 2, 3, 4, 6, 7, 8, 9)),
    "attribute": frozenset((1, 2, 3, 4, 7, 8, 9, 13, 14, 15, 20, 21)),
    "tensor": frozenset((1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16)),
}
NESTED = {
    ("model", 7): "graph",
    ("model", 8): "opset",
    ("graph", 1): "node",
    ("graph", 5): "tensor",
    ("node", 5): "attribute",
    ("attribute", 5): "tensor",
    ("attribute", 6): "graph",
    ("attribute", 10): "tensor",
    ("attribute", 11): "graph",
}
REFUSED = {
    ("model", 20): "training_info",
    ("model", 25): "functions",
    ("model", 26): "configuration",
    ("graph", 15): "sparse_initializer",
    ("node", 10): "device_configurations",
    ("attribute", 22): "sparse_tensor",
    ("attribute", 23): "sparse_tensors",
    ("tensor", 3): "segment",
    ("tensor", 13): "external_data",
}
DIMS, DATA_LOCATION = 1, 14  # of a tensor
OP_TYPE, DOMAIN = 4, 7  # of a node
VERSIONED = 1  # of an opset: its domain
LOOKED_INTO = frozenset(
    (*NESTED, ("node", OP_TYPE), ("node", DOMAIN), ("opset", VERSIONED), ("tensor", DIMS))
)
"""The others are only counted: a boosted tree has a field for each of its numbers."""


class UnsafeModelError(ValueError):
    """A file that must not be loaded; its text is the reason."""


def check_model(data: bytes, path: Path) -> None:
    """Raises ModelError MODEL_NOT_ONNX for what is no model, MODEL_UNSAFE with the reason."""
    try:
        _check(data)
    except WireError:
        raise ModelError(ErrorCode.MODEL_NOT_ONNX, path=path) from None
    except UnsafeModelError as error:
        raise ModelError(ErrorCode.MODEL_UNSAFE, path=path, reason=error) from None


def _check(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise UnsafeModelError(TOO_LARGE)
    nodes = fields = graphs = 0
    waiting = [("model", 0, len(data), 0)]
    while waiting:
        message, start, end, depth = waiting.pop()
        nodes += message == "node"
        graphs += message == "graph"
        if nodes > MOST_NODES:
            raise UnsafeModelError(f"nodes > {MOST_NODES}")
        if depth > DEEPEST:
            raise UnsafeModelError(f"graphs nested deeper than {DEEPEST}")
        room = MOST_FIELDS - fields
        found = []
        for field in _known(message, read_fields(data, start, end), room):
            fields += 1
            if (message, field[0]) in LOOKED_INTO:
                found.append(field)
        _look_at(message, data, found, end - start)
        for number, _, first, last in found:
            inner = NESTED.get((message, number))
            if inner is not None:
                waiting.append((inner, first, last, depth + (inner == "graph")))
    if not graphs:
        raise WireError("no graph")


def _known(message: str, fields: Iterator[Field], room: int) -> Iterator[Field]:
    """The same fields; raises at the first that is refused, unknown, or one too many."""
    for count, field in enumerate(fields):
        number, kind = field[:2]
        if count >= room:
            raise UnsafeModelError(f"fields > {MOST_FIELDS}")
        if (message, number) in REFUSED:
            raise UnsafeModelError(REFUSED[message, number])
        if (message, number) in NESTED:
            if kind != BYTES:
                raise WireError("no message")
        elif (message, number) == ("tensor", DATA_LOCATION):
            if field[1:3] != (VARINT, 0):
                raise UnsafeModelError("data_location")
        elif number not in PLAIN[message]:
            raise UnsafeModelError(f"unknown field {number} in {message}")
        yield field


def _look_at(message: str, data: bytes, fields: list[Field], size: int) -> None:
    if message == "node":
        domains, kinds = _texts(data, fields, DOMAIN), _texts(data, fields, OP_TYPE)
        _check_operator(domains, kinds)
    elif message == "opset":
        for domain in _texts(data, fields, VERSIONED) - DOMAINS - {MICROSOFT}:
            raise UnsafeModelError(f"domain {_shown(domain)}")
    elif message == "tensor" and math.prod(_sides(data, fields)) > 8 * size:  # a bit for each
        raise UnsafeModelError("a tensor of more elements than the file holds")


def _check_operator(domains: set[bytes], kinds: set[bytes]) -> None:
    """A field given twice is wrong, and its last value counts; here every one must be right."""
    if domains - DOMAINS:
        strangers = domains - DOMAINS - {MICROSOFT}
        if strangers:
            raise UnsafeModelError(f"domain {_shown(min(strangers))}")
        if kinds - QUANTISED:
            raise UnsafeModelError(f"operator com.microsoft.{_shown(min(kinds - QUANTISED))}")
    for kind in kinds & ENDLESS:
        raise UnsafeModelError(f"operator {_shown(kind)}")


def _texts(data: bytes, fields: list[Field], number: int) -> set[bytes]:
    found = [field for field in fields if field[0] == number]
    if any(kind != BYTES for _, kind, _, _ in found):
        raise WireError("no text")
    return {data[first:last] for _, _, first, last in found}


def _sides(data: bytes, fields: list[Field]) -> list[int]:
    """The sides of a tensor, packed or one by one; a negative one reads as 2^64 more."""
    sides: list[int] = []
    for number, kind, first, last in fields:
        if number != DIMS:
            continue
        if kind == VARINT:
            sides.append(first)
        at = first if kind == BYTES else last
        while at < last and len(sides) <= MOST_SIDES:
            side, at = read_varint(data, at, last)
            sides.append(side)
        if len(sides) > MOST_SIDES:
            raise UnsafeModelError(f"a tensor of more than {MOST_SIDES} sides")
    return sides


def _shown(name: bytes) -> str:
    return ascii(name[:60].decode("utf-8", "replace"))[1:-1]
