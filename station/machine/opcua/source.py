"""Process values from an OPC UA server: a PLC, a gateway, a machine.

A tag is a node id, such as `ns=3;s=Press.Temperature` or `ns=2;i=1004`. All tags are read with
one question every so often; nothing is subscribed, so nothing has to be subscribed again.
"""

import asyncio
import logging
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

from station.domain.options import OptionError
from station.machine.base import OnFault
from station.machine.listening import Teller
from station.machine.reading_loop import FRESH_PERIODS, Latest, readings_lost
from station.machine.readings import Reading, Tag
from station.secrets import Secret, find_secret

log = logging.getLogger(__name__)

PASSWORD = Secret("STATION_OPCUA_CLIENT_PASSWORD", "opcua-client")
CLOSE_SECONDS = 3.0
_NODE = re.compile(r"(ns=\d{1,5};)?(i=\d{1,10}|[sgb]=.+)")
_ADDRESS = re.compile(r"(?:opc\.tcp://)?(?P<place>[^\s/@]+:\d{1,5})(?P<path>/\S*)?")


@dataclass(frozen=True, slots=True)
class Target:
    """The server, and how to come in. `mode` is empty, sign or encrypt; timeout in seconds."""

    url: str
    address: str
    mode: str
    user: str
    folder: Path
    timeout: float
    password: str = field(default="", repr=False)


class OpcuaSource:
    """A thread of its own holds the link; it connects again when the link is lost."""

    def __init__(
        self,
        address: str,
        tags: tuple[Tag, ...],
        every: float,
        user: str = "",
        security: str = "",
        folder: str = "",
        timeout: float = 1.0,
    ) -> None:
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise OptionError("address", "host:port, opc.tcp://host:port/path")
        for tag in tags:
            if not _NODE.fullmatch(tag.tag):
                raise OptionError("tag", "such as ns=2;s=Temperature, ns=2;i=1004")
        _check(user, security, folder, timeout)
        place = found["place"]
        self.name = f"opcua {place}"
        self.every = every
        self._tags = tags
        url = f"opc.tcp://{place}{found['path'] or '/'}"
        self._target = Target(url, place, security, user, Path(folder), timeout)
        self._latest = Latest(FRESH_PERIODS * every)
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, on_fault: OnFault) -> None:
        """Begin to read; the first failure is told like any later one."""
        self._closing.clear()
        self._thread = threading.Thread(
            target=self._run, args=(Teller(on_fault),), name="opcua-source", daemon=True
        )
        self._thread.start()

    def latest(self) -> tuple[Reading, ...]:
        """Of each tag that was read within three periods."""
        return self._latest.fresh()

    def close(self) -> None:
        """Stop reading."""
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS + self._target.timeout)
        self._thread = None

    def _run(self, teller: Teller) -> None:
        from station.machine.opcua.client import Order, read

        known, password = self._target, ""
        if known.user:
            password = find_secret(PASSWORD) or ""
        target = Target(
            known.url, known.address, known.mode, known.user, known.folder, known.timeout, password
        )
        order = Order(target, self._tags, self.every, self._latest, teller, self._closing)
        while not self._closing.is_set():
            try:
                asyncio.run(read(order))
            except Exception:
                log.exception("%s failed in a way it should not", self.name)
                teller.tell(readings_lost("opcua", known.address))
                self._closing.wait(1.0)


def _check(user: str, security: str, folder: str, timeout: float) -> None:
    """Raises OptionError."""
    if security not in ("", "sign", "encrypt"):
        raise OptionError("security", "sign, encrypt")
    if user and not security:
        raise OptionError("user", "only with security sign or encrypt: else anybody could read it")
    if security and not folder:
        raise OptionError("folder", "the data folder")
    if not 0.1 <= timeout <= 2.0:
        raise OptionError("timeout", "0.1 … 2")
