"""From a package to a graph that is safe to look at."""

from collections.abc import Mapping
from pathlib import Path

import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import TensorProto

from station.errors import ErrorCode, ModelError
from station.inference.model import CARD_KEY
from station.inference.safety import MOST_BYTES, TOO_LARGE, check_model
from station.training.foreign.package import Package
from station.training.foreign.source import Source

APART = ("external_data", "data_location")  # the reasons for weights that lie in other files


def open_source(package: Package) -> Source:
    """Check the bytes, then parse them; weights in a file beside the model are taken in.

    Raises ModelError MODEL_UNSAFE, MODEL_NOT_ONNX or IMPORT_OURS. What is parsed was checked for
    size, nodes, domains and other files before; weights from beside are checked with the rest.
    """
    data = package.model
    try:
        check_model(data, package.path)
    except ModelError as error:
        if not package.beside or error.fault.fact("reason") not in APART:
            raise
        data = _taken_in(data, package.beside, package.path)
        check_model(data, package.path)
    proto = _parsed(data, package.path)
    source = Source(package.path, proto, package.sides)
    if CARD_KEY in source.metadata:
        raise ModelError(ErrorCode.IMPORT_OURS, path=package.path)
    return source


def _parsed(data: bytes, path: Path) -> onnx.ModelProto:
    try:
        return onnx.load_model_from_string(data)
    except (DecodeError, ValueError):
        raise ModelError(ErrorCode.MODEL_NOT_ONNX, path=path) from None


def _taken_in(data: bytes, beside: Mapping[str, bytes], path: Path) -> bytes:
    """The same model with every weight of the outermost graph inside."""
    proto = _parsed(data, path)
    total = len(data)
    for weight in proto.graph.initializer:
        if weight.data_location != TensorProto.EXTERNAL:
            continue
        told = {entry.key: entry.value for entry in weight.external_data}
        part = _part(beside, told, path)
        total += len(part)
        if total > MOST_BYTES:
            raise ModelError(ErrorCode.MODEL_UNSAFE, path=path, reason=TOO_LARGE)
        weight.ClearField("external_data")
        weight.ClearField("data_location")
        weight.raw_data = part
    return proto.SerializeToString()  # type: ignore[no-any-return]


def _part(beside: Mapping[str, bytes], told: Mapping[str, str], path: Path) -> bytes:
    """The bytes of one weight, from a file that was read before and from no other."""
    whole = beside.get(told.get("location", ""))
    try:
        start, size = int(told.get("offset", "0")), int(told.get("length", "0"))
    except ValueError:
        start, size = -1, 0
    if whole is None or start < 0 or size < 0 or start + size > len(whole):
        raise ModelError(ErrorCode.MODEL_UNSAFE, path=path, reason="external_data")
    return whole[start : start + size] if size else whole[start:]
