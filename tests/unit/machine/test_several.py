"""Machines beside the one that is served: told too, and never in its way."""

import threading
from collections.abc import Callable

import pytest

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode, Fault, LineError
from station.machine.base import CannotWait, OnFault, OnTrigger, Signal, Value, Warns, Wired
from station.machine.manual import ManualMachine
from station.machine.several import Several
from tests.unit.machine.seen import seen

LOST = Fault(ErrorCode.MACHINE_LINK_LOST, (("address", "a:1"),))
TAKEN = Fault(ErrorCode.MACHINE_PORT_TAKEN, (("address", "b:2"),))


class Recorded:
    """A machine that writes down what it is told, in a log that it shares with others."""

    def __init__(self, name: str, log: list[tuple[object, ...]]) -> None:
        self.name = name
        self.log = log
        self.error: Exception | None = None
        self.on_trigger: OnTrigger = lambda *_: ""
        self.on_fault: OnFault = lambda _: None

    def _note(self, *words: object) -> None:
        self.log.append((self.name, *words))
        if self.error is not None:
            raise self.error

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        self.on_trigger, self.on_fault = on_trigger, on_fault
        self._note("open")

    def ready(self, is_ready: bool) -> None:
        self._note("ready", is_ready)

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        self._note("signal", part.number, disposition, inspection is not None)

    def close(self) -> None:
        self._note("close")


class Quiet(Recorded):
    may_trigger = False


class Speaking(Quiet):
    def listen(self, on_warning: Callable[[Fault], None]) -> None:
        self.on_warning = on_warning


class Hasty(Recorded):
    def hold(self, part: Part, inspection: Inspection) -> None:
        assert part == inspection.part
        self._note("hold", part.number)


class Panel(Recorded):
    """With signals."""

    def signals(self) -> tuple[Signal, ...]:
        return (Signal("READY", True, True, "coil 16"),)

    def test(self, is_on: bool) -> None:
        self._note("test", is_on)

    def press(self, name: str, value: Value) -> None:
        self._note("press", name, value)


class Desk:
    """A served machine, a quiet one and one that may trigger beside it, and what the line heard."""

    def __init__(self) -> None:
        self.log: list[tuple[object, ...]] = []
        self.served = Recorded("plc", self.log)
        self.quiet = Quiet("mqtt", self.log)
        self.asking = Recorded("opcua", self.log)
        self.faults: list[Fault | None] = []
        self.warnings: list[Fault] = []
        self.all = Several(self.served, [("mqtt b:1", self.quiet), ("opcua b:2", self.asking)])

    def open(self) -> None:
        self.all.listen(self.warnings.append)
        self.all.open(lambda source, serial: f"{source.value} {serial}", self.faults.append)
        self.log.clear()


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.open()
    return desk


def test_all_are_told_the_served_one_first(desk: Desk) -> None:
    desk.all.ready(True)
    desk.all.signal(Part(7), Disposition.RELEASE, seen(7))
    desk.all.signal(Part(0), Disposition.REJECT)
    assert [row[0] for row in desk.log] == ["plc", "mqtt", "opcua"] * 3
    assert desk.log[3] == ("plc", "signal", 7, Disposition.RELEASE, True)
    assert desk.log[8] == ("opcua", "signal", 0, Disposition.REJECT, False)


def test_each_may_ask_and_gets_the_answer(desk: Desk) -> None:
    for one in (desk.served, desk.quiet, desk.asking):
        assert one.on_trigger(TriggerSource.MACHINE, one.name) == f"machine {one.name}"


@pytest.mark.parametrize("error", [RuntimeError("x"), LineError(ErrorCode.MACHINE_LINK_LOST)])
def test_one_beside_that_fails_harms_nobody(desk: Desk, error: Exception) -> None:
    desk.quiet.error = error
    desk.all.ready(True)
    desk.all.signal(Part(7), Disposition.RELEASE, seen(7))
    desk.all.close()
    assert [row[:2] for row in desk.log if row[0] == "opcua"] == [
        ("opcua", "ready"),
        ("opcua", "signal"),
        ("opcua", "close"),
    ]
    assert desk.faults == []


def test_the_served_one_that_cannot_be_told_is_heard_of_after_the_others_were(desk: Desk) -> None:
    desk.served.error = LineError(ErrorCode.MACHINE_LINK_LOST, address="a:1")
    with pytest.raises(LineError):
        desk.all.signal(Part(7), Disposition.RELEASE, seen(7))
    assert [row[0] for row in desk.log] == ["plc", "mqtt", "opcua"]


def test_the_served_one_that_is_lost_stops_ready(desk: Desk) -> None:
    desk.served.on_fault(LOST)
    desk.served.on_fault(None)
    assert (desk.faults, desk.warnings) == ([LOST, None], [])


def test_one_beside_that_is_lost_is_a_warning_only(desk: Desk) -> None:
    desk.quiet.on_fault(LOST)
    desk.quiet.on_fault(None)
    assert desk.faults == []
    told = Fault(ErrorCode.MACHINE_BESIDE_LOST, (("machine", "mqtt b:1"),))
    assert desk.warnings == [told]  # in words that do not say that parts stop


def test_why_one_beside_does_not_work_is_said(desk: Desk) -> None:
    desk.quiet.on_fault(Fault(ErrorCode.MACHINE_REFUSED_LOGIN, (("address", "b:1"),)))
    desk.quiet.on_fault(Fault(ErrorCode.MACHINE_MISSPOKE, (("address", "b:1"), ("reason", "x"))))
    desk.quiet.on_fault(TAKEN)
    assert [fault.code for fault in desk.warnings] == [
        ErrorCode.MACHINE_BESIDE_REFUSED,
        ErrorCode.MACHINE_BESIDE_FAILED,
        ErrorCode.MACHINE_BESIDE_FAILED,
    ]
    assert [fault.fact("reason") for fault in desk.warnings] == ["", "x", "machine_port_taken, b:2"]


def test_one_beside_at_whose_word_parts_come_stops_ready_too(desk: Desk) -> None:
    desk.asking.on_fault(TAKEN)
    desk.served.on_fault(LOST)  # goes before
    desk.asking.on_fault(None)
    desk.served.on_fault(None)
    assert desk.faults == [TAKEN, LOST, LOST, None]


def test_the_fault_told_last_is_the_one_that_stands() -> None:
    """Two machines fail and heal at once; told from two threads, slowly."""
    desk = Desk()
    told: list[Fault | None] = []
    heard = threading.Lock()

    def hear(fault: Fault | None) -> None:
        assert heard.acquire(blocking=False), "one at a time"
        told.append(fault)
        heard.release()

    desk.all.open(lambda *_: "", hear)

    def work(machine: Recorded, fault: Fault) -> None:
        for _ in range(2000):
            machine.on_fault(fault)
            machine.on_fault(None)

    threads = [
        threading.Thread(target=work, args=(machine, fault))
        for machine, fault in ((desk.served, LOST), (desk.asking, TAKEN))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told[-1] is None
    desk.asking.on_fault(TAKEN)
    assert told[-1] == TAKEN


def test_one_beside_that_cannot_be_opened_is_told_and_the_others_open(
    no_logged_errors: list[str],
) -> None:
    desk = Desk()
    desk.quiet.error = LineError(ErrorCode.MACHINE_PORT_TAKEN, address="b:2")
    desk.asking.error = RuntimeError("broken")
    desk.open()
    assert [fault.code for fault in desk.warnings] == [ErrorCode.MACHINE_BESIDE_FAILED]
    assert [fault and fault.code for fault in desk.faults] == [ErrorCode.INTERNAL]
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()


def test_who_warns_is_given_somebody_to_tell() -> None:
    log: list[tuple[object, ...]] = []
    speaking, warnings = Speaking("s", log), list[Fault]()
    several = Several(ManualMachine(), [("s", speaking)])
    assert isinstance(several, Warns)
    several.listen(warnings.append)
    speaking.on_warning(LOST)
    assert warnings == [LOST]


def test_signals_are_those_of_the_served_one_then_the_named_ones_beside() -> None:
    log: list[tuple[object, ...]] = []
    several = Several(Panel("plc", log), [("opcua b:2", Panel("ua", log))])
    assert isinstance(several, Wired)
    several.test(True)
    several.press("READY", False)
    assert log == [("plc", "test", True), ("plc", "press", "READY", False)]
    assert [one.name for one in several.signals()] == ["READY", "opcua b:2: READY"]
    assert not several.signals()[1].is_output  # only those of the served one can be pressed


def test_without_signals_it_is_as_a_machine_without() -> None:
    several = Several(ManualMachine(), [("m", Quiet("m", []))])
    for ask in (several.signals, lambda: several.test(True), lambda: several.press("OK", True)):
        with pytest.raises(LineError) as caught:
            ask()
        assert caught.value.code is ErrorCode.MACHINE_NO_SIGNALS


def test_that_a_part_waits_is_said_to_those_that_cannot(desk: Desk) -> None:
    log: list[tuple[object, ...]] = []
    machines = [Hasty("a", log), Recorded("b", log), Hasty("c", log), Hasty("d", log)]
    machines[2].error = RuntimeError("x")
    several = Several(machines[0], [(one.name, one) for one in machines[1:]])
    assert isinstance(several, CannotWait)
    several.hold(seen(7).part, seen(7))
    assert log == [("a", "hold", 7), ("c", "hold", 7), ("d", "hold", 7)]
    desk.all.hold(seen(7).part, seen(7))
    assert desk.log == []


def test_ready_is_dropped_before_anybody_beside_is_closed(desk: Desk) -> None:
    desk.all.close()
    assert desk.log[0] == ("plc", "ready", False)
    assert [row[:2] for row in desk.log[1:]] == [
        ("mqtt", "close"),
        ("opcua", "close"),
        ("plc", "close"),
    ]
