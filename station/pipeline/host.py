"""The line's door: clients come and go, the line never waits for one of them."""

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from pathlib import Path

import msgspec

from station.board import address, new_key
from station.errors import Fault, StationError, internal
from station.pipeline import wire
from station.pipeline.answering import answer_model, answer_setup
from station.pipeline.events import Adopted, Event, Recorded, Refused, StateChanged, Warned
from station.pipeline.line import Line
from station.pipeline.ring import RingWriter

log = logging.getLogger(__name__)

WAITING_MESSAGES = 2000  # a client that is further behind is cut off; it comes back and catches up
STATUS_SECONDS = 0.5
NEWS_SECONDS = 30.0  # a client that comes so late still hears a warning
LIVE_SECONDS = 1.0  # so long after the last wish the ring is filled
LIVE_PERIOD = 1 / 30
HELLO_SECONDS = 2.0


MOST_BYTES = 2**24  # of a request: the proof of a model holds small pictures


class LineHost:
    """Serves one line on the runtime folder's address; `post` is the line's listener."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._line: Line | None = None
        self._key = b""
        self._listener: Listener | None = None
        self._clients: set[_Client] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._wanted_at = -LIVE_SECONDS
        self._news: deque[tuple[float, bytes]] = deque(maxlen=8)
        self._ring: RingWriter | None = None
        self._rings = 0
        self._threads: list[threading.Thread] = []

    def open(self, line: Line) -> None:
        """Listen. Raises OSError where the address cannot be taken."""
        self._line = line
        where = address(self._folder)
        if not where.startswith("\\"):
            Path(where).unlink(missing_ok=True)
        for old in self._folder.glob("ring-*"):
            with suppress(OSError):
                old.unlink()
        self._key = new_key(self._folder)
        self._listener = Listener(where, backlog=16)
        for name, body in (("door", self._accept), ("status", self._tell), ("live", self._fill)):
            thread = threading.Thread(target=body, name=f"host-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        """Tell everybody what is left to tell, and close the door."""
        self._stop.set()
        if self._listener is not None:
            with suppress(OSError):
                Client(address(self._folder)).close()  # who waits in accept wakes
            self._listener.close()
        with self._lock:
            clients = list(self._clients)
        for client in clients:
            client.close()
        for thread in self._threads:
            thread.join(2.0)
        if self._ring is not None:
            self._ring.close()

    def post(self, event: Event) -> None:
        """Take an event of the line, from any thread; returns at once."""
        if isinstance(event, StateChanged | Adopted) and self._line is not None:
            self._send(self._product())
        if isinstance(event, StateChanged | Recorded | Refused | Adopted):
            self._stand()
        told = wire.told(event)
        if isinstance(event, Warned):
            self._news.append((time.monotonic(), wire.encode(told)))
        self._send(told)

    # ── to the clients ──────────────────────────────────────────────────────────────────────

    def _send(self, message: wire.Reply) -> None:
        data = wire.encode(message)
        with self._lock:
            for client in self._clients:
                client.send(data)

    def _stand(self) -> None:
        if self._line is not None:
            self._send(wire.Standing(self._line.status()))

    def _tell(self) -> None:
        while not self._stop.wait(STATUS_SECONDS):
            self._stand()

    def _product(self) -> wire.Product:
        assert self._line is not None
        return wire.Product(self._line.recipe, self._line.lot, self._line.card)

    def _fill(self) -> None:
        """Move live pictures from the line's mailbox into the ring while somebody looks."""
        due = time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            due = max(due + LIVE_PERIOD, time.monotonic())
            line = self._line
            if line is None or time.monotonic() - self._wanted_at > LIVE_SECONDS:
                continue
            frame = line.live.take(0.1)
            if frame is None:
                continue
            if self._ring is None or frame.pixels.nbytes > self._ring.frame_bytes:
                self._new_ring(frame.pixels.nbytes)
            if self._ring is not None:
                self._ring.put(frame)

    def _new_ring(self, frame_bytes: int) -> None:
        if self._ring is not None:
            self._ring.close()
        self._rings += 1
        self._ring = RingWriter(self._folder / f"ring-{self._rings}", frame_bytes)
        self._send(wire.LiveRing(self._ring.path.name))

    # ── from the clients ────────────────────────────────────────────────────────────────────

    def _accept(self) -> None:
        assert self._listener is not None
        while not self._stop.is_set():
            try:
                connection = self._listener.accept()
            except OSError as error:
                log.warning("a client could not come in: %s", error)
                time.sleep(0.05)
                continue
            threading.Thread(
                target=self._serve, args=(connection,), name="host-client", daemon=True
            ).start()

    def _serve(self, connection: "Connection[bytes, bytes]") -> None:
        client = _Client(connection)
        try:
            self._welcome(client)
            while True:
                self._answer(client, wire.request(wire.receive(connection, MOST_BYTES)))
        except (EOFError, OSError):
            pass
        except AuthenticationError as error:
            log.warning("a client without the key was turned away: %s", error)
        except msgspec.MsgspecError as error:
            log.warning("a client said what nobody understands: %s", error)
        finally:
            with self._lock:
                self._clients.discard(client)
            client.close()
            self._end_test(client)

    def _end_test(self, client: "_Client") -> None:
        """A window that died while it tested the outputs leaves none of them set."""
        if client.tests and self._line is not None:
            with suppress(StationError):
                self._line.test_machine(False)

    def _welcome(self, client: "_Client") -> None:
        threading.Timer(HELLO_SECONDS, client.too_late).start()
        deliver_challenge(client.connection, self._key)
        answer_challenge(client.connection, self._key)
        hello = wire.request(wire.receive(client.connection, 2**20))
        if not isinstance(hello, wire.Hello) or hello.version != wire.VERSION:
            raise EOFError
        client.known = True
        assert self._line is not None
        with self._lock:
            client.send(wire.encode(self._product()))
            if self._ring is not None:
                client.send(wire.encode(wire.LiveRing(self._ring.path.name)))
            client.send(wire.encode(wire.Standing(self._line.status())))
            for at, data in self._news:
                if time.monotonic() - at < NEWS_SECONDS:
                    client.send(data)
            self._clients.add(client)

    def _answer(self, client: "_Client", request: wire.Request) -> None:
        line = self._line
        assert line is not None
        match request:
            case wire.WantLive():
                self._wanted_at = time.monotonic()
            case wire.ShowWindow():
                self._send(request)
            case wire.Decide(uid, kind, label, reason):
                line.decide(uid, kind, label, reason)
            case wire.Expect(serial):
                line.expect(serial)
            case wire.Confirm(entry):
                _confirm(line, entry)
            case wire.AskTrigger(id_, source, serial):
                client.answer(id_, lambda: line.trigger(source, serial))
            case wire.AskReady(id_, timeout):
                client.answer(id_, lambda: line.wait_ready(min(timeout, 1.0)))
            case wire.AskStatus(id_):
                client.answer(id_, line.status)
            case wire.AskStill(id_, uid):
                client.answer(id_, lambda: _picture(line, uid))
            case wire.Hello():
                pass
            case (
                wire.AskFeatures()
                | wire.AskAdjust()
                | wire.AskSignals()
                | wire.AskTest()
                | wire.AskPress()
            ):
                answer_setup(client, line, request)
            case _:
                answer_model(client, line, request)


class _Client:
    """One connection, and what waits to be sent over it by a thread of its own."""

    def __init__(self, connection: "Connection[bytes, bytes]") -> None:
        self.connection = connection
        self.known = False
        self.tests = False
        self._out: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="host-sender", daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> None:
        """Have it sent; one who does not listen is cut off."""
        if self._out.qsize() > WAITING_MESSAGES:
            wire.hang_up(self.connection)
        else:
            self._out.put(data)

    def answer(self, id_: int, work: Callable[[], object]) -> None:
        """Send what `work` returns, or the fault that came of it."""
        try:
            message = wire.answer(id_, work())
        except Exception as error:
            fault: Fault = internal(error)
            if not isinstance(error, StationError):
                log.exception("a client's request failed")
            message = wire.Answer(id_, fault=fault)
        self.send(wire.encode(message))

    def answer_later(self, id_: int, work: Callable[[], object]) -> None:
        """The same for what takes long: it holds nobody up, this client neither."""
        thread = threading.Thread(
            target=self.answer, args=(id_, work), name="host-order", daemon=True
        )
        thread.start()

    def too_late(self) -> None:
        """Whoever has not said who it is by now is cut off."""
        if not self.known:
            wire.hang_up(self.connection)

    def close(self) -> None:
        """Send what waits, then hang up; safe to call twice and from any thread."""
        self._out.put(None)

    def _run(self) -> None:
        with suppress(OSError, ValueError):
            while (data := self._out.get()) is not None:
                self.connection.send_bytes(data)
        wire.hang_up(self.connection)


def _confirm(line: Line, entry: int) -> None:
    try:
        line.confirm(entry)
    except StationError as error:
        line.warn(error.fault)


def _picture(line: Line, uid: str) -> wire.Picture | None:
    still = line.still(uid)
    if still is None:
        return None
    roi = still.roi
    return wire.Picture(
        uid,
        still.pixels.shape,
        still.pixels.tobytes(),
        () if still.map is None else still.map.shape,
        b"" if still.map is None else still.map.tobytes(),
        None if roi is None else (roi.x, roi.y, roi.width, roi.height),
    )
