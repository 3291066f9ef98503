"""The noise of a sensor, cheap enough for every frame."""

import cv2
import numpy as np

from station.domain.part import Pixels

SIGMA = 2.2  # grey levels
PLANES = 4
SHIFTS = 64
PEDESTAL = 16  # added with the noise and taken off again, so that it can darken too
STEP = 7919  # odd: every place of every plane once before the first comes again


class SensorNoise:
    """A bank of drawn noise; a frame gets a window of it that the frame before did not have."""

    def __init__(self, size: tuple[int, int], seed: int) -> None:
        width, height = size
        rng = np.random.default_rng(seed)
        shape = (PLANES, height + SHIFTS, width + SHIFTS)
        planes = rng.standard_normal(shape, np.float32) * SIGMA + PEDESTAL
        self._planes = np.clip(np.rint(planes), 0, 255).astype(np.uint8)

    def over(self, pixels: Pixels, number: int) -> Pixels:
        """The mono picture as frame `number` would show it; a new array, read-only."""
        height, width = pixels.shape
        place = number * STEP % (PLANES * SHIFTS * SHIFTS)
        plane, y, x = place // SHIFTS**2, place // SHIFTS % SHIFTS, place % SHIFTS
        noisy = cv2.add(pixels, self._planes[plane, y : y + height, x : x + width])
        cv2.subtract(noisy, PEDESTAL, dst=noisy)  # type: ignore[call-overload]  # stubs lack scalars
        noisy.flags.writeable = False
        return noisy  # type: ignore[return-value]  # the stubs know no element type
