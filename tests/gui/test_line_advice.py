"""The panels of advice over real records and the real process; what they say, and how it fits."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station.errors import ErrorCode, StoreError
from station.gui.pages import line_advice_words as words
from station.gui.pages.line_advice import Advice
from station.gui.pages.line_advice_keys import MarkDialog
from station.gui.pages.line_advice_room import AdviceView, Work
from station.gui.tasks import Tasks
from station.gui.texts import LANGUAGES, install
from station.gui.theme import DARK, LIGHT, apply_theme, scaled
from station.gui.widgets.chart_sheet import sheet_csv
from station.gui.widgets.touch_key import TouchKey
from station.insight.advice import (
    Advice as Found,
)
from station.insight.advice import (
    Change,
    Driver,
    Evidence,
    Lack,
    LeftOut,
    Sense,
    Suggestion,
    result_path,
)
from station.insight.advice_proof import Difference, Rate
from station.insight.advice_track import Accepted, Standing, Tracked
from station.overview.advice import CHOICES, Adviser
from station.store.history import Filter
from station.store.notes import NoteKind
from station.store.store import Store
from station.supervisor import program
from tests.cutting import Line, Made, fill, make
from tests.gui.desks import desks
from tests.gui.words import watch_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
EAGER = replace(Line(), base=-2.9)
PARTS = 4000
LEFT = Qt.MouseButton.LeftButton


def lately(parts: int, seed: int) -> Made:
    """Made until now."""
    made = make(EAGER, parts, seed, 0)
    return replace(made, at_ms=made.at_ms - int(made.at_ms[-1]) + int(time.time() * 1000))


class Desk:
    """Both panels side by side, with a worker of their own."""

    def __init__(self, qtbot: QtBot, adviser: Adviser) -> None:
        self.qtbot, self.adviser = qtbot, adviser
        self.faults: list[object] = []
        self.tasks = Tasks(self.faults.append)
        self.window = QWidget()
        self.window.setProperty("role", "page")
        self.advice = Advice(adviser.room, self.tasks, self.window)
        row = QHBoxLayout(self.window)
        row.addWidget(self.advice.drives, 1)
        row.addWidget(self.advice.settings, 1)
        qtbot.addWidget(self.window)
        self.window.resize(1260, 410)
        apply_theme(self.window, DARK)
        self.window.show()
        qtbot.waitExposed(self.window)

    def until(self, holds: Callable[[], bool], seconds: float = 60) -> None:
        self.qtbot.waitUntil(holds, timeout=int(seconds * 1000))

    def rests(self) -> bool:
        view = self.advice.view
        return bool(view.product) and not view.work.runs and not view.is_old

    def close(self) -> None:
        self.advice.closed()
        self.adviser.close()
        self.tasks.close()
        self.window.close()

    def dialog(self) -> QDialog:
        self.until(lambda: any(one.isVisible() for one in self.window.findChildren(QDialog)))
        return next(one for one in self.window.findChildren(QDialog) if one.isVisible())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def open_desk(qtbot: QtBot, store: Store) -> Iterator[Callable[..., Desk]]:
    def make_desk(target: str = "scratch", command: tuple[str, ...] = ()) -> Desk:
        chosen = list(command) or program("advise")
        adviser = Adviser(store.folder, store.reader, chosen, target)
        return Desk(qtbot, adviser)

    with desks(make_desk) as opens:
        yield opens


# ── the whole way ────────────────────────────────────────────────────────────────────────────


def test_causes_are_found_a_suggestion_is_asked_for_and_accepted(
    open_desk: Callable[..., Desk], store: Store
) -> None:
    fill(store, lately(PARTS, 1))
    desk = open_desk()
    drives, settings = desk.advice.drives, desk.advice.settings
    desk.advice.opened()
    desk.until(desk.rests)
    assert {one.name for one in drives.bars.bars[:2]} == {"Feed rate", "Coolant temp"}
    assert drives.bars.bars[0].words == "worse when high"
    assert "pattern" in drives.foot.text()
    assert drives.caption.text() == "WHAT DRIVES SCRATCH · MODEL OF THE LINE"
    assert "Say first which" in settings.text.text()
    assert not settings.accept_key.isVisible()
    desk.qtbot.mouseClick(settings.mark_key, LEFT)
    dialog = desk.dialog()
    assert isinstance(dialog, MarkDialog)
    for name in ("Feed rate", "Coolant temp"):
        desk.qtbot.mouseClick(dialog.keys[name], LEFT)
    desk.qtbot.mouseClick(dialog.ok_key, LEFT)
    desk.until(lambda: settings.accept_key.isVisible())
    suggestion = desk.advice.view.advice.suggestion
    assert suggestion is not None
    assert all(f"<b>{words.figure(one.to)}" in settings.text.text() for one in suggestion.changes)
    assert "suggested" in sheet_csv(settings.sheet).decode("utf-8-sig")
    desk.qtbot.mouseClick(settings.accept_key, LEFT)
    who = desk.dialog()
    assert {"07"} <= {key.text() for key in who.findChildren(TouchKey)}
    who.findChild(QLineEdit).setText("Ada")
    desk.qtbot.mouseClick(next(k for k in who.findChildren(TouchKey) if k.text() == "OK"), LEFT)
    desk.until(lambda: bool(desk.advice.view.tracked))
    assert not settings.accept_key.isVisible()
    (note,) = store.reader.notes(NoteKind.ADVICE, "flange")
    assert note.operator == "Ada"
    assert note.body["target"] == "scratch"
    assert note.body["before"]["n"] > 900
    assert [one["name"] for one in note.body["changes"]] == [one.name for one in suggestion.changes]
    assert desk.faults == []


def test_what_was_worked_out_is_there_at_once_and_not_worked_out_again(
    open_desk: Callable[..., Desk], store: Store
) -> None:
    fill(store, lately(1500, 0))
    first = open_desk()
    first.advice.opened()
    first.until(first.rests)
    made_ms = first.advice.view.advice.made_ms
    again = open_desk(command=("/nothing", "to", "start"))
    again.advice.opened()
    again.until(again.rests)
    assert again.advice.view.advice.made_ms == made_ms
    assert again.advice.view.work == Work()


def test_another_defect_is_chosen_and_remembered(
    open_desk: Callable[..., Desk], store: Store
) -> None:
    fill(store, lately(600, 0))
    desk = open_desk()
    desk.advice.opened()
    desk.until(desk.rests)
    desk.qtbot.mouseClick(desk.advice.drives.target_key, LEFT)
    keys = {key.text(): key for key in desk.dialog().findChildren(TouchKey)}
    assert {"NG parts", "Scratch", "Dent"} <= set(keys)
    assert "Good" not in keys
    desk.qtbot.mouseClick(keys["Dent"], LEFT)
    desk.until(lambda: desk.advice.view.target == "dent" and desk.rests())
    assert desk.advice.view.advice.lack is Lack.BAD
    assert "Too few bad parts" in desk.advice.drives.empty.text()
    desk.close()
    other = open_desk()
    other.advice.opened()
    other.until(other.rests)
    assert other.advice.view.target == "dent"


def test_without_parts_the_panels_say_so(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.advice.opened()
    desk.until(lambda: not desk.tasks._waiting)
    assert desk.advice.drives.empty.text() == "No parts yet."
    assert not desk.advice.drives.again_key.isEnabled()
    assert not desk.advice.settings.mark_key.isEnabled()


def test_a_process_that_dies_is_told_and_tried_again_only_when_asked(
    open_desk: Callable[..., Desk], store: Store
) -> None:
    fill(store, lately(200, 0))
    desk = open_desk(command=("/bin/false",))
    desk.advice.opened()
    desk.until(lambda: desk.advice.view.work.fault is not None)
    assert "ended before it was done (code 1)" in desk.advice.drives.empty.text()
    desk.advice.look()
    desk.until(lambda: not desk.tasks._waiting)
    assert not desk.advice.view.work.runs
    desk.adviser._helper._command = program("advise")
    desk.qtbot.mouseClick(desk.advice.drives.again_key, LEFT)
    desk.until(desk.rests)
    assert desk.advice.view.advice.lack is Lack.BAD


def test_what_cannot_be_written_is_told(open_desk: Callable[..., Desk], store: Store) -> None:
    fill(store, lately(200, 0))
    (store.folder / "insight").write_text("a file stands where a folder must")
    desk = open_desk()
    desk.advice.opened()
    desk.until(lambda: desk.advice.view.work.fault is not None)
    assert "cannot be written" in desk.advice.drives.empty.text()


def test_the_process_ends_with_the_window(open_desk: Callable[..., Desk], store: Store) -> None:
    fill(store, lately(PARTS, 1))
    desk = open_desk()
    desk.advice.opened()
    desk.until(lambda: desk.advice.view.work.runs)
    process = desk.adviser._helper.process
    assert process is not None
    pid = process.pid
    desk.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_damaged_files_are_as_none(open_desk: Callable[..., Desk], store: Store) -> None:
    fill(store, lately(200, 0))
    path = result_path(store.folder, "flange", "scratch")
    path.parent.mkdir(parents=True)
    path.write_bytes(b'{"product": 3')
    (store.folder / "insight" / CHOICES).write_bytes(b'["no", "choices"]')
    desk = open_desk()
    desk.advice.opened()
    desk.until(desk.rests)
    assert desk.advice.view.advice.lack is Lack.BAD


def test_an_acceptance_that_cannot_be_kept_is_told(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.advice._show(VIEW)

    def full(*_: object) -> None:
        raise StoreError(ErrorCode.STORE_DISK_FULL, path="/data")

    desk.advice._room = replace(desk.advice._room, accept=full)
    desk.advice.settings.accepted.emit("07")
    desk.until(lambda: "disk" in desk.advice.settings.text.text())
    assert "240 → <b>225 mm/min</b>" in desk.advice.settings.text.text(), "it is still there"
    assert desk.advice.settings.accept_key.isVisible()


def test_of_a_product_without_parts_nothing_is_said(
    open_desk: Callable[..., Desk], store: Store
) -> None:
    fill(store, lately(200, 0))
    desk = open_desk()
    desk.advice.opened()
    desk.until(desk.rests)
    desk.advice.ask(Filter(recipe="other"))
    desk.until(lambda: desk.advice.view.product == "other" and desk.rests())
    assert desk.advice.view.advice.lack is Lack.VALUES


# ── words ────────────────────────────────────────────────────────────────────────────────────

NOW = 1_790_000_000_000
EVIDENCE = Evidence(5420, 88, NOW - 10**9, NOW, NOW - 10**8, 0.71, 0.64, 0.77, 0.001, "bent")
CHANGES = (Change("Feed rate", "mm/min", 240, 225), Change("Coolant temp", "°C", 31, 26))
FOUND = Found(
    *("flange", "scratch", NOW + 1, 5420, 88, None, EVIDENCE, True),
    drivers=(
        Driver("Coolant temp", "°C", 0.45, 0.08, True, Sense.HIGH),
        Driver("Feed rate", "mm/min", 0.33, 0.07, True, Sense.LOW),
        Driver("Spindle vibration", "mm/s", 0.14, 0.09, False, Sense.ENDS),
        Driver("Blade age", "h", 0.08, 0.06, False, Sense.MIDDLE),
    ),
    left_out=tuple((why.value, why) for why in LeftOut),
    values=tuple((one.name, one.unit) for one in CHANGES),
    settable=tuple(one.name for one in CHANGES),
    suggestion=Suggestion(CHANGES, 0.0142, 0.009, 0.006, 0.012, 412, 3, 18.9, 20.0),
)


def followed(standing: Standing) -> Tracked:
    before, since = Rate(71, 5000, 0.0113, 0.0179), Rate(20, 2100, 0.006, 0.0147)
    said = Accepted("flange", "scratch", NOW, "12", CHANGES, 0.0142, 0.009, 0.006, 0.012, before)
    beside = Difference(-0.0047, -0.0091, -0.0001)
    return Tracked(said, standing, since, beside, (225.0, None), 7, 8, NOW)


VIEW = AdviceView(
    *("flange", "scratch", ("NG", "scratch"), ("Feed rate",), FOUND, False, Work()),
    tracked=tuple(map(followed, Standing)),
)


def test_the_panels_say_what_the_design_says(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.advice._show(VIEW)
    text = desk.advice.settings.text.text()
    assert "240 → <b>225 mm/min</b>" in text
    assert "Expected Scratch <b>1.42\u202f% → 0.90\u202f%</b>" in text
    assert "(0.60–1.20)" in text
    assert "pace −1.1 parts/min" in text
    assert "1.42\u202f% → 0.95\u202f%, 2\u202f100 parts: better, beyond chance" in text
    assert desk.advice.settings.foot.text().startswith("Advice only.")
    assert "71 times in 100 (64–77; chance: 50)" in desk.advice.drives.foot.text()
    assert "leak (almost is the result itself" in desk.advice.drives.foot.text()
    rows = desk.advice.settings.sheet.rows
    assert len(rows) == 2 + 2 * len(Standing)
    assert rows[2][2:11] == ("Feed rate", "mm/min", 240, 225, 225.0, 71, 5000, 20, 2100)
    assert all(len(row) == len(desk.advice.settings.sheet.heads) for row in rows)
    assert desk.advice.drives.sheet.rows[0][:3] == ("Coolant temp", "°C", 45.0)


def test_the_table_has_the_room_of_the_keys(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk()
    desk.advice._show(VIEW)
    settings = desk.advice.settings
    for _ in range(2):
        assert settings.accept_key.isVisible()
        desk.qtbot.mouseClick(settings.table_key, LEFT)
        assert settings.table.sheet == settings.sheet
        assert not settings.accept_key.isVisible()
        desk.advice._show(replace(VIEW, operators=("07",)))
        assert not settings.accept_key.isVisible()
        desk.qtbot.mouseClick(settings.table_key, LEFT)


@pytest.mark.parametrize("advice", [
    None,
    *(replace(FOUND, lack=lack) for lack in Lack),
    replace(FOUND, lack=Lack.BAD, bad=5400),
    replace(FOUND, is_found=False),
    replace(FOUND, settable=(), suggestion=None),
    replace(FOUND, suggestion=None),
])  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_all_that_is_not_found(
    qapp: QApplication, advice: Found | None, language: str
) -> None:
    install(language)
    try:
        view = replace(VIEW, advice=advice)
        said = [words.nothing(view), words.no_suggestion(view)]
        assert any(said)
        assert not any("{" in one or "…" in one for one in said), said
    finally:
        install("en")


@pytest.mark.parametrize("size", [(640, 390), (420, 270), (310, 200)], ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut(
    open_desk: Callable[..., Desk],
    size: tuple[int, int],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = open_desk()
    install(language)
    desk.advice.retranslate()
    cut = watch_words(monkeypatch)
    panels = (desk.advice.drives, desk.advice.settings)
    for panel in panels:
        panel.setFixedSize(*size)
    for theme in (DARK, LIGHT):
        apply_theme(desk.window, scaled(theme, desk.window.size() * (size[0] / 640)))
        desk.advice._show(VIEW)
        QApplication.processEvents()
        desk.window.grab()
        assert cut == []
    for panel in panels:
        keys = [one for one in panel.findChildren(TouchKey) if one.isVisible()]
        assert len(keys) == 3
        for key in keys:
            assert min(key.width(), key.height()) >= 44, key.text()
            assert panel.rect().contains(key.geometry()), key.text()
