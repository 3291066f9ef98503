"""What goes between a hosted camera and the process that its maker's library runs in.

Both ways: a head, one JSON object, and for a picture its pixels.
"""

import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from station.cameras.base import PartUnseen
from station.cameras.features import Feature, FeatureKind
from station.domain.part import Frame, Pixels, TriggerSource
from station.errors import CameraError, ErrorCode, ImageError, StationError

HEAD = struct.Struct("<II")
LONGEST = 1 << 24
LARGEST = 1 << 30

Values = Mapping[str, Any]
ReadInto = Callable[[memoryview], int | None]
Write = Callable[[bytes | memoryview], int | None]


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One word: what it is, its values, and pixels where it is a picture, read-only."""

    what: str
    values: Values
    pixels: Pixels | None = None


def send(write: Write, what: str, values: Values, pixels: Pixels | None = None) -> None:
    """Write one message whole. Raises OSError where the other side is gone."""
    shape = () if pixels is None else pixels.shape
    text = json.dumps({"what": what, "shape": shape, **values}).encode()
    _whole(write, HEAD.pack(len(text), 0 if pixels is None else pixels.nbytes) + text)
    if pixels is not None:
        _whole(write, pixels.data.cast("B"))


def receive(read_into: ReadInto) -> Message | None:
    """Wait for the next one; None at the end, also at an end in the middle of one."""
    raw = bytearray(HEAD.size)
    if not _fill(read_into, memoryview(raw)):
        return None
    length, size = HEAD.unpack(raw)
    if length > LONGEST or size > LARGEST:
        return None
    text = bytearray(length)
    if not _fill(read_into, memoryview(text)):
        return None
    values = json.loads(text)
    what, shape = values.pop("what"), values.pop("shape")
    if not size:
        return Message(what, values)
    pixels = np.empty(shape, np.uint8)
    if pixels.nbytes != size or not _fill(read_into, pixels.data.cast("B")):
        return None
    pixels.flags.writeable = False
    return Message(what, values, pixels)


def frame_values(frame: Frame) -> Values:
    """All of a frame but its pixels; it is a camera's own: no truth, no others."""
    return {
        "number": frame.number,
        "taken_ns": frame.taken_ns,
        "source": frame.source,
        "started": frame.started,
    }


def frame_of(message: Message) -> Frame:
    """The frame of a message with pixels."""
    assert message.pixels is not None
    values = message.values
    started = None if values["started"] is None else TriggerSource(values["started"])
    return Frame(
        message.pixels, values["number"], values["taken_ns"], values["source"], started=started
    )


def error_values(error: StationError) -> Values:
    """An error, so that it can be raised on the other side as what it is."""
    started = error.started if isinstance(error, PartUnseen) else None
    is_image = isinstance(error, ImageError)
    facts = list(error.fault.facts)
    return {"code": error.code, "facts": facts, "image": is_image, "started": started}


def error_of(values: Values) -> StationError:
    """That error."""
    code, facts = ErrorCode(values["code"]), dict(values["facts"])
    if values["started"] is not None:
        return PartUnseen(TriggerSource(values["started"]), code, **facts)
    return ImageError(code, **facts) if values["image"] else CameraError(code, **facts)


def feature_values(feature: Feature) -> Values:
    """A feature as JSON can hold it."""
    return asdict(feature)


def feature_of(values: Values) -> Feature:
    """That feature."""
    kind, choices = FeatureKind(values["kind"]), tuple(values["choices"])
    return Feature(**{**values, "kind": kind, "choices": choices})


def _whole(write: Write, data: bytes | memoryview) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[write(rest) or 0 :]


def _fill(read_into: ReadInto, room: memoryview) -> bool:
    done = 0
    while done < len(room):
        count = read_into(room[done:])
        if not count:
            return False
        done += count
    return True
