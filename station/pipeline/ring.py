"""Live pictures from one process to others: a ring of slots in a mapped file.

The writer never waits. A slot says its sequence number twice over: a reader copies it, then looks
whether the number is still the same and the checksum fits; a torn picture is dropped.
"""

import mmap
import os
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np

from station.domain.part import Frame

SLOTS = 4
_HEAD = struct.Struct("<QQQ")  # slots, bytes of a slot, newest sequence number
_SLOT = struct.Struct("<QqqIIIII")  # sequence, number, taken_ns, h, w, c, checksum, bytes of source
_SOURCE_BYTES = 1024
_BODY = _SLOT.size + _SOURCE_BYTES


class RingWriter:
    """Belongs to one thread. The file is as large as `SLOTS` frames of the given size."""

    def __init__(self, path: Path, frame_bytes: int) -> None:
        self.path = path
        self.frame_bytes = frame_bytes
        self._slot_bytes = _BODY + frame_bytes
        size = _HEAD.size + SLOTS * self._slot_bytes
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.ftruncate(handle, size)
            self._page = mmap.mmap(handle, size)
        finally:
            os.close(handle)
        self._sequence = 0
        _HEAD.pack_into(self._page, 0, SLOTS, self._slot_bytes, 0)

    def put(self, frame: Frame) -> None:
        """Write the frame, which fits, over the oldest."""
        pixels = np.ascontiguousarray(frame.pixels)
        height, width = pixels.shape[:2]
        channels = 1 if pixels.ndim == 2 else pixels.shape[2]
        source = frame.source.encode("utf-8", "backslashreplace")[:_SOURCE_BYTES]
        self._sequence += 1
        at = _HEAD.size + self._sequence % SLOTS * self._slot_bytes
        struct.pack_into("<Q", self._page, at, 0)  # nobody may read it now
        data = pixels.reshape(-1).data
        self._page[at + _BODY : at + _BODY + pixels.nbytes] = data
        self._page[at + _SLOT.size : at + _SLOT.size + len(source)] = source
        shape = (height, width, channels, zlib.crc32(data), len(source))
        _SLOT.pack_into(self._page, at, self._sequence, frame.number, frame.taken_ns, *shape)
        struct.pack_into("<Q", self._page, 16, self._sequence)

    def close(self) -> None:
        """Let go, and remove the file."""
        self._page.close()
        with suppress(OSError):
            self.path.unlink()


class RingReader:
    """Belongs to one thread."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._page = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._seen = 0
        self.torn = 0

    def take(self) -> Frame | None:
        """The newest frame that was not taken yet; None where there is none, or it was torn."""
        slots, slot_bytes, newest = _HEAD.unpack_from(self._page, 0)
        if newest == self._seen:
            return None
        self._seen = newest
        at = _HEAD.size + newest % slots * slot_bytes
        before = _SLOT.unpack_from(self._page, at)
        sequence, number, taken_ns, height, width, channels, checksum, source_bytes = before
        size = height * width * channels
        if sequence != newest or size > slot_bytes - _BODY:
            self.torn += 1
            return None
        data = self._page[at + _BODY : at + _BODY + size]
        source = self._page[at + _SLOT.size : at + _SLOT.size + source_bytes]
        if _SLOT.unpack_from(self._page, at) != before or zlib.crc32(data) != checksum:
            self.torn += 1
            return None
        shape = (height, width) if channels == 1 else (height, width, channels)
        pixels = np.frombuffer(data, np.uint8).reshape(shape)
        return Frame(pixels, number, taken_ns, source.decode("utf-8", "replace"))

    def close(self) -> None:
        """Let go."""
        self._page.close()
