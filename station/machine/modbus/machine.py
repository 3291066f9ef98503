"""The machine kind `modbus`: the hand-shake with a controller, as client or as server."""

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part
from station.errors import ErrorCode, Fault, LineError
from station.machine.base import OnFault, OnTrigger, Signal, Value
from station.machine.listening import Listener
from station.machine.modbus.codes import code_of, score_of
from station.machine.modbus.handshake import Answer, Counts, HandShake, Rules
from station.machine.modbus.link import LinkDown, PlcLink
from station.machine.modbus.panel import Panel

log = logging.getLogger(__name__)

RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0)
SETTLED_SECONDS = 5.0  # a link that stood for so long was a good one: retry quickly
LOOK_SECONDS = 0.25  # how often the order is read only to be shown
SAY_SECONDS = 5.0  # the longest that a result waits to be written: requests in flight may hang
CLOSE_SECONDS = 5.0
REMEMBERED = 1024  # parts whose result is owed
_BROKEN = Fault(ErrorCode.MACHINE_LINK_LOST, (("address", ""),))


class ModbusMachine:
    """One thread does the hand-shake. A result is said within its deadline, or never.

    A lost link is MACHINE_LINK_LOST, a peer that answers nonsense MACHINE_MISSPOKE, too many late
    results in a row MACHINE_LATE; each stands until it is over. `signal` returns when the result
    stands in the controller; for a RELEASE that came too late, or found the link lost, it raises.
    """

    def __init__(
        self, link: PlcLink, wake: threading.Event, panel: Panel, rules: Rules, poll: float
    ) -> None:
        self._link = link
        self._wake = wake
        self._panel = panel
        self._poll = poll
        self._shake = HandShake(rules)
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._results: list[_Result] = []
        self._asked: OrderedDict[str, None] = OrderedDict()
        self._looked_at = 0.0
        self._down: Fault | None = _BROKEN  # why nothing can be said now
        self._on_warning: Callable[[Fault], None] = lambda _: None
        self._warned: dict[ErrorCode, int] = {}
        self._thread: threading.Thread | None = None

    @property
    def counts(self) -> Counts:
        """What became of the triggers so far."""
        return replace(self._shake.counts)

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        """Start to connect, or to listen; the first failure is told like any later one."""
        self._closing.clear()
        listener = Listener(on_trigger, on_fault)
        self._thread = threading.Thread(
            target=self._keep, args=(listener,), name="machine-modbus", daemon=True
        )
        self._thread.start()

    def listen(self, on_warning: Callable[[Fault], None]) -> None:
        """Whom to tell of missed triggers and answers without ACK: the first, second, fourth."""
        self._on_warning = on_warning

    def ready(self, is_ready: bool) -> None:
        """READY follows when TRIG and ACK are low and the controller shows life."""
        self._shake.line_ready = is_ready
        self._wake.set()

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        """Say it where the controller waits for it; what it did not ask for concerns nobody.

        Raises LineError MACHINE_LATE or MACHINE_LINK_LOST for a RELEASE that was not said.
        """
        if part.number == 0 or inspection is None:
            return  # a refused trigger was answered where it came
        result = _Result(inspection, disposition)
        with self._lock:
            if inspection.uid not in self._asked:
                return
            del self._asked[inspection.uid]
            if self._down is None:
                self._results.append(result)
            else:
                result.finish(False, self._down)
        self._wake.set()
        result.done.wait(SAY_SECONDS)
        if not result.was_said and disposition is Disposition.RELEASE:
            fault = result.fault or self._late()
            raise LineError(fault.code, **dict(fault.facts))

    def hold(self, part: Part, inspection: Inspection) -> None:
        """A hand-shake cannot wait for a person: NG with CODE 2 now, and nothing later."""
        self.signal(part, Disposition.HOLD, inspection)

    def close(self) -> None:
        """All outputs to rest, and let go."""
        self._shake.line_ready = False
        self._closing.set()
        self._wake.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)
        self._thread = None

    # ── Wired ───────────────────────────────────────────────────────────────────────────────

    def signals(self) -> tuple[Signal, ...]:
        """As they were last seen, and as the station last set them."""
        return self._panel.signals()

    def test(self, is_on: bool) -> None:
        """Begin or end the test mode."""
        self._panel.test(is_on)
        self._wake.set()

    def press(self, name: str, value: Value) -> None:
        """Set an output by hand."""
        self._panel.press(name, value)
        self._wake.set()

    # ── the hand-shake's thread ─────────────────────────────────────────────────────────────

    def _keep(self, listener: Listener) -> None:
        tries = 0
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                self._link.open()
                with self._lock:
                    self._down = None
                self._talk(listener)
            except LinkDown as down:
                log.info("%s", down)
                listener.tell(down.fault)
                self._let_go(down.fault)
            except Exception:
                log.exception("the hand-shake failed in a way it should not")
                self._let_go(_BROKEN)
            if time.monotonic() - began > SETTLED_SECONDS:
                tries = 0
            self._closing.wait(RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)])
            tries += 1
        self._link.close()
        self._let_go(_BROKEN)

    def _talk(self, listener: Listener) -> None:
        """Look, decide, set; as long as the link stands."""
        while not self._closing.is_set():
            self._pause()
            inputs = self._link.read_inputs()
            now = time.monotonic()
            self._panel.saw(inputs)
            self._follow_test()
            if self._shake.scan(now, inputs):
                self._take(listener)
            said = self._sort_results()
            outputs = self._panel.outputs(self._shake.outputs)
            self._link.write(outputs)
            self._shake.said()
            self._panel.wrote(outputs)
            for result in said:
                result.finish(True)
            self._look_at_order(now)
            listener.tell(self._trouble(now))
            counts = self._shake.counts
            self._warn(ErrorCode.MACHINE_MISSED, counts.missed)
            self._warn(ErrorCode.MACHINE_NO_ACK, counts.not_acknowledged)

    def _pause(self) -> None:
        """Until the next look. A result cuts it short, but where the system cannot wait finely."""
        if os.name == "nt":  # there an event waits for 16 ms at least, and a sleep does not
            time.sleep(self._poll)
        else:
            self._wake.wait(self._poll)
        self._wake.clear()

    def _take(self, listener: Listener) -> None:
        order = self._link.read_order()
        self._panel.saw_order(order)
        if not self._shake.ask(time.monotonic(), order):
            return
        with self._lock:  # the result may be there before the trigger has returned
            uid = listener.trigger(order.part_id)
            if uid:
                self._asked[uid] = None
                if len(self._asked) > REMEMBERED:
                    self._asked.popitem(last=False)
        self._shake.taken(time.monotonic(), uid)

    def _sort_results(self) -> "list[_Result]":
        """Hand the results to the hand-shake; those that will be said."""
        with self._lock:
            results, self._results = self._results, []
        said = []
        for result in results:
            if self._shake.result(time.monotonic(), result.uid, result.answer):
                said.append(result)
            else:
                log.info("part %s: its result came too late and is not said", result.number)
                result.finish(False)
        return said

    def _follow_test(self) -> None:
        if self._panel.testing is not self._shake.testing:
            self._shake.test(self._panel.testing)

    def _look_at_order(self, now: float) -> None:
        """Between parts, so that a person sees the registers live."""
        if now - self._looked_at > LOOK_SECONDS and not self._shake.under_way:
            self._looked_at = now
            self._panel.saw_order(self._link.read_order())

    def _trouble(self, now: float) -> Fault | None:
        if self._shake.tripped:
            return self._late()
        if self._shake.silent(now):
            return self._panel.silent_fault
        return None

    def _warn(self, code: ErrorCode, count: int) -> None:
        if count >= max(1, 2 * self._warned.get(code, 0)):
            self._warned[code] = count
            try:
                self._on_warning(Fault(code, (("count", str(count)),)))
            except Exception:
                log.exception("a listener failed on the machine's warning")

    def _late(self) -> Fault:
        return Fault(ErrorCode.MACHINE_LATE, (("count", str(max(1, self._shake.late_in_a_row))),))

    def _let_go(self, fault: Fault) -> None:
        """Whatever was under way is given up; who waits for its word hears that it was not said."""
        self._link.drop()
        self._shake.lost()
        self._panel.lost()
        with self._lock:
            self._down = fault
            results, self._results = self._results, []
        for result in results:
            result.finish(False, fault)


class _Result:
    """What came of a part, on its way from the recorder's thread to the controller."""

    def __init__(self, inspection: Inspection, disposition: Disposition) -> None:
        is_good = disposition is Disposition.RELEASE
        self.uid, self.number = inspection.uid, inspection.part.number
        self.answer = Answer(is_good, code_of(disposition, inspection), score_of(inspection))
        self.done = threading.Event()
        self.was_said = False
        self.fault: Fault | None = None

    def finish(self, was_said: bool, fault: Fault | None = None) -> None:
        self.was_said, self.fault = was_said, fault
        self.done.set()
