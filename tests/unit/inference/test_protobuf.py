import pytest
from onnx import AttributeProto, TensorProto, helper

from station.inference.protobuf import BYTES, FIXED32, VARINT, WireError, read_fields


def read(data: bytes) -> list[tuple[int, int, int, int]]:
    return list(read_fields(data, 0, len(data)))


def test_it_reads_what_protobuf_writes() -> None:
    data = AttributeProto(name="alpha", f=1.5, i=-2, s="å".encode()).SerializeToString()
    found = read(data)
    assert [(number, kind) for number, kind, _, _ in found] == [
        (1, BYTES),
        (2, FIXED32),
        (3, VARINT),
        (4, BYTES),
    ]
    assert data[found[0][2] : found[0][3]] == b"alpha"
    assert found[2][2] == 2**64 - 2
    assert data[found[3][2] : found[3][3]] == "å".encode()


def test_only_the_part_that_was_named_is_read() -> None:
    inner = helper.make_tensor("t", TensorProto.FLOAT, [300], [0.0] * 300).SerializeToString()
    data = b"\xff" * 9 + inner + b"\xff" * 9
    assert next(read_fields(data, 9, 9 + len(inner)))[:2] == (1, VARINT)
    with pytest.raises(WireError):
        list(read_fields(data, 9, 8 + len(inner)))


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01",  # field 0
        b"\x0a\x05abc",  # longer than it is
        b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f" + b"a" * 20,  # 2^63 bytes
        b"\x08" + b"\xff" * 30,  # a number without end
        b"\x08",  # no number at all
        b"\x0d\x00\x00",  # half a fixed one
        b"\x0b\x08\x01\x0c",  # a group
        b"\x0e",  # a kind that does not exist
        b"\xff",
    ],
)
def test_what_is_no_message(data: bytes) -> None:
    with pytest.raises(WireError):
        read(data)


def test_nothing_is_an_empty_message() -> None:
    assert read(b"") == []
