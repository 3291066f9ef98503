"""What a vision system tells its clients: a result, and the events around it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from station.domain.inspection import Disposition, Inspection, Verdict
from station.domain.part import Part
from station.machine.opcua.states import ResultState, State

CODE_UNASKED = 95  # beside `modbus_codes.Code`: good, but the controller asked for no such part
NO_SCORE = -1.0


@dataclass(frozen=True, slots=True)
class Result:
    """What was said of one part. `uid` is the result's id, `job` the id of the job it belongs to.

    serial: the PartId that the client gave, or the serial that the station read.
    """

    uid: str
    job: str
    serial: str
    disposition: Disposition
    state: ResultState
    code: int
    at: datetime
    began: datetime
    part: Part | None = None
    inspection: Inspection | None = None

    @property
    def verdict(self) -> str:
        """The rule's word; NOT_INSPECTED where nobody judged the part in time."""
        return (self.inspection.verdict if self.inspection else Verdict.NOT_INSPECTED).value

    @property
    def score(self) -> float:
        """0 … 1, how sure the model is that the part is bad; NO_SCORE where it saw nothing."""
        seen = self.inspection.score if self.inspection else None
        return NO_SCORE if seen is None else seen


def state_of(disposition: Disposition, inspection: Inspection | None) -> ResultState:
    """A part that waits for a person is still being processed."""
    if inspection is None or inspection.verdict is Verdict.NOT_INSPECTED:
        return ResultState.FAILED
    held = disposition is Disposition.HOLD
    return ResultState.PROCESSING if held else ResultState.COMPLETED


def began_at(inspection: Inspection | None, now: datetime) -> datetime:
    """When the part was asked for, UTC."""
    return now if inspection is None else datetime.fromtimestamp(inspection.at_ms / 1000, UTC)


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The vision system went from one state to another; `call` is the method's name, or empty."""

    before: State
    after: State
    call: str = ""


@dataclass(frozen=True, slots=True)
class JobStarted:
    """A job began."""

    job: str


@dataclass(frozen=True, slots=True)
class ResultReady:
    """A result is there, or what was said of its part has changed since."""

    result: Result


@dataclass(frozen=True, slots=True)
class Ready:
    """The job is over; the next may come."""

    job: str


@dataclass(frozen=True, slots=True)
class RecipePrepared:
    """Parts may come for that recipe."""

    recipe: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The line inspects no parts."""

    before: State


@dataclass(frozen=True, slots=True)
class Resolved:
    """The line inspects parts again."""

    after: State


News = StateChanged | JobStarted | ResultReady | Ready | RecipePrepared | Failed | Resolved
