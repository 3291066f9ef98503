"""The machine over real sockets: against the simulated controller, and against bad peers."""

import queue
import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from station.domain.inspection import Disposition, Verdict
from station.domain.part import Part
from station.errors import ErrorCode, LineError
from station.machine.base import CannotWait, Wired
from station.machine.modbus.codes import Code
from station.machine.modbus.map import ANSWER_WORDS, OUTPUT_COILS, REST, ModbusMap
from station.machine.modbus.memory import Memory, ModbusServer
from station.machine.simulated_plc import PlcPart, SimulatedPlc
from tests.unit.machine.cable import Cable
from tests.unit.machine.modbus_side import BAD, GOOD, Side, inspection, until

LOST, MISSPOKE = ErrorCode.MACHINE_LINK_LOST, ErrorCode.MACHINE_MISSPOKE


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Plc:
    """The simulated controller, and the parts that came to their end."""

    def __init__(self, window: float = 1.0) -> None:
        self.port = free_port()
        self.parts: queue.Queue[PlcPart] = queue.Queue()
        self.ready: list[bool] = []
        self.plc = SimulatedPlc(
            "127.0.0.1", self.port, self.parts.put, self.ready.append, window=window
        )

    def __enter__(self) -> "Plc":
        self.plc.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.plc.close()

    def make(self, part_id: str = "") -> PlcPart:
        """One part, to its end."""
        self.plc.make_part(part_id)
        return self.parts.get(timeout=10)

    @property
    def coils(self) -> dict[str, bool]:
        return self.plc._memory.coils(OUTPUT_COILS)

    def at_rest(self) -> bool:
        return not any(bit for name, bit in self.coils.items() if name != "hb")


@pytest.fixture
def plc() -> Iterator[Plc]:
    with Plc() as plc:
        yield plc


def test_parts_go_through_the_hand_shake(plc: Plc) -> None:
    says = {1: GOOD, 2: BAD, 3: Disposition.HOLD}
    with Side(plc.port, lambda number: says[number]) as side:
        one, two, three = plc.make("零件-7"), plc.make(), plc.make()
        assert (one.said, one.code, one.score, one.is_passed) == ("ok", Code.NONE, 250, True)
        assert (two.said, two.code, two.is_passed) == ("ng", Code.DEFECT, False)
        assert (three.said, three.code) == ("ng", Code.REVIEW)
        assert side.serials == ["零件-7", "SIM-00002", "SIM-00003"]
        assert one.busy_ms is not None
        assert one.valid_ms is not None
        assert one.valid_ms < 500
        assert side.faults == []
        assert asdict(side.machine.counts) | {"ok": 1, "ng": 2} == asdict(side.machine.counts)
    assert plc.at_rest(), "all outputs are 0 after the end"


def test_it_is_wired_and_cannot_wait(plc: Plc) -> None:
    with Side(plc.port) as side:
        assert isinstance(side.machine, Wired)
        assert isinstance(side.machine, CannotWait)


def test_a_late_result_is_ng_99_and_the_next_part_is_none_the_worse(plc: Plc) -> None:
    with Side(plc.port, after=0.005, deadline_ms=100) as side:
        assert plc.make().said == "ok"
        side.after = 0.2
        late = plc.make()
        side.after = 0.005
        assert (late.said, late.code) == ("ng", Code.LATE)
        assert [plc.make().said for _ in range(5)] == ["ok"] * 5
        side.wait(lambda: bool(side.refused))
        assert side.refused == [ErrorCode.MACHINE_LATE]
        assert side.machine.counts.late == 1


def test_three_late_in_a_row_are_told_until_reset(plc: Plc) -> None:
    with Side(plc.port, after=0.15, deadline_ms=50) as side:
        for _ in range(3):
            assert plc.make().code == Code.LATE
        side.wait(lambda: side.codes == [ErrorCode.MACHINE_LATE])
        assert side.faults[0] is not None
        assert side.faults[0].fact("count") == "3"
        until(lambda: plc.coils["fault"] and not plc.coils["ready"])
        plc.plc._memory.put({"reset": True})
        side.wait(lambda: side.codes == [ErrorCode.MACHINE_LATE, None])
        side.after = 0.005
        assert plc.make().said == "ok"


def test_the_window_of_the_controller_may_be_the_shorter_one() -> None:
    with Plc(window=0.1) as plc, Side(plc.port, after=0.2, late_limit=0) as side:
        part = plc.make()
        assert (part.said, part.valid_ms) == ("window", None)
        side.wait(lambda: bool(side.refused))
        side.after = 0.005
        assert plc.make().said == "ok"
        assert side.machine.counts.withdrawn == 1


def test_another_recipe_is_rejected_with_its_code(plc: Plc) -> None:
    with Side(plc.port, expect_recipe=5) as side:
        part = plc.make()
        assert (part.said, part.code) == ("ng", Code.WRONG_RECIPE)
        assert side.serials == []
        plc.plc._memory.put({}, {"recipe": 5})
        assert plc.make().said == "ok"


def test_a_line_that_is_not_ready_lowers_ready(plc: Plc) -> None:
    with Side(plc.port) as side:
        until(lambda: plc.coils["ready"])
        side.machine.ready(False)
        until(lambda: not plc.coils["ready"])
        plc.plc._memory.put({"trig": True}, {"seq": 77})  # in spite of that
        until(lambda: plc.coils["valid"])
        assert plc.coils["ng"]
        assert not plc.coils["ok"]
        assert plc.plc._memory.words("seq_echo") == [77]
        assert plc.plc._memory.words("code") == [Code.MISSED]
        assert side.serials == []
        assert side.machine.counts.missed == 1


def test_missed_triggers_are_told_and_not_each_of_them(plc: Plc) -> None:
    with Side(plc.port) as side:
        side.machine.ready(False)
        for count in range(1, 8):
            plc.plc._memory.put({"trig": True, "ack": False})
            until(lambda: plc.coils["valid"])
            plc.plc._memory.put({"trig": False, "ack": True})
            until(lambda: not plc.coils["valid"])
            assert side.machine.counts.missed == count
        plc.plc._memory.put({"ack": False})
        told = [(fault.code, fault.fact("count")) for fault in side.warnings]
        assert told == [(ErrorCode.MACHINE_MISSED, count) for count in ("1", "2", "4")]


def test_an_answer_without_ack_is_told(plc: Plc) -> None:
    with Side(plc.port, ack_ms=50) as side:
        until(lambda: plc.coils["ready"])
        plc.plc._memory.put({"trig": True})
        until(lambda: plc.coils["fault"])
        assert not plc.coils["valid"]
        assert plc.plc._memory.words("code") == [Code.NOT_ACKNOWLEDGED]
        until(lambda: [fault.code for fault in side.warnings] == [ErrorCode.MACHINE_NO_ACK])


def test_what_the_controller_did_not_ask_for_is_nobodys_business(plc: Plc) -> None:
    with Side(plc.port) as side:
        until(lambda: plc.coils["ready"])
        began = time.monotonic()
        side.machine.signal(Part(9), GOOD, inspection("by-key", 9))
        side.machine.signal(Part(0), BAD)
        side.machine.signal(Part(9), GOOD)
        assert time.monotonic() - began < 0.2
        time.sleep(0.05)
        assert not plc.coils["valid"]


def test_a_later_decision_is_not_said(plc: Plc) -> None:
    with Side(plc.port, lambda number: Disposition.HOLD) as side:
        assert plc.make().code == Code.REVIEW
        side.machine.signal(Part(1), GOOD, inspection("u1", verdict=Verdict.REVIEW))
        time.sleep(0.05)
        assert not plc.coils["ok"]
        assert not plc.coils["valid"]


def test_the_link_is_lost_while_a_part_is_under_way() -> None:
    with Plc() as plc:
        cable = Cable(plc.port)
        with Side(cable.port, after=0.15) as side:
            assert plc.make().said == "ok"
            plc.plc.make_part()
            side.wait(lambda: len(side.serials) == 2)
            cable.cut()
            part = plc.parts.get(timeout=10)
            assert part.said in ("window", "ng")
            assert not part.is_passed
            side.wait(lambda: LOST in side.codes)
            side.wait(lambda: side.codes[-1] is None)
            side.wait(lambda: len(side.refused) == 1)
            assert plc.make().said == "ok"
        cable.close()


def test_the_link_flaps_and_only_good_parts_are_passed() -> None:
    """Cut at any moment of the hand-shake: each part has an end, and none is passed for another."""
    dice = random.Random(7)
    says = {number: dice.choice([GOOD, BAD]) for number in range(1, 200)}
    with Plc(window=0.3) as plc:
        cable = Cable(plc.port)
        with Side(cable.port, lambda number: says[number], late_limit=0) as side:
            for count in range(15):
                plc.plc.make_part(f"P{count}")
                if count % 3 == 2:
                    time.sleep(dice.random() * 0.03)
                    cable.cut()
                part = plc.parts.get(timeout=15)
                if part.is_passed:
                    assert says[side.serials.index(part.part_id) + 1] is GOOD
            counts = side.machine.counts
        assert counts.ok
        assert counts.ng
        assert LOST in side.codes
        cable.close()


def test_after_a_cut_the_outputs_go_to_rest_first() -> None:
    """What stood in the controller when the link went must not stand there when it is back."""
    map_ = ModbusMap()
    seen: list[dict[str, bool]] = []
    memory = Memory(
        map_, OUTPUT_COILS + ANSWER_WORDS, lambda: seen.append(memory.coils(OUTPUT_COILS))
    )
    port = free_port()
    server = ModbusServer("127.0.0.1", port, 1, memory)
    server.start()
    memory.put(dict.fromkeys(OUTPUT_COILS, True), {"code": 7, "seq_echo": 7})
    try:
        with Side(port):
            until(lambda: len(seen) > 3)
    finally:
        server.stop()
    coils = [one for one in seen if not all(one.values())]
    rest = asdict(REST)
    assert coils[0] == {name: rest[name] for name in OUTPUT_COILS}
    assert memory.words("code") == [0]


def test_a_silent_cable_is_noticed_at_once() -> None:
    """Half-open: the connection stands, and nothing comes any more."""
    with Plc() as plc:
        cable = Cable(plc.port)
        with Side(cable.port) as side:
            assert plc.make().said == "ok"
            pulled = time.monotonic()
            cable.pull()
            side.wait(lambda: side.codes[-1:] == [LOST])
            assert time.monotonic() - pulled < 1.5
            until(plc.at_rest)  # by the controller's own watchdog
            cable.plug()
            side.wait(lambda: side.codes[-1] is None)
            assert plc.make().said == "ok"
        cable.close()


def test_nobody_there_is_told_at_once_and_found_when_it_comes() -> None:
    port = free_port()
    with Side(port) as side:
        side.wait(lambda: side.codes == [LOST])
        assert side.faults[0] is not None
        assert side.faults[0].fact("address") == f"127.0.0.1:{port}"
        plc = SimulatedPlc("127.0.0.1", port, lambda part: None)
        plc.open()
        side.wait(lambda: side.codes == [LOST, None])
        plc.close()


def test_a_controller_whose_heart_stands_still_gets_no_ready() -> None:
    port = free_port()
    memory = Memory(ModbusMap(), OUTPUT_COILS + ANSWER_WORDS, lambda: None)
    server = ModbusServer("127.0.0.1", port, 1, memory)
    server.start()
    try:
        with Side(port) as side:
            side.wait(lambda: side.codes == [ErrorCode.MACHINE_SILENT])
            assert side.faults[0] is not None
            assert side.faults[0].fact("signal") == "HB_PLC (coil 3)"
            assert not memory.coil("ready")
        with Side(port, heartbeat=False) as side:
            until(lambda: memory.coil("ready"))
            assert side.codes == []
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"ready": 60_000}, "it has no such address (coil 60000, unit 1)"),
        ({"seq": 60_000}, "it has no such address (HR 60000, unit 1)"),
        ({"trig": 20, "ng": 0}, "it has no such address"),  # the controller's own: not ours to set
        ({"unit": 9}, "unit 9"),
    ],
)
def test_a_map_that_the_controller_does_not_have(
    plc: Plc, options: dict[str, int], reason: str
) -> None:
    with Side(plc.port, **options) as side:
        side.wait(lambda: MISSPOKE in side.codes)
        fault = next(fault for fault in side.faults if fault)
        assert reason in fault.fact("reason")
        assert fault.fact("address") == f"127.0.0.1:{plc.port}"
        time.sleep(0.3)
        assert not plc.coils["ready"]
        assert side.serials == []


class Babbler:
    """Something else that listens there."""

    def __init__(self, words: bytes, on_asked: bool = True) -> None:
        self._words, self._on_asked = words, on_asked
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self) -> "Babbler":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                taken, _ = self._server.accept()
            except OSError:
                return
            with taken:
                try:
                    while taken.recv(4096) if self._on_asked else True:
                        taken.sendall(self._words)
                        time.sleep(0.01)
                except OSError:
                    continue


@pytest.mark.parametrize(
    "words",
    [
        b"220 mail.example ESMTP\r\n",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\0\x01\0\0\0\x03\x01\x01\0",  # an answer with no coils in it
        b"\xff" * 260,
        b"\0\x01\0\0\0\x02\x01\x99",  # a function that nobody knows
    ],
)
def test_garbage_from_the_peer_passes_nothing(words: bytes) -> None:
    with Babbler(words) as babbler, Side(babbler.port) as side:
        side.wait(lambda: bool(side.faults))
        assert side.codes[0] in (MISSPOKE, LOST)
        if words[:1] != b"\xff":
            assert side.codes[0] is MISSPOKE
        assert side.value("READY") is False
        assert side.serials == []
        assert None not in side.codes


def test_a_peer_that_takes_the_connection_and_is_mute() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, Side(mute.getsockname()[1]) as side:
        began = time.monotonic()
        side.wait(lambda: side.codes == [LOST])
        assert time.monotonic() - began < 2
        assert side.value("READY") is False


# ── signals, test mode ──────────────────────────────────────────────────────────────────────


def test_every_signal_is_seen_live_with_its_address(plc: Plc) -> None:
    with Side(plc.port, lambda number: None, deadline_ms=5000) as side:
        plc.plc.make_part("P-9")
        until(lambda: side.value("BUSY") is True)
        assert side.value("TRIG") is True
        assert side.value("PART_ID") == "P-9"
        assert side.value("SEQ") == 1
        signals = {one.name: one for one in side.machine.signals()}
        assert list(signals)[:7] == ["TRIG", "ACK", "RESET", "HB_PLC", "SEQ", "RECIPE", "PART_ID"]
        assert [one.name for one in signals.values() if one.is_output] == [
            *("READY", "BUSY", "VALID", "OK", "NG", "FAULT", "HB"),
            *("SEQ_ECHO", "CODE", "SCORE", "CYCLE_MS"),
        ]
        assert signals["VALID"].address == "coil 18"
        assert signals["PART_ID"].address == "HR 2-9"


def test_registers_are_seen_live_between_parts(plc: Plc) -> None:
    with Side(plc.port) as side:
        plc.plc._memory.put({}, {"recipe": 42})
        until(lambda: side.value("RECIPE") == 42, 2)


def test_outputs_are_pressed_in_the_test_mode_only(plc: Plc) -> None:
    with Side(plc.port) as side:
        with pytest.raises(LineError) as caught:
            side.machine.press("OK", True)
        assert caught.value.code is ErrorCode.MACHINE_NOT_IN_TEST
        until(lambda: plc.coils["ready"])
        side.machine.test(True)
        until(plc.at_rest)
        side.machine.press("NG", True)
        side.machine.press("CODE", 513)
        until(lambda: plc.coils["ng"] and plc.plc._memory.words("code") == [513])
        assert side.levels()["NG"] is True
        assert not plc.coils["ready"]
        plc.plc._memory.put({"trig": True})  # missed, and nobody else answers
        until(lambda: side.machine.counts.missed == 1)
        assert not plc.coils["valid"]
        assert side.serials == []
        plc.plc._memory.put({"trig": False})
        side.machine.test(False)
        until(lambda: plc.coils["ready"])
        assert not plc.coils["ng"]
        assert plc.plc._memory.words("code") == [0]
        assert plc.make().said == "ok"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRIG", True),
        ("HB", True),
        ("SPEED", 1),
        ("OK", 2),
        ("OK", "yes"),
        ("OK", 1.0),
        ("CODE", -1),
        ("CODE", 65_536),
        ("CODE", True),
        ("CODE", "7"),
    ],
)
def test_what_is_no_output_or_no_value_of_it_is_refused(
    plc: Plc, name: str, value: bool | float | str
) -> None:
    with Side(plc.port) as side:
        side.machine.test(True)
        with pytest.raises(LineError) as caught:
            side.machine.press(name, value)
        assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION


def test_a_lost_link_ends_what_was_pressed() -> None:
    with Plc() as plc:
        cable = Cable(plc.port)
        with Side(cable.port) as side:
            side.machine.test(True)
            side.machine.press("NG", True)
            until(lambda: plc.coils["ng"])
            cable.cut()
            side.wait(lambda: LOST in side.codes)
            side.wait(lambda: side.codes[-1] is None)
            until(plc.at_rest)
            assert side.levels()["NG"] is False
        cable.close()


def test_opened_again_it_goes_on(plc: Plc) -> None:
    threads = threading.active_count()
    side = Side(plc.port)
    for _ in range(3):
        with side:
            assert plc.make().said == "ok"
        until(plc.at_rest)
    assert threading.active_count() == threads


def test_a_listener_that_fails_harms_nobody(plc: Plc, no_logged_errors: list[str]) -> None:
    side = Side(plc.port)
    side._trigger = lambda source, serial: 1 / 0  # type: ignore[method-assign,assignment,return-value]
    with side:
        part = plc.make()
        assert (part.said, part.code) == ("ng", Code.MISSED)
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()
