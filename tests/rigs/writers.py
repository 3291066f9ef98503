"""Starts writers, hears what they acknowledge, and kills them."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

WORDS_SECONDS = 30.0


@dataclass
class Writer:
    """One writer and what it said so far; `opened_ms` is None until its store was open."""

    pid: int = 0
    opened_ms: float | None = None
    begun: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    ended: bool = False


class Writers:
    """One process that forks a writer at a time. Keeps no hand on the folder they write to."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._heard = threading.Condition()
        self._served = False
        self.now = Writer(ended=True)
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def start(self, folder: Path) -> Writer:
        """Start the next writer; the one before has ended."""
        self.wait(lambda: self._served and self.now.ended)
        self.now = writer = Writer()
        assert self._process.stdin is not None
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        self.wait(lambda: writer.pid > 0)
        return writer

    def wait(self, holds, seconds: float = WORDS_SECONDS) -> None:
        """Until that holds of what was said."""
        with self._heard:
            came = self._heard.wait_for(
                lambda: holds() or self._process.poll() is not None, seconds
            )
        assert came, f"no word in {seconds} s: {self.now}"
        assert holds(), f"the writer says no more: {self.now}"

    def end(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the writer, and wait until it is gone and all it said was heard."""
        writer = self.now
        if not writer.ended:
            with suppress(ProcessLookupError):
                os.kill(writer.pid, number)
        self.wait(lambda: writer.ended)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            word, _, rest = line.strip().partition(" ")
            with self._heard:
                self._take(word, rest)
                self._heard.notify_all()

    def _take(self, word: str, rest: str) -> None:
        match word:
            case "S":
                self._served = True
            case "P":
                self.now.pid = int(rest)
            case "O":
                self.now.opened_ms = float(rest)
            case "B":
                self.now.begun.append(rest)
            case "A":
                self.now.acknowledged.append(rest)
            case "F":
                self.now.failures.append(rest)
            case "X":
                self.now.ended = True


@contextmanager
def writers() -> Iterator[Writers]:
    """A server of writers, gone at the end with whatever it started."""
    command = [sys.executable, "-m", "tests.rigs.writer"]
    root = Path(__file__).resolve().parent.parent.parent
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with (
        tempfile.TemporaryDirectory() as warm,
        subprocess.Popen(
            [*command, warm],
            stdin=pipe,
            stdout=pipe,
            stderr=nothing,
            text=True,
            env=environment,
            cwd=root,
        ) as process,
    ):
        server = Writers(process)
        try:
            yield server
        finally:
            if server.now.pid and not server.now.ended:
                server.end()
            assert process.stdin is not None
            process.stdin.close()


def sleep_until(moment: float) -> None:
    """To that moment of the monotonic clock."""
    time.sleep(max(0.0, moment - time.monotonic()))
