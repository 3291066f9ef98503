from pathlib import Path

import numpy as np
import pytest

from station.cameras.image_file import read_image
from station.domain.inspection import Verdict
from station.domain.recipe import Recipe, Roi
from station.errors import DatasetError, ErrorCode
from station.inference.engine import Engine
from station.training.evaluate import auroc, evaluate
from tests.models import build_bright_model
from tests.unit.training.conftest import write

# The bright model is in no doubt above a mean of 130 (good) and below 70 (dark).
LEVELS = {"good": (180, 150, 101, 60), "dark": (20, 40, 98, 103, 170)}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = Engine(build_bright_model(tmp_path / "m.onnx"), "cpu")
    engine.open()
    return engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "parts"
    for label, levels in LEVELS.items():
        for level in levels:
            write(place / label / f"{level}.png", np.full((64, 64), level, np.uint8))
    return place


def test_the_figures_by_hand(engine: Engine, folder: Path) -> None:
    found = evaluate(engine, folder)
    assert found.n == 9
    assert found.classes == ("good", "dark")
    assert found.confusion == ((3, 1), (2, 3))
    assert found.accuracy == pytest.approx(6 / 9)
    good, dark = found.per_class
    assert (good.n, dark.n) == (4, 5)
    assert (good.precision, good.recall) == pytest.approx((3 / 5, 3 / 4))
    assert (dark.precision, dark.recall) == pytest.approx((3 / 4, 3 / 5))
    assert good.f1 == pytest.approx(2 / 3)
    assert found.macro_f1 == pytest.approx((good.f1 + dark.f1) / 2)
    assert (found.bad_total, found.good_total) == (5, 4)
    assert found.escapes == 2  # 103 with a score of 0.35, and 170
    assert found.false_rejects == 1  # 60
    assert found.reviews == 2  # 98 with a score of 0.599, 101 with 0.45
    assert found.auroc == pytest.approx(14 / 20)


def test_a_row_says_what_the_line_would_say(engine: Engine, folder: Path) -> None:
    for row in evaluate(engine, folder).rows:
        finding = engine.look(read_image(row.path))
        assert row.score == finding.score
        assert row.confidence == finding.confidence
        assert row.label == finding.label


def test_a_recipe_brings_its_own_limits_and_roi(engine: Engine, folder: Path) -> None:
    strict = Recipe("r", str(engine.path), review_limit=0.0, ng_limit=0.0, roi=Roi(0, 0, 32, 32))
    found = evaluate(engine, folder, recipe=strict)
    assert {row.verdict for row in found.rows} == {Verdict.NG}
    assert (found.escapes, found.false_rejects) == (0, 4)


def test_one_side_alone_has_no_auroc(engine: Engine, folder: Path) -> None:
    for path in (folder / "good").iterdir():
        path.unlink()
    found = evaluate(engine, folder)
    assert found.auroc is None
    assert found.good_total == found.false_rejects == 0
    assert found.per_class[0].n == 0
    assert found.macro_f1 == pytest.approx(found.per_class[1].f1)


def test_broken_images_are_left_out_and_named(engine: Engine, folder: Path) -> None:
    (folder / "dark" / "letter.png").write_text("no picture")
    found = evaluate(engine, folder)
    assert found.n == 9
    assert [skipped.path.name for skipped in found.skipped] == ["letter.png"]


def test_a_class_the_model_does_not_know(engine: Engine, folder: Path) -> None:
    (folder / "dark").rename(folder / "scratch")
    with pytest.raises(DatasetError) as caught:
        evaluate(engine, folder)
    assert caught.value.code is ErrorCode.DATASET_UNKNOWN_CLASS
    assert caught.value.fault.fact("label") == "scratch"
    assert caught.value.fault.fact("known") == "good, dark"


def test_wrong_and_empty_folders(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "bare" / "good").mkdir(parents=True)
    for place, code in (
        (tmp_path / "no", ErrorCode.FOLDER_NOT_FOUND),
        (tmp_path / "bare", ErrorCode.FOLDER_EMPTY),
    ):
        with pytest.raises(DatasetError) as caught:
            evaluate(engine, place)
        assert caught.value.code is code
    (tmp_path / "bare" / "good" / "letter.png").write_text("no picture")
    with pytest.raises(DatasetError) as caught:
        evaluate(engine, tmp_path / "bare")
    assert caught.value.code is ErrorCode.FOLDER_EMPTY


def test_progress_counts_to_one(engine: Engine, folder: Path) -> None:
    seen: list[float] = []
    evaluate(engine, folder, lambda step, share: seen.append(share))
    assert seen == pytest.approx([k / 9 for k in range(1, 10)])


def test_auroc_counts_ties_half() -> None:
    assert auroc([0.1, 0.5], [0.5, 0.9]) == pytest.approx(3.5 / 4)
    assert auroc([0.9], [0.1]) == 0.0
    assert auroc([], [0.1]) is None
