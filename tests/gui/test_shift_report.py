"""A shift's report on paper and as a table: every figure is that of the parts, in each language."""

import csv
import io
import os
import re
import subprocess
import sys
import time as clock
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from station.domain.inspection import Decision, DecisionKind
from station.errors import DatasetError, ErrorCode
from station.gui.paper import ensure_paper_app
from station.gui.shift_report import report_images, report_pdf
from station.gui.shift_report_csv import report_csv, safe
from station.gui.texts import LANGUAGES, install, translate
from station.insight.handover import Golden, Handover, write_handover
from station.insight.shift import ShiftReport
from station.overview.report import read_report, write_report
from station.settings import save_settings
from station.store.history import Filter
from station.store.store import Store
from tests.gui.history_desk import MINUTE
from tests.gui.report_desk import (
    BEGIN,
    END,
    EVIL,
    LATER,
    PARTS,
    SETTINGS,
    Known,
    moment,
    note_things,
    report_of,
    tell,
)
from tests.gui.sheets import pictures, reddish, words


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Known]]:
    """A shift that no test changes."""
    with Store(tmp_path_factory.mktemp("shift") / "data", "LINE-3") as store:
        known = tell(store)
        note_things(store)
        yield store, known


@pytest.fixture(autouse=True)
def spoken(qapp: QApplication) -> Iterator[None]:
    ensure_paper_app()
    install("en")
    yield
    install("en")


@pytest.fixture
def report(told: tuple[Store, Known]) -> ShiftReport:
    return report_of(told[0])


def text_of(report: ShiftReport) -> str:
    return " ".join(words(report_pdf(report)))


def table_of(report: ShiftReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report_csv(report).decode("utf-8-sig"))))


def figure(table: list[dict[str, str]], name: str, section: str = "figures") -> dict[str, str]:
    (row,) = (one for one in table if (one["section"], one["name"]) == (section, name))
    return row


def test_its_figures_are_those_of_the_parts(report: ShiftReport, told: tuple[Store, Known]) -> None:
    known, found = told[1], report.stands
    assert report.whole
    assert not report.running
    assert (found.parts, found.not_inspected) == (PARTS, 1)
    assert (found.good, found.ng, found.waiting) == (known.good, known.ng, known.waiting)
    assert (found.first, found.new) == (known.first_ok, PARTS - 1), (
        "the blind one was not inspected"
    )
    assert (found.overruled, found.escapes, found.false_rejects) == (3, 1, 2)
    assert report.top[0][0] in ("dent", "scratch")


def test_the_pages_tell_it(report: ShiftReport, told: tuple[Store, Known]) -> None:
    text, known = text_of(report), told[1]
    first = known.first_ok / (PARTS - 1)
    for word in (
        *("Shift report", "LINE-3", "March 10, 2026", "06:00–14:00", "flange v7", "LOT-A"),
        *(f"{first * 100:.2f}", f"{known.first_ok} of {PARTS - 1}", f"{known.ng}", "Anna, @Li"),
        *("OEE", "ideal cycle 40", "as set", "gap longer than 300 s", "Not inspected"),
        *("The camera cam 1 is gone", "cam 2", "Spindle 2 was serviced: bearing changed"),
        *("Feed rate 240 → 225 mm/min", "Fraction NG per 10 parts", "Dent", "Scratch"),
        *("Stops", "08:00", "Breakdown", "Lot", "Operator", "Not signed.", "Page 1 of 2"),
        f"{known.waiting} parts wait for a decision",
        "no golden picture is set for flange",
    ):
        assert word in text, word
    assert text.count("The camera cam 1 is gone") == 2, "an open alarm, and an event"
    assert text.count("cam 2") == 1, "its banner is of the next shift"


def test_a_signal_is_marked_and_says_what_to_look_at(report: ShiftReport) -> None:
    chart = report.seen.chart
    assert chart is not None
    assert chart.events, "eight of ten bad is no chance"
    text = text_of(report)
    assert "What to look at" in text
    assert "More bad parts" in text or "Look at the bad parts" in text
    calm = replace(report, seen=replace(report.seen, chart=replace(chart, events=())))
    assert "No signal" in text_of(calm)
    red = reddish(pictures(report_pdf(report), 2)[0])
    assert red > reddish(pictures(report_pdf(calm), 2)[0]) + 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_there_and_none_is_clipped(report: ShiftReport, language: str) -> None:
    install(language)
    pdf = report_pdf(report)
    text = "".join(words(pdf)).replace(" ", "")
    for context, word in (
        ("Report", "Shift report"),
        ("Line", "First-pass yield"),
        ("Report", "False rejects"),
        ("Report", "What to look at"),
        ("Report", "Services and accepted advice"),
        ("Report", "Handed over by"),
    ):
        assert translate(context, word).replace(" ", "") in text, word
    for page in pictures(pdf, 1.5):
        edge = int(12 / 25.4 * 72 * 1.5)
        assert (page[:, :edge] == 255).all()
        assert (page[:, -edge:] == 255).all()


def test_the_same_report_is_the_same_file_and_its_pictures_are_its_pages(
    report: ShiftReport,
) -> None:
    pdf = report_pdf(report)
    assert pdf == report_pdf(report)
    drawn = report_images(report, 600)
    assert len(drawn) == len(words(pdf))
    assert {image.width() for image in drawn} == {600}


def test_the_table_has_all_digits_and_the_same_figures(
    report: ShiftReport, told: tuple[Store, Known]
) -> None:
    table, known = table_of(report), told[1]
    first = figure(table, "first_pass_yield")
    assert float(first["value"]) == known.first_ok / (PARTS - 1), "no digit is lost"
    assert (int(first["count"]), int(first["n"])) == (known.first_ok, PARTS - 1)
    assert float(first["low"]) < float(first["value"]) < float(first["high"])
    assert float(figure(table, "oee")["value"]) == pytest.approx(
        float(figure(table, "availability")["value"])
        * float(figure(table, "performance")["value"])
        * float(figure(table, "quality")["value"])
    )
    points = [one for one in table if one["section"] == "point"]
    assert sum(int(one["n"]) for one in points) == report.figures.parts - 1 - known.waiting
    assert {one["group"] for one in table if one["section"] == "operator"} == {"Anna", "'@Li"}
    stops = [one for one in table if one["section"] == "stop"]
    assert [float(one["value"]) for one in stops] == [s.seconds for s in report.figures.stops]
    assert stops[0]["since"].startswith("2026-03-10T08:00:00")
    counted = sum(int(one["count"]) for one in table if one["section"] == "defect")
    assert counted == known.ng
    assert figure(table, "camera_lost", "alarm")["text"].startswith("The camera cam 1")


def test_names_that_are_formulas_are_none_in_the_table(report: ShiftReport) -> None:
    cells = [cell for row in table_of(report) for cell in row.values()]
    assert f"'{EVIL}" in cells
    risky = [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
    assert not risky
    for cell in ("=1", "+1", "-1", "@a", "\tx", "＝1"):
        assert safe(cell) == f"'{cell}"
    assert safe(-1.5) == -1.5, "a number is a number"
    assert safe("a=1") == "a=1"


def test_a_shift_without_parts_has_a_report_that_says_so(told: tuple[Store, Known]) -> None:
    empty = report_of(told[0], since_ms=BEGIN - 8 * 60 * MINUTE, until_ms=BEGIN)
    text = text_of(empty)
    assert "No part came in this time." in text
    assert "Not signed." in text
    assert figure(table_of(empty), "parts")["value"] == "0"
    assert figure(table_of(empty), "first_pass_yield")["value"] == ""


def test_a_shift_that_runs_says_as_of_when(told: tuple[Store, Known]) -> None:
    half = report_of(told[0], now_ms=moment(100))
    assert half.running
    assert "It still runs: these are the figures as of 2026-03-10 07:40." in text_of(half)
    wanted = Filter(since_ms=BEGIN)
    again = read_report(told[0].reader, SETTINGS, wanted, moment(100))
    assert (again.until_ms, again.whole) == (END, True), "open, and begun with the shift: it is it"


def test_a_report_of_some_parts_says_of_which_and_is_not_signed(told: tuple[Store, Known]) -> None:
    some = report_of(told[0], operator="Anna")
    text = text_of(some)
    assert not some.whole
    assert "Line report" in text
    assert "Only: Operator Anna" in text
    assert "Not signed" not in text
    assert some.figures.parts == 120
    assert "@Li" not in text


def test_who_signed_and_what_changed_since(tmp_path: Path) -> None:
    with Store(tmp_path / "data", "LINE-3") as store:
        tell(store, 60)
        before = report_of(store)
        signed = Handover(
            BEGIN, END, "王伟", "Anna", "冷却液温度偏高", Golden.PASSED, before.stands, before.top
        )
        write_handover(store, signed)
        same = text_of(report_of(store))
        assert "Handed over by 王伟 to Anna" in same
        assert "冷却液温度偏高" in same
        assert "Check with known parts: passed" in same
        assert "have changed" not in same
        store.decide(Decision("u31", DecisionKind.REJECT, LATER, "Anna"))  # it waited for a word
        later = text_of(report_of(store, LATER + MINUTE))
        assert "Since it was signed these figures have changed:" in later
        was, now = before.stands.ng, before.stands.ng + 1
        assert f"NG parts {was} {now}" in later
        rows = table_of(report_of(store, LATER + MINUTE))
        assert figure(rows, "ng", "handover_figure")["value"] == str(was)
        assert figure(rows, "ng")["value"] == str(now)


def test_long_notes_are_printed_to_the_last_word(report: ShiftReport) -> None:
    notes = "\n".join(f"line{n} 备注" for n in range(120))
    word = Handover(BEGIN, END, "a", "b", notes, figures=report.stands, at_ms=LATER)
    assert re.findall(r"line\d+", text_of(report.handed(word))) == re.findall(r"line\d+", notes)


def test_files_are_written_whole_or_not_at_all(report: ShiftReport, tmp_path: Path) -> None:
    pdf, table = tmp_path / "a" / "r.pdf", tmp_path / "a" / "r.csv"
    write_report(report, pdf, table)
    assert pdf.read_bytes() == report_pdf(report)
    assert table.read_bytes() == report_csv(report)
    blocked = tmp_path / "a" / "r.pdf" / "below.pdf"
    with pytest.raises(DatasetError) as failed:
        write_report(report, blocked, tmp_path / "b.csv")
    assert failed.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert sorted(one.name for one in tmp_path.rglob("*") if one.is_file()) == ["r.csv", "r.pdf"]


def test_it_takes_less_than_a_second(told: tuple[Store, Known]) -> None:
    began = clock.perf_counter()
    report = report_of(told[0])
    read = clock.perf_counter()
    report_pdf(report)
    print(f"read {(read - began) * 1000:.0f} ms, pdf {(clock.perf_counter() - read) * 1000:.0f} ms")
    assert clock.perf_counter() - began < 10


def test_the_command_writes_both_and_refuses_what_cannot_be(
    told: tuple[Store, Known], tmp_path: Path
) -> None:
    folder = told[0].folder
    save_settings(folder, SETTINGS)
    base = [sys.executable, "-m", "station", "insight", "report", "--data", str(folder)]
    span = ["--since", "2026-03-10T06:00:00", "--until", "2026-03-10T14:00:00", "--json"]
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [*base, *span, *more]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)

    pdf, table = tmp_path / "r.pdf", tmp_path / "r.csv"
    made = run("--pdf", str(pdf), "--csv", str(table), "--language", "zh_CN")
    assert made.returncode == 0, made.stderr
    assert str(pdf) in made.stdout
    install("zh_CN")
    assert translate("Report", "Shift report") in words(pdf.read_bytes())[0]
    assert "2026年3月10日" in words(pdf.read_bytes())[0]
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert figure(rows, "parts")["value"] == str(PARTS)
    assert run("--language", "fr").returncode == 2
    assert run("--pdf", str(pdf), "--csv", str(pdf)).returncode == 2
    refused = run("--pdf", str(pdf / "below.pdf"))
    assert refused.returncode == 2
    assert "output_not_writable" in refused.stdout
