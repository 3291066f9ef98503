"""A camera over an endless line of drawn flanges, with noise, and with faults on demand."""

import threading
import time
from enum import StrEnum

import cv2
import numpy as np

from station.cameras.flange import draw_part
from station.domain.part import Frame, Pixels
from station.errors import CameraError, ErrorCode

NOISE = 2.2  # grey levels, one sigma
NOISE_FRAMES = 4
SLOW_SECONDS = 3.0


class CameraFault(StrEnum):
    """What the simulated camera can be told to suffer from."""

    UNPLUG = "unplug"
    FREEZE = "freeze"
    BLACK = "black"
    SLOW = "slow"


class SimulatedCamera:
    """Free-running at `fps`; a trigger moves the next part in.

    Part k of a seed always looks the same but for the sensor's noise, which no two frames share.
    The next part is drawn ahead by a thread of its own. `pool` parts are drawn and repeated, for
    load tests in which drawing must not count; 0 draws for ever.
    """

    live = True

    def __init__(
        self,
        seed: int = 1,
        fps: float = 30.0,
        defect_rate: float = 0.2,
        width: int = 1280,
        height: int = 1024,
        pool: int = 0,
    ) -> None:
        self.name = "simulated"
        self._seed = seed
        self._period = 1.0 / fps
        self._rate = defect_rate
        self._size = (width, height)
        self._pool_size = pool
        self._pool: dict[int, tuple[Pixels, str]] = {}
        self._fault: CameraFault | None = None
        self._index = 0
        self._number = 0
        self._due = 0.0
        self._part: tuple[Pixels, str] | None = None
        self._next: tuple[Pixels, str] | None = None
        self._asked = False
        self._noise: list[Pixels] = []
        self._last: Pixels | None = None
        self._random = np.random.default_rng(seed)
        self._draw = threading.Event()
        self._drawn = threading.Event()
        self._closing = threading.Event()
        self._artist: threading.Thread | None = None

    def fail(self, fault: CameraFault | None) -> None:
        """Suffer from that from now on, or be well again; from any thread."""
        self._fault = fault

    def open(self) -> None:
        """Draw the first part and the noise; unplugged: CAMERA_NOT_FOUND."""
        if self._fault is CameraFault.UNPLUG:
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self.name)
        self._make_noise()
        self._part = self._part or self._render(self._index)
        self._closing.clear()
        self._draw.set()
        self._artist = threading.Thread(target=self._draw_ahead, name="simulated", daemon=True)
        self._artist.start()
        self._due = time.monotonic()

    def trigger(self) -> None:
        """Move the next part in before the next frame."""
        self._asked = True

    def grab(self, timeout: float) -> Frame | None:
        """The next frame of the sensor's own rhythm."""
        if self._fault is CameraFault.UNPLUG:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)
        self._due = max(self._due, time.monotonic() - self._period)
        wait = self._due - time.monotonic()
        if wait > timeout:
            time.sleep(timeout)
            return None
        time.sleep(max(0.0, wait))
        self._due += SLOW_SECONDS if self._fault is CameraFault.SLOW else self._period
        taken = time.monotonic_ns()
        pixels, truth = self._expose()
        self._number += 1
        return Frame(pixels, self._number, taken, "", truth)

    def close(self) -> None:
        """Stop drawing ahead."""
        self._closing.set()
        self._draw.set()
        if self._artist is not None:
            self._artist.join()
            self._artist = None

    def _expose(self) -> tuple[Pixels, str]:
        if self._asked:
            self._asked = False
            self._move_on()
        assert self._part is not None
        base, truth = self._part
        if self._fault is CameraFault.FREEZE and self._last is not None:
            return self._last, truth
        if self._fault is CameraFault.BLACK:
            base = np.zeros_like(base)
        self._last = self._with_noise(base)
        return self._last, truth

    def _move_on(self) -> None:
        self._drawn.wait()
        self._part, self._next = self._next, None
        self._index += 1
        self._drawn.clear()
        self._draw.set()

    def _draw_ahead(self) -> None:
        while True:
            self._draw.wait()
            self._draw.clear()
            if self._closing.is_set():
                return
            if self._next is None:
                self._next = self._render(self._index + 1)
            self._drawn.set()

    def _render(self, index: int) -> tuple[Pixels, str]:
        if not self._pool_size:
            return draw_part(self._seed, index, self._size, self._rate)
        index %= self._pool_size
        if index not in self._pool:
            self._pool[index] = draw_part(self._seed, index, self._size, self._rate)
        return self._pool[index]

    def _make_noise(self) -> None:
        width, height = self._size
        if not self._noise:
            for _ in range(NOISE_FRAMES):
                plane = self._random.normal(16, NOISE, (height + 64, width + 64))
                self._noise.append(np.clip(plane + 0.5, 0, 255).astype(np.uint8))

    def _with_noise(self, base: Pixels) -> Pixels:
        """Base + a random window of one of the noise planes, whose mean of 16 is taken off."""
        height, width = base.shape
        plane = self._noise[self._random.integers(NOISE_FRAMES)]
        y, x = self._random.integers(64, size=2)
        window = plane[y : y + height, x : x + width]
        lifted = cv2.add(base, window)
        noisy: Pixels = cv2.subtract(lifted, (16.0,))  # type: ignore[call-overload]
        noisy.flags.writeable = False
        return noisy
