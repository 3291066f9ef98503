"""Which shift a moment lies in, and what is signed of it."""

import time as clock
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from station.domain.statistics import share
from station.errors import ErrorCode, StoreError
from station.insight.figures import Known, LineFigures
from station.insight.handover import (
    Golden,
    Handover,
    Signed,
    changes,
    handovers,
    of_shift,
    read_handover,
    signed_figures,
    write_handover,
)
from station.insight.kpi import Oee, Stop
from station.insight.shift import by_clock, is_shift, shift_of
from station.store.beside import Beside
from station.store.notes import Note, NoteKind
from station.store.store import Store

SHIFTS = (time(6), time(14), time(22))
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3_600_000
WORD = Handover(
    1000,
    2000,
    "王伟",
    "Anna",
    "two\nlines",
    Golden.FAILED,
    Signed(100, 90, 7, 3, first=88, new=99, seconds=61.5, quality=0.9),
    (("scratch", 5), ("dent", 2)),
    1,
)


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(clock, "tzset"):
        pytest.skip("the time zone of a process cannot be changed here")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    clock.tzset()
    yield
    monkeypatch.undo()
    clock.tzset()


def ms(*at: int) -> int:
    return int(datetime(*at, tzinfo=BERLIN).timestamp() * 1000)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("at", "since", "until"),
    [
        ((2026, 11, 21, 6, 0), (2026, 11, 21, 6), (2026, 11, 21, 14)),
        ((2026, 11, 21, 13, 59), (2026, 11, 21, 6), (2026, 11, 21, 14)),
        ((2026, 11, 21, 5, 59), (2026, 11, 20, 22), (2026, 11, 21, 6)),
        ((2026, 11, 21, 23, 0), (2026, 11, 21, 22), (2026, 11, 22, 6)),
        ((2026, 3, 29, 4, 0), (2026, 3, 28, 22), (2026, 3, 29, 6)),  # the clock is put forward
        ((2026, 10, 25, 4, 0), (2026, 10, 24, 22), (2026, 10, 25, 6)),  # and back
    ],
)
def test_a_moment_lies_in_one_shift(
    berlin: None, at: tuple[int, ...], since: tuple[int, ...], until: tuple[int, ...]
) -> None:
    span = shift_of(ms(*at), SHIFTS)
    assert span == (ms(*since), ms(*until))
    assert is_shift(*span, SHIFTS)
    assert not is_shift(span[0], span[1] - HOUR, SHIFTS)
    assert not is_shift(span[0] + HOUR, span[1], SHIFTS)
    assert shift_of(span[1], SHIFTS)[0] == span[1], "the end is the begin of the next"


def test_the_night_the_clock_changes_is_shorter_or_longer(berlin: None) -> None:
    short = shift_of(ms(2026, 3, 29, 4), SHIFTS)
    long = shift_of(ms(2026, 10, 25, 4), SHIFTS)
    assert [(b - a) // HOUR for a, b in (short, long)] == [7, 9]
    assert f"{by_clock(long[1]):%H:%M %z}" == "06:00 +0100"


def test_one_start_a_day_is_a_shift_of_a_day(berlin: None) -> None:
    assert shift_of(ms(2026, 11, 21, 5), (time(6),)) == (ms(2026, 11, 20, 6), ms(2026, 11, 21, 6))


def found(**changed: object) -> LineFigures:
    """Figures of a shift of a hundred parts."""
    none = Known(share(0, 10), share(2, 80))
    plain = LineFigures(
        parts=100,
        not_inspected=1,
        waiting=3,
        good=share(90, 100),
        first_pass=share(88, 99),
        overruled=share(4, 100),
        escapes=none,
        false_rejects=Known(share(1, 5), share(1, 9)),
        kappa=None,
        judged=15,
        planned=28_800.0,
        stopped=61.54,
        pace=0.2,
        cycle=5.0,
        ideal=None,
        longest=25.0,
        oee=Oee(0.9, 0.8, 0.9),
        stops=(Stop(0, 61_540),),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def test_what_is_signed_are_counts_of_the_figures() -> None:
    signed = signed_figures(found(), 7)
    assert asdict(signed) == {
        "parts": 100,
        "good": 90,
        "ng": 7,
        "waiting": 3,
        "not_inspected": 1,
        "first": 88,
        "new": 99,
        "overruled": 4,
        "escapes": 2,
        "false_rejects": 1,
        "stops": 1,
        "seconds": 61.5,
        "availability": 0.9,
        "performance": 0.8,
        "quality": 0.9,
    }
    none = signed_figures(found(oee=None), 7)
    assert (none.availability, none.performance, none.quality) == (None, None, None)


def test_what_changed_is_named_and_nothing_else() -> None:
    then = signed_figures(found(), 7)
    assert changes(then, then) == ()
    assert changes(then, replace(then, quality=then.quality + 1e-4)) == ()  # type: ignore[operator]
    later = changes(then, replace(then, good=91, quality=None))
    assert [(one.name, one.was, one.now) for one in later] == [
        ("good", 90, 91),
        ("quality", 0.9, None),
    ]
    for one in fields(Signed):
        value = getattr(then, one.name)
        (told,) = changes(then, replace(then, **{one.name: value + 1}))
        assert told.name == one.name


def test_a_hand_over_is_kept_beside_a_running_line_and_read_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store, Beside(tmp_path) as beside:
        before = clock.time_ns() // 1_000_000
        kept = write_handover(beside, WORD)
        assert before <= kept.at_ms <= clock.time_ns() // 1_000_000
        second = write_handover(beside, replace(WORD, since_ms=2000, until_ms=3000))
        again = write_handover(beside, replace(WORD, words="once more"))
        assert handovers(store.reader) == [again, second, kept], "newest first"
        assert handovers(store.reader, again.at_ms + 1) == []
        assert of_shift(handovers(store.reader), 1000, 2000) == (kept, again), "oldest first"
        (note, *_) = store.reader.notes(NoteKind.HANDOVER)
        assert (note.subject, note.operator) == ("", "王伟")


def test_without_a_database_nothing_is_signed(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as failed, Beside(tmp_path) as beside:
        write_handover(beside, WORD)
    assert failed.value.code is ErrorCode.STORE_NOT_FOUND


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"since_ms": 1},
        {"since_ms": "x", "until_ms": 2, "giver": "a", "taker": "b"},
        {"since_ms": 1, "until_ms": 2, "giver": "a", "taker": "b", "top": [1]},
        {"since_ms": 1, "until_ms": 2, "giver": "a", "taker": "b", "figures": 3},
        {"since_ms": 1, "until_ms": 2, "giver": "a", "taker": "b", "figures": {"parts": "x"}},
    ],
)
def test_a_note_that_is_none_is_left_out(body: dict[str, object]) -> None:
    assert read_handover(Note(1, NoteKind.HANDOVER, "", 5, "a", body)) is None


def test_a_note_of_a_later_program_is_read_as_far_as_it_is_known() -> None:
    body = {
        "since_ms": 1,
        "until_ms": 2,
        "giver": "a",
        "taker": "b",
        "golden": "sparkling",
        "figures": {"parts": 4, "beauty": 9},
        "mood": "fine",
    }
    known = read_handover(Note(7, NoteKind.HANDOVER, "", 5, "a", body))
    assert known is not None
    assert (known.golden, known.figures, known.id) == (Golden.UNSAID, Signed(parts=4), 7)
