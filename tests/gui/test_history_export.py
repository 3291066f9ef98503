"""Writing what the History page asks for: the dialogs, the progress, the end."""

import csv
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from station.errors import ErrorCode, Fault
from station.gui.pages.history_filter import Field
from station.gui.texts import fault_text
from station.store.export import Exported, Format
from station.store.history import Filter
from station.store.store import Store
from tests.gui.history_desk import (
    NEWEST,
    PARTS,
    Desk,
    Open,
    calls_of,
    numbered,
    over,
    put,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

CONTROL = Qt.KeyboardModifier.ControlModifier


def save_to(desk: Desk, form: str, target: Path) -> None:
    """Through both dialogs, by keyboard and touch."""
    desk.press(Qt.Key.Key_E, CONTROL)
    desk.answer(form)
    desk.until(lambda: bool(desk.window.findChildren(QFileDialog)))
    dialog = desk.window.findChildren(QFileDialog)[0]
    assert dialog.selectedFiles()[0].endswith(target.suffix)
    dialog.selectFile(str(target))
    dialog.accept()
    desk.until(lambda: not desk.page.job.state.runs)


def test_what_is_asked_for_is_exported(desk: Desk, tmp_path: Path) -> None:
    desk.ask(Field.VERDICT, "NG")
    desk.ask(Field.LOT, "LOT-1")
    save_to(desk, "Table (CSV)", tmp_path / "Prüfung.csv")
    with (tmp_path / "Prüfung.csv").open(encoding="utf-8-sig", newline="") as file:
        parts = [int(row["part"]) for row in csv.DictReader(file)]
    assert parts == [n for n in NEWEST if n % 5 == 0 and n // 100 == 1]
    assert desk.page.export_key.accessibleDescription() == f"{len(parts)} parts saved"
    assert desk.page.export_key.toolTip() == str(tmp_path / "Prüfung.csv")


def test_missing_pictures_are_told(open_desk: Open, own: Store, tmp_path: Path) -> None:
    for number in (1, 2):
        put(own, numbered(number))
    (own.folder / str(own.reader.entry("u2").image)).unlink()
    desk = over(open_desk, own)
    save_to(desk, "Pictures and table (ZIP)", tmp_path / "t.zip")
    assert desk.page.notice.words.startswith("1 pictures are missing")
    assert (tmp_path / "t.zip").is_file()


def test_nothing_to_export_and_no_place_to_write_are_told(desk: Desk, tmp_path: Path) -> None:
    job = desk.page.job
    (tmp_path / "t.csv").mkdir()
    for wanted, code in (
        (Filter(lot="none"), ErrorCode.EXPORT_NOTHING),
        (Filter(), ErrorCode.OUTPUT_NOT_WRITABLE),
    ):
        said: list[Fault] = []
        job.failed.connect(said.append)
        job.start(wanted, Format.CSV, tmp_path / "t.csv")
        desk.until(lambda said=said: bool(said))
        assert said[0].code is code
        assert desk.page.notice.words == fault_text(said[0])
        assert desk.page.export_key.text() == "Export"
        job.failed.disconnect(said.append)


def test_an_export_is_stopped_by_its_key_while_reading_goes_on(
    open_desk: Open, many: Store, tmp_path: Path
) -> None:
    real, may = calls_of(many.reader, many.folder), threading.Event()

    def slow(
        wanted: Filter,
        form: Format,
        target: Path,
        progress: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> Exported | None:
        progress(7)
        may.wait(10)
        return real.export(wanted, form, target, progress, cancelled)

    desk = open_desk(replace(real, export=slow))
    desk.page.job.start(Filter(), Format.ZIP, tmp_path / "t.zip")
    desk.until(lambda: desk.page.job.state.parts == 7)
    key = desk.page.export_key
    assert (key.text(), key.accessibleDescription()) == ("Stop", "7 parts written")
    desk.ask(Field.VERDICT, "NG")
    assert desk.numbers()[0] == PARTS
    assert desk.page.job.state.runs
    desk.click(key)
    may.set()
    desk.until(lambda: not desk.page.job.state.runs)
    assert key.text() == "Export"
    assert list(tmp_path.glob("*t.zip*")) == []
