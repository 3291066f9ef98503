"""Pixels of a camera or a file, made into pictures of the size at hand; for workers' threads."""

import cv2
import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from station.domain.inspection import Still
from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.gui.picture import Picture

# Evidence, of 255: below the first nothing is tinted, from the second on all it can be.
HEAT_FROM, HEAT_FULL = 30, 190
HEAT_ALPHA = 0.86


def fitted_size(width: int, height: int, room: QSize) -> tuple[int, int]:
    """The largest size of the same proportions within `room`; at least 1 × 1."""
    factor = min(room.width() / width, room.height() / height)
    return max(1, round(width * factor)), max(1, round(height * factor))


def resized(pixels: Pixels, room: QSize, fine: bool = False) -> Pixels:
    """A private copy that fits into `room`; `fine` costs three times as much, for stills."""
    height, width = pixels.shape[:2]
    size = fitted_size(width, height, room)
    shrinks = size[0] < width
    way = cv2.INTER_AREA if fine and shrinks else cv2.INTER_LINEAR
    return np.ascontiguousarray(cv2.resize(pixels, size, interpolation=way), dtype=np.uint8)


def to_image(pixels: Pixels) -> QImage:
    """A QImage that owns its pixels, in the format that a window takes without conversion."""
    code = cv2.COLOR_GRAY2BGRA if pixels.ndim == 2 else cv2.COLOR_RGB2BGRA
    data = np.ascontiguousarray(cv2.cvtColor(pixels, code))
    height, width = data.shape[:2]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.bits(), np.uint8).reshape(height, image.bytesPerLine())
    rows[:, : width * 4] = data.reshape(height, width * 4)
    return image


def cropped(pixels: Pixels, roi: Roi | None) -> Pixels:
    """The region of interest, or all where it does not lie inside."""
    if roi is None:
        return pixels
    height, width = pixels.shape[:2]
    if roi.x + roi.width > width or roi.y + roi.height > height:
        return pixels
    return pixels[roi.y : roi.y + roi.height, roi.x : roi.x + roi.width]


def heated(pixels: Pixels, heat: Pixels) -> Pixels:
    """RGB: `pixels` tinted where `heat` (h × w over the same area) is strong."""
    height, width = pixels.shape[:2]
    base = pixels if pixels.ndim == 3 else cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB)
    strength = cv2.resize(heat, (width, height), interpolation=cv2.INTER_CUBIC)
    tint = cv2.cvtColor(cv2.applyColorMap(strength, cv2.COLORMAP_INFERNO), cv2.COLOR_BGR2RGB)
    ramp = (np.arange(256, dtype=np.float32) - HEAT_FROM) / (HEAT_FULL - HEAT_FROM)
    alpha = cv2.LUT(strength, np.clip(ramp, 0, 1) * np.float32(HEAT_ALPHA))[:, :, None]
    return np.asarray(base + (tint.astype(np.float32) - base) * alpha + 0.5, dtype=np.uint8)


def still_picture(still: Still, room: QSize, heat: bool) -> Picture:
    """The judged area of a part, with or without its heat map, to fit into `room`."""
    area = cropped(still.pixels, still.roi)
    small = resized(area, room, fine=True)
    if heat and still.map is not None:
        small = heated(small, still.map)
    return Picture(to_image(small), QSize(area.shape[1], area.shape[0]))


def golden_picture(golden: Pixels, roi: Roi | None, room: QSize) -> Picture:
    """The picture of a known good part, cut as the judged one is, to fit into `room`."""
    area = cropped(golden, roi)
    return Picture(to_image(resized(area, room, fine=True)), QSize(area.shape[1], area.shape[0]))
