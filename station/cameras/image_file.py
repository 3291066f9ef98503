"""Picture files from disk, as the line sees them."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.part import Pixels
from station.errors import CameraError, ErrorCode, ImageError

SUFFIXES = frozenset(
    {
        *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".dib", ".tif", ".tiff", ".webp"),
        *(".pgm", ".ppm", ".pbm", ".pnm", ".jp2", ".avif"),
    }
)
MINIMUM_SIDE = 32
PNG = b"\x89PNG\r\n\x1a\n"

Decoded = npt.NDArray[Any]


def read_image(path: Path) -> Pixels:
    """Decode a file: uint8, (H, W) where all channels are equal, else (H, W, 3) RGB; read-only.

    16-bit values are scaled from the full range (v / 257, rounded); an alpha channel is dropped;
    an orientation in EXIF is ignored, as a line's pictures lie as the sensor saw them. The path
    may be of any alphabet. Raises ImageError IMAGE_NOT_FOUND, _UNREADABLE, _UNSUPPORTED or
    _TOO_SMALL.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImageError(ErrorCode.IMAGE_NOT_FOUND, path=path) from None
    except OSError:
        raise ImageError(ErrorCode.IMAGE_UNREADABLE, path=path) from None
    return decode_image(data, path)


def decode_image(data: bytes, path: Path) -> Pixels:
    """Decode what a file holds, as `read_image`; `path` is only named in errors."""
    decoded = _decode(data)
    if decoded is None:
        raise ImageError(ErrorCode.IMAGE_UNREADABLE, path=path)
    pixels = _to_ours(decoded, path)
    height, width = pixels.shape[:2]
    if min(height, width) < MINIMUM_SIDE:
        raise ImageError(
            ErrorCode.IMAGE_TOO_SMALL, path=path, width=width, height=height, minimum=MINIMUM_SIDE
        )
    pixels.flags.writeable = False
    return pixels


def image_files(folder: Path) -> list[Path]:
    """Every picture below a folder in the order of its path; a single file is a list of one.

    What is hidden (a name that begins with a dot) is left out. Raises CameraError
    FOLDER_NOT_FOUND, also for a folder that may not be read, or FOLDER_EMPTY.
    """
    try:
        if folder.is_file():
            return [folder]
        if not folder.is_dir():
            raise CameraError(ErrorCode.FOLDER_NOT_FOUND, path=folder)
        files = sorted(path for path in folder.rglob("*") if _is_picture(path, folder))
    except OSError:
        raise CameraError(ErrorCode.FOLDER_NOT_FOUND, path=folder) from None
    if not files:
        raise CameraError(ErrorCode.FOLDER_EMPTY, path=folder)
    return files


def to_rgb(bgr: Decoded) -> Pixels:
    """OpenCV's BGR, BGRA or grey, uint8, to ours: mono where all channels are equal, else RGB."""
    if bgr.ndim == 2:
        return np.ascontiguousarray(bgr)
    if _is_grey(bgr[::16, ::16]) and _is_grey(bgr):  # the sample spares most the full look
        return np.ascontiguousarray(bgr[:, :, 0])
    code = cv2.COLOR_BGRA2RGB if bgr.shape[2] == 4 else cv2.COLOR_BGR2RGB
    return cv2.cvtColor(bgr, code)  # type: ignore[return-value]  # the stubs know no element type


def hush() -> None:
    """Keep OpenCV's own words off stderr: the error that we raise says it."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def _is_grey(bgr: Decoded) -> bool:
    first = bgr[:, :, 0]
    return all(np.array_equal(first, bgr[:, :, k]) for k in range(1, min(3, bgr.shape[2])))


def _is_picture(path: Path, below: Path) -> bool:
    if path.suffix.lower() not in SUFFIXES:
        return False
    return not any(p.startswith(".") for p in path.relative_to(below).parts) and path.is_file()


def _decode(data: bytes) -> Decoded | None:
    """None where this is no whole picture. libpng writes to stderr, so a cut PNG ends here."""
    if not data or (data.startswith(PNG) and b"IEND" not in data):
        return None
    hush()
    try:
        return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:  # a header that promises more than OpenCV allows
        return None


def _to_ours(decoded: Decoded, path: Path) -> Pixels:
    if decoded.dtype == np.uint16:
        decoded = ((decoded.astype(np.uint32) + 128) // 257).astype(np.uint8)
    if decoded.dtype != np.uint8:
        raise ImageError(ErrorCode.IMAGE_UNSUPPORTED, path=path, format=decoded.dtype)
    if decoded.ndim == 3 and decoded.shape[2] < 3:  # grey, with or without alpha
        decoded = decoded[:, :, 0]
    return to_rgb(decoded)
