"""Picture files from disk, as the line sees them."""

from pathlib import Path

import cv2
import numpy as np

from station.domain.part import Pixels
from station.errors import CameraError, ErrorCode, ImageError

SUFFIXES = frozenset(
    (".png", ".jpg", ".jpeg", ".bmp", ".dib", ".tif", ".tiff", ".webp")
    + (".pgm", ".ppm", ".pbm", ".pnm", ".jp2", ".avif")
)
MINIMUM_SIDE = 32


def read_image(path: Path) -> Pixels:
    """Decode a file: uint8, (H, W) where all channels are equal, else (H, W, 3) RGB; read-only.

    16-bit values are scaled from the full range (v / 257); an alpha channel is dropped. The path
    may be of any alphabet. Raises ImageError IMAGE_NOT_FOUND, _UNREADABLE, _UNSUPPORTED or
    _TOO_SMALL.
    """
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except FileNotFoundError:
        raise ImageError(ErrorCode.IMAGE_NOT_FOUND, path=path) from None
    except OSError:
        raise ImageError(ErrorCode.IMAGE_UNREADABLE, path=path) from None
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

    Raises CameraError FOLDER_NOT_FOUND or FOLDER_EMPTY.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise CameraError(ErrorCode.FOLDER_NOT_FOUND, path=folder)
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    if not files:
        raise CameraError(ErrorCode.FOLDER_EMPTY, path=folder)
    return files


def to_rgb(bgr: Pixels) -> Pixels:
    """OpenCV's BGR or grey to ours: mono where all channels are equal, else RGB."""
    if bgr.ndim == 2:
        return np.ascontiguousarray(bgr)
    blue, green, red = cv2.split(bgr[:, :, :3])
    if np.array_equal(blue, green) and np.array_equal(green, red):
        return np.ascontiguousarray(green)
    return cv2.cvtColor(bgr[:, :, :3], cv2.COLOR_BGR2RGB)  # type: ignore[return-value]


def _decode(data: Pixels) -> np.ndarray | None:  # type: ignore[type-arg]
    if data.size == 0:
        return None
    try:
        return cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    except cv2.error:  # a header that promises more than OpenCV allows
        return None


def _to_ours(decoded: np.ndarray, path: Path) -> Pixels:  # type: ignore[type-arg]
    if decoded.dtype == np.uint16:
        decoded = ((decoded.astype(np.uint32) + 128) // 257).astype(np.uint8)
    if decoded.dtype != np.uint8:
        raise ImageError(ErrorCode.IMAGE_UNSUPPORTED, path=path, format=decoded.dtype)
    if decoded.ndim == 3 and decoded.shape[2] == 2:  # grey with alpha
        decoded = decoded[:, :, 0]
    if decoded.ndim == 3 and decoded.shape[2] == 1:
        decoded = decoded[:, :, 0]
    return to_rgb(decoded)
