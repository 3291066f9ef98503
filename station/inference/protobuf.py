"""Reads protobuf's wire format, strictly, and without trusting a single length."""

from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_FIXED = {FIXED64: 8, FIXED32: 4}
_LONGEST_VARINT = 10

Field = tuple[int, int, int, int]


class WireError(ValueError):
    """Bytes that are no message."""


def read_fields(data: bytes, start: int, end: int) -> Iterator[Field]:
    """Each field between start and end as (number, kind, a, b), in the order of the file.

    Of a VARINT, a is its value; of every other kind, data[a:b] is its content. Groups, which no
    file of today has, and whatever runs over the end are a WireError.
    """
    at = start
    while at < end:
        tag, at = read_varint(data, at, end)
        number, kind = tag >> 3, tag & 7
        if number == 0:
            raise WireError("field 0")
        if kind == VARINT:
            value, at = read_varint(data, at, end)
            yield number, kind, value, 0
            continue
        if kind == BYTES:
            size, at = read_varint(data, at, end)
        elif kind in _FIXED:
            size = _FIXED[kind]
        else:
            raise WireError(f"kind {kind}")
        if size > end - at:
            raise WireError("runs over its end")
        yield number, kind, at, at + size
        at += size


def read_varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """The number that begins at `at`, and where it ends."""
    value = 0
    for place in range(min(_LONGEST_VARINT, end - at)):
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    raise WireError("number without end")
