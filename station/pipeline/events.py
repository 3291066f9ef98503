"""What the line tells: frozen, small, without pixels."""

from dataclasses import dataclass
from enum import StrEnum

from station.domain.inspection import Decision, Disposition, Inspection
from station.domain.part import TriggerSource
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault


class LineState(StrEnum):
    """Where the line stands; the diagram is in `line.py`."""

    STOPPED = "stopped"
    STARTING = "starting"
    READY = "ready"
    RUNNING = "running"
    STOPPING = "stopping"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The line went to another state; `fault` says why where the state is FAULT."""

    state: LineState
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """A verdict was found; it is not yet recorded. The picture waits under `line.still(uid)`."""

    inspection: Inspection


@dataclass(frozen=True, slots=True)
class Recorded:
    """The part's image and row are durable, `ms` after the capture."""

    uid: str
    number: int
    ms: float


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's word was recorded."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class Disposed:
    """The machine was told what happens to the part."""

    uid: str
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Refused:
    """An order or a part was turned away, with the reason; for a part the machine got reject."""

    fault: Fault
    trigger: TriggerSource | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """Work goes on, but somebody must know: a provider that fell back, a warning of the disk."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class Adopted:
    """From the next part on this recipe is judged by; the line's card is its model's already."""

    recipe: Recipe


Event = StateChanged | Inspected | Recorded | Decided | Disposed | Refused | Warned | Adopted


@dataclass(frozen=True, slots=True)
class LineStatus:
    """A snapshot for the status chips and the bench; counts since the line was started.

    `broken` says why the line could not start at all, and will not by itself. `shadow` is the
    hash of the model that looks on; it has seen so many parts, and had no time for others.
    """

    state: LineState
    fault: Fault | None
    broken: Fault | None
    camera: str
    fps: float
    model: str
    provider: str
    provider_fell_back: bool
    admitted: int
    recorded: int
    refused: int
    live_overwritten: int
    captures_waiting: int
    records_waiting: int
    held: int
    shadow: str = ""
    shadow_seen: int = 0
    shadow_dropped: int = 0


NOWHERE = LineStatus(
    state=LineState.STARTING,
    fault=None,
    broken=None,
    camera="",
    fps=0.0,
    model="",
    provider="",
    provider_fell_back=False,
    admitted=0,
    recorded=0,
    refused=0,
    live_overwritten=0,
    captures_waiting=0,
    records_waiting=0,
    held=0,
)
"""Of a line that has not answered yet."""


def not_ready(state: LineState) -> Fault:
    """Why an order is refused in that state."""
    return Fault(ErrorCode.LINE_NOT_READY, (("state", state.value),))
