"""Whether a picture is good enough to be judged: light, over-exposure, focus."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from station.cameras.freeze import black
from station.domain.part import Pixels
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault

WHITE = 250  # grey levels; what reaches it says no more than that it was bright
MOST_SATURATED = 0.6  # the bound of pictures whose recipe has none of its own
DARKER = 0.6  # of the darkest good picture's brightness, and of the softest one's focus
SATURATED_ROOM = 0.05  # above the most saturated good picture, or half of that one's share


@dataclass(frozen=True, slots=True)
class PictureFigures:
    """What was measured inside the region that is judged.

    brightness: mean grey. saturated: share of white pixels, 0 … 1. focus: strength of the finest
    detail against the brightness; it falls to a half and less at a blur of one pixel.
    """

    brightness: float
    saturated: float
    focus: float


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """Bounds of a usable picture; None leaves only what holds for every picture."""

    min_brightness: float | None = None
    max_saturated: float | None = None
    min_focus: float | None = None


def limits_of(recipe: Recipe) -> PictureLimits:
    """The bounds that a recipe sets."""
    return PictureLimits(recipe.min_brightness, recipe.max_saturated, recipe.min_focus)


def measure_picture(pixels: Pixels) -> PictureFigures:
    """Mono or RGB uint8. On half the size, where the sensor's noise counts for little."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    size = max(1, width // 2), max(1, height // 2)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    brightness = cv2.mean(small)[0]
    white = float(np.count_nonzero(small >= WHITE)) / small.size
    detail = cv2.meanStdDev(cv2.Laplacian(small, cv2.CV_16S, ksize=1))[1].item()
    return PictureFigures(brightness, white, 1e4 * (detail / max(brightness, 1.0)) ** 2)


def picture_fault(
    pixels: Pixels, limits: PictureLimits, source: str, seen: PictureFigures | None = None
) -> Fault | None:
    """CAMERA_BLACK, CAMERA_OVEREXPOSED or CAMERA_BLURRED, or None for a picture to be judged.

    pixels: the region that is judged, mono or RGB uint8. `source` is a fact. seen: what was
    measured of it, where that is known already.
    """
    seen = seen or measure_picture(pixels)
    if black(pixels) or seen.brightness < (limits.min_brightness or 0.0):
        return Fault(ErrorCode.CAMERA_BLACK, (("source", source),))
    most = MOST_SATURATED if limits.max_saturated is None else limits.max_saturated
    if seen.saturated > most:
        percent = f"{100 * seen.saturated:.0f}"
        return Fault(ErrorCode.CAMERA_OVEREXPOSED, (("source", source), ("percent", percent)))
    if limits.min_focus is not None and seen.focus < limits.min_focus:
        facts = (("focus", f"{seen.focus:.1f}"), ("limit", f"{limits.min_focus:.1f}"))
        return Fault(ErrorCode.CAMERA_BLURRED, (("source", source), *facts))
    return None


def picture_limits(frames: Iterable[Pixels]) -> PictureLimits:
    """Learnt from good pictures of the region that is judged; ValueError without any."""
    seen = [measure_picture(frame) for frame in frames]
    if not seen:
        raise ValueError("no picture to learn from")
    white = max(figures.saturated for figures in seen)
    room = max(SATURATED_ROOM, white / 2)
    return PictureLimits(
        min_brightness=_down(DARKER * min(figures.brightness for figures in seen)),
        max_saturated=round(min(white + room, (1 + white) / 2), 3),
        min_focus=_down(DARKER * min(figures.focus for figures in seen)),
    )


def _down(value: float) -> float:
    """To one digit after the point, and never upwards."""
    return math.floor(value * 10) / 10
