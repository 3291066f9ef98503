"""The History page over real records: what is asked for, and the table of what is found."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from station.errors import ErrorCode, Fault
from station.gui.pages.history_filter import Field, Span, Wish
from station.gui.texts import fault_text, install
from station.gui.widgets.span_dialog import SpanDialog
from station.gui.widgets.touch_key import TouchKey
from station.pipeline.events import Inspected, LineState, StateChanged, Warned
from station.store.history import Filter
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from tests.gui.history_desk import NEWEST, PARTS, Desk, Open, calls_of, numbered, over, put
from tests.gui.parts import GONE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

CONTROL = Qt.KeyboardModifier.ControlModifier


# ── what is asked for ────────────────────────────────────────────────────────────────────────


def test_the_newest_parts_come_first_and_the_first_is_shown(desk: Desk) -> None:
    assert desk.numbers() == NEWEST[:100]
    assert desk.page.look.uid == f"u{PARTS}"
    assert f"SN-{PARTS:04d}" in desk.shown()
    desk.until(lambda: desk.page.judged._still.has_picture)


def test_the_yield_of_the_span_has_its_denominator(desk: Desk, many: Store) -> None:
    counts = many.reader.counts()
    assert counts.parts == PARTS
    shown = desk.page.counters._counters
    assert shown[0].value == str(PARTS)
    assert shown[-1].caption == f"yield: {counts.ok} of {PARTS}"
    assert shown[-1].value.startswith(f"{100 * counts.ok / PARTS:.2f}")


CASES: list[tuple[Field, str, Callable[[int], bool]]] = [
    (Field.VERDICT, "NG", lambda n: n % 5 == 0),
    (Field.VERDICT, "Review", lambda n: n % 7 == 0 and n % 5 != 0),
    (Field.DECISION, "Accepted", lambda n: n % 20 == 10),
    (Field.DECISION, "Rejected", lambda n: n % 20 == 0),
    (Field.DECISION, "Waiting", lambda n: n % 7 == 0 and n % 10 != 0),
    (Field.LABEL, "Dent", lambda n: n % 2 == 1 and (n % 5 == 0 or n % 7 == 0)),
    (Field.LOT, "LOT-1", lambda n: n // 100 == 1),
    (Field.OPERATOR, "12", lambda n: n % 3 == 0),
]


@pytest.mark.parametrize(("field", "words", "fits"), CASES, ids=lambda one: str(one)[:20])
def test_a_filter_is_touched_and_taken_back(
    desk: Desk, field: Field, words: str, fits: Callable[[int], bool]
) -> None:
    desk.ask(field, words)
    key = desk.page.filters.keys[field]
    assert key.isChecked()
    assert key.text() == words
    assert desk.numbers() == [n for n in NEWEST if fits(n)][:100]
    assert desk.numbers()
    assert desk.page.filters.clear_key.isEnabled()
    desk.click(desk.page.filters.clear_key)
    desk.settled()
    assert desk.numbers() == NEWEST[:100]
    assert not key.isChecked()


def test_filters_add_up_and_the_chosen_part_is_one_of_them(desk: Desk) -> None:
    desk.ask(Field.VERDICT, "NG")
    desk.ask(Field.LOT, "LOT-2")
    assert desk.numbers() == [n for n in NEWEST if n % 5 == 0 and n // 100 == 2]
    desk.ask(Field.OPERATOR, "12")
    assert desk.numbers() == [n for n in NEWEST if n % 15 == 0 and n // 100 == 2]
    assert desk.page.look.uid == f"u{desk.numbers()[0]}"
    desk.ask(Field.VERDICT, "All")
    assert desk.numbers() == [n for n in NEWEST if n % 3 == 0 and n // 100 == 2]


def test_a_scan_shows_the_parts_of_that_serial(desk: Desk) -> None:
    desk.window.scan("SN-0123")
    desk.settled()
    assert desk.numbers() == [123]
    assert desk.page.filters.keys[Field.SERIAL].text() == "SN-0123"


def test_a_serial_is_found_by_keyboard_whole_or_by_its_beginning(desk: Desk) -> None:
    for typed, found in (
        ("SN-0123", [123]),
        ("SN-012*", list(range(129, 119, -1))),
        ("SN-012", []),
    ):
        desk.press(Qt.Key.Key_F, CONTROL)
        field = desk.dialog().findChildren(QLineEdit)[0]
        desk.until(field.hasFocus)
        desk.qtbot.keyClicks(field, typed)
        desk.qtbot.keyClick(field, Qt.Key.Key_Return)
        desk.settled()
        assert desk.page.filters.keys[Field.SERIAL].text() == typed
        assert desk.numbers() == found


def test_from_and_to_are_moved_with_keys(desk: Desk) -> None:
    desk.click(desk.page.filters.keys[Field.SPAN])
    desk.answer("From … to …")
    desk.until(lambda: bool(desk.window.findChildren(SpanDialog)))
    dialog = desk.window.findChildren(SpanDialog)[0]
    rows: dict[str, list[TouchKey]] = {}
    for key in dialog.findChildren(TouchKey):
        rows.setdefault(key.text(), []).append(key)
    dialog.since.setText("2026-02-30 10:00")
    assert not dialog.ok_key.isEnabled()
    now = dialog.until.text()
    dialog.since.setText(now)
    assert not dialog.ok_key.isEnabled()
    desk.click(rows["−1 day"][0])
    desk.click(rows["−1 day"][0])
    desk.click(rows["−1 day"][1])
    assert dialog.ok_key.isEnabled()
    desk.click(dialog.ok_key)
    desk.settled()
    shown = desk.numbers()
    assert 60 <= len(shown) <= 64  # a part every 23 minutes
    assert shown == list(range(shown[0], shown[-1] - 1, -1))
    assert 62 <= PARTS - shown[0] <= 63
    assert "–" in desk.page.filters.keys[Field.SPAN].text()


def test_an_answer_that_comes_too_late_is_not_shown(open_desk: Open, many: Store) -> None:
    may = threading.Event()
    may.set()
    real = calls_of(many.reader, many.folder)

    def slow(wanted: Filter, limit: int, before: int | None) -> list[object]:
        found = real.page(wanted, limit, before)
        assert may.wait(10)
        return found  # type: ignore[return-value]

    desk = open_desk(replace(real, page=slow))
    may.clear()
    desk.page.set_wish(Wish().chosen(Field.VERDICT, "NG"))
    desk.page.set_wish(Wish().chosen(Field.VERDICT, "REVIEW"))
    may.set()
    desk.settled()
    desk.qtbot.wait(50)
    assert desk.numbers() == [n for n in NEWEST if n % 7 == 0 and n % 5 != 0]


# ── the table ────────────────────────────────────────────────────────────────────────────────


def test_the_table_reads_on_where_a_person_scrolls_on(desk: Desk) -> None:
    bar = desk.page.table.list.verticalScrollBar()
    assert "more below" in desk.page.caption.text().lower()
    for wanted in (200, PARTS):
        bar.setValue(bar.maximum())
        desk.until(lambda wanted=wanted: len(desk.numbers()) == wanted)
    bar.setValue(bar.maximum())
    desk.qtbot.wait(50)
    assert desk.numbers() == NEWEST
    assert desk.page.caption.text() == "250 PARTS, NEWEST FIRST"


def test_older_and_newer_turn_pages_without_choosing_another_part(desk: Desk) -> None:
    bar = desk.page.table.list.verticalScrollBar()
    chosen = desk.page.look.uid
    desk.click(desk.page.older_key)
    below = bar.value()
    assert below == bar.pageStep()
    desk.click(desk.page.older_key)
    assert bar.value() == 2 * below
    desk.click(desk.page.newer_key)
    assert bar.value() == below
    assert desk.page.look.uid == chosen


def test_arrow_keys_walk_through_the_parts_and_enter_presses_a_key(desk: Desk) -> None:
    for _ in range(3):
        desk.press(Qt.Key.Key_Down)
    assert desk.page.look.uid == f"u{PARTS - 3}"
    assert f"Part 000 {PARTS - 3}" in desk.shown()
    desk.press(Qt.Key.Key_Up)
    assert desk.page.look.uid == f"u{PARTS - 2}"
    key = desk.page.filters.keys[Field.VERDICT]
    key.setFocus(Qt.FocusReason.TabFocusReason)
    desk.press(Qt.Key.Key_Return)
    desk.answer("NG")
    desk.settled()
    assert desk.numbers()[0] == PARTS


def test_a_touched_row_is_chosen(desk: Desk) -> None:
    view = desk.page.table.list
    at = view.visualRect(view.model().index(2, 0)).center()
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.page.look.uid == f"u{PARTS - 2}"


def test_what_came_since_is_counted_and_read_when_asked(open_desk: Open, own: Store) -> None:
    put(own, numbered(1))
    desk = over(open_desk, own)
    assert desk.numbers() == [1]
    for number in (2, 3):
        desk.page.show_event(Inspected(put(own, numbered(number))))
    assert desk.numbers() == [1]
    assert desk.page.newer_key.accessibleDescription() == "2 new"
    desk.click(desk.page.newer_key)
    desk.settled()
    assert desk.numbers() == [3, 2, 1]
    assert desk.page.look.uid == "u1"
    assert desk.page.newer_key.accessibleDescription() == ""
    put(own, numbered(4))
    desk.press(Qt.Key.Key_F5)
    desk.settled()
    assert desk.numbers() == [4, 3, 2, 1]


# ── nothing, and what fails ──────────────────────────────────────────────────────────────────


def test_nothing_is_said_in_words(open_desk: Open, own: Store) -> None:
    desk = over(open_desk, own)
    table = desk.page.table.list
    assert table.empty.startswith("No part fits")
    desk.page.set_wish(Wish(Span.ALL))
    desk.settled()
    assert table.empty == "Nothing has been recorded yet"
    assert desk.page.story.toPlainText() == ""
    assert desk.page.counters._counters[-1].value == "–"
    put(own, numbered(1))
    desk.press(Qt.Key.Key_F5)
    desk.settled()
    assert desk.numbers() == [1]


def test_records_that_cannot_be_read_are_a_notice_until_they_can(
    open_desk: Open, own: Store, tmp_path: Path
) -> None:
    put(own, numbered(1))
    own.close()
    path = own.folder / DATABASE_NAME
    good = path.read_bytes()

    def anew(name: str) -> Callable[..., Any]:
        """A call of a reader that has nothing at hand from before."""

        def call(*asked: object) -> object:
            with Reader(own.folder) as reader:
                return getattr(reader, name)(*asked)

        return call

    names = {"counts": "yield_between"}
    reading = {n: anew(names.get(n, n)) for n in ("page", "story", "still", "facets", "counts")}
    desk = open_desk(replace(calls_of(own.reader, own.folder), **reading))
    assert desk.numbers() == [1]
    path.write_bytes(os.urandom(len(good)))
    desk.press(Qt.Key.Key_F5)
    desk.settled()
    assert desk.page.notice.isVisible()
    assert str(path) in desk.page.notice.words
    path.write_bytes(good)
    desk.press(Qt.Key.Key_F5)
    desk.settled()
    assert not desk.page.notice.isVisible()
    assert desk.numbers() == [1]


def test_what_the_line_says_is_seen_here_too(desk: Desk) -> None:
    page = desk.page
    page.show_event(StateChanged(LineState.FAULT, GONE))
    assert page.notice.words == fault_text(GONE)
    install("de")
    desk.qtbot.wait(10)
    assert page.notice.words == fault_text(GONE)
    assert page.older_key.text() == "Älter"
    assert page.filters.keys[Field.VERDICT].text() == "Alle"
    assert "Prüfergebnis" in desk.shown()
    page.show_event(StateChanged(LineState.READY))
    assert not page.notice.isVisible()
    low = Fault(ErrorCode.DISK_LOW, (("path", "/d"), ("free", "3")))
    page.show_event(Warned(low))
    assert page.notice.words == fault_text(low)
