"""Teach a new product: twenty good parts in front of the camera, and it inspects."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from station.domain.revision import RevisionState
from station.errors import DatasetError, ErrorCode
from station.gui.fonts import load_fonts
from station.gui.pages.teach_new import GOOD, WANTED, NewProduct
from station.gui.pages.teach_new_view import Step
from station.gui.texts import fault_text, install
from station.gui.widgets.touch_key import TouchKey
from station.store.samples import SampleRow
from tests.gui.teach_desk import Book, Desk, images, revision
from tests.gui.words import watch_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


class First:
    """The dialog over a Teach page, and a hand."""

    def __init__(self, qtbot: QtBot, book: Book, size: tuple[int, int] = (1366, 768)) -> None:
        self.qtbot, self.book = qtbot, book
        self.desk = Desk(qtbot, book, size)
        page = self.desk.page
        self.finished: list[str] = []
        self.desk.click(page.new_key)
        self.dialog = self.desk.window.findChildren(NewProduct)[0]
        self.dialog.finished_as.connect(self.finished.append)

    def named(self, name: str) -> None:
        self.qtbot.keyClicks(self.dialog.name, name)
        self.qtbot.keyClick(self.dialog, Qt.Key.Key_Return)

    def show_parts(self, count: int) -> None:
        label, before = self.dialog.label, self.dialog.counts[self.dialog.label]
        for number in range(before + 1, before + count + 1):
            self.qtbot.keyClick(self.dialog, Qt.Key.Key_Space)
            self.desk.until(lambda n=number: self.dialog.counts[label] == n)

    def step(self) -> Step:
        return self.dialog.step

    def close(self) -> None:
        if isValid(self.dialog) and self.dialog.isVisible():
            self.dialog.reject()
        self.desk.close()


@pytest.fixture
def first(qtbot: QtBot, tmp_path: Path) -> Iterator[First]:
    load_fonts()
    install("en")
    opened = First(qtbot, Book(tmp_path, {}))
    yield opened
    opened.close()
    install("en")


def test_from_its_name_to_its_first_verdict(first: First) -> None:
    dialog, desk = first.dialog, first.desk
    assert not dialog.next_key.isEnabled()
    first.named("Gear 7")
    desk.until(lambda: first.step() is Step.GOOD)
    assert first.book.classes["good"] is True
    assert first.book.classes["defect"] is False
    desk.until(lambda: dialog.view.has_picture)
    first.show_parts(7)
    assert dialog.progress.sentence == "7 of 20 good parts"
    assert dialog.progress.share == 7 / WANTED
    assert not dialog.next_key.isEnabled()
    first.show_parts(13)
    assert dialog.next_key.isEnabled()
    first.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert first.step() is Step.BAD
    assert dialog.next_key.text() == "I have none: learn now"
    first.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert first.step() is Step.LEARN
    desk.until(lambda: dialog.progress.left == "about 9 s left")
    first.book.may.set()
    desk.until(lambda: first.step() is Step.DONE)
    assert ("inspect", "Gear 7", 1) in first.book.told
    assert first.finished == ["Gear 7"]
    assert desk.page._product == "Gear 7"
    assert dialog.title.text() == "Gear 7 is being inspected"


def test_bad_parts_are_optional_but_one_alone_is_not_enough(first: First) -> None:
    first.named("Gear 7")
    first.desk.until(lambda: first.step() is Step.GOOD)
    first.show_parts(WANTED)
    first.dialog.next()
    first.show_parts(1)
    assert not first.dialog.next_key.isEnabled()
    first.show_parts(2)
    assert first.dialog.next_key.isEnabled()
    assert first.dialog.next_key.text() == "Learn now"
    assert [one[2] for one in first.book.told if one[0] == "capture"].count("defect") == 3
    first.qtbot.mouseClick(first.dialog.back_key, Qt.MouseButton.LeftButton)
    assert first.step() is Step.GOOD
    assert first.dialog.progress.sentence == "20 of 20 good parts"


def test_a_name_that_is_taken_is_not_taken_twice(first: First) -> None:
    first.named("Known")
    first.desk.until(lambda: first.dialog.notice.isVisible())
    assert "Known" in first.dialog.notice.words
    assert first.step() is Step.NAME
    assert "defect" not in first.book.classes


def test_the_same_picture_twice_is_said_and_not_counted(first: First) -> None:
    first.named("Gear 7")
    first.desk.until(lambda: first.step() is Step.GOOD)
    first.show_parts(2)
    room = first.dialog._room
    still = replace(room.first, capture=lambda _product, _label: 2)
    first.dialog._room = replace(room, first=still)
    first.dialog.take()
    first.desk.until(lambda: first.dialog.notice.isVisible())
    assert "already" in first.dialog.notice.words
    assert first.dialog.counts[GOOD] == 2


def test_a_folder_of_good_parts_does_as_well(first: First, tmp_path: Path) -> None:
    first.named("Gear 7")
    first.desk.until(lambda: first.step() is Step.GOOD)
    rows = images(tmp_path, 30)
    first.book.rows = {abs(key): _good(row) for key, row in rows.items()}
    first.book.may.set()
    first.dialog._files.bring("Gear 7", tmp_path / "in", GOOD)
    first.desk.until(lambda: first.dialog.counts[GOOD] == 30)
    assert ("bring", "Gear 7", tmp_path / "in", GOOD) in first.book.told
    assert first.dialog.next_key.isEnabled()


def _good(row: SampleRow) -> SampleRow:
    return replace(row, key=abs(row.key), label=GOOD)


def test_learning_can_be_stopped_and_begun_again(first: First) -> None:
    first.named("Gear 7")
    first.desk.until(lambda: first.step() is Step.GOOD)
    first.show_parts(WANTED)
    first.dialog.next()
    first.dialog.next()
    first.desk.until(lambda: first.dialog.progress.share == 0.72)
    first.dialog.next()
    first.desk.until(lambda: first.step() is Step.BAD)
    assert not [one for one in first.book.told if one[0] == "inspect"]
    first.book.may.set()
    first.dialog.next()
    first.desk.until(lambda: first.step() is Step.DONE)


def test_closing_while_it_learns_leaves_nothing_half_made(first: First) -> None:
    first.named("Gear 7")
    first.desk.until(lambda: first.step() is Step.GOOD)
    first.show_parts(WANTED)
    first.dialog.next()
    first.dialog.next()
    job = first.dialog._job
    first.desk.until(lambda: job.told is not None)
    first.dialog.reject()
    first.desk.until(lambda: not isValid(first.dialog))
    assert first.book.models == []
    assert not [one for one in first.book.told if one[0] == "inspect"]


def test_what_cannot_be_learnt_from_is_said_in_words(first: First) -> None:
    error = DatasetError(ErrorCode.DATASET_ONE_CLASS, path="/data", found="good")

    def fail(*_: object) -> int:
        raise error

    room = first.dialog._room
    first.dialog._room = replace(room, lessons=replace(room.lessons, teach=fail))
    first.named("Gear 7")
    first.desk.until(lambda: first.step() is Step.GOOD)
    first.show_parts(WANTED)
    first.dialog.next()
    first.dialog.next()
    first.desk.until(lambda: first.dialog.notice.isVisible())
    assert first.dialog.notice.words == fault_text(error.fault)
    assert first.step() is Step.BAD


def test_another_product_goes_on_being_inspected_meanwhile(first: First) -> None:
    first.book.models = [revision(7, RevisionState.RELEASED)]
    first.named("Gear 7")
    first.desk.until(lambda: first.step() is Step.GOOD)
    assert first.desk.page._product == "flange"
    assert not [one for one in first.book.told if one[0] in ("release", "inspect")]


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 720)], ids=str)
@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_no_word_is_cut_and_every_key_fits_a_finger(
    qtbot: QtBot,
    tmp_path: Path,
    size: tuple[int, int],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_fonts()
    install(language)
    cut = watch_words(monkeypatch)
    opened = First(qtbot, Book(tmp_path, {}), size)
    dialog = opened.dialog
    try:
        dialog.product = "Gear 7"
        for step in Step:
            dialog._go(step)
            qtbot.wait(30)
            cut.clear()
            dialog.grab()
            assert cut == [], step
            for key in dialog.findChildren(TouchKey):
                if key.isVisible():
                    assert min(key.width(), key.height()) >= 44, (step, key)
                    assert _inside(dialog, key), (step, key.geometry())
            for label in (dialog.title, dialog.words):
                assert label.heightForWidth(label.width()) <= label.height() + 1, step
    finally:
        opened.close()
        install("en")


def _inside(window: QWidget, widget: QWidget) -> bool:
    at = widget.mapTo(window, QPoint(0, 0))
    right, bottom = at.x() + widget.width(), at.y() + widget.height()
    return at.x() >= 0 and at.y() >= 0 and right <= window.width() and bottom <= window.height()
