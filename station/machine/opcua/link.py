"""What the machine and its server's thread share; nothing here loads the OPC UA library."""

import ipaddress
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from station.errors import Fault
from station.machine.base import Value
from station.machine.opcua.vision import Vision
from station.secrets import Secret

PASSWORD = Secret("STATION_OPCUA_PASSWORD", "opcua")

Order = Callable[[Vision, float], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server listens, and who may come in.

    folder: the data folder.  password: None for a server without security.
    """

    host: str
    port: int
    folder: Path
    user: str
    password: str | None = field(repr=False)

    @property
    def address(self) -> str:
        """For a person, and for an URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def is_here_only(self) -> bool:
        """Whether nobody can come from another computer."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the server calls, in its own thread; all return at once.

    ask: takes a PartId and gives the part's uid, or "" where it is missed.  tell: what is wrong
    with the server, None when it listens.  shown: the tags as a client sees them, and how many
    clients are connected.
    """

    ask: Callable[[str], str]
    tell: Callable[[Fault | None], None]
    shown: Callable[[Mapping[str, Value], int], None]


@dataclass(slots=True)
class Inbox:
    """What other threads want done; for any thread."""

    orders: deque[Order] = field(default_factory=deque)
    closing: threading.Event = field(default_factory=threading.Event)
    _wake: Callable[[], object] | None = None

    def add(self, order: Order) -> None:
        """It is done in the server's thread, in order; kept while there is no server."""
        self.orders.append(order)
        self.poke()

    def poke(self) -> None:
        """Make the server look."""
        wake = self._wake
        if wake is not None:
            with suppress(RuntimeError):  # its loop has just ended
                wake()

    def bind(self, wake: Callable[[], object] | None) -> None:
        """How the server that lives now is woken."""
        self._wake = wake
