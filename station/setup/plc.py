"""The simulated PLC: a process of its own, served by the line for as long as it runs."""

import json
import logging
import socket
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from pydantic import ValidationError

from station.errors import ErrorCode, Fault, LineError, StationError
from station.gui.pages.setup_room import Change, PlcPart, PlcRoom, PlcView
from station.settings import MachineSettings, save_settings
from station.setup.machines import use_machine
from station.setup.use import Use, saved
from station.whole import write_whole

log = logging.getLogger(__name__)

PARTS = 50  # as many as anybody scrolls through
FIRST_SECONDS = 15.0  # for the process to listen
END_SECONDS = 3.0
BEFORE = "machine-before-the-simulated-plc.json"
"""In the data folder, while the PLC is served: it and the machine of before, should we die."""


class SimulatedPlc:
    """One at a time. `close` ends it and takes the machine back, without waiting for the line."""

    def __init__(self, use: Use) -> None:
        self._use = use
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._parts: deque[PlcPart] = deque(maxlen=PARTS)
        self._said = ""
        self._reader: threading.Thread | None = None
        self._fault: Fault | None = None

    def room(self) -> PlcRoom:
        """The same as few calls."""
        return PlcRoom(self.begin, self.end, self.look)

    def begin(self) -> Change:
        """Start it and have the line serve it. Raises LineError, SettingsError."""
        with self._lock:
            self._stop()
            self._kept()  # one that was left behind ends
            address = f"127.0.0.1:{_free_port()}"
            self._start(address)
            try:
                self._keep(saved(self._use).machine)
                return use_machine(self._use, MachineSettings(kind="modbus", address=address))
            except StationError:
                self._stop()
                self._take_back()
                raise

    def end(self) -> Change | None:
        """Stop it; the machine of before comes back. Raises as `use_machine`."""
        with self._lock:
            self._stop()
            before = self._kept()
            if before is None:
                return None
            self._forget()
            return use_machine(self._use, before)

    def look(self) -> PlcView:
        """How it stands; returns at once."""
        process = self._process
        running = process is not None and process.poll() is None
        fault = self._fault
        if process is not None and not running:
            reason = self._last(process)
            fault = Fault(ErrorCode.SIMULATED_PLC_LOST, (("reason", reason),))
        return PlcView(running, tuple(self._parts), fault)

    def close(self) -> None:
        """Nothing is left of it, neither the process nor its address in the settings."""
        with self._lock:
            self._stop()
            with suppress(StationError):
                self._take_back()

    def _start(self, address: str) -> None:
        self._parts.clear()
        self._said = ""
        self._process = process = subprocess.Popen(  # noqa: S603 - our own
            [*self._use.plc, "--address", address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        self._reader.start()
        host, _, port = address.rpartition(":")
        end = time.monotonic() + FIRST_SECONDS
        while not _listens(host, int(port)):
            if process.poll() is not None or time.monotonic() > end:
                reason = self._last(process)
                self._stop()
                raise LineError(ErrorCode.SIMULATED_PLC_LOST, reason=reason)
            time.sleep(0.1)

    def _last(self, process: "subprocess.Popen[str]") -> str:
        return self._said or f"exit code {process.poll()}"

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        with suppress(ValueError):  # closed while it was read
            for line in process.stdout:
                self._hear(line.strip())

    def _hear(self, line: str) -> None:
        """A part; else what is said last may tell why it ends."""
        try:
            self._parts.append(_part(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            self._said = line or self._said

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.close()
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None:
            self._reader.join(END_SECONDS)
        if process.stdout is not None:
            process.stdout.close()

    # ── the machine of before ───────────────────────────────────────────────────────────────

    @property
    def _path(self) -> Path:
        return self._use.data / BEFORE

    def _keep(self, machine: MachineSettings) -> None:
        """The first one counts: the second would be the PLC itself."""
        assert self._process is not None
        before = self._kept() or machine
        values = {"pid": self._process.pid, "machine": before.model_dump()}
        write_whole({self._path: json.dumps(values).encode()})

    def _kept(self) -> MachineSettings | None:
        """The machine of before, where there is one; a PLC that nobody watches any more ends."""
        try:
            values = json.loads(self._path.read_bytes())
            machine = MachineSettings.model_validate(values["machine"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
            log.warning("the machine of before cannot be read: %s", error)
            return None
        if self._process is None:
            _end_orphan(values.get("pid"))
        return machine

    def _forget(self) -> None:
        with suppress(OSError):
            self._path.unlink()

    def _take_back(self) -> None:
        """Into the settings; the next line serves it."""
        before = self._kept()
        if before is not None:
            save_settings(self._use.data, saved(self._use).model_copy(update={"machine": before}))
            self._forget()


def _end_orphan(pid: object) -> None:
    """The PLC of a window that died; what else may have that number now stays."""
    with suppress(psutil.Error, ValueError, TypeError):
        process = psutil.Process(pid)
        words = process.cmdline()
        if "plc" in words and "simulate" in words:
            process.kill()


def _part(row: Mapping[str, Any]) -> PlcPart:
    """As `station plc simulate --json` prints it. Raises KeyError, TypeError or ValueError."""
    steps = []
    for step in row["signals"]:
        high = frozenset(name for name, value in step.items() if value is True)
        steps.append((float(step["ms"]), high))
    times = [None if row[name] is None else float(row[name]) for name in ("busy_ms", "valid_ms")]
    return PlcPart(
        str(row["part_id"]), str(row["said"]), bool(row["passed"]), times[0], times[1], tuple(steps)
    )


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), 0.2).close()
    except OSError:
        return False
    return True
