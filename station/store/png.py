"""Lossless PNG, written fast enough for the line and with texts that travel in the file.

Sub filter by numpy and deflate by ISA-L: a third of the time of OpenCV's own encoder.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from isal import isal_zlib

from station.domain.part import Pixels

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SUB_FILTER = 1
_COLOUR_TYPES = {1: 0, 3: 2}  # channels → PNG colour type: grey, RGB
_LEVEL = 1


def encode_png(pixels: Pixels, texts: Mapping[str, str]) -> bytes:
    """A PNG of uint8 (H, W) mono or (H, W, 3) RGB; the texts go before the pixels, as iTXt.

    A text's key is 1 … 79 Latin-1 characters. Raises ValueError for any other array.
    """
    channels = _channels(pixels)
    height, width = pixels.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_TYPES[channels], 0, 0, 0)
    data = isal_zlib.compress(_filtered(pixels, channels), _LEVEL)
    chunks = [_chunk(b"IHDR", header)]
    chunks += [_text_chunk(key, text) for key, text in texts.items()]
    chunks += [_chunk(b"IDAT", data), _chunk(b"IEND", b"")]
    return _SIGNATURE + b"".join(chunks)


def read_png(data: bytes) -> tuple[Pixels, dict[str, str]]:
    """Pixels (uint8, read-only, mono or RGB) and texts of a PNG. Raises ValueError if broken."""
    texts = read_texts(data)
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise ValueError(f"pixels: {error}") from None
    if decoded is None:
        raise ValueError("pixels")
    channels = _channels(decoded)
    pixels: Pixels = np.ascontiguousarray(decoded, np.uint8)
    if channels == 3:
        cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB, dst=pixels)
    pixels.flags.writeable = False
    return pixels, texts


def read_texts(data: bytes) -> dict[str, str]:
    """The iTXt texts of a PNG, every chunk's checksum proven. Raises ValueError if broken."""
    texts: dict[str, str] = {}
    for kind, body in _chunks(data):
        if kind == b"iTXt":
            key, _, rest = body.partition(b"\0")
            if rest[:1] == b"\0":  # not compressed, as ours never are
                texts[key.decode("latin-1")] = rest[2:].split(b"\0", 2)[2].decode("utf-8")
    return texts


def _channels(pixels: npt.NDArray[Any]) -> int:
    channels = 1 if pixels.ndim == 2 else pixels.shape[-1]
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or channels not in _COLOUR_TYPES:
        raise ValueError(f"pixels of {pixels.dtype} {pixels.shape}")
    if pixels.size == 0:
        raise ValueError("no pixels")
    return channels


def _filtered(pixels: Pixels, channels: int) -> Pixels:
    """Each row as its filter byte and the difference of every sample to its left neighbour."""
    rows = pixels.reshape(pixels.shape[0], -1)
    out = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    out[:, 0] = _SUB_FILTER
    out[:, 1 : 1 + channels] = rows[:, :channels]
    np.subtract(rows[:, channels:], rows[:, :-channels], out=out[:, 1 + channels :])
    return out


def _text_chunk(key: str, text: str) -> bytes:
    # key, 0, not compressed, method 0, no language tag, no translated key, text
    return _chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8"))


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(body, zlib.crc32(kind))
    return b"".join((struct.pack(">I", len(body)), kind, body, struct.pack(">I", checksum)))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(_SIGNATURE):
        raise ValueError("signature")
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        checksum = data[at + 8 + size : at + 12 + size]
        if checksum != struct.pack(">I", zlib.crc32(body, zlib.crc32(kind))):
            raise ValueError(f"checksum of {kind!r}")
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + size
    raise ValueError("end")
