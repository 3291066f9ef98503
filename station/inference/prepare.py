"""A frame made ready for the model: the same function teaches, evaluates and inspects."""

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np

from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, ImageError

AROUND = 8  # pixels of the frame


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


def prepare(pixels: Pixels, roi: Roi | None, form: Form, ignore: Sequence[Roi] = ()) -> Pixels:
    """Crop to the ROI, give it the form's channels and size: uint8 (1, H, W, C), contiguous.

    pixels: uint8, (h, w) mono or (h, w, 3) RGB; not changed. The ROI, or the whole picture, is
    squeezed to the form's height and width: INTER_AREA where that loses pixels, INTER_LINEAR
    where it adds some. ignore: as `region` has it. Raises ImageError ROI_OUTSIDE_FRAME and
    ALL_IGNORED.
    """
    part = region(pixels, roi, ignore)
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


def region(pixels: Pixels, roi: Roi | None, ignore: Sequence[Roi] = ()) -> Pixels:
    """What is looked at: the ROI, in which ignored areas have the mean colour of what is around.

    ignore: in pixels of the frame; what of it lies outside the ROI does not count. A view where
    nothing is ignored, else a copy. Raises ImageError ROI_OUTSIDE_FRAME, and ALL_IGNORED where
    nothing is left.
    """
    part = crop(pixels, roi)
    areas = inside(part.shape[:2], roi, ignore)
    if not areas:
        return part
    rest = np.full(part.shape[:2], 255, np.uint8)
    for rows, columns in areas:
        rest[rows, columns] = 0
    if not rest.any():
        raise ImageError(ErrorCode.ALL_IGNORED)
    painted = part.copy()
    for rows, columns in areas:
        painted[rows, columns] = _around(part, rest, rows, columns)
    return painted


def _around(part: Pixels, rest: Pixels, rows: slice, columns: slice) -> Pixels:
    """The mean colour of the pixels next to an area that are not ignored; else of all of those.

    What is near is what belongs there: a bright blot on the dark table would pass for a defect.
    """
    near = (
        slice(max(0, rows.start - AROUND), rows.stop + AROUND),
        slice(max(0, columns.start - AROUND), columns.stop + AROUND),
    )
    seen, mask = (part[near], rest[near]) if rest[near].any() else (part, rest)
    mean = np.rint(cv2.mean(seen, mask)[: 1 if part.ndim == 2 else 3])
    return mean.astype(np.uint8)


def inside(
    shape: tuple[int, ...], roi: Roi | None, ignore: Sequence[Roi]
) -> list[tuple[slice, slice]]:
    """Rows and columns of the ignored areas within the ROI, whose pixels have that shape."""
    left, top = (0, 0) if roi is None else (roi.x, roi.y)
    found = []
    for area in ignore:
        y0, y1 = _cut(area.y - top, area.height, shape[0])
        x0, x1 = _cut(area.x - left, area.width, shape[1])
        if y0 < y1 and x0 < x1:
            found.append((slice(y0, y1), slice(x0, x1)))
    return found


def darken(
    evidence: Pixels, shape: tuple[int, ...], roi: Roi | None, ignore: Sequence[Roi]
) -> None:
    """Leave no evidence where nobody looks; `evidence` (h, w) lies over the ROI of that shape."""
    height, width = evidence.shape
    for rows, columns in inside(shape, roi, ignore):
        y0, y1 = rows.start * height // shape[0], -(-rows.stop * height // shape[0])
        x0, x1 = columns.start * width // shape[1], -(-columns.stop * width // shape[1])
        evidence[y0:y1, x0:x1] = 0


def _cut(start: int, length: int, most: int) -> tuple[int, int]:
    return max(start, 0), min(start + length, most)


def _resize(part: Pixels, width: int, height: int) -> Pixels:
    if part.shape[:2] == (height, width):
        return part
    shrinks = part.shape[0] * part.shape[1] > width * height
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return cv2.resize(part, (width, height), interpolation=how)  # type: ignore[return-value]
