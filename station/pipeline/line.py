"""The running line: commands in, events out, three threads between.

STOPPED → STARTING → READY ⇄ RUNNING → STOPPING → STOPPED
            any → FAULT → READY, when the camera is well again
                  FAULT → STOPPED, when the model could not be opened
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable

from station.domain.inspection import Decision, DecisionKind, Disposition, Inspection, Still
from station.domain.part import Capture, Frame, Part, Trigger, TriggerSource
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault, StationError, internal
from station.inference.model import ModelCard
from station.machine.base import Warns
from station.pipeline.acquirer import Acquirer
from station.pipeline.adoption import Adoption
from station.pipeline.channel import Channel, Closed, Mailbox
from station.pipeline.clock import Clock
from station.pipeline.equipment import Equipment
from station.pipeline.errands import Errands
from station.pipeline.events import (
    Decided,
    Disposed,
    Event,
    Inspected,
    LineState,
    LineStatus,
    Recorded,
    Refused,
    StateChanged,
    Warned,
    not_ready,
)
from station.pipeline.expected import Expecting
from station.pipeline.gate import Gate
from station.pipeline.inspector import Context, Inspector
from station.pipeline.leftover import Leftover, warning
from station.pipeline.looking import further_engines, open_engines
from station.pipeline.orders import ModelOrders
from station.pipeline.pulse import Pulse, Stuck
from station.pipeline.recorder import Listeners, Order, RecordDecision, Recorder, RecordPart, weight
from station.pipeline.sampling import Sampling
from station.pipeline.setup import SetupOrders
from station.pipeline.shadow import Seat
from station.pipeline.stills import Stills
from station.pipeline.watches import SlowDiskWatch
from station.store.in_work import InWork

__all__ = ["Equipment", "Line"]

log = logging.getLogger(__name__)

CAPTURES = 8
RECORDS = 64
BYTES = 256 * 2**20  # of pixels that may wait in each of the two channels
STOP_SECONDS = 30.0
START_SECONDS = 120.0  # to load a large model and to reach a slow machine


class Line(ModelOrders, SetupOrders, Expecting):
    """Camera → capture → finding → verdict → record → disposition, until told to stop.

    Every method returns at once and may be called from any thread, except `stop`, which waits
    for what was admitted to be recorded, and what is said of models. `on_event` is called from the
    line's own threads.
    """

    def __init__(self, equipment: Equipment, on_event: Callable[[Event], None]) -> None:
        super().__init__()
        self._use = use = equipment
        self._store = equipment.store
        self._on_event = on_event
        self._captures: Channel[Capture] = Channel(CAPTURES, BYTES, lambda one: one.weight)
        self._records: Channel[Order] = Channel(RECORDS, BYTES, weight)
        self.live: Mailbox[Frame] = Mailbox()
        self.slow_disk = SlowDiskWatch(equipment.store.folder)
        self._clock = Clock()
        self._stills = Stills()
        self._in_work = InWork(equipment.store.folder)
        self._pulse = Pulse()
        self._errands = Errands()
        self._sampling = Sampling(equipment.sources, equipment.store, self._clock.now_ms, self.warn)
        self._doubts: dict[str, Fault] = {}
        self._gate = Gate(lambda: not self._captures.full)
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lock = threading.RLock()
        self._state = LineState.STOPPED
        self._faults: dict[str, Fault] = {}
        self._told_ready = False
        self._refused = 0
        self._acquirer: Acquirer | None = None
        self._recorder: Recorder | None = None
        further = further_engines(use.engine, use.recipe)
        context = Context(use.engine, use.recipe, use.camera.name, use.operator, further)
        self._adoption = Adoption(use.store, context, self._emit)
        self._seat = Seat(use.store, lambda: self.recipe, self._busy, self._emit)

    def start(self) -> None:
        """Open everything in the background; READY or FAULT follows as an event."""
        self._go(LineState.STARTING)
        self._spawn("starter", self._start)

    def stop(self) -> bool:
        """Finish what was admitted, then let go of camera and machine; False if it hung."""
        self._gate.set_open(False)
        self._go(LineState.STOPPING)
        self._stop.set()
        deadline = time.monotonic() + STOP_SECONDS
        for thread in self._threads:  # the starter adds to it before it ends
            thread.join(max(0.0, deadline - time.monotonic()))
        ended = not any(thread.is_alive() for thread in self._threads)
        if ended:
            self._use.machine.close()
            self._sampling.close()
            self._adoption.close()
            self._seat.close()
            self._in_work.close()
        self._go(LineState.STOPPED)
        return ended

    @property
    def card(self) -> ModelCard | None:
        """What the model says of itself; None until it is open."""
        return self._adoption.card

    @property
    def recipe(self) -> Recipe:
        """By which recipe this line inspects."""
        return self._adoption.now.recipe

    @property
    def lot(self) -> str:
        """Which lot is inspected."""
        return self._use.lot

    @property
    def broken(self) -> Fault | None:
        """Why the line could not start at all; None while it starts, and when it did."""
        return self._faults.get("start")

    def trigger(self, source: TriggerSource, serial: str = "") -> str:
        """Ask for one part: its uid, or "" when it was refused, and then the machine got reject."""
        at_ns, uid, at_ms = time.monotonic_ns(), uuid.uuid4().hex, self._clock.now_ms()
        trigger = Trigger(source, at_ns, uid, at_ms, self._sampling.latest())
        part = Part(0, self._serial_for(serial), self._use.lot)
        self._in_work.begin(trigger, part)
        if self._gate.offer(trigger, part):
            self._came(part.serial)
            self._settle()
            return trigger.uid
        self._refuse_part(source, part)
        self._in_work.settle(trigger.uid)
        return ""

    def wait_ready(self, timeout: float) -> bool:
        """Block until a trigger would be taken and judged; for drivers without a machine."""
        if self._faults:
            time.sleep(timeout)
        return self._gate.wait_free(timeout) and not self._faults

    def decide(
        self, uid: str, kind: DecisionKind, label: str | None = None, reason: str = ""
    ) -> None:
        """Take a person's word on a part; Decided or Refused follows as an event."""
        decision = Decision(uid, kind, self._clock.now_ms(), self._use.operator, label, reason)
        try:
            if not self._records.put(RecordDecision(decision), timeout=0):
                waiting = (("waiting", str(len(self._records))),)
                self._emit(Refused(Fault(ErrorCode.LINE_BUSY, waiting)))
        except Closed:
            self._emit(Refused(not_ready(self._state)))

    def confirm(self, entry: int) -> None:
        """A person has seen that banner of the audit trail; blocks for the write.

        Raises StoreError.
        """
        self._use.store.confirm(entry, self._use.operator)

    def still(self, uid: str) -> Still | None:
        """The judged picture of one of the last parts, or None when it has gone to the store."""
        return self._stills.get(uid)

    def doubt(self, origin: str, fault: Fault | None) -> None:
        """While one stands no part is judged: each is NOT_INSPECTED with that fault."""
        with self._lock:
            if fault is None:
                self._doubts.pop(origin, None)
            else:
                self._doubts[origin] = fault
        self._set_fault(origin, fault)

    def warn(self, fault: Fault) -> None:
        """Tell who listens what somebody must know."""
        self._emit(Warned(fault))

    def stuck(self) -> Stuck | None:
        """The thread that hangs in something that should be over, or None."""
        return self._pulse.stuck()

    def status(self) -> LineStatus:
        """What the chips and the bench show."""
        acquirer, recorder = self._acquirer, self._recorder
        with self._lock:
            return LineStatus(
                state=self._state,
                fault=next(iter(self._faults.values()), None),
                broken=self._faults.get("start"),
                camera=self._use.camera.name,
                fps=acquirer.fps if acquirer else 0.0,
                admitted=acquirer.admitted if acquirer else 0,
                recorded=recorder.recorded if recorder else 0,
                refused=self._refused,
                live_overwritten=self.live.overwritten,
                captures_waiting=len(self._captures),
                records_waiting=len(self._records),
                held=recorder.held if recorder else 0,
                **self._adoption.standing(),
                **self._seat.standing(),
            )

    # ── starting ────────────────────────────────────────────────────────────────────────────

    def _start(self) -> None:
        try:
            with self._pulse.within("start", START_SECONDS):
                open_engines(self._adoption.now.engines)
                if isinstance(self._use.machine, Warns):
                    self._use.machine.listen(self.warn)
                self._use.machine.open(self.trigger, lambda fault: self.doubt("machine", fault))
                self._sampling.open(lambda: self._state is LineState.RUNNING)
                self._settle_leftover()
            self.doubt("product", self._use.doubt)
            self._build()
        except Exception as error:
            if internal(error).code is ErrorCode.INTERNAL:
                log.exception("the line could not start")
            self._records.close()
            self._set_fault("start", internal(error))
            return
        report = self._use.engine.report
        if report.fell_back:
            facts = (("wish", report.wish), ("actual", report.actual))
            self._emit(Warned(Fault(ErrorCode.PROVIDER_FELL_BACK, facts)))
        try:
            self._adoption.note_incumbent()
            self._seat.resume()
        except StationError as error:
            self._emit(Warned(error.fault))

    def _settle_leftover(self) -> None:
        use = self._use
        leftover = Leftover(use.store, use.machine, use.recipe, use.camera.name, use.operator)
        settled = leftover.settle(self._in_work.open(), self._in_work)
        if settled:
            self._emit(Warned(warning(settled)))
        for inspection in settled:
            self._emit(Inspected(inspection))

    def _build(self) -> None:
        use = self._use
        self._recorder = recorder = Recorder(
            use.store,
            use.machine,
            self._records,
            use.recipe,
            self._pulse,
            Listeners(
                recorded=self._recorded,
                spoiled=lambda inspection: self._emit(Inspected(inspection)),
                decided=lambda decision: self._emit(Decided(decision)),
                disposed=lambda uid, disposition: self._emit(Disposed(uid, disposition)),
                refused=lambda fault: self._emit(Refused(fault)),
                fault=lambda fault: self._set_fault("store", fault),
                owed=self._owe,
                settled=self._in_work.settle,
                took=self.slow_disk.took,
            ),
        )
        inspector = Inspector(
            self._captures,
            self._records,
            self._stills,
            self._adoption.now,
            self._pulse,
            lambda: next(iter(self._doubts.values()), None),
            lambda inspection: self._emit(Inspected(inspection)),
        )
        self._adoption.serve(inspector)
        self._acquirer = acquirer = Acquirer(
            use.camera,
            self._gate,
            self._captures,
            self.live,
            use.store.last_number() + 1,
            self._pulse,
            self._errands,
            use.presence,
            on_started=lambda source: bool(self.trigger(source)),
            on_fault=lambda fault: self._set_fault("camera", fault),
            on_end=self._no_more,
            on_admitted=self._in_work.sync,
            on_tick=self._settle,
        )
        self._spawn("recorder", lambda: recorder.run(self._stop))
        self._spawn("inspector", inspector.run)
        self._spawn("acquirer", lambda: acquirer.run(self._stop))
        self._gate.set_open(not self._stop.is_set())
        self._settle()

    def _spawn(self, name: str, body: Callable[[], None]) -> None:
        thread = threading.Thread(target=body, name=f"line-{name}", daemon=True)
        with self._lock:
            self._threads.append(thread)
        thread.start()

    # ── state ───────────────────────────────────────────────────────────────────────────────

    def _settle(self) -> None:
        """READY or RUNNING by what is in work, and Ready to the machine by what would be taken."""
        with self._lock:
            acquirer, recorder = self._acquirer, self._recorder
            settled = self._state in (LineState.READY, LineState.RUNNING, LineState.STARTING)
            if settled and acquirer is not None and recorder is not None and not self._faults:
                busy = self._gate.waiting is not None or acquirer.admitted > recorder.recorded
                self._go(LineState.RUNNING if busy else LineState.READY)
            self._tell_ready()

    def _busy(self) -> bool:
        return self._gate.waiting is not None or len(self._captures) + len(self._records) > 0

    def _tell_ready(self) -> None:
        ready = self._gate.free and not self._faults
        if ready != self._told_ready:
            self._told_ready = ready
            self._use.machine.ready(ready)

    def _set_fault(self, origin: str, fault: Fault | None) -> None:
        with self._lock:
            if fault is None:
                self._faults.pop(origin, None)
            else:
                self._faults[origin] = fault
            if self._state in (LineState.STOPPING, LineState.STOPPED):
                return
            self._tell_ready()
            standing = next(iter(self._faults.values()), None)
            if standing is not None:
                self._go(LineState.FAULT, standing)
            elif self._state is LineState.FAULT:
                self._go(LineState.READY)

    def _go(self, state: LineState, fault: Fault | None = None) -> None:
        with self._lock:
            if state is self._state and fault is None:
                return
            self._state = state
        self._emit(StateChanged(state, fault))

    # ── telling ─────────────────────────────────────────────────────────────────────────────

    def _recorded(self, order: RecordPart) -> None:
        ms = (time.monotonic_ns() - order.since_ns) / 1e6
        self._emit(Recorded(order.inspection.uid, order.inspection.part.number, ms))
        self._settle()
        self._seat.offer(order)

    def _owe(self, inspection: Inspection) -> None:
        at_ms, uid = inspection.at_ms, inspection.uid
        self._in_work.begin(Trigger(inspection.trigger, 0, uid, at_ms), inspection.part)

    def _no_more(self, fault: Fault, trigger: Trigger | None) -> None:
        if trigger is not None:
            self._in_work.settle(trigger.uid)
        self._emit(Refused(fault))

    def _refuse_part(self, source: TriggerSource, part: Part) -> None:
        with self._lock:
            self._refused += 1
            state = self._state
        try:
            self._use.machine.signal(part, Disposition.REJECT)
        except Exception as error:  # noqa: BLE001 - a driver may fail in any way
            log.warning("the machine was not told of a refused part: %s", error)
        running = state in (LineState.READY, LineState.RUNNING)
        waiting = (("waiting", str(len(self._captures))),)
        fault = Fault(ErrorCode.LINE_BUSY, waiting) if running else not_ready(state)
        self._emit(Refused(fault, source))

    def _emit(self, event: Event) -> None:
        try:
            self._on_event(event)
        except Exception:
            log.exception("a listener failed on %s", type(event).__name__)
