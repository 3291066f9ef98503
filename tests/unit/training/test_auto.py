from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.inference.engine import Engine
from station.inference.model import ModelCard
from station.training import auto, registry
from station.training.auto import candidates, fit_best
from station.training.dataset import Dataset, Sample
from station.training.expected import expected_of, truths
from station.training.job import train
from station.training.methods.base import DEFECT, Fitted, Index, Progress, Wishes
from station.training.registry import METHODS, Method, method
from tests.models import build_bright_model
from tests.unit.training.conftest import write_parts


def samples(**counts: int) -> Dataset:
    made = tuple(Sample(Path(f"{k}/{i}.png"), k) for k, n in counts.items() for i in range(n))
    classes = tuple(sorted(counts))
    good = tuple(name for name in classes if name == "good")
    return Dataset(classes, good, made, (), 1, 64, "")


def names(dataset: Dataset) -> list[str]:
    return [one.name for one in candidates(dataset)]


@pytest.fixture
def torch(monkeypatch: pytest.MonkeyPatch) -> None:
    real = registry.importlib.util.find_spec

    def found(name: str) -> object:
        return object() if name == "torch" else real(name)

    monkeypatch.setattr(registry.importlib.util, "find_spec", found)


@pytest.fixture
def no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry.importlib.util, "find_spec", lambda name: None)


def test_methods_that_fit_without_torch(no_torch: None) -> None:
    assert names(samples(good=40, dent=10)) == ["linear", "memory_bank", "classical"]
    assert names(samples(good=10, dent=10)) == ["linear", "classical"]
    assert names(samples(a=300, b=300)) == ["linear", "classical"]
    assert names(samples(good=40)) == ["memory_bank"]


def test_methods_that_fit_with_torch(torch: None) -> None:
    assert names(samples(good=200, dent=50)) == list(METHODS)
    assert names(samples(good=40, dent=10)) == [
        *("linear", "memory_bank", "classical", "autoencoder"),
    ]


def test_what_is_not_installed_says_what_to_install(no_torch: None) -> None:
    with pytest.raises(DatasetError) as caught:
        method("cnn").load()
    assert caught.value.code is ErrorCode.EXTRA_MISSING
    assert caught.value.fault.fact("extra") == "train-torch"


def pretend(name: str, crossed: np.ndarray, model: bytes, good: str = "good") -> Method:
    """A method whose word is known beforehand; its model file is a real one."""

    class Pretended(Method):
        def load(self) -> object:  # type: ignore[override]
            def fit(d: Dataset, f: Index, w: Wishes, called: str, p: Progress) -> Fitted:
                p("learn", 1.0)
                card = ModelCard(called, ("good", DEFECT), (good,), 64, 64, 1, method=name)
                return Fitted(model, card, crossed, name)

            return fit

    return Pretended(name, "")


@pytest.fixture
def model(tmp_path: Path) -> bytes:
    return build_bright_model(tmp_path / "bright.onnx").read_bytes()


DATA = samples(good=4, dent=4)
FOLDS = np.tile([0, 1], 4)
SURE = np.array([[0.9, 0.1]] * 4 + [[0.1, 0.9]] * 4)


def said(**wrong: float) -> np.ndarray:
    """All right, but for `good` and `bad`: the score of the first part of that side."""
    made = SURE.copy()
    for row, side in ((0, "good"), (4, "bad")):
        if side in wrong:
            made[row] = (1 - wrong[side], wrong[side])
    return made


def test_escapes_come_first_then_false_rejects(
    monkeypatch: pytest.MonkeyPatch, model: bytes
) -> None:
    made = {
        "escapes": pretend("escapes", said(bad=0.2), model),
        "rejects": pretend("rejects", said(good=0.8), model),
        "reviews": pretend("reviews", said(good=0.5), model),
    }
    monkeypatch.setattr(auto, "candidates", lambda dataset: tuple(made.values()))
    steps: list[str] = []
    fitted, table = fit_best(DATA, FOLDS, Wishes(), "m", lambda step, share: steps.append(step))
    assert fitted.kind == "reviews"
    assert [(row.method, row.expected and row.expected.escapes) for row in table] == [
        ("escapes", 1),
        ("rejects", 0),
        ("reviews", 0),
    ]
    assert [row.expected.false_rejects for row in table if row.expected] == [0, 1, 0]
    assert all(row.ms > 0 and row.megabytes > 0 for row in table)
    assert steps == ["1/3 escapes.learn", "2/3 rejects.learn", "3/3 reviews.learn"]
    metrics = dict(fitted.card.metrics)
    assert metrics["auto.escapes.escapes"] == 1
    assert metrics["auto.rejects.false_rejects"] == 1


def test_the_table_stands_on_the_card_in_the_file(
    monkeypatch: pytest.MonkeyPatch, model: bytes, tmp_path: Path
) -> None:
    monkeypatch.setattr(auto, "candidates", lambda dataset: (pretend("one", SURE, model),))
    fitted, _ = fit_best(DATA, FOLDS, Wishes(), "m", lambda step, share: None)
    (tmp_path / "m.onnx").write_bytes(fitted.model)
    with Engine(tmp_path / "m.onnx", "cpu") as engine:
        assert engine.card == fitted.card


def test_a_method_that_cannot_learn_is_a_row_with_its_fault(
    monkeypatch: pytest.MonkeyPatch, model: bytes
) -> None:
    class Failing(Method):
        def load(self) -> object:  # type: ignore[override]
            raise DatasetError(ErrorCode.DATASET_TOO_FEW, label="good", count=1, minimum=3)

    failing, one = Failing("failing", ""), pretend("one", SURE, model)
    monkeypatch.setattr(auto, "candidates", lambda dataset: (failing, one))
    fitted, table = fit_best(DATA, FOLDS, Wishes(), "m", lambda step, share: None)
    assert fitted.kind == "one"
    assert [row.method for row in table if row.fault] == ["failing"]
    monkeypatch.setattr(auto, "candidates", lambda dataset: (failing,))
    with pytest.raises(DatasetError) as caught:
        fit_best(DATA, FOLDS, Wishes(), "m", lambda step, share: None)
    assert caught.value.code is ErrorCode.DATASET_TOO_FEW


def test_nothing_to_try_is_said(no_torch: None) -> None:
    with pytest.raises(DatasetError) as caught:
        fit_best(samples(dent=30), FOLDS, Wishes(), "m", lambda step, share: None)
    assert caught.value.code is ErrorCode.DATASET_ONE_CLASS


def test_figures_of_a_method_that_only_knows_good_and_defect() -> None:
    data = replace(samples(good=2, fine=2, dent=2, hole=2), good=("good", "fine"))
    card = ModelCard("m", ("good", DEFECT), ("good",), 64, 64, 1)
    assert truths(data, card).tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    seen = expected_of(Fitted(b"", card, SURE, ""), data, np.tile([0, 1], 4))
    assert (seen.cv_accuracy, seen.cv_std, seen.auroc) == (1.0, 0.0, 1.0)
    assert (seen.escapes, seen.bad_total, seen.false_rejects, seen.good_total) == (0, 4, 0, 4)


@pytest.mark.usefixtures("no_torch")
def test_auto_on_real_parts(tmp_path: Path) -> None:
    parts = write_parts(tmp_path / "parts", 0, 6)
    result = train(parts, tmp_path / "m.onnx", "auto")
    assert [row.method for row in result.table] == ["linear", "classical"]
    assert all(row.expected is not None for row in result.table)
    with Engine(result.out, "cpu") as engine:
        assert "auto.linear.escapes" in dict(engine.card.metrics)
