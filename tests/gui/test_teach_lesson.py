"""The lesson: progress, the candidate against the one in use, limits, shadow, release."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from station.domain.recipe import Recipe
from station.domain.revision import RevisionState
from station.errors import DatasetError, ErrorCode, Fault, LineError
from station.gui.pages.teach_disputes import DisputesDialog
from station.gui.pages.teach_room import Proof
from station.gui.texts import fault_text
from station.gui.widgets.figures_table import Mark
from station.pipeline.events import Adopted
from station.store.releases import Limits
from station.training.costs import outcome, sides
from tests.gui.desks import desks
from tests.gui.teach_desk import Book, Desk, better, disputes, images, revision, worse

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """As the design draws it: v7 judges, v6 did before."""
    book = Book(tmp_path, images(tmp_path, 300))
    released, retired = RevisionState.RELEASED, RevisionState.RETIRED
    book.models = [revision(7, released, 6), revision(6, retired), revision(5, retired)]
    book.proofs = {7: worse()}
    return book


@pytest.fixture
def open_desk(qtbot: QtBot) -> Iterator[Callable[[Book], Desk]]:
    with desks(partial(Desk, qtbot)) as opens:
        yield opens


@pytest.fixture
def desk(open_desk: Callable[[Book], Desk], book: Book) -> Desk:
    return open_desk(book)


@pytest.fixture
def taught(desk: Desk) -> Desk:
    """After a lesson: v8 is the candidate."""
    desk.book.may.set()
    desk.click(desk.page.lesson.teach_key)
    desk.until(lambda: desk.page.lesson.standing.candidate is not None)
    desk.settled()
    return desk


def rows(desk: Desk) -> dict[str, tuple[str, str, Mark]]:
    return {row.name: (row.first, row.second, row.mark) for row in desk.page.lesson.table.rows}


# ── teaching ─────────────────────────────────────────────────────────────────────────────────


def test_before_a_lesson_the_one_in_use_stands_alone(desk: Desk) -> None:
    lesson = desk.page.lesson
    assert lesson.caption.text() == "TEACH CANDIDATE V8"
    assert lesson.table.heads == ("v7 in use", "")
    assert rows(desk)["Escapes (bad passed)"][0] == "2 of 26"
    assert not lesson.shadow_key.isVisible()
    assert not lesson.use_key.isVisible()
    assert lesson.teach_key.isEnabled()


def test_a_lesson_tells_how_far_it_is_and_how_long_it_takes(desk: Desk) -> None:
    lesson = desk.page.lesson
    desk.click(lesson.teach_key)
    desk.until(lambda: lesson.progress.share == 0.72)
    board = desk.page.board
    assert board is not None
    assert lesson.progress.sentence == (
        f"Learning from {board.learns} images, testing on {board.tests} kept back"
    )
    assert (lesson.progress.step, lesson.progress.left) == ("Looking at images", "about 9 s left")
    assert lesson.cancel_key.isVisible()
    assert not lesson.teach_key.isVisible()
    desk.book.may.set()
    desk.until(lambda: lesson.standing.candidate is not None)
    assert lesson.caption.text() == "CANDIDATE V8"
    assert not lesson.cancel_key.isVisible()


def test_cancel_ends_the_lesson_and_offers_nothing(desk: Desk) -> None:
    lesson = desk.page.lesson
    desk.click(lesson.teach_key)
    desk.until(lambda: lesson.progress.share == 0.72)
    desk.click(lesson.cancel_key)
    desk.until(lambda: not lesson.job.runs)
    desk.settled()
    assert lesson.standing.candidate is None
    assert lesson.teach_key.isVisible()
    assert len(desk.book.models) == 3


def test_the_page_stays_quick_while_a_lesson_runs(desk: Desk) -> None:
    desk.click(desk.page.lesson.teach_key)
    desk.until(lambda: desk.page.lesson.progress.share == 0.72)
    began = time.monotonic()
    desk.page.set_ask(desk.page.ask.of_class("dent"))
    desk.settled()
    assert time.monotonic() - began < 2.0
    assert desk.page.lesson.job.runs


def test_a_lesson_that_fails_says_why_and_the_one_in_use_stays(desk: Desk) -> None:
    error = DatasetError(ErrorCode.DATASET_ONE_CLASS, path="/data", found="good")

    def fail(*_: object) -> int:
        raise error

    lesson = desk.page.lesson
    lesson._lessons = replace(lesson._lessons, teach=fail)
    desk.click(lesson.teach_key)
    desk.until(lambda: desk.page.notice.isVisible())
    assert desk.page.notice.words == fault_text(error.fault)
    assert lesson.standing.candidate is None
    assert lesson.table.heads == ("v7 in use", "")


def test_without_good_parts_it_says_what_is_missing(
    open_desk: Callable[[Book], Desk], tmp_path: Path
) -> None:
    lesson = open_desk(Book(tmp_path, {})).page.lesson
    assert not lesson.teach_key.isEnabled()
    assert "no good parts" in lesson.progress.sentence
    assert lesson.caption.text() == "FIRST MODEL"
    assert not lesson.table.rows
    assert not lesson.histogram.isVisible()


# ── figures ──────────────────────────────────────────────────────────────────────────────────


def test_the_candidate_stands_beside_the_one_in_use_green_where_better(taught: Desk) -> None:
    assert taught.page.lesson.table.heads == ("v7 in use", "v8 candidate")
    assert taught.page.lesson.figures_caption.text() == "ON THE SAME 103 KEPT-BACK PARTS"
    thin = "\u2009"
    assert rows(taught) == {
        "Escapes (bad passed)": ("2 of 26", "0 of 26", Mark.BETTER),
        "False rejects (good failed)": ("4 of 77", "1 of 77", Mark.BETTER),
        "Sent to review": ("0 of 103", "0 of 103", Mark.SAME),
        "Recall": (f"92.3{thin}%", f"100{thin}%", Mark.BETTER),
        "Precision": (f"85.7{thin}%", f"96.3{thin}%", Mark.BETTER),
        "5-fold accuracy": (f"96.1 ± 1.2{thin}%", f"99.0 ± 0.6{thin}%", Mark.BETTER),
        "Time per part (p95)": ("38 ms", "38 ms", Mark.SAME),
    }


def test_what_is_worse_is_red_and_what_is_not_known_is_a_dash(desk: Desk) -> None:
    desk.book.proofs = {7: better(), 8: Proof(sides([0.1, 0.9], []), (0.4, 0.6), None, 50.0)}
    desk.book.may.set()
    desk.click(desk.page.lesson.teach_key)
    desk.until(lambda: desk.page.lesson.standing.candidate is not None)
    found = rows(desk)
    assert found["Escapes (bad passed)"] == ("0 of 26", "–", Mark.SAME)
    assert found["False rejects (good failed)"][2] is Mark.WORSE
    assert found["Time per part (p95)"] == ("38 ms", "50 ms", Mark.WORSE)
    assert "nothing can be said" in desk.page.lesson.proven.text()


# ── limits ───────────────────────────────────────────────────────────────────────────────────


def drag(desk: Desk, start: float, end: float) -> None:
    plot = desk.page.lesson.histogram
    y = plot.height() - 30
    points = [QPoint(round(plot._x(value)), y) for value in (start, (start + end) / 2, end)]
    desk.qtbot.mousePress(plot, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        desk.qtbot.mouseMove(plot, point)
    desk.qtbot.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=points[-1])


def test_a_dragged_limit_changes_the_figures_at_once(taught: Desk) -> None:
    lesson = taught.page.lesson
    told: list[tuple[float, float]] = []
    lesson.histogram.moved.connect(lambda *limits: told.append(limits))
    drag(taught, 0.6, 0.85)
    review, ng = lesson.limits
    assert review == 0.5
    assert ng == pytest.approx(0.85, abs=0.01)
    assert len(told) == 2
    found = outcome(better().parts, review, ng)
    assert rows(taught)["False rejects (good failed)"][1] == "0 of 77"
    assert rows(taught)["Sent to review"][1] == f"{found.bad_reviews.count + 1} of 103"
    drag(taught, 0.5, 0.8)
    assert rows(taught)["Escapes (bad passed)"][1] == "11 of 26"
    assert rows(taught)["Escapes (bad passed)"][2] is Mark.WORSE


def test_the_limits_move_by_key_and_never_cross(taught: Desk) -> None:
    plot = taught.page.lesson.histogram
    plot.setFocus()
    press = taught.qtbot.keyClick
    press(plot, Qt.Key.Key_Right)
    assert plot.limits == (0.5, 0.61)
    press(plot, Qt.Key.Key_PageDown)
    press(plot, Qt.Key.Key_PageDown)
    assert plot.limits == (0.41, 0.41)
    press(plot, Qt.Key.Key_Up)
    press(plot, Qt.Key.Key_PageUp)
    assert plot.limits == (0.51, 0.51)
    for _ in range(12):
        press(plot, Qt.Key.Key_PageUp)
    assert plot.limits == (1.0, 1.0)
    assert rows(taught)["Escapes (bad passed)"][1] == "26 of 26"


def test_so_many_escapes_at_most_sets_the_limits_and_says_what_is_proven(taught: Desk) -> None:
    lesson = taught.page.lesson
    before = lesson.limits
    taught.click(lesson.most_key)
    taught.answer("1\u2009%")
    assert lesson.limits != before
    found = outcome(better().parts, *lesson.limits)
    assert found.escapes.count == 0
    assert lesson.histogram.limits == lesson.limits
    assert lesson.most_key.text() == "At most 1\u2009% escapes"
    assert "Proven: at most 12.9\u202f% escape." in lesson.proven.text()
    assert "bad parts could prove 1.0\u202f%" in lesson.proven.text()


# ── release ──────────────────────────────────────────────────────────────────────────────────


def test_the_candidate_is_put_in_use_with_a_reason_and_the_limits_shown(taught: Desk) -> None:
    lesson = taught.page.lesson
    drag(taught, 0.6, 0.68)
    limits = lesson.limits
    taught.click(lesson.use_key)
    assert "Put v8 in use instead of v7" in taught.dialog().windowTitle()
    taught.answer("Fewer escapes")
    taught.until(lambda: lesson.standing.incumbent is not None and _number(taught) == 8)
    assert ("release", 8, Limits(*limits), "Fewer escapes") in taught.book.told
    assert lesson.standing.candidate is None
    assert lesson.back_key.text() == "Back to v7"


def _number(desk: Desk) -> int:
    incumbent = desk.page.lesson.standing.incumbent
    return incumbent.number if incumbent else 0


def test_without_a_reason_nothing_is_released(taught: Desk) -> None:
    taught.click(taught.page.lesson.use_key)
    taught.answer("Cancel")
    taught.settled()
    assert not [one for one in taught.book.told if one[0] == "release"]


def test_a_release_that_is_refused_says_why(taught: Desk) -> None:
    taught.book.fails = LineError(ErrorCode.LINE_NOT_READY, state="stopped")
    taught.click(taught.page.lesson.use_key)
    taught.answer("Fewer escapes")
    taught.until(lambda: taught.page.notice.isVisible())
    assert taught.page.lesson.standing.candidate is not None
    assert taught.page.lesson.use_key.isEnabled()


def test_the_same_model_can_be_used_with_other_limits(desk: Desk) -> None:
    lesson = desk.page.lesson
    drag(desk, 0.5, 0.3)
    assert lesson.use_key.isVisible()
    assert lesson.use_key.text() == "Use these limits"
    desk.click(lesson.use_key)
    desk.answer("Fewer escapes")
    desk.until(lambda: any(one[0] == "release" for one in desk.book.told))
    order = next(one for one in desk.book.told if one[0] == "release")
    assert order[1] == 7
    assert order[2].review_limit == pytest.approx(0.3, abs=0.01)  # type: ignore[attr-defined]


def test_the_way_back_is_one_key_and_a_reason(desk: Desk) -> None:
    assert desk.page.lesson.back_key.text() == "Back to v6"
    desk.click(desk.page.lesson.back_key)
    desk.answer("Bad parts escaped")
    desk.until(lambda: ("back", "Bad parts escaped") in desk.book.told)


def test_a_release_by_somebody_else_is_heard(desk: Desk) -> None:
    desk.book.models = [revision(8, RevisionState.RELEASED, 7), revision(7, RevisionState.RETIRED)]
    desk.book.proofs[8] = better()
    adopted = Recipe("flange", "v8.onnx", review_limit=0.8, ng_limit=0.9)
    desk.window.show_event(Adopted(adopted))
    desk.until(lambda: _number(desk) == 8)
    assert desk.page.lesson.limits == (0.8, 0.9)
    found = outcome(better().parts, 0.8, 0.9)
    assert found.escapes.count > 0
    assert rows(desk)["Escapes (bad passed)"][0] == f"{found.escapes.count} of 26"
    assert not desk.page.lesson.use_key.isVisible()


# ── shadow ───────────────────────────────────────────────────────────────────────────────────


def test_a_shadow_is_cast_its_disputes_are_shown_as_pictures_and_it_ends(taught: Desk) -> None:
    lesson = taught.page.lesson
    taught.book.shadow = disputes(30)
    taught.click(lesson.shadow_key)
    taught.until(lambda: lesson.watch_key.isVisible())
    assert ("shadow", 8) in taught.book.told
    assert lesson.watch_key.text() == "In shadow: 30 of 214 parts differ"
    assert lesson.shadow_key.text() == "End the shadow run"
    taught.book.shadow = replace(disputes(31), parts=220)
    taught.page._read_board()
    taught.until(lambda: lesson.watch_key.text() == "In shadow: 31 of 220 parts differ")
    taught.click(lesson.watch_key)
    dialog = taught.dialog()
    assert isinstance(dialog, DisputesDialog)
    assert len(dialog.grid.rows) == 31
    taught.until(lambda: taught.page.wall.thumbs.get("images/3.png") is not None)
    dialog.accept()
    taught.click(lesson.shadow_key)
    taught.until(lambda: ("shadow", None) in taught.book.told)
    taught.until(lambda: not lesson.watch_key.isVisible())


def test_a_shadow_that_agrees_says_so(taught: Desk) -> None:
    taught.book.shadow = replace(disputes(0), parts=58)
    taught.click(taught.page.lesson.shadow_key)
    taught.until(lambda: taught.page.lesson.watch_key.isVisible())
    assert taught.page.lesson.watch_key.text() == "In shadow: agrees on 58 parts"
    assert not taught.page.lesson.watch_key.isEnabled()


def test_a_fault_while_reading_the_models_is_said(
    open_desk: Callable[[Book], Desk], book: Book
) -> None:
    desk = open_desk(book)
    fault = Fault(ErrorCode.CAMERA_LOST, (("source", "cam"),))

    def fail(_: str) -> list[object]:
        error = LineError(ErrorCode.LINE_NOT_READY, state="stopped")
        error.fault = fault
        raise error

    lesson = desk.page.lesson
    lesson._lessons = replace(lesson._lessons, revisions=fail)  # type: ignore[arg-type]
    lesson.reload()
    desk.until(lambda: desk.page.notice.isVisible())
    assert desk.page.notice.words == fault_text(fault)
