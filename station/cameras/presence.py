"""Whether a part lies in front of the camera: it comes in, settles, and leaves again."""

from dataclasses import dataclass
from enum import Enum, auto

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.part import Frame, Pixels
from station.domain.recipe import Roi
from station.errors import CameraError, ErrorCode

SIDE = 96  # pixels of the longer side that is compared: a part is no speck, and noise is gone
DIFFERS = 14.0  # grey levels from the empty place
MOVES = 6.0  # grey levels from the frame before
STILL_SHARE = 0.01  # of the pixels may move in a picture that stands still
LEAVES = 0.5  # of the share at which it came in: gone, and not just at the edge
DARK = 8.0  # grey levels: below, the ratio of two pixels is noise
EMPTY_RATE = 0.02  # how fast the empty place follows the light, for each frame

Grey = npt.NDArray[np.float32]


class _State(Enum):
    EMPTY = auto()
    COMING = auto()
    THERE = auto()


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """When a part is there.

    share: of the watched pixels that must differ from the empty place, 0.005 … 0.9.
    settle: seconds that it must lie still; with 0 it may move on, and starts as it comes in.
    roi: what is watched, in pixels of the frame; None: all of it.
    """

    share: float = 0.05
    settle: float = 0.15
    roi: Roi | None = None


class PresenceWatch:
    """Says once of each part that it is there; armed again when the place is empty.

    The first frame shows the empty place. From then on it follows slow changes of the light while
    no part is there; a light that is switched makes all pixels brighter alike, and is no part.
    """

    def __init__(self, rule: PresenceRule) -> None:
        self._rule = rule
        self._forget()

    def _forget(self) -> None:
        self._empty: Grey | None = None
        self._last: Grey | None = None
        self._state = _State.EMPTY
        self._still_since: int | None = None

    def part_in(self, frame: Frame) -> bool:
        """Whether this frame is the first that shows a part settled.

        Raises CameraError CAMERA_BAD_OPTION where the watched region lies outside the frame.
        """
        now = self._small(frame.pixels)
        if self._empty is None or self._empty.shape != now.shape:
            self._forget()
            self._empty = now
        last, self._last = self._last, now
        share = _share(now - _gain(now, self._empty) * self._empty, DIFFERS)
        if self._state is _State.EMPTY:
            if share < self._rule.share:
                self._empty += EMPTY_RATE * (now - self._empty)
                return False
            self._state, self._still_since = _State.COMING, None
        elif share < self._rule.share * LEAVES:
            self._state = _State.EMPTY
            return False
        return self._state is _State.COMING and self._settled(now, last, frame.taken_ns)

    def _settled(self, now: Grey, last: Grey | None, at_ns: int) -> bool:
        moving = last is None or _share(now - last, MOVES) > STILL_SHARE
        if moving or self._still_since is None:
            self._still_since = at_ns
        if at_ns - self._still_since < self._rule.settle * 1e9:
            return False
        self._state = _State.THERE
        return True

    def _small(self, pixels: Pixels) -> Grey:
        part = self._watched(pixels)
        factor = min(1.0, SIDE / max(part.shape[:2]))
        size = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
        small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
        grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) if small.ndim == 3 else small
        return np.asarray(cv2.GaussianBlur(grey, (3, 3), 0), np.float32)

    def _watched(self, pixels: Pixels) -> Pixels:
        roi = self._rule.roi
        if roi is None:
            return pixels
        height, width = pixels.shape[:2]
        if roi.x + roi.width > width or roi.y + roi.height > height:
            raise CameraError(
                ErrorCode.CAMERA_BAD_OPTION,
                kind="presence",
                option="roi",
                allowed=f"{width} × {height}",
            )
        return pixels[roi.y : roi.y + roi.height, roi.x : roi.x + roi.width]


def _gain(now: Grey, empty: Grey) -> float:
    """How much brighter the light is: what most pixels have in common."""
    return float(np.median((now + DARK) / (empty + DARK)))


def _share(difference: Grey, limit: float) -> float:
    return float(np.mean(np.abs(difference) > limit))
