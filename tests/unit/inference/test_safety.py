"""Files made to do harm are refused before the runtime sees them; good ones are not."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import ModelProto, TensorProto, helper, numpy_helper

from station.bundle import resource
from station.errors import ErrorCode, ModelError
from station.inference import safety
from station.inference.engine import Engine
from station.inference.safety import check_model
from tests.models import build_bright_model

Change = Callable[[ModelProto], object]


def refused(data: bytes) -> ModelError | None:
    try:
        check_model(data, Path("m.onnx"))
    except ModelError as error:
        return error
    return None


def reason(data: bytes) -> str:
    """Why the file is unsafe; fails where it is not, or is no model at all."""
    error = refused(data)
    assert error is not None
    assert error.code is ErrorCode.MODEL_UNSAFE
    return error.fault.fact("reason")


def changed(tmp_path: Path, change: Change) -> bytes:
    proto = onnx.load_from_string(build_bright_model(tmp_path / "m.onnx").read_bytes())
    change(proto)
    return proto.SerializeToString()


def elsewhere(tensor: TensorProto, location: str) -> None:
    """The tensor's data is said to lie in another file."""
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", location


def subgraph(tensor: TensorProto | None = None, kind: str = "Identity") -> onnx.GraphProto:
    node = helper.make_node(kind, ["outer"], ["inner"])
    value = helper.make_tensor_value_info("inner", TensorProto.FLOAT, [1])
    return helper.make_graph([node], "inside", [], [value], [] if tensor is None else [tensor])


def small(name: str = "w") -> TensorProto:
    return numpy_helper.from_array(np.zeros(4, np.float32), name)


def outside(location: str = "weights.bin") -> TensorProto:
    tensor = small("out")
    elsewhere(tensor, location)
    return tensor


# ── good files ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["demo/flange.onnx", "models/efficientnet_lite0.onnx"])
def test_our_own_models_are_safe_and_quickly_seen_to_be(name: str) -> None:
    data = resource(name).read_bytes()
    began = time.perf_counter()
    assert refused(data) is None
    assert time.perf_counter() - began < 0.1


def test_branches_and_quantised_operators_are_safe(tmp_path: Path) -> None:
    def change(proto: ModelProto) -> None:
        branch = helper.make_node(
            "If", ["c"], ["o"], then_branch=subgraph(small()), else_branch=subgraph()
        )
        added = helper.make_node("QLinearAdd", list("abcdefgh"), ["q"], domain="com.microsoft")
        tree = helper.make_node("TreeEnsembleRegressor", ["x"], ["t"], domain="ai.onnx.ml")
        proto.graph.node.extend([branch, added, tree])
        for domain in ("com.microsoft", "ai.onnx.ml", "ai.onnx"):
            proto.opset_import.append(helper.make_opsetid(domain, 1))

    assert refused(changed(tmp_path, change)) is None


def test_every_field_of_the_format_is_known() -> None:
    """Of a format that has grown, the new fields must be looked at here before they pass."""
    messages = {
        "model": ModelProto,
        "opset": onnx.OperatorSetIdProto,
        "graph": onnx.GraphProto,
        "node": onnx.NodeProto,
        "attribute": onnx.AttributeProto,
        "tensor": TensorProto,
    }
    for name, message in messages.items():
        there = {field.number for field in message.DESCRIPTOR.fields}
        ours = {n for m, n in [*safety.NESTED, *safety.REFUSED] if m == name}
        looked_at = {safety.DATA_LOCATION} if name == "tensor" else set()
        assert safety.PLAIN[name] | ours | looked_at == there
        inner = {f.number for f in message.DESCRIPTOR.fields if f.message_type}
        texts = {"StringStringEntryProto", "ValueInfoProto", "TypeProto", "TensorAnnotation"}
        for field in message.DESCRIPTOR.fields:
            if field.number in inner & safety.PLAIN[name]:
                assert field.message_type.name in texts


# ── harm ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "location",
    ["/etc/passwd", "../../etc/passwd", "a/../../b", "weights.bin", "C:\\x", "\\\\host\\x", ""],
)
def test_data_in_another_file(tmp_path: Path, location: str) -> None:
    data = changed(tmp_path, lambda proto: elsewhere(proto.graph.initializer[0], location))
    assert reason(data) in ("external_data", "data_location")


def test_data_behind_a_link_beside_the_model(tmp_path: Path) -> None:
    """The name is innocent, and the link leads out: names cannot tell, so none is allowed."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"\0" * 64)
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "weights.bin").symlink_to(secret)
    path = folder / "m.onnx"
    path.write_bytes(changed(tmp_path, lambda p: elsewhere(p.graph.initializer[0], "weights.bin")))
    with pytest.raises(ModelError) as caught:
        Engine(path, "cpu").open()
    assert caught.value.code is ErrorCode.MODEL_UNSAFE
    assert caught.value.fault.fact("path") == str(path)


def test_either_sign_of_another_file_is_enough(tmp_path: Path) -> None:
    def location_only(proto: ModelProto) -> None:
        entry = proto.graph.initializer[0].external_data.add()
        entry.key, entry.value = "location", "x"

    def mark_only(proto: ModelProto) -> None:
        proto.graph.initializer[0].data_location = TensorProto.EXTERNAL

    assert reason(changed(tmp_path, location_only)) == "external_data"
    assert reason(changed(tmp_path, mark_only)) == "data_location"


def attribute(value: object) -> Change:
    return lambda proto: proto.graph.node.append(
        helper.make_node("If", ["c"], ["o"], then_branch=value)
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (attribute(outside("../x")), "data_location"),
        (attribute([outside(), outside()]), "data_location"),
        (attribute(subgraph(outside("../x"))), "data_location"),
        (attribute([subgraph(), subgraph(outside("../x"))]), "data_location"),
        (attribute(subgraph(kind="Loop")), "operator Loop"),
    ],
    ids=["tensor", "tensors", "graph", "graphs", "loop in a graph"],
)
def test_harm_inside_an_attribute(tmp_path: Path, change: Change, said: str) -> None:
    assert reason(changed(tmp_path, change)).replace("external_data", "data_location") == said


def test_functions_and_what_they_may_hide(tmp_path: Path) -> None:
    def change(proto: ModelProto) -> None:
        node = helper.make_node("Constant", [], ["y"], value=outside("/etc/passwd"))
        opset = [helper.make_opsetid("", 18)]
        proto.functions.append(helper.make_function("own", "F", [], ["y"], [node], opset))

    assert reason(changed(tmp_path, change)) == "functions"


def sparse(proto: ModelProto) -> None:
    tensor = proto.graph.sparse_initializer.add()
    tensor.values.CopyFrom(small("s"))
    tensor.dims.extend([10**6, 10**6])


def training(proto: ModelProto) -> None:
    proto.training_info.add().algorithm.CopyFrom(subgraph(outside()))


def bomb(proto: ModelProto) -> None:
    tensor = proto.graph.initializer.add()
    tensor.name, tensor.data_type = "bomb", TensorProto.FLOAT
    tensor.dims.extend([10**6, 10**6])


def negative(proto: ModelProto) -> None:
    proto.graph.initializer[0].dims[0] = -1


def many_sides(proto: ModelProto) -> None:
    proto.graph.initializer[0].dims.extend([1] * 40)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (sparse, "sparse_initializer"),
        (training, "training_info"),
        (bomb, "a tensor of more elements than the file holds"),
        (negative, "a tensor of more elements than the file holds"),
        (many_sides, "a tensor of more than 32 sides"),
    ],
)
def test_what_grows_or_hides(tmp_path: Path, change: Change, said: str) -> None:
    assert reason(changed(tmp_path, change)) == said


def operator(kind: str, domain: str) -> Change:
    return lambda p: p.graph.node.append(helper.make_node(kind, ["a"], ["b"], domain=domain))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (operator("Relu", "my.ops"), "domain my.ops"),
        (operator("Relu", "ai.onnx.preview.training"), "domain ai.onnx.preview.training"),
        (operator("EPContext", "com.microsoft"), "operator com.microsoft.EPContext"),
        (operator("Scan", ""), "operator Scan"),
        (operator("Relu", "böse\n\x1b[0m"), "domain b\\xf6se\\n\\x1b[0m"),
        (lambda p: p.opset_import.append(helper.make_opsetid("my.ops", 1)), "domain my.ops"),
    ],
)
def test_operators_from_elsewhere(tmp_path: Path, change: Change, said: str) -> None:
    assert reason(changed(tmp_path, change)) == said


def test_a_second_word_does_not_hide_the_first(tmp_path: Path) -> None:
    """A parser keeps the last of two; whichever it keeps, both must be right."""
    data = build_bright_model(tmp_path / "m.onnx").read_bytes()
    bad = helper.make_node("Relu", ["a"], ["b"], domain="my.ops").SerializeToString()
    good = helper.make_node("Relu", ["a"], ["b"], domain="ai.onnx").SerializeToString()
    for both in (bad + good, good + bad):
        graph = message(7, message(1, both))
        assert reason(data + graph) == "domain my.ops"


def message(number: int, content: bytes) -> bytes:
    """As the wire has it."""
    size, text = len(content), bytearray([number << 3 | 2])
    while size > 0x7F:
        text.append(size & 0x7F | 0x80)
        size >>= 7
    return bytes([*text, size]) + content


def test_a_field_that_nobody_knows(tmp_path: Path) -> None:
    data = build_bright_model(tmp_path / "m.onnx").read_bytes()
    assert reason(data + message(15, b"x")) == "unknown field 15 in model"


def test_too_many_nodes(tmp_path: Path) -> None:
    many = [helper.make_node("Relu", ["a"], ["b"])] * 20_001
    began = time.perf_counter()
    assert reason(changed(tmp_path, lambda p: p.graph.node.extend(many))) == "nodes > 20000"
    assert time.perf_counter() - began < 10


def test_too_many_fields_are_not_even_counted_to_the_end() -> None:
    data = message(7, b"\x12\x00" * 6_000_000)  # a graph of six million empty names
    began = time.perf_counter()
    assert reason(data) == "fields > 4000000"
    assert time.perf_counter() - began < 30


def test_graphs_in_graphs_without_end() -> None:
    graph = b""
    for _ in range(3000):
        graph = message(1, message(5, message(6, graph)))
    assert reason(message(7, graph)) == "graphs nested deeper than 8"


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    with path.open("wb") as file:
        file.truncate(safety.MOST_BYTES * 40)  # 20 GB, and none on the disk
    with pytest.raises(ModelError) as caught:
        Engine(path, "cpu").open()
    assert caught.value.code is ErrorCode.MODEL_UNSAFE
    assert caught.value.fault.fact("reason") == "size > 500 MB"


# ── broken files ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"no model at all" * 9, bytes(5000), bytes(range(256)) * 40],
    ids=["empty", "line", "text", "zeros", "bytes"],
)
def test_what_is_no_model(data: bytes) -> None:
    error = refused(data)
    assert error is not None
    assert error.code is ErrorCode.MODEL_NOT_ONNX


def test_truncated_anywhere(tmp_path: Path) -> None:
    data = build_bright_model(tmp_path / "m.onnx", card="").read_bytes()
    for length in range(len(data)):
        error = refused(data[:length])
        if error is None:  # cut between two fields of the outermost message
            assert onnx.load_from_string(data[:length]).graph.node
        else:
            assert error.code is ErrorCode.MODEL_NOT_ONNX


def test_the_check_itself_ends_quickly_whatever_it_is_given() -> None:
    whole = resource("demo/flange.onnx").read_bytes()
    head = bytearray(whole[-60_000:])  # nodes and card lie behind the weights or before them
    rng = random.Random(9)
    for _ in range(300):
        data = bytearray(head)
        for _ in range(20):
            data[rng.randrange(len(data))] = rng.randrange(256)
        began = time.perf_counter()
        refused(bytes(data))
        assert time.perf_counter() - began < 1
