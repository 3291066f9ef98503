"""What can be set on a camera, under the names of GenICam's SFNC, with the camera's own limits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

Setting = str | int | float | bool


class FeatureKind(StrEnum):
    """Which sort of value a feature takes; a command takes none, and is done when it is set."""

    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    TEXT = "text"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature as the camera has it now.

    low, high, step: of an integer or a number, as far as the camera tells.  unit: such as µs.
    choices: of a choice, those that the camera takes now.
    """

    name: str
    kind: FeatureKind
    value: Setting
    low: float | None = None
    high: float | None = None
    step: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    writable: bool = True


@runtime_checkable
class Adjustable(Protocol):
    """A camera with features. Called by the thread that owns the camera, while it is open."""

    def features(self) -> tuple[Feature, ...]:
        """Those that an engineer sets, ExposureTime and Gain first. Raises CAMERA_LOST."""

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one, read it back, and set it again after every reconnect.

        Raises CameraError CAMERA_FEATURE_REFUSED with the camera's limits, or CAMERA_LOST.
        """


@dataclass(frozen=True, slots=True)
class Found:
    """A camera that is there: `kind` and `source` are what the settings need to use it.

    detail: maker, model, serial number, address, as the driver tells.  in_use: by somebody else.
    """

    kind: str
    source: str
    name: str
    detail: str = ""
    in_use: bool = False
