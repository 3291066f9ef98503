"""Owns the writing side of the store: image, row, then the machine's word, in that order."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from station.domain.inspection import (
    UNDO_SECONDS,
    Decision,
    DecisionKind,
    Disposition,
    Inspection,
    Still,
    Verdict,
)
from station.domain.judge import dispose
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault, LineError, StationError, StoreError, internal
from station.machine.base import CannotWait, Machine
from station.pipeline.channel import Channel, Closed
from station.pipeline.pulse import Pulse
from station.store.store import Store

log = logging.getLogger(__name__)

RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0)
WRITE_SECONDS = 30.0  # a disk that takes longer for one part hangs
STOP_SECONDS = 5.0  # how long a part that cannot be written is tried again after Stop


@dataclass(frozen=True, slots=True)
class RecordPart:
    """Write this part. `waits`: a person is due; `since_ns`: when it was captured, monotonic.

    recipe: by which it was judged, whose rule says what happens to it.
    """

    inspection: Inspection
    still: Still | None
    waits: bool
    since_ns: int
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """Write this word of a person."""

    decision: Decision


Order = RecordPart | RecordDecision


def weight(order: Order) -> int:
    """Bytes of pixels that an order keeps in memory."""
    if isinstance(order, RecordPart) and order.still is not None:
        return order.still.pixels.nbytes
    return 1


@dataclass(frozen=True, slots=True)
class Due:
    """What the machine will be told about a part, and when (monotonic seconds).

    undoable: how many words of a person it knows nothing of yet.
    """

    at: float
    inspection: Inspection
    disposition: Disposition
    undoable: int = 0


@dataclass(frozen=True, slots=True)
class Listeners:
    """Whom the recorder tells, always after the fact."""

    recorded: Callable[[RecordPart], None]
    spoiled: Callable[[Inspection], None]
    decided: Callable[[Decision], None]
    disposed: Callable[[str, Disposition], None]
    refused: Callable[[Fault], None]
    fault: Callable[[Fault | None], None]
    owed: Callable[[Inspection], None]  # the machine must hear of this part, now or later
    settled: Callable[[str], None]
    took: Callable[[float], None]


class Recorder:
    """The recorder's thread body. What was handed over is written, or tried again until it is.

    A part that cannot be written at once is NOT_INSPECTED from then on, whatever the model said,
    and the machine is told to reject it.
    """

    def __init__(
        self,
        store: Store,
        machine: Machine,
        records: Channel[Order],
        recipe: Recipe,
        pulse: Pulse,
        listeners: Listeners,
    ) -> None:
        self._store = store
        self._machine = machine
        self._records = records
        self._recipe = recipe
        self._pulse = pulse
        self._tell = listeners
        self._due: dict[str, Due] = {}
        self._unwritten: list[tuple[str, Disposition]] = []
        self._behind = False
        self._stopped_at: float | None = None
        self.recorded = 0
        self.unrecorded = 0

    @property
    def held(self) -> int:
        """How many dispositions wait for their time."""
        return len(self._due)

    def run(self, stop: threading.Event) -> None:
        """Write until the records are closed and drained; what is due is then said at once."""
        while True:
            try:
                order = self._records.get(self._patience())
            except Closed:
                break
            if isinstance(order, RecordPart):
                self._record(order, stop)
            elif order is not None:
                self._decide(order.decision)
            self._say_due(time.monotonic())
            self._write_dispositions()
        self._say_decided()
        self._write_dispositions()

    def _patience(self) -> float:
        if self._unwritten:
            return RETRY_SECONDS[0]
        if not self._due:
            return 1.0
        return max(0.0, min(due.at for due in self._due.values()) - time.monotonic())

    def _record(self, order: RecordPart, stop: threading.Event) -> None:
        written = self._write(order, stop)
        if written is None:
            return
        self._recipe = order.recipe
        self.recorded += 1
        self._tell.recorded(written)
        inspection = written.inspection
        said = dispose(inspection.verdict, self._recipe.review)
        if said is not Disposition.HOLD:
            self._say(inspection, said)
        else:
            self._hold(inspection)
            self._say_held(inspection)
            self._tell.settled(inspection.uid)

    def _write(self, order: RecordPart, stop: threading.Event) -> RecordPart | None:
        tries = 0
        while True:
            try:
                begun = time.monotonic()
                with self._pulse.within("recorder", WRITE_SECONDS):
                    self._store.record(order.inspection, order.still, order.waits)
                self._tell.took(time.monotonic() - begun)
            except Exception as error:
                if not isinstance(error, StoreError):
                    log.exception("a part could not be recorded for no known reason")
                order = self._spoil(order, internal(error), first=tries == 0)
            else:
                if tries:
                    self._tell.fault(None)
                return order
            if self._out_of_time(stop):
                self.unrecorded += 1
                log.error("part %s could not be recorded", order.inspection.part.number)
                return None
            time.sleep(RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)])
            tries += 1

    def _out_of_time(self, stop: threading.Event) -> bool:
        """Whether Stop was so long ago that what cannot be written is given up, all of it."""
        if not stop.is_set():
            return False
        self._stopped_at = self._stopped_at or time.monotonic()
        return time.monotonic() - self._stopped_at > STOP_SECONDS

    def _spoil(self, order: RecordPart, fault: Fault, first: bool) -> RecordPart:
        self._tell.fault(fault)
        if not first:
            return order
        spoiled = replace(order.inspection, verdict=Verdict.NOT_INSPECTED, fault=fault)
        self._signal(spoiled, Disposition.REJECT)
        self._tell.spoiled(spoiled)
        return replace(order, inspection=spoiled, waits=False)

    def _decide(self, decision: Decision) -> None:
        try:
            self._check_undo(decision)
            inspection = self._store.inspection(decision.uid)
            self._tell.owed(inspection)  # first, so that a word that stands is told in any case
            self._store.decide(decision)
            standing = self._store.reader.standing_decision(decision.uid)
        except Exception as error:
            if not isinstance(error, StationError):
                log.exception("a decision could not be written")
            self._tell.refused(internal(error))
        else:
            self._tell.decided(decision)
            self._plan(decision, inspection, standing)
        if not self._undoable(decision.uid):
            self._tell.settled(decision.uid)

    def _check_undo(self, decision: Decision) -> None:
        """What the machine was told stays said, also where the clock was set back since."""
        if decision.kind is not DecisionKind.UNDO or self._undoable(decision.uid):
            return
        if self._store.reader.standing_decision(decision.uid) is not None:
            raise LineError(ErrorCode.UNDO_TOO_LATE, seconds=UNDO_SECONDS)

    def _undoable(self, uid: str) -> int:
        due = self._due.get(uid)
        return due.undoable if due else 0

    def _plan(self, decision: Decision, inspection: Inspection, standing: Decision | None) -> None:
        """The machine hears the word that stands when it can no longer be taken back."""
        uid = decision.uid
        undoable = self._undoable(uid) + (-1 if decision.kind is DecisionKind.UNDO else 1)
        self._due.pop(uid, None)
        if standing is None:
            if self._store.reader.entry(uid).waits:
                self._hold(inspection)
        elif undoable > 0:
            said = dispose(inspection.verdict, self._recipe.review, standing)
            at = time.monotonic() + UNDO_SECONDS
            self._due[uid] = Due(at, inspection, said, undoable)

    def _hold(self, inspection: Inspection) -> None:
        """Without an answer in time a held part is rejected; without a limit it waits for ever."""
        seconds = self._recipe.decision_seconds
        if seconds is not None:
            at = time.monotonic() + seconds
            self._due[inspection.uid] = Due(at, inspection, Disposition.REJECT)

    def _say_held(self, inspection: Inspection) -> None:
        """No word of what happens to it yet, but for a machine that cannot wait for one."""
        if isinstance(self._machine, CannotWait):
            try:
                self._machine.hold(inspection.part, inspection)
            except Exception as error:  # noqa: BLE001 - a driver may fail in any way
                number = inspection.part.number
                log.warning("part %s: nobody heard that it waits: %s", number, error)

    def _say_due(self, now: float) -> None:
        for uid in [uid for uid, due in self._due.items() if due.at <= now]:
            due = self._due.pop(uid)
            self._say(due.inspection, due.disposition)

    def _say_decided(self) -> None:
        for due in self._due.values():
            self._say(due.inspection, due.disposition)
        self._due.clear()

    def _say(self, inspection: Inspection, disposition: Disposition) -> None:
        """Tell the machine once; the row of it is tried again until it is written."""
        if not self._signal(inspection, disposition):
            return
        self._tell.settled(inspection.uid)
        self._unwritten.append((inspection.uid, disposition))
        self._write_dispositions()

    def _signal(self, inspection: Inspection, disposition: Disposition) -> bool:
        part = inspection.part
        try:
            self._machine.signal(part, disposition, inspection)
        except Exception as error:  # noqa: BLE001 - a driver may fail in any way
            log.warning("part %s: the machine was not told: %s", part.number, error)
            self._tell.refused(internal(error))
            return False
        return True

    def _write_dispositions(self) -> None:
        """Write what the machine was told, in order, as far as the store takes it.

        A part that the store does not know is being brought back to it after a damage.
        """
        for uid, disposition in list(self._unwritten):
            try:
                self._store.dispose(uid, disposition, time.time_ns() // 10**6)
            except StoreError as error:
                if error.code is ErrorCode.RECORD_NOT_FOUND:
                    continue
                self._behind = True
                self._tell.fault(error.fault)
                return
            self._unwritten.remove((uid, disposition))
            self._tell.disposed(uid, disposition)
        if self._behind:
            self._behind = False
            self._tell.fault(None)
