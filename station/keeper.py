"""Looks after a running line: room, clock, memory, sleep, old pictures, and records made whole."""

import logging
import queue
import threading
import time
from collections.abc import Callable

from station.errors import ErrorCode, Fault, StationError
from station.pipeline.clock import ClockWatch, SleepWatch
from station.pipeline.disk_watch import DaysLeftWatch, DiskTooLowWatch
from station.pipeline.events import Event, LineState, StateChanged, Warned
from station.pipeline.line import Line
from station.pipeline.watches import MemoryWatch, Watch
from station.settings import Settings
from station.store.cursor import copied_up_to
from station.store.recover import look_after
from station.store.retention import Policy, Retention
from station.store.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
RETENTION_SECONDS = 5.0
STOP_SECONDS = 10.0

CURED_BY_RESTART = (ErrorCode.SLEPT, ErrorCode.MEMORY_GROWN)

Entry = tuple[str, Fault | None]


class Keeper:
    """Two threads beside the line; `hear` is for any thread and returns at once.

    on_cure(fault): only a new process cures this; called once for each fault.
    """

    def __init__(self, store: Store, settings: Settings, on_cure: Callable[[Fault], None]) -> None:
        self._store = store
        self._settings = settings
        self._on_cure = on_cure
        self._entries: queue.SimpleQueue[Entry] = queue.SimpleQueue()
        self._standing: dict[str, Fault] = {}
        self._in_fault = False
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, line: Line) -> None:
        """Begin to look."""
        self._entries.put(("started", None))
        watches: dict[str, Watch] = {
            "disk": DiskTooLowWatch(self._store.folder),
            "days": DaysLeftWatch(self._store.folder, self._store.reader),
            "slow": line.slow_disk,
            "clock": ClockWatch(),
            "sleep": SleepWatch(),
            "memory": MemoryWatch(),
        }
        for name, body in (
            ("watches", lambda: self._watch(line, watches)),
            ("records", lambda: look_after(self._store, self._stop, line.warn)),
        ):
            thread = threading.Thread(target=body, name=f"keeper-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """End, and write down what is left."""
        self._entries.put(("stopped", None))
        self._stop.set()
        for thread in self._threads:
            thread.join(STOP_SECONDS)
        self._write()

    def hear(self, event: Event) -> None:
        """Take an event of the line for the audit trail."""
        match event:
            case StateChanged(LineState.FAULT, fault):
                self._in_fault = True
                self._entries.put(("fault", fault))
            case StateChanged(LineState.READY | LineState.RUNNING) if self._in_fault:
                self._in_fault = False
                self._entries.put(("well", None))
            case Warned(fault):
                self._entries.put((_action(fault), fault))
            case _:
                pass

    def _watch(self, line: Line, watches: dict[str, Watch]) -> None:
        policy = Policy(self._settings.keep.gigabytes, self._settings.keep.days)
        retention = Retention(self._store, policy, self._copied)
        due = time.monotonic()
        while not self._stop.wait(LOOK_SECONDS):
            for name, watch in watches.items():
                self._judge(line, name, watch)
            self._write()
            if time.monotonic() >= due:
                due = time.monotonic() + RETENTION_SECONDS
                self._remove(retention)

    def _copied(self) -> int | None:
        """Up to where the plant has everything; None where there is no plant to wait for."""
        if not self._settings.plant.database:
            return None
        return copied_up_to(self._store.folder) or 0

    def _judge(self, line: Line, name: str, watch: Watch) -> None:
        try:
            fault = watch.look()
        except Exception:
            log.exception("the watch over %s failed", name)
            return
        before = self._standing.get(name)
        if fault is None:
            self._standing.pop(name, None)
        else:
            self._standing[name] = fault
        if watch.blocks and fault != before:
            line.doubt(name, fault)
        elif fault is not None and (before is None or before.code is not fault.code):
            line.warn(fault)
        if fault is not None and before is None and fault.code in CURED_BY_RESTART:
            self._on_cure(fault)

    def _remove(self, retention: Retention) -> None:
        try:
            retention.step(time.time_ns() // 10**6)
        except (StationError, OSError) as error:
            log.warning("old pictures could not be removed: %s", error)

    def _write(self) -> None:
        """Write down what was heard; what the store does not take now is only in the log."""
        while not self._entries.empty():
            action, fault = self._entries.get()
            log.info("%s %s", action, fault)
            try:
                self._store.audit(action, fault)
            except StationError as error:
                log.warning("the audit trail could not be written: %s", error)
                return


def _action(fault: Fault) -> str:
    if fault.code is ErrorCode.CLOCK_JUMPED:
        return "clock"
    return "restarted" if fault.code is ErrorCode.LINE_RESTARTED else "note"
