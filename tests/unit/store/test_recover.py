"""Real damage to the database, at rest and under a writing store: nothing that was kept is lost."""

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import harm
import pytest

from station.domain.inspection import DecisionKind, Disposition, Inspection, Verdict
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault, StoreError
from station.store.images import encode_still, image_name
from station.store.notes import NoteKind
from station.store.queries import Reader
from station.store.rebuild import RebuildResult, rebuild_from_pictures
from station.store.recover import ASIDE, check, last_loss, look_after, recover, sweep_orphans
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from station.store.verify import verify

PARTS = 60  # more than are carried over at once
NEVER = threading.Event()


@pytest.fixture
def fill(make, picture, says) -> Callable[[Path], None]:
    """Sixty parts in a folder, every fifth with a word of a person, and all that goes with them."""

    def filled(folder: Path) -> None:
        with Store(folder) as store:
            for version in range(3):
                store.save_recipe(Recipe("flange", model="m.onnx", ng_limit=0.6 + version / 10))
            store.save_model("cd" * 32, "flange", "{}", "m.onnx", 1)
            for number in range(1, PARTS + 1):
                add(store, make, picture, number)
                if number % 5 == 0:
                    part = make(number, **verdict_of(number))
                    store.decide(says(part, DecisionKind.REJECT, operator="Wang 王"))
                    store.decide(says(part, DecisionKind.UNDO, 3))
                    store.decide(says(part, DecisionKind.ACCEPT, 4, label="good"))
                if number % 7 == 0:
                    store.keep(f"{number:032x}", "golden", "Lee")
            store.audit("note", operator="Wang")
            store.note(NoteKind.SERVICE, "spindle 2", "Wang 王", {"what": "bearing"})
            store.note(NoteKind.WORD, "ab" * 16, "Lee", {"part": 3, "word": "NG"})

    return filled


def verdict_of(number: int) -> dict[str, Verdict]:
    return {"verdict": Verdict.REVIEW if number % 10 == 0 else Verdict.OK}


def add(store: Store, make, picture, number: int) -> Inspection:
    part = make(number, **verdict_of(number))
    store.record(part, picture(part, (24, 32)), part.verdict is Verdict.REVIEW)
    store.dispose(part.uid, Disposition.RELEASE, part.at_ms + 5)
    return part


def state(folder: Path) -> dict[str, object]:
    """All that people see of the records, in their order."""
    with Reader(folder) as reader:
        return {
            "entries": reader.history(1000),
            "stories": [
                (story.decisions, story.dispositions, story.keeps, story.removal)
                for story in (reader.story(e.inspection.uid) for e in reader.history(1000))
            ],
            "recipes": reader.recipes(),
            "models": reader.models(),
            "notes": [
                (one.kind, one.subject, one.at_ms, one.operator, one.body)
                for kind in NoteKind
                for one in reader.notes(kind)
            ],
            "waiting": reader.waiting(),
            "counts": reader.counts(),
        }


def seen(folder: Path) -> list[ErrorCode]:
    with Reader(folder) as reader:
        return [entry.fault.code for entry in reader.unconfirmed() if entry.fault is not None]


def inspections(folder: Path) -> list[Inspection]:
    with Reader(folder) as reader:
        return [entry.inspection for entry in reader.history(1000)]


def lost_by(store: Store) -> Fault:
    lost = last_loss(store.reader)
    assert lost is not None
    return lost[1]


@pytest.mark.parametrize("hurt", [harm.header, harm.first_page])
def test_with_a_broken_start_everything_comes_back(tmp_path, fill, hurt):
    fill(tmp_path)
    before = state(tmp_path)
    hurt(tmp_path)
    harmed = (tmp_path / DATABASE_NAME).read_bytes()
    with Store(tmp_path) as store:
        lost = lost_by(store)
        assert lost.code is ErrorCode.STORE_SET_ASIDE
        aside = Path(lost.fact("path"))
        assert aside.read_bytes() == harmed
        assert lost.fact("reason")
        assert store.last_number() == PARTS, "counting goes on above the newest picture"
        assert store.recipe("flange").version == 3, "and so do the versions of recipes"
        assert store.recipe("flange", 1).ng_limit == 0.6
        assert recover(store, NEVER) == RebuildResult(PARTS, 0)
        assert last_loss(store.reader) is None
        assert aside.read_bytes() == harmed
    assert state(tmp_path) == before
    assert seen(tmp_path) == [ErrorCode.STORE_SET_ASIDE, ErrorCode.STORE_REBUILT]
    assert all(row.good for row in verify(tmp_path))


@pytest.mark.parametrize("hurt", [harm.text, harm.everything, harm.emptied, harm.all_deleted])
def test_with_nothing_left_of_it_the_pictures_give_every_part_back(tmp_path, fill, hurt):
    fill(tmp_path)
    before = state(tmp_path)
    hurt(tmp_path)
    with Store(tmp_path) as store:
        assert store.last_number() == PARTS
        assert store.recipe("flange").version == 3
        assert recover(store, NEVER) == RebuildResult(PARTS, 0)
        assert store.reader.waiting_count() == PARTS // 10, "what a person said is lost: they wait"
    told = state(tmp_path)["entries"]
    assert [(e.id, e.inspection, e.image_sha256) for e in told] == [
        (e.id, e.inspection, e.image_sha256) for e in before["entries"]
    ]
    code = ErrorCode.STORE_SET_ASIDE
    if hurt in (harm.emptied, harm.all_deleted):
        code = ErrorCode.STORE_MISSING
    assert seen(tmp_path) == [code, ErrorCode.STORE_REBUILT]
    assert all(row.good for row in verify(tmp_path))


@pytest.mark.parametrize("hurt", [harm.cut_in_half, harm.cut_in_a_page, harm.middle])
def test_with_half_of_it_left_no_part_is_lost_and_no_word_comes_to_another(tmp_path, fill, hurt):
    fill(tmp_path)
    before = state(tmp_path)
    hurt(tmp_path)
    with Store(tmp_path) as store:
        check(store)
        assert lost_by(store).code is ErrorCode.STORE_SET_ASIDE
        assert recover(store, NEVER) == RebuildResult(PARTS, 0)
    after = state(tmp_path)
    same = [(e.id, e.inspection) for e in before["entries"]]
    assert [(e.id, e.inspection) for e in after["entries"]] == same
    for old, new in zip(before["stories"], after["stories"], strict=True):
        for had, has in zip(old, new, strict=True):
            assert not has or has == had, "a word is whole and with its part, or gone"
    assert all(row.good for row in verify(tmp_path))


def test_a_database_that_was_not_closed_comes_back_with_its_log(tmp_path, fill):
    fill(tmp_path / "a")
    with Store(tmp_path / "a") as store:
        store.audit("note", operator="only in the log")
        shutil.copytree(tmp_path / "a", tmp_path / "b")  # as a power cut leaves it
    before = state(tmp_path / "b")
    harm.first_page(tmp_path / "b")
    with Store(tmp_path / "b") as store:
        recover(store, NEVER)
        assert "only in the log" in [entry.operator for entry in store.reader.audit(100)]
    assert state(tmp_path / "b") == before


def test_a_log_without_its_database_is_read_too(tmp_path, make, picture, says):
    with Store(tmp_path / "a") as store:
        store.save_recipe(Recipe("flange", model="m.onnx"))
        part = add(store, make, picture, 1)
        store.decide(says(part, DecisionKind.REJECT))
        shutil.copytree(tmp_path / "a", tmp_path / "b")
    harm.deleted(tmp_path / "b")
    with Store(tmp_path / "b") as store:
        assert lost_by(store).code is ErrorCode.STORE_MISSING
        recover(store, NEVER)
        assert store.reader.standing_decision(part.uid) == says(part, DecisionKind.REJECT)


def test_recovering_again_or_after_a_stop_changes_nothing_more(tmp_path, fill):
    fill(tmp_path)
    before = state(tmp_path)
    harm.first_page(tmp_path)
    stopped = threading.Event()
    stopped.set()
    with Store(tmp_path) as store:
        recover(store, stopped)
        assert last_loss(store.reader) is not None, "it is still to be done"
    with Store(tmp_path) as store:
        assert recover(store, NEVER) == RebuildResult(PARTS, 0)
        assert recover(store, NEVER) == RebuildResult(0, 0)
    assert state(tmp_path) == before


def test_a_second_damage_comes_back_as_the_first(tmp_path, fill, make, picture):
    fill(tmp_path)
    before = state(tmp_path)
    harm.first_page(tmp_path)
    with Store(tmp_path) as store:
        recover(store, NEVER)
        add(store, make, picture, PARTS + 1)
    between = state(tmp_path)
    harm.first_page(tmp_path)
    with Store(tmp_path) as store:
        recover(store, NEVER)
    assert state(tmp_path) == between
    assert between["entries"][1:] == before["entries"]
    assert seen(tmp_path) == [ErrorCode.STORE_SET_ASIDE, ErrorCode.STORE_REBUILT] * 2


def test_a_banner_stands_until_a_person_confirms_it(tmp_path, fill):
    fill(tmp_path)
    harm.all_deleted(tmp_path)
    with Store(tmp_path) as store:
        recover(store, NEVER)
        for entry in store.reader.unconfirmed():
            store.confirm(entry.id, "Wang")
    assert seen(tmp_path) == []
    with Store(tmp_path):
        pass
    assert seen(tmp_path) == []


def test_an_empty_folder_is_no_loss(tmp_path):
    for _ in range(2):
        with Store(tmp_path) as store:
            assert last_loss(store.reader) is None
            assert store.last_number() == 0
    assert seen(tmp_path) == []


def test_a_whole_database_of_another_program_is_not_moved(tmp_path):
    database = sqlite3.connect(tmp_path / DATABASE_NAME)
    database.execute("CREATE TABLE inspections (x)")
    database.close()
    for _ in range(2):
        with pytest.raises(StoreError) as caught, Store(tmp_path):
            pass
        assert caught.value.code is ErrorCode.STORE_BROKEN


def test_new_parts_between_take_no_old_place(tmp_path, fill, make, picture):
    fill(tmp_path)
    before = state(tmp_path)
    harm.first_page(tmp_path)
    with Store(tmp_path) as store:
        for number in range(store.last_number() + 1, store.last_number() + 4):
            add(store, make, picture, number)
        recover(store, NEVER)
    after = state(tmp_path)["entries"]
    assert [e.inspection.part.number for e in after] == list(range(PARTS + 3, 0, -1))
    assert after[3:] == before["entries"]


# While the store writes


def record_as_the_recorder(store: Store, inspection: Inspection, picture) -> Inspection:
    """As the line's recorder does: what cannot be written at once is not inspected."""
    still = picture(inspection, (24, 32))
    for _ in range(5):
        try:
            store.record(inspection, still, False)
        except StoreError as error:
            spoiled = {"verdict": Verdict.NOT_INSPECTED, "fault": error.fault}
            inspection = replace(inspection, **spoiled)
        else:
            return inspection
    raise AssertionError("not recorded")


@pytest.mark.parametrize(
    "hurt",
    [
        harm.everything,
        harm.first_page,
        harm.emptied,
        harm.cut_in_half,
        harm.deleted,
        harm.all_deleted,
        harm.log_deleted,
        harm.log_overwritten,
    ],
)
def test_damage_while_parts_are_recorded_loses_none(tmp_path, fill, make, picture, hurt):
    fill(tmp_path)
    kept: list[Inspection] = []
    with Store(tmp_path) as store, Reader(tmp_path) as other:
        for number in range(PARTS + 1, PARTS + 41):
            if number == PARTS + 20:
                hurt(tmp_path)
            kept.append(record_as_the_recorder(store, make(number), picture))
        if last_loss_or_damage(store) is None:
            check(store)
        if last_loss(store.reader) is not None:
            recover(store, NEVER)
        assert all(other.knows(part.uid) for part in kept), "the window sees the new database"
    with Store(tmp_path) as store:
        if last_loss(store.reader) is not None:
            recover(store, NEVER)
        rebuild_from_pictures(store, NEVER)
    found = {one.uid: one for one in inspections(tmp_path)}
    assert len(found) == PARTS + 40
    assert [found[one.uid] for one in kept] == kept
    assert all(row.good for row in verify(tmp_path))
    assert sum(one.verdict is Verdict.NOT_INSPECTED for one in kept) <= 2


def last_loss_or_damage(store: Store):
    try:
        return last_loss(store.reader)
    except StoreError:
        return None


def test_a_database_deleted_under_the_store_is_put_back_with_every_word(
    tmp_path, fill, make, picture
):
    fill(tmp_path)
    before = state(tmp_path)
    with Store(tmp_path) as store:
        harm.all_deleted(tmp_path)
        part = add(store, make, picture, PARTS + 1)
        assert part.verdict is Verdict.OK
        assert lost_by(store).code is ErrorCode.STORE_MISSING
        assert recover(store, NEVER) == RebuildResult(0, 0)
    after = state(tmp_path)
    assert after["entries"][1:] == before["entries"]
    assert after["stories"][1:] == before["stories"]


def test_the_new_database_is_there_in_a_moment(tmp_path, fill, make, picture):
    fill(tmp_path)
    with Store(tmp_path) as store:
        began = time.monotonic()
        store.begin_anew("quick check: row 7 missing")
        add(store, make, picture, PARTS + 1)
        assert time.monotonic() - began < 5
        assert lost_by(store).fact("reason") == "quick check: row 7 missing"


# In the background


def test_looking_after_the_records_finds_damage_tells_it_and_makes_it_good(tmp_path, fill):
    fill(tmp_path)
    before = state(tmp_path)
    told: list[Fault] = []
    stop = threading.Event()
    with Store(tmp_path) as store:
        harm.middle(tmp_path)
        thread = threading.Thread(target=look_after, args=(store, stop, told.append, 0.01))
        thread.start()
        until = time.monotonic() + 20
        while len(told) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        stop.set()
        thread.join(10)
        assert not thread.is_alive()
    assert [fault.code for fault in told] == [ErrorCode.STORE_SET_ASIDE, ErrorCode.STORE_REBUILT]
    assert [e.inspection for e in state(tmp_path)["entries"]] == [
        e.inspection for e in before["entries"]
    ]


def test_a_sound_database_is_left_alone(store, keep):
    for number in range(1, 20):
        keep(number)
    assert check(store)
    assert last_loss(store.reader) is None
    assert not list(store.folder.glob("*.broken-*"))


def test_pictures_without_a_row_are_taken_in_and_what_is_none_is_put_aside(
    store, keep, make, picture
):
    kept = keep(1)
    folder = (store.folder / store.reader.entry(kept.uid).image).parent
    orphan = make(2, verdict=Verdict.NG)
    names = {
        f"000002_{orphan.uid}.png": encode_still(orphan, picture(orphan)),
        f"000003_{'f' * 32}.png": b"no picture",
        f"000004_{'e' * 32}.png": encode_still(orphan, picture(orphan)),  # under a wrong name
        "notes.txt": b"a person's",
    }
    for name, data in names.items():
        (folder / name).write_bytes(data)
    young = folder / f"000005_{'d' * 32}.png"
    young.write_bytes(b"in work")
    assert sweep_orphans(store, NEVER) == (0, 0), "all are younger than ten minutes"
    for name in names:
        os.utime(folder / name, (time.time() - 601,) * 2)
    assert sweep_orphans(store, NEVER) == (1, 2)
    assert sweep_orphans(store, NEVER) == (0, 0)
    assert store.inspection(orphan.uid) == orphan
    assert store.reader.entry(orphan.uid).id > store.reader.entry(kept.uid).id
    aside = sorted(path.name for path in (store.folder / ASIDE).iterdir())
    assert aside == [f"000003_{'f' * 32}.png", f"000004_{'e' * 32}.png"]
    assert young.exists()
    assert (folder / "notes.txt").exists()
    assert all(row.good for row in verify(store.folder))


def test_a_part_whose_row_names_no_picture_is_not_taken_in_twice(store, make, picture):
    part = make(1, verdict=Verdict.NOT_INSPECTED, fault=Fault(ErrorCode.PART_INTERRUPTED))
    store.record(part, None, False)
    path = store.folder / image_name(part)
    path.parent.mkdir(parents=True)
    path.write_bytes(encode_still(make(1), picture(part)))
    os.utime(path, (time.time() - 601,) * 2)
    assert sweep_orphans(store, NEVER) == (0, 0)
    assert store.inspection(part.uid) == part
    assert path.exists()
