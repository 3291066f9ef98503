"""Results for MES and dashboards by MQTT 5, and triggers by it where that is wanted.

The words are in `words.py` and `result.py`. What is said here is news, and no gate: a
part is never released because a broker heard of it.
"""

import logging
import socket
import threading
import time
from contextlib import suppress

from station.domain.inspection import Disposition, Inspection
from station.domain.options import OptionError
from station.domain.part import Part
from station.errors import ErrorCode, Fault, LineError
from station.machine.base import OnFault, OnTrigger
from station.machine.listening import Listener
from station.machine.mqtt.outbox import Letters
from station.machine.mqtt.result import result_json
from station.machine.mqtt.session import Broker, Note, Session
from station.machine.mqtt.words import Status, answer

log = logging.getLogger(__name__)

RETRY_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0)
SETTLED_SECONDS = 5.0  # a session that stood for so long was a good one: retry quickly
ACK_SECONDS = 5.0  # the longest a broker that is well takes for a result
CLOSE_SECONDS = 1.0  # for the last results
UNDER_WAY = 20  # results that wait for their acknowledgement at a time
BEAT_SECONDS = 0.5
MOST_KEPT = 100_000


class MqttMachine:
    """One thread keeps the session; what the broker did not acknowledge is said again on the next.

    So each result arrives at least once, in order, as long as no more than `keep` wait: then the
    oldest go, and are counted in the status. Nothing here ever waits for the broker.
    """

    def __init__(
        self, broker: Broker, prefix: str, commands: bool = False, keep: int = 10_000
    ) -> None:
        self._broker = broker
        self._prefix = prefix
        self.may_trigger = commands
        self._lost = Fault(ErrorCode.MACHINE_LINK_LOST, (("address", broker.address),))
        self._letters = Letters(keep)
        self._ready = False
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._wake: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.up = False  # the broker let us in and takes what we say
        self.strange = 0

    @property
    def waiting(self) -> int:
        """How many results the broker has not acknowledged."""
        return len(self._letters)

    @property
    def dropped(self) -> int:
        """How many results never went, for want of room."""
        return self._letters.dropped

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        """Start to connect; the first failure is told like any later one."""
        self._closing = threading.Event()  # one that still hangs keeps its own
        inner, outer = socket.socketpair()
        inner.setblocking(False)
        outer.setblocking(False)
        with self._lock:
            self._wake = outer
        keeper = _Keeper(on_trigger, on_fault, inner, self._closing)
        self._thread = threading.Thread(target=self._keep, args=(keeper,), name="mqtt", daemon=True)
        self._thread.start()

    def ready(self, is_ready: bool) -> None:
        """Said in the status."""
        self._ready = is_ready
        self._poke()

    def signal(
        self,
        part: Part,  # noqa: ARG002 - all of it is in the inspection
        disposition: Disposition,
        inspection: Inspection | None = None,
    ) -> None:
        """Keep the result until the broker has it; of a part that was refused there is none."""
        if inspection is not None:
            self._letters.add(disposition, inspection)
            self._poke()

    def close(self) -> None:
        """Say offline, give the broker a moment to take the last results, and let go."""
        self._ready = False
        self._closing.set()
        self._poke()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS + 7.0)
        self._thread = None
        with self._lock:
            if self._wake is not None:
                self._wake.close()
            self._wake = None

    def _poke(self) -> None:
        with self._lock, suppress(OSError):
            if self._wake is not None:
                self._wake.send(b"!")

    # ── the session's thread ────────────────────────────────────────────────────────────────

    def _keep(self, keeper: "_Keeper") -> None:
        tries = 0
        with keeper.wake:
            while not keeper.closing.is_set():
                began = time.monotonic()
                fault = self._talk_once(keeper)
                if fault is None:
                    break
                keeper.tell(fault)
                tries = 0 if time.monotonic() - began > SETTLED_SECONDS else tries
                keeper.closing.wait(RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)])
                tries += 1
        if self.waiting:
            log.warning("%d results were never acknowledged by the broker", self.waiting)

    def _talk_once(self, keeper: "_Keeper") -> Fault | None:
        """Connect and talk until told to close, or until it fails: then why."""
        session = Session(self._broker, keeper.wake, Status(online=False).note(self._prefix))
        try:
            session.open()
            self._talk(session, keeper)
        except LineError as error:
            return error.fault
        except Exception:
            log.exception("the session with the broker failed in a way it should not")
            return self._lost
        finally:
            self.up = False
            session.close()
        return None

    def _talk(self, session: Session, keeper: "_Keeper") -> None:
        if self.may_trigger:
            session.listen(f"{self._prefix}/command")
        talk = _Talk(session, self._letters)
        while not keeper.closing.is_set():
            talk.stand(Status(True, self._ready, self.dropped), self._prefix)
            talk.send(self._prefix)
            for note in session.exchange(BEAT_SECONDS):
                self._hear(note, session, keeper)
            talk.settle()
            if talk.all_acked and not self.up:
                self.up = True
                keeper.tell(None)
        self._take_leave(session, talk)

    def _take_leave(self, session: Session, talk: "_Talk") -> None:
        deadline = time.monotonic() + CLOSE_SECONDS
        while self.waiting and time.monotonic() < deadline:
            talk.send(self._prefix)
            session.exchange(0.05)
            talk.settle()
        talk.stand(Status(False, False, self.dropped), self._prefix)
        while not talk.all_acked and time.monotonic() < deadline + CLOSE_SECONDS:
            session.exchange(0.05)
            talk.settle()

    def _hear(self, note: Note, session: Session, keeper: "_Keeper") -> None:
        if note.retained:  # said to nobody in particular, at some time: no part waits for it
            self.strange += 1
            log.warning("a retained command is not obeyed: %s", note.topic)
        else:
            session.say(answer(note, self._prefix, keeper.trigger))


class _Talk:
    """What was said on one session, and what of it is not acknowledged."""

    def __init__(self, session: Session, letters: Letters) -> None:
        self._session = session
        self._letters = letters
        self._last = 0
        self._status: Status | None = None
        self._under_way: dict[int, tuple[int, float]] = {}  # by mid: the letter, and since when

    @property
    def all_acked(self) -> bool:
        return not self._under_way

    def stand(self, status: Status, prefix: str) -> None:
        """Say how the station stands, where that is news."""
        if status != self._status:
            self._status = status
            mid = self._session.say(status.note(prefix))
            self._under_way[mid] = (0, time.monotonic())

    def send(self, prefix: str) -> None:
        for letter in self._letters.after(self._last, UNDER_WAY - len(self._under_way)):
            words = result_json(letter.disposition, letter.inspection)
            mid = self._session.say(Note(f"{prefix}/result", words))
            self._last = letter.number
            self._under_way[mid] = (letter.number, time.monotonic())

    def settle(self) -> None:
        """Forget what was acknowledged. Raises LineError where that takes too long."""
        for mid in self._session.acked():
            number, _ = self._under_way.pop(mid, (0, 0.0))
            self._letters.done(number)
        oldest = min((since for _, since in self._under_way.values()), default=None)
        if oldest is not None and time.monotonic() - oldest > ACK_SECONDS:
            raise self._session.gone("a result was not acknowledged")


class _Keeper(Listener):
    """The line, what wakes the session's thread, and what ends it."""

    def __init__(
        self,
        on_trigger: OnTrigger,
        on_fault: OnFault,
        wake: socket.socket,
        closing: threading.Event,
    ) -> None:
        super().__init__(on_trigger, on_fault)
        self.wake = wake
        self.closing = closing


def make_mqtt(
    host: str,
    port: int,
    prefix: str = "",
    client: str = "",
    user: str = "",
    tls: bool = False,
    ca: str = "",
    certificate: str = "",
    key: str = "",
    commands: bool = False,
    keep: int = 10_000,
) -> MqttMachine:
    """From options as settings hold them. Raises OptionError.

    prefix: before every topic; client: the name at the broker, which nobody else may have there.
    keep: so many results wait for a broker that is away.
    """
    name = socket.gethostname() or "station"
    prefix = (prefix or f"station/{name}").strip("/")
    if not prefix or prefix.startswith("$") or set(prefix) & set("+#\x00"):
        raise OptionError("prefix", "a topic without + and #")
    if not 1 <= keep <= MOST_KEPT:
        raise OptionError("keep", f"1 … {MOST_KEPT}")
    client = client or prefix.replace("/", "-")  # the same each time: so its own last will ends
    broker = Broker(host, port, client, user, tls, ca, certificate, key)
    return MqttMachine(broker, prefix, commands, keep)
