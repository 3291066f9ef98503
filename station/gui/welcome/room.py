"""What the pages of the first start may ask for, and what they answer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station.cameras.features import Found
from station.errors import Fault

DRAWN = Found("simulated", "", "")
"""The demo line's camera, which draws its parts."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that can hold the data.

    free: bytes.  used: a station's data lie there already; then nothing else is asked.
    """

    folder: Path
    free: int
    used: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Which cameras are there, and why a driver could not look for its own."""

    found: tuple[Found, ...] = ()
    missing: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """All that was said. pin: empty where one is set already.

    teach: a first product is taught as soon as the station stands.
    """

    language: str = "en"
    place: Place | None = None
    pin: str = ""
    camera: Found = DRAWN
    teach: bool = False


@dataclass(frozen=True, slots=True)
class WelcomeRoom:
    """The few calls. All but `pin_flaw` may block, `search` for many seconds.

    proposed: the folder that the data go to if nobody wants another.  named: it was named at the
    start, and no other can be chosen.
    disks(): a folder on each other disk.  fitting(folder): it, or one of its own in it.
    judge(folder): raises StationError with what is wrong.  pin_flaw(pin): what is wrong with it.
    has_pin(folder).  search(): the cameras.  look(camera): a file with a picture of now.
    finish(answers): write it all down; from then on the station has begun.
    """

    proposed: Path
    named: bool
    disks: Callable[[], tuple[Place, ...]]
    fitting: Callable[[Path], Path]
    judge: Callable[[Path], Place]
    pin_flaw: Callable[[str], Fault | None]
    has_pin: Callable[[Path], bool]
    search: Callable[[], Seen]
    look: Callable[[Found], Path]
    finish: Callable[[Answers], None]
