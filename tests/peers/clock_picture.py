"""Pictures that tell when they were drawn: UTC milliseconds, 32 bits as black and white squares."""

import time

import numpy as np

from station.domain.part import Pixels
from tests.unit.cameras.pictures import encode

WIDTH, HEIGHT, SIDE = 320, 240, 20
BITS = 32


def now_ms() -> int:
    return int(time.time() * 1000) % 2**BITS


def draw(ms: int) -> Pixels:
    picture = np.full((HEIGHT, WIDTH), 150, np.uint8)
    for bit in range(BITS):
        y, x = bit // 16 * SIDE, bit % 16 * SIDE
        picture[y : y + SIDE, x : x + SIDE] = 255 * (ms >> bit & 1)
    return picture


def drawn_now() -> bytes:
    """A JPEG of this moment."""
    return encode(".jpg", draw(now_ms()))


def told(pixels: Pixels) -> int:
    """When the picture was drawn."""
    grey = pixels if pixels.ndim == 2 else pixels[:, :, 1]
    ms = 0
    for bit in range(BITS):
        y, x = bit // 16 * SIDE + SIDE // 4, bit % 16 * SIDE + SIDE // 4
        level = float(grey[y : y + SIDE // 2, x : x + SIDE // 2].mean())
        assert not 64 < level < 192, f"bit {bit} is neither black nor white: {level}"
        ms |= (level > 128) << bit
    return ms
