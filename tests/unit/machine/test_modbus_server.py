"""The station as Modbus server, polled by a real client over a socket."""

import gc
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from pymodbus.client import ModbusTcpClient

from station.errors import ErrorCode
from station.machine.modbus.codes import Code
from station.machine.modbus.map import ModbusMap
from station.machine.modbus.memory import Memory, ModbusServer
from station.machine.modbus.server import UNHEARD_SECONDS
from tests.unit.machine.modbus_side import GOOD, Side, until
from tests.unit.machine.test_modbus import free_port

READY, BUSY, VALID, OK, NG = range(5)


class Poller:
    """A controller that polls: its heart beats, and it reads the station's coils all the time."""

    def __init__(self, port: int, unit: int = 1) -> None:
        self.client = ModbusTcpClient("127.0.0.1", port=port, timeout=1, retries=0)
        self.unit = unit
        self._stop = threading.Event()
        self._lock = threading.Lock()
        assert self.client.connect()  # type: ignore[no-untyped-call]
        self._thread = threading.Thread(target=self._beat)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self.client.close()  # type: ignore[no-untyped-call]

    def coils(self) -> list[bool]:
        """READY BUSY VALID OK NG FAULT HB."""
        with self._lock:
            return self.client.read_coils(16, count=7, device_id=self.unit).bits[:7]

    def words(self, first: int, count: int) -> list[int]:
        with self._lock:
            answer = self.client.read_holding_registers(first, count=count, device_id=self.unit)
        return list(answer.registers)

    def set(self, coil: int, value: bool) -> bool:
        with self._lock:
            return not self.client.write_coil(coil, value, device_id=self.unit).isError()

    def order(self, *words: int) -> bool:
        with self._lock:
            return not self.client.write_registers(0, list(words), device_id=self.unit).isError()

    def part(self, seq: int) -> tuple[list[bool], list[int]]:
        """One hand-shake; the coils and the registers at VALID."""
        until(lambda: self.coils()[READY])
        assert self.order(seq, 0, 0x4142, 0)
        assert self.set(0, True)
        until(lambda: self.coils()[VALID])
        seen = self.coils(), self.words(16, 4)
        self.set(1, True)
        self.set(0, False)
        until(lambda: not self.coils()[VALID])
        self.set(1, False)
        return seen

    def _beat(self) -> None:
        beat = False
        while not self._stop.wait(0.25):
            beat = not beat
            self.set(3, beat)


@pytest.fixture
def side() -> Iterator[Side]:
    port = free_port()
    side = Side(port, role="server")
    side.port = port  # type: ignore[attr-defined]
    with side:
        yield side


@pytest.fixture
def plc(side: Side) -> Iterator[Poller]:
    port: int = side.port  # type: ignore[attr-defined]
    until(lambda: _listens(port))
    poller = Poller(port)
    yield poller
    poller.close()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def test_a_controller_that_polls_gets_its_parts(side: Side, plc: Poller) -> None:
    for seq in (1, 2, 500):
        coils, words = plc.part(seq)
        assert coils[:5] == [False, False, True, True, False]
        assert words[:3] == [seq, Code.NONE, 250]
    assert side.serials == ["AB"] * 3
    assert side.machine.counts.ok == 3


def test_only_the_controllers_own_can_be_set(side: Side, plc: Poller) -> None:
    until(lambda: plc.coils()[READY])
    for coil in (16, 19, 20, 4):
        assert not plc.set(coil, True)
    with plc._lock:
        assert plc.client.write_registers(16, [1, 2]).isError()
        assert plc.client.write_coils(0, [False] * 5).isError(), "all or none"
        assert plc.client.read_coils(5000, count=1).isError()
        assert plc.client.read_holding_registers(60, count=10).isError()
        assert plc.client.read_coils(0, count=1, device_id=7).isError()
        assert plc.client.read_input_registers(0, count=1).isError()
        assert plc.client.read_coils(0, count=32).bits[16:21] == [True] + [False] * 4
    assert side.codes[-1] is None


def test_nobody_polls_any_more(side: Side, plc: Poller) -> None:
    until(lambda: plc.coils()[READY])
    assert side.codes == [ErrorCode.MACHINE_LINK_LOST, None]
    side.after = 60.0
    plc._stop.set()
    plc._thread.join()
    began = time.monotonic()
    side.wait(lambda: len(side.codes) == 3)
    assert side.codes[-1] is ErrorCode.MACHINE_LINK_LOST
    assert time.monotonic() - began < UNHEARD_SECONDS + 0.5
    assert plc.coils()[READY] is False, "whoever comes first finds it at rest"


def test_a_port_that_is_taken_is_said_and_taken_when_it_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        side = Side(port, role="server")
        side.__enter__()
        try:
            side.wait(lambda: side.codes == [ErrorCode.MACHINE_PORT_TAKEN])
            assert side.faults[0] is not None
            assert side.faults[0].fact("address") == f"127.0.0.1:{port}"
            assert side.value("READY") is False
            taken.close()
            until(lambda: _listens(port))
            side.wait(lambda: side.codes[-1] is ErrorCode.MACHINE_LINK_LOST)
        finally:
            side.__exit__(None, None, None)
    assert not _listens(port)


@pytest.mark.parametrize("host", ["192.0.2.7", "no.such.host.invalid"])
def test_an_address_that_is_not_this_computers(host: str) -> None:
    from station.machine.modbus.options import make_modbus

    told: list[ErrorCode | None] = []
    machine = make_modbus(host, 5020, {"role": "server"})
    machine.open(lambda source, serial: "", lambda fault: told.append(fault and fault.code))
    until(lambda: bool(told))
    machine.close()
    assert told == [ErrorCode.MACHINE_CANNOT_LISTEN]


@pytest.mark.parametrize("words", [b"GET / HTTP/1.1\r\n\r\n", b"\0" * 300, b"\xff" * 5000])
def test_garbage_from_a_client_harms_nobody(side: Side, plc: Poller, words: bytes) -> None:
    port: int = side.port  # type: ignore[attr-defined]
    with socket.create_connection(("127.0.0.1", port)) as other:
        other.sendall(words)
        assert plc.part(3)[0][OK]
    assert plc.part(4)[0][OK]
    assert side.codes == [ErrorCode.MACHINE_LINK_LOST, None]


def test_another_unit() -> None:
    port = free_port()
    with Side(port, lambda number: GOOD, role="server", unit=17):
        until(lambda: _listens(port))
        poller = Poller(port, unit=17)
        assert poller.part(1)[0][OK]
        poller.close()


def test_it_stops_while_clients_come_and_leaves_nothing_open() -> None:
    for _ in range(10):
        memory = Memory(ModbusMap(), (), lambda: None)
        server = ModbusServer("127.0.0.1", free_port(), 1, memory)
        server.start()
        clients = [socket.create_connection(server._target) for _ in range(4)]
        server.stop()
        for client in clients:
            assert client.recv(1) == b""
            client.close()
    gc.collect()  # what was left open would be told now
