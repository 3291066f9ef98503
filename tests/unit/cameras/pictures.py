"""Picture files for tests, written byte by byte where no encoder would write them."""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt


def colours(height: int = 48, width: int = 64) -> npt.NDArray[np.uint8]:
    """RGB with three different channels: red rises to the right, green downwards."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[:, :, 0] = np.linspace(0, 255, width, dtype=np.uint8)[None, :]
    picture[:, :, 1] = np.linspace(0, 255, height, dtype=np.uint8)[:, None]
    picture[:, :, 2] = 40
    return picture


def greys(height: int = 48, width: int = 64) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(colours(height, width)[:, :, 0])


def encode(suffix: str, picture: npt.NDArray[np.generic]) -> bytes:
    """The bytes of a file; a colour picture is given as RGB or RGBA."""
    if picture.ndim == 3:
        picture = picture[:, :, [2, 1, 0, 3][: picture.shape[2]]]
    good, data = cv2.imencode(suffix, np.ascontiguousarray(picture))
    assert good
    return data.tobytes()


def save(path: Path, picture: npt.NDArray[np.generic]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(path.suffix, picture))
    return path


def png(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    """A PNG of any kind, from its header and raw rows."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """The JPEG with an EXIF block that asks for a turn."""
    entry = struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0)
    exif = b"Exif\0\0" + b"II*\0\x08\0\0\0\x01\0" + entry + b"\0\0\0\0"
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
