"""What the fake camera's picture tells of itself: whether it is whole, and when it was exposed.

Without gain a pixel is (x + y + the frame's number) % 255; with gain g it is 1 + g times that, cut
at white. So the gain that is set just before a picture is a mark that only this picture bears.
"""

import numpy as np

from station.domain.part import Pixels

MARKS = 5


def gain_of(pixels: Pixels) -> int:
    """The gain that was set when it was exposed."""
    steps = np.diff(pixels[0].astype(int))
    return int(np.bincount(steps[steps > 0]).argmax()) - 1


def is_whole(pixels: Pixels) -> bool:
    """Whether every pixel is where the ramp has it: no line of it is of another picture."""
    scale = gain_of(pixels) + 1
    height, width = pixels.shape
    place = np.arange(height)[:, None] + np.arange(width)[None, :]
    starts = np.arange(255)[np.minimum(np.arange(255) * scale, 255) == pixels[0, 0]]
    return any(
        np.array_equal(np.minimum((place + start) % 255 * scale, 255), pixels) for start in starts
    )
