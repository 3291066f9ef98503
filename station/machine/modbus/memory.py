"""A Modbus server: coils and registers that others read, and of which they may set a part.

The station uses it for controllers that poll; the simulated controller for stations that do.
"""

import asyncio
import errno
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from station.errors import ErrorCode, LineError
from station.machine.modbus.client import quiet_pymodbus
from station.machine.modbus.map import INPUT_COILS, OUTPUT_COILS, ModbusMap

if TYPE_CHECKING:
    from pymodbus.constants import ExcCodes
    from pymodbus.server import ModbusTcpServer
    from pymodbus.simulator import SimDevice

log = logging.getLogger(__name__)

START_SECONDS = 10.0
BLOCK = 32  # addresses are there in blocks, so that a reader may ask for a few more
_WRITES_COILS, _READS_COILS = (5, 15), (1,)
_COILS = _WRITES_COILS + _READS_COILS
_IN_USE = ("EADDRINUSE", "WSAEADDRINUSE")


class Memory:
    """Coils and holding registers from 0 on, for any thread; a write of several is one.

    peer_writes: the signals that others may set. on_change is called when they set one.
    """

    def __init__(
        self, map_: ModbusMap, peer_writes: Iterable[str], on_change: Callable[[], None]
    ) -> None:
        coils = INPUT_COILS + OUTPUT_COILS
        self._map = map_
        self._coils = [False] * _whole(max(getattr(map_, name) for name in coils) + 1)
        last = max(map_.seq, map_.recipe, map_.part_id + map_.part_id_words - 1, map_.seq_echo)
        last = max(last, map_.code, map_.score, map_.cycle_ms)
        self._words = [0] * _whole(last + 1)
        self._open_coils: set[int] = set()
        self._open_words: set[int] = set()
        for name in peer_writes:
            taken = range(getattr(map_, name), getattr(map_, name) + map_.words_of(name))
            (self._open_coils if name in coils else self._open_words).update(taken)
        self._on_change = on_change
        self._lock = threading.Lock()
        self._heard_at: float | None = None

    @property
    def sizes(self) -> tuple[int, int]:
        """How many coils and registers there are."""
        return len(self._coils), len(self._words)

    @property
    def heard_at(self) -> float | None:
        """When the last sensible request came, monotonic."""
        return self._heard_at

    def coil(self, name: str) -> bool:
        """What stands in the coil of that signal."""
        with self._lock:
            return bool(self._coils[getattr(self._map, name)])

    def coils(self, names: Iterable[str]) -> dict[str, bool]:
        """Several, as they stood at one moment."""
        with self._lock:
            return {name: self._coils[getattr(self._map, name)] for name in names}

    def words(self, name: str) -> list[int]:
        """What stands in the registers of that signal."""
        first = getattr(self._map, name)
        with self._lock:
            return self._words[first : first + self._map.words_of(name)]

    def put(
        self, coils: Mapping[str, bool], words: Mapping[str, int | list[int]] | None = None
    ) -> None:
        """Set several at one moment."""
        with self._lock:
            for name, bit in coils.items():
                self._coils[getattr(self._map, name)] = bit
            for name, value in (words or {}).items():
                first = getattr(self._map, name)
                values = value if isinstance(value, list) else [value]
                self._words[first : first + len(values)] = values

    # ── what others ask for ─────────────────────────────────────────────────────────────────

    def heard(self) -> None:
        """Somebody asked for something that is here."""
        self._heard_at = time.monotonic()

    def read(self, of_coils: bool, first: int, count: int) -> list[int]:
        """Those addresses as numbers."""
        with self._lock:
            source: list[int] = list(self._coils) if of_coils else self._words
            return source[first : first + count]

    def write(self, of_coils: bool, first: int, values: list[int]) -> bool:
        """Set them, all or none; False where one of them is not theirs to set."""
        wanted = range(first, first + len(values))
        if not (self._open_coils if of_coils else self._open_words).issuperset(wanted):
            return False
        with self._lock:
            if of_coils:
                self._coils[first : wanted.stop] = [bool(value) for value in values]
            else:
                self._words[first : wanted.stop] = values
        self._on_change()
        return True


class ModbusServer:
    """Serves a memory in a thread of its own, as one unit, to any number of clients."""

    def __init__(self, host: str, port: int, unit: int, memory: Memory) -> None:
        self._target = (host, port)
        self._unit = unit
        self._memory = memory
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._up = threading.Event()
        self._failed: Exception | None = None
        self._thread: threading.Thread | None = None
        self.clients = 0

    def start(self) -> None:
        """Listen. Raises LineError MACHINE_PORT_TAKEN or MACHINE_CANNOT_LISTEN."""
        self._probe()
        self._up.clear()
        self._failed = None
        self._thread = threading.Thread(target=self._run, name="modbus-server", daemon=True)
        self._thread.start()
        self._up.wait(START_SECONDS)
        if self._stop is None:
            self.stop()
            raise self._cannot(self._failed)

    def stop(self) -> None:
        """Hang up and end; safe to call twice."""
        loop, stop = self._loop, self._stop
        if loop is not None and stop is not None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(stop.set)
        if self._thread is not None:
            self._thread.join(START_SECONDS)
        self._thread = self._loop = self._stop = None

    def _probe(self) -> None:
        """Try the address first: the library says only that it failed."""
        host, port = self._target
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
            family, kind, protocol, _, address = found[0]
            with socket.socket(family, kind, protocol) as probe:
                exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
                probe.setsockopt(socket.SOL_SOCKET, exclusive, 1)
                probe.bind(address)
                probe.listen(1)
        except OSError as error:
            raise self._cannot(error) from None

    def _cannot(self, error: Exception | None) -> LineError:
        address = f"{self._target[0]}:{self._target[1]}"
        number = getattr(error, "errno", None) or 0
        if errno.errorcode.get(number) in _IN_USE:
            return LineError(ErrorCode.MACHINE_PORT_TAKEN, address=address)
        reason = getattr(error, "strerror", None) or f"{error}"
        return LineError(ErrorCode.MACHINE_CANNOT_LISTEN, address=address, reason=reason)

    # ── the server's thread ─────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # noqa: BLE001 - told by start, or the link's watchdog
            log.warning("the Modbus server ended: %s", error)
            self._failed = error
        finally:
            self._up.set()

    async def _serve(self) -> None:
        from pymodbus.server import ModbusTcpServer

        quiet_pymodbus()
        server = ModbusTcpServer(self._device(), address=self._target, trace_connect=self._count)
        await server.serve_forever(background=True)
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._up.set()
        try:
            await self._stop.wait()
        finally:
            await _shut(server)

    def _count(self, connected: bool) -> None:
        self.clients += 1 if connected else -1

    def _device(self) -> "SimDevice":
        from pymodbus.simulator import DataType, SimData, SimDevice

        coils, words = self._memory.sizes
        none = SimData(0, count=1, values=0, datatype=DataType.REGISTERS)
        bits = SimData(0, count=coils, values=False, datatype=DataType.BITS)
        no_bits = SimData(0, count=16, values=False, datatype=DataType.BITS)
        registers = SimData(0, count=words, values=0, datatype=DataType.REGISTERS)
        return SimDevice(
            self._unit,
            simdata=([bits], [no_bits], [registers], [none]),
            action=self._act,
        )

    async def _act(
        self,
        function: int,
        _start: int,
        address: int,
        count: int,
        current: list[int],
        values: "list[int] | list[bool] | None",
    ) -> "ExcCodes | None":
        """The library asks before every access: give it what stands in the memory, or refuse."""
        from pymodbus.constants import ExcCodes

        if function not in (*_COILS, 3, 6, 16):
            return ExcCodes.ILLEGAL_FUNCTION
        of_coils = function in _COILS
        if values and not self._memory.write(of_coils, address, [int(one) for one in values]):
            return ExcCodes.ILLEGAL_ADDRESS
        self._memory.heard()
        if of_coils:
            self._fill_bits(current, address // 16, count)
        else:
            current[address : address + count] = self._memory.read(False, address, count)
        return None

    def _fill_bits(self, current: list[int], first: int, count: int) -> None:
        """The library keeps sixteen coils in one number, the lowest address in the lowest bit."""
        bits = self._memory.read(True, first * 16, count * 16)
        for at in range(count):
            block = bits[at * 16 : at * 16 + 16]
            current[first + at] = sum(bit << place for place, bit in enumerate(block))


async def _shut(server: "ModbusTcpServer") -> None:
    """Hang up on all, also on those who came this very moment or do not read."""
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows
        for listening in getattr(server.transport, "sockets", ()):
            loop.remove_reader(listening)  # who was let in must be in before the door closes
    await _rounds()
    for connection in list(server.active_connections.values()):
        if isinstance(connection.transport, asyncio.WriteTransport):
            connection.transport.abort()
    await server.shutdown()  # type: ignore[no-untyped-call]
    await _rounds()


async def _rounds() -> None:
    """Connections open and close in the loop's next rounds."""
    for _ in range(5):
        await asyncio.sleep(0)


def _whole(count: int) -> int:
    return -(-count // BLOCK) * BLOCK
