"""A frame made ready for the model: the same function teaches, evaluates and inspects."""

from typing import Protocol

import cv2
import numpy as np

from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, ImageError


class Form(Protocol):
    """The pixels a model takes, as a card says them."""

    @property
    def height(self) -> int:
        """Rows."""

    @property
    def width(self) -> int:
        """Columns."""

    @property
    def channels(self) -> int:
        """1 for grey, 3 for RGB."""


def prepare(pixels: Pixels, roi: Roi | None, form: Form) -> Pixels:
    """Crop to the ROI, give it the form's channels and size: uint8 (1, H, W, C), contiguous.

    pixels: uint8, (h, w) mono or (h, w, 3) RGB; not changed. The ROI, or the whole picture, is
    squeezed to the form's height and width: INTER_AREA where that loses pixels, INTER_LINEAR
    where it adds some. Raises ImageError ROI_OUTSIDE_FRAME.
    """
    part = crop(pixels, roi)
    if form.channels == 1 and part.ndim == 3:
        part = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)  # type: ignore[assignment]
    part = _resize(part, form.width, form.height)
    if form.channels == 3 and part.ndim == 2:
        part = cv2.cvtColor(part, cv2.COLOR_GRAY2RGB)  # type: ignore[assignment]
    return np.ascontiguousarray(part).reshape(1, form.height, form.width, form.channels)


def crop(pixels: Pixels, roi: Roi | None) -> Pixels:
    """A view of the ROI; the whole picture without one. Raises ImageError ROI_OUTSIDE_FRAME."""
    if roi is None:
        return pixels
    height, width = pixels.shape[:2]
    inside = min(roi.x, roi.y) >= 0 and min(roi.width, roi.height) > 0
    if not inside or roi.x + roi.width > width or roi.y + roi.height > height:
        said = f"{roi.x},{roi.y} {roi.width}×{roi.height}"
        raise ImageError(ErrorCode.ROI_OUTSIDE_FRAME, roi=said, width=width, height=height)
    return pixels[roi.y : roi.y + roi.height, roi.x : roi.x + roi.width]


def _resize(part: Pixels, width: int, height: int) -> Pixels:
    if part.shape[:2] == (height, width):
        return part
    shrinks = part.shape[0] * part.shape[1] > width * height
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return cv2.resize(part, (width, height), interpolation=how)  # type: ignore[return-value]
