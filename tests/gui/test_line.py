"""The Line page over a real store: figures, signals, scope, live, what is missing, what fails."""

import itertools
import time as clock
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from station.domain.inspection import Decision, DecisionKind, Verdict
from station.errors import ErrorCode, StoreError
from station.gui.fonts import load_fonts
from station.gui.line_words import drift_words
from station.gui.pages import line_figures as figures
from station.gui.pages.line_room import LineRoom, Studied
from station.gui.pages.line_scope import Field, Scope, Span
from station.gui.texts import fault_text, install
from station.gui.widgets.chart_sheet import sheet_csv
from station.gui.widgets.touch_key import TouchKey
from station.insight.agreement import Kappa
from station.insight.drift import Quantity, State
from station.insight.health_tile import Condition, HealthTile
from station.pipeline.events import Decided, Inspected, LineState, StateChanged
from station.store.history import Filter
from station.store.queries import Reader
from station.store.store import Store
from station.whole import write_whole
from tests.gui.history_desk import put
from tests.gui.line_desk import Desk, Story, late, overview_of, tell_story
from tests.gui.parts import GONE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Open = Callable[..., Desk]


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A shift that goes wrong; no test changes it."""
    return tell_story(tmp_path_factory.mktemp("line") / "data")


@pytest.fixture
def open_desk(qtbot: QtBot) -> Iterator[Open]:
    """Pages over stores, closed before their records are."""
    load_fonts()
    install("en")
    ends: list[Callable[[], None]] = []

    def make(
        story: Story,
        change: Callable[[LineRoom], LineRoom] = lambda room: room,
        size: tuple[int, int] = (1920, 1080),
        opened: bool = True,
    ) -> Desk:
        reader = Reader(story.folder)
        reader.open()
        overview = overview_of(story, reader)
        desk = Desk(qtbot, change(overview.room(lambda _: None)), story.shifts, size)
        ends.extend([reader.close, overview.close, desk.close])
        if opened:
            desk.open()
        return desk

    yield make
    for end in reversed(ends):
        end()
    install("en")


@pytest.fixture
def desk(open_desk: Open, story: Story) -> Desk:
    return open_desk(story)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data", "line 1") as store:
        yield store


def about(store: Store, story: Story) -> Story:
    """Another store, in the same shift."""
    return replace(story, folder=store.folder)


# ── what it shows ────────────────────────────────────────────────────────────────────────────


def test_the_figures_are_those_of_the_records(desk: Desk, story: Story) -> None:
    page = desk.page
    with Reader(story.folder) as reader:
        wanted = Filter(since_ms=story.since_ms)
        counts = reader.counts(story.since_ms)
        bad = len(reader.page(replace(wanted, verdict=Verdict.NG), 10_000))
        unsure = len(reader.page(replace(wanted, verdict=Verdict.REVIEW), 10_000))
    assert counts.parts == story.parts
    assert bad == story.ng
    first = 100 * (story.parts - bad - unsure) / story.parts
    assert page.passes.figure.value == f"{first:.2f}\u2009%"
    assert f"{100 * counts.ok / counts.parts:.1f}" in page.passes.figure.below
    assert page.live.seen is not None
    oee = page.live.seen.figures.oee
    assert oee is not None
    assert page.oee.figure.value == f"{100 * oee.value:.1f}\u2009%"
    assert page.oee.figure.aside.startswith(f"A{100 * oee.availability:.0f} P")
    assert page.overruled.figure.aside.endswith(
        f"of {story.parts // 1000}\u2009{story.parts % 1000:03}"
    )


def test_the_signal_is_where_the_trouble_was(desk: Desk, story: Story) -> None:
    page = desk.page
    seen = page.live.seen
    assert seen is not None
    assert seen.chart is not None
    worst = [seen.chart.points[event.worst].until_ms for event in seen.chart.events]
    assert any(-120 < (at - story.peak_ms) / 60_000 < 15 for at in worst)
    drawn = page.plots._plots["ControlPlot"].shown
    assert [group.share for group in drawn.groups] == [p.share for p in seen.chart.points]
    named = [index for index, group in enumerate(drawn.groups) if group.signal]
    assert named == sorted({event.worst for event in seen.chart.events})
    assert page.control.foot.isVisible()
    names = [bar.name for bar in page.plots._plots["ParetoPlot"].shown]
    assert names[0] == "Scratch"
    assert set(names) <= {"Scratch", "Dent", "Stain", "Burr"}
    bright = next(one for one in seen.drifts if one.quantity is Quantity.BRIGHTNESS)
    assert (bright.state, bright.up) == (State.CREEPING, True)
    assert page.drift.foot.text().startswith(tuple(drift_words(one) for one in seen.drifts))


def test_each_chart_is_a_table_too_and_back(desk: Desk, story: Story) -> None:
    page = desk.page
    chart = page.live.seen.chart if page.live.seen else None
    assert chart is not None
    for number, panel in enumerate((page.control, page.pareto, page.drift), 1):
        page.choose_defect(number)
        assert panel.shows_table
    rows = page.control.sheet.rows
    assert [row[2:5] for row in rows] == [(p.n, p.bad, p.share) for p in chart.points]
    told = [bool(row[-1]) for row in rows]
    assert sum(told) >= len(chart.events)
    assert told[chart.events[0].worst]
    assert sum(int(str(row[1])) for row in page.pareto.sheet.rows) == page.live.seen.pareto.ng
    desk.click(page.control.table_key)
    assert not page.control.shows_table


def test_the_numbers_of_a_chart_are_written_to_a_file(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    target = tmp_path / "defects 缺陷.csv"
    sheet = page.pareto.sheet
    page.files.write(lambda path: write_whole({path: sheet_csv(sheet)}), target)
    desk.until(lambda: "defects" in page.notice.words)
    assert target.read_bytes() == sheet_csv(sheet)
    missing = tmp_path / "file"
    missing.write_text("no folder")
    page.files.write(lambda path: write_whole({path: sheet_csv(sheet)}), missing / "a.csv")
    desk.until(lambda: "a.csv" in page.notice.words and "Written" not in page.notice.words)


def test_a_point_says_what_it_is_and_shows_its_parts(open_desk: Open, story: Story) -> None:
    asked: list[Filter] = []
    desk = open_desk(story, lambda room: replace(room, show_parts=asked.append))
    page = desk.page
    plot = page.plots._plots["ControlPlot"]
    plot.pressed.emit(7)
    chart = page.live.seen.chart if page.live.seen else None
    assert chart is not None
    point = chart.points[7]
    assert f"{point.bad} NG of {point.n}" in page.control.foot.text()
    desk.click(page.control.act_key)
    assert asked == [Filter(since_ms=point.since_ms, until_ms=point.until_ms + 1)]
    with Reader(story.folder) as reader:
        assert len(reader.page(asked[0], 1000)) >= point.n
    page.live.read()
    desk.settled()
    assert plot.chosen == 7  # it stays while figures come
    desk.press(Qt.Key.Key_Escape)
    assert plot.chosen is None
    assert not page.control.act_key.isVisible()


# ── what is asked for ────────────────────────────────────────────────────────────────────────


def test_a_lot_is_chosen_and_taken_back(desk: Desk, story: Story) -> None:
    page = desk.page
    with Reader(story.folder) as reader:
        lot = reader.facets().lots[0]
        parts = len(reader.page(Filter(since_ms=story.since_ms, lot=lot), 100_000))
    desk.click(page.filters.keys[Field.LOT])
    desk.answer(lot)
    desk.settled()
    assert page.live.seen is not None
    assert page.live.seen.figures.parts == parts
    assert page.filters.keys[Field.LOT].isChecked()
    desk.click(page.filters.clear_key)
    desk.settled()
    assert page.live.seen.figures.parts == story.parts


@pytest.mark.parametrize("span", [Span.LAST, Span.TODAY, Span.WEEK])
def test_other_times(desk: Desk, story: Story, span: Span) -> None:
    page = desk.page
    page.chooser.set_scope(Scope(span))
    desk.settled()
    wanted = page.live.wanted
    assert wanted is not None
    assert page.live.seen is not None
    with Reader(story.folder) as reader:
        end = wanted.until_ms or story.until_ms + 1
        counts = reader.yield_between(wanted.since_ms or 0, end)
    assert page.live.seen.figures.parts == counts.parts
    assert counts.parts > 0 or span is Span.TODAY  # just after midnight


# ── live ─────────────────────────────────────────────────────────────────────────────────────


def test_parts_and_words_are_followed_about_once_a_second(
    open_desk: Open, own: Store, story: Story
) -> None:
    reads: list[float] = []

    def counted(room: LineRoom) -> LineRoom:
        def see(wanted: Filter, before: object) -> object:
            reads.append(clock.monotonic())
            return room.see(wanted, before)  # type: ignore[arg-type]

        return replace(room, see=see)  # type: ignore[arg-type]

    desk = open_desk(about(own, story), counted)
    page = desk.page
    assert page.passes.figure.value == "–"
    assert page.control.empty.isVisible()
    for number in range(1, 41):
        page.show_event(
            Inspected(put(own, late(number, Verdict.NG if number % 9 == 0 else Verdict.OK)))
        )
        desk.qtbot.wait(30)
    desk.until(lambda: page.live.seen is not None and page.live.seen.figures.parts == 40)
    assert page.passes.figure.value == "90.00\u2009%"
    assert all(b - a > 0.9 for a, b in itertools.pairwise(reads[1:])), reads
    assert len(reads) <= 6
    own.decide(Decision("u9", DecisionKind.ACCEPT, int(clock.time() * 1000), "12"))
    page.show_event(Decided(Decision("u9", DecisionKind.ACCEPT, 0, "12")))
    desk.until(lambda: page.overruled.figure.aside == "1 of 40")
    page.closed()
    count = len(reads)
    page.show_event(Inspected(put(own, late(41))))
    desk.qtbot.wait(1300)
    assert len(reads) == count  # out of sight nothing is read


def test_the_page_opens_quickly_and_the_window_goes_on(open_desk: Open, story: Story) -> None:
    desk = open_desk(story, opened=False)
    gaps, last = [0.0], [clock.perf_counter()]

    def look() -> None:
        now = clock.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    took = desk.open()
    desk.qtbot.wait(300)
    timer.stop()
    print(f"opened in {took * 1000:.0f} ms, longest standstill {max(gaps) * 1000:.0f} ms")
    assert took < 5.0
    assert max(gaps) < 0.5


# ── beside ───────────────────────────────────────────────────────────────────────────────────


def test_the_machine_that_is_due_first_is_shown_and_its_service_noted(
    open_desk: Open, story: Story
) -> None:
    told = Condition.FORETOLD
    tiles = (
        HealthTile("Pump", told, due=False, life=90.0, low=70.0, high=120.0, unit="h"),
        HealthTile("Spindle 2", told, due=True, life=41.0, low=31.0, high=58.0, unit="h"),
    )
    noted: list[tuple[str, bool]] = []

    def changed(room: LineRoom) -> LineRoom:
        def beside() -> object:
            return replace(room.beside(), machines=tiles)

        return replace(room, beside=beside, serviced=lambda *one: noted.append(one))  # type: ignore[arg-type, return-value]

    desk = open_desk(story, changed)
    desk.until(lambda: desk.page.machine.figure.warns)
    figure = desk.page.machine.figure
    assert figure.value == "41\u2009h"
    assert figure.below == "and 1 more"
    desk.click(desk.page.machine)
    dialog = desk.dialog()
    words = next(
        k.text() for k in dialog.findChildren(QWidget) if "Spindle 2" in getattr(k, "text", str)()
    )
    desk.answer(words)
    desk.answer("Worn out, or it had failed")
    desk.until(lambda: noted == [("Spindle 2", True)])


def test_study_hand_over_and_export_open_from_the_page(desk: Desk) -> None:
    page = desk.page
    desk.click(page.kappa)
    assert type(desk.dialog()).__name__ == "StudyDialog"
    desk.dialog().reject()
    desk.click(page.handover_key)
    desk.until(lambda: type(desk.dialog()).__name__ == "HandoverDialog")
    desk.dialog().reject()
    desk.until(lambda: not any(one.isVisible() for one in desk.window.findChildren(QDialog)))
    desk.click(page.export_key)
    titles = {key.text() for key in desk.dialog().findChildren(TouchKey)}
    assert {"Shift report (PDF)", "Table (CSV)"} <= titles
    desk.dialog().reject()


def test_agreement_is_that_of_the_study_or_else_of_those_who_reviewed(desk: Desk) -> None:
    seen = desk.page.live.seen
    assert seen is not None
    bare = replace(seen.figures, kappa=None)
    studied = Studied(Kappa(0.96, 0.91, 1.0), 3, 50, 1_760_000_000_000)
    assert figures.agreement(bare, None).value == "–"
    assert figures.agreement(bare, None).below == "No study yet"
    reviewed = replace(seen.figures, kappa=Kappa(0.8, 0.7, 0.9), judged=320)
    assert figures.agreement(reviewed, None).value == "0.80"
    assert figures.agreement(reviewed, None).below == "320 parts reviewed"
    assert figures.agreement(reviewed, studied).value == "0.96"
    assert figures.agreement(reviewed, studied).aside == "0.91–1.00"
    assert figures.agreement(reviewed, studied).below.startswith("3 persons, 2025-10-")


def test_an_empty_station_says_so_everywhere(open_desk: Open, own: Store, story: Story) -> None:
    page = open_desk(about(own, story)).page
    for tile in page.tiles:
        assert tile.figure.value == "–", tile.figure
    for panel in (page.control, page.pareto, page.drift):
        assert panel.empty.isVisible()
        assert panel.empty.text()
        assert not panel.table_key.isVisible()
    assert page.machine.figure.below == "No machine is watched yet"
    heights = [panel.height() for panel in page.panels]
    assert max(heights) < 1.2 * min(heights), heights  # words take no room from other rows


# ── what fails ───────────────────────────────────────────────────────────────────────────────


def test_records_that_cannot_be_read_are_a_notice_until_they_can(
    open_desk: Open, story: Story
) -> None:
    broken = [True]

    def failing(room: LineRoom) -> LineRoom:
        def see(wanted: Filter, before: object) -> object:
            if broken[0]:
                raise StoreError(ErrorCode.STORE_BROKEN, path="/d", reason="disk")
            return room.see(wanted, before)  # type: ignore[arg-type]

        return replace(room, see=see)  # type: ignore[arg-type]

    desk = open_desk(story, failing, opened=False)
    page = desk.page
    desk.window.show_page(1)
    desk.until(lambda: "/d" in page.notice.words)
    assert page.passes.figure.value == "–"
    broken[0] = False
    desk.press(Qt.Key.Key_F5)
    desk.until(lambda: page.live.seen is not None)
    assert not page.notice.isVisible()
    broken[0] = True
    desk.press(Qt.Key.Key_F5)
    desk.until(lambda: "/d" in page.notice.words)
    assert page.passes.figure.value == "–"  # no number that may be of yesterday


def test_what_the_line_says_is_seen_here_too(desk: Desk) -> None:
    page = desk.page
    page.show_event(StateChanged(LineState.FAULT, GONE))
    assert page.notice.words == fault_text(GONE)
    page.show_event(StateChanged(LineState.READY))
    assert not page.notice.isVisible()


# ── language, theme, size, keyboard ──────────────────────────────────────────────────────────


def test_language_and_theme_change_while_it_is_open(desk: Desk) -> None:
    page = desk.page
    for language in ("de", "zh_CN", "en"):
        install(language)
        desk.qtbot.wait(20)
        desk.window.toggle_theme()
        desk.qtbot.wait(20)
    assert page.passes.figure.name == "First-pass yield"
    install("de")
    desk.qtbot.wait(20)
    assert "," in page.passes.figure.value
    assert not desk.faults


SIZES = [(1366, 768), (1920, 1080), (1024, 720), (3840, 2160)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_every_key_is_large_enough_and_inside_the_window(
    open_desk: Open, story: Story, size: tuple[int, int], language: str
) -> None:
    install(language)
    desk = open_desk(story, size=size)
    desk.page.pick(3)
    desk.qtbot.wait(20)
    keys = [
        key
        for key in desk.page.findChildren(QWidget)
        if key.isVisible() and key.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(keys) >= 12
    for key in keys:
        where = key.mapTo(desk.window, QPoint(0, 0))
        assert key.height() >= 44, key
        assert key.width() >= 44, key
        assert where.x() >= 0, key
        assert where.y() >= 0, key
        assert where.x() + key.width() <= desk.window.width(), (key, where)
        assert where.y() + key.height() <= desk.window.height(), (key, where)
    for panel in desk.page.panels:
        assert panel.height() >= 150, panel.accessibleName()


def test_tab_reaches_every_key_and_the_chart(desk: Desk) -> None:
    page = desk.page
    page.pick(3)
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    page.filters.keys[Field.SPAN].setFocus()
    reached = set()
    for _ in range(60):
        reached.add(QApplication.focusWidget())
        desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [*page.filters.keys.values(), page.handover_key, page.export_key, page.kappa]
    wanted += [panel.table_key for panel in (page.control, page.pareto, page.drift)]
    wanted += [page.plots._plots["ControlPlot"], page.control.act_key]
    assert [one for one in wanted if one not in reached] == []


def test_a_report_is_written_of_what_is_asked_for(
    open_desk: Open, story: Story, tmp_path: Path
) -> None:
    desk = open_desk(story)
    page = desk.page
    for form, begin in (("pdf", b"%PDF"), ("csv", b"")):
        target = tmp_path / f"report.{form}"
        page.files.write(lambda path: page._room.report(page._filter(), path), target)
        desk.until(target.exists)
        assert target.read_bytes().startswith(begin)
        assert target.stat().st_size > 500
