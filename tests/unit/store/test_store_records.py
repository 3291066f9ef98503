"""Recording parts: durable, in order, once, and whole or not at all."""

import errno
import os
import stat
from collections import deque
from datetime import UTC, datetime

import numpy as np
import pytest

from station.domain.inspection import Disposition, Still, Verdict
from station.errors import ErrorCode, Fault, StoreError
from station.store.images import INCOMING, MAP_KEY, RECORD_KEY, image_name
from station.store.png import encode_png, read_png
from station.store.rows import from_json
from station.store.store import Store
from station.store.verify import verify

LOST = {
    "fault": Fault(ErrorCode.CAMERA_LOST, (("source", "cam"),)),
    "verdict": Verdict.NOT_INSPECTED,
}


def files(store):
    return sorted(p for p in (store.folder / "images").rglob("*") if p.is_file())


@pytest.mark.parametrize("shape", [(48, 64), (31, 33, 3), (1, 1)])
def test_picture_map_and_record_come_back(store, make, picture, shape):
    part = make()
    still = picture(part, shape)
    store.record(part, still, False)
    back = store.reader.still(part.uid)
    assert back is not None
    assert np.array_equal(back.pixels, still.pixels)
    assert np.array_equal(back.map, still.map)
    assert (back.uid, back.roi) == (part.uid, part.roi)
    assert store.inspection(part.uid) == part


def test_the_file_is_found_by_day_hour_and_number_and_carries_its_record(store, keep):
    part = keep(512)
    local = datetime.fromtimestamp(part.at_ms / 1000, UTC).astimezone()
    path = store.folder / f"images/{local:%Y-%m-%d}/{local:%H}/000512_{part.uid}.png"
    assert files(store) == [path]
    _, texts = read_png(path.read_bytes())
    assert from_json(texts[RECORD_KEY]) == part
    assert MAP_KEY in texts


def test_a_still_without_map_has_none(store, make):
    part = make(**LOST)
    store.record(part, Still(part.uid, np.zeros((9, 9), np.uint8), None, None), False)
    back = store.reader.still(part.uid)
    assert back is not None
    assert back.map is None


def test_a_fault_may_come_without_picture_and_nothing_else_may(store, make):
    part = make(**LOST)
    store.record(part, None, False)
    assert store.inspection(part.uid) == part
    assert store.reader.still(part.uid) is None
    assert files(store) == []
    with pytest.raises(ValueError, match="no picture"):
        store.record(make(2), None, False)
    assert store.last_number() == 1


def test_a_retry_after_a_lost_answer_changes_nothing(store, make, picture, keep):
    part = keep()
    before = {path: path.read_bytes() for path in files(store)}
    store.record(part, picture(part), False)
    store.record(make(verdict=Verdict.NG), picture(part), True)
    assert {path: path.read_bytes() for path in files(store)} == before
    assert len(store.reader.history(9)) == 1
    assert store.inspection(part.uid) == part


def test_a_second_try_as_not_inspected_takes_the_place_of_the_first(store, make, picture):
    """The picture got there, the row did not: the retry leaves one file, and it agrees."""
    part = make()
    store.record(make(2), picture(make(2)), False)
    path = store.folder / image_name(part)
    path.write_bytes(encode_png(picture(part).pixels, {RECORD_KEY: "the first try"}))
    spoiled = make(verdict=Verdict.NOT_INSPECTED, fault=Fault(ErrorCode.STORE_DISK_FULL))
    store.record(spoiled, picture(part), False)
    assert len(files(store)) == 2
    assert all(row.good for row in verify(store.folder))


def test_the_order_is_file_name_folder_row(store, make, picture, monkeypatch):
    """fsync of the file, rename, fsync of the folder, and only then the commit."""
    part = make()
    steps = []
    fsync, replace = os.fsync, os.replace

    def spy_fsync(handle):
        steps.append(("fsync", "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"))
        assert not store.reader.knows(part.uid)
        fsync(handle)

    def spy_replace(source, target, **rest):
        steps.append(("replace", str(target)))
        assert not store.reader.knows(part.uid)
        replace(source, target, **rest)

    store.record(make(2), picture(make(2)), False)  # the folders are there and durable
    monkeypatch.setattr(os, "fsync", spy_fsync)
    monkeypatch.setattr(os, "replace", spy_replace)
    store.record(part, picture(part), False)
    path = str(store.folder / image_name(part))
    assert steps == [("fsync", "file"), ("replace", path), ("fsync", "folder")]
    assert store.reader.knows(part.uid)


def test_new_folders_are_made_durable_up_to_the_data_folder(tmp_path, make, picture, monkeypatch):
    synced = []
    fsync = os.fsync

    def spy(handle):
        synced.append(os.fstat(handle).st_ino)
        fsync(handle)

    with Store(tmp_path) as store:
        monkeypatch.setattr(os, "fsync", spy)
        part = make()
        store.record(part, picture(part), False)
        hour = (tmp_path / image_name(part)).parent
    for folder in (hour, hour.parent, tmp_path / "images", tmp_path):
        assert folder.stat().st_ino in synced


def test_a_folder_that_somebody_removed_is_made_again(store, keep, picture):
    first = keep(1)
    hour = (store.folder / image_name(first)).parent
    for path in hour.iterdir():
        path.unlink()
    hour.rmdir()
    (store.folder / INCOMING).rmdir()
    second = keep(2)
    assert store.reader.still(second.uid) is not None


class HeldByAnotherError(PermissionError):
    winerror = 32


def test_a_file_held_by_a_virus_scanner_is_tried_again(store, keep, monkeypatch):
    replace, refusals = os.replace, iter([HeldByAnotherError()] * 3)

    def held(source, target, **rest):
        for refusal in refusals:
            raise refusal
        replace(source, target, **rest)

    monkeypatch.setattr(os, "replace", held)
    part = keep()
    assert store.reader.still(part.uid) is not None


def test_a_file_held_for_ever_is_an_error_and_leaves_nothing(store, make, picture, monkeypatch):
    def held(source, target, **rest):
        raise HeldByAnotherError(errno.EACCES, "held")

    pauses = []
    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr("station.store.images.time.sleep", pauses.append)
    with pytest.raises(StoreError) as caught:
        store.record(make(), picture(make()), False)
    assert caught.value.code is ErrorCode.STORE_WRITE_FAILED
    assert caught.value.fault.fact("reason") == "held"
    assert pauses == [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32]
    assert files(store) == []
    assert not store.reader.knows(make().uid)


def test_a_disk_error_is_told_and_a_retry_succeeds(store, make, picture, monkeypatch):
    def broken(handle):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StoreError) as caught:
        store.record(make(), picture(make()), False)
    assert caught.value.code is ErrorCode.STORE_WRITE_FAILED
    assert files(store) == []
    monkeypatch.undo()
    store.record(make(), picture(make()), False)
    assert all(row.good for row in verify(store.folder))


def test_a_full_disk_loses_nothing_and_work_goes_on_after_making_room(mounted, make, picture):
    disk = mounted("size=3m")
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(2**20))
    with Store(disk) as store:
        kept, error = [], None
        for number in range(1, 200):
            part = make(number)
            try:
                store.record(part, picture(part, (128, 256)), False)
            except StoreError as caught:
                error = caught
                break
            kept.append(part)
        assert error is not None
        assert error.code is ErrorCode.STORE_DISK_FULL
        assert len(kept) > 5
        assert list((disk / INCOMING).iterdir()) == []
        assert [row.uid for row in verify(disk) if row.good] == [part.uid for part in kept]
        with pytest.raises(StoreError) as again:
            store.record(make(900), picture(make(900), (128, 256)), False)
        assert again.value.code is ErrorCode.STORE_DISK_FULL
        ballast.unlink()
        store.record(part, picture(part, (128, 256)), False)
        assert [row.uid for row in verify(disk) if row.good] == [p.uid for p in [*kept, part]]


def test_a_disk_too_full_for_the_row_is_told_as_full(mounted, make, says):
    """Rows without pictures, until the database itself finds no room."""
    disk = mounted("size=2m")
    with Store(disk) as store:
        part = make(**LOST)
        store.record(part, None, False)
        free = os.statvfs(disk)
        (disk / "ballast").write_bytes(bytes(free.f_bavail * free.f_bsize))
        with pytest.raises(StoreError) as caught:
            deque(store.record(make(n, **LOST), None, False) for n in range(2, 5000))
        assert caught.value.code is ErrorCode.STORE_DISK_FULL
        last = store.last_number()
        (disk / "ballast").unlink()
        store.record(make(last + 1, **LOST), None, False)
        assert store.last_number() == last + 1
        assert all(row.good for row in verify(disk))


def test_a_folder_on_a_full_disk_says_so_when_it_is_opened(mounted):
    disk = mounted("size=1m")
    free = os.statvfs(disk)
    (disk / "ballast").write_bytes(bytes(free.f_bavail * free.f_bsize))
    with pytest.raises(StoreError) as caught, Store(disk):
        pass
    assert caught.value.code is ErrorCode.STORE_DISK_FULL


def test_a_picture_larger_than_the_system_allows_is_told_and_leaves_nothing(store, make, picture):
    resource = pytest.importorskip("resource", reason="Windows has no limit of file size")
    part = make()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**17, hard))
    try:
        with pytest.raises(StoreError) as caught:
            store.record(part, picture(part, (512, 512)), False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.code is ErrorCode.STORE_WRITE_FAILED
    assert files(store) == []
    store.record(part, picture(part, (512, 512)), False)
    assert all(row.good for row in verify(store.folder))


def test_dispositions_are_appended_and_the_last_one_holds(store, keep):
    part = keep()
    assert store.reader.entry(part.uid).disposition is None
    store.dispose(part.uid, Disposition.HOLD, 1)
    store.dispose(part.uid, Disposition.RELEASE, 2)
    assert store.reader.entry(part.uid).disposition is Disposition.RELEASE
    with pytest.raises(StoreError) as caught:
        store.dispose("nobody", Disposition.HOLD, 1)
    assert caught.value.code is ErrorCode.RECORD_NOT_FOUND
    assert caught.value.fault.fact("uid") == "nobody"


def test_the_last_number_goes_on_after_reopening(tmp_path, make, picture):
    for number in (1, 7, 3):
        with Store(tmp_path) as store:
            store.record(make(number), picture(make(number)), False)
    with Store(tmp_path) as store:
        assert store.last_number() == 7
