"""Rows from pictures: all of them, in their places, as often as one likes; and from raw pages."""

import os
import sqlite3
import threading
from pathlib import Path

import harm
import pytest

from station.domain.inspection import Verdict
from station.domain.recipe import Recipe, ReviewRule
from station.errors import ErrorCode, Fault, StoreError
from station.store.images import image_name
from station.store.leaves import raw_rows
from station.store.png import encode_png
from station.store.queries import Reader
from station.store.rebuild import RebuildResult, rebuild_from_pictures
from station.store.recover import rebuild
from station.store.store import Store
from station.store.verify import verify

NEVER = threading.Event()
DAY_MS = 24 * 3600 * 1000


def entries(folder: Path):
    with Reader(folder) as reader:
        return reader.history(1000)


def test_parts_of_many_days_come_back_in_their_order(store, keep, make, monkeypatch):
    monkeypatch.setattr("station.store.salvage._CARRY_PARTS", 7)
    for number in range(1, 31):
        keep(number, at_ms=make(number).at_ms + number // 5 * DAY_MS)
    store.close()
    before = entries(store.folder)
    harm.all_deleted(store.folder)
    told: list[tuple[int, int]] = []
    result = rebuild(store.folder, lambda seen, rows: told.append((seen, rows)))
    assert result == RebuildResult(30, 0)
    assert told[-1] == (30, 23), "seven came with the new database itself"
    assert entries(store.folder) == before
    assert all(row.good for row in verify(store.folder))


def some(folder: Path) -> int:
    """Stopped after the first rows that were made."""
    stop = threading.Event()
    with Store(folder) as fresh:
        return rebuild_from_pictures(fresh, stop, lambda _, made: made and stop.set()).rows


def test_it_is_the_same_however_often_and_wherever_it_is_stopped(store, keep, monkeypatch):
    monkeypatch.setattr("station.store.rebuild._BATCH", 4)
    monkeypatch.setattr("station.store.salvage._CARRY_PARTS", 0)
    for number in range(1, 31):
        keep(number)
    store.close()
    before = entries(store.folder)
    harm.all_deleted(store.folder)
    rows = 0
    while rows < 30:
        made = some(store.folder)
        assert made <= 4
        rows += made
    assert rebuild(store.folder) == RebuildResult(0, 0)
    assert entries(store.folder) == before


def test_pictures_that_tell_nothing_are_counted_and_left(store, keep, make, picture):
    kept = keep(1)
    folder = (store.folder / image_name(kept)).parent
    whole = (folder / Path(image_name(kept)).name).read_bytes()
    strange = {
        f"000002_{'a' * 32}.png": whole,  # a copy under another name
        f"000003_{'b' * 32}.png": whole[:-20],
        f"000004_{'c' * 32}.png": encode_png(picture(kept).pixels, {}),
        f"000005_{'d' * 32}.png": b"",
    }
    for name, data in strange.items():
        (folder / name).write_bytes(data)
    (folder / "notes.txt").write_text("a person's")
    assert rebuild_from_pictures(store, NEVER) == RebuildResult(0, 4)
    assert {path.name for path in folder.iterdir()} >= {*strange, "notes.txt"}


def test_a_part_waits_by_the_rule_of_its_recipe_if_that_is_known(store, keep):
    store.save_recipe(Recipe("flange", model="m.onnx", review=ReviewRule.NG))
    keep(1, verdict=Verdict.NG, recipe_version=1, waits=True)
    keep(2, verdict=Verdict.NG, recipe_version=2)
    keep(3, verdict=Verdict.REVIEW, recipe_version=2, waits=True)
    names = [store.folder / entry.image for entry in store.reader.history(9)]
    store.close()
    harm.all_deleted(store.folder)
    with Store(store.folder) as fresh:
        fresh.save_recipe(Recipe("flange", model="m.onnx", review=ReviewRule.NG))
        rebuild_from_pictures(fresh, NEVER)
        assert [part.part.number for part in fresh.reader.waiting()] == [3]
        assert fresh.recipe("flange", 2).ng_limit == 0.6, "as the pictures tell it"
    assert all(name.exists() for name in names)


def test_what_has_no_picture_is_not_brought_back_by_pictures(store, keep, make):
    keep(1)
    lost = make(2, verdict=Verdict.NOT_INSPECTED, fault=Fault(ErrorCode.CAMERA_LOST))
    store.record(lost, None, False)
    store.close()
    harm.all_deleted(store.folder)
    assert rebuild(store.folder) == RebuildResult(1, 0)


def test_a_running_station_is_not_rebuilt_beside(store, keep):
    keep(1)
    with pytest.raises(StoreError) as caught:
        rebuild(store.folder)
    assert caught.value.code is ErrorCode.DATA_FOLDER_IN_USE


def test_a_sound_folder_is_only_proven(store, keep):
    for number in range(1, 10):
        keep(number)
    store.close()
    before = entries(store.folder)
    assert rebuild(store.folder) == RebuildResult(0, 0)
    assert entries(store.folder) == before


# Raw pages


@pytest.mark.parametrize("page_size", [512, 4096, 65536])
def test_raw_pages_give_every_row_that_sqlite_gives(tmp_path, page_size):
    path = tmp_path / "any.sqlite"
    rows = [
        (None, number - 500, number * 2**33, number / 7, "ü王" * (number % 400), os.urandom(number))
        for number in range(1, 1000)
    ]
    rows += [(None, 0, 1, 1.0, "", b""), (None, -(2**63), 2**63 - 1, -0.5, "x" * 200_000, b"z")]
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA page_size = {page_size}")
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c REAL, d, e)")
    database.execute("CREATE INDEX i ON t (d, a)")
    database.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", rows)
    database.execute("INSERT INTO t VALUES (-7, 1, 2, 3.5, 'below zero', x'00')")
    database.commit()
    expected = {row[0]: (None, *row[1:]) for row in database.execute("SELECT * FROM t")}
    database.close()
    found = {id_: values for id_, values in raw_rows(path) if len(values) == 6}
    assert found == expected


def test_raw_pages_are_read_from_the_log_and_over_it(tmp_path):
    path = tmp_path / "any.sqlite"
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c)")
    for number in range(300):
        database.execute("INSERT INTO t VALUES (?, ?, 2, 3)", (number, "x" * number * 40))
        if number == 150:
            database.execute("PRAGMA wal_checkpoint(RESTART)")
    found = {id_: values for id_, values in raw_rows(path) if len(values) == 4}
    assert sorted(found) == list(range(300))
    assert all(len(values[1]) == id_ * 40 for id_, values in found.items())
    database.close()


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_no_rows_and_no_crash(tmp_path, seed):
    path = tmp_path / "noise"
    noise = bytearray(os.urandom(4096 * 20))
    for page in range(20):
        noise[page * 4096] = 0x0D
    path.write_bytes(noise)
    for _, values in raw_rows(path):
        assert len(values) < 2000
    path.write_bytes(noise[:100])
    assert list(raw_rows(path)) == []
    assert list(raw_rows(tmp_path / "none")) == []
