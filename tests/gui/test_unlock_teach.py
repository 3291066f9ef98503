"""What the administrator's PIN guards on the Teach page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station import access
from station.access import Door, set_pin
from station.domain.revision import RevisionState
from station.gui.fonts import load_fonts
from station.gui.tasks import Tasks
from station.gui.texts import install
from station.gui.unlock import Guard
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.pin_dialog import PinDialog
from station.gui.widgets.touch_key import TouchKey
from tests.gui import teach_desk
from tests.gui.unlock_desk import PIN

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least cost that the PIN's file may have."""
    monkeypatch.setattr(access, "_COST", 2**14)


@pytest.fixture
def teach(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[teach_desk.Desk, Door]]:
    """As the design draws it: v7 judges, v6 did before; a lesson is done."""
    load_fonts()
    install("en")
    set_pin(tmp_path, PIN)
    door = Door(tmp_path)
    tasks = Tasks(lambda fault: pytest.fail(str(fault)))
    guard = Guard(door, tasks)
    book = teach_desk.Book(tmp_path, teach_desk.images(tmp_path, 60))
    released, retired = RevisionState.RELEASED, RevisionState.RETIRED
    book.models = [
        teach_desk.revision(8, RevisionState.CANDIDATE),
        teach_desk.revision(7, released, 6),
        teach_desk.revision(6, retired),
    ]
    book.proofs = {7: teach_desk.worse(), 8: teach_desk.better()}
    made = teach_desk.Desk(qtbot, book, room=replace(book.room(), ask_pin=guard.ask))
    guard.setParent(made.window)
    made.until(lambda: made.page.lesson.standing.candidate is not None)
    yield made, door
    made.close()
    tasks.close()


def enter(desk: teach_desk.Desk, pin: str) -> None:
    dialog = desk.dialog()
    assert isinstance(dialog, PinDialog)
    desk.qtbot.keyClicks(dialog.pad, pin)
    desk.qtbot.keyClick(dialog.pad, Qt.Key.Key_Return)


def test_a_release_and_the_way_back_want_the_pin_once(
    teach: tuple[teach_desk.Desk, Door],
) -> None:
    desk, _ = teach
    lesson = desk.page.lesson
    desk.click(lesson.use_key)
    desk.dialog().reject()
    QApplication.processEvents()
    assert not [one for one in desk.window.findChildren(ChoiceDialog) if one.isVisible()]
    desk.click(lesson.use_key)
    enter(desk, PIN)
    desk.until(lambda: isinstance(desk.dialog(), ChoiceDialog))
    desk.dialog().findChildren(TouchKey)[0].click()
    desk.until(lambda: any(one[0] == "release" for one in desk.book.told))
    desk.settled()
    desk.click(lesson.back_key)
    desk.until(lambda: isinstance(desk.dialog(), ChoiceDialog))  # it is open still
    desk.dialog().findChildren(TouchKey)[0].click()
    desk.until(lambda: any(one[0] == "back" for one in desk.book.told))


def test_labels_lessons_and_the_shadow_need_none(teach: tuple[teach_desk.Desk, Door]) -> None:
    desk, door = teach
    assert not door.is_open
    desk.tap(0)
    desk.press(Qt.Key.Key_1)
    desk.until(lambda: any(one[0] == "label" for one in desk.book.told))
    desk.click(desk.page.lesson.shadow_key)
    desk.until(lambda: ("shadow", 8) in desk.book.told)
    assert not [one for one in desk.window.findChildren(PinDialog) if one.isVisible()]


def test_a_new_product_wants_it_before_it_is_taught(teach: tuple[teach_desk.Desk, Door]) -> None:
    desk, door = teach
    desk.click(desk.page.new_key)
    enter(desk, PIN)
    desk.until(lambda: door.is_open and not isinstance(desk.dialog(), PinDialog))
    desk.dialog().reject()
