"""The Teach page as a person works it: 20,000 images, by mouse, finger and keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from station.errors import ErrorCode, Fault, StoreError
from station.gui.pages.teach_look import LookDialog
from station.gui.pages.teach_room import Show, Since
from station.gui.pages.teach_words import NEW_CLASS
from station.gui.texts import fault_text, install
from station.gui.widgets.class_dialog import ClassDialog
from station.gui.widgets.touch_key import TouchKey
from station.pipeline.events import LineState, Refused, StateChanged, Warned
from tests.gui.desks import desks
from tests.gui.teach_desk import Book, Desk, images, over

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

COUNT = 20_000
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path, images(tmp_path, COUNT))


@pytest.fixture
def open_desk(qtbot: QtBot) -> Iterator[Callable[[Book], Desk]]:
    with desks(partial(Desk, qtbot)) as opens:
        yield opens


@pytest.fixture
def desk(open_desk: Callable[[Book], Desk], book: Book) -> Desk:
    return open_desk(book)


def tile(desk: Desk, name: str) -> object:
    return desk.page.classes.key(name)


def shown(desk: Desk) -> list[int]:
    return desk.page.grid.rows


# ── what is shown ────────────────────────────────────────────────────────────────────────────


def test_all_images_stand_in_the_wall_and_only_those_in_sight_are_read(desk: Desk) -> None:
    page, book = desk.page, desk.book
    assert shown(desk) == list(book.rows)
    assert page.caption.text() == "20\u2009000 IMAGES · NEWEST FIRST"
    desk.until(lambda: page.wall.row(shown(desk)[0]) is not None)
    assert len(page.wall._rows) < 400
    first = page.wall.row(shown(desk)[0])
    assert first is not None
    desk.until(lambda: page.wall.thumbs.get(first.image) is not None)
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum())
    desk.until(lambda: page.wall.row(shown(desk)[-1]) is not None)
    assert len(page.wall._rows) < 800
    assert page.wall.thumbs.used <= 64 * 2**20


def test_classes_and_filters_show_their_counts_and_their_images(desk: Desk) -> None:
    page, rows = desk.page, desk.book.rows.values()
    counts = {one.name: one.count for one in page.classes.tiles}
    assert counts["good"] == f"{sum(row.label == 'good' for row in rows):,}".replace(",", "\u2009")
    desk.click(tile(desk, "scratch"))
    desk.settled()
    assert shown(desk) == [key for key, row in desk.book.rows.items() if row.label == "scratch"]
    assert [one.name for one in page.classes.tiles if one.chosen] == ["scratch"]
    for show, fits in (
        (Show.UNREVIEWED, lambda row: row.waits),
        (Show.OVERRULED, over),
        (Show.TEST, lambda row: row.test),
        (Show.MISLABELLED, lambda row: abs(row.key) in (3, 5)),
    ):
        desk.click(page.shows.key(show))
        desk.settled()
        assert shown(desk) == [key for key, row in desk.book.rows.items() if fits(row)], show
        assert [one.name for one in page.shows.tiles if one.chosen] == [show]
    assert not [one.name for one in page.classes.tiles if one.chosen]


def test_what_an_operator_overruled_is_framed_in_red(desk: Desk) -> None:
    desk.click(desk.page.shows.key(Show.OVERRULED))
    desk.settled()
    desk.until(lambda: desk.page.wall.row(shown(desk)[0]) is not None)
    item = desk.page.wall._item(shown(desk)[0])
    assert (item.left, item.alarm) == ("overruled", True)
    assert item.right.startswith(".")


def test_lot_and_time_are_asked_for(desk: Desk) -> None:
    desk.click(desk.page.lot_key)
    desk.answer("A-2")
    desk.settled()
    desk.click(desk.page.since_key)
    desk.answer("Last 30 days")
    desk.settled()
    asked = [one for one in desk.book.told if one[0] == "keys"][-1][2]
    assert (asked.lot, asked.since) == ("A-2", Since.MONTH)  # type: ignore[attr-defined]
    assert desk.page.lot_key.text() == "Lot: A-2"
    assert desk.page.lot_key.isChecked()
    desk.click(desk.page.lot_key)
    desk.answer("All lots")
    desk.settled()
    assert not desk.page.lot_key.isChecked()


def test_an_answer_that_comes_too_late_is_not_shown(desk: Desk) -> None:
    page = desk.page
    page.set_ask(page.ask.of_class("good"))
    page.set_ask(page.ask.of_class("dent"))
    desk.settled()
    assert shown(desk) == [key for key, row in desk.book.rows.items() if row.label == "dent"]


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_an_empty_wall_says_what_to_do(
    open_desk: Callable[[Book], Desk], tmp_path: Path, language: str
) -> None:
    install(language)
    desk = open_desk(Book(tmp_path, {}))
    said = set()
    for show in Show:
        desk.page.set_ask(desk.page.ask.of_kind(show))
        desk.settled()
        said.add(desk.page.grid._empty)
    desk.page.set_ask(desk.page.ask.of_class("stain"))
    desk.settled()
    said.add(desk.page.grid._empty)
    assert len(said) == len(Show) + 1
    assert all(len(words) > 5 for words in said)


# ── labels ───────────────────────────────────────────────────────────────────────────────────


def test_number_keys_label_what_is_chosen_and_the_next_one_is_up(desk: Desk) -> None:
    page = desk.page
    page.grid.setFocus()
    desk.tap(2)
    key = shown(desk)[2]
    desk.press(Qt.Key.Key_2)
    desk.until(lambda: desk.book.rows[abs(key)].label == "scratch")
    assert page.grid.chosen == [shown(desk)[3]]
    assert page.wall._item(shown(desk)[2]).left == "→ Scratch"
    desk.press(Qt.Key.Key_3)
    desk.until(lambda: desk.book.rows[abs(shown(desk)[3])].label == "dent")


def test_a_touch_on_a_class_labels_all_that_is_chosen(desk: Desk) -> None:
    page = desk.page
    desk.tap(1)
    desk.tap(4, SHIFT)
    assert "LABEL 4 AS" in page.classes_caption.text()
    assert [one.cap for one in page.classes.tiles][:4] == ["1", "2", "3", "4"]
    keys = page.grid.chosen
    desk.click(tile(desk, "stain"))
    desk.until(lambda: all(desk.book.rows[abs(key)].label == "stain" for key in keys))
    desk.settled()
    assert page.grid.chosen == []
    assert {one.name: one.count for one in page.classes.tiles}["stain"] == "4"


def test_a_record_that_is_labelled_becomes_a_sample_in_its_place(desk: Desk) -> None:
    page = desk.page
    desk.click(page.shows.key(Show.UNREVIEWED))
    desk.settled()
    first = shown(desk)[0]
    assert first < 0
    desk.tap(0)
    desk.press(Qt.Key.Key_1)
    desk.until(lambda: -first in desk.book.rows)
    desk.settled()
    assert shown(desk)[0] == -first
    row = page.wall.row(-first)
    assert row is not None
    assert row.label == "good"
    assert page.wall._item(-first).left == "→ Good"


def test_a_band_over_images_is_labelled_and_undone_by_key(desk: Desk) -> None:
    page = desk.page
    tiles = page.grid.places
    start = tiles.tile(0).center().toPoint()
    end = tiles.tile(tiles.columns + 1).center().toPoint()
    desk.band(start, end)
    keys = page.grid.chosen
    assert len(keys) == 4
    before = {abs(key): desk.book.rows[key].label for key in keys}
    desk.press(Qt.Key.Key_4)
    desk.until(lambda: all(desk.book.rows[abs(key)].label == "stain" for key in keys))
    desk.settled()
    page.grid.setFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.until(lambda: all(desk.book.rows[key].label == was for key, was in before.items()))
    desk.settled()
    assert not page.undo_key.isVisible()


def test_undo_right_after_a_label_waits_for_it(desk: Desk) -> None:
    desk.tap(0)
    key = shown(desk)[0]
    was = desk.book.rows[key].label
    desk.page.label("stain")
    desk.page.undo()
    desk.until(lambda: any(one[0] == "undo" for one in desk.book.told))
    desk.settled()
    assert desk.book.rows[abs(key)].label == was


def test_delete_sets_aside(desk: Desk) -> None:
    desk.tap(0)
    key = shown(desk)[0]
    desk.press(Qt.Key.Key_Delete)
    desk.until(lambda: desk.book.rows[abs(key)].label == "")
    desk.settled()
    assert Show.ASIDE in [one.name for one in desk.page.shows.tiles]


def test_a_label_that_cannot_be_written_is_taken_back_and_said(desk: Desk) -> None:
    desk.book.fails = StoreError(ErrorCode.STORE_DISK_FULL, path="/data")
    desk.tap(0)
    row = desk.page.wall.row(shown(desk)[0])
    assert row is not None
    desk.press(Qt.Key.Key_4)
    desk.until(lambda: desk.page.notice.isVisible())
    assert desk.page.notice.words == fault_text(desk.book.fails.fault)
    again = desk.page.wall.row(shown(desk)[0])
    assert again is not None
    assert again.label == row.label
    assert not desk.page.undo_key.isVisible()


def test_select_all_labels_twenty_thousand(desk: Desk) -> None:
    page = desk.page
    page.grid.setFocus()
    desk.press(Qt.Key.Key_A, CONTROL)
    assert len(page.grid.picks.chosen) == COUNT
    desk.press(Qt.Key.Key_1)
    desk.until(lambda: all(row.label == "good" for row in desk.book.rows.values()))


def test_a_new_class_has_a_name_of_its_own_and_is_good_or_bad(desk: Desk) -> None:
    desk.click(tile(desk, NEW_CLASS))
    dialog = desk.dialog()
    assert isinstance(dialog, ClassDialog)
    desk.until(lambda: bool(dialog.name.hasFocus()))
    assert not dialog.ok_key.isEnabled()
    desk.qtbot.keyClicks(dialog.name, "Scratch")
    assert not dialog.ok_key.isEnabled()
    dialog.name.clear()
    desk.qtbot.keyClicks(dialog.name, "  burr  inside ")
    desk.click(dialog.good_key)
    desk.qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    desk.until(lambda: desk.book.classes.get("burr inside") is True)
    desk.until(lambda: "burr inside" in [one.name for one in desk.page.classes.tiles])


# ── looking closely ──────────────────────────────────────────────────────────────────────────


def test_enter_shows_an_image_large_and_arrows_and_numbers_work_there(desk: Desk) -> None:
    page = desk.page
    page.grid.setFocus()
    desk.tap(5)
    desk.press(Qt.Key.Key_Return)
    dialog = desk.dialog()
    assert isinstance(dialog, LookDialog)
    desk.until(lambda: dialog.judged._still.has_picture)
    assert "6 of 20" in dialog.title.text()
    desk.qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Right)
    assert page.look.place == 6
    assert page.grid.chosen == [shown(desk)[6]]
    key = shown(desk)[6]
    desk.qtbot.keyClick(dialog, Qt.Key.Key_4)
    desk.until(lambda: desk.book.rows[abs(key)].label == "stain")
    desk.until(lambda: page.look.place == 7)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    desk.until(lambda: page.look.dialog is None)


# ── in and out ───────────────────────────────────────────────────────────────────────────────


def test_an_import_shows_how_far_it_is_and_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    page.files.bring("flange", tmp_path / "in")
    desk.until(lambda: "50" in page.import_key.text())
    desk.click(page.import_key)
    desk.until(lambda: not page.files.runs)
    assert not page.notice.isVisible()
    desk.book.may.set()
    page.files.bring("flange", tmp_path / "in")
    desk.until(lambda: page.notice.isVisible())
    assert "12 images were taken in." in page.notice.words
    assert ("bring", "flange", tmp_path / "in", "") in desk.book.told


def test_an_export_asks_for_its_form(desk: Desk, tmp_path: Path) -> None:
    desk.click(desk.page.export_key)
    assert "A folder for each class" in [key.text() for key in desk.dialog().findChildren(TouchKey)]
    desk.answer("Cancel")
    desk.page.files.give("flange", tmp_path / "out", "coco")
    desk.until(lambda: ("export", "flange", tmp_path / "out", "coco") in desk.book.told)
    desk.until(lambda: desk.page.notice.isVisible())


# ── the page around it ───────────────────────────────────────────────────────────────────────


def test_a_fault_of_the_line_is_said_and_goes(desk: Desk) -> None:
    fault = Fault(ErrorCode.CAMERA_LOST, (("source", "cam 1"),))
    desk.window.show_event(StateChanged(LineState.FAULT, fault))
    assert desk.page.notice.words == fault_text(fault)
    desk.window.show_event(StateChanged(LineState.READY, None))
    assert not desk.page.notice.isVisible()
    refused = Fault(ErrorCode.LINE_NOT_READY, (("state", "stopped"),))
    desk.window.show_event(Refused(refused))
    assert desk.page.notice.words == fault_text(refused)


def test_out_of_sight_nothing_is_read(
    qtbot: QtBot, open_desk: Callable[[Book], Desk], book: Book
) -> None:
    desk = open_desk(book)
    desk.page.closed()
    book.told.clear()
    book.reads = 0
    desk.page.show_product("gear", "Gear 7")
    desk.window.show_event(Warned(Fault(ErrorCode.CAMERA_LOST, (("source", "cam 1"),))))
    qtbot.wait(300)
    assert book.told == []
    assert book.reads == 0
    assert desk.page.grid.rows == []
    desk.page.opened()
    desk.until(lambda: len(desk.page.grid.rows) == COUNT)


def test_records_that_cannot_be_read_are_said(
    open_desk: Callable[[Book], Desk], book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(book)
    error = StoreError(ErrorCode.STORE_DISK_FULL, path="/data")

    def fail(product: str, ask: object) -> list[int]:
        raise error

    monkeypatch.setattr(desk.page.wall, "_samples", replace(desk.page.wall._samples, keys=fail))
    desk.page.refresh()
    desk.until(lambda: desk.page.notice.isVisible())
    assert desk.page.notice.words == fault_text(error.fault)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_space_and_enter_press_the_key_that_has_the_focus(desk: Desk, key: Qt.Key) -> None:
    desk.page.shows.key(Show.TEST).setFocus()
    desk.press(key)
    desk.settled()
    assert desk.page.ask.show is Show.TEST


def test_tab_reaches_every_key(desk: Desk) -> None:
    page = desk.page
    page.grid.setFocus()
    reached = set()
    for _ in range(60):
        desk.press(Qt.Key.Key_Tab)
        reached.add(desk.window.focusWidget())
    wanted = [page.import_key, page.export_key, page.new_key, page.lot_key, page.since_key]
    wanted += [page.lesson.teach_key, tile(desk, "good"), page.shows.key(Show.TEST)]
    assert [key for key in wanted if key not in reached] == []
    assert not isinstance(desk.window.focusWidget(), QLineEdit)
