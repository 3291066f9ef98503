"""A snapshot holds what was labelled when it was frozen, and proves itself when it is read."""

import json
from pathlib import Path

import numpy as np
import pytest

from station.cameras.image_file import read_image
from station.domain.inspection import Decision, DecisionKind, Inspection, Still, Verdict
from station.domain.part import Part, TriggerSource
from station.domain.recipe import Recipe, Roi
from station.errors import DatasetError, ErrorCode
from station.inference.prepare import region
from station.store.samples import SampleFilter, View
from station.store.store import Store
from station.training.dataset import read_dataset
from station.training.snapshot import freeze, freeze_folder
from station.training.taking import Item, label_keys, take_decided, take_files, take_frame
from tests.unit.training.conftest import draw, write, write_parts
from tests.unit.training.test_overlap import crop, strip

NOW = 1_790_000_000_000


@pytest.fixture
def store(tmp_path: Path):
    with Store(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_parts(tmp_path / "parts", 0, 12)


def take(store: Store, folder: Path, groups: dict[str, str] | None = None):
    items = [
        Item(path, path.parent.name, (groups or {}).get(path.name, ""))
        for path in sorted(folder.rglob("*.png"))
    ]
    return take_files(store, "flange", items, "Li")


def record(store: Store, number: int, **changes) -> Inspection:
    values = {
        "uid": f"{number:032x}",
        "part": Part(number, f"SN-{number}"),
        "at_ms": NOW + number,
        "trigger": TriggerSource.KEY,
        "verdict": Verdict.REVIEW,
        "recipe": "flange",
        "recipe_version": 1,
        "review_limit": 0.4,
        "ng_limit": 0.6,
        "roi": Roi(10, 20, 100, 80),
        "model": "m.onnx",
        "model_sha256": "ab" * 32,
        "provider": "cpu",
        "camera": "simulated",
        "label": "blob",
        "score": 0.5,
        "confidence": 0.5,
    }
    inspection = Inspection(**(values | changes))
    pixels = draw("blob", number)[0]
    store.record(inspection, Still(inspection.uid, pixels, None, inspection.roi), True)
    return inspection


def test_a_snapshot_is_read_back_as_it_was_labelled(store, folder) -> None:
    taken = take(store, folder)
    assert (taken.added, taken.known, taken.skipped) == (36, 0, ())
    snapshot = freeze(store, store.reader, "flange", "Li")
    data = read_dataset(snapshot.path)
    assert (data.classes, data.good) == (("blob", "good", "line"), ("good",))
    assert (len(data.samples), snapshot.n) == (36, 36)
    assert len(data.kept_back.samples) == snapshot.test == 6
    assert len(data.learning.samples) == 30
    assert data.sha256 == snapshot.sha256
    assert snapshot.path.name == f"{snapshot.sha256}.json"
    assert freeze(store, store.reader, "flange", "Li") == snapshot
    assert [row.sha256 for row in store.reader.snapshots("flange")] == [snapshot.sha256]
    assert take(store, folder).added == 0


def test_a_label_that_changes_later_leaves_it_as_it_is(store, folder) -> None:
    take(store, folder)
    first = freeze(store, store.reader, "flange", "Li")
    held = store.reader.sample_keys("flange", SampleFilter(View.HELD_OUT))
    assert len(held) == 6
    store.label([(held[0], "line"), (held[1], "")], "Li")
    second = freeze(store, store.reader, "flange", "Li")
    assert second.sha256 != first.sha256
    assert second.n == 35
    kept = {s.path for s in read_dataset(first.path).kept_back.samples}
    again = {s.path for s in read_dataset(second.path).kept_back.samples}
    assert len(kept & again) == 5


def test_groups_and_likenesses_never_cross(store, tmp_path) -> None:
    folder = write_parts(tmp_path / "parts", 0, 24)
    groups = {f"{n:03}.png": f"part {n // 4}" for n in range(24)}
    take(store, folder, groups)
    data = read_dataset(freeze(store, store.reader, "flange", "Li").path)
    number = {path.read_bytes(): path.stem for path in folder.rglob("*.png")}
    sides: dict[str, set[bool]] = {}
    for sample in data.samples:
        told = groups[f"{number[sample.path.read_bytes()]}.png"]
        sides.setdefault(told, set()).add(sample.test)
    assert len(sides) == 6
    assert all(len(side) == 1 for side in sides.values())
    assert 0 < len(data.kept_back.samples) < 30


@pytest.mark.parametrize("what", ["manifest", "image", "gone"])
def test_what_was_changed_is_refused(store, folder, what) -> None:
    take(store, folder)
    snapshot = freeze(store, store.reader, "flange", "Li")
    image = read_dataset(snapshot.path).samples[0].path
    if what == "manifest":
        values = json.loads(snapshot.path.read_text("utf-8"))
        values["content"]["samples"][0]["label"] = "line"
        snapshot.path.write_text(json.dumps(values), "utf-8")
    elif what == "image":
        image.write_bytes(image.read_bytes() + b"x")
    else:
        image.unlink()
    with pytest.raises(DatasetError) as caught:
        read_dataset(snapshot.path)
    assert caught.value.code is ErrorCode.DATASET_CHANGED


def test_too_little_cannot_be_frozen(store, folder) -> None:
    with pytest.raises(DatasetError) as caught:
        freeze(store, store.reader, "flange", "Li")
    assert caught.value.code is ErrorCode.FOLDER_EMPTY
    items = [Item(folder / "blob" / f"{n:03}.png", "blob") for n in range(5)]
    take_files(store, "flange", items, "Li")
    with pytest.raises(DatasetError) as caught:
        freeze(store, store.reader, "flange", "Li")
    assert caught.value.code is ErrorCode.DATASET_ONE_CLASS
    take_files(store, "flange", [Item(folder / "good" / "000.png", "good")], "Li")
    with pytest.raises(DatasetError) as caught:
        freeze(store, store.reader, "flange", "Li")
    assert caught.value.code is ErrorCode.DATASET_TOO_FEW
    assert not (store.folder / "snapshots").exists()


def test_a_folder_is_frozen_into_another(folder, tmp_path) -> None:
    out = tmp_path / "frozen"
    data = read_dataset(folder)
    snapshot = freeze_folder(data, out)
    again = read_dataset(snapshot.path)
    assert sorted(s.sha256 for s in again.samples) == sorted(s.sha256 for s in data.samples)
    assert snapshot.test == 6
    with pytest.raises(DatasetError) as caught:
        freeze_folder(data, out)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["frozen", "parts"]


def test_a_record_becomes_a_sample_cut_to_its_region(store) -> None:
    one, two = record(store, 1), record(store, 2, roi=None)
    store.set_class("flange", "good", True, "Li")
    done = label_keys(store, store.reader, [-1, -2], "blob", "Wang", store.decide)
    assert len(done.keys) == 2
    assert store.reader.standing_decision(one.uid).kind is DecisionKind.REJECT
    first, second = store.reader.sample_rows(done.keys)
    assert second.image.startswith("images/")
    assert read_dataset_pixels(store.folder / first.image).shape == (80, 100)
    assert (first.seen, first.group) == ("blob", "SN-1")
    store.label(done.before, "Wang")
    assert [row.label for row in store.reader.sample_rows(done.keys)] == ["", ""]
    assert store.reader.story(two.uid).keeps[0].why == "sample"


def read_dataset_pixels(path: Path):
    from station.training.dataset import read_file

    return read_file(path)[1]


def test_what_persons_decided_is_taken_and_followed(store) -> None:
    record(store, 1)
    for number, kind, label in (
        (2, DecisionKind.ACCEPT, None),
        (3, DecisionKind.REJECT, "scratch"),
        (4, DecisionKind.REJECT, None),
    ):
        part = record(store, number)
        store.decide(Decision(part.uid, kind, NOW + 100, "Li", label))
    part = record(store, 5, verdict=Verdict.NG)
    store.decide(Decision(part.uid, DecisionKind.REJECT, NOW + 100, "Li"))
    taken = take_decided(store, store.reader, "flange", "Li")
    assert (taken.added, taken.known) == (3, 0)
    labels = [(row.group, row.label) for row in store.reader.sample_page("flange")]
    assert labels == [("SN-1", ""), ("SN-5", "blob"), ("SN-3", "scratch"), ("SN-2", "good")]
    assert take_decided(store, store.reader, "flange", "Li").added == 0
    later = NOW * 2
    changed = Decision(f"{3:032x}", DecisionKind.ACCEPT, later, "Li", None, "looked again")
    store.decide(changed)
    assert take_decided(store, store.reader, "flange", "Li").known == 1
    assert store.reader.sample_counts("flange").overruled == 2


@pytest.mark.parametrize("roi", [Roi(10, 20, 100, 80), None])
def test_a_sample_of_a_record_shows_what_the_model_saw(store, roi: Roi | None) -> None:
    areas = (Roi(0, 0, 30, 40),)
    recipe = store.adopt_recipe(Recipe("flange", "m.onnx", roi=roi, ignore=areas))
    part = record(store, 1, recipe_version=recipe.version, roi=roi)
    store.decide(Decision(part.uid, DecisionKind.ACCEPT, NOW + 100, "Li"))
    assert take_decided(store, store.reader, "flange", "Li").added == 1
    row = next(row for row in store.reader.sample_page("flange") if row.label)
    kept = read_image(store.folder / row.image)
    assert np.array_equal(kept, region(draw("blob", 1)[0], roi, areas))
    assert not np.array_equal(kept, region(draw("blob", 1)[0], roi))


def test_the_camera_and_broken_files(store, tmp_path) -> None:
    pixels = draw("good", 1)[0]
    key = take_frame(store, "flange", pixels, Roi(0, 0, 64, 64), "good", "Li")
    assert store.reader.sample_rows([key])[0].origin == "camera"
    (tmp_path / "letter.png").write_text("Dear customer")
    write(tmp_path / "tiny.png", np.zeros((4, 4), np.uint8))
    items = [Item(tmp_path / name, "good") for name in ("letter.png", "tiny.png", "gone.png")]
    taken = take_files(store, "flange", items, "Li")
    assert [one.fault.code for one in taken.skipped] == [
        ErrorCode.IMAGE_UNREADABLE,
        ErrorCode.IMAGE_TOO_SMALL,
        ErrorCode.IMAGE_NOT_FOUND,
    ]


def test_crops_of_one_picture_never_lie_on_both_sides(store, tmp_path: Path) -> None:
    for seed in range(20):
        wide, kind = strip(seed), "good" if seed < 10 else "bad"
        for place, x in enumerate((0, 90)):
            write(tmp_path / "steel" / kind / f"{seed:02}-{place}.png", crop(wide, x, 15 * place))
    take(store, tmp_path / "steel")
    snapshot = freeze(store, store.reader, "flange", "Li")
    data = read_dataset(snapshot.path)
    assert snapshot.test == 8
    sides: dict[bytes, set[bool]] = {}
    originals = {
        path.read_bytes(): path.name[:2].encode() for path in (tmp_path / "steel").rglob("*.png")
    }
    for sample in data.samples:
        sides.setdefault(originals[sample.path.read_bytes()], set()).add(sample.test)
    assert len(sides) == 20
    assert all(len(each) == 1 for each in sides.values())
    frozen = freeze_folder(read_dataset(tmp_path / "steel"), tmp_path / "frozen")
    assert frozen.test == 8
