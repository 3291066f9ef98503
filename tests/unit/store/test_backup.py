"""A backup beside a writing store, and that it can be restored; a broken one is told."""

import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import harm
import pytest

from station.domain.inspection import DecisionKind
from station.errors import ErrorCode, StoreError
from station.settings import Settings, load_settings, save_settings
from station.store import backup as backup_module
from station.store.backup import MANIFEST_NAME, Drill, backup, drill, restore
from station.store.retention import Policy, Retention
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from station.store.verify import stray_files, verify


@pytest.fixture
def filled(store, keep, says) -> Store:
    for number in range(1, 21):
        part = keep(number)
        if number % 4 == 0:
            store.decide(says(part, DecisionKind.REJECT, operator="Wang 王"))
    save_settings(store.folder, Settings(lot="L-7"))
    (store.folder / "recipes").mkdir()
    (store.folder / "recipes" / "flange.toml").write_text("name = 'flange'")
    return store


def refusal(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as caught:
        act()
    return caught.value


def test_what_is_restored_is_what_was(filled, tmp_path):
    told: list[int] = []
    made = backup(filled.folder, tmp_path / "backup", progress=told.append)
    assert (made.rows, made.pictures, made.lost) == (20, 20, [])
    assert told == [20]
    assert restore(tmp_path / "backup", tmp_path / "new") == made
    assert load_settings(tmp_path / "new").lot == "L-7"
    assert (tmp_path / "new" / "recipes" / "flange.toml").exists()
    assert list(stray_files(tmp_path / "new")) == []
    with Store(tmp_path / "new") as again:
        assert again.reader.history(100) == filled.reader.history(100)
        assert again.last_number() == 20
    assert all(row.good for row in verify(tmp_path / "new"))
    assert drill(tmp_path / "backup", tmp_path).bad == 0
    assert not list(tmp_path.glob("station-drill-*"))


def test_a_restored_picture_is_a_file_of_its_own(filled, tmp_path):
    backup(filled.folder, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "new")
    for path in (tmp_path / "new" / "images").rglob("*.png"):
        path.write_bytes(b"gone")
    assert all(row.good for row in verify(filled.folder))
    assert drill(tmp_path / "backup").bad == 0


def test_a_backup_on_another_disk(filled, mounted, tmp_path):
    disk = mounted("size=8m")
    backup(filled.folder, disk / "backup")
    assert drill(disk / "backup", tmp_path).rows == 20


def test_a_full_disk_is_told(filled, mounted):
    disk = mounted("size=64k")
    assert refusal(lambda: backup(filled.folder, disk / "b")).code is ErrorCode.STORE_DISK_FULL


def test_made_again_only_what_is_new_is_copied_and_the_former_stays_until_then(
    filled, keep, tmp_path
):
    backup(filled.folder, tmp_path / "backup")
    inodes = {p: p.stat().st_ino for p in (tmp_path / "backup").rglob("*.png")}
    keep(21)
    made = backup(filled.folder, tmp_path / "backup")
    assert made.rows == 21
    now = {p: p.stat().st_ino for p in (tmp_path / "backup").rglob("*.png")}
    assert now.items() >= inodes.items()
    assert len(now) == 21
    assert len(list((tmp_path / "backup").glob("rows-*"))) == 1
    assert drill(tmp_path / "backup").rows == 21


def test_without_pictures(filled, tmp_path):
    made = backup(filled.folder, tmp_path / "backup", with_images=False)
    assert not made.with_images
    assert not (tmp_path / "backup" / "images").exists()
    restore(tmp_path / "backup", tmp_path / "new")
    with Store(tmp_path / "new") as again:
        assert len(again.reader.history(100)) == 20
    assert drill(tmp_path / "backup").bad == 0


def test_beside_a_store_that_writes_and_removes(filled, make, picture, tmp_path):
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        number = 21
        retention = Retention(filled, Policy(gigabytes=1e-4))
        while not stop.is_set():
            part = make(number)
            filled.record(part, picture(part, (100, 100)), False)
            written.append(number)
            retention.step(0)
            number += 1

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for round_ in range(4):
            while len(written) < 15 * (round_ + 1):
                assert thread.is_alive()
            before = len(written)
            made = backup(filled.folder, tmp_path / f"b{round_ % 2}")
            assert made.rows >= 20 + before
            assert made.lost == []
    finally:
        stop.set()
        thread.join()
    for name in ("b0", "b1"):
        tried = drill(tmp_path / name)
        assert tried.rows >= 20
        assert tried.bad == 0


def test_a_picture_removed_meanwhile_is_not_lost_and_one_that_vanished_is(
    filled, keep, tmp_path, monkeypatch
):
    numbers, copy_rows = iter(range(21, 40)), backup_module._copy_rows

    def come_and_go(folder: Path, target: Path) -> None:
        uid = keep(next(numbers)).uid
        copy_rows(folder, target)
        filled.removed([uid], "retention")
        (filled.folder / filled.reader.entry(uid).image).unlink()

    monkeypatch.setattr(backup_module, "_copy_rows", come_and_go)
    made = backup(filled.folder, tmp_path / "backup")
    assert made.lost == []
    assert drill(tmp_path / "backup") == Drill(made.rows, 0)
    vanished = filled.reader.history(100)[-1].image
    (filled.folder / vanished).unlink()
    assert backup(filled.folder, tmp_path / "another").lost == [vanished]


def test_a_folder_with_anything_in_it_is_not_restored_into(filled, tmp_path):
    backup(filled.folder, tmp_path / "backup")
    error = refusal(lambda: restore(tmp_path / "backup", filled.folder))
    assert error.code is ErrorCode.RESTORE_NOT_EMPTY
    (tmp_path / "new").mkdir()
    restore(tmp_path / "backup", tmp_path / "new")
    error = refusal(lambda: restore(tmp_path / "backup", tmp_path / "new"))
    assert error.code is ErrorCode.RESTORE_NOT_EMPTY


def no_manifest(folder: Path) -> None:
    (folder / MANIFEST_NAME).unlink()


def half_a_manifest(folder: Path) -> None:
    path = folder / MANIFEST_NAME
    path.write_bytes(path.read_bytes()[:-10])


def outside(folder: Path) -> None:
    path = folder / MANIFEST_NAME
    values = json.loads(path.read_bytes())
    values["files"]["../data/settings.toml"] = "0"
    path.write_text(json.dumps(values))


def a_byte_of_the_rows(folder: Path) -> None:
    (path,) = folder.glob(f"rows-*/{DATABASE_NAME}")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def no_rows(folder: Path) -> None:
    shutil.rmtree(next(folder.glob("rows-*")))


def a_picture_changed(folder: Path) -> None:
    path = next(folder.rglob("*.png"))
    data = bytearray(path.read_bytes())
    data[60] ^= 1
    path.unlink()
    path.write_bytes(data)


def a_picture_gone(folder: Path) -> None:
    next(folder.rglob("*.png")).unlink()


@pytest.mark.parametrize(
    "hurt",
    [no_manifest, half_a_manifest, outside, a_byte_of_the_rows, no_rows, a_picture_changed,
     a_picture_gone],
)  # fmt: skip
def test_a_broken_backup_is_told_and_nothing_is_left_of_the_try(filled, tmp_path, hurt):
    backup(filled.folder, tmp_path / "backup")
    hurt(tmp_path / "backup")
    for act in (
        lambda: restore(tmp_path / "backup", tmp_path / "new"),
        lambda: drill(tmp_path / "backup", tmp_path),
    ):
        error = refusal(act)
        assert error.code is ErrorCode.BACKUP_BROKEN
        assert error.fault.fact("path").startswith(str(tmp_path))
        assert error.fault.fact("reason")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "data"]
    assert all(row.good for row in verify(filled.folder))


def test_the_rest_can_be_had_all_the_same(filled, tmp_path):
    backup(filled.folder, tmp_path / "backup")
    a_picture_changed(tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "new", anyway=True)
    assert sum(not row.good for row in verify(tmp_path / "new")) == 1


def test_a_picture_that_was_lost_before_does_not_stand_in_the_way(filled, tmp_path):
    gone = filled.folder / filled.reader.history(1)[0].image
    gone.unlink()
    made = backup(filled.folder, tmp_path / "backup")
    assert made.lost == [gone.relative_to(filled.folder).as_posix()]
    restore(tmp_path / "backup", tmp_path / "new")
    assert drill(tmp_path / "backup").bad == 1


def test_of_a_damaged_database_no_backup_is_made(filled, tmp_path):
    backup(filled.folder, tmp_path / "backup")
    filled.close()
    harm.first_page(filled.folder)
    error = refusal(lambda: backup(filled.folder, tmp_path / "backup"))
    assert error.code is ErrorCode.STORE_BROKEN
    assert drill(tmp_path / "backup").rows == 20, "the former one still holds"
    error = refusal(lambda: backup(tmp_path / "nowhere", tmp_path / "b2"))
    assert error.code is ErrorCode.STORE_NOT_FOUND
