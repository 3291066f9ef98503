"""The study of agreement by mouse and keyboard, over a real store with pictures and a model."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from station.errors import ErrorCode, StoreError
from station.gui.pages import line_study as page_module
from station.gui.pages.line_study_view import Step
from station.gui.paper_blocks import Images
from station.gui.study_paper import study_blocks, study_pdf
from station.gui.study_words import notes
from station.gui.texts import LANGUAGES, install
from station.insight.study import Band, Plan, Role, Said, Study, Truth, Word, order, standing
from station.insight.study_notes import last_result, say, studies, words
from station.insight.study_result import result
from station.insight.study_table import sheet_of
from station.insight.tables import read_table
from station.overview.study import study_room
from station.store.png import encode_png
from station.store.sample_writer import NewSample
from station.store.samples import SampleFilter
from station.store.store import Store
from tests.gui.desks import desks
from tests.gui.study_desk import PRODUCT, SECONDS, StudyDesk, fill, picture
from tests.gui.words import watch_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

Opens = Callable[[], StudyDesk]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        fill(store, 24)
        yield store


@pytest.fixture
def open_desk(qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    monkeypatch.setattr(page_module, "SETTLE_SECONDS", SECONDS)
    with desks(partial(StudyDesk, qtbot, store)) as opens:
        yield opens


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
    printed = desk.save("pdf", tmp_path / "study.pdf")
    assert printed.startswith(b"%PDF")
    blocks = study_blocks(study, found[1], store.folder)
    pictures = [block for block in blocks if isinstance(block, Images)]
    assert len(pictures[0].images) == len(found[1].disputes)
    assert printed == study_pdf(study, found[1], (), store.folder), "equal studies, equal bytes"
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
    last = order(study, (Role.PERSON, "Anna"), 1)[-1]
    desk.kept(lambda: desk.click(dialog.judge.undo_key))
    assert desk.in_sight() == last, "also the word that ended the trial"


def test_a_word_that_cannot_be_kept_is_said_again(
    qtbot: QtBot, store: Store, open_desk: Opens
) -> None:
    """A full disk: the part stays, and so does the person's turn."""
    del open_desk
    whole = study_room(store.folder, store.reader, "07")
    full = [StoreError(ErrorCode.STORE_DISK_FULL, path=store.folder)]

    def keep(uid: str, word: Word) -> None:
        if full:
            raise full.pop()
        whole.say(uid, word)

    desk = StudyDesk(qtbot, store, room=replace(whole, say=keep))
    desk.plan(10, 1, 1)
    study = desk.begin()
    desk.named("Anna")
    place = desk.in_sight()
    desk.press(Qt.Key.Key_A)
    desk.until(lambda: "disk" in desk.dialog.notice.words)
    assert desk.in_sight() == place
    desk.kept(lambda: desk.press(Qt.Key.Key_A))
    assert words(store.reader, study.uid)[-1].part == place
    desk.close()


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


# ── what the station says, and what cannot be studied ───────────────────────────────────────


def test_without_its_model_the_station_says_what_it_said(open_desk: Opens, store: Store) -> None:
    """A model file that is another one now is not asked; the records are."""
    model = store.folder / "bright.onnx"
    model.write_bytes(model.read_bytes() + b"\0")
    desk = open_desk()
    desk.plan(10, 1, 1)
    study = desk.begin()
    assert not study.looked
    said = standing(words(store.reader, study.uid))[(Role.STATION, "")][1]
    assert {place: part.said for place, part in enumerate(study.parts)} == said
    desk.named("Anna")
    desk.judge(right(desk), 10)
    desk.until(lambda: desk.dialog.step is Step.RESULT)
    assert "those of the records" in desk.dialog.figures.figures.toPlainText()


def test_the_model_looks_where_the_recipe_looks(open_desk: Opens, store: Store) -> None:
    """Of a labelled record its cut-out, of a record the region in its picture: the same word."""
    desk = open_desk()
    desk.plan(25, 1, 1)
    labelled = desk.begin()
    desk.click(desk.dialog.back_key)
    desk.until(lambda: desk.dialog.step is Step.PLAN)
    desk.click(desk.dialog.plan_panel.truth_keys[Truth.EXPERT])
    judged = desk.begin()
    by_serial = [
        {
            part.group: standing(words(store.reader, study.uid))[(Role.STATION, "")][1][place]
            for place, part in enumerate(study.parts)
        }
        for study in (labelled, judged)
    ]
    assert len(by_serial[0]) == 24
    assert by_serial[0] == by_serial[1]
    assert set(by_serial[0].values()) >= {Said.OK, Said.NG}


def test_images_without_a_recipe_can_be_studied_without_the_station(store: Store) -> None:
    """Brought in from elsewhere: nobody inspected them, and no model knows them."""
    for number in range(12):
        label = ("fine", "torn")[number % 2]
        data = encode_png(picture(100 + number, number), {})
        store.add_sample(NewSample("cloth", "import", data=data), label, "07")
    store.set_class("cloth", "fine", True, "07")
    room = study_room(store.folder, store.reader, "07")
    assert [(one.product, one.good, one.bad, one.records) for one in room.offers()] == [
        ("cloth", 6, 6, 0),
        (PRODUCT, 12, 12, 24),
    ]
    study = room.begin(Plan("cloth", 50, 1, 1))
    assert study.plan.parts == len(study.parts) == 12
    assert {part.band for part in study.parts} == {Band.GOOD, Band.BAD}
    assert room.words(study.uid) == []
    for place, part in enumerate(study.parts):
        room.say(study.uid, Word("Anna", Role.PERSON, 1, place, part.truth))
    found = last_result(store.reader)
    assert found is not None
    assert found[1].station is None
    assert any("not among the judges" in note for note in notes(*found))
    begun = room.studies()[0]
    assert (begun.study, begun.done, begun.wanted) == (study, 12, 12)


def test_too_few_parts_are_refused_in_words(open_desk: Opens, store: Store, tmp_path: Path) -> None:
    for place in (store.folder / "samples").rglob("*.png"):
        place.unlink()
    desk = open_desk()
    desk.click(desk.dialog.next_key)
    desk.until(lambda: bool(desk.dialog.notice.words))
    assert "Only 0 parts can be judged" in desk.dialog.notice.words
    assert desk.dialog.step is Step.PLAN
    assert desk.dialog.next_key.isEnabled()
    assert studies(store.reader) == []


def test_labels_of_one_kind_teach_nothing_about_the_other(
    qtbot: QtBot, tmp_path: Path, open_desk: Opens, store: Store
) -> None:
    desk = open_desk()
    keys = store.reader.sample_keys(PRODUCT, SampleFilter(label="dark"))
    store.label([(key, "") for key in keys], "07")
    desk.click(desk.dialog.next_key)
    desk.until(lambda: "only good or only bad" in desk.dialog.notice.words)
    assert studies(store.reader) == []
    desk.close()
    other = open_desk()
    assert other.dialog.plan_panel.truth_keys[Truth.EXPERT].isChecked(), "so it is proposed"


# ── in every language, on every screen ──────────────────────────────────────────────────────


@pytest.mark.parametrize("size", [(1024, 720), (1366, 768), (1920, 1080)])
def test_no_word_on_a_key_is_cut(
    qtbot: QtBot,
    store: Store,
    open_desk: Opens,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del open_desk  # for its fonts
    cut = watch_words(monkeypatch)
    desk = StudyDesk(qtbot, store, size)
    dialog = desk.dialog

    def look() -> None:
        for language in LANGUAGES:
            install(language)
            qtbot.wait(1)
            dialog.grab()
            bar = dialog.figures.figures.horizontalScrollBar()
            assert bar.maximum() <= 2, f"the figures fit the width: {language}"
        install("en")

    try:
        look()
        study = desk.begin()
        look()
        desk.named("Anna-Maria Österreicher")
        desk.in_sight()
        look()
        for word in everything(study):
            say(store, study.uid, word, "07")
        dialog._take(study)
        desk.until(lambda: dialog.step is Step.RESULT)
        look()
    finally:
        desk.close()
    assert not cut


def everything(study: Study) -> list[Word]:
    """Three people who are right nine times of ten."""
    wrong = {Said.OK: Said.NG, Said.NG: Said.OK}
    return [
        Word(by, Role.PERSON, trial, place, part.truth if place % 10 else wrong[part.truth])
        for by in ("Anna-Maria Österreicher", "Bo", "李伟")
        for trial in range(1, 4)
        for place, part in enumerate(study.parts)
    ]
