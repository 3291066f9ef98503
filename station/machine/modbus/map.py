"""Where each signal of the Modbus hand-shake lies, and what stands there.

Coils and holding registers are counted from 0, as they go over the wire. The machine's controller
(PLC) sets what is in `Inputs` and `Order`, the station what is in `Outputs`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from station.domain.options import OptionError, Options, build

LAST_ADDRESS = 65_535
LONGEST_RUN = 120  # what every controller takes in one request

INPUT_COILS = ("trig", "ack", "reset", "hb_plc")
OUTPUT_COILS = ("ready", "busy", "valid", "ok", "ng", "fault", "hb")
ORDER_WORDS = ("seq", "recipe", "part_id")
ANSWER_WORDS = ("seq_echo", "code", "score", "cycle_ms")

Run = tuple[int, tuple[str, ...]]
"""Signals that lie side by side, and the address of the first: one request."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The controller's coils."""

    trig: bool = False
    ack: bool = False
    reset: bool = False
    hb_plc: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """The controller's registers: written before it raises TRIG."""

    seq: int = 0
    recipe: int = 0
    part_id: str = ""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The station's coils and registers; as it stands here it is at rest: reject."""

    ready: bool = False
    busy: bool = False
    valid: bool = False
    ok: bool = False
    ng: bool = False
    fault: bool = False
    hb: bool = False
    seq_echo: int = 0
    code: int = 0
    score: int = 0
    cycle_ms: int = 0


REST = Outputs()


@dataclass(frozen=True, slots=True)
class ModbusMap:
    """The address of each signal; `part_id` is the first of `part_id_words` registers of text."""

    trig: int = 0
    ack: int = 1
    reset: int = 2
    hb_plc: int = 3
    ready: int = 16
    busy: int = 17
    valid: int = 18
    ok: int = 19
    ng: int = 20
    fault: int = 21
    hb: int = 22
    seq: int = 0
    recipe: int = 1
    part_id: int = 2
    part_id_words: int = 8
    seq_echo: int = 16
    code: int = 17
    score: int = 18
    cycle_ms: int = 19

    def words_of(self, name: str) -> int:
        """How many addresses that signal takes."""
        return self.part_id_words if name == "part_id" else 1

    def runs(self, names: Iterable[str]) -> tuple[Run, ...]:
        """Those signals as few requests, each over addresses that lie side by side."""
        found: list[tuple[int, list[str]]] = []
        end = -1
        for address, name in sorted((int(getattr(self, name)), name) for name in names):
            size = self.words_of(name)
            if found and address == end and address + size - found[-1][0] <= LONGEST_RUN:
                found[-1][1].append(name)
            else:
                found.append((address, [name]))
            end = address + size
        return tuple((start, tuple(names)) for start, names in found)

    def length(self, run: Run) -> int:
        """How many addresses a run takes."""
        return sum(self.words_of(name) for name in run[1])

    def address_text(self, name: str) -> str:
        """For the electrician."""
        address = int(getattr(self, name))
        if name in INPUT_COILS + OUTPUT_COILS:
            return f"coil {address}"
        last = address + self.words_of(name) - 1
        return f"HR {address}" if last == address else f"HR {address}-{last}"


NAMES = tuple(field.name for field in fields(ModbusMap))


def map_of(options: Options, text: str = "") -> ModbusMap:
    """A map from options and from a text such as `trig=100 ack=101`; what is missing is as usual.

    Raises OptionError for an address that is none, and for two signals on one address.
    """
    wished = dict(options)
    for word in text.replace(",", " ").replace(";", " ").split():
        name, equals, value = word.partition("=")
        if not equals or name.lower() not in NAMES:
            raise OptionError("map", " ".join(f"{name}=…" for name in NAMES))
        wished[name.lower()] = value
    made = build(ModbusMap, {}, wished)
    _check(made)
    return made


def _check(made: ModbusMap) -> None:
    if not 1 <= made.part_id_words <= LONGEST_RUN:
        raise OptionError("part_id_words", f"1 … {LONGEST_RUN}")
    for group in (INPUT_COILS + OUTPUT_COILS, ORDER_WORDS + ANSWER_WORDS):
        taken: dict[int, str] = {}
        for name in group:
            first = int(getattr(made, name))
            last = first + made.words_of(name) - 1
            if first < 0 or last > LAST_ADDRESS:
                raise OptionError(name, f"0 … {LAST_ADDRESS}")
            for address in range(first, last + 1):
                if address in taken:
                    raise OptionError(name, f"≠ {taken[address]} ({address})")
                taken[address] = name


def text_of(words: list[int], big: bool) -> str:
    """The text in registers of two bytes each, up to its first zero; spaces around it go.

    big: the first letter is in the high byte. What cannot be shown in one line is left out.
    """
    data = b"".join(word.to_bytes(2, "big" if big else "little") for word in words)
    text = data.split(b"\0", 1)[0].decode("utf-8", "replace")
    return "".join(letter for letter in text if letter.isprintable()).strip()


def words_of(text: str, count: int, big: bool) -> list[int]:
    """The same text as registers, cut where there is no room for it."""
    data = text.encode("utf-8")[: 2 * count].ljust(2 * count, b"\0")
    pairs = [data[at : at + 2] for at in range(0, 2 * count, 2)]
    return [int.from_bytes(pair, "big" if big else "little") for pair in pairs]
