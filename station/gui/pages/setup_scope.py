"""What the live pictures say of light and focus, measured in the thread that takes them."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from station.cameras.picture import measure_picture
from station.domain.part import Frame, Pixels
from station.domain.recipe import Roi
from station.gui.pictures import cropped

PERIOD = 0.2  # seconds between two measurements
BINS = 64
DARK, WHITE = 6, 250  # grey levels
MOST_WHITE, MOST_BLACK = 0.02, 0.25  # shares above which a picture says too little
DIM, GLARING = 40.0, 215.0  # mean grey


@dataclass(frozen=True, slots=True)
class Light:
    """Of one picture, inside the region that is judged: mean grey, shares, and the histogram."""

    mean: float
    white: float
    black: float
    focus: float
    bins: tuple[float, ...]

    @property
    def is_bright(self) -> bool:
        """Too much of it is white."""
        return self.white > MOST_WHITE or self.mean > GLARING

    @property
    def is_dim(self) -> bool:
        """Too much of it is black."""
        return self.mean < DIM or self.black > MOST_BLACK


def measure(pixels: Pixels, region: Roi | None) -> Light:
    """Mono or RGB uint8. The shares are of single pixels: a small highlight counts."""
    part = cropped(pixels, region)
    grey = part if part.ndim == 2 else cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    counts = np.bincount(np.asarray(grey, np.uint8).ravel(), minlength=256) / grey.size
    figures = measure_picture(part)
    return Light(
        mean=float(counts @ np.arange(256)),
        white=float(counts[WHITE:].sum()),
        black=float(counts[: DARK + 1].sum()),
        focus=figures.focus,
        bins=tuple(float(one) for one in counts.reshape(BINS, -1).sum(axis=1)),
    )


class Scope:
    """Stands between the line and the preview: `take` belongs to the preview's thread.

    region: what is measured. light, best, frame: the last measurement, the sharpest so far, and
    the last picture; to be read from any thread.
    """

    def __init__(self, live: Callable[[float], Frame | None]) -> None:
        self._live = live
        self._due = 0.0
        self.region: Roi | None = None
        self.frame: Frame | None = None
        self.light: Light | None = None
        self.best = 0.0

    def take(self, timeout: float) -> Frame | None:
        """The newest picture, measured now and then on its way."""
        frame = self._live(timeout)
        if frame is None:
            return None
        self.frame = frame
        now = time.monotonic()
        if now >= self._due:
            self._due = now + PERIOD
            light = measure(frame.pixels, self.region)
            self.best = max(self.best, light.focus)
            self.light = light
        return frame

    def forget(self) -> None:
        """Another camera, another lens, another region: the best begins anew."""
        self.light, self.best, self.frame = None, 0.0, None
