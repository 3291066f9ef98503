"""Process values from a Modbus TCP device: holding and input registers, coils, discrete inputs.

A tag is `hr:40`, `ir:3:int16`, `hr:40:float32`, `coil:5` or `di:6`; addresses count from 0. The
connection is the source's own, so that the hand-shake with a PLC never waits for a reading.
"""

import logging
import threading
import time
from dataclasses import dataclass
from typing import Any

from station.domain.options import OptionError
from station.errors import Fault
from station.machine.base import OnFault
from station.machine.listening import Teller
from station.machine.reading_loop import FRESH_PERIODS, Latest, readings_lost
from station.machine.readings import Reading, Tag

Client = Any
"""pymodbus' ModbusTcpClient; not all of it has types."""

log = logging.getLogger(__name__)

TYPES = {"uint16": 1, "int16": 1, "uint32": 2, "int32": 2, "float32": 2, "float64": 4}
"""How many registers each takes."""

PLACES = ("hr", "ir", "coil", "di")
RETRY_SECONDS = 2.0
CLOSE_SECONDS = 3.0
_ALLOWED = "such as hr:40, ir:3:int16, hr:40:float32, coil:5, di:6"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tag as Modbus has it; `type` is bool for coils and discrete inputs."""

    tag: Tag
    place: str
    at: int
    type: str


class ModbusSource:
    """One thread reads all tags every so often; it connects again when the link is lost."""

    def __init__(
        self,
        host: str,
        port: int,
        every: float,
        tags: tuple[Wanted, ...],
        device: int = 1,
        words: str = "big",
        timeout: float = 0.5,
    ) -> None:
        self._address = f"{host}:{port}"
        self.name = f"modbus {self._address}"
        self._target = (host, port)
        self.every = every
        self._tags = tags
        self._device = device
        self._words = words
        self._timeout = timeout
        self._latest = Latest(FRESH_PERIODS * every)
        self._odd: set[str] = set()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, on_fault: OnFault) -> None:
        """Begin to read; the first failure is told like any later one."""
        self._closing.clear()
        teller = Teller(on_fault)
        self._thread = threading.Thread(
            target=self._run, args=(teller,), name="modbus-source", daemon=True
        )
        self._thread.start()

    def latest(self) -> tuple[Reading, ...]:
        """Of each tag that was read within three periods."""
        return self._latest.fresh()

    def close(self) -> None:
        """Stop reading."""
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)
        self._thread = None

    # ── the reading thread ──────────────────────────────────────────────────────────────────

    def _run(self, teller: Teller) -> None:
        from pymodbus.client import ModbusTcpClient

        host, port = self._target
        client: Client = ModbusTcpClient(host, port=port, timeout=self._timeout, retries=0)
        due = time.monotonic()
        try:
            while not self._closing.wait(max(0.0, due - time.monotonic())):
                there = self._read_all(client, teller)
                pause = self.every if there else max(self.every, RETRY_SECONDS)
                due = max(due + pause, time.monotonic())
        finally:
            client.close()

    def _read_all(self, client: Client, teller: Teller) -> bool:
        """Whether the device is there; one tag that it does not know spoils no other."""
        from pymodbus.exceptions import ModbusException

        try:
            if not client.connected and not client.connect():
                raise ConnectionError("no connection")
            strange = [self._read(client, wanted) for wanted in self._tags]
        except (ModbusException, OSError) as error:
            log.info("%s: %s", self.name, error)
            client.close()
            teller.tell(readings_lost("modbus", self._address))
            return False
        except Exception:
            log.exception("%s failed in a way it should not", self.name)
            client.close()
            teller.tell(readings_lost("modbus", self._address))
            return False
        teller.tell(next((fault for fault in strange if fault is not None), None))
        return True

    def _read(self, client: Client, wanted: Wanted) -> Fault | None:
        """Note the value; else what the device says against the tag."""
        at_ns = time.monotonic_ns()
        raw, refusal = self._ask(client, wanted)
        if raw is None:
            return self._refused(wanted, refusal)
        tag = wanted.tag
        self._latest.put(Reading(tag.name, raw * tag.scale + tag.offset, tag.unit, at_ns))
        return None

    def _ask(self, client: Client, wanted: Wanted) -> tuple[float | None, str]:
        """The raw value, or the device's refusal. Raises ModbusException where it is gone."""
        at, device = wanted.at, self._device
        if wanted.place in ("coil", "di"):
            ask = client.read_coils if wanted.place == "coil" else client.read_discrete_inputs
            bits = ask(at, count=1, device_id=device)
            return (None, str(bits)) if bits.isError() else (float(bits.bits[0]), "")
        count = TYPES[wanted.type]
        reads = client.read_holding_registers, client.read_input_registers
        answer = reads[wanted.place == "ir"](at, count=count, device_id=device)
        if answer.isError():
            return None, str(answer)
        if len(answer.registers) != count:
            return None, f"{len(answer.registers)} registers instead of {count}"
        kind = client.DATATYPE[wanted.type.upper()]
        value = client.convert_from_registers(answer.registers, kind, word_order=self._words)
        return float(value), ""

    def _refused(self, wanted: Wanted, refusal: str) -> Fault:
        tag = f"{wanted.tag.name} ({wanted.tag.tag})"
        if wanted.tag.name not in self._odd:
            self._odd.add(wanted.tag.name)
            log.warning("%s does not give %s: %s", self.name, tag, refusal)
        return readings_lost("modbus", f"{self._address} {tag}")


def make_modbus_source(
    host: str,
    port: int,
    every: float,
    tags: tuple[Tag, ...],
    device: int = 1,
    words: str = "big",
    timeout: float = 0.5,
) -> ModbusSource:
    """From options as settings hold them. Raises OptionError.

    device: 0 … 255.  words: the order of the 16-bit words of a longer value, big or little.
    """
    if not 0 <= device <= 255:
        raise OptionError("device", "0 … 255")
    if words not in ("big", "little"):
        raise OptionError("words", "big, little")
    if not 0.05 <= timeout <= 10:
        raise OptionError("timeout", "0.05 … 10")
    wanted = tuple(_wanted(tag) for tag in tags)
    return ModbusSource(host, port, every, wanted, device, words, timeout)


def _wanted(tag: Tag) -> Wanted:
    match tag.tag.strip().lower().split(":"):
        case [("hr" | "ir") as place, at]:
            kind = "uint16"
        case [("hr" | "ir") as place, at, kind] if kind in TYPES:
            pass
        case [("coil" | "di") as place, at]:
            kind = "bool"
        case _:
            raise OptionError("tag", _ALLOWED)
    if not at.isascii() or not at.isdigit() or int(at) > 65535:
        raise OptionError("tag", _ALLOWED)
    return Wanted(tag, place, int(at), kind)
