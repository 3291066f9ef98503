"""Pictures that a sensor cannot have taken."""

import zlib

import numpy as np

from station.domain.part import Pixels

REPEATS = 3
BLACK_MEAN = 4.0
BLACK_SPREAD = 4.0  # one standard deviation: a few hot pixels do not make a picture


class FreezeWatch:
    """Tells when a live sensor repeats itself: noise makes three bit-equal frames impossible."""

    def __init__(self) -> None:
        self._last: Pixels | None = None
        self._crc = 0
        self._seen = 0

    def frozen(self, pixels: Pixels) -> bool:
        """Whether this is the third or later of a run of bit-equal frames."""
        crc = zlib.crc32(pixels[::8, ::8].tobytes())
        last = self._last
        same = last is not None and crc == self._crc and np.array_equal(last, pixels)
        self._seen = self._seen + 1 if same else 1
        self._last, self._crc = pixels, crc
        return self._seen >= REPEATS


def black(pixels: Pixels) -> bool:
    """Whether no light reached the sensor, by one pixel in 64."""
    sample = pixels[::8, ::8]
    return float(sample.mean()) < BLACK_MEAN and float(sample.std()) < BLACK_SPREAD
