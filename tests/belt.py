"""A belt under a camera: parts come in, lie still, and leave again; for tests of presence."""

import time
from collections.abc import Iterator

import numpy as np

from station.cameras.flange import draw_part
from station.cameras.noise import SensorNoise
from station.domain.part import Frame, Pixels, TriggerSource
from station.errors import CameraError, ErrorCode

SIZE = (320, 256)  # width, height
COME, LIE, LEAVE, GAP = 6, 14, 6, 8  # frames


def belt(parts: int, light: float = 1.0, seed: int = 1) -> Iterator[tuple[Pixels, int]]:
    """Frames without noise, and which part lies still in each; 0 for none."""
    table = np.full(SIZE[::-1], 40, np.uint8)

    def lit(pixels: Pixels) -> Pixels:
        return np.clip(pixels * light, 0, 255).astype(np.uint8)

    for _ in range(GAP):
        yield lit(table), 0
    for number in range(1, parts + 1):
        part, _ = draw_part(seed, number, SIZE)
        for step in range(COME):
            yield lit(_shifted(part, table, 1 - (step + 1) / (COME + 1))), 0
        for _ in range(LIE):
            yield lit(part), number
        for step in range(LEAVE):
            yield lit(_shifted(part, table, -(step + 1) / (LEAVE + 1))), 0
        for _ in range(GAP):
            yield lit(table), 0


def _shifted(part: Pixels, table: Pixels, share: float) -> Pixels:
    """The part so far to the right of its place, in widths of the picture."""
    x = round(share * SIZE[0])
    out = table.copy()
    if x >= 0:
        out[:, x:] = part[:, : SIZE[0] - x]
    else:
        out[:, :x] = part[:, -x:]
    return out


class BeltCamera:
    """Free-running over `parts` parts, then over an empty belt; `truth` is the part's number."""

    live = True
    name = "belt"

    def __init__(self, parts: int, fps: float = 100.0) -> None:
        self._frames = belt(parts)
        self._noise = SensorNoise(SIZE, 1)
        self._period = 1 / fps
        self._number = 0
        self._last = next(self._frames)
        self.over = False

    def open(self) -> None:
        """Nothing to open."""

    def trigger(self) -> None:
        """Nobody triggers a belt."""

    def grab(self, timeout: float) -> Frame | None:
        """The next frame of the belt."""
        time.sleep(min(self._period, timeout))
        taken = time.monotonic_ns()
        following = next(self._frames, None)
        self.over = following is None
        self._last = following or self._last
        self._number += 1
        pixels, still = self._last
        return Frame(self._noise.over(pixels, self._number), self._number, taken, "", str(still))

    def close(self) -> None:
        """Nothing to close."""


class LineCamera:
    """A camera whose own trigger line takes the pictures: `pulse` is what the line's sensor does.

    It is watched: its silence is no fault, `lose` is.
    """

    live = True
    name = "line"

    def __init__(self) -> None:
        self._noise = SensorNoise(SIZE, 1)
        self._due: list[int] = []
        self._number = 0
        self._lost = False
        self.opened = 0

    def pulse(self, part: int) -> None:
        """The next picture is that of this part."""
        self._due.append(part)

    def repeat(self) -> None:
        """The driver's fault: the same buffer once more."""
        self._due.append(0)

    def lose(self, is_lost: bool) -> None:
        """Whether the cable is out."""
        self._lost = is_lost

    def open(self) -> None:
        """Raises CAMERA_NOT_FOUND while the cable is out."""
        if self._lost:
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self.name)
        self.opened += 1

    def trigger(self) -> None:
        """The line's sensor triggers, nobody else."""

    def check(self) -> None:
        """Raises CAMERA_LOST while the cable is out."""
        if self._lost:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)

    def grab(self, timeout: float) -> Frame | None:
        """A picture only after a pulse."""
        end = time.monotonic() + timeout
        while not self._due:
            if time.monotonic() > end:
                return None
            time.sleep(0.002)
        part = self._due.pop(0)
        self._number += 1
        if part:
            self._pixels = self._noise.over(draw_part(1, part, SIZE)[0], self._number)
        taken = time.monotonic_ns()
        return Frame(self._pixels, self._number, taken, "", str(part), TriggerSource.CAMERA)

    def close(self) -> None:
        """Nothing to close."""
