"""All that a shift's report says, as plain data; what is written is written in gui/shift_report*.

A report may be of any scope: a shift, a week, a lot. Only that of a whole shift is handed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from station.insight.figures import By, LineFigures
from station.insight.handover import Handover, Signed, signed_figures
from station.insight.overview import Seen
from station.insight.spans import Span, shift_spans
from station.store.audit import AuditEntry
from station.store.history import Filter
from station.store.notes import Note

_DAY_MS = 24 * 3_600_000
TOP = 3  # defects that are named at a hand-over


@dataclass(frozen=True, slots=True)
class Ran:
    """A product's version and the model that judged by it, and of how many parts."""

    recipe: str
    version: int
    model: str
    sha256: str
    parts: int


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """What there is to say of a stretch of time at one station.

    until_ms: the end that was asked for, made_ms: as of when the figures are; both UTC. whole: the
    stretch is a shift of the settings, and of all its parts. breakdown: figures by lot, operator
    and so on, only where there is more than one. alarms: banners up to then that nobody has
    confirmed yet. events: what the audit trail says of that time, oldest first. waiting: parts
    that wait for a person, of any time. golden: of each product, whether it has a golden picture.
    notes: services and accepted advice of that time. signed: its hand-overs, oldest first.
    """

    station: str
    asked: Filter
    since_ms: int
    until_ms: int
    made_ms: int
    whole: bool
    seen: Seen
    ran: tuple[Ran, ...] = ()
    breakdown: tuple[tuple[By, tuple[tuple[str, LineFigures], ...]], ...] = ()
    alarms: tuple[AuditEntry, ...] = ()
    events: tuple[AuditEntry, ...] = ()
    waiting: int = 0
    golden: tuple[tuple[str, bool], ...] = ()
    notes: tuple[Note, ...] = ()
    signed: tuple[Handover, ...] = ()

    @property
    def figures(self) -> LineFigures:
        """Of the whole stretch."""
        return self.seen.figures

    @property
    def running(self) -> bool:
        """Whether more parts may come still."""
        return self.made_ms < self.until_ms

    @property
    def one_day(self) -> bool:
        """Whether it is so short that a time of day says which."""
        return self.until_ms - self.since_ms <= _DAY_MS

    @property
    def stands(self) -> Signed:
        """The figures that would be signed now."""
        return signed_figures(self.figures, self.seen.pareto.ng)

    @property
    def top(self) -> tuple[tuple[str, int], ...]:
        """The commonest defects by name; parts without a name do not count."""
        named = ((bar.label, bar.count) for bar in self.seen.pareto.bars if bar.label)
        return tuple(named)[:TOP]

    def handed(self, handover: Handover) -> "ShiftReport":
        """The same, with that hand-over of it as the last."""
        return replace(self, signed=(*self.signed, handover))


def shift_of(at_ms: int, shifts: Sequence[time]) -> Span:
    """The shift that this moment lies in; with one start a day it lasts a day."""
    return shift_spans(shifts, at_ms, at_ms + 1)[0]


def is_shift(since_ms: int, until_ms: int, shifts: Sequence[time]) -> bool:
    """Whether that stretch is a whole shift."""
    return shift_of(since_ms, shifts) == (since_ms, until_ms)


def by_clock(at_ms: int) -> datetime:
    """The moment by the clock at the station, with its offset from UTC."""
    return datetime.fromtimestamp(at_ms / 1000).astimezone()
