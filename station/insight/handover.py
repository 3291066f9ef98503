"""A shift that was handed over: who signed, what they saw, and what has changed since.

It is kept as a note, so nobody changes it; a later hand-over of the same shift stands beside it.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum

from station.insight.figures import LineFigures
from station.store.notes import Note, NoteKind, append_note
from station.store.queries import Reader
from station.store.sample_writer import SampleWriter

_ROUNDED = 0.5e-3


class Golden(StrEnum):
    """What a person says about the check with known parts in that shift; nobody asks the line."""

    UNSAID = ""
    PASSED = "passed"
    FAILED = "failed"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Signed:
    """The figures that were on the table; counts of parts, and the three factors of OEE.

    first: how many passed at once, of `new` that came for the first time. seconds: how long the
    line stood.
    """

    parts: int = 0
    good: int = 0
    ng: int = 0
    waiting: int = 0
    not_inspected: int = 0
    first: int = 0
    new: int = 0
    overruled: int = 0
    escapes: int = 0
    false_rejects: int = 0
    stops: int = 0
    seconds: float = 0.0
    availability: float | None = None
    performance: float | None = None
    quality: float | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """One that was signed. Times in ms, UTC; giver and taker are names.

    top: the commonest defects with how many parts each. alarms: how many were open.
    """

    since_ms: int
    until_ms: int
    giver: str
    taker: str
    words: str = ""
    golden: Golden = Golden.UNSAID
    figures: Signed = Signed()
    top: tuple[tuple[str, int], ...] = ()
    alarms: int = 0
    at_ms: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is no more what was signed: a decision fell later, or was taken back."""

    name: str
    was: float | None
    now: float | None


def signed_figures(figures: LineFigures, ng: int) -> Signed:
    """What of a shift's figures is signed."""
    oee = figures.oee
    return Signed(
        parts=figures.parts,
        good=figures.good.count,
        ng=ng,
        waiting=figures.waiting,
        not_inspected=figures.not_inspected,
        first=figures.first_pass.count,
        new=figures.first_pass.n,
        overruled=figures.overruled.count,
        escapes=figures.escapes.of_all.count,
        false_rejects=figures.false_rejects.of_all.count,
        stops=len(figures.stops),
        seconds=round(figures.stopped, 1),
        availability=None if oee is None else oee.availability,
        performance=None if oee is None else oee.performance,
        quality=None if oee is None else oee.quality,
    )


def changes(then: Signed, now: Signed) -> tuple[Change, ...]:
    """Every figure that differs, in their order; what no eye could tell apart does not count."""
    pairs = ((one.name, getattr(then, one.name), getattr(now, one.name)) for one in fields(then))
    return tuple(Change(name, was, new) for name, was, new in pairs if not _alike(was, new))


def _alike(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < _ROUNDED


def write_handover(writer: SampleWriter, handover: Handover) -> Handover:
    """Keep it as signed now; returns it as it is kept. Raises StoreError."""
    body = asdict(handover)
    for given in ("at_ms", "id"):
        del body[given]
    at_ms = time.time_ns() // 1_000_000
    with writer.transaction() as connection:
        kind, giver = NoteKind.HANDOVER, handover.giver
        number = append_note(connection, kind, "", at_ms, giver, body)
    return replace(handover, at_ms=at_ms, id=number)


def handovers(reader: Reader, since_ms: int = 0) -> list[Handover]:
    """All that were signed since then, newest first; a note that nobody can read is left out."""
    found = (read_handover(note) for note in reader.notes(NoteKind.HANDOVER, None, since_ms))
    return [one for one in found if one is not None][::-1]


def of_shift(found: Iterable[Handover], since_ms: int, until_ms: int) -> tuple[Handover, ...]:
    """Those of that shift, oldest first."""
    mine = [one for one in found if (one.since_ms, one.until_ms) == (since_ms, until_ms)]
    return tuple(sorted(mine, key=lambda one: (one.at_ms, one.id)))


def read_handover(note: Note) -> Handover | None:
    """The hand-over of a note; None where it is not one, such as of another program."""
    body = note.body
    try:
        return Handover(
            since_ms=int(body["since_ms"]),
            until_ms=int(body["until_ms"]),
            giver=str(body["giver"]),
            taker=str(body["taker"]),
            words=str(body.get("words", "")),
            golden=_golden(body.get("golden")),
            figures=_signed(body.get("figures", {})),
            top=tuple((str(label), int(n)) for label, n in body.get("top", ())),
            alarms=int(body.get("alarms", 0)),
            at_ms=note.at_ms,
            id=note.id,
        )
    except (KeyError, TypeError, ValueError):
        return None


def _golden(word: object) -> Golden:
    return next((one for one in Golden if one.value == word), Golden.UNSAID)


def _signed(values: object) -> Signed:
    """Raises TypeError for what are no figures; those that are not known are left out."""
    if not isinstance(values, Mapping):
        raise TypeError(values)
    known = {one.name: values[one.name] for one in fields(Signed) if one.name in values}
    if not all(one is None or isinstance(one, int | float) for one in known.values()):
        raise TypeError(values)
    return Signed(**known)
