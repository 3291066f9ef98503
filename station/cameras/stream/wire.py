"""What goes between the camera and the process that reads its stream.

To the process: one line of JSON, the Task, and then nothing; the end of its input is its own end.
From it: messages, each a head and, for a picture, its pixels.
"""

import json
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

from station.domain.part import Pixels

UP = b"U"  # the stream is open, and its first picture was there
HEARD = b"H"  # a picture came that is not to be used
PICTURE = b"P"
LATE = b"L"  # and the end of it
HEAD = struct.Struct("<cBIIq")
LARGEST = 1 << 29

ReadInto = Callable[[memoryview], int | None]


@dataclass(frozen=True, slots=True)
class Task:
    """What to read. address: with its password, so never on a command line. latency: seconds."""

    address: str
    open_seconds: float
    stale_seconds: float
    latency: float


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One word of the process; pixels only with PICTURE, read-only."""

    kind: bytes
    taken_ns: int = 0
    pixels: Pixels | None = None


def encode_task(task: Task) -> bytes:
    """The line that tells the process what to do."""
    return (json.dumps(asdict(task)) + "\n").encode()


def decode_task(line: bytes) -> Task:
    """That line read."""
    return Task(**json.loads(line))


def head(kind: bytes, taken_ns: int = 0, pixels: Pixels | None = None) -> bytes:
    """What goes before the pixels, or is all of a message without them."""
    if pixels is None:
        return HEAD.pack(kind, 0, 0, 0, taken_ns)
    channels = 1 if pixels.ndim == 2 else 3
    return HEAD.pack(kind, channels, pixels.shape[0], pixels.shape[1], taken_ns)


def read_message(read_into: ReadInto) -> Message | None:
    """Wait for the next one; None at the end, also at an end in the middle of one."""
    raw = bytearray(HEAD.size)
    if not _fill(read_into, memoryview(raw)):
        return None
    kind, channels, height, width, taken_ns = HEAD.unpack(raw)
    if not channels:
        return Message(kind, taken_ns)
    if channels not in (1, 3) or not 0 < channels * height * width <= LARGEST:
        return None
    pixels = np.empty((height, width) if channels == 1 else (height, width, 3), np.uint8)
    if not _fill(read_into, pixels.data.cast("B")):
        return None
    pixels.flags.writeable = False
    return Message(kind, taken_ns, pixels)


def _fill(read_into: ReadInto, room: memoryview) -> bool:
    done = 0
    while done < len(room):
        count = read_into(room[done:])
        if not count:
            return False
        done += count
    return True
