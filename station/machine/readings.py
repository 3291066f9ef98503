"""Process values of the line: what a source of them is, and what it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from station.errors import Fault


@dataclass(frozen=True, slots=True)
class Tag:
    """One value that is wanted: value = raw × scale + offset, in `unit`."""

    name: str
    tag: str
    unit: str = ""
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One process value as it was at `at_ns` (monotonic)."""

    name: str
    value: float
    unit: str
    at_ns: int


class Source(Protocol):
    """Reads its tags in a thread of its own; never in the way of a part.

    name: goes into the records.  every: seconds between two readings.
    """

    name: str
    every: float

    def open(self, on_fault: Callable[[Fault | None], None]) -> None:
        """Begin to read; READINGS_LOST is told when the peer is gone, None when it is back."""

    def latest(self) -> tuple[Reading, ...]:
        """What was read last, of each tag that answered within three periods; returns at once."""

    def close(self) -> None:
        """Let go; safe to call twice."""
