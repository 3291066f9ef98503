"""Learning from what persons said of the parts of a plant, and from a bucket of classes."""

import hashlib
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tomli_w

from station.cameras.image_file import read_image
from station.domain.inspection import Decision, DecisionKind, Inspection, Still, Verdict
from station.domain.recipe import Recipe, Roi
from station.errors import ErrorCode, StationError
from station.inference.prepare import region
from station.plant.pictures import pictures_at
from station.plant.samples import fetch_samples
from station.store.store import Store
from tests.peers.copying import copied
from tests.peers.servers import PASSWORD
from tests.peers.station_life import now_ms, part
from tests.program import station
from tests.unit.training.conftest import KINDS, draw, write_parts

ROI = Roi(20, 10, 160, 160)
NG, OK = Verdict.NG, Verdict.OK
ACCEPT, REJECT, UNDO = DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.UNDO

# Verdict, the model's label, then each word with its label; and the class that follows.
CASES = (
    (OK, "good", [(ACCEPT, None)], "good"),
    (NG, "line", [(ACCEPT, None)], "good"),
    (NG, "line", [(REJECT, None)], "line"),
    (NG, "line", [(REJECT, "blob")], "blob"),
    (OK, "good", [(REJECT, "a/b: ..")], "a_b_ .."),
    (OK, "good", [(REJECT, None)], None),
    (NG, "line", [], None),
    (NG, "line", [(REJECT, "blob"), (UNDO, None)], None),
    (NG, "line", [(REJECT, "blob"), (UNDO, None), (ACCEPT, None)], "good"),
)


def record(
    store: Store, number: int, verdict: Verdict, label: str, recipe="flange", version=1
) -> Inspection:
    rng = random.Random(number)
    one = replace(part(number, rng, False), verdict=verdict, label=label, roi=ROI, recipe=recipe)
    one = replace(one, recipe_version=version)
    frame = np.zeros((200, 220), np.uint8)
    kind = label if label in KINDS else "good"
    frame[10:170, 20:180] = draw(kind, number)[0]
    store.record(one, Still(one.uid, frame, None, ROI), False)
    return one


@pytest.fixture
def spoken(data: Path, place) -> dict[str, str | None]:
    """A plant with CASES; the class of each part by its uid."""
    found = {}
    with Store(data, place.station) as store:
        for number, (verdict, label, words, wanted) in enumerate(CASES, 1):
            one = record(store, number, verdict, label)
            for kind, said in words:
                store.decide(Decision(one.uid, kind, now_ms(), "Ann", said))
            found[one.uid] = wanted
    copied(data, place)
    return found


def classes(folder: Path) -> dict[str, str]:
    return {path.stem: path.parent.name for path in folder.rglob("*.png")}


def test_the_class_is_the_persons_word_that_stands(spoken, pictures, plant, tmp_path):
    found = fetch_samples(pictures, plant, tmp_path / "cache")
    wanted = {uid: label for uid, label in spoken.items() if label is not None}
    assert classes(found.folder) == wanted
    assert (found.samples, found.left_out) == (len(wanted), 1)
    for uid in wanted:
        number = list(spoken).index(uid) + 1
        kind = CASES[number - 1][1]
        path = next(found.folder.rglob(f"{uid}.png"))
        np.testing.assert_array_equal(read_image(path), draw(kind, number)[0])  # cut to the ROI


def test_a_new_word_moves_a_picture_and_nothing_else_is_fetched(
    spoken, data, place, pictures, plant, tmp_path
):
    folder = fetch_samples(pictures, plant, tmp_path / "cache").folder
    before = {path.stem: path.stat().st_mtime_ns for path in folder.rglob("*.png")}
    moved = next(uid for uid, label in spoken.items() if label == "line")
    with Store(data, place.station) as store:
        store.decide(Decision(moved, ACCEPT, now_ms(), "Ann", None, "looked again"))
    copied(data, place)
    assert fetch_samples(pictures, plant, tmp_path / "cache").folder == folder
    assert classes(folder)[moved] == "good"
    after = {path.stem: path.stat().st_mtime_ns for path in folder.rglob("*.png")}
    assert {uid for uid in after if after[uid] != before[uid]} == {moved}


def test_parts_of_two_recipes_are_not_mixed(spoken, data, place, pictures, plant, tmp_path):
    with Store(data, place.station) as store:
        one = record(store, 100, OK, "good", recipe="bracket")
        store.decide(Decision(one.uid, ACCEPT, now_ms(), "Ann"))
    copied(data, place)
    for wish in ("", "gear"):
        with pytest.raises(StationError) as caught:
            fetch_samples(pictures, plant, tmp_path / "cache", wish)
        assert caught.value.code is ErrorCode.RECIPE_NOT_FOUND
        assert caught.value.fault.fact("known") == "bracket, flange"
    found = fetch_samples(pictures, plant, tmp_path / "cache", "bracket")
    assert classes(found.folder) == {one.uid: "good"}


def test_what_a_recipe_ignored_is_painted_over(data, place, pictures, plant, tmp_path):
    areas = (Roi(20, 10, 60, 50),)
    with Store(data, place.station) as store:
        recipe = store.adopt_recipe(Recipe("flange", "m.onnx", roi=ROI, ignore=areas))
        one = record(store, 1, OK, "good", version=recipe.version)
        store.decide(Decision(one.uid, ACCEPT, now_ms(), "Ann"))
        kept = store.reader.still(one.uid)
    assert kept is not None
    copied(data, place)
    found = fetch_samples(pictures, plant, tmp_path / "cache")
    seen = read_image(next(found.folder.rglob("*.png")))
    np.testing.assert_array_equal(seen, region(kept.pixels, ROI, areas))
    assert len(np.unique(seen[:50, :60])) == 1


def test_without_a_database_nobody_knows_the_classes(spoken, pictures, tmp_path):
    with pytest.raises(StationError) as caught:
        fetch_samples(pictures, None, tmp_path / "cache")
    assert caught.value.code is ErrorCode.PLANT_BAD_ADDRESS


def settings(folder: Path, place) -> Path:
    folder.mkdir()
    plant = {"database": place.database, "endpoint": place.endpoint, "region": place.region}
    values = {"schema_version": 1, "plant": plant}
    (folder / "settings.toml").write_text(tomli_w.dumps(values), "utf-8")
    return folder


@pytest.mark.slow
def test_the_program_learns_from_a_plant(data, place, tmp_path, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with Store(data, place.station) as store:
        for number in range(1, 25):
            kind = KINDS[number % 3]
            one = record(store, number, OK if kind == "good" else NG, kind)
            store.decide(Decision(one.uid, ACCEPT if kind == "good" else REJECT, now_ms(), "Ann"))
    copied(data, place)
    office, out = settings(tmp_path / "office", place), tmp_path / "model.onnx"
    words = ("--from", place.pictures, "--data", office, "--out", out, "--size", 224, "--json")
    answer = station(tmp_path, "train", *words, timeout=110)
    assert answer.code == 0, answer
    assert answer.rows[-1]["n"] == 24
    assert out.is_file()


def test_a_bucket_of_classes_is_taken_as_it_is(pictures, place, tmp_path):
    folder = write_parts(tmp_path / "classes", 0, 3)
    for path in folder.rglob("*.png"):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        pictures.put(name, content, hashlib.sha256(content).hexdigest())
    found = fetch_samples(pictures, None, tmp_path / "cache")
    ours = sorted((p.relative_to(folder), p.read_bytes()) for p in folder.rglob("*.png"))
    theirs = [(p.relative_to(found.folder), p.read_bytes()) for p in found.folder.rglob("*.png")]
    assert sorted(theirs) == ours
    local = fetch_samples(pictures_at(folder.as_uri()), None, tmp_path / "cache")
    assert local.folder == folder  # nothing is copied that is here


def test_a_folder_and_a_plant_at_once_are_refused(tmp_path):
    words = ("train", tmp_path, "--from", "s3://parts/x", "--out", tmp_path / "m.onnx")
    answer = station(tmp_path, *words)
    assert answer.code == 2
    assert "either a folder or --from" in answer.err
