"""What is made and what was seen of it: part, trigger, frame, capture, shift."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ForwardRef

from station.domain.process import ProcessValue
from station.errors import Fault

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]
else:  # a window that speaks of pictures before it shows one need not load numpy
    Pixels = ForwardRef("npt.NDArray[np.uint8]")


class TriggerSource(StrEnum):
    """What started an inspection."""

    KEY = "key"
    BUTTON = "button"
    TIMER = "timer"
    COMMAND = "command"
    MACHINE = "machine"
    CAMERA = "camera"
    PRESENCE = "presence"


@dataclass(frozen=True, slots=True)
class Part:
    """One made thing. `number` counts every part of this data folder, from 1."""

    number: int
    serial: str = ""
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The moment a part was asked for; from here on it has its uid.

    `at_ns` is monotonic, for measuring; `at_ms` is UTC milliseconds, for people. `values` is what
    the plant's sensors said last.
    """

    source: TriggerSource
    at_ns: int
    uid: str
    at_ms: int
    values: tuple[ProcessValue, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One buffer of a camera, already ours.

    pixels: uint8, (height, width) mono or (height, width, 3) RGB, contiguous and read-only.
    number: rises with every frame the camera delivered since it was opened.
    taken_ns: monotonic time at which the exposure began.
    source: the file it came from, if any.  truth: its known label, kept for evaluation only.
    started: what the frame itself started, where it stands for a part that nobody else announced:
    CAMERA for one taken at the camera's own trigger line, PRESENCE for one that shows a part.
    """

    pixels: Pixels
    number: int
    taken_ns: int
    source: str = ""
    truth: str | None = None
    started: TriggerSource | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    """The frame of one part, which is admitted and will be recorded.

    `fault` says why the frame is missing or must not be judged; it is None exactly when the
    frame can be judged.
    """

    part: Part
    trigger: Trigger
    frame: Frame | None
    fault: Fault | None = None

    @property
    def weight(self) -> int:
        """Bytes of pixels that it holds, at least 1."""
        return self.frame.pixels.nbytes if self.frame else 1


def shift_start(now: datetime, starts: tuple[time, ...]) -> datetime:
    """When the shift that `now` falls into began; `starts` are local times of day."""
    today = [now.replace(hour=s.hour, minute=s.minute, second=0, microsecond=0) for s in starts]
    moments = [m - timedelta(days=1) for m in today] + today
    return max(m for m in moments if m <= now)


def shift_end(begin: datetime, starts: tuple[time, ...]) -> datetime:
    """When the next shift begins after one that began then."""
    days = (begin, begin + timedelta(days=1))
    moments = [day.replace(hour=s.hour, minute=s.minute) for day in days for s in starts]
    return min(m for m in moments if m > begin)
