"""The plain values for controllers that know no methods and no events."""

from dataclasses import dataclass
from enum import StrEnum

from station.machine.base import Value


class Kind(StrEnum):
    """The type of a tag as OPC UA calls it."""

    BOOLEAN = "Boolean"
    UINT16 = "UInt16"
    UINT32 = "UInt32"
    DOUBLE = "Double"
    STRING = "String"


@dataclass(frozen=True, slots=True)
class PlainTag:
    """One value; in a test of the outputs it can be pressed where `pressable`."""

    name: str
    kind: Kind
    pressable: bool = False

    @property
    def rest(self) -> Value:
        """Its value while nothing was said: never a good part."""
        rest: dict[Kind, Value] = {Kind.BOOLEAN: False, Kind.DOUBLE: -1.0, Kind.STRING: ""}
        return rest.get(self.kind, 0)


TAGS = (
    PlainTag("Ready", Kind.BOOLEAN, pressable=True),
    PlainTag("Busy", Kind.BOOLEAN, pressable=True),
    PlainTag("Number", Kind.UINT32),
    PlainTag("Serial", Kind.STRING),
    PlainTag("Verdict", Kind.STRING),
    PlainTag("Code", Kind.UINT16, pressable=True),
    PlainTag("Score", Kind.DOUBLE, pressable=True),
    PlainTag("CycleMs", Kind.DOUBLE),
    PlainTag("OK", Kind.BOOLEAN, pressable=True),
    PlainTag("NG", Kind.BOOLEAN, pressable=True),
    PlainTag("Hold", Kind.BOOLEAN, pressable=True),
    PlainTag("Seq", Kind.UINT32),
    PlainTag("CountOK", Kind.UINT32),
    PlainTag("CountNG", Kind.UINT32),
    PlainTag("CountHold", Kind.UINT32),
    PlainTag("CountMissed", Kind.UINT32),
    PlainTag("CountLate", Kind.UINT32),
    PlainTag("Recipe", Kind.STRING),
    PlainTag("State", Kind.STRING),
    PlainTag("Testing", Kind.BOOLEAN),
    PlainTag("LastError", Kind.STRING),
)
"""In the order in which they are written: what belongs to a result before OK, and Seq last."""

BY_NAME = {tag.name: tag for tag in TAGS}
_HIGHEST = {Kind.UINT16: 2**16 - 1, Kind.UINT32: 2**32 - 1}


def fitting(tag: PlainTag, value: Value) -> Value | None:
    """The value in the tag's own type; None where it is no value of it."""
    if tag.kind is Kind.BOOLEAN:
        return value if isinstance(value, bool) else None
    if isinstance(value, bool | str):
        return None
    if tag.kind is Kind.DOUBLE:
        return float(value)
    whole = int(value)
    return whole if whole == value and 0 <= whole <= _HIGHEST.get(tag.kind, 0) else None


def allowed(tag: PlainTag) -> str:
    """What that tag takes, for a person."""
    if tag.kind is Kind.BOOLEAN:
        return "true, false"
    return "float" if tag.kind is Kind.DOUBLE else f"0 … {_HIGHEST[tag.kind]}"
