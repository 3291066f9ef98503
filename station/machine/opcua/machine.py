"""A machine that talks OPC UA: the station is the server, the machine's controller the client.

The model is that of OPC 40100-1 (Machine Vision), with plain tags beside it. The library is
loaded, and the model filled, in the background: some seconds after the line's start.
"""

import asyncio
import logging
import threading
from collections.abc import Mapping
from pathlib import Path

from station.domain.inspection import Disposition, Inspection
from station.domain.options import OptionError
from station.domain.part import Part
from station.errors import ErrorCode, Fault, LineError
from station.machine.base import OnFault, OnTrigger, Signal, Value
from station.machine.listening import Listener
from station.machine.opcua.link import PASSWORD, Hooks, Inbox, Place
from station.machine.opcua.tags import BY_NAME, TAGS, allowed, fitting
from station.machine.opcua.vision import Manner, Vision
from station.secrets import find_secret

log = logging.getLogger(__name__)

DEFAULT_ADDRESS = "0.0.0.0:4840"
ANEW_SECONDS = 1.0
CLOSE_SECONDS = 2.5


class OpcuaMachine:
    """A thread of its own holds the server; when the server dies it is made anew.

    No client is no fault. A port that is taken, or an address that would be open to everybody,
    is one until it is put right. RELEASE and HOLD raise LineError while there is no server, and
    where the job was given up before: the result came too late.
    """

    def __init__(
        self,
        host: str,
        port: int,
        folder: str = "",
        recipe: str = "",
        user: str = "station",
        security: str = "",
        automatic: bool = True,
        hold: float = 2.0,
        deadline: float = 5.0,
        interval: float = 0.0,
    ) -> None:
        _check(security, hold, deadline, interval)
        self._place = Place(host, port, Path(folder), user, None)
        self._security = security
        self._vision = Vision(Manner(recipe, automatic, hold, deadline, interval))
        self._inbox = Inbox()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._testing = False
        self._is_ready = False
        self._lates = 0
        self._shown: tuple[Mapping[str, Value], int] = (self._vision.tags(), 0)
        address = (("address", self._place.address),)
        self._lost = Fault(ErrorCode.MACHINE_LINK_LOST, address)
        self._fault: Fault | None = self._lost

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        """Begin to listen, in the background."""
        self._listener = Listener(on_trigger, on_fault)
        self._inbox.closing.clear()
        self._thread = threading.Thread(target=self._keep, name="machine-opcua", daemon=True)
        self._thread.start()

    def ready(self, is_ready: bool) -> None:
        """Said to the clients at once, and to every new server."""
        with self._lock:
            self._is_ready = is_ready
            if self._fault is None:
                self._inbox.add(lambda vision, now: vision.line_ready(is_ready, now))

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        """Publish it; a word that finds no server is not kept: later it would fit another part."""
        fault = self._fault
        if fault is None:
            self._inbox.add(lambda vision, now: vision.say(part, disposition, inspection, now))
        is_late = inspection is not None and inspection.uid in self._vision.late
        self._lates = self._lates + 1 if is_late else 0
        if disposition is Disposition.REJECT:
            return
        if fault is not None:
            raise LineError(fault.code, **dict(fault.facts))
        if is_late:
            raise LineError(ErrorCode.MACHINE_LATE, count=self._lates)

    def hold(self, part: Part, inspection: Inspection) -> None:
        """A person will say what happens to the part; the controller must not wait for that."""
        if self._fault is None:
            held = Disposition.HOLD
            self._inbox.add(lambda vision, now: vision.say(part, held, inspection, now))

    def close(self) -> None:
        """Take back what was said, and stop to listen."""
        self._inbox.closing.set()
        self._inbox.poke()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)
        self._thread = None

    # ── what a person sees and presses ──────────────────────────────────────────────────────

    def signals(self) -> tuple[Signal, ...]:
        """The plain tags as clients see them, and how many clients there are."""
        values, clients = self._shown
        tags = (Signal(t.name, values[t.name], True, f"ns=2;s={t.name}") for t in TAGS)
        return (*tags, Signal("Clients", clients, is_output=False))

    def test(self, is_on: bool) -> None:
        """Begin or end the test of the outputs; jobs are refused meanwhile.

        Without a server there is nothing to test.
        """
        with self._lock:
            if self._fault is not None:
                return
            self._testing = is_on
            self._inbox.add(lambda vision, now: vision.test(is_on, now))

    def press(self, name: str, value: Value) -> None:
        """Set one of the tags that can be pressed."""
        tag = BY_NAME.get(name)
        if tag is None or not tag.pressable:
            names = ", ".join(tag.name for tag in TAGS if tag.pressable)
            raise LineError(ErrorCode.MACHINE_BAD_OPTION, kind="opcua", option=name, allowed=names)
        fits = fitting(tag, value)
        if fits is None:
            raise LineError(
                ErrorCode.MACHINE_BAD_OPTION, kind="opcua", option=name, allowed=allowed(tag)
            )
        with self._lock:
            if not self._testing:
                raise LineError(ErrorCode.MACHINE_NOT_IN_TEST)
            self._inbox.add(lambda vision, _: vision.press(name, fits))

    # ── the server's thread ─────────────────────────────────────────────────────────────────

    def _keep(self) -> None:
        place = self._protected()
        if place is None:
            self._inbox.closing.wait()
            return
        while not self._inbox.closing.is_set():
            try:
                self._live(place)
            except Exception:
                log.exception("the OPC UA server ended in a way it should not")
            with self._lock:
                self._fault, self._testing = self._lost, False
            self._shown = ({tag.name: tag.rest for tag in TAGS}, 0)
            if not self._inbox.closing.is_set():
                self._tell(self._lost)
                self._inbox.closing.wait(ANEW_SECONDS)

    def _live(self, place: Place) -> None:
        """One life of the server, from loading the library until it ends."""
        from station.machine.opcua.server import serve

        if not self._inbox.closing.is_set():
            hooks = Hooks(self._listener.trigger, self._tell, self._show)
            asyncio.run(serve(place, self._vision, self._inbox, hooks))

    def _protected(self) -> Place | None:
        """Where to listen, with the password; None where everybody could come in unasked."""
        place, password = self._place, None
        if self._security != "none":
            password = find_secret(PASSWORD)
            if password is not None and place.folder == Path():
                wrong = (("kind", "opcua"), ("option", "folder"), ("allowed", "the data folder"))
                self._tell(Fault(ErrorCode.MACHINE_BAD_OPTION, wrong))
                return None
            if password is None and (self._security or not place.is_here_only):
                facts = (("address", place.address), ("variable", PASSWORD.variable))
                self._tell(Fault(ErrorCode.MACHINE_UNPROTECTED, facts))
                return None
        return Place(place.host, place.port, place.folder, place.user, password)

    def _show(self, values: Mapping[str, Value], clients: int) -> None:
        self._shown = values, clients

    def _tell(self, fault: Fault | None) -> None:
        with self._lock:
            self._fault, is_ready = fault, self._is_ready
            if fault is None:
                self._inbox.add(lambda vision, now: vision.line_ready(is_ready, now))
        self._listener.tell(fault)


def _check(security: str, hold: float, deadline: float, interval: float) -> None:
    """Raises OptionError."""
    if security not in ("", "basic256sha256", "none"):
        raise OptionError("security", "basic256sha256, none")
    for name, value in (("hold", hold), ("deadline", deadline)):
        if not 0.1 <= value <= 3600:
            raise OptionError(name, "0.1 … 3600")
    if interval and not 0.02 <= interval <= 3600:
        raise OptionError("interval", "0, 0.02 … 3600")
