"""A machine that speaks lines of text over TCP: a PLC, a robot, a small controller.

The words are in `lines.py`. The station connects, and connects again when the link is lost.
"""

import logging
import secrets
import socket
import threading
import time
from contextlib import closing, suppress

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part
from station.errors import ErrorCode, Fault, LineError
from station.machine.base import OnFault, OnTrigger
from station.machine.lines import Acked, Asked, Message, ready, result
from station.machine.link import Link, LinkLost
from station.machine.listening import Listener
from station.machine.outbox import Outbox

log = logging.getLogger(__name__)

CONNECT_SECONDS = 1.0
RETRY_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)
SETTLED_SECONDS = 5.0  # a link that stood for so long was a good one: retry quickly
CLOSE_SECONDS = 1.0  # for the machine to acknowledge the last results


class TcpMachine:
    """One thread keeps the link. What the machine did not acknowledge is said again on the next.

    A lost link is MACHINE_LINK_LOST, told at once and until the machine is heard again. Results
    that find it lost wait; RELEASE and HOLD raise LineError when too many wait, a REJECT is
    dropped then, for reject is what the machine does without us.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._fault = Fault(ErrorCode.MACHINE_LINK_LOST, (("address", f"{host}:{port}"),))
        self._run = secrets.token_hex(8)
        self._outbox = Outbox()
        self._ready = False
        self._up = False
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._wake: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.wrong_lines = 0

    @property
    def waiting(self) -> int:
        """How many results the machine has not acknowledged."""
        return len(self._outbox)

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        """Start to connect; the first failure is told like any later one."""
        self._closing.clear()
        inner, outer = socket.socketpair()
        inner.setblocking(False)
        outer.setblocking(False)
        with self._lock:
            self._wake = outer
        keeper = _Keeper(on_trigger, on_fault, inner)
        self._thread = threading.Thread(
            target=self._keep, args=(keeper,), name="machine-link", daemon=True
        )
        self._thread.start()

    def ready(self, is_ready: bool) -> None:
        """Said at once, and again on every new link."""
        self._ready = is_ready
        self._poke()

    def signal(
        self,
        part: Part,
        disposition: Disposition,
        inspection: Inspection | None = None,  # noqa: ARG002 - no word for it in lines.py
    ) -> None:
        """Keep the result until the machine has it; a part that was refused is not worth a wait."""
        if part.number == 0 and not self._up:
            return
        if self._outbox.add(part, disposition):
            self._poke()
        elif disposition is not Disposition.REJECT:
            raise LineError(self._fault.code, **dict(self._fault.facts))

    def close(self) -> None:
        """Drop Ready, give the machine a moment to take the last results, and let go."""
        self._ready = False
        self._closing.set()
        self._poke()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS + 2 * CONNECT_SECONDS)
        self._thread = None
        with self._lock:
            if self._wake is not None:
                self._wake.close()
            self._wake = None

    def _poke(self) -> None:
        with self._lock, suppress(OSError):
            if self._wake is not None:
                self._wake.send(b"!")

    # ── the link's thread ───────────────────────────────────────────────────────────────────

    def _keep(self, keeper: "_Keeper") -> None:
        tries = 0
        with keeper.wake:
            while not self._closing.is_set():
                if self._talk_once(keeper):
                    tries = 0
                if self._closing.is_set():
                    break
                keeper.tell(self._fault)
                self._closing.wait(RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)])
                tries += 1
        if self.waiting:
            log.warning("%d results were never acknowledged", self.waiting)

    def _talk_once(self, keeper: "_Keeper") -> bool:
        """Connect and talk until the link is lost; whether it stood for long enough to be good."""
        began = time.monotonic()
        try:
            connected = socket.create_connection(self._target, CONNECT_SECONDS)
            with closing(Link(connected, keeper.wake, self._run)) as link:
                self._talk(link, keeper)
        except (LinkLost, OSError) as error:
            log.info("no link to %s:%d: %s", *self._target, error)
        except Exception:
            log.exception("the link to the machine failed in a way it should not")
        stood, self._up = self._up, False
        return stood and time.monotonic() - began > SETTLED_SECONDS

    def _talk(self, link: Link, keeper: "_Keeper") -> None:
        deadline = None
        while True:
            if self._closing.is_set():
                deadline = deadline or time.monotonic() + CLOSE_SECONDS
                done = link.told_ready is False and not self.waiting
                if done or not link.up or time.monotonic() > deadline:
                    link.flush()
                    return
            if link.up:
                self._say(link)
            heard = link.exchange()
            if link.up and not self._up:
                self._up = True
                keeper.tell(None)
            for message in heard:
                self._hear(message, link, keeper)

    def _say(self, link: Link) -> None:
        is_ready = self._ready
        if link.told_ready is not is_ready:
            link.told_ready = is_ready
            link.say(ready(is_ready))
        for sequence, part, disposition in self._outbox.after(link.last_sent):
            link.say_result(sequence, result(sequence, part, disposition))

    def _hear(self, message: Message | None, link: Link, keeper: "_Keeper") -> None:
        match message:
            case Asked(serial):
                keeper.trigger(serial)
            case Acked(sequence):
                link.answered(sequence)
                self._outbox.drop(sequence)
            case None:
                self.wrong_lines += 1
                if self.wrong_lines & (self.wrong_lines - 1) == 0:  # 1, 2, 4, 8 …: no flood
                    log.warning("%d lines of the machine made no sense", self.wrong_lines)


class _Keeper(Listener):
    """The line, and what wakes the link's thread."""

    def __init__(self, on_trigger: OnTrigger, on_fault: OnFault, wake: socket.socket) -> None:
        super().__init__(on_trigger, on_fault)
        self.wake = wake
