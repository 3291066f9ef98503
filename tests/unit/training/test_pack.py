import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.domain.inspection import Verdict
from station.domain.recipe import Recipe
from station.domain.statistics import wilson
from station.errors import DatasetError, ErrorCode
from station.inference.model import ModelCard, card_to_json
from station.training.compare import Reading
from station.training.crossed import crossed_figures, unseen_of
from station.training.dataset import Sample, read_dataset, scan
from station.training.evaluate import evaluate
from station.training.pack import (
    Basis,
    Contender,
    Pack,
    Role,
    from_json,
    make_pack,
    to_json,
)
from station.training.parts import Parts, every_part, read_parts, true_good
from station.training.snapshot import freeze_folder
from tests.models import CARD, build_bright_model

NOW = "2026-11-21T13:00:00+00:00"
LEVELS = {"good": (180, 150, 120, 101, 60), "dark": (20, 40, 98, 103, 170)}


def write(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "parts"
    for label, levels in LEVELS.items():
        for level in levels:
            write(place / label / f"{level}.png", np.full((64, 80), level, np.uint8))
    return place


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return build_bright_model(tmp_path / "new.onnx")


def parts_of(folder: Path) -> Parts:
    return Parts(tuple(scan(folder)), ("good",), str(folder))


def quick(model: Path, parts: Parts, *others: Contender) -> Pack:
    return make_pack([Contender(Role.CANDIDATE, model), *others], parts, NOW, robust=False)


def test_the_figures_are_those_of_evaluate(folder: Path, model: Path) -> None:
    from station.inference.engine import Engine

    with Engine(model, "cpu") as engine:
        plain = evaluate(engine, folder)
    (found,) = quick(model, parts_of(folder)).models
    assert (found.figures.escapes.count, found.figures.escapes.n) == (plain.escapes, 5)
    assert (found.figures.false_rejects.count, found.figures.false_rejects.n) == (
        plain.false_rejects,
        5,
    )
    assert found.figures.auroc == plain.auroc
    assert found.figures.confusion == plain.confusion
    assert (found.bytes, found.size) == (model.stat().st_size, (64, 64))


def test_candidate_and_incumbent_see_the_same_parts(
    folder: Path, model: Path, tmp_path: Path
) -> None:
    old = build_bright_model(tmp_path / "old.onnx", level=140.0)
    pack = quick(model, parts_of(folder), Contender(Role.INCUMBENT, old))
    first, second = pack.models
    assert first.figures.n == second.figures.n == 10
    (versus,) = pack.versus
    assert versus.other is Role.INCUMBENT
    every = versus.comparison.all
    assert every.first_only == 2  # 101 and 120 are good, and dark to the old one
    assert every.second_only == 1  # 103 is bad, and bright to the new one
    assert every.reading is Reading.TOO_FEW
    assert {Path(one.path).name for one in versus.comparison.changes} == {
        *("101.png", "120.png", "98.png", "103.png")
    }


def test_a_recipe_brings_its_limits(folder: Path, model: Path) -> None:
    strict = Recipe("r", str(model), review_limit=0.0, ng_limit=0.0)
    pack = make_pack(
        [Contender(Role.INCUMBENT, model, strict)], parts_of(folder), NOW, robust=False
    )
    (found,) = pack.models
    assert (found.review_limit, found.ng_limit) == (0.0, 0.0)
    assert found.figures.false_rejects.count == 5


def test_the_worst_are_shown_with_pictures(folder: Path, model: Path) -> None:
    (found,) = quick(model, parts_of(folder)).models
    good = [one for one in found.worst if one.good]
    bad = [one for one in found.worst if not one.good]
    assert Path(good[0].path).name == "60.png"
    assert good[0].verdict is Verdict.NG
    assert Path(bad[0].path).name == "170.png"
    assert bad[0].verdict is Verdict.OK
    assert [one.score for one in good] == sorted((one.score for one in good), reverse=True)
    assert [one.score for one in bad] == sorted(one.score for one in bad)
    import base64

    thumb = cv2.imdecode(np.frombuffer(base64.b64decode(bad[0].thumb), np.uint8), -1)
    assert thumb.shape == (64, 80)
    assert abs(int(thumb.mean()) - 170) < 3


def test_it_comes_back_from_its_json(folder: Path, model: Path) -> None:
    pack = make_pack([Contender(Role.CANDIDATE, model)], parts_of(folder), NOW)
    text = to_json(pack)
    assert from_json(text) == pack
    assert json.loads(text)["models"][0]["figures"]["escapes"]["n"] == 5
    for wrong in ("", "{}", "[]", text[:-9]):
        with pytest.raises(ValueError):
            from_json(wrong)


def test_a_model_that_learnt_from_these_very_images_is_told(folder: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    card = card_to_json(replace(CARD, dataset_sha256="ab" * 32))
    model = build_bright_model(tmp_path / "m.onnx", card)
    parts = parts_of(folder)
    for sha256, taught in (("ab" * 32, True), ("cd" * 32, False), ("", False)):
        told = Parts(parts.samples, parts.good, "x", sha256)
        assert quick(model, told).models[0].taught_here is taught


# ── what may be missing or broken ───────────────────────────────────────────────────────────────


def test_broken_images_are_named_and_left_out_for_all(folder: Path, model: Path) -> None:
    (folder / "dark" / "letter.png").write_text("no picture")
    pack = make_pack([Contender(Role.CANDIDATE, model)], parts_of(folder), NOW)
    assert [(Path(one.path).name, one.error) for one in pack.skipped] == [
        ("letter.png", ErrorCode.IMAGE_UNREADABLE.value)
    ]
    assert pack.models[0].figures.n == 10
    assert pack.models[0].robust[0].kept.n == 10


@pytest.mark.parametrize("missing", ["good", "dark"])
def test_one_side_alone(folder: Path, model: Path, missing: str) -> None:
    for path in (folder / missing).iterdir():
        path.unlink()
    (found,) = make_pack([Contender(Role.CANDIDATE, model)], parts_of(folder), NOW).models
    side = found.figures.false_rejects if missing == "good" else found.figures.escapes
    assert (side.n, side.rate) == (0, None)
    assert found.figures.auroc is None
    assert len(found.robust) == 10


def test_one_image_is_enough(tmp_path: Path, model: Path) -> None:
    write(tmp_path / "one" / "dark" / "a.png", np.full((64, 64), 20, np.uint8))
    (found,) = make_pack([Contender(Role.CANDIDATE, model)], parts_of(tmp_path / "one"), NOW).models
    assert found.figures.n == 1
    assert (found.figures.escapes.low, found.figures.escapes.high) == wilson(0, 1)


def test_no_image_is_not(folder: Path, model: Path) -> None:
    samples = tuple(Sample(folder / "no.png", "good") for _ in range(3))
    with pytest.raises(DatasetError) as caught:
        quick(model, Parts(samples, ("good",), "x"))
    assert caught.value.code is ErrorCode.FOLDER_EMPTY


def test_progress_runs_to_its_end(folder: Path, model: Path) -> None:
    seen: list[tuple[str, float]] = []
    make_pack(
        [Contender(Role.CANDIDATE, model)],
        parts_of(folder),
        NOW,
        progress=lambda step, share: seen.append((step, share)),
    )
    assert [share for step, share in seen if step == "evaluate"][-1] == 1.0
    assert [share for step, share in seen if step == "disturb"][-1] == 1.0


def test_cancel_ends_it(folder: Path, model: Path) -> None:
    def stop(step: str, share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_pack([Contender(Role.CANDIDATE, model)], parts_of(folder), NOW, progress=stop)


# ── which labels may pass ───────────────────────────────────────────────────────────────────────


def test_good_and_bad_of_other_class_lists() -> None:
    assert true_good(["good", "dark"], CARD) == ("good",)
    assert true_good(["OK", "crack"], CARD) == ("OK",)
    assert true_good(["fine", "crack"], CARD, ["fine"]) == ("fine",)
    assert true_good(["crack"], CARD, ["good"]) == ()
    steel = ModelCard("steel", ("a", "b"), (), 64, 64, 1)
    assert true_good(["a", "b"], steel) == ()
    alone = ModelCard("bank", ("good", "defect"), ("good",), 64, 64, 1)
    assert true_good(["crack", "hole"], alone) == ()
    for labels, told in ((["fine", "crack"], None), (["good", "dark"], ["perfect"])):
        with pytest.raises(DatasetError) as caught:
            true_good(labels, CARD, told)
        assert caught.value.code is ErrorCode.DATASET_UNKNOWN_CLASS


def test_other_class_lists_are_compared_by_side(folder: Path, model: Path) -> None:
    (folder / "dark").rename(folder / "shadow")
    (folder / "good").rename(folder / "ok")
    parts = Parts(tuple(scan(folder)), ("ok",), str(folder))
    (found,) = quick(model, parts).models
    assert found.figures.accuracy is None
    assert found.figures.escapes.n == found.figures.false_rejects.n == 5


# ── cross-validation ────────────────────────────────────────────────────────────────────────────


def test_crossed_by_hand() -> None:
    card = ModelCard("c", ("good", "x", "y"), ("good",), 64, 64, 1)
    crossed = np.array(
        [
            [0.9, 0.1, 0],
            [0.2, 0.8, 0],
            [0.7, 0.3, 0],
            [0.3, 0.0, 0.7],
            [0.3, 0.4, 0.3],
            [0, 0.9, 0.1],
        ]
    )
    labels = ["good", "good", "x", "y", "y", "x"]
    folds = np.array([0, 1, 0, 1, 0, 1])
    found = crossed_figures(crossed, card, labels, ("good",), folds)
    assert (found.folds, found.n) == (2, 6)
    assert found.accuracy.values == pytest.approx((1 / 3, 2 / 3))
    assert (found.escapes.count, found.escapes.n) == (1, 4)
    assert (found.false_rejects.count, found.false_rejects.n) == (1, 2)
    assert found.auroc is not None
    assert found.auroc.values == pytest.approx((1.0, 0.5))


def test_crossed_of_good_parts_alone_is_by_side() -> None:
    card = ModelCard("c", ("good", "defect"), ("good",), 64, 64, 1)
    crossed = np.array([[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.7, 0.3]])
    found = crossed_figures(
        crossed, card, ["good", "good", "crack", "hole"], ("good",), np.array([0, 1, 0, 1])
    )
    assert found.accuracy.values == (1.0, 0.0)
    assert found.escapes.count == found.false_rejects.count == 1


def test_parts_that_were_learnt_from_are_judged_by_models_without_them(
    folder: Path, model: Path
) -> None:
    parts = parts_of(folder)
    card = ModelCard("c", ("good", "dark"), ("good",), 64, 64, 1)
    paths = [sample.path for sample in parts.samples]
    wrong = np.array(
        [[0.1, 0.9] if sample.label == "good" else [0.8, 0.2] for sample in parts.samples]
    )
    pack = make_pack(
        [Contender(Role.CANDIDATE, model), Contender(Role.INCUMBENT, model)],
        parts,
        NOW,
        unseen=unseen_of(wrong, card, paths),
        robust=False,
    )
    first, second = (one.figures for one in pack.models)
    assert pack.basis is Basis.CROSSED
    assert first.escapes.count == first.false_rejects.count == 5
    assert second.escapes.count < 5
    assert pack.models[0].worst[0].score == pytest.approx(0.9)


# ── where the parts come from ───────────────────────────────────────────────────────────────────


def test_parts_of_a_folder(folder: Path) -> None:
    parts = read_parts(folder, CARD, groups={"good/180.png": "lot 1"})
    assert len(parts.samples) == 10
    assert parts.good == ("good",)
    assert not parts.kept_back
    assert len(parts.sha256) == 64
    assert [s.group for s in parts.samples if s.path.name == "180.png"] == ["lot 1"]
    (folder / "dark").rename(folder / "shadow")
    with pytest.raises(DatasetError) as caught:
        read_parts(folder, CARD)
    assert caught.value.code is ErrorCode.DATASET_UNKNOWN_CLASS
    assert read_parts(folder, CARD, ["good"]).good == ("good",)


def test_parts_of_one_side_have_no_hash_and_are_parts(folder: Path) -> None:
    for path in (folder / "good").iterdir():
        path.unlink()
    parts = read_parts(folder, CARD)
    assert (len(parts.samples), parts.sha256) == (5, "")


def test_of_a_snapshot_what_was_kept_back_counts(folder: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    for i in range(30):  # enough that some of each class are kept back
        for label, level in (("good", 150), ("dark", 50)):
            pixels = np.random.default_rng((i, level)).normal(level, 20, (64, 64))
            write(folder / label / f"n{i}.png", np.clip(pixels, 0, 255).astype(np.uint8))
    frozen = freeze_folder(read_dataset(folder), tmp_path / "frozen", 0.3)
    card = replace(CARD, dataset_sha256=frozen.sha256)
    parts = read_parts(frozen.path, card)
    assert parts.kept_back
    assert len(parts.samples) == frozen.test > 0
    assert (parts.good, parts.sha256) == (("good",), frozen.sha256)
    assert len(every_part(frozen.path, card).samples) == frozen.n
    model = build_bright_model(tmp_path / "m.onnx", card_to_json(card))
    pack = quick(model, parts)
    assert pack.basis is Basis.KEPT_BACK
    assert not pack.models[0].taught_here, "it learnt from the other parts of the snapshot"


def test_a_snapshot_of_other_labels_says_itself_which_may_pass(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "good").rename(folder / "fine")
    frozen = freeze_folder(read_dataset(folder, ["fine"]), tmp_path / "frozen")
    assert read_parts(frozen.path, CARD).good == ("fine",)


def test_one_of_two_models_that_knows_the_labels_is_enough(folder: Path) -> None:
    alone = ModelCard("bank", ("pass", "defect"), ("pass",), 64, 64, 1)
    strange = ModelCard("steel", ("a", "b"), ("a",), 64, 64, 1)
    for first, second in ((CARD, strange), (strange, CARD), (strange, strange), (alone, CARD)):
        assert read_parts(folder, first, others=[second]).good == ("good",)
    (folder / "good").rename(folder / "fine")
    with pytest.raises(DatasetError) as caught:
        read_parts(folder, strange, others=[strange])
    assert caught.value.code is ErrorCode.DATASET_UNKNOWN_CLASS
