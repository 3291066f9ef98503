"""The process that reads one network stream, and may be killed: a library below it can hang.

It keeps only the newest picture; what its parent does not take in time is gone. It imports OpenCV
and numpy, and nothing else that is large.
"""

import os
import signal
import sys
import threading
import time
from contextlib import suppress

import numpy as np

from station.cameras.image_file import to_rgb
from station.cameras.stream.clock import StreamClock, StreamLateError
from station.cameras.stream.sources import Raw, decode, open_stream
from station.cameras.stream.wire import HEARD, LATE, PICTURE, UP, Task, decode_task, head
from station.domain.part import Pixels

PIPE_BYTES = 1 << 20
SET_PIPE_SIZE = 1031  # F_SETPIPE_SZ


def main() -> None:
    """Read the task, then the stream until it fails, or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it, when it is done
    line = sys.stdin.buffer.readline()
    if not line:
        return
    task = decode_task(line)
    out = os.dup(1)
    os.dup2(2, 1)  # a library's word is no message of ours
    _widen(out)
    threading.Thread(target=_end_with_parent, name="lifeline", daemon=True).start()
    with suppress(OSError):
        read_stream(task, Speaker(out))


class Speaker:
    """Says the newest of what it is told, in a thread of its own: the stream must not wait.

    It decodes what needs it, and so only what is said.
    """

    def __init__(self, out: int) -> None:
        self._out = out
        self._change = threading.Condition()
        self._next: tuple[bytes, int, Raw | None] | None = None
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    def tell(self, kind: bytes, taken_ns: int = 0, raw: Raw | None = None) -> None:
        """Returns at once. A picture that waits is not put aside for the word that one came."""
        with self._change:
            if kind != HEARD or self._next is None:
                self._next = (kind, taken_ns, raw)
            self._change.notify()

    def say(self, kind: bytes) -> None:
        """For a word that must not be lost: waits until all is said."""
        self.tell(kind)
        with self._change:
            self._change.wait_for(lambda: self._next is None, 1.0)

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._next is not None)
                assert self._next is not None
                (kind, taken_ns, raw), self._next = self._next, None
                self._change.notify_all()
            pixels = None if raw is None else _to_pixels(raw)
            try:
                self._write(
                    head(kind if pixels is not None or raw is None else HEARD, taken_ns, pixels)
                )
                if pixels is not None:
                    self._write(pixels.data.cast("B"))
            except OSError:  # the parent is gone
                os._exit(1)

    def _write(self, data: "bytes | memoryview") -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._out, rest) :]


def _to_pixels(raw: Raw) -> Pixels | None:
    picture = decode(raw)
    return None if picture is None or picture.dtype != np.uint8 else to_rgb(picture)


def read_stream(task: Task, speaker: Speaker) -> None:
    """Until the first failure: a connection that failed once is never well again."""
    source = open_stream(task.address, task.open_seconds, task.stale_seconds)
    if source is None:
        return
    clock = StreamClock(round(task.latency * 1e9))
    good, stamp = source.wait()
    if not good:
        return
    speaker.say(UP)
    with suppress(StreamLateError):
        clock.exposed(time.monotonic_ns(), stamp)
        while True:
            began = time.monotonic_ns()
            good, stamp = source.wait()
            arrived = time.monotonic_ns()
            if not good or arrived - began > task.stale_seconds * 1e9:
                source.close()
                return
            taken_ns = clock.exposed(arrived, stamp)
            raw = None if taken_ns is None else source.picture()
            if taken_ns is None or raw is None:
                speaker.tell(HEARD)
            else:
                speaker.tell(PICTURE, taken_ns, raw)
    speaker.say(LATE)
    source.close()


def _end_with_parent() -> None:
    with suppress(OSError):
        while os.read(0, 1):
            pass
    os._exit(0)


def _widen(out: int) -> None:
    """Room for most of a picture: fewer turns between the two processes."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(out, SET_PIPE_SIZE, PIPE_BYTES)


if __name__ == "__main__":
    main()
