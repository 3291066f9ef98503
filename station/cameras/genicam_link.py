"""What a GenICam camera needs of the library that talks to it."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from station.cameras.genicam_features import GenicamFeatures
from station.domain.part import Pixels

MOST_WAITING = 64  # parts at the camera's own trigger line that nobody took yet
END_SECONDS = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One buffer, already ours. pixels: None where it came in pieces; `reason` says why.

    arrived_ns: monotonic.  device_ns, number: the camera's own stamp and count, where it has them.
    """

    pixels: Pixels | None
    arrived_ns: int
    device_ns: int | None = None
    number: int | None = None
    reason: str = ""


class LinkLostError(Exception):
    """The library says that the camera is gone, or not ours any more."""


class GenicamLink(Protocol):
    """One connection. `fetch` is called by a thread of its own, all else by the camera's owner."""

    def open(self) -> None:
        """Find it and take control: CAMERA_DRIVER_MISSING, CAMERA_NOT_FOUND, CAMERA_IN_USE."""

    def features(self) -> GenicamFeatures:
        """Of the open camera."""

    def start(self) -> None:
        """Begin to take pictures. Raises LinkLostError."""

    def stop(self) -> None:
        """Take no more; what waits is gone."""

    def trigger(self) -> None:
        """Have a picture taken, as soon as the camera can. Raises LinkLostError, CameraError."""

    def fetch(self, seconds: float) -> Shot | None:
        """The next picture, also one in pieces; None after that time. Raises LinkLostError."""

    def alive(self) -> bool:
        """Whether the camera is there, as far as the library knows; returns at once."""

    def close(self) -> None:
        """Let go of the camera; safe at any time, and twice."""


class ShotReader:
    """Takes pictures off the library as they come, so that each is stamped when it comes."""

    def __init__(self, fetch: Callable[[float], Shot | None], newest_only: bool) -> None:
        self._fetch = fetch
        self._shots: deque[Shot] = deque(maxlen=1 if newest_only else MOST_WAITING)
        self._change = threading.Condition()
        self._stop = threading.Event()
        self._lost = False
        self._thread = threading.Thread(target=self._run, name="genicam-reader", daemon=True)

    @property
    def lost(self) -> bool:
        """Whether the library said that the camera is gone."""
        return self._lost

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> bool:
        """Whether it ended; one that hangs in the library is left behind."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(END_SECONDS)
        return not self._thread.is_alive()

    def next(self, timeout: float) -> Shot | None:
        """The next picture in its order, or None after that time."""
        with self._change:
            self._change.wait_for(lambda: self._shots or self._lost, timeout)
            return self._shots.popleft() if self._shots else None

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                shot = self._fetch(0.1)
            except LinkLostError:
                break
            if shot is not None and not self._stop.is_set():
                with self._change:
                    self._shots.append(shot)
                    self._change.notify_all()
        with self._change:
            self._lost = not self._stop.is_set()
            self._change.notify_all()


def now_ns() -> int:
    """When a picture came."""
    return time.monotonic_ns()
