"""The Teach page in every language and size: nothing is cut, a finger hits every key."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.domain.revision import RevisionState
from station.gui.fonts import load_fonts
from station.gui.pages.teach_release_words import read_share, share_word
from station.gui.pages.teach_room import LessonStep
from station.gui.pages.teach_words import step_word, time_left
from station.gui.texts import install
from tests.gui.teach_desk import Book, Desk, better, disputes, images, revision, worse
from tests.gui.words import watch_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A few images, so that no row is half in sight, and a candidate that runs in shadow."""
    book = Book(tmp_path, images(tmp_path, 12))
    released, retired = RevisionState.RELEASED, RevisionState.RETIRED
    shadow = revision(8, RevisionState.SHADOW)
    book.models = [shadow, revision(7, released, 6), revision(6, retired)]
    book.proofs = {7: worse(), 8: better()}
    book.shadow = disputes(30)
    return book


SIZES = [(1366, 768), (1920, 1080), (1024, 720)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_every_key_is_large_enough_and_inside_the_window(
    qtbot: QtBot, book: Book, size: tuple[int, int], language: str
) -> None:
    load_fonts()
    install(language)
    desk = Desk(qtbot, book, size)
    try:
        keys = [
            key
            for key in desk.page.findChildren(QWidget)
            if key.isVisible() and key.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert len(keys) > 15
        for key in keys:
            where = key.mapTo(desk.window, QPoint(0, 0))
            assert key.height() >= 44, key
            assert key.width() >= 44, key
            assert where.x() >= 0, key
            assert where.y() >= 0, key
            assert where.x() + key.width() <= desk.window.width(), (key, where)
            assert where.y() + key.height() <= desk.window.height(), (key, where)
    finally:
        desk.close()
        install("en")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=str)
@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_no_word_is_cut_with_a_candidate_in_shadow(
    qtbot: QtBot, book: Book, size: tuple[int, int], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_fonts()
    install(language)
    cut = watch_words(monkeypatch)
    desk = Desk(qtbot, book, size)
    try:
        lesson = desk.page.lesson
        desk.until(lambda: lesson.watch_key.isVisible())
        desk.settled()
        cut.clear()
        desk.window.grab()
        assert cut == []
        wanted = lesson.table.sizeHint().height()
        assert lesson.table.height() >= wanted, (lesson.table.height(), wanted)
        for label in (lesson.proven, lesson.note):
            if label.isVisible():
                assert label.heightForWidth(label.width()) <= label.height() + 1
    finally:
        desk.close()
        install("en")


def test_steps_of_a_lesson_are_said_in_words() -> None:
    said = [
        step_word(LessonStep(step, 0.5)) for step in ("learn", "write", "2/5 linear.embed", "x")
    ]
    assert said == ["Learning", "Writing the model", "Comparing ways to learn: 2 of 5", "Working"]
    assert [time_left(seconds) for seconds in (None, 0.2, 89, 90, 3600)] == [
        *("", "about 1 s left", "about 89 s left", "about 2 min left", "about 60 min left")
    ]


def test_a_share_is_read_as_it_is_written() -> None:
    assert read_share("0.5") == 0.005
    assert read_share(" 0,5 % ") == 0.005
    assert [read_share(words) for words in ("", "x", "-1", "100", "inf", "nan")] == [None] * 6
    assert [share_word(one) for one in (0.0, 0.001, 0.005, 0.0125)] == [
        f"{words}\u2009%" for words in ("0", "0.1", "0.5", "1.25")
    ]
