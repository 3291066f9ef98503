"""The proof of the records finds every kind of harm, and calls nothing else harm."""

import hashlib
import os
import sqlite3
import time
from pathlib import Path

import pytest

from station.domain.inspection import Verdict
from station.errors import ErrorCode, Fault, StoreError
from station.store.images import RECORD_KEY, encode_still
from station.store.png import encode_png, read_png
from station.store.rows import to_json
from station.store.schema import DATABASE_NAME
from station.store.verify import Problem, stray_files, verify


def path_of(store, part) -> Path:
    return store.folder / store.reader.entry(part.uid).image


def problems(store):
    return {row.number: row.problem for row in verify(store.folder)}


def forge(store, part, data: bytes) -> None:
    """Put another file in place and make the row vouch for it, as no program of ours does."""
    path_of(store, part).write_bytes(data)
    database = sqlite3.connect(store.folder / DATABASE_NAME)
    database.execute("DROP TRIGGER inspections_no_update")
    database.execute(
        "UPDATE inspections SET image_sha256 = ?, image_bytes = ? WHERE uid = ?",
        (hashlib.sha256(data).hexdigest(), len(data), part.uid),
    )
    database.commit()
    database.close()


def test_good_records_are_good_beside_a_running_store(store, keep, make):
    for number in range(1, 6):
        keep(number)
    lost = make(6, verdict=Verdict.NOT_INSPECTED, fault=Fault(ErrorCode.CAMERA_LOST))
    store.record(lost, None, False)
    rows = list(verify(store.folder))
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    assert all(row.good for row in rows)
    assert rows[5].image is None
    assert list(stray_files(store.folder)) == []


def test_all_pages_are_read(store, keep, monkeypatch):
    monkeypatch.setattr("station.store.verify._PAGE", 3)
    for number in range(1, 9):
        keep(number)
    assert list(problems(store)) == list(range(1, 9))


def test_a_missing_file(store, keep):
    keep(1)
    path_of(store, keep(2)).unlink()
    assert problems(store) == {1: None, 2: Problem.MISSING}


@pytest.mark.parametrize(
    "harm",
    [
        lambda d: d[:-1],
        lambda d: d + b"x",
        lambda d: b"",
        lambda d: d[:50] + bytes([d[50] ^ 1]) + d[51:],
    ],
)
def test_a_changed_file(store, keep, harm):
    path = path_of(store, keep())
    path.write_bytes(harm(path.read_bytes()))
    assert problems(store) == {1: Problem.CHANGED}


def test_a_file_that_never_was_a_picture(store, keep):
    forge(store, keep(), b"text")
    assert problems(store) == {1: Problem.UNREADABLE}


@pytest.mark.parametrize("text", [None, "", "[]", "{}", "null", '{"uid": 1}'])
def test_a_picture_without_its_record(store, keep, picture, text):
    part = keep()
    texts = {} if text is None else {RECORD_KEY: text}
    forge(store, part, encode_png(picture(part).pixels, texts))
    assert problems(store) == {1: Problem.DISAGREES}


def test_a_picture_with_another_record(store, keep, make, picture):
    part = keep()
    forge(store, part, encode_still(make(verdict=Verdict.NG), picture(part)))
    assert problems(store) == {1: Problem.DISAGREES}


def test_a_row_that_was_changed(store, keep):
    part = keep()
    _, texts = read_png(path_of(store, part).read_bytes())
    assert texts[RECORD_KEY] == to_json(part)
    database = sqlite3.connect(store.folder / DATABASE_NAME)
    database.execute("DROP TRIGGER inspections_no_update")
    database.execute("UPDATE inspections SET verdict = 'NG'")
    database.commit()
    database.close()
    assert problems(store) == {1: Problem.DISAGREES}


def test_files_without_a_row_are_listed_once_they_are_old_enough(store, keep):
    kept = path_of(store, keep())
    strays = {
        kept.with_name("000009_" + "f" * 32 + ".png"),
        kept.with_name("copy of " + kept.name),
        kept.parent.parent / kept.name,
        store.folder / "images/incoming/x.png.1.tmp",
        store.folder / "images/notes.txt",
    }
    for path in strays:
        path.write_bytes(kept.read_bytes())
    assert list(stray_files(store.folder)) == []  # a row may follow in a moment
    for path in strays:
        os.utime(path, (time.time() - 11,) * 2)
    expected = sorted(path.relative_to(store.folder).as_posix() for path in strays)
    assert list(stray_files(store.folder)) == expected
    assert problems(store) == {1: None}


def test_a_folder_without_records_and_a_torn_database_are_told(tmp_path, store, keep):
    with pytest.raises(StoreError) as caught:
        list(verify(tmp_path / "nowhere"))
    assert caught.value.code is ErrorCode.STORE_NOT_FOUND
    for number in range(1, 40):
        keep(number)
    store.close()
    path = store.folder / DATABASE_NAME
    with path.open("r+b") as file:
        for page in range(6, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xa5" * 2048)
    with pytest.raises(StoreError) as caught:
        list(verify(store.folder))
    assert caught.value.code is ErrorCode.STORE_BROKEN


def test_verifying_writes_nothing(store, keep):
    keep()
    store.close()
    before = {p: p.read_bytes() for p in store.folder.rglob("*") if p.is_file()}
    assert all(row.good for row in verify(store.folder))
    list(stray_files(store.folder))
    after = {p: p.read_bytes() for p in store.folder.rglob("*") if p.is_file()}
    extra = {path.name for path in after.keys() - before.keys()}
    assert extra <= {f"{DATABASE_NAME}-shm", f"{DATABASE_NAME}-wal"}
    assert all(after[path] == data for path, data in before.items())
