import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode, RecipeError
from station.inference.engine import Engine
from station.training import job
from station.training.augment import KINDS as VARIATIONS
from station.training.evaluate import evaluate
from station.training.job import train
from station.training.sizes import candidate_sizes
from tests.conftest import shared_data
from tests.unit.training.conftest import KINDS, PER_CLASS, Taught, draw, write, write_parts


def test_what_was_taught_is_told(taught: Taught) -> None:
    result = taught.result
    assert result.classes == ("blob", "good", "line")
    assert result.good == ("good",)
    assert result.n == 3 * PER_CLASS
    assert (result.size, result.channels) == (224, 1)  # 160 pixels hold no more
    assert [row.size for row in result.sizes] == [224]
    assert result.sizes[0].ms > 0
    assert result.cv_accuracy >= 0.9
    assert 0 <= result.review_limit <= result.ng_limit <= 1
    assert result.skipped == ()
    assert [p.name for p in taught.model.parent.iterdir()] == ["model.onnx"]


def test_progress_goes_on_to_the_end(taught: Taught) -> None:
    names = list(dict.fromkeys(step for step, _ in taught.steps))
    assert names == ["read", "embed", "spots", "answers", "learn", "write"]
    assert all(0 <= share <= 1 for _, share in taught.steps)
    assert taught.steps[-1] == ("write", 1.0)


def test_fresh_parts_are_judged_right_and_the_map_points_at_the_defect(taught: Taught) -> None:
    engine = Engine(taught.model, "cpu")
    engine.open()
    hits, near, dark = [], [], []
    for kind in KINDS:
        for seed in range(100, 106):
            pixels, (x, y) = draw(kind, seed)
            found = engine.look(pixels)
            hits.append(found.label == kind)
            assert found.map is not None
            if kind == "good":
                dark.append(found.map.mean() < 16)
            else:
                row, column = np.unravel_index(found.map.argmax(), found.map.shape)
                step = 160 / found.map.shape[0]
                near.append(np.hypot((column + 0.5) * step - x, (row + 0.5) * step - y) < 26)
    assert np.mean(hits) >= 0.9
    assert np.mean(near) >= 0.9
    assert np.mean(dark) >= 0.9


def test_the_card_tells_where_the_model_came_from(taught: Taught) -> None:
    engine = Engine(taught.model, "cpu")
    engine.open()
    card = engine.card
    assert card.name == "model"
    assert card.method == taught.result.method
    assert card.parent.startswith("efficientnet_lite0 sha256:")
    assert card.licence == "Apache-2.0"
    assert len(card.dataset_sha256) == 64
    assert dict(card.metrics)["cv_accuracy"] == taught.result.cv_accuracy
    assert (card.review_limit, card.ng_limit) == (
        taught.result.review_limit,
        taught.result.ng_limit,
    )
    assert engine.sha256 == taught.result.sha256


def test_the_same_seed_gives_the_same_bytes(taught: Taught, tmp_path: Path) -> None:
    again = train(taught.folder, tmp_path / "model.onnx", seed=3)
    assert again.sha256 == taught.result.sha256
    assert again.out.read_bytes() == taught.model.read_bytes()


def test_classes_of_which_none_is_good(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "parts", 0, 4)
    (parts / "good").rename(parts / "plain")
    write(
        parts / "plain" / "colour.png", np.dstack([draw("good", 50)[0], *[draw("good", 51)[0]] * 2])
    )
    (parts / "line" / "broken.png").write_text("no picture")
    result = train(parts, tmp_path / "m.onnx", size=256)
    assert (result.good, result.channels, result.size) == ((), 3, 256)
    assert [skipped.path.name for skipped in result.skipped] == ["broken.png"]
    assert (result.review_limit, result.ng_limit) == (0.4, 0.6)
    engine = Engine(result.out, "cpu")
    engine.open()
    assert engine.look(draw("blob", 99)[0]).score == 1.0


def test_no_size_invents_pixels() -> None:
    assert candidate_sizes(100) == (224,)
    assert candidate_sizes(200) == (224,)
    assert candidate_sizes(224) == (224,)
    assert candidate_sizes(289) == (224, 320)
    assert candidate_sizes(5000) == (224, 320, 448, 640)


def test_sizes_are_compared_where_the_images_hold_more(tmp_path: Path) -> None:
    for kind in ("good", "line"):
        for seed in range(3):
            small, _ = draw(kind, seed)
            write(tmp_path / kind / f"{seed}.png", np.kron(small, np.ones((2, 2), np.uint8)))
    result = train(tmp_path, tmp_path / "m.onnx")
    assert [row.size for row in result.sizes] == [224, 320]
    assert result.size in (224, 320)
    assert result.sizes[0].ms < result.sizes[1].ms


@pytest.mark.parametrize("size", [0, 200, 225, 1056])
def test_a_size_that_cannot_be(tmp_path: Path, size: int) -> None:
    with pytest.raises(RecipeError) as caught:
        train(tmp_path, tmp_path / "m.onnx", size=size)
    assert caught.value.code is ErrorCode.RECIPE_BAD_VALUE
    assert caught.value.fault.fact("field") == "size"


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    write_parts(tmp_path / "parts", 0, 3)
    (tmp_path / "file").write_text("")
    steps: list[str] = []
    for out in (tmp_path / "file" / "m.onnx", tmp_path, Path("/proc/m.onnx")):
        with pytest.raises(DatasetError) as caught:
            train(tmp_path / "parts", out, progress=lambda step, share: steps.append(step))
        assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
        assert caught.value.fault.fact("path") == str(out)
    assert not steps


def test_a_run_that_fails_leaves_the_old_model(tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(b"old")
    (tmp_path / "parts").mkdir()
    with pytest.raises(DatasetError):
        train(tmp_path / "parts", tmp_path / "m.onnx")
    assert (tmp_path / "m.onnx").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["m.onnx", "parts"]


def test_an_unknown_method(tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as caught:
        train(tmp_path, tmp_path / "m.onnx", method_name="magic")
    assert caught.value.code is ErrorCode.METHOD_UNKNOWN
    known = "linear, memory_bank, classical, cnn, autoencoder, auto"
    assert caught.value.fault.fact("known") == known


def test_teaching_takes_no_torch(taught: Taught) -> None:
    assert "torch" not in sys.modules


def test_parts_of_one_group_are_held_out_together(tmp_path: Path) -> None:
    """Ten prints of each of a few grainy parts: with groups the model must know a new part."""
    rng, groups = np.random.default_rng(4), {}
    for kind in ("good", "odd"):  # no difference at all between the two
        for part in range(4):
            grain = rng.normal(130, 25, (64, 64))
            for copy in range(5):
                name = f"{kind}/{part}-{copy}.png"
                print_ = np.clip(grain + rng.normal(0, 2, grain.shape), 0, 255)
                write(tmp_path / "parts" / name, print_.astype(np.uint8))
                groups[name] = f"{kind}{part}"
    honest = train(tmp_path / "parts", tmp_path / "m.onnx", groups=groups)
    assert honest.cv_accuracy < 0.8


def test_a_class_of_which_all_images_show_one_part_is_too_few(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "parts", 0, 5)
    groups = {f"line/{seed:03}.png": "the only one" for seed in range(5)}
    with pytest.raises(DatasetError) as caught:
        train(parts, tmp_path / "m.onnx", groups=groups)
    assert caught.value.code is ErrorCode.DATASET_TOO_FEW
    assert caught.value.fault.fact("label") == "line"


def test_what_is_kept_back_is_not_learnt_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = write_parts(tmp_path / "parts", 0, 5)
    whole = job.read_dataset(parts)

    def kept(*numbers: str) -> None:
        samples = (replace(one, test=one.path.stem in numbers) for one in whole.samples)
        made = replace(whole, samples=tuple(samples))
        monkeypatch.setattr(job, "read_dataset", lambda *told: made)

    kept("001", "003")
    assert train(parts, tmp_path / "m.onnx").n == 9


def test_variations_are_learnt_from_and_never_counted(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "parts", 0, 4)
    plain = train(parts, tmp_path / "m.onnx")
    varied = train(parts, tmp_path / "m.onnx", augment=VARIATIONS)
    assert varied.n == plain.n == 12
    assert varied.sha256 != plain.sha256
    assert varied.cv_accuracy >= 0.75
    with pytest.raises(RecipeError) as caught:
        train(parts, tmp_path / "m.onnx", augment=("flip", "explode"))
    assert caught.value.fault.facts[:2] == (("field", "augment"), ("value", "explode"))


@pytest.mark.parametrize("folds", [0, 1, 21])
def test_a_number_of_folds_that_cannot_be(tmp_path: Path, folds: int) -> None:
    with pytest.raises(RecipeError) as caught:
        train(tmp_path, tmp_path / "m.onnx", folds=folds)
    assert caught.value.fault.fact("field") == "folds"


def test_what_was_expected_is_counted_at_the_limits_of_the_card(taught: Taught) -> None:
    result = taught.result
    assert (result.bad_total, result.good_total) == (2 * PER_CLASS, PER_CLASS)
    assert 0 <= result.escapes <= 2
    assert result.auroc is not None
    assert result.auroc > 0.9
    assert result.table == ()


def test_only_good_parts_are_nothing_for_a_method_that_tells_apart(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "parts", 0, 4)
    for kind in ("blob", "line"):
        for path in (parts / kind).iterdir():
            path.unlink()
    with pytest.raises(DatasetError) as caught:
        train(parts, tmp_path / "m.onnx")
    assert caught.value.code is ErrorCode.DATASET_ONE_CLASS
    assert not (tmp_path / "m.onnx").exists()


def test_a_lesson_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "parts", 0, 3)

    class CancelledError(Exception):
        pass

    def cancel(step: str, share: float) -> None:
        if step == "learn":
            raise CancelledError

    with pytest.raises(CancelledError):
        train(parts, tmp_path / "out" / "m.onnx", progress=cancel)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_fills_up_leaves_the_old_model(
    tmp_path: Path, mounted: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache fails first, without a word; then there is no room for the model."""
    parts = write_parts(tmp_path / "parts", 0, 3)
    disk = mounted("size=2m")
    monkeypatch.setenv("STATION_CACHE", str(disk / "cache"))
    (disk / "m.onnx").write_bytes(b"old")
    with pytest.raises(DatasetError) as caught:
        train(parts, disk / "m.onnx")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert (disk / "m.onnx").read_bytes() == b"old"
    assert not list(disk.glob(".m.onnx*"))


@pytest.mark.data
@pytest.mark.slow
def test_real_steel_is_taught_in_a_minute(tmp_path: Path) -> None:
    folder = shared_data("neu_cls") / "train"
    result = train(folder, tmp_path / "neu.onnx")
    assert result.cv_accuracy >= 0.998
    assert result.n == 1260
    assert result.size == 224
    assert result.seconds < 60
    engine = Engine(result.out, "cpu")
    engine.open()
    found = evaluate(engine, folder)
    assert found.accuracy >= 0.995
    json.dumps(found.confusion)
