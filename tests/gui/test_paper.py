"""Printing: what is on the pages is all of it, in the fonts of the program, inside the margins."""

import itertools
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from station.gui.paper import Head, ensure_paper_app, lay_out, print_pdf
from station.gui.paper_blocks import (
    Gap,
    Heading,
    Images,
    PageBreak,
    Side,
    Signatures,
    Signer,
    Tile,
    Tiles,
    Words,
)
from station.gui.paper_charts import Shares, bars, drift, p_chart, pareto, ticks
from station.gui.paper_table import Column, Table
from station.gui.paper_text import broken, mm, paper_font, width_of
from tests.gui.sheets import pictures, reddish, words

HEAD = Head(
    "班次报告 · Schichtbericht",
    ("Station A", "2026-11-21 06:00–14:00"),
    "made here",
    "Page {page} of {pages}",
    1_764_000_000_000,
)
SHARES = Shares(
    tuple(f"{6 + n // 6:02}:{n % 6 * 10:02}" for n in range(20)),
    (*[0.01, 0.02] * 9, 0.09, 0.02),
    (0.0,) * 20,
    (0.05,) * 20,
    0.015,
)


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> QApplication:
    QLocale.setDefault(QLocale("en"))
    ensure_paper_app()
    return qapp


def rows_of(count: int, text: str = "划痕 Kratzer") -> tuple[tuple[str, ...], ...]:
    return tuple((f"row{n:04}", f"{n / 10:.1f}", text) for n in range(count))


TABLE = (Column("Name"), Column("Figure", right=True), Column("What it is", 1.0))


def test_words_can_be_read_searched_and_copied_in_every_language() -> None:
    said = "直通率 98.58 % 漏检 过杀 12:40 240 → 225 mm/min ≤ κ σ Prüfergebnis für Größe"
    text = words(print_pdf(HEAD, [Words(said), Tiles((Tile("节拍", "5.9 s", "1/2 – 3"),))]))[0]
    for word in [*said.split(), "班次报告", "Schichtbericht", "节拍", "5.9", "1/2"]:
        assert word in text, word
    assert "Page 1 of 1" in text
    assert "made here" in text


def test_the_programs_own_fonts_are_inside() -> None:
    pdf = print_pdf(HEAD, [Words("班次")])
    named = set(re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([A-Za-z-]+)", pdf))
    assert any(name.startswith(b"Inter") for name in named), named
    assert any(name.startswith(b"NotoSansSC") for name in named), named
    assert len(re.findall(rb"/FontFile[23]? \d+ 0 R", pdf)) >= len(named)


def test_the_same_blocks_are_the_same_bytes_in_any_thread() -> None:
    blocks = [Heading("H"), Table(TABLE, rows_of(80)), p_chart(SHARES, {18: "1"})]
    first, made = print_pdf(HEAD, blocks), list[bytes]()
    time.sleep(1.1)  # the writer notes the second
    thread = threading.Thread(target=lambda: made.append(print_pdf(HEAD, blocks)))
    thread.start()
    thread.join()
    assert made == [first]
    assert b"D:20251124160000" in first
    assert first.count(b"2025-11-24T16:00:00") == 3
    other = print_pdf(Head(HEAD.title, HEAD.lines, HEAD.foot, HEAD.page_words, 0), blocks)
    assert other != first


def test_many_may_print_at_once() -> None:
    blocks = [Table(TABLE, rows_of(120)), pareto([("划痕", 3), ("Dent", 2)])]
    first = print_pdf(HEAD, blocks)
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(lambda _: print_pdf(HEAD, blocks), range(12)))
    assert made == [first] * 12


def test_a_table_goes_on_where_a_page_ends_and_names_its_columns_anew() -> None:
    pages = words(print_pdf(HEAD, [Table(TABLE, rows_of(170))]))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "What it is" in page
        assert f"Page {number} of {len(pages)}" in page
    told = re.findall(r"row\d{4}", " ".join(pages))
    assert told == [f"row{n:04}" for n in range(170)]


def test_a_long_text_goes_on_too_and_loses_nothing() -> None:
    text = " ".join(f"w{n}" for n in range(3000))
    pages = words(print_pdf(HEAD, [Words(text)]))
    assert len(pages) > 1
    assert re.findall(r"w\d+", " ".join(pages)) == text.split()


def test_a_heading_never_ends_a_page() -> None:
    for lines in range(40, 62):
        filling = Words("\n".join("x" for _ in range(lines)))
        for page in lay_out(HEAD, [filling, Heading("Then"), Table(TABLE, rows_of(30))]):
            assert not isinstance(page[-1].block, Heading), lines


def test_blocks_stay_whole_and_in_order() -> None:
    chart = p_chart(SHARES, height=100)
    pages = lay_out(HEAD, [chart, chart, chart, PageBreak(), Gap(50), Words("last")])
    assert [len(page) for page in pages] == [2, 1, 1]
    for page in pages:
        for one in page:
            assert one.box.bottom() <= mm(297 - 13 - 6) + 1
    assert pages[2][0].box.top() < mm(25), "a gap at the top of a page is none"


def test_nothing_is_printed_in_the_margins() -> None:
    """Words without gaps, too many columns, names too long: all is broken or cut with …"""
    endless = "Ω" * 900
    wide = tuple(Column(f"Column{n}") for n in range(12))
    blocks = [
        Heading("长" * 200),
        Words(endless),
        Tiles(tuple(Tile("Caption " * 4, "9" * 40, "note " * 12, "ng") for _ in range(7))),
        Table(wide, (tuple(f"{'cell' * (n + 1)}" for n in range(12)),) * 3),
        Table(TABLE, ((endless, endless, endless),)),
        Side((Words(endless),), (pareto([("名" * 60, 5), ("b" * 80, 2)]),)),
        bars([("n" * 100, 1.0, "end"), ("short", 0.2, "0.2")]),
        Signatures((Signer("role " * 20, "name " * 20, "when"), Signer("other"))),
        p_chart(SHARES, {18: "a very long mark " * 3, 19: "another"}),
    ]
    for page in pictures(print_pdf(HEAD, blocks), 1.5):
        edge = int(12 / 25.4 * 72 * 1.5)
        assert (page[:, :edge] == 255).all(), "left"
        assert (page[:, -edge:] == 255).all(), "right"
        assert (page[:edge] == 255).all(), "top"
        assert (page[-edge:] == 255).all(), "bottom"


def test_the_paper_is_white_and_the_words_are_dark() -> None:
    page = pictures(print_pdf(HEAD, [Words("dark " * 400)]))[0]
    assert (page[0, 0] == 255).all()
    assert page.min() < 60
    assert page.mean() > 200


def test_a_table_without_rows_says_so() -> None:
    assert "No stop" in words(print_pdf(HEAD, [Table(TABLE, (), empty="No stop")]))[0]


def test_a_signal_is_a_mark_beside_its_point() -> None:
    calm = print_pdf(HEAD, [p_chart(SHARES)])
    told = print_pdf(HEAD, [p_chart(SHARES, {18: "1", 19: "2"})])
    assert reddish(pictures(told, 2)[0]) > reddish(pictures(calm, 2)[0]) + 50
    assert "1.50 %" in words(told)[0], "the centre is written at its line"
    assert "5.00 %" in words(told)[0], "and the limit at its own"


def test_a_pareto_tells_counts_and_what_they_add_up_to() -> None:
    text = words(print_pdf(HEAD, [pareto([("Scratch", 38), ("凹坑", 17), ("Other", 11)])]))[0]
    for word in ("Scratch", "38", "凹坑", "17", "83 %", "100 %"):
        assert word in text


def test_a_drift_outside_its_band_is_marked_and_gaps_stay_gaps() -> None:
    labels = tuple(str(n) for n in range(9))
    inside = print_pdf(HEAD, [drift(labels, [1.0] * 9, 0.5, 1.5)])
    outside = print_pdf(HEAD, [drift(labels, [1.0] * 4 + [None] + [3.0] * 4, 0.5, 1.5)])
    assert reddish(pictures(inside, 2)[0]) == 0
    assert reddish(pictures(outside, 2)[0]) > 100
    print_pdf(HEAD, [drift(labels, [None] * 9, None, None)])  # nothing known is no error


def test_pictures_stand_in_rows_with_their_words() -> None:
    red = QImage(60, 40, QImage.Format.Format_RGB888)
    red.fill(QColor("#d2382c"))
    blocks = [Images(tuple((red, f"part {n}") for n in range(5)))]
    pdf = print_pdf(HEAD, blocks)
    assert all(f"part {n}" in words(pdf)[0] for n in range(5))
    assert reddish(pictures(pdf)[0]) > 5 * 80 * 50


@pytest.mark.parametrize(("low", "high"), [(0, 0.0007), (0, 0.09), (0, 1), (97.2, 113.9), (-3, 8)])
def test_the_marks_of_an_axis_are_few_and_round(low: float, high: float) -> None:
    found = ticks(low, high)
    assert 2 <= len(found) <= 6
    assert low <= found[0]
    assert found[-1] <= high
    steps = {f"{b - a:.6g}" for a, b in itertools.pairwise(found)}
    assert len(steps) == 1
    assert steps.pop().replace(".", "").strip("0").split("e")[0] in {"1", "2", "25", "5"}


def test_lines_break_at_gaps_else_anywhere_and_fit() -> None:
    font = paper_font(9)
    text = "Die Taktzeit 节拍为五点九秒 " * 6 + "x" * 300 + "\n\n😀 end"
    lines = broken(text, font, mm(50))
    assert all(width_of(line, font) <= mm(50) + 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_it_is_printed_in_less_than_a_second() -> None:
    table = Table(TABLE, rows_of(300))
    began = time.perf_counter()
    print_pdf(HEAD, [p_chart(SHARES), table])
    took = time.perf_counter() - began
    print(f"{took * 1000:.0f} ms for a chart and 300 rows")
    assert took < 5


_PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication
if "bare" in sys.argv:
    app = QCoreApplication([])
from station.gui.paper import Head, ensure_paper_app, print_pdf
from station.gui.paper_blocks import Words
app = ensure_paper_app()
sys.stdout.buffer.write(print_pdf(Head("班次"), [Words("headless 节拍")]))
"""


def test_a_command_line_prints_without_a_screen_and_not_beside_an_app_without_fonts() -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-c", _PROGRAM]
    made = subprocess.run(command, env=env, capture_output=True, timeout=60)
    assert made.returncode == 0, made.stderr
    assert "headless 节拍" in words(made.stdout)[0]
    failed = subprocess.run([*command, "bare"], env=env, capture_output=True, timeout=60)
    assert b"TypeError" in failed.stderr
