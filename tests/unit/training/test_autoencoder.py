"""The autoencoder: that it needs torch only to learn, and what its file says afterwards."""

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

from station.errors import DatasetError, ErrorCode
from station.inference.engine import Engine
from station.inference.model import INPUT
from station.inference.provider import new_session
from station.inference.safety import check_model
from station.training.backbone import Graph, Input, assembled
from station.training.dataset import Dataset, read_dataset
from station.training.expected import expected_of
from station.training.folds import fold_numbers
from station.training.methods import autoencoder, torch_coder
from station.training.methods.base import DEFECT, Fitted, Wishes
from station.training.methods.torch_train import ask, numpy_of
from tests.unit.training.conftest import draw, write_parts

TORCH = importlib.util.find_spec("torch") is not None
needs_torch = pytest.mark.skipif(not TORCH, reason="torch is not installed (extra train-torch)")
SMALL = Wishes(size=64)


def quiet(step: str, share: float) -> None:
    pass


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read_dataset(write_parts(tmp_path_factory.mktemp("parts"), 0, 10), good=["good"])


@pytest.fixture(scope="module", autouse=True)
def _few_epochs() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(autoencoder, "PLAN", replace(autoencoder.PLAN, epochs=5))
        yield


@dataclass(frozen=True)
class Lesson:
    folds: np.ndarray
    fitted: Fitted
    steps: tuple[tuple[str, float], ...]


@pytest.fixture(scope="module")
def lesson(parts: Dataset) -> Lesson:
    pytest.importorskip("torch", reason="torch is not installed (extra train-torch)")
    folds = fold_numbers(np.array(parts.labels, np.intp), 0)
    steps: list[tuple[str, float]] = []
    fitted = autoencoder.fit(parts, folds, SMALL, "m", lambda s, f: steps.append((s, f)))
    return Lesson(folds, fitted, tuple(steps))


@pytest.mark.skipif(TORCH, reason="torch is installed here")
def test_without_torch_it_says_which_extra_is_missing(parts: Dataset) -> None:
    with pytest.raises(DatasetError) as caught:
        autoencoder.fit(parts, np.zeros(len(parts.samples), np.intp), SMALL, "m", quiet)
    assert caught.value.code is ErrorCode.EXTRA_MISSING
    assert caught.value.fault.fact("extra") == "train-torch"


def test_the_module_itself_brings_no_torch() -> None:
    assert "station.training.methods.autoencoder" in sys.modules
    source = Path(autoencoder.__file__).read_text("utf-8")
    assert "import torch\n" not in source


@needs_torch
def test_defects_stand_above_good_parts_that_were_held_back(lesson: Lesson, parts: Dataset) -> None:
    seen = expected_of(lesson.fitted, parts, lesson.folds)
    assert lesson.fitted.card.classes == ("good", DEFECT)
    assert lesson.fitted.crossed.sum(axis=1) == pytest.approx(1)
    assert seen.auroc is not None
    assert seen.auroc > 0.9
    assert dict(lesson.fitted.card.metrics)["cv_auroc"] == pytest.approx(seen.auroc)


@needs_torch
def test_the_file_judges_fresh_parts_and_shows_where(lesson: Lesson, tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(lesson.fitted.model)
    check_model(lesson.fitted.model, tmp_path / "m.onnx")
    good, bad, near = [], [], []
    with Engine(tmp_path / "m.onnx", "cpu") as engine:
        for seed in range(100, 108):
            good.append(engine.look(draw("good", seed)[0]).score)
            for kind in ("blob", "line"):
                pixels, (x, y) = draw(kind, seed)
                found = engine.look(pixels)
                bad.append(found.score)
                assert found.map is not None
                row, column = np.unravel_index(found.map.argmax(), found.map.shape)
                step = 160 / found.map.shape[0]
                near.append(np.hypot((column + 0.5) * step - x, (row + 0.5) * step - y) < 40)
    assert np.median(bad) > max(np.median(good), 0.3)
    assert np.mean(near) >= 0.75


@needs_torch
def test_bad_parts_are_never_learnt_from(parts: Dataset, lesson: Lesson) -> None:
    """The same good parts give the same network, whatever bad ones lie beside them."""
    good = replace(
        parts,
        classes=("good",),
        samples=tuple(one for one in parts.samples if one.label == "good"),
    )
    own = lesson.folds[[i for i, one in enumerate(parts.samples) if one.label == "good"]]
    alone = autoencoder.fit(good, own, SMALL, "m", quiet)
    rows = [i for i, one in enumerate(parts.samples) if one.label == "good"]
    assert np.array_equal(alone.crossed, lesson.fitted.crossed[rows])
    assert alone.card.ng_limit == lesson.fitted.card.ng_limit


@needs_torch
def test_progress_stays_within_bounds(lesson: Lesson) -> None:
    assert [*dict.fromkeys(step for step, _ in lesson.steps)] == ["read", "learn", "embed"]
    assert all(0 <= share <= 1 for _, share in lesson.steps)


@needs_torch
def test_what_progress_raises_ends_the_lesson(parts: Dataset) -> None:
    def cancel(step: str, share: float) -> None:
        if step == "learn":
            raise KeyboardInterrupt

    folds = fold_numbers(np.array(parts.labels, np.intp), 0)
    with pytest.raises(KeyboardInterrupt):
        autoencoder.fit(parts, folds, SMALL, "m", cancel)


@needs_torch
def test_too_few_good_parts(parts: Dataset) -> None:
    few = replace(parts, samples=tuple(one for one in parts.samples if one.label != "good"))
    with pytest.raises(DatasetError) as caught:
        autoencoder.fit(few, np.zeros(len(few.samples), np.intp), SMALL, "m", quiet)
    assert caught.value.code is ErrorCode.DATASET_TOO_FEW
    assert caught.value.fault.fact("count") == "0"


@needs_torch
def test_the_error_is_the_same_in_the_graph() -> None:
    form = Input(64, 96, 3)
    net = torch_coder.new_coder(form, 2)
    image = np.random.default_rng(1).integers(0, 256, (2, 64, 96, 3), dtype=np.uint8)
    expected = ask(net, lambda rows, varied: image[rows].transpose(0, 3, 1, 2), np.arange(2))
    graph = Graph()
    torch_coder.add_coder(graph, form, numpy_of(net))
    value = helper.make_tensor_value_info("each", TensorProto.FLOAT, ["n", 1, 64, 96])
    model = assembled(graph, form, [value], "n").SerializeToString()
    (each,) = new_session(model, "cpu", 1).run(None, {INPUT: image})
    assert each.mean(axis=(1, 2, 3)) == pytest.approx(expected, rel=1e-4)
