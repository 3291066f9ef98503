"""What the History page asks the records for, and what it says of a part."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from station.domain.inspection import Decision, DecisionKind, Disposition, Inspection, Verdict
from station.domain.part import TriggerSource
from station.gui.pages.history_export import safe_name
from station.gui.pages.history_filter import (
    NOTHING,
    Field,
    Span,
    Wish,
    choices,
    field_word,
    kind_word,
    pages,
    span_word,
    value_word,
)
from station.gui.pages.history_story import facts, happenings, row
from station.gui.texts import LANGUAGES, install
from station.gui.widgets.span_dialog import read_moment
from station.gui.word_pages import ALL, AT_ONCE, MORE
from station.store.entry import Entry
from station.store.history import Facets, Filter
from station.store.story import Disposed, Keep, Removal, Story
from tests.gui.parts import seen, spoiled

SHIFTS = (time(6), time(14), time(22))
NOW = datetime(2026, 11, 21, 14, 7, 33, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    install("en")
    yield
    install("en")


@pytest.mark.parametrize(
    ("span", "since"),
    [
        (Span.TODAY, datetime(2026, 11, 21, tzinfo=UTC)),
        (Span.SHIFT, datetime(2026, 11, 21, 14, tzinfo=UTC)),
        (Span.WEEK, datetime(2026, 11, 15, tzinfo=UTC)),
        (Span.MONTH, datetime(2026, 10, 23, tzinfo=UTC)),
        (Span.ALL, None),
    ],
)
def test_a_span_begins_when_people_say_it_does(span: Span, since: datetime | None) -> None:
    wanted = Wish(span).to_filter(NOW, SHIFTS)
    assert wanted.since_ms == (None if since is None else since.timestamp() * 1000)
    assert wanted.until_ms is None


def test_from_and_to_count_only_with_that_span() -> None:
    since, until = NOW - timedelta(days=3), NOW - timedelta(days=1)
    wish = Wish().between(since, until)
    wanted = wish.to_filter(NOW, SHIFTS)
    assert (wanted.since_ms, wanted.until_ms) == (
        int(since.timestamp() * 1000),
        int(until.timestamp() * 1000),
    )
    assert wish.chosen(Field.SPAN, Span.ALL).to_filter(NOW, SHIFTS) == Filter()


@pytest.mark.parametrize(
    ("field", "value", "wanted", "words"),
    [
        (Field.VERDICT, "NOT_INSPECTED", Filter(verdict=Verdict.NOT_INSPECTED), "Not inspected"),
        (Field.DECISION, "accept", Filter(decision=DecisionKind.ACCEPT), "Accepted"),
        (Field.DECISION, "reject", Filter(decision=DecisionKind.REJECT), "Rejected"),
        (Field.DECISION, "waits", Filter(undecided=True), "Waiting"),
        (Field.LABEL, "missing_hole", Filter(label="missing_hole"), "Missing hole"),
        (Field.RECIPE, "flange", Filter(recipe="flange"), "flange"),
        (Field.LOT, "L-7", Filter(lot="L-7"), "L-7"),
        (Field.SERIAL, "8842*", Filter(serial="8842*"), "8842*"),
        (Field.OPERATOR, "07", Filter(operator="07"), "07"),
        (Field.MODEL, "m", Filter(model="m"), "m"),
    ],
)
def test_each_field_asks_for_its_own(field: Field, value: str, wanted: Filter, words: str) -> None:
    wish = Wish(Span.ALL).chosen(field, value)
    assert wish.to_filter(NOW, SHIFTS) == wanted
    assert wish.is_set(field)
    assert value_word(wish, field) == words
    back = wish.chosen(field, ALL)
    assert back.asked == NOTHING
    assert not back.is_set(field)
    assert value_word(back, field) == "All"


def test_one_decision_takes_the_place_of_another() -> None:
    wish = Wish(Span.ALL).chosen(Field.DECISION, "waits").chosen(Field.DECISION, "reject")
    assert wish.to_filter(NOW, SHIFTS) == Filter(decision=DecisionKind.REJECT)


def test_many_words_are_on_several_pages_and_none_is_left_out() -> None:
    lots = tuple(f"L{n}" for n in range(2 * AT_ONCE + 3))
    facets = Facets((), lots, (), (), (), ())
    assert pages(Field.LOT, facets) == 3
    shown = [choices(Field.LOT, facets, page) for page in range(3)]
    for keys in shown:
        values = [value for value, _ in keys]
        assert values[0] == ALL
        assert values[-1] == MORE
        assert len(values) <= AT_ONCE + 2
    found = [value for keys in shown for value, _ in keys if value not in (ALL, MORE)]
    assert found == list(lots)
    assert MORE not in dict(choices(Field.RECIPE, facets))
    assert choices(Field.MODEL, None) == ((ALL, "All"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_has_a_word(language: str) -> None:
    install(language)
    walked = [
        [field_word(field) for field in Field],
        [span_word(span) for span in Span],
        [kind_word(kind) for kind in DecisionKind],
    ]
    for words in walked:
        assert all(words)
        assert len(set(words)) == len(words)
    for trigger in TriggerSource:
        entry = entry_of(seen(1), trigger=trigger)
        assert trigger.value.upper() not in str(facts(entry))
    said = [Disposed(one, 0) for one in Disposition]
    texts = [one.words for one in happenings(Story(entry_of(seen(1)), (), tuple(said), (), None))]
    assert len(set(texts)) == len(said) + 1


def entry_of(inspection: Inspection, **changes: Any) -> Entry:
    part = replace(inspection, **changes)
    return Entry(1, part, False, None, None, "images/a.png", "ab" * 32, 2048, "S1", None)


def test_the_story_has_all_in_order_and_says_what_was_taken_back() -> None:
    kinds = DecisionKind.ACCEPT, DecisionKind.UNDO, DecisionKind.REJECT, DecisionKind.ACCEPT
    said = [
        Decision("u1", kinds[0], 10, "07"),
        Decision("u1", kinds[1], 20, "07"),
        Decision("u1", kinds[2], 30, "12", "dent"),
        Decision("u1", kinds[3], 60, "<b>W</b>", None, "measured"),
    ]
    story = Story(
        entry_of(seen(1)),
        tuple(said),
        (Disposed(Disposition.REJECT, 40),),
        (Keep("golden", 50, "07"),),
        Removal(70, "retention"),
    )
    told = happenings(story)
    assert [one.at_ms for one in told] == [0, 10, 20, 30, 40, 50, 60, 70]
    assert [one.at_ms for one in told if one.void] == [10]
    assert [one.words for one in told] == [
        "Verdict Review · Scratch · 48\u2009%",
        "Accepted (07)",
        "Taken back (07)",
        "Rejected · Dent (12)",
        "The machine was told: sort out",
        "Picture kept for good: golden sample (07)",
        "Accepted (<b>W</b>): measured",
        "Picture deleted: its time was over",
    ]


def test_an_undo_of_an_undo_takes_back_the_word_before() -> None:
    kinds = "accept", "reject", "undo", "undo"
    said = tuple(Decision("u1", DecisionKind(k), n) for n, k in enumerate(kinds, 1))
    told = happenings(Story(entry_of(seen(1)), said, (), (), None))
    assert [one.void for one in told] == [False, True, True, False, False]


def test_what_is_empty_is_left_out_of_the_facts() -> None:
    known = dict(facts(entry_of(spoiled(3))))
    assert all(known.values())
    assert "Scores" not in known
    assert known["Size"] == "2 KB"


def test_a_row_says_the_word_that_stands() -> None:
    entry = entry_of(seen(7, Verdict.NG, 0.94, "scratch"))
    assert row(entry).cells[3] == ("Scratch", "94\u2009%")
    said = Decision("u7", DecisionKind.REJECT, 5, "07", "dent")
    cells = row(replace(entry, decision=said)).cells
    assert cells[0] == ("NG", "Rejected")
    assert cells[1][0] == "000\u2009007"
    assert cells[2] == ("8842-00193", "26-1121-B")
    assert cells[3][0] == "Dent"


@pytest.mark.parametrize(
    "text", ["", "today", "2026-13-01 10:00", "2026-02-30 10:00", "2026-01-01"]
)
def test_what_is_no_moment_is_not_taken_for_one(text: str) -> None:
    assert read_moment(text) is None


def test_a_moment_is_of_the_local_clock() -> None:
    moment = read_moment(" 2026-11-21 14:07 ")
    assert moment is not None
    assert moment.strftime("%Y-%m-%d %H:%M") == "2026-11-21 14:07"
    assert moment.utcoffset() is not None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Parts 7 days", "Parts_7_days"),
        ('a<b>:"c/d\\e|f?g*', "a_b_c_d_e_f_g"),
        ("工件 7 天", "工件_7_天"),
        ("...", "parts"),
        ("11-21 06:00 – 11-22 06:00", "11-21_06_00_–_11-22_06_00"),
    ],
)
def test_a_file_name_is_one_on_every_system(words: str, name: str) -> None:
    assert safe_name(words) == name
