"""The words between station and machine: lines of text, one message each, ended by a newline.

    station → machine                            machine → station
    HELLO 1 <run>                                BEAT
    BEAT                  every 100 ms           TRIGGER [serial]
    READY 1|0                                    ACK <sequence>
    RESULT <sequence> <number> <serial> RELEASE|REJECT|HOLD

HELLO comes first on every connection: the form of these words, and which run of the station it
is. Within a run a sequence stands for one result for ever; the machine answers each with ACK, and
acts on it once. With a new run sequences begin at 1 again. `serial` is one word; `-` means none,
or one that is no single word. The number is the station's, 0 for a part that it refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from station.domain.inspection import Disposition
from station.domain.part import Part

FORM = 1
LINE_BYTES = 512
SERIAL_BYTES = 256
NO_SERIAL = "-"
BEAT = "BEAT"
_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Beat:
    """The machine is there."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The machine has a part for us."""

    serial: str = ""


@dataclass(frozen=True, slots=True)
class Acked:
    """The machine has that result."""

    sequence: int


Message = Beat | Asked | Acked


class LineSplitter:
    """Bytes in, whole lines out; None stands for a line that is too long."""

    def __init__(self) -> None:
        self._rest = b""
        self._skipping = False

    def feed(self, data: bytes) -> Iterator[bytes | None]:
        """Every line that ended in `data`; at most LINE_BYTES are kept of one that did not."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if not self._skipping:
                yield line if len(line) <= LINE_BYTES else None
            self._skipping = False
        if len(self._rest) > LINE_BYTES:
            if not self._skipping:
                yield None
            self._rest, self._skipping = b"", True


def parse(line: bytes) -> Message | None:
    """The message in a line of the machine; None where it is none."""
    try:
        text = line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError:
        return None
    match text.split(" "):
        case ["BEAT"]:
            return Beat()
        case ["TRIGGER"]:
            return Asked()
        case ["TRIGGER", serial] if is_word(serial):
            return Asked("" if serial == NO_SERIAL else serial)
        case ["ACK", digits] if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS:
            return Acked(int(digits))
    return None


def is_word(text: str) -> bool:
    """Whether it can stand for a serial: one word, no control characters, not too long."""
    plain = text != "" and text.isprintable() and " " not in text
    return plain and len(text.encode()) <= SERIAL_BYTES


def hello(run: str) -> str:
    """The first line of every connection."""
    return f"HELLO {FORM} {run}"


def ready(is_ready: bool) -> str:
    """Whether a part may come."""
    return f"READY {int(is_ready)}"


def result(sequence: int, part: Part, disposition: Disposition) -> str:
    """What happens to that part."""
    serial = part.serial if is_word(part.serial) else NO_SERIAL
    return f"RESULT {sequence} {part.number} {serial} {disposition.name}"


def parse_address(text: str) -> tuple[str, int] | None:
    """Host and port of `host:port` or `[v6 address]:port`; None where it is neither."""
    host, colon, port = text.strip().rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        return None
    if not colon or not host or not host.isprintable() or " " in host:
        return None
    if not (port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 2**16):
        return None
    return host, int(port)
