"""The networks: what torch answers while they learn is what the file answers afterwards."""

import importlib.util
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper

from station.errors import DatasetError, ErrorCode
from station.inference.engine import Engine
from station.inference.model import INPUT
from station.inference.prepare import prepare
from station.inference.provider import new_session
from station.inference.safety import check_model
from station.training.backbone import Graph, Input, assembled
from station.training.dataset import Dataset, read_dataset
from station.training.expected import expected_of
from station.training.folds import fold_numbers
from station.training.methods import cnn, torch_small, torch_tuned
from station.training.methods.base import Fitted, Wishes
from station.training.methods.torch_train import Net, Plan, ask, cross_entropy, learn, numpy_of
from tests.unit.training.conftest import KINDS, draw, write_parts

TORCH = importlib.util.find_spec("torch") is not None
needs_torch = pytest.mark.skipif(not TORCH, reason="torch is not installed (extra train-torch)")
FORM = Input(32, 64, 3)


def quiet(step: str, share: float) -> None:
    pass


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read_dataset(write_parts(tmp_path_factory.mktemp("parts"), 0, 9), good=["good"])


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (2, 32, 64, 3), dtype=np.uint8)


def run(graph: Graph, form: Input, image: np.ndarray, shapes: dict[str, int]) -> list[np.ndarray]:
    values = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * rank)
        for name, rank in shapes.items()
    ]
    model = assembled(graph, form, values, len(image)).SerializeToString()
    return list(new_session(model, "cpu", 1).run(list(shapes), {INPUT: image}))


@pytest.mark.skipif(TORCH, reason="torch is installed here")
def test_without_torch_it_says_which_extra_is_missing(parts: Dataset) -> None:
    with pytest.raises(DatasetError) as caught:
        cnn.fit(parts, np.zeros(len(parts.samples), np.intp), Wishes(), "m", quiet)
    assert caught.value.code is ErrorCode.EXTRA_MISSING
    assert caught.value.fault.fact("extra") == "train-torch"


def test_no_fold_is_torn_apart_where_there_are_many() -> None:
    folds = np.arange(50) % 5
    merged = cnn.parts_of(folds)
    assert set(merged) == {0, 1, 2}
    assert all(len(set(merged[folds == k])) == 1 for k in range(5))
    assert set(cnn.parts_of(np.arange(20) % 2)) == {0, 1}


@needs_torch
def test_the_small_network_is_the_same_in_the_graph(images: np.ndarray) -> None:
    net = torch_small.new_small(FORM, 4, 1)
    rows = np.arange(2)
    pick = lambda rows, varied: images[rows].transpose(0, 3, 1, 2)  # noqa: E731
    graph = Graph()
    torch_small.add_small(graph, numpy_of(net))
    logits, features = run(graph, FORM, images, {"logits": 2, "features": 2})
    assert np.abs(logits - ask(net, pick, rows)).max() < 1e-3
    assert np.abs(features - ask(torch_small.features_of(net), pick, rows)).max() < 1e-3
    assert logits.std() > 1e-3


@needs_torch
def test_evidence_of_the_small_network_is_all_but_the_offsets(images: np.ndarray) -> None:
    net = torch_small.new_small(FORM, 4, 1)
    graph = Graph()
    torch_small.add_small(graph, numpy_of(net))
    graph.constant("which", [2, 0])
    torch_small.add_small_evidence(graph, FORM, "which")
    evidence, logits, dense = run(graph, FORM, images[:1], {"evidence": 3, "logits": 2, "dense": 2})
    assert evidence.shape == (2, 8, 16)
    assert (dense > 0).any()
    assert evidence.sum(axis=(1, 2)) == pytest.approx(logits[0, [2, 0]], abs=1e-3)


@needs_torch
def test_the_tuned_end_is_the_same_in_the_graph(images: np.ndarray) -> None:
    net = torch_tuned.new_tuned(3)
    rng = np.random.default_rng(0)
    import torch

    with torch.no_grad():
        for name in ("classes.weight", "block15.bias", "head.weight"):
            noise = rng.normal(0, 0.02, tuple(net.weights[name].shape)).astype(np.float32)
            net.weights[name] += torch.from_numpy(noise).to(net.weights[name].device)
    taps = new_session(torch_tuned.tap_model(FORM), "cpu", 1).run(None, {INPUT: images})[0]
    expected = ask(net, lambda rows, varied: taps[rows], np.arange(2))
    graph = torch_tuned.tuned_graph(FORM)
    torch_tuned.add_tuned(graph, numpy_of(net))
    graph.constant("which", [1])
    (logits,) = run(graph, FORM, images, {"logits": 2})
    assert np.abs(logits - expected).max() < 1e-3 * max(1, np.abs(expected).max())
    torch_tuned.add_tuned_evidence(graph, FORM, "which")
    (evidence,) = run(graph, FORM, images[:1], {"evidence": 3})
    assert evidence.shape == (1, 1, 2)
    assert evidence.mean() == pytest.approx(logits[0, 1], abs=1e-3)


def one_number() -> tuple[Net, Any]:
    import torch

    weight = torch.tensor([[0.0], [0.0]], requires_grad=True)
    return Net({"w": weight}, lambda weights, x, drops: x @ weights["w"].T), torch


@needs_torch
def test_learning_stops_where_watched_images_get_worse() -> None:
    """Watched labels are the opposite of those learnt: the first epoch is already the best."""
    x = np.linspace(-1, 1, 40, dtype=np.float32)[:, None]
    labels = (x[:, 0] > 0).astype(np.intp)
    labels[30:] = 1 - labels[30:]
    net, _ = one_number()
    told: list[float] = []
    best = learn(
        net,
        lambda rows, varied: x[rows],
        cross_entropy(labels, 2, balance=True),
        np.arange(30),
        np.arange(30, 40),
        Plan(epochs=20, rate=0.1, patience=2),
        0,
        told.append,
    )
    assert best == 1
    assert len(told) == 3


@needs_torch
def test_rare_classes_weigh_as_much_where_that_is_wished() -> None:
    import torch

    labels = np.array([0] * 9 + [1])
    answers = torch.zeros(10, 2)
    answers[:, 0] = 2.0  # always says the common class
    plain = cross_entropy(labels, 2, balance=False)(answers, np.arange(10))
    fair = cross_entropy(labels, 2, balance=True)(answers, np.arange(10))
    assert float(fair) > 2 * float(plain)


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
    wishes = Wishes(augment=("flip", "light"))
    fitted = cnn.fit(parts, folds, wishes, "m", lambda s, f: steps.append((s, f)))
    return Lesson(folds, fitted, tuple(steps))


@needs_torch
def test_fresh_parts_are_judged_by_the_file(lesson: Lesson, parts: Dataset, tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(lesson.fitted.model)
    check_model(lesson.fitted.model, tmp_path / "m.onnx")
    hits = []
    with Engine(tmp_path / "m.onnx", "cpu") as engine:
        assert engine.card.method == f"cnn: {lesson.fitted.kind}"
        for kind in KINDS:
            for seed in range(100, 106):
                found = engine.look(draw(kind, seed)[0])
                hits.append(found.label == kind)
                assert found.unlike is not None
    assert np.mean(hits) >= 0.8
    assert expected_of(lesson.fitted, parts, lesson.folds).cv_accuracy >= 0.8
    assert [*dict.fromkeys(step for step, _ in lesson.steps)] == ["read", "embed", "learn"]
    assert all(0 <= share <= 1 for _, share in lesson.steps)


@needs_torch
def test_the_small_file_says_what_the_network_says(parts: Dataset) -> None:
    """Taught for a moment, exported, and asked by the runtime: the same classes and a map."""
    labels = np.array(parts.labels, np.intp)
    form = Input(64, 64, 1)
    pixels = np.concatenate(
        [prepare(draw(one.label, k)[0], None, form) for k, one in enumerate(parts.samples)]
    )
    way = cnn.small_way(form, pixels, 3, ("noise",), 0)
    net = way.new()
    every = np.arange(len(labels))
    plan = replace(way.plan, epochs=1)
    loss = cross_entropy(labels, 3, balance=True)
    learn(net, way.pick(0), loss, every, every[:0], plan, 0, lambda share: None)
    again = way.new()
    learn(again, way.pick(0), loss, every, every[:0], plan, 0, lambda share: None)
    first, second = numpy_of(net), numpy_of(again)
    assert all(np.array_equal(first[name], second[name]) for name in first)
    graph = Graph()
    torch_small.add_small(graph, first)
    (logits,) = run(graph, form, pixels, {"logits": 2})
    assert np.abs(logits - ask(net, way.pick(0), every)).max() < 1e-3


@needs_torch
def test_what_progress_raises_ends_the_lesson(parts: Dataset) -> None:
    def cancel(step: str, share: float) -> None:
        if step == "learn":
            raise KeyboardInterrupt

    folds = fold_numbers(np.array(parts.labels, np.intp), 0)
    with pytest.raises(KeyboardInterrupt):
        cnn.fit(parts, folds, Wishes(), "m", cancel)


@needs_torch
def test_one_class_cannot_be_told_from_nothing(parts: Dataset) -> None:
    one = replace(parts, classes=("good",), samples=parts.samples[9:18])
    with pytest.raises(DatasetError) as caught:
        cnn.fit(one, np.arange(9) % 2, Wishes(), "m", quiet)
    assert caught.value.code is ErrorCode.DATASET_ONE_CLASS
