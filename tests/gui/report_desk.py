"""A shift that is known part by part, in a real store, for its report and its hand-over."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path

from station.domain.inspection import Decision, DecisionKind, Verdict
from station.domain.part import Part
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault
from station.overview.report import Reports, read_report
from station.settings import BreakSettings, LineSettings, Settings
from station.store.audit import append_audit
from station.store.history import Filter
from station.store.notes import NoteKind, append_note
from station.store.store import Store
from tests.gui.history_desk import MINUTE, put
from tests.gui.parts import seen, spoiled

SHIFTS = (time(6), time(14), time(22))
BEGIN = int(datetime(2026, 3, 10, 6).astimezone().timestamp() * 1000)
END = BEGIN + 8 * 60 * MINUTE
LATER = END + 10 * MINUTE
LINE = LineSettings(
    ideal_cycle=40,
    stop_after=300,
    subgroup=10,
    breaks=(BreakSettings(start=time(10), minutes=30),),
)
SETTINGS = Settings(station="LINE-3", shifts=SHIFTS, line=LINE)
PARTS, BURST = 240, range(161, 171)
BLIND = 77  # could not be inspected
EVIL = '=HYPERLINK("http://x";"y")'


@dataclass(frozen=True, slots=True)
class Known:
    """What the parts of the shift come to, counted by hand: see `_verdict` and `tell`."""

    parts: int = PARTS
    first_ok: int = 0
    ng: int = 0
    good: int = 0
    waiting: int = 0


def _verdict(number: int) -> Verdict:
    """Every 20th is bad, and eight of the ten of the burst; every 30th is unsure."""
    if number % 20 == 0 or (number in BURST and number % 5):
        return Verdict.NG
    return Verdict.REVIEW if number % 30 == 1 else Verdict.OK


def moment(number: int) -> int:
    """A part a minute; after the 120th the line stands for half an hour."""
    return BEGIN + number * MINUTE + (30 * MINUTE if number > 120 else 0)


def tell(store: Store, parts: int = PARTS) -> Known:
    """Write the shift; the persons' words: one escape, two false rejects, one REVIEW accepted."""
    store.save_recipe(Recipe("flange", "m.onnx", "ab" * 32))
    counted = dict.fromkeys(Verdict, 0)
    for number in range(1, parts + 1):
        verdict = _verdict(number)
        label = "good" if verdict is Verdict.OK else "dent" if number % 3 else "scratch"
        score = {Verdict.OK: 0.05, Verdict.REVIEW: 0.5}.get(verdict, 0.9)
        part = seen(number, verdict, score, label)
        if number == BLIND:
            part, verdict = spoiled(number), Verdict.NOT_INSPECTED
        counted[verdict] += 1
        changes = {
            "part": Part(number, f"SN-{number:04d}", EVIL if number > 200 else "LOT-A"),
            "at_ms": moment(number),
            "operator": "@Li" if number > 120 else "Anna",
            "model_sha256": "ab" * 32,
        }
        put(store, replace(part, **changes), waits=verdict is Verdict.REVIEW)  # type: ignore[arg-type]
    words = {2: DecisionKind.REJECT, 20: DecisionKind.ACCEPT, 40: DecisionKind.ACCEPT}
    words |= {1: DecisionKind.ACCEPT, 60: DecisionKind.REJECT}
    for number, kind in words.items():
        if number <= parts:
            store.decide(Decision(f"u{number}", kind, moment(number) + 5000, "Anna"))
    ng = counted[Verdict.NG] + 1 - 2
    ok = counted[Verdict.OK]
    return Known(parts, ok, ng, ok - 1 + 2 + 1, counted[Verdict.REVIEW] - 1)


def note_things(store: Store) -> None:
    """An alarm that nobody saw, one that somebody did, a service, an accepted advice."""
    lost = Fault(ErrorCode.CAMERA_LOST, (("source", "cam 1"),))
    stood = Fault(ErrorCode.CAMERA_FROZEN, (("source", "cam 2"),))
    with store.transaction() as connection:
        append_audit(connection, BEGIN + 5 * MINUTE, "banner", lost, "")
        append_audit(connection, BEGIN + 9 * MINUTE, "fault", stood, "")
        append_audit(connection, END + MINUTE, "banner", stood, "")  # of the next shift
        body = {"what": "bearing changed", "worn": True}
        at = BEGIN + 7 * MINUTE
        append_note(connection, NoteKind.SERVICE, "Spindle 2", at, "Anna", body)
        advice = {"changes": [{"name": "Feed rate", "unit": "mm/min", "was": 240, "to": 225}]}
        append_note(connection, NoteKind.ADVICE, "flange", at + 1, "Anna", advice)


def reports(store: Store, settings: Settings = SETTINGS) -> Reports:
    return Reports(store.folder, store.reader, settings)


def report_of(store: Store, now_ms: int = LATER, **asked: object):  # type: ignore[no-untyped-def]
    """The report of the shift as of then."""
    wanted = Filter(**({"since_ms": BEGIN, "until_ms": END} | asked))  # type: ignore[arg-type]
    return read_report(store.reader, SETTINGS, wanted, now_ms)


def open_store(folder: Path) -> Iterator[Store]:
    with Store(folder, "LINE-3") as store:
        yield store
