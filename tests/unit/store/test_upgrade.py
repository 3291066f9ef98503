"""A newer program takes over the records: copied first, then brought forward, or left as they were.

The older program of these tests is this one; the newer is this one with a migration more.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import harm
import olden
import pytest

from station import __version__
from station.check import run_checks
from station.errors import ErrorCode, StoreError
from station.gui.texts import fault_text
from station.plan import RunChoice
from station.store.backup import backup, drill
from station.store.before_upgrade import FOLDER, KEPT, copies
from station.store.beside import Beside
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME, REVISIONS
from station.store.store import Store

GOOD = "run('CREATE TABLE flavours (id INTEGER NOT NULL PRIMARY KEY) STRICT')"
HALF = "run('CREATE TABLE flavours AS SELECT * FROM inspections')\nrun('DROP VIEW current')\n"
FAILS = {
    "a bug": ("{}['flavour']", "KeyError"),
    "no such table": ("run('ALTER TABLE flavors ADD COLUMN sweet TEXT')", "no such table"),
    "bad SQL": ("run('CREATE FLAVOUR')", "syntax error"),
    "a row that stays": ("run('DELETE FROM inspections')", "only grows"),
    "told as damage": ("import sqlite3; raise sqlite3.DatabaseError('malformed')", "malformed"),
    "at the commit": (
        "run('PRAGMA defer_foreign_keys = ON')\n"
        "run(\"INSERT INTO dispositions VALUES (77, 777, 'reject', 1)\")",
        "FOREIGN KEY",
    ),
}

GROWS = "for _ in range({}):\n    run('INSERT INTO flavours (image) VALUES (zeroblob(1048576))')\n"

NewerProgram = Callable[[str], None]


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewerProgram:
    """From the call on this is a newer program, whose migration does that; undone by `older`."""
    place = tmp_path / "newer"

    def become(body: str) -> None:
        olden.newer_program(place, body, monkeypatch.setattr)

    return become


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on this is the program that it was."""
    return monkeypatch.undo


def refusal(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as caught:
        act()
    return caught.value


def open_(folder: Path) -> None:
    with Store(folder):
        pass


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder as this program left it."""
    folder = tmp_path / "data"
    olden.make_records(folder, REVISIONS[-1])
    return folder


def goes_on(folder: Path, make, picture) -> None:
    """The older program starts on the records, and a further part is recorded."""
    part = make(41)
    with Store(folder) as store:
        before = store.last_number()
        store.record(part, picture(part), False)
        assert store.inspection(part.uid) == part
        assert before == 3
    assert not list(folder.glob("*.broken-*"))


# ── it goes well ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_records_of_every_former_program_come_along(tmp_path, revision, make, picture):
    path = olden.make_records(tmp_path, revision)
    before = olden.rows(path)
    assert all(len(found) > 1 for found in before.values()), "a table without a row"
    with Store(tmp_path) as store:
        part = make(9)
        store.record(part, picture(part), False)
        assert store.inspection("a2").operator == "Jörg"
        assert store.reader.counts().parts == 4
        with store.transaction() as connection:
            assert connection.exec_driver_sql("PRAGMA quick_check").scalar_one() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert olden.form(path) == REVISIONS[-1]
    after = olden.rows(path, before)
    for table, found in before.items():
        assert set(found) <= set(after[table]), table
    (copy,) = copies(tmp_path)
    assert copy.name.startswith(f"records-{revision}-20")
    assert (olden.form(copy), olden.rows(copy)) == (revision, before)


def test_the_copy_is_one_whole_file_also_of_what_lay_in_the_log(data, newer):
    olden_log = sqlite3.connect(data / DATABASE_NAME)  # as one that was killed leaves its log
    olden_log.execute("INSERT INTO notes VALUES (2, 'service', 'spindle', 6, 'Li', '{}')")
    olden_log.commit()
    assert (data / f"{DATABASE_NAME}-wal").stat().st_size
    before = olden.rows(data / DATABASE_NAME)
    newer(GOOD)
    open_(data)
    olden_log.close()
    (copy,) = copies(data)
    assert [path.name for path in (data / FOLDER).iterdir()] == [copy.name]
    assert len(before["notes"]) == 3
    assert olden.rows(copy) == before
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA journal_mode").fetchall() == [("delete",)]


def test_new_records_and_those_of_this_form_are_not_copied(tmp_path, data):
    told: list[float] = []
    for folder in (tmp_path / "new", data):
        with Store(folder, on_upgrade=told.append):
            pass
        assert not (folder / FOLDER).exists()
    assert told == []


def test_it_is_told_how_far_it_is(tmp_path):
    olden.make_records(tmp_path, "0002")
    told: list[float] = []
    with Store(tmp_path, on_upgrade=told.append):
        pass
    assert told[0] == 0
    assert told[-1] == 1
    assert told == sorted(told)
    assert len(set(told)) >= 2 + len(REVISIONS) - 2  # begun, copied, each step, committed


def test_the_newest_two_copies_stay(data, newer):
    folder = data / FOLDER
    folder.mkdir()
    for name in ("0002-20250101T000000Z", "0004-20250301T000000Z", "0003-20250201T000000Z"):
        (folder / f"records-{name}.sqlite3").write_bytes(b"old")
    newer(GOOD)
    open_(data)
    left = [path.name for path in copies(data)]
    assert len(left) == KEPT == 2
    assert left[0] == "records-0004-20250301T000000Z.sqlite3"
    assert left[1].startswith(f"records-{REVISIONS[-1]}-20")


def test_the_check_of_the_store_names_the_copy(data, newer):
    newer(GOOD)
    others = frozenset({"installation", "settings", "disk", "model", "camera"})
    for _ in range(2):  # the first brings the records forward
        (found,) = run_checks(RunChoice(data), others)
        assert found.ok
        assert found.detail == f"3 parts · {FOLDER}/{copies(data)[0].name}"


def test_a_backup_of_older_records_can_be_made_and_is_proven_by_the_drill(tmp_path):
    olden.make_records(tmp_path / "data", "0003")
    made = backup(tmp_path / "data", tmp_path / "backup", with_images=False)
    assert made.rows == 3
    assert olden.form(tmp_path / "data" / DATABASE_NAME) == "0003"
    assert drill(tmp_path / "backup").rows == 3


@pytest.mark.parametrize("opened", [Reader, Beside])
def test_who_reads_older_records_is_told_that_they_are_older(tmp_path, opened):
    olden.make_records(tmp_path, "0006")
    error = refusal(lambda: opened(tmp_path).open())
    assert error.code is ErrorCode.STORE_OLDER
    assert (error.fault.fact("found"), error.fault.fact("known")) == ("0006", REVISIONS[-1])


# ── it goes wrong ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("why", FAILS)
def test_a_failed_migration_leaves_every_byte_and_says_why(
    data, newer, older, why, make, picture, caplog
):
    path = data / DATABASE_NAME
    before, rows = olden.digest(path), olden.rows(path)
    body, reason = FAILS[why]
    newer(HALF + body)
    error = refusal(lambda: open_(data))
    assert error.code is ErrorCode.UPGRADE_FAILED
    fact = error.fault.fact
    assert (fact("version"), fact("found"), fact("known")) == (
        __version__,
        REVISIONS[-1],
        olden.NEXT,
    )
    assert reason in fact("reason")
    said = fault_text(error.fault)
    assert "unharmed" in said
    assert "Install the former version again" in said
    (copy,) = copies(data)
    assert str(copy) in said
    assert olden.rows(copy) == rows
    assert "Traceback" in caplog.text  # for service
    assert olden.digest(path) == before
    assert not path.with_name(f"{path.name}-wal").exists()
    older()
    goes_on(data, make, picture)


def test_tries_that_fail_do_not_pile_up_copies_and_remove_no_other(data, newer):
    other = data / FOLDER / "records-0002-20250101T000000Z.sqlite3"
    other.parent.mkdir()
    for name in ("0002", "0003", "0004"):
        other.with_name(f"records-{name}-20250101T000000Z.sqlite3").write_bytes(b"old")
    newer(HALF + FAILS["a bug"][0])
    for _ in range(3):
        assert refusal(lambda: open_(data)).code is ErrorCode.UPGRADE_FAILED
        earlier = other.with_name(f"records-{REVISIONS[-1]}-20260101T000000Z.sqlite3")
        copies(data)[-1].rename(earlier)
    assert [path.name.split("-")[1] for path in copies(data)] == [
        "0002",
        "0003",
        "0004",
        REVISIONS[-1],
    ]


def test_a_copy_that_holds_more_than_the_records_is_kept(data, newer, older, make, picture):
    newer(HALF + FAILS["a bug"][0])
    assert refusal(lambda: open_(data)).code is ErrorCode.UPGRADE_FAILED
    earlier = copies(data)[0].with_name(f"records-{REVISIONS[-1]}-20260101T000000Z.sqlite3")
    copies(data)[0].rename(earlier)
    older()
    harm.text(data)  # the older program begins anew
    part = make(1)
    with Store(data) as store:
        store.record(part, picture(part), False)
    newer(GOOD)
    open_(data)
    assert copies(data)[0] == earlier
    assert len(copies(data)) == 2
    assert len(olden.rows(earlier)["inspections"]) == 1 + 3


def test_damage_that_shows_in_the_copy_moves_nothing_aside(data, newer, older):
    path = data / DATABASE_NAME
    with closing(sqlite3.connect(path)) as database:
        page, size = (
            database.execute(query).fetchone()[0]
            for query in (
                "SELECT rootpage FROM sqlite_master WHERE name = 'models'",
                "PRAGMA page_size",
            )
        )
    with path.open("r+b") as file:  # a table that no check at the start looks into
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    before = olden.digest(path)
    newer(GOOD)
    error = refusal(lambda: open_(data))
    assert error.code is ErrorCode.UPGRADE_NO_COPY
    assert error.fault.fact("reason")
    assert olden.digest(path) == before
    assert not list(data.glob("*.broken-*"))
    assert list((data / FOLDER).iterdir()) == []


def test_without_room_nothing_is_begun_and_it_is_said_how_much_is_missing(mounted, newer):
    disk = mounted("size=16m")
    path = olden.make_records(disk, REVISIONS[-1])
    before = olden.digest(path)
    newer(GOOD)
    error = refusal(lambda: open_(disk))
    assert error.code is ErrorCode.UPGRADE_NO_ROOM
    needed, missing = (int(error.fault.fact(name)) for name in ("needed", "missing"))
    assert 33 <= needed <= 36
    assert needed - 17 <= missing <= needed - 15
    assert not (disk / FOLDER).exists()
    assert olden.digest(path) == before


def test_a_disk_that_fills_up_in_the_middle(mounted, newer, older, make, picture):
    disk = mounted("size=48m")
    path = olden.make_records(disk, REVISIONS[-1])
    before = olden.digest(path)
    newer(HALF + GROWS.format(60))
    error = refusal(lambda: open_(disk))
    assert error.code is ErrorCode.UPGRADE_FAILED
    assert "full" in error.fault.fact("reason")
    assert olden.digest(path) == before
    older()
    goes_on(disk, make, picture)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("moment", ["in the migration", "in the copy"])
def test_a_process_that_is_killed_in_the_middle(data, tmp_path, older, make, picture, moment):
    path = data / DATABASE_NAME
    before, rows = olden.digest(path), olden.rows(path)
    waits = "import time; print('middle', flush=True); time.sleep(60)"
    body = HALF + GROWS.format(30) + waits if moment == "in the migration" else GOOD
    what = (
        "from pathlib import Path\nfrom station.store.store import Store\n"
        "def tell(share):\n"
        f"    if share == 0.5 and {moment == 'in the copy'}: {waits}\n"
        f"Store(Path({str(data)!r}), on_upgrade=tell).open()"
    )
    command = [sys.executable, olden.__file__, str(tmp_path / "place"), body, what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "middle\n"
        process.send_signal(signal.SIGKILL)
    log = path.with_name(f"{path.name}-wal")
    if moment == "in the migration":
        assert log.stat().st_size > 8 * 2**20  # much was written already
        assert [olden.rows(copy) for copy in copies(data)] == [rows]
    else:
        assert [one.name for one in (data / FOLDER).iterdir()] == ["records.half"]
    assert olden.digest(path) == before
    assert olden.rows(path) == rows
    goes_on(data, make, picture)


def test_after_a_kill_the_next_try_goes_through(data, newer):
    (data / FOLDER).mkdir()
    harm_half = data / FOLDER / "records.half"
    harm_half.write_bytes(b"half of it" * 1000)
    harm_half.with_name("records.half-journal").write_bytes(b"x" * 1000)
    newer(GOOD)
    open_(data)
    assert [path.name for path in (data / FOLDER).iterdir()] == [copies(data)[0].name]
    assert olden.form(data / DATABASE_NAME) == olden.NEXT


def test_damage_before_the_upgrade_is_healed_as_ever(data, newer):
    harm.text(data)
    newer(GOOD)
    open_(data)
    assert len(list(data.glob("*.broken-*Z"))) == 1
    assert olden.form(data / DATABASE_NAME) == olden.NEXT
