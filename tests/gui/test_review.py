"""The Review page: the queue, what a person says, and what comes of it."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from station.domain.inspection import Decision, DecisionKind, Inspection, Still, Verdict
from station.domain.recipe import ReviewRule
from station.errors import ErrorCode, Fault
from station.gui.fonts import load_fonts
from station.gui.pages import review as page_module
from station.gui.pages.review import ReviewCalls, ReviewPage
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.texts import LANGUAGES, fault_text, install, translate
from station.gui.theme import DARK, LIGHT, apply_theme, mm, scaled
from station.gui.widgets.judged_view import View
from station.gui.widgets.touch_key import TouchKey
from station.pipeline.events import Decided, Inspected, LineState, Refused, StateChanged, Warned
from tests.gui.parts import DEFECTS, GONE, RECIPE, ROI, seen, spoiled
from tests.gui.words import watch_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

REFUSED = Fault(ErrorCode.DECISION_NEEDS_REASON, (("number", "1"),))


class Records:
    """What stands behind the page: a clock to move, and records that answer when they may."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waiting: list[Inspection] = []
        self.total = 0
        self.decisions: list[tuple[str, DecisionKind, str | None, str]] = []
        self.undone: list[str] = []
        self.missing: set[str] = set()
        self.asked = 0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.pixels = np.full((112, 128), 90, np.uint8)

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def calls(self) -> ReviewCalls:
        return ReviewCalls(
            waiting=self._waiting,
            still=self._still,
            decide=lambda *words: self.decisions.append(words),
            undo=self.undone.append,
            total=lambda: self.total,
        )

    def _waiting(self) -> list[Inspection]:
        found = list(self.waiting)  # as it stands when asked; the answer may take its time
        self.asked += 1
        self.may_answer.wait(5)
        return found

    def _still(self, uid: str) -> Still | None:
        if uid in self.missing:
            return None
        return Still(uid, self.pixels, np.full((6, 6), 200, np.uint8), ROI)


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    records = Records()
    monkeypatch.setattr(page_module, "time", records)
    return records


@pytest.fixture
def page(qtbot: QtBot, records: Records) -> Iterator[ReviewPage]:
    load_fonts()
    install("en")
    tasks = Tasks(lambda fault: pytest.fail(str(fault)))
    page = ReviewPage(records.calls(), tasks)
    qtbot.addWidget(page)
    page.resize(1920, 1008)
    apply_theme(page, DARK)
    page.set_product(product(records))
    page.show()
    qtbot.waitExposed(page)
    page.opened()
    qtbot.waitUntil(lambda: records.asked == 1)
    qtbot.wait(20)
    yield page
    page.closed()
    tasks.close()
    install("en")


def product(records: Records, rule: ReviewRule = ReviewRule.UNSURE) -> ProductView:
    recipe = replace(RECIPE, review=rule)
    return ProductView(recipe, "Flange 120", "L-7", DEFECTS, records.pixels)


def come(page: ReviewPage, records: Records, *numbers: int) -> None:
    for number in numbers:
        page.show_event(Inspected(seen(number)))
    records.now += 1.0


def told(page: ReviewPage, uid: str, kind: DecisionKind) -> None:
    page.show_event(Decided(Decision(uid, kind, 0)))


def waiting(page: ReviewPage) -> list[int]:
    return [part.part.number for part in page._queue.all()]


# ── the queue ───────────────────────────────────────────────────────────────────────────────


def test_nothing_waits_in_words(page: ReviewPage) -> None:
    assert page.banner.shown is None
    assert page.banner._empty == "Nothing waits for review"
    assert not page.accept_key.isEnabled()
    assert not page.reject_key.isEnabled()
    assert not page.undo_key.isEnabled()
    assert page.part.text() == ""
    assert page.caption.text() == "WAITING FOR REVIEW: 0"


def test_the_oldest_part_comes_first_with_what_the_model_thinks(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    records.now = 1800.0
    page.show_event(Inspected(seen(2, label="dent")))
    page.show_event(Inspected(seen(3)))
    assert page._selected == "u2"
    assert page.banner.shown is not None
    assert page.banner.shown.word == "Review"
    assert page.banner.shown.label == "Dent"
    assert page.defects.selected == "dent"
    assert page.judged.view is View.HEAT
    first = page.list._rows.rows[0]
    assert first.title == "Part 000\u2009002"
    assert first.detail == "Dent · 48\u2009%"
    assert first.age == "30 min"
    assert page.caption.text() == "WAITING FOR REVIEW: 2"
    assert page.part.text() == "Part 000\u2009002 · SN 8842-00193 · Lot 26-1121-B"
    qtbot.waitUntil(lambda: page.judged._still.has_picture)


def test_long_waiting_is_said_in_hours(page: ReviewPage, records: Records) -> None:
    records.now = 3 * 3600.0
    page.show_event(Inspected(seen(1)))
    assert page.list._rows.rows[0].age == "3 h"


def test_only_what_the_recipe_sends_to_a_person_waits(page: ReviewPage, records: Records) -> None:
    page.show_event(Inspected(seen(1, Verdict.OK, 0.01, "good")))
    page.show_event(Inspected(seen(2, Verdict.NG, 0.95)))
    assert page.count == 0
    page.set_product(product(records, ReviewRule.NG))
    page.show_event(Inspected(seen(3, Verdict.NG, 0.95)))
    assert waiting(page) == [3]


def test_a_part_whose_verdict_was_replaced_goes(page: ReviewPage, records: Records) -> None:
    come(page, records, 1, 2)
    page.show_event(Inspected(spoiled(1)))
    assert waiting(page) == [2]
    assert page._selected == "u2"
    assert not page.undo_key.isEnabled(), "nobody said anything"


def test_parts_come_and_go_while_the_records_are_read(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    records.waiting = [seen(1), seen(2)]
    come(page, records, 1, 2)
    records.may_answer.clear()
    page.reload()
    qtbot.waitUntil(lambda: records.asked == 2)
    told(page, "u1", DecisionKind.ACCEPT)
    come(page, records, 3)
    records.may_answer.set()
    qtbot.wait(50)
    assert waiting(page) == [2, 3]


def test_what_waited_before_the_model_was_known_has_its_kind(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    page._product = None
    records.waiting = [seen(1, label="stain")]
    page.reload()
    qtbot.waitUntil(lambda: page.count == 1)
    assert page.defects.classes == ()
    page.set_product(product(records))
    assert page.defects.selected == "stain"


def test_a_part_of_another_product_is_not_given_kinds_that_are_not_its_own(
    page: ReviewPage, records: Records
) -> None:
    page.show_event(Inspected(replace(seen(1), recipe="plate")))
    assert page.defects.classes == ()
    assert not page.judged._keys[View.GOLDEN].isEnabled()
    other = replace(seen(2), label="crack", scores=(("good", 0.5), ("crack", 0.5)))
    page.show_event(Inspected(other))
    page._pick("u2")
    assert page.defects.classes == ()
    records.now += 1.0
    page.reject()
    assert records.decisions == [("u2", DecisionKind.REJECT, None, "")]
    come(page, records, 3)
    page._pick("u3")
    assert page.defects.classes == DEFECTS
    assert page.judged._keys[View.GOLDEN].isEnabled()


def test_more_than_are_at_hand_are_counted_and_read_later(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    page._read_soon.setInterval(10)
    records.waiting, records.total = [seen(1), seen(2)], 7
    page.reload()
    qtbot.waitUntil(lambda: page.count == 7)
    assert not page._read_soon.isActive(), "nothing moved"
    records.waiting, records.total = [seen(2), seen(3)], 2
    told(page, "u1", DecisionKind.ACCEPT)
    qtbot.waitUntil(lambda: waiting(page) == [2, 3])
    assert page.count == 2
    come(page, records, 4)
    assert not page._read_soon.isActive(), "all are at hand: no need to ask"


def test_the_list_stays_where_the_operator_left_it(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    come(page, records, *range(1, 61))
    qtbot.wait(1)
    bar = page.list.verticalScrollBar()
    assert bar.maximum() > 1000
    bar.setValue(1000)
    records.now += 600.0
    page._show_list()
    come(page, records, 61)
    qtbot.wait(10)
    assert bar.value() == 1000
    page.accept()
    told(page, "u1", DecisionKind.ACCEPT)
    qtbot.wait(10)
    assert bar.value() < 100, "the part whose turn it is comes into sight"


def test_out_of_sight_the_count_goes_on(page: ReviewPage, records: Records, qtbot: QtBot) -> None:
    page.closed()
    counts: list[int] = []
    page.changed.connect(lambda: counts.append(page.count))
    come(page, records, 1, 2)
    assert counts == [1, 2]
    assert page.list._rows.rows == ()
    page.opened()
    assert len(page.list._rows.rows) == 2
    qtbot.waitUntil(lambda: page.judged._still.has_picture)


# ── what a person says ──────────────────────────────────────────────────────────────────────


def test_after_a_decision_the_next_part_comes_up(page: ReviewPage, records: Records) -> None:
    come(page, records, 1, 2)
    page.accept()
    assert records.decisions == [("u1", DecisionKind.ACCEPT, None, "")]
    assert page.banner.shown is not None
    assert page.banner.shown.said == "Being recorded…"
    told(page, "u1", DecisionKind.ACCEPT)
    assert page._selected == "u2"
    assert page.banner.shown is not None
    assert page.banner.shown.said == ""
    assert page.undo_key.isEnabled()


def test_reject_names_the_chosen_kind(page: ReviewPage, records: Records) -> None:
    come(page, records, 1)
    assert page.reject_key._hint == "confirm scratch"
    page.choose_defect(2)
    assert page.reject_key._hint == "reject as dent"
    page.reject()
    assert records.decisions == [("u1", DecisionKind.REJECT, "dent", "")]


def test_a_digit_without_a_class_changes_nothing(page: ReviewPage, records: Records) -> None:
    come(page, records, 1)
    page.choose_defect(9)
    assert page.defects.selected == "scratch"


def test_a_part_is_decided_once_however_often_the_key_is_pressed(
    page: ReviewPage, records: Records
) -> None:
    come(page, records, 1, 2)
    page.accept()
    page.accept()
    records.now += 1.0
    page.reject()  # the first word is not recorded yet
    assert len(records.decisions) == 1


def test_a_press_meant_for_the_part_before_is_not_taken(page: ReviewPage, records: Records) -> None:
    come(page, records, 1, 2)
    page.accept()
    records.now += 2.0  # a slow disk
    told(page, "u1", DecisionKind.ACCEPT)
    records.now += 0.1
    page.accept()
    assert len(records.decisions) == 1
    assert "Another part" in page.notice.words
    records.now += 0.5
    page.accept()
    assert records.decisions[1][0] == "u2"


def test_without_a_part_the_keys_do_nothing(page: ReviewPage, records: Records) -> None:
    page.accept()
    page.reject()
    page.undo()
    page.choose_defect(1)
    assert (records.decisions, records.undone) == ([], [])


def test_a_picked_part_stays_though_others_come_and_go(page: ReviewPage, records: Records) -> None:
    come(page, records, 1, 2, 3)
    page._pick("u3")
    come(page, records, 4)
    told(page, "u1", DecisionKind.REJECT)  # on the other page
    assert page._selected == "u3"
    assert not page.undo_key.isEnabled(), "that word was not said here"


def test_another_part_may_be_looked_at_while_a_word_is_recorded(
    page: ReviewPage, records: Records
) -> None:
    come(page, records, 1, 2)
    page.accept()
    page._pick("u2")
    assert page.banner.shown is not None
    assert page.banner.shown.said == ""
    told(page, "u1", DecisionKind.ACCEPT)
    assert page._selected == "u2"
    assert page.undo_key.isEnabled()


def test_undo_brings_the_part_back(page: ReviewPage, records: Records) -> None:
    come(page, records, 1, 2)
    page.accept()
    told(page, "u1", DecisionKind.ACCEPT)
    records.now += 1.0
    page.undo()
    page.undo()
    assert records.undone == ["u1"]
    assert not page.undo_key.isEnabled()
    told(page, "u1", DecisionKind.UNDO)
    assert page._selected == "u1"
    assert waiting(page) == [1, 2]


def test_undo_ends_after_five_seconds(page: ReviewPage, records: Records, qtbot: QtBot) -> None:
    come(page, records, 1)
    page.accept()
    told(page, "u1", DecisionKind.ACCEPT)
    records.now += 5.1
    qtbot.waitUntil(lambda: not page.undo_key.isEnabled())
    assert not page._countdown.isActive()
    page.undo()
    assert records.undone == []


def test_a_part_of_an_earlier_day_that_is_undone_is_read(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    come(page, records, 9)
    records.waiting = [seen(4)]
    told(page, "u4", DecisionKind.UNDO)
    qtbot.waitUntil(lambda: page._selected == "u4")
    assert waiting(page) == [4, 9]


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────


def test_what_the_line_refuses_is_said_and_the_part_stays(
    page: ReviewPage, records: Records
) -> None:
    come(page, records, 1)
    page.accept()
    page.show_event(Refused(REFUSED))
    assert page.notice.words == fault_text(REFUSED)
    assert page._selected == "u1"
    records.now += 1.0
    page.accept()
    assert len(records.decisions) == 2


def test_faults_and_warnings_are_seen_here_too_and_in_the_new_language(
    page: ReviewPage, qtbot: QtBot
) -> None:
    page.show_event(StateChanged(LineState.FAULT, GONE))
    assert page.notice.words == fault_text(GONE)
    install("de")
    qtbot.wait(10)
    assert page.notice.words == fault_text(GONE)
    assert page.accept_key.text() == translate("Inspect", "Accept") == "Annehmen"
    install("en")
    page.show_event(StateChanged(LineState.READY))
    assert not page.notice.isVisible()
    low = Fault(ErrorCode.DISK_LOW, (("path", "/d"), ("free", "3")))
    page.show_event(Warned(low))
    assert page.notice.words == fault_text(low)


def test_a_missing_picture_is_not_that_of_another_part(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    records.missing.add("u2")
    come(page, records, 1, 2)
    qtbot.waitUntil(lambda: page.judged._still.has_picture)
    page._pick("u2")
    qtbot.waitUntil(lambda: not page.judged._still.has_picture)
    assert page.judged._still._empty == "The picture is not at hand"


def test_the_golden_picture_can_be_compared(
    page: ReviewPage, records: Records, qtbot: QtBot
) -> None:
    come(page, records, 1)
    qtbot.waitUntil(lambda: page.judged._still.has_picture)
    golden = page.judged._keys[View.GOLDEN]
    assert golden.isEnabled()
    golden.click()
    assert page.judged.view is View.GOLDEN
    ordered = page._studio._orders
    qtbot.waitUntil(lambda: not ordered)


# ── sizes, at every size of the window, in every language ───────────────────────────────────

WINDOWS = pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (3840, 2160)], ids=str)
BAR = 72 / 1080


def _window(qtbot: QtBot, page: ReviewPage, size: tuple[int, int], light: bool = False) -> None:
    """The page as it stands in the window: the top bar takes its share of the height."""
    page.resize(size[0], size[1] - max(76, round(size[1] * BAR)))
    apply_theme(page, scaled(LIGHT if light else DARK, QSize(*size)))
    qtbot.wait(1)


@WINDOWS
def test_keys_have_the_size_of_a_finger(
    qtbot: QtBot, page: ReviewPage, records: Records, size: tuple[int, int]
) -> None:
    _window(qtbot, page, size)
    come(page, records, 1)
    qtbot.wait(1)
    keys = [key for key in page.findChildren(TouchKey) if key.isVisible()]
    assert len(keys) >= 9
    for key in keys:
        assert min(key.width(), key.height()) >= mm(key, 20), key.text()
        inside = key.rect().translated(key.mapTo(page, key.rect().topLeft()))
        assert page.rect().contains(inside), key.text()
    for key in (page.accept_key, page.reject_key):
        assert key.width() >= mm(key, 30)
    row = page.list.visualRect(page.list._rows.index(0, 0))
    assert row.height() >= mm(page, 20)


@WINDOWS
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut(
    qtbot: QtBot,
    page: ReviewPage,
    records: Records,
    size: tuple[int, int],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(language)
    page.retranslate()
    _window(qtbot, page, size, light=language == "de")
    page.set_product(product(records, ReviewRule.ALL))
    cut = watch_words(monkeypatch)
    page.grab()
    records.now = 500 * 3600.0
    come(page, records, 104_871)
    page.show_event(Inspected(seen(104_872, Verdict.NG, 0.95, "missing_hole")))
    page.show_event(Inspected(seen(104_873, Verdict.OK, 0.02, "good")))
    qtbot.wait(1)
    for number in (104_871, 104_872, 104_873):
        page._pick(f"u{number}")
        page.choose_defect(4)
        page.grab()
    page.show_event(StateChanged(LineState.FAULT, GONE))
    page.accept()
    page.grab()
    assert cut == []
