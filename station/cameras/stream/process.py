"""Our end of the process that reads a stream: starts it, keeps its newest picture, kills it."""

import logging
import subprocess
import sys
import threading
import time
from contextlib import suppress

from station.cameras.stream.wire import (
    LATE,
    PICTURE,
    UP,
    Message,
    Task,
    encode_task,
    read_message,
)

log = logging.getLogger(__name__)

READER = "stream-reader"
"""The first argument that makes a frozen program be this process."""
GRACE_SECONDS = 0.3  # to say good-bye to the server
END_SECONDS = 2.0


def reader_command() -> list[str]:
    """What starts the process; it loads far less than the program does."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READER]
    return [sys.executable, "-m", "station.cameras.stream.reader"]


class StreamProcess:
    """One connection in a process of its own, from `start` to `end`; all calls from one thread."""

    def __init__(self, task: Task, label: str) -> None:
        self._task = task
        self._label = label
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()
        self._newest: Message | None = None
        self._is_up = False
        self._is_over = False
        self._heard = 0.0

    def start(self, seconds: float) -> bool:
        """Whether the stream is open, and its first picture came, within that time."""
        process = subprocess.Popen(  # noqa: S603 - our own program
            reader_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            creationflags=_no_window(),
        )
        self._process = process
        assert process.stdin is not None
        with suppress(OSError):  # it died at once: then nothing comes of it
            process.stdin.write(encode_task(self._task))
        self._thread = threading.Thread(
            target=self._run, args=(process,), name="stream", daemon=True
        )
        self._thread.start()
        with self._change:
            self._change.wait_for(lambda: self._is_up or self._is_over, seconds)
            return self._is_up and not self._is_over

    def newest(self, timeout: float) -> Message | None:
        """The newest picture that was not taken yet, or None after that time."""
        with self._change:
            self._change.wait_for(lambda: self._newest is not None or self._is_over, timeout)
            newest, self._newest = self._newest, None
            return newest

    def is_lost(self, silence: float) -> bool:
        """Whether it ended, or said nothing for that many seconds; what lies here is old then."""
        with self._change:
            return self._is_over or time.monotonic() - self._heard > silence

    @property
    def pid(self) -> int:
        """Of the process; 0 where there is none."""
        return 0 if self._process is None else self._process.pid

    def end(self, grace: float = GRACE_SECONDS) -> None:
        """End it, by force where it does not end by itself; safe twice."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._thread is not None:
            self._thread.join(END_SECONDS)
        process.stdout.close()

    def _run(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        read_into = process.stdout.readinto  # type: ignore[attr-defined]  # raw: bufsize is 0
        try:
            while (message := read_message(read_into)) is not None:
                self._hear(message)
        except (OSError, ValueError):
            log.info("the pipe of %s broke", self._label)
        finally:
            with self._change:
                self._is_over = True
                self._change.notify_all()

    def _hear(self, message: Message) -> None:
        if message.kind == LATE:
            log.warning(
                "%s shows the world more than a second late and is opened anew", self._label
            )
        with self._change:
            self._heard = time.monotonic()
            self._is_up = self._is_up or message.kind == UP
            if message.kind == PICTURE:
                self._newest = message
            self._change.notify_all()


def _no_window() -> int:
    """Windows opens a console for a process unless told not to."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0
