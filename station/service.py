"""The composition root of the line's own process: the line, its door, and what looks after it."""

import ctypes
import faulthandler
import logging
import os
import signal
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path

from station import board as exits
from station.app import built_line
from station.board import (
    BEAT_SECONDS,
    Board,
    Role,
    forget_failed,
    forget_upgrade,
    make_runtime_folder,
    tell_upgrade,
    write_failed,
)
from station.choice import RunChoice
from station.errors import ErrorCode, Fault, LineError, StationError
from station.inference.provider import runtime
from station.logs import LOGS
from station.pipeline.events import Event, Inspected
from station.pipeline.host import LineHost
from station.pipeline.line import Line
from station.plan import Plan, make_plan
from station.store.store import Store
from station.supervisor import CHANGED_OVER, Orders, on_end

log = logging.getLogger(__name__)

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # of malloc.h
PICTURE_BYTES = 256 * 2**10  # what is larger is a picture
ARENAS = 2

RESTARTS = {
    ErrorCode.DEVICE_LOST: exits.EXIT_DEVICE_LOST,
    ErrorCode.OUT_OF_MEMORY: exits.EXIT_OUT_OF_MEMORY,
    ErrorCode.SLEPT: exits.EXIT_SLEPT,
    ErrorCode.MEMORY_GROWN: exits.EXIT_MEMORY_GROWN,
}
"""Faults that only a new process cures."""


def preload() -> None:
    """Load what the line will need, so that a spare process takes over in a moment."""
    keep_memory_level()
    with suppress(StationError):  # told when the line starts
        runtime()


def keep_memory_level() -> None:
    """Have glibc give each picture back to the system when it goes; elsewhere this does nothing.

    Left to itself it learns from the first pictures to keep such blocks among the small ones, in
    an arena for each thread: then memory wanders by tens of megabytes for days.
    """
    with suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(M_MMAP_THRESHOLD, PICTURE_BYTES)
        libc.mallopt(M_ARENA_MAX, ARENAS)


class Heart:
    """Shows life while no thread of the line hangs, and ends the process when one does."""

    def __init__(self, board: Board, data: Path) -> None:
        self._board = board
        self._data = data
        self._line: Line | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heart", daemon=True)

    def start(self) -> None:
        """Begin, before anything heavy."""
        self._thread.start()

    def watch(self, line: Line) -> None:
        """From now on this line must not hang."""
        self._line = line

    def stop(self) -> None:
        """No more beats."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(BEAT_SECONDS):
            stuck = self._line.stuck() if self._line is not None else None
            if stuck is not None:
                log.error("the line hangs: %s for %.1f s", stuck.name, stuck.seconds)
                self._leave_stacks()
                os._exit(exits.EXIT_HUNG)
            self._board.beat(Role.LINE)

    def _leave_stacks(self) -> None:
        """Where every thread stands, for service."""
        with suppress(OSError), (self._data / LOGS / "line.crash").open("a") as file:
            faulthandler.dump_traceback(file, all_threads=True)


class Ending:
    """When the process ends, and with what code; from any thread."""

    def __init__(self) -> None:
        self.code = 0
        self._asked = threading.Event()

    def ask(self, code: int = 0) -> None:
        """End as soon as what was admitted is recorded; the first word counts."""
        if not self._asked.is_set():
            self.code = code
            self._asked.set()

    def wait(self) -> None:
        """Until somebody asked."""
        while not self._asked.wait(0.2):  # so that a signal is heard on every system
            pass


def serve_line(choice: RunChoice, data: Path, orders: Orders) -> int:
    """Run the line until asked to end; the exit code.

    Raises StationError when it cannot even be built; word of that is left in the runtime folder.
    """
    folder = make_runtime_folder(data)
    board = Board(folder)
    ending, heart = Ending(), Heart(board, data)
    heart.start()
    _end_with_parent(ending)
    try:
        plan = make_plan(choice)
        _serve(choice, plan, folder, board, orders, ending, heart)
    except StationError as error:
        write_failed(folder, error.code.value, error.fault.facts, 1)
        raise
    finally:
        forget_upgrade(folder)
        heart.stop()
    return ending.code


def _change_over(choice: RunChoice, ending: Ending) -> None:
    """End, so that the next line reads the settings. Raises LineError START_ANEW."""
    if choice.recipe or choice.model is not None:  # the next would hear the same words
        raise LineError(ErrorCode.START_ANEW)
    ending.ask(exits.EXIT_CHANGED_OVER)


def _serve(
    choice: RunChoice,
    plan: Plan,
    folder: Path,
    board: Board,
    orders: Orders,
    ending: Ending,
    heart: Heart,
) -> None:
    tell = partial(tell_upgrade, folder)
    with Store(plan.data, plan.settings.station_name, tell) as store:
        forget_upgrade(folder)
        host = LineHost(folder)

        def on_event(event: Event) -> None:
            host.post(event)
            if isinstance(event, Inspected) and event.inspection.fault is not None:
                code = RESTARTS.get(event.inspection.fault.code)
                if code is not None:
                    ending.ask(code)

        def on_cure(fault: Fault) -> None:
            ending.ask(RESTARTS[fault.code])

        with built_line(plan, store, on_event, on_cure, orders.degraded) as line:
            line.on_change_over(lambda: _change_over(choice, ending))
            host.open(line)
            heart.watch(line)
            line.start()
            forget_failed(folder)
            board.set_up(Role.LINE)
            if orders.restarted and orders.restarted != CHANGED_OVER:
                line.warn(Fault(ErrorCode.LINE_RESTARTED, (("reason", orders.restarted),)))
            ending.wait()
        host.close()


def _end_with_parent(ending: Ending) -> None:
    """Closed by the supervisor, or left alone by it, or asked by the system: we end in order."""
    on_end(ending.ask)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.ask())
