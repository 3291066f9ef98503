"""Opening a data folder: who may, what is found, and that nothing is ever removed."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from station.errors import ErrorCode, StoreError
from station.store.images import INCOMING
from station.store.lock import LOCK_NAME
from station.store.migrations import bring_forward
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME, REVISIONS
from station.store.store import Store


def refusal(folder: Path) -> StoreError:
    with pytest.raises(StoreError) as caught, Store(folder):
        pass
    return caught.value


def test_constructing_touches_nothing(tmp_path):
    Store(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["plain", "检测站 Prüfplatz é", "50% off?#x&y=1", "a'b\"c"])
def test_any_alphabet_is_a_folder(tmp_path, name, make, picture):
    folder = tmp_path / name / "data"
    part = make()
    with Store(folder) as store:
        store.record(part, picture(part), False)
    with Store(folder) as store:
        assert store.inspection(part.uid) == part


def test_a_second_store_on_the_folder_is_refused_until_the_first_closes(tmp_path):
    with Store(tmp_path):
        error = refusal(tmp_path)
    assert error.code is ErrorCode.DATA_FOLDER_IN_USE
    assert error.fault.fact("path") == str(tmp_path)
    with Store(tmp_path):
        pass


def test_another_process_is_refused_and_the_lock_dies_with_its_holder(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from station.store.store import Store\n"
        "store = Store(Path(sys.argv[1])); store.open(); print('open', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        assert refusal(tmp_path).code is ErrorCode.DATA_FOLDER_IN_USE
        holder.kill()
    with Store(tmp_path):
        pass


def test_closing_twice_and_without_opening_is_safe(tmp_path):
    store = Store(tmp_path)
    store.close()
    store.open()
    store.close()
    store.close()


def test_a_folder_below_a_file_is_not_writable(tmp_path):
    (tmp_path / "file").write_text("x")
    error = refusal(tmp_path / "file" / "data")
    assert error.code is ErrorCode.DATA_FOLDER_NOT_WRITABLE
    assert error.fault.fact("reason")


def test_a_read_only_disk_is_not_writable_and_yet_verifiable(tmp_path, mounted, make, picture):
    disk = mounted("size=4m")
    part = make()
    with Store(disk) as store:
        store.record(part, picture(part), False)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    error = refusal(disk)
    assert error.code is ErrorCode.DATA_FOLDER_NOT_WRITABLE
    assert "ead-only" in error.fault.fact("reason")
    with Reader(disk) as reader:
        assert reader.inspection(part.uid) == part


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_not_writable(tmp_path):
    tmp_path.chmod(0o500)
    assert refusal(tmp_path).code is ErrorCode.DATA_FOLDER_NOT_WRITABLE


def test_a_newer_database_is_left_alone(tmp_path):
    with Store(tmp_path):
        pass
    database = sqlite3.connect(tmp_path / DATABASE_NAME)
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    error = refusal(tmp_path)
    assert error.code is ErrorCode.STORE_NEWER
    assert (error.fault.fact("found"), error.fault.fact("known")) == ("9999", REVISIONS[-1])
    with pytest.raises(StoreError) as caught:
        Reader(tmp_path).open()
    assert caught.value.code is ErrorCode.STORE_NEWER


def foreign(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE inspections (x)")
    database.close()


def test_a_database_of_another_program_is_told_and_not_touched(tmp_path):
    path = tmp_path / DATABASE_NAME
    foreign(path)
    error = refusal(tmp_path)
    assert error.code is ErrorCode.STORE_BROKEN
    assert error.fault.fact("path") == str(path)
    assert refusal(tmp_path).code is ErrorCode.STORE_BROKEN  # and the lock was given back
    assert not list(tmp_path.glob("*.broken-*"))


def test_only_stale_half_written_files_are_swept(tmp_path):
    incoming = tmp_path / INCOMING
    incoming.mkdir(parents=True)
    for name, age in {"old.png.1.tmp": 601, "new.png.2.tmp": 300, "old.png": 9999}.items():
        (incoming / name).write_bytes(b"half")
        os.utime(incoming / name, (time.time() - age,) * 2)
    with Store(tmp_path):
        pass
    assert sorted(path.name for path in incoming.iterdir()) == ["new.png.2.tmp", "old.png"]


def test_the_writing_connection_is_durable(store):
    with store.transaction() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "journal_size_limit",
            )
        }
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "journal_size_limit": 64 * 2**20,
    }


def test_a_failed_migration_leaves_no_half_made_database(tmp_path, monkeypatch):
    def cut(connection, path):
        bring_forward(connection, path)
        raise KeyboardInterrupt

    monkeypatch.setattr("station.store.before_upgrade.bring_forward", cut)
    with pytest.raises(KeyboardInterrupt):
        Store(tmp_path).open()
    database = sqlite3.connect(tmp_path / DATABASE_NAME)
    assert database.execute("SELECT name FROM sqlite_master").fetchall() == []
    database.close()
    monkeypatch.undo()
    with Store(tmp_path) as store:
        assert store.last_number() == 0


def test_a_closed_store_says_so(tmp_path, make):
    store = Store(tmp_path)
    with pytest.raises(RuntimeError, match="not open"):
        store.dispose("x", None, 0)
    with pytest.raises(RuntimeError, match="not open"):
        store.recipes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize(("umask", "group"), [(0o002, 0o060), (0o022, 0o040)])
def test_a_group_may_go_on_where_the_process_lets_it(
    tmp_path: Path, umask: int, group: int
) -> None:
    before = os.umask(umask)
    try:
        with Store(tmp_path / "data") as store:
            found = {
                path.name: path.stat().st_mode & 0o070
                for path in (tmp_path / "data").iterdir()
                if path.is_file() and path.name != LOCK_NAME
            }
            assert store.last_number() == 0
    finally:
        os.umask(before)
    assert {"records.sqlite", "records.sqlite-wal", "records.sqlite-shm"} <= set(found)
    assert set(found.values()) == {group}
