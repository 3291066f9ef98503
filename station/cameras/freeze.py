"""Pictures that a sensor cannot have taken."""

import zlib

import numpy as np

from station.domain.part import Frame, Pixels

REPEATS = 3
BLACK_MEAN = 4.0
BLACK_SPREAD = 4.0  # one standard deviation: a few hot pixels do not make a picture


class FreezeWatch:
    """Tells when a live sensor repeats itself: noise makes three bit-equal frames impossible.

    A frame whose number does not rise, or whose time falls, is an old buffer whatever it shows.
    """

    def __init__(self) -> None:
        self._last: Frame | None = None
        self._crc = 0
        self._seen = 0
        self._fresh = False

    @property
    def sure(self) -> bool:
        """Whether the last frame is proven fresh: there was one before it, and it differs."""
        return self._fresh

    @property
    def repeats(self) -> bool:
        """Whether the last frame is bit-equal to the one before it."""
        return self._seen > 1

    def frozen(self, frame: Frame) -> bool:
        """Whether this is the third or later of a run of bit-equal frames, or no new frame."""
        crc = zlib.crc32(frame.pixels[::8, ::8].tobytes())
        last = self._last
        self._last = frame
        if last is None:
            self._crc, self._seen = crc, 1
            return False
        same = crc == self._crc and np.array_equal(last.pixels, frame.pixels)
        self._crc, self._seen = crc, self._seen + 1 if same else 1
        self._fresh = not same
        old = frame.number <= last.number or frame.taken_ns < last.taken_ns
        return old or self._seen >= REPEATS


def black(pixels: Pixels) -> bool:
    """Whether no light reached the sensor, by one pixel in 64."""
    sample = pixels[::8, ::8]
    return float(sample.mean()) < BLACK_MEAN and float(sample.std()) < BLACK_SPREAD
