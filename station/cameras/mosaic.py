"""Several pictures of one part as one picture: side by side, so that one record holds them all."""

from collections.abc import Sequence

import cv2
import numpy as np

from station.domain.part import Pixels
from station.domain.recipe import Roi


def tiles(shapes: Sequence[tuple[int, ...]]) -> tuple[Roi, ...]:
    """Where pictures of these shapes (height, width, …) lie in their mosaic, from the left."""
    places, x = list[Roi](), 0
    for height, width, *_ in shapes:
        places.append(Roi(x, 0, width, height))
        x += width
    return tuple(places)


def mosaic(pictures: Sequence[Pixels]) -> Pixels:
    """Side by side at the top, black below those that are less high; RGB where one of them is.

    pictures: uint8, (h, w) mono or (h, w, 3) RGB. The result is new and read-only; no pixel of
    any picture is changed.
    """
    shapes = [picture.shape for picture in pictures]
    height, width = max(shape[0] for shape in shapes), sum(shape[1] for shape in shapes)
    colour = any(picture.ndim == 3 for picture in pictures)
    whole = np.zeros((height, width, 3) if colour else (height, width), np.uint8)
    for picture, place in zip(pictures, tiles(shapes), strict=True):
        if colour and picture.ndim == 2:
            picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)  # type: ignore[assignment]
        whole[: place.height, place.x : place.x + place.width] = picture
    whole.flags.writeable = False
    return whole
