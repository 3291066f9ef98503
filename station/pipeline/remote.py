"""The same line in its own process, seen from another: it may die and come back at any time."""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from station.board import Board, Role, address, read_key
from station.domain.inspection import DecisionKind, Still
from station.domain.part import Frame, TriggerSource
from station.domain.recipe import Recipe, Roi
from station.errors import ErrorCode, Fault
from station.inference.model import ModelCard
from station.pipeline import wire
from station.pipeline.events import (
    NOWHERE,
    Event,
    LineState,
    LineStatus,
    Refused,
    StateChanged,
)
from station.pipeline.remote_orders import RemoteOrders
from station.pipeline.ring import RingReader

log = logging.getLogger(__name__)

KNOCK_SECONDS = 0.05
ANSWER_SECONDS = 2.0
LIVE_SECONDS = 0.4  # how often the line is told that somebody still looks
LOOK_SECONDS = 0.008
LOST = Fault(ErrorCode.LINE_LOST)


class RemoteLine(RemoteOrders):
    """Knocks until the line answers, and again whenever it is gone. Methods from any thread.

    `on_event` is called from this object's own thread: first StateChanged with the present state
    at every connection, then what the line tells; FAULT with LINE_LOST when it is gone.
    """

    def __init__(
        self,
        folder: Path,
        on_event: Callable[[Event], None],
        on_show: Callable[[], None] = lambda: None,
    ) -> None:
        self._folder = folder
        self._on_event = on_event
        self._on_show = on_show
        self._connection: Connection[bytes, bytes] | None = None
        self._sending = threading.Lock()
        self._ids = itertools.count(1)
        self._waiting: dict[int, _Wait] = {}
        self._status = NOWHERE
        self._product: wire.Product | None = None
        self._stop = threading.Event()
        self._here = threading.Event()
        self._thread: threading.Thread | None = None
        self.live = RemoteLive(folder, lambda: self._tell(wire.WantLive()))

    def start(self) -> None:
        """Begin to knock; returns at once."""
        self._thread = threading.Thread(target=self._run, name="remote-line", daemon=True)
        self._thread.start()

    def stop(self) -> bool:
        """Hang up; the line goes on. Always True."""
        self._stop.set()
        connection = self._connection
        if connection is not None:
            wire.hang_up(connection)
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(5.0)
        self.live.close()
        return True

    def wait_here(self, timeout: float) -> bool:
        """Block until the line answers."""
        return self._here.wait(timeout)

    @property
    def card(self) -> ModelCard | None:
        """What the model says of itself; None until it is open."""
        return self._product.card if self._product else None

    @property
    def recipe(self) -> Recipe | None:
        """By which recipe the line inspects; None until it answered once."""
        return self._product.recipe if self._product else None

    @property
    def lot(self) -> str:
        """What is inspected just now."""
        return self._product.lot if self._product else ""

    @property
    def broken(self) -> Fault | None:
        """Why the line could not start at all."""
        return self._status.broken

    def status(self) -> LineStatus:
        """How the line stood when it last said so: twice a second, and after every part."""
        return self._status

    def trigger(self, source: TriggerSource, serial: str = "") -> str:
        """Ask for one part: its uid, or "" when it was refused or the line is away."""
        uid = self._ask(lambda id_: wire.AskTrigger(id_, source, serial), str)
        if uid is None:
            self._emit(Refused(LOST, source))
        return uid or ""

    def expect(self, serial: str) -> None:
        """The next part that brings no serial has this one; the last word counts, "" is none."""
        self._tell(wire.Expect(serial))

    def wait_ready(self, timeout: float) -> bool:
        """Block until a trigger would be taken and judged."""
        if not self._here.wait(timeout):
            return False
        ready = self._ask(lambda id_: wire.AskReady(id_, timeout), bool, timeout + ANSWER_SECONDS)
        return bool(ready)

    def decide(
        self, uid: str, kind: DecisionKind, label: str | None = None, reason: str = ""
    ) -> None:
        """Take a person's word on a part; Decided or Refused follows as an event."""
        if not self._tell(wire.Decide(uid, kind, label, reason)):
            self._emit(Refused(LOST))

    def confirm(self, entry: int) -> bool:
        """A person has seen that banner; False when the line is away."""
        return self._tell(wire.Confirm(entry))

    def show_window(self) -> bool:
        """Have the window come to the front; False when the line is away."""
        return self._tell(wire.ShowWindow())

    def still(self, uid: str) -> Still | None:
        """The judged picture of one of the last parts; None when it is gone, or the line is."""
        picture = self._ask(lambda id_: wire.AskStill(id_, uid), wire.Picture | None)
        return None if picture is None else _still(picture)

    # ── asking ──────────────────────────────────────────────────────────────────────────────

    def _tell(self, message: wire.Request) -> bool:
        connection = self._connection
        if connection is None or not self._here.is_set():
            return False
        try:
            with self._sending:
                connection.send_bytes(wire.encode(message))
        except (OSError, ValueError):
            return False
        return True

    def _ask(
        self, make: Callable[[int], wire.Request], kind: Any, timeout: float = ANSWER_SECONDS
    ) -> Any:
        """The value of the answer; None where none came."""
        answer = self._answer(make, timeout)
        if answer is None:
            return None
        if answer.fault is not None:
            log.warning("the line answered with %s", answer.fault)
            return None
        return msgspec.msgpack.decode(answer.value, type=kind)

    def _answer(self, make: Callable[[int], wire.Request], timeout: float) -> wire.Answer | None:
        id_, wait = next(self._ids), _Wait()
        self._waiting[id_] = wait
        try:
            if self._tell(make(id_)) and wait.done.wait(timeout):
                return wait.answer
            return None
        finally:
            self._waiting.pop(id_, None)

    # ── hearing ─────────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._connection = Client(address(self._folder), authkey=read_key(self._folder))
            except (OSError, EOFError, AuthenticationError):
                self._away()
                self._stop.wait(KNOCK_SECONDS)
                continue
            try:
                self._listen(self._connection)
            except (OSError, EOFError):
                pass
            except (msgspec.MsgspecError, KeyError) as error:
                log.warning("the line said what nobody understands: %s", error)
            self._lose()

    def _listen(self, connection: "Connection[bytes, bytes]") -> None:
        connection.send_bytes(wire.encode(wire.Hello()))
        while True:
            message = wire.reply(wire.receive(connection))
            match message:
                case wire.Standing(status):
                    self._stand(status)
                case wire.Product():
                    self._product = message
                case wire.LiveRing(name):
                    self.live.look_at(name)
                case wire.Told():
                    self._emit(wire.heard(message))
                case wire.Answer(id_):
                    wait = self._waiting.get(id_)
                    if wait is not None:
                        wait.answer = message
                        wait.done.set()
                case wire.ShowWindow():
                    self._on_show()

    def _stand(self, status: LineStatus) -> None:
        self._status = status
        if not self._here.is_set():
            self._here.set()
            self._emit(StateChanged(status.state, status.fault))

    def _lose(self) -> None:
        if self._connection is not None:
            wire.hang_up(self._connection)
        self._connection = None
        was_here = self._here.is_set()
        self._here.clear()
        for wait in list(self._waiting.values()):
            wait.done.set()
        if was_here and not self._stop.is_set():
            self._stand_away(LOST)

    def _away(self) -> None:
        """The line does not answer: whether it was given up stands on the board."""
        if self._status.fault is None or self._status.fault.code is ErrorCode.LINE_GAVE_UP:
            return
        with suppress(OSError):
            board = Board(self._folder)
            if board.given_up(Role.LINE):
                count = (("count", str(board.starts(Role.LINE))), ("seconds", "60"))
                self._stand_away(Fault(ErrorCode.LINE_GAVE_UP, count))
            board.close()

    def _stand_away(self, fault: Fault) -> None:
        self._status = replace(self._status, state=LineState.FAULT, fault=fault)
        self._emit(StateChanged(LineState.FAULT, fault))

    def _emit(self, event: Event) -> None:
        try:
            self._on_event(event)
        except Exception:
            log.exception("a listener failed on %s", type(event).__name__)


class RemoteLive:
    """The newest live frame, as the line's own mailbox gives it; `take` belongs to one thread."""

    def __init__(self, folder: Path, want: Callable[[], object]) -> None:
        self._folder = folder
        self._want = want
        self._wanted_at = 0.0
        self._next = ""
        self._reader: RingReader | None = None

    def look_at(self, name: str) -> None:
        """From now on the pictures are in that file; from any thread."""
        self._next = name

    def take(self, timeout: float = 0.0) -> Frame | None:
        """Take the newest frame, or None when none came within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            now = time.monotonic()
            if now - self._wanted_at > LIVE_SECONDS:
                self._wanted_at = now
                self._want()
            if self._next:
                self._change()
            frame = self._reader.take() if self._reader is not None else None
            if frame is not None or now >= deadline:
                return frame
            time.sleep(min(LOOK_SECONDS, max(0.0, deadline - now)))

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _change(self) -> None:
        name, self._next = self._next, ""
        self.close()
        try:
            self._reader = RingReader(self._folder / name)
        except (OSError, ValueError) as error:
            log.warning("no live pictures: %s", error)


class _Wait:
    """Somebody waits for an answer."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.answer: wire.Answer | None = None


def _still(picture: wire.Picture) -> Still:
    pixels = np.frombuffer(picture.pixels, np.uint8).reshape(picture.shape)
    evidence = None
    if picture.map_shape:
        evidence = np.frombuffer(picture.map, np.uint8).reshape(picture.map_shape)
    return Still(picture.uid, pixels, evidence, Roi(*picture.roi) if picture.roi else None)
