"""What the pictures that a GenICam camera sends stand for, whichever library brings them."""

import logging
import time
from collections import deque
from typing import Protocol

from station.cameras.base import PartUnseen
from station.cameras.features import Feature, Setting
from station.domain.part import Frame, Pixels, TriggerSource
from station.errors import CameraError, ErrorCode, ImageError

log = logging.getLogger(__name__)

TRIGGERS = ("free", "software", "line")
OURS = ("TriggerMode", "AcquisitionMode")  # what the option `trigger` says
SHAPES = ("Width", "Height", "PixelFormat", "Binning", "Decimation", "GevSCPSPacketSize")
"""Features that change what a buffer must hold, by how their names begin."""

MOST_UNSEEN = 100  # a greater gap is no gap: the camera counts anew
SLICE_SECONDS = 0.05  # so often somebody looks whether the camera is still there


class Taken(Protocol):
    """A buffer as it came."""

    @property
    def pixels(self) -> Pixels | None:
        """None where it came in pieces."""

    @property
    def arrived_ns(self) -> int:
        """When it came; monotonic."""

    @property
    def reason(self) -> str:
        """Why it is in pieces."""


class HasFeatures(Protocol):
    """Where a camera's features are read."""

    def get(self, name: str) -> Feature | None:
        """None where it has no such feature."""


class Delivery:
    """From pictures to frames that a part may be judged by; belongs to one thread.

    trigger: one of TRIGGERS.  incomplete: pictures that came in pieces, or not at all.
    """

    def __init__(self, name: str, trigger: str) -> None:
        self.name = name
        self.incomplete = 0
        self._trigger = trigger
        self._number = 0
        self._asked_ns: int | None = None
        self._out_of_step = False
        self._due: deque[Frame | PartUnseen] = deque()

    def ask(self) -> None:
        """From now on a picture is expected."""
        self._asked_ns = time.monotonic_ns()

    def forget(self) -> None:
        """Nobody waits for anything any more."""
        self._asked_ns, self._out_of_step = None, False
        self._due.clear()

    def miss(self) -> None:
        """What was asked for did not come: should it come yet, it must find no open door."""
        self._out_of_step = self._out_of_step or self._asked_ns is not None
        self._asked_ns = None

    def fell_out_of_step(self) -> bool:
        """Whether the camera must begin anew before it is asked again; told once."""
        told, self._out_of_step = self._out_of_step, False
        return told

    def next(self) -> Frame | None:
        """What is due to the line, if anything. Raises PartUnseen where a part was not seen."""
        if not self._due:
            return None
        due = self._due.popleft()
        if isinstance(due, PartUnseen):
            raise due
        return due

    def take_asked(self, shot: Taken) -> None:
        """Only what arrived after the trigger can be its picture.

        Raises ImageError CAMERA_INCOMPLETE where that one came in pieces.
        """
        asked = self._asked_ns
        if asked is None or shot.arrived_ns < asked:
            log.warning("%s sent a picture that nobody had asked for", self.name)
            return
        self._asked_ns = None
        if shot.pixels is None:
            raise ImageError(ErrorCode.CAMERA_INCOMPLETE, source=self.name, reason=shot.reason)
        self.add(shot, asked)

    def add(self, shot: Taken, taken_ns: int) -> None:
        """A whole picture that is a frame; taken_ns: when its exposure began."""
        assert shot.pixels is not None
        self._number += 1
        started = TriggerSource.CAMERA if self._trigger == "line" else None
        self._due.append(Frame(shot.pixels, self._number, taken_ns, started=started))

    def add_unseen(self, reason: str) -> None:
        """A picture that stood for a part, and is none."""
        facts = {"source": self.name, "reason": reason}
        self._due.append(PartUnseen(TriggerSource.CAMERA, ErrorCode.CAMERA_INCOMPLETE, **facts))

    def add_missing(self, count: int) -> None:
        """So many, by the camera's own count, never came; each stood for a part."""
        self.incomplete += count
        for _ in range(count):
            self.add_unseen("missing picture")

    def count_pieces(self, reason: str) -> None:
        """One came in pieces: the first is told, for a thousand more say no more."""
        self.incomplete += 1
        level = logging.WARNING if self.incomplete == 1 else logging.DEBUG
        log.log(level, "%s: a picture in pieces: %s (%d)", self.name, reason, self.incomplete)


def exposure_ns(features: HasFeatures) -> int | None:
    """None where the camera sets it by itself or does not tell."""
    automatic, exposure = features.get("ExposureAuto"), features.get("ExposureTime")
    if exposure is None or (automatic is not None and automatic.value != "Off"):
        return None
    return round(float(exposure.value) * 1000)


def between(former: int | None, number: int | None, last: int = 0) -> int:
    """How many frames the camera counted between these two.

    last: after that number it begins at 1 again; 0: it goes on for ever.
    """
    if former is None or number is None:
        return 0
    gap = number - former - 1
    if gap < 0 and max(former, number) <= last:
        gap += last
    return gap if 0 <= gap <= MOST_UNSEEN else 0


def check_ways(kind: str, trigger: str, features: dict[str, Setting]) -> None:
    """Raises CAMERA_BAD_OPTION for an unknown way, and for features that `trigger` decides."""
    if trigger not in TRIGGERS:
        raise bad_option(kind, "trigger")
    for name in features:
        check_free(kind, name)


def check_free(kind: str, name: str) -> None:
    """Raises CAMERA_BAD_OPTION for a feature that the option `trigger` decides."""
    if name in OURS:
        raise bad_option(kind, name)


def bad_option(kind: str, name: str) -> CameraError:
    """An option that no such camera has."""
    allowed = f"trigger = {', '.join(TRIGGERS)}"
    return CameraError(ErrorCode.CAMERA_BAD_OPTION, kind=kind, option=name, allowed=allowed)
