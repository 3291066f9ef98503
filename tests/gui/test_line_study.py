"""The study of agreement by mouse and keyboard, over a real store with pictures and a model."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from station.gui.fonts import load_fonts
from station.gui.pages import line_study as page_module
from station.gui.pages.line_study_view import Step
from station.gui.texts import install
from station.insight.study import Role, Said, Truth, order, standing
from station.insight.study_notes import last_result, studies, words
from station.insight.study_result import result
from station.insight.study_table import sheet_of
from station.insight.tables import read_table
from station.store.store import Store
from tests.gui.study_desk import SECONDS, StudyDesk, fill

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Opens = Callable[[], StudyDesk]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        fill(store)
        yield store


@pytest.fixture
def open_desk(qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    load_fonts()
    install("en")
    monkeypatch.setattr(page_module, "SETTLE_SECONDS", SECONDS)
    desks: list[StudyDesk] = []

    def make() -> StudyDesk:
        desks.append(StudyDesk(qtbot, store))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()
    install("en")


def right(desk: StudyDesk) -> Callable[[int], Said]:
    """Somebody who knows all references."""
    assert desk.dialog.sitting is not None
    parts = desk.dialog.sitting.study.parts
    return lambda place: parts[place].truth


def test_two_people_twice_from_the_plan_to_the_figures(
    open_desk: Opens, store: Store, tmp_path: Path
) -> None:
    desk = open_desk()
    dialog = desk.dialog
    assert dialog.plan_panel.truth_keys[Truth.LABELS].isChecked()
    desk.plan(10, 2, 2)
    study = desk.begin()
    assert len(study.parts) == 10
    assert study.looked, "the model looked at the pictures again"
    assert {part.truth for part in study.parts} == {Said.OK, Said.NG}
    assert sum(part.truth is Said.OK for part in study.parts) in (4, 5, 6)
    desk.named("Anna")
    shown = desk.judge(right(desk), 10)
    assert shown == order(study, (Role.PERSON, "Anna"), 1), "by chance, and kept in the study"
    desk.until(lambda: dialog.step is Step.WHO)
    assert "finished trial 1" in dialog.who.news.text()
    desk.click(dialog.who.keys[0])
    second = desk.judge(right(desk), 10)
    assert sorted(second) == sorted(shown)
    assert second != shown
    desk.until(lambda: dialog.step is Step.WHO)
    assert dialog.who.keys[0].accessibleDescription() == "done"

    first = shown[0]
    wrong = Said.NG if study.parts[first].truth is Said.OK else Said.OK
    desk.named("Bo")
    desk.judge(lambda place: wrong if place == first else right(desk)(place), 10)
    desk.until(lambda: dialog.step is Step.WHO)
    desk.click(dialog.who.keys[1])
    desk.judge(right(desk), 10)
    desk.until(lambda: dialog.step is Step.RESULT)

    found = last_result(store.reader)
    assert found is not None
    anna, bo, station = found[1].appraisers
    assert (anna.seen.effectiveness.count, bo.seen.effectiveness.count) == (10, 9)
    assert station.station
    assert found[1].disputes[0].part == first
    text = dialog.figures.figures.toPlainText()
    assert "Anna" in text
    assert "Station" in text
    assert "not proven" in text, "ten parts prove nothing"
    assert "same picture, same word" in text
    assert "DISPUTED PART 1 OF" in dialog.figures.part.text()
    desk.until(lambda: dialog.figures.view.has_picture)
    assert desk.save("pdf", tmp_path / "study.pdf").startswith(b"%PDF")
    desk.save("csv", tmp_path / "study.csv")
    again = result(sheet_of(read_table(tmp_path / "study.csv")))
    assert [one.seen for one in again.appraisers] != []
    by_name = {one.name: one.seen for one in again.appraisers}
    assert by_name["Anna"] == anna.seen
    assert by_name["Bo"].effectiveness == bo.seen.effectiveness
    assert by_name[""] == station.seen


def test_a_word_is_kept_before_the_next_part_comes(open_desk: Opens, store: Store) -> None:
    """Whoever pulls the plug loses nothing; another window goes on at the same part."""
    desk = open_desk()
    desk.plan(10, 1, 1)
    study = desk.begin()
    desk.named("Anna")
    judged = desk.judge(right(desk), 4)
    kept = standing(words(store.reader, study.uid))[(Role.PERSON, "Anna")][1]
    assert set(kept) == set(judged)
    at = desk.in_sight()
    desk.close()

    other = open_desk()
    other.click(other.dialog.earlier_key)
    other.choose("4 of 10")
    other.until(lambda: other.dialog.step is Step.WHO)
    assert other.dialog.who.keys[0].accessibleDescription() == "4 of 10"
    other.click(other.dialog.who.keys[0])
    assert other.in_sight() == at


def test_the_last_word_can_be_taken_back(open_desk: Opens, store: Store) -> None:
    desk = open_desk()
    desk.plan(10, 1, 2)
    study = desk.begin()
    desk.named("Anna")
    dialog = desk.dialog
    assert not dialog.judge.undo_key.isEnabled()
    first, second = desk.judge(lambda _: Said.NG, 2)
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Backspace):
        desk.in_sight()
        desk.kept(lambda key=key: desk.press(key))
    assert desk.in_sight() == first
    assert not dialog.judge.undo_key.isEnabled()
    assert not standing(words(store.reader, study.uid))[(Role.PERSON, "Anna")][1]
    assert desk.judge(lambda _: Said.OK, 2) == [first, second]
    desk.judge(right(desk), 8)
    desk.until(lambda: dialog.step is Step.WHO)
    desk.click(dialog.who.keys[0])
    desk.in_sight()
    assert not dialog.judge.undo_key.isEnabled(), "a trial that is done stays so"


def test_touch_and_arrows_do_the_same(open_desk: Opens, store: Store) -> None:
    desk = open_desk()
    desk.plan(10, 1, 1)
    study = desk.begin()
    desk.named("Anna")
    judge = desk.dialog.judge
    said = []
    for act, word in (
        (lambda: desk.click(judge.ok_key), Said.OK),
        (lambda: desk.click(judge.ng_key), Said.NG),
        (lambda: desk.press(Qt.Key.Key_Left), Said.OK),
        (lambda: desk.press(Qt.Key.Key_Right), Said.NG),
        (lambda: desk.press(Qt.Key.Key_F2), Said.NG),
    ):
        place = desk.in_sight()
        desk.kept(act)
        said.append((place, word))
    kept = standing(words(store.reader, study.uid))[(Role.PERSON, "Anna")][1]
    assert dict(said) == kept
    desk.press(Qt.Key.Key_Escape)
    assert desk.dialog.step is Step.WHO
    assert desk.dialog.isVisible()


def test_a_press_that_comes_too_soon_is_not_meant(
    open_desk: Opens, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    desk.plan(10, 1, 1)
    study = desk.begin()
    desk.named("Anna")
    monkeypatch.setattr(page_module, "SETTLE_SECONDS", 60.0)
    place = desk.in_sight()
    count = len(words(store.reader, study.uid))
    desk.press(Qt.Key.Key_A)
    desk.click(desk.dialog.judge.ng_key)
    desk.qtbot.wait(100)
    assert len(words(store.reader, study.uid)) == count
    monkeypatch.setattr(page_module, "SETTLE_SECONDS", 0.0)
    desk.kept(lambda: desk.press(Qt.Key.Key_A))
    assert words(store.reader, study.uid)[-1].part == place


def test_nothing_on_the_screen_tells_what_others_said(open_desk: Opens) -> None:
    """While somebody judges: no score, no number of the part, no name but one's own."""
    desk = open_desk()
    desk.plan(10, 2, 1)
    study = desk.begin()
    desk.named("Anna")
    desk.judge(right(desk), 10)
    desk.named("Bo")
    desk.in_sight()
    judge = desk.dialog.judge
    shown = [judge.where.text(), judge.help.text(), judge.progress.sentence]
    assert shown[0] == "Bo · trial 1 of 1"
    assert shown[2] == "0 of 10 parts judged"
    for part in study.parts:
        assert not any(part.name in words for words in shown)
    assert not desk.dialog.title.isVisible()
    assert not desk.dialog.result_key.isVisible()


def test_an_expert_judges_first_and_is_not_measured(open_desk: Opens, store: Store) -> None:
    desk = open_desk()
    dialog = desk.dialog
    desk.click(dialog.plan_panel.truth_keys[Truth.EXPERT])
    desk.plan(10, 1, 1)
    study = desk.begin()
    assert all(part.truth is Said.NOTHING for part in study.parts)
    assert all(part.record for part in study.parts)
    for part in study.parts:
        assert [keep.why for keep in store.reader.story(part.record).keeps] == ["sample"]
    assert dialog.title.text() == "Who gives the reference?"
    desk.named("Prof. Li")
    assert desk.dialog.judge.where.text() == "Prof. Li · reference"
    desk.judge(lambda place: Said.OK if place % 2 else Said.NG, 10)
    desk.until(lambda: dialog.step is Step.WHO)
    assert dialog.title.text() == "Who judges now?"
    desk.qtbot.keyClicks(dialog.who.name, "prof. li")
    desk.click(dialog.next_key)
    assert "gave the reference" in dialog.notice.words
    assert dialog.step is Step.WHO
    dialog.who.name.clear()
    desk.named("Anna")
    desk.judge(lambda place: Said.OK if place % 2 else Said.NG, 10)
    desk.until(lambda: dialog.step is Step.RESULT)
    found = last_result(store.reader)
    assert found is not None
    assert [one.name for one in found[1].appraisers] == ["Anna", ""]
    assert found[1].appraisers[0].seen.effectiveness.rate == 1.0
    assert "judged by Prof. Li" in dialog.figures.figures.toPlainText()


def test_no_more_people_than_planned(open_desk: Opens) -> None:
    desk = open_desk()
    desk.plan(10, 1, 2)
    desk.begin()
    dialog = desk.dialog
    desk.named("Anna")
    desk.judge(right(desk), 1)
    desk.press(Qt.Key.Key_Escape)
    assert dialog.who.name.isHidden()
    assert not dialog.next_key.isVisible()
    assert not dialog.result_key.isEnabled()
    desk.click(dialog.who.keys[0])
    desk.in_sight()


def test_a_lost_picture_cannot_be_judged_and_is_left_out(open_desk: Opens, store: Store) -> None:
    desk = open_desk()
    desk.plan(10, 1, 1)
    study = desk.begin()
    first = order(study, (Role.PERSON, "Anna"), 1)[0]
    (store.folder / study.parts[first].image).unlink()
    desk.named("Anna")
    desk.until(lambda: desk.dialog._since is not None)
    assert not desk.dialog.judge.ok_key.isEnabled()
    assert "not at hand" in desk.dialog.judge.view._empty
    desk.press(Qt.Key.Key_A)
    desk.qtbot.wait(50)
    assert all(word.by != "Anna" for word in words(store.reader, study.uid))
    desk.kept(lambda: desk.click(desk.dialog.judge.out_key))
    assert desk.dialog.judge.progress.sentence == "0 of 9 parts judged"
    assert not desk.dialog.judge.out_key.isVisible()
    judged = desk.judge(right(desk), 9)
    assert first not in judged
    desk.until(lambda: desk.dialog.step is Step.RESULT)
    assert "their pictures are gone: 1." in desk.dialog.figures.figures.toPlainText()
    found = last_result(store.reader)
    assert found is not None
    assert found[1].parts == 9


def test_closed_while_the_parts_are_chosen(open_desk: Opens, store: Store) -> None:
    desk = open_desk()
    desk.plan(10, 1, 1)
    desk.click(desk.dialog.next_key)
    desk.dialog.reject()
    desk.until(lambda: not isValid(desk.dialog))
    assert len(studies(store.reader)) == 1, "it was begun, and can be gone on with"
