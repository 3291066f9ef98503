"""Drives a line part by part without a machine, and hands out what was recorded."""

import queue
import time
from collections.abc import Iterator
from dataclasses import dataclass

from station.domain.inspection import Inspection
from station.domain.part import TriggerSource
from station.errors import ErrorCode, Fault, LineError
from station.pipeline.events import Event, Inspected, Recorded, Refused
from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine

PATIENCE_SECONDS = 30.0  # a line that is not ready for so long is given up


@dataclass(frozen=True, slots=True)
class Row:
    """One part whose image and row are durable; `ms` is capture → recorded."""

    inspection: Inspection
    ms: float


class Batch:
    """Asks for one part after the other. `post` is the line's listener.

    At most `ahead` parts are without a verdict at a time: 1 shows how long a part takes, 2 keeps
    the model busy while the next picture is taken.
    """

    def __init__(self, ahead: int = 1) -> None:
        self._ahead = ahead
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._seen: dict[str, Inspection] = {}
        self._asked = 0
        self._judged = 0
        self._ended = False
        self.stopped = False

    def post(self, event: Event) -> None:
        """Take an event of the line; from any thread."""
        self._events.put(event)

    def run(self, line: Line | RemoteLine, count: int | None) -> Iterator[Row]:
        """Yield each part once it is recorded, until `count` parts or the last image.

        Raises LineError with the line's own fault when it cannot go on.
        """
        recorded, patient_until = 0, time.monotonic() + PATIENCE_SECONDS
        while not self._done(recorded, count):
            wants = not self._ended and not self.stopped and self._asked != count
            wants = wants and self._asked - self._judged < self._ahead
            if wants and line.wait_ready(0.02) and line.trigger(TriggerSource.COMMAND):
                self._asked += 1
            for row in self._rows(0.0 if wants else 0.02):
                recorded += 1
                patient_until = time.monotonic() + PATIENCE_SECONDS
                yield row
            if line.broken is not None:
                raise _as_error(line.broken)
            if time.monotonic() > patient_until:
                status = line.status()
                facts = (("state", status.state.value),)
                raise _as_error(status.fault or Fault(ErrorCode.LINE_NOT_READY, facts))

    def _done(self, recorded: int, count: int | None) -> bool:
        all_in = recorded >= self._asked
        return all_in and (self._ended or self.stopped or self._asked == count)

    def _rows(self, timeout: float) -> Iterator[Row]:
        while True:
            try:
                event = self._events.get(timeout=timeout) if timeout else self._events.get_nowait()
            except queue.Empty:
                return
            timeout = 0.0
            match event:
                case Inspected(inspection):
                    self._judged += inspection.uid not in self._seen
                    self._seen[inspection.uid] = inspection
                case Recorded(uid, _, ms):
                    yield Row(self._seen.pop(uid), ms)
                case Refused(fault) if fault.code is ErrorCode.CAMERA_NO_MORE_IMAGES:
                    self._asked -= 1
                    self._ended = True
                case _:
                    pass


def _as_error(fault: Fault) -> LineError:
    error = LineError(fault.code)
    error.fault = fault
    return error
