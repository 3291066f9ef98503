"""Keeps the line and the window alive: starts them, watches them, starts them anew. Plain Python.

A process is started anew when it ends by itself without having been asked to, or when it shows no
life. After five starts within a minute it rests until the minute is over, and that is said.
When the window is closed, or the line ends for good, everything ends.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from station import board as exits
from station.board import Board, Role, forget_failed, make_runtime_folder, read_failed

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.05
MOST_STARTS, WITHIN_SECONDS = 5, 60.0
FIRST_BEAT_SECONDS = 30.0  # until a process that just starts must show life
STOP_SECONDS = 40.0  # for the line to record what it admitted
READ_SECONDS = 3600.0  # for a person to read why the station does not start
SPARE_SECONDS = 4.0  # after a process is up, when the machine has time again
SPARE = "--spare"  # what the command of one that is to wait has at its end
DEVICE_SECONDS = 600.0  # a device that is lost twice within this time is left aside

CHANGED_OVER = "change-over"
REASONS = {
    exits.EXIT_HUNG: "hung",
    exits.EXIT_DEVICE_LOST: "device lost",
    exits.EXIT_OUT_OF_MEMORY: "out of memory",
    exits.EXIT_SLEPT: "slept",
    exits.EXIT_MEMORY_GROWN: "memory",
    exits.EXIT_CHANGED_OVER: CHANGED_OVER,
}


@dataclass(frozen=True, slots=True)
class Job:
    """One process to keep alive.

    The process first loads what it needs, then reads one line: its Orders. silence: after so many
    seconds without a sign of life it hangs. final: whatever it ends with, that is the end of all.
    spare: keep the next one loaded and waiting; it is told so, and has time to load all.
    """

    role: Role
    command: list[str]
    silence: float
    final: bool = False
    spare: bool = True


@dataclass(frozen=True, slots=True)
class Orders:
    """Why a process was started anew, empty the first time, and whether without accelerator."""

    restarted: str = ""
    degraded: bool = False


def encode_orders(orders: Orders) -> bytes:
    """The line that a process reads."""
    return (json.dumps([orders.restarted, orders.degraded]) + "\n").encode()


def read_orders() -> Orders | None:
    """Wait for the line; None where the supervisor is gone, or needs this process no more."""
    line = sys.stdin.buffer.readline()
    if not line:
        return None
    restarted, degraded = json.loads(line)
    return Orders(restarted, degraded)


def on_end(act: Callable[[], object]) -> None:
    """Have `act` called, in a thread, when the supervisor wants this process to end, or is gone.

    Reads the descriptor and not the stream: a stream that a thread waits in cannot be closed when
    the interpreter ends.
    """

    def read() -> None:
        with suppress(OSError):
            while os.read(0, 1):
                pass
        act()

    threading.Thread(target=read, name="lifeline", daemon=True).start()


def program(*arguments: str) -> list[str]:
    """The command line that runs this program again with other arguments."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *(() if frozen else ("-m", "station")), *arguments]


class Child:
    """One process under watch."""

    def __init__(self, job: Job, board: Board) -> None:
        self.job = job
        self._board = board
        self._process: subprocess.Popen[bytes] | None = None
        self._spare: subprocess.Popen[bytes] | None = None
        self._spare_at = 0.0
        self._starts: deque[float] = deque()
        self._losses: deque[float] = deque()
        self._beats = -1
        self._heard_at = 0.0
        self._reason = ""
        self._resting = False

    def start(self) -> None:
        """Start it, unless it was started too often lately."""
        now = time.monotonic()
        while self._starts and now - self._starts[0] > WITHIN_SECONDS:
            self._starts.popleft()
        self._resting = len(self._starts) > MOST_STARTS
        self._board.tell(self.job.role, max(0, len(self._starts) - 1), self._resting)
        if self._resting:
            return
        if len(self._starts) == MOST_STARTS:
            log.error("the %s failed %d times within a minute", self.job.role.name, MOST_STARTS)
        self._starts.append(now)
        degraded = len(self._losses) > 1 and now - self._losses[-2] < DEVICE_SECONDS
        self._process, self._spare = self._spare or self._open(), None
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.write(encode_orders(Orders(self._reason, degraded)))
            self._process.stdin.flush()
        self._beats = self._board.beats(self.job.role)
        self._heard_at = now

    def _open(self, *more: str) -> "subprocess.Popen[bytes]":
        command = [*self.job.command, *more]
        return subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own

    def _keep_spare(self) -> None:
        """Have the next one loaded and waiting, so that it takes over in a moment."""
        if not self._is_up():
            self._spare_at = time.monotonic() + SPARE_SECONDS
        if self._spare is not None and self._spare.poll() is not None:
            self._spare = None
        wanted = self.job.spare and not self.job.final
        if self._spare is None and wanted and time.monotonic() > self._spare_at:
            self._spare = self._open(SPARE)
            self._spare_at = time.monotonic() + SPARE_SECONDS

    def _is_up(self) -> bool:
        return self._process is not None and self._board.up(self.job.role) == self._process.pid

    def look(self) -> int | None:
        """Start it anew if it must be; its exit code where that is the end of all."""
        if self._process is None or self._resting:
            self.start()
            return None
        code = self._process.poll()
        if code is None:
            self._listen()
            self._keep_spare()
            return None
        self._let_go()
        if code == 0 or (self.job.final and code > 0):
            return code
        self._note(code)
        self.start()
        return None

    def _note(self, code: int) -> None:
        self._reason = REASONS.get(code, f"signal {-code}" if code < 0 else f"code {code}")
        if code == exits.EXIT_CHANGED_OVER:  # somebody asked for it: no failure
            self._starts.clear()
        if code in (exits.EXIT_DEVICE_LOST, exits.EXIT_OUT_OF_MEMORY):
            self._losses.append(time.monotonic())
        log.warning("the %s ended (%s) and is started anew", self.job.role.name, self._reason)

    def _listen(self) -> None:
        assert self._process is not None
        now, beats = time.monotonic(), self._board.beats(self.job.role)
        if beats != self._beats:
            self._beats, self._heard_at = beats, now
        begun = self._board.pid(self.job.role) == self._process.pid
        if self.job.role is Role.WINDOW:  # it is filled in pieces, of seconds on a slow PC
            begun = begun and self._is_up()
        if now - self._heard_at > (self.job.silence if begun else FIRST_BEAT_SECONDS):
            log.error("the %s shows no life and is killed", self.job.role.name)
            self._kill()

    def _kill(self) -> None:
        """First in a way that leaves the stacks in its log, where the system has one."""
        assert self._process is not None
        if os.name == "posix":
            self._process.send_signal(signal.SIGABRT)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.3)
        self._process.kill()
        self._process.wait()

    def ask_to_end(self) -> None:
        """Its input ends: that is how it knows, on every system."""
        for process in (self._process, self._spare):
            if process is not None and process.stdin is not None:
                with suppress(OSError):
                    process.stdin.close()

    def end(self, timeout: float) -> int:
        """Wait until it ended, or end it; its exit code."""
        if self._spare is not None:
            self._spare.kill()
            self._spare.wait()
        if self._process is None:
            return 0
        try:
            code = self._process.wait(max(0.1, timeout))
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._let_go()
        return code

    def _let_go(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._process = None


def supervise(data: Path, jobs: Iterable[Job]) -> int:
    """Keep them alive until one ends for good, or somebody interrupts; the exit code of all.

    Each is started as soon as it is named.
    """
    folder = make_runtime_folder(data)
    board = Board(folder)
    board.clear()
    forget_failed(folder)
    children: list[Child] = []
    code = 0
    try:
        for job in jobs:
            children.append(Child(job, board))
            children[-1].start()
        code = _watch(folder, board, children)
    except KeyboardInterrupt:
        code = 0
    finally:
        for child in children:
            child.ask_to_end()
        deadline = time.monotonic() + STOP_SECONDS
        ended = [child.end(deadline - time.monotonic()) for child in children]
        board.close()
        shutil.rmtree(folder, ignore_errors=True)
    return code or max((one for one in ended if one > 0), default=0)


def _watch(folder: Path, board: Board, children: list[Child]) -> int:
    while True:
        failed = read_failed(folder)
        if failed is not None and not board.up(Role.LINE):
            _let_say(children)
            return failed[2]
        for child in children:
            code = child.look()
            if code is not None:
                return code
        time.sleep(LOOK_SECONDS)


def _let_say(children: list[Child]) -> None:
    """The window tells the person why, and ends when that was read."""
    for child in children:
        if child.job.role is Role.WINDOW:
            child.end(READ_SECONDS)
