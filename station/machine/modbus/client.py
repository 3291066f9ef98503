"""The station as Modbus client: it reads and writes the controller's coils and registers."""

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from station.errors import ErrorCode
from station.machine.modbus.link import LinkDown
from station.machine.modbus.map import (
    ANSWER_WORDS,
    INPUT_COILS,
    ORDER_WORDS,
    OUTPUT_COILS,
    REST,
    Inputs,
    ModbusMap,
    Order,
    Outputs,
    Run,
    text_of,
)

if TYPE_CHECKING:
    from pymodbus.client import ModbusTcpClient
    from pymodbus.pdu import ModbusPDU

log = logging.getLogger(__name__)

ANSWER_SECONDS = 0.5  # a controller that takes longer for one request is gone
_REASONS = {
    1: "it does not know the function",
    2: "it has no such address",
    3: "it does not take the value",
    4: "its device failed",
    10: "nothing behind its gateway",
    11: "the unit behind its gateway does not answer",
}


class ClientLink:
    """One connection at a time; every failure ends it, and `open` makes the next."""

    def __init__(self, host: str, port: int, unit: int, map_: ModbusMap, big: bool) -> None:
        self._target = (host, port)
        self._address = f"{host}:{port}"
        self._unit = unit
        self._map = map_
        self._big = big
        self._inputs = map_.runs(INPUT_COILS)
        self._orders = map_.runs(ORDER_WORDS)
        self._coils = map_.runs(OUTPUT_COILS)
        self._words = map_.runs(ANSWER_WORDS)
        self._client: ModbusTcpClient | None = None
        self._written: Outputs | None = None
        self._heard = 0

    def open(self) -> None:
        """Connect, set every output to its rest before anything else, and prove the whole map."""
        if self._client is not None:
            return
        from pymodbus.client import ModbusTcpClient

        quiet_pymodbus()
        host, port = self._target
        client = ModbusTcpClient(
            host, port=port, timeout=ANSWER_SECONDS, retries=0, trace_packet=self._trace
        )
        self._client, self._written = client, None
        if not client.connect() or client.socket is None:  # type: ignore[no-untyped-call]
            self.drop()
            raise LinkDown(ErrorCode.MACHINE_LINK_LOST, address=self._address)
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.write(REST)
        self.read_inputs()
        self.read_order()

    def read_inputs(self) -> Inputs:
        """One request where the four lie side by side."""
        bits: dict[str, bool] = {}
        for run in self._inputs:
            answer = self._ask(run, "coil", partial(self._read_coils, run))
            if len(answer.bits) < self._map.length(run):
                raise self._misspoke("too few coils in its answer")
            bits.update(zip(run[1], answer.bits, strict=False))
        return Inputs(**bits)

    def read_order(self) -> Order:
        """One request where the registers lie side by side."""
        words: dict[str, list[int]] = {}
        for run in self._orders:
            answer = self._ask(run, "HR", partial(self._read_words, run))
            if len(answer.registers) != self._map.length(run):
                raise self._misspoke("another number of registers in its answer")
            words.update(self._split(run, list(answer.registers)))
        return Order(words["seq"][0], words["recipe"][0], text_of(words["part_id"], self._big))

    def write(self, outputs: Outputs) -> None:
        """Only what changed, a whole run at a time."""
        values = asdict(outputs)
        before = asdict(self._written) if self._written is not None else None
        for run in self._words:
            if _differs(run, values, before):
                words = [int(values[name]) for name in run[1]]
                self._ask(run, "HR", partial(self._write_words, run, words))
        for run in _valid_last(self._coils, rises=outputs.valid):
            if _differs(run, values, before):
                bits = [bool(values[name]) for name in run[1]]
                self._ask(run, "coil", partial(self._write_coils, run, bits))
        self._written = outputs

    def drop(self) -> None:
        """Close the connection; the controller's watchdog lets the outputs fall."""
        if self._client is not None:
            self._client.close()  # type: ignore[no-untyped-call]
        self._client = self._written = None

    def close(self) -> None:
        """Set the outputs to rest if that can still be said, and let go."""
        if self._client is not None:
            with suppress(LinkDown):
                self.write(REST)
        self.drop()

    # ── one request ─────────────────────────────────────────────────────────────────────────

    def _read_coils(self, run: Run, client: "ModbusTcpClient") -> "ModbusPDU":
        return client.read_coils(run[0], count=self._map.length(run), device_id=self._unit)

    def _read_words(self, run: Run, client: "ModbusTcpClient") -> "ModbusPDU":
        count = self._map.length(run)
        return client.read_holding_registers(run[0], count=count, device_id=self._unit)

    def _write_coils(self, run: Run, bits: list[bool], client: "ModbusTcpClient") -> "ModbusPDU":
        return client.write_coils(run[0], bits, device_id=self._unit)

    def _write_words(self, run: Run, words: list[int], client: "ModbusTcpClient") -> "ModbusPDU":
        return client.write_registers(run[0], words, device_id=self._unit)

    def _ask(
        self, run: Run, kind: str, request: "Callable[[ModbusTcpClient], ModbusPDU]"
    ) -> "ModbusPDU":
        from pymodbus.exceptions import ConnectionException, ModbusIOException

        client, self._heard = self._client, 0
        if client is None or client.socket is None:  # it would connect by itself, outputs as is
            raise LinkDown(ErrorCode.MACHINE_LINK_LOST, address=self._address)
        try:
            answer = request(client)
        except (ConnectionException, OSError) as error:
            log.info("no link to %s: %s", self._address, error)
            raise LinkDown(ErrorCode.MACHINE_LINK_LOST, address=self._address) from None
        except ModbusIOException:
            if self._heard == 0:
                raise LinkDown(ErrorCode.MACHINE_LINK_LOST, address=self._address) from None
            raise self._misspoke("what it sends is no answer in Modbus TCP") from None
        except Exception as error:  # noqa: BLE001 - garbage can fail a decoder in any way
            raise self._misspoke(f"what it sends cannot be read ({error})") from None
        if answer.isError():
            code = int(getattr(answer, "exception_code", 0))
            reason = _REASONS.get(code, f"exception {code}")
            raise self._misspoke(f"{reason} ({self._place(run, kind)}, unit {self._unit})")
        return answer

    def _place(self, run: Run, kind: str) -> str:
        last = run[0] + self._map.length(run) - 1
        return f"{kind} {run[0]}" if last == run[0] else f"{kind} {run[0]}-{last}"

    def _misspoke(self, reason: str) -> LinkDown:
        return LinkDown(ErrorCode.MACHINE_MISSPOKE, address=self._address, reason=reason)

    def _trace(self, sending: bool, data: bytes) -> bytes:
        if not sending:
            self._heard += len(data)
        return data

    def _split(self, run: Run, registers: list[int]) -> dict[str, list[int]]:
        found, at = {}, 0
        for name in run[1]:
            size = self._map.words_of(name)
            found[name] = registers[at : at + size]
            at += size
        return found


def quiet_pymodbus() -> None:
    """What it logs of a bad peer, our own faults say better, and once."""
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)


def _differs(run: Run, values: dict[str, object], before: dict[str, object] | None) -> bool:
    return before is None or any(values[name] != before[name] for name in run[1])


def _valid_last(runs: tuple[Run, ...], rises: bool) -> list[Run]:
    """VALID is the last coil that rises and the first that falls."""
    return sorted(runs, key=lambda run: ("valid" in run[1]) is rises)
