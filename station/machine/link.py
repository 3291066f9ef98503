"""One TCP connection to a machine: lines out, messages in, never blocking for long."""

import selectors
import socket
import time
from contextlib import suppress

from station.machine.lines import BEAT, LineSplitter, Message, hello, parse

BEAT_SECONDS = 0.1
LOST_SECONDS = 0.5  # without a sensible word
ACK_SECONDS = 2.0  # the longest a machine that is well takes to answer a result
OUT_BYTES = 2**18
_CHUNK = 4096


class LinkLost(Exception):  # noqa: N818 - an end, not a mistake
    """The connection is of no use any more, for the reason given."""


class Link:
    """Owns the connected socket, for one thread; `wake` is a socket that ends a wait when readable.

    up: a sensible word came, so there is a machine that speaks as we do.
    """

    def __init__(self, connected: socket.socket, wake: socket.socket, run: str) -> None:
        self._socket = connected
        self._wake = wake
        self._splitter = LineSplitter()
        self._out = bytearray()
        self._selector = selectors.DefaultSelector()
        self._heard_at = time.monotonic()
        self._beat_at = self._heard_at
        self._unanswered: dict[int, float] = {}
        self.last_sent = 0
        self.told_ready: bool | None = None
        self.up = False
        connected.setblocking(False)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector.register(connected, selectors.EVENT_READ)
        self._selector.register(wake, selectors.EVENT_READ)
        self.say(hello(run))

    def close(self) -> None:
        """Let go of the connection."""
        self._selector.close()
        self._socket.close()

    def flush(self) -> None:
        """Send what can be sent without waiting."""
        with suppress(OSError):
            self._send()

    def say(self, line: str) -> None:
        """Put a line in the queue. Raises LinkLost when nobody takes them away."""
        self._out += line.encode() + b"\n"
        if len(self._out) > OUT_BYTES:
            raise LinkLost("nothing is read there")

    def say_result(self, sequence: int, line: str) -> None:
        """Put a result in the queue; from now on its answer is waited for."""
        self.say(line)
        self.last_sent = sequence
        self._unanswered[sequence] = time.monotonic()

    def answered(self, sequence: int) -> None:
        """That result was acknowledged."""
        self._unanswered.pop(sequence, None)

    def exchange(self) -> list[Message | None]:
        """Send, receive, or wait for the next beat; None stands for a line that is no message.

        Raises LinkLost, or an OSError of the socket.
        """
        now = time.monotonic()
        if now >= self._beat_at:
            self.say(BEAT)
            self._beat_at = now + BEAT_SECONDS
        self._send()
        interest = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)
        self._selector.modify(self._socket, interest)
        heard: list[Message | None] = []
        for key, events in self._selector.select(max(0.0, self._beat_at - now)):
            if key.fileobj is self._wake:
                self._wake.recv(_CHUNK)
            elif events & selectors.EVENT_READ:
                heard = self._receive()
        self._check_alive(heard)
        return heard

    def _send(self) -> None:
        try:
            while self._out:
                del self._out[: self._socket.send(self._out)]
        except BlockingIOError:
            pass

    def _receive(self) -> list[Message | None]:
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return []
        if not data:
            raise LinkLost("closed by the machine")
        lines = self._splitter.feed(data)
        return [None if line is None else parse(line) for line in lines]

    def _check_alive(self, heard: list[Message | None]) -> None:
        now = time.monotonic()
        if any(message is not None for message in heard):
            self._heard_at, self.up = now, True
        if now - self._heard_at > LOST_SECONDS:
            raise LinkLost("silent")
        oldest = next(iter(self._unanswered.values()), now)
        if now - oldest > ACK_SECONDS:
            raise LinkLost("a result was not acknowledged")
