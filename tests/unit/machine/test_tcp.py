import socket
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from station.domain.inspection import Disposition
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode, Fault, LineError
from station.machine import outbox
from station.machine.link import ACK_SECONDS
from station.machine.tcp import RETRY_SECONDS, TcpMachine
from tests.rigs.plc import PlcProcess
from tests.unit.machine.cable import Cable


class Side:
    """The station's side: a machine, and what it told."""

    def __init__(self, port: int) -> None:
        self.machine = TcpMachine("127.0.0.1", port)
        self.triggers: list[tuple[TriggerSource, str]] = []
        self.faults: list[tuple[float, Fault | None]] = []
        self._heard = threading.Condition()

    def open(self) -> None:
        self.machine.open(self._trigger, self._fault)

    def _trigger(self, source: TriggerSource, serial: str) -> None:
        with self._heard:
            self.triggers.append((source, serial))
            self._heard.notify_all()

    def _fault(self, fault: Fault | None) -> None:
        with self._heard:
            self.faults.append((time.monotonic(), fault))
            self._heard.notify_all()

    @property
    def codes(self) -> list[ErrorCode | None]:
        return [fault.code if fault else None for _, fault in self.faults]

    def wait(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        with self._heard:
            assert self._heard.wait_for(condition, seconds), (self.triggers, self.faults)


LOST = ErrorCode.MACHINE_LINK_LOST


@pytest.fixture
def plc() -> Iterator[PlcProcess]:
    with PlcProcess() as plc:
        yield plc


@pytest.fixture
def side(plc: PlcProcess) -> Iterator[Side]:
    """Linked and ready."""
    side = Side(plc.port)
    side.open()
    side.machine.ready(True)
    plc.wait("ready", on=True)
    yield side
    side.machine.close()


@pytest.fixture
def cable(plc: PlcProcess) -> Iterator[Cable]:
    cable = Cable(plc.port)
    yield cable
    cable.close()


@pytest.fixture
def far(plc: PlcProcess, cable: Cable) -> Iterator[Side]:
    """Linked and ready through the cable."""
    side = Side(cable.port)
    side.open()
    side.machine.ready(True)
    plc.wait("ready", on=True)
    yield side
    side.machine.close()


def send(side: Side, numbers: range, said: Disposition = Disposition.RELEASE) -> None:
    for number in numbers:
        side.machine.signal(Part(number, f"S{number}"), said)


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_triggers_come_and_results_go(plc: PlcProcess, side: Side) -> None:
    plc.order("trigger")
    plc.order("trigger 零件-7")
    side.wait(lambda: len(side.triggers) == 2)
    assert side.triggers == [(TriggerSource.MACHINE, ""), (TriggerSource.MACHINE, "零件-7")]
    for number, said in enumerate(Disposition, 1):
        side.machine.signal(Part(number, "零件-7"), said)
    results = plc.wait("result", 3)
    assert [(r["sequence"], r["number"], r["serial"], r["said"]) for r in results] == [
        (1, 1, "零件-7", "RELEASE"),
        (2, 2, "零件-7", "REJECT"),
        (3, 3, "零件-7", "HOLD"),
    ]
    until(lambda: side.machine.waiting == 0)
    assert side.faults == []
    assert plc.saw("wrong") == []


def test_a_result_takes_milliseconds(plc: PlcProcess, side: Side) -> None:
    took = []
    for number in range(1, 21):
        began = time.monotonic()
        side.machine.signal(Part(number), Disposition.RELEASE)
        took.append(plc.wait("result", number=number)[0]["at"] - began)
    assert sorted(took)[len(took) // 2] < 0.03


def test_closing_says_the_last_results_and_drops_ready(plc: PlcProcess, side: Side) -> None:
    send(side, range(1, 51))
    side.machine.close()
    side.machine.close()
    assert side.machine.waiting == 0
    assert len(plc.wait("result", 50)) == 50
    plc.wait("ready", on=False)
    plc.wait("lost")
    assert plc.saw("watchdog") == []  # it was told, the watchdog had nothing to do
    assert side.codes == []


def test_without_a_machine_it_is_told_at_once_and_tried_again(plc: PlcProcess) -> None:
    port = plc.port
    plc.close()
    side = Side(port)
    began = time.monotonic()
    side.open()
    try:
        side.wait(lambda: side.codes == [LOST])
        assert side.faults[0][0] - began < 0.5
        fault = side.faults[0][1]
        assert fault is not None
        assert fault.fact("address") == f"127.0.0.1:{port}"
        with PlcProcess(port):
            side.wait(lambda: side.codes == [LOST, None])
            assert time.monotonic() - began < 2.5
    finally:
        side.machine.close()


def test_it_waits_longer_each_time_it_fails() -> None:
    calls: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        side = Side(server.getsockname()[1])
        side.open()
        while len(calls) < 3:
            taken, _ = server.accept()
            calls.append(time.monotonic())
            taken.close()
        side.machine.close()
    gaps = [after - before for before, after in pairwise(calls)]
    for gap, wanted in zip(gaps, RETRY_SECONDS, strict=False):
        assert wanted <= gap < wanted + 0.4
    assert side.codes == [LOST]


def test_a_silent_machine_is_lost_after_half_a_second(plc: PlcProcess, side: Side) -> None:
    plc.order("mute")
    began = time.monotonic()
    side.wait(lambda: side.codes == [LOST])
    assert 0.35 < side.faults[0][0] - began < 0.9
    plc.order("speak")
    side.wait(lambda: side.codes == [LOST, None])


def test_a_pulled_cable_on_both_sides(plc: PlcProcess, cable: Cable, far: Side) -> None:
    """The station sees it, the machine's outputs fall, and nothing is lost or acted on twice."""
    send(far, range(1, 4))
    plc.wait("result", 3)
    plc.wait("output", state="RELEASE")
    until(lambda: far.machine.waiting == 0)
    pulled = time.monotonic()
    cable.pull()
    send(far, range(4, 14))  # no one answers these now
    far.wait(lambda: far.codes == [LOST])
    assert far.faults[0][0] - pulled < 0.8
    watchdog = plc.wait("watchdog")[0]
    assert watchdog["at"] - pulled < 0.9
    plc.wait("output", state="REJECT")
    send(far, range(14, 21))
    assert far.machine.waiting == 17
    cable.plug()
    far.wait(lambda: far.codes == [LOST, None])
    plc.wait("ready", 2, on=True)
    results = plc.wait("result", 20)
    assert [r["number"] for r in results] == list(range(1, 21))
    assert [r["sequence"] for r in results] == list(range(1, 21))
    until(lambda: far.machine.waiting == 0)


def test_answers_that_got_lost_double_nothing(plc: PlcProcess, cable: Cable, far: Side) -> None:
    plc.order("keep")  # it acts, and its answer never comes
    send(far, range(1, 6))
    plc.wait("result", 5)
    cable.cut()
    plc.order("answer")
    until(lambda: far.machine.waiting == 0)
    assert len(plc.wait("double", 5)) == 5
    assert [r["number"] for r in plc.saw("result")] == [1, 2, 3, 4, 5]
    send(far, range(6, 7))
    assert plc.wait("result", 6)[-1]["sequence"] == 6


def test_the_link_flaps_and_every_result_arrives_once(
    plc: PlcProcess, cable: Cable, far: Side
) -> None:
    for round_ in range(2):
        send(far, range(round_ * 20 + 1, round_ * 20 + 11))
        cable.pull() if round_ % 2 else cable.cut()
        send(far, range(round_ * 20 + 11, round_ * 20 + 21))
        cable.plug()
        until(lambda: far.machine.waiting == 0)
    assert [r["number"] for r in plc.wait("result", 40)] == list(range(1, 41))


def test_another_run_of_the_station_begins_anew(plc: PlcProcess, side: Side) -> None:
    send(side, range(1, 4))
    plc.wait("result", 3)
    side.machine.close()
    other = Side(plc.port)
    other.open()
    send(other, range(4, 7))
    assert [r["number"] for r in plc.wait("result", 6)] == [1, 2, 3, 4, 5, 6]
    other.machine.close()
    assert plc.saw("double") == []


def test_a_machine_that_never_answers_is_as_good_as_none(plc: PlcProcess, side: Side) -> None:
    plc.order("keep")
    began = time.monotonic()
    send(side, range(1, 2))
    side.wait(lambda: LOST in side.codes)
    assert ACK_SECONDS * 0.9 < side.faults[0][0] - began < ACK_SECONDS + 1
    plc.order("answer")
    until(lambda: side.machine.waiting == 0)
    assert len(plc.saw("result")) == 1


def test_a_machine_that_stops_reading_is_noticed_and_holds_nobody_up(
    plc: PlcProcess, side: Side
) -> None:
    plc.order("deaf")
    began = time.monotonic()
    send(side, range(1, 101))
    assert time.monotonic() - began < 0.5
    side.wait(lambda: side.codes[:1] == [LOST])
    plc.order("hear")
    until(lambda: side.machine.waiting == 0, 20)
    assert [r["number"] for r in plc.wait("result", 100)] == list(range(1, 101))


def test_a_slow_reader_gets_everything_once(plc: PlcProcess, side: Side) -> None:
    plc.order("slow")
    time.sleep(0.25)  # the read that it is in was a quick one
    began = time.monotonic()
    send(side, range(1, 31))
    results = plc.wait("result", 30, 20)
    assert results[-1]["at"] - began > 0.5
    assert [r["number"] for r in results] == list(range(1, 31))
    plc.order("hear")
    until(lambda: side.machine.waiting == 0)


def test_only_so_many_results_wait(plc: PlcProcess) -> None:
    side = Side(plc.port)  # never opened: no link
    send(side, range(1, outbox.ROOM + 1))
    with pytest.raises(LineError) as caught:
        send(side, range(1000, 1001))
    assert caught.value.code is LOST
    send(side, range(1001, 1010), Disposition.REJECT)  # what the machine does anyway
    assert side.machine.waiting == outbox.ROOM
    side.open()
    assert [r["number"] for r in plc.wait("result", outbox.ROOM)][-1] == outbox.ROOM
    side.machine.close()
    assert side.machine.waiting == 0


def test_a_refused_part_is_only_said_while_somebody_listens(
    plc: PlcProcess, cable: Cable, far: Side
) -> None:
    far.machine.signal(Part(0, "X"), Disposition.REJECT)
    assert plc.wait("result")[0]["number"] == 0
    cable.pull()
    far.wait(lambda: far.codes == [LOST])
    before = far.machine.waiting
    far.machine.signal(Part(0, "X"), Disposition.REJECT)
    assert far.machine.waiting == before


GARBAGE = ["beat", "TRIGGER a b", "ACK x", "\udcff\udcfe", "\0\x01", "x" * 600, "y" * 100_000]


def test_garbage_is_counted_and_ignored(plc: PlcProcess, side: Side) -> None:
    for line in GARBAGE:
        plc.order(f"raw {line}")
    plc.order("raw ACK 999999")  # of a result that never was
    plc.order("trigger good")
    side.wait(lambda: len(side.triggers) == 1)
    assert side.triggers == [(TriggerSource.MACHINE, "good")]
    assert side.machine.wrong_lines == len(GARBAGE)
    assert side.faults == []


def test_something_else_on_that_port_is_no_machine() -> None:
    """It takes the connection and babbles; nothing it says counts as being there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        side = Side(server.getsockname()[1])
        side.open()
        taken, _ = server.accept()
        with taken:
            until_ = time.monotonic() + 1.5
            while time.monotonic() < until_ and side.codes != [LOST]:
                try:
                    taken.sendall(b"220 mail.example ESMTP\r\n" * 5)
                except OSError:
                    break
                time.sleep(0.05)
        side.wait(lambda: side.codes == [LOST])
        side.machine.close()
        assert side.machine.wrong_lines > 10


def test_a_listener_that_fails_harms_nobody(plc: PlcProcess, no_logged_errors: list[str]) -> None:
    seen: list[str] = []

    def fails(source: TriggerSource, serial: str) -> None:
        seen.append(serial)
        raise RuntimeError("boom")

    machine = TcpMachine("127.0.0.1", plc.port)
    machine.open(fails, lambda fault: None)
    plc.wait("ready")
    plc.order("trigger a")
    plc.order("trigger b")
    until(lambda: seen == ["a", "b"])
    machine.close()
    until(lambda: len(no_logged_errors) == 2)
    no_logged_errors.clear()


def test_the_plc_rejects_when_the_station_is_killed(plc: PlcProcess) -> None:
    """Outputs fall by the machine's own watchdog; the station's end says nothing."""
    with socket.create_connection(("127.0.0.1", plc.port)) as dead:
        dead.sendall(b"HELLO 1 r\nREADY 1\nBEAT\nRESULT 1 1 - RELEASE\n")
        said = plc.wait("output", state="RELEASE")[0]["at"]
        fell = plc.wait("output", state="REJECT")[0]["at"]
        assert 0.4 < fell - said < 0.8
        assert plc.wait("watchdog")


def test_opened_again_after_sleep_it_goes_on_where_it_was(plc: PlcProcess, side: Side) -> None:
    threads = threading.active_count()
    send(side, range(1, 3))
    for number in range(3, 6):
        side.machine.close()
        send(side, range(number, number + 1))
        side.open()
        side.machine.ready(True)
        plc.wait("ready", number - 1, on=True)
    results = plc.wait("result", 5)
    assert [r["sequence"] for r in results] == [1, 2, 3, 4, 5]
    assert threading.active_count() == threads
