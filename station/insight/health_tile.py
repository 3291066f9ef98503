"""What is known of a watched machine just now: the life that is left, or why it is not known."""

from dataclasses import dataclass
from enum import StrEnum

from station.errors import Fault


class Condition(StrEnum):
    """Whether the life that is left can be said."""

    FORETOLD = "foretold"
    OUTSIDE = "outside"  # foretold, but from values beyond what the model has learnt from
    STOPPED = "stopped"  # foretold from the last values; none have come for a while
    EARLY = "early"  # too few readings since the service
    NO_VALUES = "no_values"  # none since the service
    NO_MODEL = "no_model"  # none is named in the settings
    BAD_MODEL = "bad_model"  # it cannot be opened, or foretells no life
    OTHER_MODEL = "other_model"  # it needs values that are not recorded
    NO_CLOCK = "no_clock"  # it counts cycles, and not the time


@dataclass(frozen=True, slots=True)
class HealthTile:
    """One machine. life, low, high: what is left and its interval, in `unit`, where it can be said.

    due: little enough is left. capped: `high` is as far as the model tells at all, so that only
    `low` is known. since_ms: the last service, or where none was noted the first value. until_ms:
    the last value of the column that has been silent the longest. columns: those that the
    condition is about. readings, needed: how many are looked at, and how many it takes.
    """

    name: str
    condition: Condition
    life: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    due: bool = False
    capped: bool = False
    since_ms: int | None = None
    noted: bool = False
    until_ms: int | None = None
    columns: tuple[str, ...] = ()
    readings: int = 0
    needed: int = 0
    model: str = ""
    fault: Fault | None = None
