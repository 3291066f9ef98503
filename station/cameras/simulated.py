"""A camera over an endless line of drawn flanges, with noise, and with faults on demand."""

import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum

import cv2
import numpy as np

from station.cameras.features import Feature, FeatureKind, Setting
from station.cameras.flange import draw_part
from station.cameras.noise import SensorNoise
from station.cameras.simulated_sensor import SimulatedSensor
from station.domain.part import Frame, Pixels
from station.errors import CameraError, ErrorCode

SLOW_SECONDS = 3.0
OVEREXPOSURE = 12  # times the right exposure: even the table is white
DEFOCUS = 7  # pixels over which a point is spread
NEXT_PART = "NextPart"
BESIDE = 1_000_000  # where the parts begin that are only shown
SMALLEST = 64
LARGEST = 8192
FASTEST = 1000.0

Drawn = tuple[Pixels, str]


class CameraFault(StrEnum):
    """What the simulated camera can be told to suffer from."""

    UNPLUG = "unplug"
    FREEZE = "freeze"
    BLACK = "black"
    OVEREXPOSED = "overexposed"
    BLURRED = "blurred"
    SLOW = "slow"


class SimulatedCamera:
    """Free-running at `fps`; a trigger moves the next part in.

    Part k of a seed always looks the same but for the sensor's noise, which no two frames in a
    row share. The next part is drawn ahead by a thread of its own. `pool` parts are drawn by
    `open` and repeated, for load tests in which drawing must not count; 0 draws for ever.
    features: what to set at `open`, by SFNC name. The feature NEXT_PART shows another part at once,
    of a series beside: what the next triggers bring stays the same.
    Raises CameraError CAMERA_BAD_OPTION for a value that no camera can have.
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
        features: Mapping[str, Setting] | None = None,
    ) -> None:
        _check("seed", seed >= 0, "≥ 0")
        _check("fps", 0 < fps <= FASTEST, f"0 … {FASTEST:g}")
        _check("defect_rate", 0 <= defect_rate <= 1, "0 … 1")
        _check("width", SMALLEST <= width <= LARGEST, f"{SMALLEST} … {LARGEST}")
        _check("height", SMALLEST <= height <= LARGEST, f"{SMALLEST} … {LARGEST}")
        _check("pool", pool >= 0, "≥ 0")
        self.name = "simulated"
        self._seed = seed
        self._rate = defect_rate
        self._size = (width, height)
        self._sensor = SimulatedSensor(self._size, fps, features or {})
        self._pool_size = pool
        self._pool: list[Drawn] = []
        self._fault: CameraFault | None = None
        self._index = 0
        self._number = 0
        self._last_due = 0.0
        self._part: Drawn | None = None
        self._next: Future[Drawn] | None = None
        self._beside = 0
        self._next_beside: Future[Drawn] | None = None
        self._asked = False
        self._noise: SensorNoise | None = None
        self._last: Drawn | None = None
        self._artist: ThreadPoolExecutor | None = None

    def fail(self, fault: CameraFault | str | None) -> None:
        """Suffer from that from now on, or be well again; from any thread."""
        self._fault = None if fault is None else CameraFault(fault)

    def open(self) -> None:
        """Draw what the first frame needs; unplugged: CAMERA_NOT_FOUND."""
        if self._fault is CameraFault.UNPLUG:
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self.name)
        self._sensor.open()
        self._noise = self._noise or SensorNoise(self._size, self._seed)
        if len(self._pool) < self._pool_size:
            self._pool = [self._draw(index) for index in range(self._pool_size)]
        self._part = self._part or self._render(self._index)
        self._artist = self._artist or ThreadPoolExecutor(1, "simulated")
        self._next = self._next or self._artist.submit(self._render, self._index + 1)

    def features(self) -> tuple[Feature, ...]:
        """Exposure, gain, frame rate, what cannot be set, and NEXT_PART."""
        return (*self._sensor.features(), _NEXT_PART)

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one for the next frames, and until this camera is gone."""
        if name == NEXT_PART:
            self._show_another()
            return _NEXT_PART
        return self._sensor.adjust(name, value)

    def trigger(self) -> None:
        """Move the next part in before the next frame."""
        self._asked = True

    def grab(self, timeout: float) -> Frame | None:
        """The next frame of the sensor's own rhythm; frames nobody grabbed are gone."""
        fault = self._fault
        if fault is CameraFault.UNPLUG or self._artist is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)
        period = self._sensor.period
        gap = SLOW_SECONDS if fault is CameraFault.SLOW else period
        now = time.monotonic()
        due = self._last_due + gap
        if due < now - period:
            due = now
        if due - now > timeout:
            time.sleep(timeout)
            return None
        time.sleep(max(0.0, due - now))
        self._last_due = due
        taken = time.monotonic_ns()
        pixels, truth = self._expose(fault)
        return Frame(pixels, self._number, taken, "", truth)

    def close(self) -> None:
        """Stop drawing ahead; the part that lies there stays for the next `open`."""
        if self._artist is not None:
            self._artist.shutdown()
            self._artist = None

    def _expose(self, fault: CameraFault | None) -> Drawn:
        self._number += 1
        if self._asked:
            self._asked = False
            self._move_on()
        assert self._part is not None
        assert self._noise is not None
        if fault is CameraFault.FREEZE and self._last is not None:
            return self._last
        base, truth = self._part
        exposed = self._sensor.exposed(_lit(base, fault))
        self._last = self._sensor.read(exposed, self._noise.over(exposed, self._number)), truth
        if fault is CameraFault.OVEREXPOSED:  # the sensor clips what it sees, noise and all
            self._last = _read_only(cv2.convertScaleAbs(self._last[0], alpha=OVEREXPOSURE)), truth
        return self._last

    def _move_on(self) -> None:
        """Waits for the artist where the next part is not finished yet."""
        assert self._next is not None
        assert self._artist is not None
        self._part = self._next.result()
        self._index += 1
        self._next = self._artist.submit(self._render, self._index + 1)

    def _show_another(self) -> None:
        """The first takes the time of a drawing; from then on the next one is drawn ahead."""
        if self._artist is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)
        drawn = self._next_beside or self._draw_beside(self._artist)
        self._part = drawn.result()
        self._next_beside = self._draw_beside(self._artist)

    def _draw_beside(self, artist: ThreadPoolExecutor) -> Future[Drawn]:
        self._beside += 1
        return artist.submit(self._render, BESIDE + self._beside)

    def _render(self, index: int) -> Drawn:
        return self._pool[index % self._pool_size] if self._pool else self._draw(index)

    def _draw(self, index: int) -> Drawn:
        return draw_part(self._seed, index, self._size, self._rate)


_NEXT_PART = Feature(NEXT_PART, FeatureKind.COMMAND, value=False)


def _lit(base: Pixels, fault: CameraFault | None) -> Pixels:
    """What reaches the sensor."""
    if fault is CameraFault.BLACK:
        return np.zeros_like(base)
    if fault is CameraFault.BLURRED:
        return cv2.blur(base, (DEFOCUS, DEFOCUS))  # type: ignore[return-value]
    return base


def _read_only(pixels: object) -> Pixels:
    assert isinstance(pixels, np.ndarray)
    pixels.flags.writeable = False
    return pixels


def _check(option: str, good: bool, allowed: str) -> None:
    if not good:
        raise CameraError(
            ErrorCode.CAMERA_BAD_OPTION, kind="simulated", option=option, allowed=allowed
        )
