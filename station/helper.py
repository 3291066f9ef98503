"""A process of the program's own that works beside the line: it goes last, and may be killed.

It reads one line, the task, and writes lines of JSON: how far it is, and at last what came of it.
It ends when its input does, which is when whoever started it is gone.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

log = logging.getLogger(__name__)

NICENESS = 15
END_SECONDS = 10.0

Hear = Callable[[Mapping[str, Any]], None]
Gone = Callable[[int, str], None]
Write = Callable[[str], None]


class Helper:
    """One process at a time. command: starts it. All calls from one thread.

    name: for the log. `hear` and `gone` of `start` are called in a thread of the helper's.
    """

    def __init__(self, command: Sequence[str], name: str) -> None:
        self._command, self._name = list(command), name
        self._reader: threading.Thread | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, task: bytes, hear: Hear, gone: Gone) -> None:
        """Begin, after the last one was closed. Raises OSError where it cannot be started.

        hear: takes each thing said; what it cannot take, with ValueError, KeyError or TypeError, is
        logged.  gone: takes its process id and how it ended, once it has.
        """
        process = subprocess.Popen(  # noqa: S603 - our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            creationflags=_below_normal(),
        )
        self.process = process
        assert process.stdin is not None
        with suppress(OSError):  # it died at once: its exit code says so
            process.stdin.write(task)
            process.stdin.flush()
        self._reader = threading.Thread(
            target=self._read, args=(process, hear, gone), name=self._name
        )
        self._reader.start()

    def kill(self) -> None:
        """End it now, whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()

    def close(self) -> None:
        """Wait for its end and let go of it; safe twice."""
        if self._reader is not None:
            self._reader.join(END_SECONDS)
            self._reader = None
        if self.process is not None:
            for stream in (self.process.stdin, self.process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
            self.process.wait()
            self.process = None

    def _read(self, process: "subprocess.Popen[bytes]", hear: Hear, gone: Gone) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            try:
                hear(json.loads(line))
            except (ValueError, KeyError, TypeError):  # cut off by its end, or a library's word
                log.info("the %s said: %r", self._name, line[:200])
        code = process.wait()
        gone(process.pid, f"signal {-code}" if code < 0 else f"code {code}")


def take_task(
    on_end: Callable[[Callable[[], object]], None],
) -> tuple[bytes, Write]:
    """On the helper's side: its task, and where its lines go; no task where nobody gave one.

    on_end: has something done when the input ends. From here on the process goes last.
    """
    task = sys.stdin.buffer.readline()
    if task:
        go_last()
        on_end(lambda: os._exit(1))  # whoever waited for this is gone
    pipe, sys.stdout = sys.stdout, sys.stderr  # a library's word is no line of ours

    def write(text: str) -> None:
        pipe.write(text)
        pipe.flush()

    return task, write


def go_last() -> None:
    """Let everything else on this PC go first: a line that runs on it keeps its time."""
    if sys.platform == "win32":
        import psutil

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        return
    os.nice(max(0, NICENESS - os.nice(0)))
    if sys.platform == "linux":  # it never pushes the line aside when it wakes up
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _below_normal() -> int:
    """Windows' flag; elsewhere the process makes itself nice."""
    if sys.platform == "win32":
        return subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0
