"""Two questions of GigE Vision's control protocol: who are you, and does somebody hold you.

Anybody may ask them. libaravis needs 3 s and more to notice that nobody answers; this, a blink.
"""

import itertools
import socket
import struct
from dataclasses import dataclass
from types import TracebackType
from typing import Self

PORT = 3956
CONTROL = 0x0A00  # the register that says whether somebody holds the camera
HELD = 0x3  # by control or exclusively
_READ, _READ_ACK = 0x0080, 0x0081
_DISCOVER, _DISCOVER_ACK = 0x0002, 0x0003
_KEY, _WANTS_ACK = 0x42, 0x01
_HEADER = struct.Struct(">BBHHH")
_ACK = struct.Struct(">HHHH")
_IDENTITY = 248


@dataclass(frozen=True, slots=True)
class Identity:
    """What a camera says of itself to everybody."""

    vendor: str
    model: str
    serial: str
    mac: str


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int  # 0: done
    body: bytes


class Control:
    """A socket to one camera's control port. Its owner asks one question after the other."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._numbers = itertools.cycle(range(1, 0x10000))
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Raises OSError where there is no such network."""
        self.close()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.connect((self._address, PORT))
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        """Safe at any time, and twice."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def register(self, number: int, seconds: float) -> int | None:
        """The value of a register; None where no answer came in time."""
        answer = self._answer(_READ, struct.pack(">I", number), _READ_ACK, seconds)
        if answer is None or answer.status or len(answer.body) < 4:
            return None
        return int.from_bytes(answer.body[:4], "big")

    def holder(self, seconds: float) -> bool | None:
        """Whether somebody holds the camera; None where no answer came in time.

        A camera that answers and does not tell is held: it says so to its holder only.
        """
        answer = self._answer(_READ, struct.pack(">I", CONTROL), _READ_ACK, seconds)
        if answer is None:
            return None
        told = not answer.status and len(answer.body) >= 4
        return not told or int.from_bytes(answer.body[:4], "big") & HELD != 0

    def identity(self, seconds: float) -> Identity | None:
        """Who is there; None where no answer came in time."""
        answer = self._answer(_DISCOVER, b"", _DISCOVER_ACK, seconds)
        if answer is None or len(answer.body) < _IDENTITY:
            return None
        body = answer.body
        return Identity(
            vendor=_text(body[72:104]),
            model=_text(body[104:136]),
            serial=_text(body[216:232]),
            mac=":".join(f"{byte:02x}" for byte in body[10:16]),
        )

    def _answer(self, command: int, body: bytes, wanted: int, seconds: float) -> "_Answer | None":
        """The one answer that belongs to this question."""
        if self._socket is None:
            return None
        number = next(self._numbers)
        try:
            self._socket.settimeout(seconds)
            self._socket.send(_HEADER.pack(_KEY, _WANTS_ACK, command, len(body), number) + body)
            while True:
                heard = self._socket.recv(1024)
                if len(heard) < _ACK.size:
                    continue
                status, kind, length, of = _ACK.unpack_from(heard)
                if of == number and kind == wanted:
                    return _Answer(status, heard[_ACK.size : _ACK.size + length])
        except OSError:  # no answer in time, or word that nobody listens there
            return None


def held(address: str, seconds: float = 0.3) -> bool:
    """Whether some program holds the camera at that address."""
    try:
        with Control(address) as control:
            return control.holder(seconds) is True
    except OSError:
        return False


def identify(address: str, seconds: float = 0.2) -> Identity | None:
    """Who answers at that address."""
    try:
        with Control(address) as control:
            return control.identity(seconds)
    except OSError:  # no such network
        return None


def _text(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode("utf-8", "replace").strip()
