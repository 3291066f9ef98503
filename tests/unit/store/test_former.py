"""The way back: newer records are refused and left alone; the copy from before replaces them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import olden
import pytest
from typer.testing import CliRunner

from station.cli import app
from station.errors import ErrorCode, StoreError
from station.gui.texts import fault_text
from station.store.before_upgrade import FOLDER, copies
from station.store.former import restore_former
from station.store.lock import take_folder
from station.store.queries import Reader
from station.store.recover import rebuild
from station.store.schema import DATABASE_NAME, REVISIONS
from station.store.store import Store

GOOD = "run('CREATE TABLE flavours (id INTEGER NOT NULL PRIMARY KEY) STRICT')"


@pytest.fixture
def upgraded(tmp_path, monkeypatch, make, picture) -> Path:
    """A data folder of this program's, taken over by a newer one that recorded part 9."""
    folder, part = tmp_path / "data", make(9)
    olden.make_records(folder, REVISIONS[-1])
    olden.newer_program(tmp_path / "newer", GOOD, monkeypatch.setattr)
    with Store(folder) as store:
        store.record(part, picture(part), False)
    monkeypatch.undo()
    return folder


def refusal(folder: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        restore_former(folder)
    return caught.value


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): olden.digest(path)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith(("-shm", "-wal"))
    }


def test_newer_records_are_refused_by_the_version_that_wrote_them_and_not_touched(upgraded):
    before = contents(upgraded)
    for opened in (Store, Reader):
        with pytest.raises(StoreError) as caught:
            opened(upgraded).open()
        fault = caught.value.fault
        assert fault.code is ErrorCode.STORE_NEWER
        assert (fault.fact("version"), fault.fact("found")) == ("7.8.9", olden.NEXT)
        said = fault_text(fault)
        assert "newer program (version 7.8.9" in said
        assert "station records restore-former" in said
        assert contents(upgraded) == before


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE inspections RENAME TO parts",
        "ALTER TABLE inspections RENAME COLUMN number TO count",
    ],
)
def test_newer_tables_are_never_taken_for_damage(upgraded, change):
    with closing(sqlite3.connect(upgraded / DATABASE_NAME)) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('view', 'trigger')"
        ).fetchall():
            database.execute(
                f"DROP {'VIEW' if name in ('current', 'counted') else 'TRIGGER'} {name}"
            )
        database.execute(change)
        database.commit()
    before = contents(upgraded)
    with pytest.raises(StoreError) as caught:
        Store(upgraded).open()
    assert caught.value.code is ErrorCode.STORE_NEWER
    assert contents(upgraded) == before


def test_the_copy_takes_the_place_of_the_records_and_those_stay_aside(upgraded, make, picture):
    newer = olden.rows(upgraded / DATABASE_NAME)
    (copy,) = copies(upgraded)
    done = restore_former(upgraded)
    assert (done.copy, done.revision, done.parts) == (copy, REVISIONS[-1], 3)
    assert done.aside is not None
    assert olden.rows(done.aside) == newer
    assert olden.rows(upgraded / DATABASE_NAME) == olden.rows(copy)
    assert copies(upgraded) == [copy]
    part = make(10)
    with Store(upgraded) as store:
        assert store.last_number() == 9  # of the picture: no number is given twice
        store.record(part, picture(part), False)
    result = rebuild(upgraded)
    assert (result.rows, result.failed) == (1, 0)
    with Reader(upgraded) as reader:
        assert {seen.inspection.part.number for seen in reader.history(10)} == {1, 2, 3, 9, 10}
    assert olden.rows(done.aside) == newer  # nothing was salvaged from it, nor taken away


def test_a_log_that_was_left_is_put_aside_with_its_records(upgraded):
    held = sqlite3.connect(upgraded / DATABASE_NAME)
    held.execute("INSERT INTO flavours VALUES (5)")
    held.commit()
    log = (upgraded / f"{DATABASE_NAME}-wal").read_bytes()
    held.close()
    (upgraded / f"{DATABASE_NAME}-wal").write_bytes(log)  # as after a kill
    done = restore_former(upgraded)
    assert done.aside is not None
    assert done.aside.with_name(f"{done.aside.name}-wal").read_bytes() == log
    with Store(upgraded) as store:
        assert store.reader.counts().parts == 3


def test_while_a_station_runs_it_is_refused(upgraded):
    before = contents(upgraded)
    lock = take_folder(upgraded)  # as a station of the newer program has it
    assert refusal(upgraded).code is ErrorCode.DATA_FOLDER_IN_USE
    lock.release()
    assert contents(upgraded) == before


def test_after_an_upgrade_that_failed_there_is_nothing_to_go_back_to(
    tmp_path, monkeypatch, make, picture
):
    folder, part = tmp_path / "data", make(9)
    olden.make_records(folder, REVISIONS[-1])
    olden.newer_program(tmp_path / "newer", "{}['flavour']", monkeypatch.setattr)
    with pytest.raises(StoreError):
        Store(folder).open()
    monkeypatch.undo()
    with Store(folder) as store:
        store.record(part, picture(part), False)
    before = contents(folder)
    assert refusal(folder).code is ErrorCode.FORMER_NOT_FOUND
    assert contents(folder) == before


def test_done_twice_it_changes_nothing_more(upgraded):
    restore_former(upgraded)
    before = contents(upgraded)
    assert refusal(upgraded).code is ErrorCode.FORMER_NOT_FOUND
    assert contents(upgraded) == before


def test_where_the_records_are_gone_or_unreadable_the_copy_takes_their_place(upgraded):
    (upgraded / DATABASE_NAME).write_bytes(b"no database" * 1000)
    done = restore_former(upgraded)
    assert done.aside is not None
    assert done.aside.read_bytes() == b"no database" * 1000
    (upgraded / DATABASE_NAME).unlink()
    assert restore_former(upgraded).aside is None
    with Store(upgraded) as store:
        assert store.reader.counts().parts == 3


def test_without_a_copy_that_this_program_knows_nothing_is_changed(upgraded):
    (copy,) = copies(upgraded)
    copy.rename(copy.with_name(f"records-{olden.NEXT}-20260101T000000Z.sqlite3"))
    before = contents(upgraded)
    error = refusal(upgraded)
    assert error.code is ErrorCode.FORMER_NOT_FOUND
    assert error.fault.fact("path") == str(upgraded / FOLDER)
    assert contents(upgraded) == before


@pytest.mark.parametrize("harm", ["cut", "other form"])
def test_a_damaged_copy_changes_nothing(upgraded, harm):
    (copy,) = copies(upgraded)
    if harm == "cut":
        copy.write_bytes(copy.read_bytes()[:20_000])
    else:
        copy.rename(copy.with_name("records-0004-20270101T000000Z.sqlite3"))
    before = contents(upgraded)
    error = refusal(upgraded)
    assert error.code is ErrorCode.BACKUP_BROKEN
    assert contents(upgraded) == before


def test_a_full_disk_changes_nothing(mounted, upgraded):
    disk = mounted("size=1m")
    target = disk / "data"
    target.mkdir()
    for path in (upgraded / DATABASE_NAME, *copies(upgraded)):
        there = target / path.relative_to(upgraded)
        there.parent.mkdir(exist_ok=True)
        there.write_bytes(path.read_bytes())
    (disk / "ballast").write_bytes(bytes(2**20 - 700_000))
    before = contents(target)
    error = refusal(target)
    assert error.code is ErrorCode.STORE_DISK_FULL
    assert contents(target) == before


def test_by_the_command(upgraded):
    done = CliRunner().invoke(app, ["records", "restore-former", "--data", str(upgraded), "--json"])
    assert done.exit_code == 0, done.output
    row = json.loads(done.stdout)
    assert row["form"] == REVISIONS[-1]
    assert row["parts"] == 3
    assert Path(row["restored"]) == copies(upgraded)[0]
    assert Path(row["aside"]).name.startswith(f"{DATABASE_NAME}.replaced-20")
    with Store(upgraded):
        pass


def test_the_command_without_a_copy_says_what_else_to_do(tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        done = CliRunner().invoke(app, ["records", "restore-former", "--data", str(folder)])
        assert done.exit_code == 1
        assert "no copy" in done.output
    assert list(tmp_path.iterdir()) == []
