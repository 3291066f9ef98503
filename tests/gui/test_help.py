"""The Help page in a real window: what runs here, every licence, the manual, in three languages."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from station import __version__, about
from station.about import manual, titles
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault, SettingsError
from station.gui.chips import Disk
from station.gui.main_window import MainWindow
from station.gui.pages.help import HelpPage
from station.gui.pages.help_facts import HASH
from station.gui.pages.help_room import HelpRoom
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.texts import install, translate
from station.gui.window_calls import HELP, WindowCalls
from station.notices.shipped import Shipped
from station.pipeline.events import LineState, LineStatus
from tests.gui.desks import desks

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

STATUS = LineStatus(
    LineState.READY, None, None, "cam", 30.0, "flange v7", "cpu", True, 0, 0, 0, 0, 0, 0, 0
)
PAGE_NAMES = ("Inspect", "Review", "History", "Teach", "Line", "Setup", "Help")
RECIPE = Recipe("flange", "flange.onnx", model_sha256="ab12" * 16, version=3)
Read = Callable[[], tuple[dict[str, str], Shipped]]


class Desk:
    """The window, and a hand."""

    def __init__(self, qtbot: QtBot, data: Path, reading: Read, size: tuple[int, int]) -> None:
        self._qtbot = qtbot
        self.tasks = Tasks(lambda fault: pytest.fail(str(fault)))
        room = HelpRoom(lambda: STATUS, reading, titles, manual, "directml", data, self.tasks)
        self.page = HelpPage(room)
        calls = WindowCalls(
            lambda: STATUS, lambda: Disk(10**9), lambda: "07", lambda: 0, lambda _: None
        )
        pages = (*((lambda: "Other", QWidget()) for _ in range(HELP)), (lambda: "Help", self.page))
        self.window = MainWindow(pages, calls, "dark")
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.until(self.window.isActiveWindow)
        self.window.set_product(ProductView(RECIPE, "flange", "", ("dent",), None))

    def until(self, holds: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=15000)

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        middle = QPoint(widget.width() // 2, widget.height() // 2)
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self._qtbot.keyClick(self.window, key, modifier)

    def write(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        self._qtbot.keyClicks(focus, words)

    def open(self) -> None:
        """By mouse, as a person would, until all was read."""
        self.click(self.window.bar.tabs[HELP])
        self.until(self.page.facts.copy_key.isEnabled)

    def shown(self) -> list[str]:
        """The entries of the licences that are in sight."""
        entries = self.page.works.reader.list
        rows = (entries.item(row) for row in range(entries.count()))
        return [row.text().split("\n")[0] for row in rows if not row.isHidden()]

    def close(self) -> None:
        self.window.close()
        self.tasks.close()


Open = Callable[..., Desk]


@cache
def read() -> tuple[dict[str, str], Shipped]:
    """What is installed here, read once for all tests."""
    return about.read()


@pytest.fixture
def open_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    def make(reading: Read = read, size: tuple[int, int] = (1366, 768)) -> Desk:
        return Desk(qtbot, tmp_path, reading, size)

    with desks(make) as opens:
        yield opens


def test_a_touch_at_the_clock_shows_what_runs_here(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    desk.open()
    facts = {name: label.text() for name, label in desk.page.facts.values.items()}
    assert facts["version"] == __version__
    assert facts["model"] == "flange v7"
    assert facts["model_sha256"] == RECIPE.model_sha256[:HASH]
    assert facts["recipe"] == "flange v3"
    assert (facts["provider_asked"], facts["provider"]) == ("directml", "cpu")
    assert facts["data_folder"] == str(tmp_path)
    for name in ("python", "qt", "onnxruntime", "opencv"):
        assert facts[name][0].isdigit(), name


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_keys_open_it_too(open_desk: Open, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    desk = open_desk()
    desk.press(key, modifier)
    assert desk.window.page is desk.page
    assert desk.window.bar.tabs[HELP].isChecked()


def test_all_of_it_is_copied_for_support(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    desk.open()
    desk.click(desk.page.facts.copy_key)
    copied = QApplication.clipboard().text()
    for words in (__version__, RECIPE.model_sha256, str(tmp_path), "directml", "numpy ", "MIT"):
        assert words in copied
    assert desk.page.notice.words


def test_a_licence_is_found_and_read(open_desk: Open) -> None:
    desk = open_desk()
    desk.open()
    desk.click(desk.page.keys[1])
    everything = desk.shown()
    assert {"CPython", "Inter", "numpy"} <= {row.split(" ")[0] for row in everything}
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.write("numpy bsd")
    assert [row.split(" ")[0] for row in desk.shown()] == ["numpy"]
    desk._qtbot.keyClick(desk.page.works.reader.search, Qt.Key.Key_Return)
    text = desk.page.works.reader.text
    desk.until(lambda: "NumPy Developers" in text.toPlainText())
    assert "Redistribution and use in source and binary forms" in text.toPlainText()
    desk.page.works.reader.search.clear()
    assert desk.shown() == everything


def test_the_products_own_licence_is_a_touch_away(open_desk: Open) -> None:
    desk = open_desk()
    desk.open()
    desk.click(desk.page.facts.licence_key)
    text = desk.page.works.reader.text
    desk.until(lambda: "Apache License" in text.toPlainText())


def test_the_bill_of_materials_is_saved_where_one_likes(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    desk.open()
    target = tmp_path / "料 Liste" / "station.cdx.json"
    target.parent.mkdir()
    desk.click(desk.page.facts.save_key)
    dialog = desk.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(target))
    dialog.accept()
    desk.until(target.exists)
    bill = json.loads(target.read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    assert "numpy" in {one["name"] for one in bill["components"]}
    desk.until(lambda: str(target) in desk.page.notice.words)


def test_a_bill_that_cannot_be_saved_is_told(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    desk.open()
    (tmp_path / "file").write_text("no folder")
    desk.page.save(tmp_path / "file" / "station.cdx.json")
    desk.until(lambda: desk.page.notice.words)
    assert str(tmp_path / "file") in desk.page.notice.words


def test_a_damaged_installation_is_told_and_read_again(open_desk: Open) -> None:
    fails = [True]

    def reading() -> tuple[dict[str, str], Shipped]:
        if fails.pop():
            raise SettingsError(ErrorCode.INSTALLATION_BROKEN, part="station.cdx.json", reason="x")
        return read()

    desk = open_desk(reading)
    desk.click(desk.window.bar.tabs[HELP])
    desk.until(lambda: "station.cdx.json" in desk.page.notice.words)
    assert not desk.page.facts.copy_key.isEnabled()
    assert desk.page.facts.values["model"].text() == "flange v7"
    fails.append(False)
    desk.window.show_page(0)
    desk.open()


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_the_manual_is_read_in_the_language_that_is_spoken(open_desk: Open, language: str) -> None:
    install(language)
    desk = open_desk()
    desk.open()
    desk.click(desk.page.keys[2])
    reader = desk.page.manual.reader
    desk.until(lambda: reader.list.count() > 0)
    for row, name in enumerate(titles(language)):
        document = QTextDocument()
        document.setMarkdown(manual(name, language))
        reader.list.setCurrentRow(row)
        wanted = lines(document.toPlainText())
        desk.until(lambda wanted=wanted: lines(reader.text.toPlainText()) == wanted)


def lines(text: str) -> list[str]:
    """Those with words."""
    return [line for line in text.split("\n") if line.strip()]


def test_the_language_changes_while_the_manual_is_read(open_desk: Open) -> None:
    desk = open_desk()
    desk.open()
    desk.click(desk.page.keys[2])
    reader = desk.page.manual.reader
    desk.until(lambda: reader.list.count() > 0)
    row = list(titles("en")).index("faults")
    reader.list.setCurrentRow(row)
    desk.until(lambda: "When something goes wrong" in reader.text.toPlainText())
    install("de")
    title = manual("faults", "de").splitlines()[0].lstrip("# ")
    desk.until(lambda: title in reader.text.toPlainText())
    assert reader.list.currentRow() == row


def test_every_page_of_the_manual_has_its_place() -> None:
    folder = Path(__file__).resolve().parents[2] / "resources" / "manual"
    for language in ("en", "de", "zh_CN"):
        found = titles(language)
        assert set(found) == {path.name.split(".")[0] for path in folder.glob("*.en.md")}
        assert all(found.values())


@pytest.mark.parametrize(
    ("language", "size"),
    [
        *(("en", size) for size in ((1024, 720), (1366, 768), (1920, 1080))),
        *(("de", (1024, 720)), ("zh_CN", (1024, 720))),
    ],
)
def test_nothing_is_cut_off(open_desk: Open, language: str, size: tuple[int, int]) -> None:
    install(language)
    desk = open_desk(size=size)
    desk.open()
    desk.until(lambda: not cut_off(desk))


def cut_off(desk: Desk) -> list[str]:
    """Words that are not seen in full."""
    facts = desk.page.facts
    return [
        label.text()
        for label in (*facts.values.values(), facts.under, facts.bill)
        if label.visibleRegion().boundingRect().size() != label.size()
        or label.height() < label.heightForWidth(label.width())
    ]


def test_the_clock_goes_on_in_its_tab(open_desk: Open) -> None:
    desk = open_desk()
    clock = desk.window.bar.clock
    assert clock is desk.window.bar.tabs[HELP]
    assert clock.accessibleName() == "Help"
    assert clock.width() >= 76


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_the_bar_has_room_for_it_in_the_smallest_window(open_desk: Open, language: str) -> None:
    install(language)
    desk = open_desk(size=(1024, 720))
    bar = desk.window.bar
    for tab, name in zip(bar.tabs, PAGE_NAMES, strict=True):
        tab.set_words(translate("Window", name))
    language_key = bar._language
    assert language_key.minimumWidth() > language_key.fontMetrics().horizontalAdvance(
        language_key.text()
    )
    bar.layout().activate()
    chips = [chip for chip in bar.chips.values() if chip.isVisible()]
    places = sorted((one.geometry() for one in (*bar.tabs, *chips)), key=QRect.left)
    assert all(one.right() < other.left() for one, other in pairwise(places))
    assert places[-1].right() < bar.width()


def test_a_fault_has_words(open_desk: Open) -> None:
    desk = open_desk()
    desk.page._failed(Fault(ErrorCode.OUTPUT_NOT_WRITABLE, (("path", "x"), ("reason", "y"))))
    assert "x" in desk.page.notice.words
