"""Samples outlive what happens to a data folder: retention, a damaged database, a restore."""

import threading

import harm
import pytest

from station.store import recover as looking_after
from station.store.backup import backup, restore
from station.store.recover import recover
from station.store.retention import Policy, Retention
from station.store.sample_writer import NewSample
from station.store.store import Store

NEVER = threading.Event()


@pytest.fixture
def taught(store, keep):
    """A folder with records, of which some are samples, pictures from elsewhere and a snapshot."""
    for number in range(1, 9):
        keep(number)
    for number in (2, 5):
        entry = store.reader.entry(f"{number:032x}")
        new = NewSample(
            "flange",
            "record",
            "ab" * 8,
            group=f"SN-{number}",
            record=entry.inspection.uid,
            image=entry.image,
            sha256=entry.image_sha256,
            size=entry.image_bytes,
        )
        store.add_sample(new, "dent", "Wang 王")
    for number in range(3):
        key = store.add_sample(NewSample("flange", "import", data=b"%d" % number), "good", "Li")
    store.label([(key, "scratch")], "Li")
    store.label([(key, "")], "Li")
    store.set_class("flange", "good", True, "Li")
    store.set_class("flange", "dent", False, "Li")
    held = [(1, "dent", True), (2, "dent", False), (3, "good", False)]
    store.add_snapshot("flange", "cd" * 32, b"{}", held, "Li")
    return store


def seen(store: Store) -> dict[str, object]:
    """All that is known of samples but for their ids."""
    rows = store.reader.sample_page("flange")
    return {
        "rows": [
            (row.uid, row.image, row.label, row.seen, row.test, row.group, row.origin)
            for row in rows
        ],
        "counts": store.reader.sample_counts("flange"),
        "classes": store.reader.classes("flange"),
        "snapshots": [(s.sha256, s.path, s.n) for s in store.reader.snapshots("flange")],
        "files": [(store.folder / row.image).read_bytes() for row in rows],
    }


def test_retention_leaves_the_picture_of_a_sample(taught):
    before = seen(taught)
    retention = Retention(taught, Policy(gigabytes=1e-9))
    while retention.step(2**60):
        pass
    left = [path.name for path in (taught.folder / "images").rglob("*.png")]
    assert sorted(int(name.split("_")[0]) for name in left) == [2, 5]
    assert seen(taught) == before


def test_a_damaged_database_gives_them_back(taught, tmp_path):
    before = seen(taught)
    taught.close()
    harm.first_page(taught.folder)
    with Store(taught.folder) as store:
        assert store.reader.sample_page("flange") == []
        recover(store, NEVER)
        assert seen(store) == before
        recover(store, NEVER)
        assert seen(store) == before
        assert looking_after.last_loss(store.reader) is None


def test_a_restored_folder_has_them_all(taught, tmp_path):
    before = seen(taught)
    made = backup(taught.folder, tmp_path / "backup")
    assert made.lost == []
    restore(tmp_path / "backup", tmp_path / "new")
    with Store(tmp_path / "new") as again:
        assert seen(again) == before
        (path,) = (again.folder / "snapshots").glob("*.json")
        assert path.read_bytes() == b"{}"
