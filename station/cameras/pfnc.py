"""The pixel formats of GenICam cameras (PFNC), brought to ours: uint8 mono or RGB."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.part import Pixels
from station.errors import CameraError, ErrorCode


@dataclass(frozen=True, slots=True)
class PixelFormat:
    """One format: its PFNC number, bytes of a pixel, values that are used of two bytes.

    to_rgb: how OpenCV makes RGB of it; None for mono.
    """

    name: str
    code: int
    depth: int = 1
    top: int = 255
    to_rgb: int | None = None


_FORMATS = (
    PixelFormat("Mono8", 0x01080001),
    PixelFormat("Mono10", 0x01100003, 2, 1023),
    PixelFormat("Mono12", 0x01100005, 2, 4095),
    PixelFormat("Mono14", 0x01100025, 2, 16383),
    PixelFormat("Mono16", 0x01100007, 2, 65535),
    PixelFormat("RGB8", 0x02180014, 3),
    PixelFormat("BGR8", 0x02180015, 3, to_rgb=cv2.COLOR_BGR2RGB),
    PixelFormat("BayerGR8", 0x01080008, to_rgb=cv2.COLOR_BAYER_GRBG2RGB),
    PixelFormat("BayerRG8", 0x01080009, to_rgb=cv2.COLOR_BAYER_RGGB2RGB),
    PixelFormat("BayerGB8", 0x0108000A, to_rgb=cv2.COLOR_BAYER_GBRG2RGB),
    PixelFormat("BayerBG8", 0x0108000B, to_rgb=cv2.COLOR_BAYER_BGGR2RGB),
)
BY_NAME: Mapping[str, PixelFormat] = MappingProxyType({one.name: one for one in _FORMATS})
BY_CODE: Mapping[int, PixelFormat] = MappingProxyType({one.code: one for one in _FORMATS})


def format_of(which: int | str, source: str) -> PixelFormat:
    """By PFNC number or name; CAMERA_FEATURE_REFUSED for one that we cannot read."""
    found = BY_CODE.get(which) if isinstance(which, int) else BY_NAME.get(which)
    if found is None:
        raise CameraError(
            ErrorCode.CAMERA_FEATURE_REFUSED,
            source=source,
            feature="PixelFormat",
            value=f"0x{which:08X}" if isinstance(which, int) else which,
            allowed=", ".join(BY_NAME),
        )
    return found


def to_pixels(
    kind: PixelFormat, data: npt.NDArray[np.uint8], width: int, height: int, padding: int = 0
) -> Pixels:
    """A buffer's bytes as a picture of our own, contiguous and read-only.

    padding: bytes at the end of each line.  10 to 16 bits are scaled so that white stays white.
    Raises ValueError where there are fewer bytes than the picture needs.
    """
    line = width * kind.depth + padding
    if width <= 0 or height <= 0 or data.size < line * height - padding:
        raise ValueError(f"{data.size} bytes for {width} × {height} {kind.name}")
    stride = (line, 1)
    rows = np.lib.stride_tricks.as_strided(
        data, (height, width * kind.depth), stride, writeable=False
    )
    pixels = _ours(kind, rows, width, height)
    pixels.flags.writeable = False
    return pixels


def _ours(kind: PixelFormat, rows: npt.NDArray[np.uint8], width: int, height: int) -> Pixels:
    """Always a copy."""
    if kind.depth == 2:
        wide = np.ascontiguousarray(rows).view("<u2")
        return np.asarray(cv2.convertScaleAbs(wide, alpha=255 / kind.top), np.uint8)
    own = rows.copy()
    if kind.depth == 3:
        own = own.reshape(height, width, 3)
    if kind.to_rgb is None:
        return own
    return np.asarray(cv2.cvtColor(own, kind.to_rgb), np.uint8)
