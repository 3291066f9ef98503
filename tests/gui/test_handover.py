"""Handing over a shift: what is on the screen is signed, kept, printed, and found again."""

import csv
import io
import time as clock
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from station.domain.inspection import Decision, DecisionKind, Verdict
from station.gui.fonts import load_fonts
from station.gui.pages.line_handover import HandoverDialog
from station.gui.pages.line_handover_former import FormerDialog
from station.gui.pages.line_handover_pages import PagesDialog
from station.gui.tasks import Tasks
from station.gui.texts import LANGUAGES, install
from station.gui.theme import DARK, scaled
from station.gui.widgets.touch_key import TouchKey
from station.insight.handover import Golden, Handover, handovers, write_handover
from station.insight.shift import by_clock
from station.overview.report import REPORTS, Reports
from station.settings import Settings
from station.store.notes import NoteKind
from station.store.store import Store
from tests.gui.history_desk import MINUTE, numbered, put
from tests.gui.sheets import words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

PARTS = 30


class Desk:
    """The dialog over a window, over a store whose shift began an hour ago, and hands for it."""

    def __init__(self, qtbot: QtBot, folder: Path, ago: timedelta) -> None:
        self.qtbot, self.folder = qtbot, folder
        began = (datetime.now().astimezone() - ago).replace(second=0, microsecond=0)
        other = (began + timedelta(hours=12)).time()
        self.settings = Settings(station="LINE-3", shifts=(began.time(), other))
        self.began = int(began.timestamp() * 1000)
        self.store = Store(folder, "LINE-3")
        self.store.open()
        self.tasks = Tasks(lambda fault: pytest.fail(str(fault)))
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        qtbot.waitExposed(self.window)

    def make(self, since_ms: int, count: int = PARTS) -> None:
        """Parts from then on, one a second; every fifth is bad, every seventh unsure."""
        first = self.store.reader.last_number() + 1
        for number in range(first, first + count):
            at_ms = since_ms + 1000 * (number - first + 1)
            part = numbered(number, at_ms=at_ms)
            put(self.store, part, part.verdict is Verdict.REVIEW)

    def open(self) -> HandoverDialog:
        room = Reports(self.folder, self.store.reader, self.settings).room()
        theme = scaled(DARK, self.window.size())
        dialog = HandoverDialog(room, self.tasks, theme, self.window)
        dialog.open()
        self.until(lambda: dialog.report is not None and self.tasks_done())
        return dialog

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=10_000)

    def tasks_done(self) -> bool:
        """Whether all is answered that was asked so far."""
        return not self.tasks._waiting

    def click(self, key: TouchKey) -> None:
        self.qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    def fill(self, dialog: HandoverDialog, giver: str = "王伟", taker: str = "Anna") -> None:
        dialog.giver.setEditText(giver)
        dialog.taker.setEditText(taker)
        self.click(dialog.golden_keys[0])

    def sign(self, dialog: HandoverDialog) -> None:
        with self.qtbot.waitSignal(dialog.signed, timeout=10_000):
            self.click(dialog.sign_key)

    def kept(self) -> list[Handover]:
        return handovers(self.store.reader)

    def close(self) -> None:
        self.tasks.close()
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.close()
        self.store.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    load_fonts()
    install("en")
    made = Desk(qtbot, tmp_path / "data", timedelta(hours=3))
    yield made
    made.close()
    install("en")


def shown(dialog: HandoverDialog) -> dict[str, str]:
    return {row.name: row.value for row in dialog.rows}


def test_what_is_on_the_screen_is_what_is_signed_and_printed(desk: Desk) -> None:
    desk.make(desk.began)
    dialog = desk.open()
    facts = shown(dialog)
    assert facts["Parts"] == "30"
    assert facts["First-pass yield"].startswith("66.67"), "20 of 30"
    assert facts["Waiting for review"] == "4"
    assert not dialog.sign_key.isEnabled()
    assert "Two names" in dialog.hint.text()
    dialog.words.setPlainText("watch spindle 2\n冷却液")
    dialog.giver.setEditText("王伟")
    dialog.taker.setEditText("Anna")
    assert "known parts" in dialog.hint.text()
    desk.click(dialog.golden_keys[0])
    assert dialog.sign_key.isEnabled()
    report = dialog.report
    assert report is not None
    desk.sign(dialog)
    (kept,) = desk.kept()
    assert (kept.giver, kept.taker, kept.golden) == ("王伟", "Anna", Golden.PASSED)
    assert kept.words == "watch spindle 2\n冷却液"
    assert kept.figures == report.stands
    assert kept.since_ms == desk.began
    pdf, table = sorted((desk.folder / REPORTS).iterdir(), key=lambda one: one.suffix)[::-1]
    assert pdf.name.startswith(f"{by_clock(desk.began):%Y-%m-%d_%H-%M}_signed")
    text = " ".join(words(pdf.read_bytes()))
    for word in ("Handed over by 王伟 to Anna", "watch spindle 2", "冷却液", "LINE-3"):
        assert word in text
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert [one["value"] for one in rows if one["name"] == "taker"] == ["Anna"]
    assert str(pdf) in dialog.hint.text()
    assert "王伟 → Anna" in dialog.state.text()
    assert not dialog.sign_key.isEnabled(), "a second touch does not sign again"


def test_one_name_for_both_is_asked_about_once_more(desk: Desk) -> None:
    desk.make(desk.began, 5)
    dialog = desk.open()
    desk.fill(dialog, "Anna", " anna ")
    desk.click(dialog.sign_key)
    assert not desk.kept()
    assert "touch the key once more" in dialog.hint.text()
    dialog.taker.setEditText("anna!")
    dialog.taker.setEditText("anna")
    desk.click(dialog.sign_key)
    assert not desk.kept(), "another name takes the first touch back"
    desk.sign(dialog)
    (kept,) = desk.kept()
    assert (kept.giver, kept.taker) == ("Anna", "anna")


def test_names_to_choose_from_are_those_who_worked_here(desk: Desk) -> None:
    desk.make(desk.began, 12)
    dialog = desk.open()
    for field in (dialog.giver, dialog.taker):
        assert [field.itemText(place) for place in range(field.count())] == ["07", "12"]
        assert field.currentText() == ""


def test_just_after_a_shift_began_it_is_the_last_one_that_is_handed_over(
    qtbot: QtBot, tmp_path: Path
) -> None:
    load_fonts()
    desk = Desk(qtbot, tmp_path / "data", timedelta(minutes=10))
    try:
        desk.make(desk.began - 60 * MINUTE, 10)
        desk.make(desk.began, 3)
        dialog = desk.open()
        desk.until(lambda: shown(dialog).get("Parts") == "10")
        assert dialog.shift_keys[1].isChecked()
        desk.fill(dialog)
        desk.sign(dialog)
        assert desk.kept()[0].until_ms == desk.began
        desk.click(dialog.shift_keys[0])
        desk.until(lambda: shown(dialog).get("Parts") == "3")
        assert "not signed yet" in dialog.state.text()
        dialog.reject()
        again = desk.open()
        desk.until(lambda: 1 in again._reports)
        assert shown(again)["Parts"] == "3", "that one was signed: the next is this one"
    finally:
        desk.close()


def test_parts_that_come_meanwhile_are_shown_and_what_is_shown_is_signed(desk: Desk) -> None:
    desk.make(desk.began, 10)
    dialog = desk.open()
    dialog.words.setPlainText("typed")
    desk.make(desk.began + 60_000, 5)
    assert shown(dialog)["Parts"] == "10"
    dialog.look()
    desk.until(lambda: shown(dialog)["Parts"] == "15")
    assert dialog.words.toPlainText() == "typed"
    desk.fill(dialog)
    desk.make(desk.began + 120_000, 5)
    desk.sign(dialog)
    assert desk.kept()[0].figures.parts == 15, "nobody signs what he has not seen"


def test_a_disk_that_takes_no_file_leaves_it_signed_and_says_so(desk: Desk) -> None:
    desk.make(desk.began, 5)
    desk.folder.joinpath(REPORTS).write_bytes(b"no folder")
    dialog = desk.open()
    desk.fill(dialog)
    desk.sign(dialog)
    assert len(desk.kept()) == 1
    assert "could not be written" in dialog.hint.text()
    assert desk.folder.joinpath(REPORTS).read_bytes() == b"no folder"


def test_records_that_cannot_be_written_sign_nothing(desk: Desk) -> None:
    desk.make(desk.began, 5)
    dialog = desk.open()
    desk.fill(dialog)
    dialog._room = replace(dialog._room, sign=Reports(desk.folder / "none", None, None).sign)  # type: ignore[arg-type]
    desk.click(dialog.sign_key)
    desk.until(lambda: dialog.notice.isVisible())
    assert not desk.kept()
    assert dialog.sign_key.isEnabled(), "it can be tried again"


def test_former_ones_are_listed_opened_and_exported_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.make(desk.began, 10)
    dialog = desk.open()
    desk.fill(dialog)
    desk.sign(dialog)
    desk.store.decide(Decision("u7", DecisionKind.REJECT, int(clock.time() * 1000), "07"))
    desk.click(dialog.former_key)
    former = dialog.findChild(FormerDialog)
    assert former is not None
    desk.until(lambda: former.list.count() == 1)
    assert "王伟 → Anna" in former.list.item(0).text()
    former.list.itemClicked.emit(former.list.item(0))
    former.list.itemActivated.emit(former.list.item(0))  # as a desktop does on one click
    desk.until(lambda: bool(former.findChildren(PagesDialog)))
    (pages,) = former.findChildren(PagesDialog)
    desk.until(lambda: bool(pages.pages))
    assert all(not sheet.pixmap().isNull() for sheet in pages.pages)
    assert pages.pages[0].pixmap().width() <= pages.width()
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(target)))
    target = tmp_path / "again.pdf"
    pages._ask_target("pdf")
    desk.until(target.exists)
    text = " ".join(words(target.read_bytes()))
    assert "these figures have changed" in text
    assert "Handed over by 王伟 to Anna" in text
    target = tmp_path / "again.csv"
    pages._ask_target("csv")
    desk.until(target.exists)
    assert target.read_bytes().startswith("\ufeffsection,name".encode())
    target = tmp_path / "again.csv" / "below.pdf"
    desk.until(lambda: not pages.notice.isVisible() or "again.csv" in pages.notice.words)
    pages.write(target)
    desk.until(lambda: "cannot be written" in pages.notice.words)


def test_a_dialog_that_closes_while_it_reads_goes_quietly(desk: Desk) -> None:
    desk.make(desk.began, 5)
    room = Reports(desk.folder, desk.store.reader, desk.settings).room()
    slow = replace(room, shift=lambda back: (clock.sleep(0.3), room.shift(back))[1])
    dialog = HandoverDialog(slow, desk.tasks, DARK, desk.window)
    dialog.open()
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.reject()
    desk.until(lambda: bool(gone))


def test_notes_have_an_end(desk: Desk) -> None:
    dialog = desk.open()
    dialog.words.setPlainText("x" * 5000)
    assert len(dialog.words.toPlainText()) == 2000


def test_a_shift_signed_twice_tells_both(desk: Desk) -> None:
    desk.make(desk.began, 5)
    reports = Reports(desk.folder, desk.store.reader, desk.settings)
    report = reports.shift()
    for giver in ("first", "second"):
        word = Handover(report.since_ms, report.until_ms, giver, "taker", f"by {giver}")
        write_handover(desk.store, replace(word, figures=report.stands))
    again = reports.shift()
    assert [one.giver for one in again.signed] == ["first", "second"]
    target = desk.folder / "twice.pdf"
    reports.room().write(again, target)
    text = " ".join(words(target.read_bytes()))
    assert "Handed over by second to taker" in text
    assert "first to taker. by first" in text
    assert len(desk.store.reader.notes(NoteKind.HANDOVER)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1024, 720), (1920, 1080)])
def test_nothing_is_cut_off(desk: Desk, language: str, size: tuple[int, int]) -> None:
    install(language)
    desk.make(desk.began, 12)
    desk.window.resize(*size)
    dialog = desk.open()
    desk.fill(dialog)
    desk.qtbot.wait(50)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    keys = dialog.findChildren(TouchKey)
    assert len(keys) == 9
    for key in keys:
        assert dialog.rect().contains(key.geometry()), key.text()
        assert key.sizeHint().width() <= key.width(), key.text()
    for widget in (dialog.words, dialog.giver, dialog.taker, dialog.hint, dialog.facts):
        assert dialog.rect().contains(widget.geometry())
    assert dialog.words.height() >= 60
