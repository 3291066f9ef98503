"""Bent probabilities: the same in the graph as in numpy, rising, and only where they come truer."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper

from station.inference.engine import Engine
from station.inference.model import SCORES, ModelCard
from station.training.dataset import Dataset, Sample
from station.training.isotonic import (
    BENT_LOSS,
    FLOOR,
    LEAST,
    LOSS,
    Bend,
    bent_model,
    better,
    calibrated,
    learn_bend,
    losses,
)
from station.training.methods.base import Fitted
from tests.models import build_bright_model
from tests.unit.training.conftest import Taught, draw

CLASSES, GOOD = ("dent", "good", "scratch"), (1,)

Wide = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def drawn(count: int, seed: int, strange: bool) -> tuple[Wide, Flags]:
    """Probabilities of three classes, and the truth; strange: no temperature makes them come true.

    Then what is told for sure comes true in two of three, and what is told for unsure nearly never.
    """
    rng = np.random.default_rng(seed)
    told = rng.uniform(0.001, 0.999, count)
    true = np.where(told > 0.5, 0.67, 0.02 + 0.05 * told) if strange else told
    split = rng.uniform(0.1, 0.9, count)
    probabilities = np.stack([told * split, 1 - told, told * (1 - split)], axis=1)
    return probabilities, rng.random(count) < true


def lesson(probabilities: Wide, bad: Flags, model: bytes = b"") -> tuple[Fitted, Dataset]:
    labels = np.where(bad, np.where(probabilities[:, 0] > probabilities[:, 2], 0, 2), 1)
    samples = tuple(Sample(Path(f"{i}.png"), CLASSES[k]) for i, k in enumerate(labels))
    card = ModelCard("m", CLASSES, ("good",), 64, 64, 1, review_limit=0.3, ng_limit=0.7)
    dataset = Dataset(CLASSES, ("good",), samples, (), 1, 64, "0" * 64)
    return Fitted(model, card, probabilities, "told"), dataset


def passing(classes: int) -> bytes:
    """A graph that gives back the scores it is given."""
    told = helper.make_tensor_value_info("told", TensorProto.FLOAT, ["n", classes])
    scores = helper.make_tensor_value_info(SCORES, TensorProto.FLOAT, ["n", classes])
    node = helper.make_node("Identity", ["told"], [SCORES], name=SCORES)  # as our methods name it
    body = helper.make_graph([node], "passing", [told], [scores])
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def run(model: bytes, told: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    session = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    return np.asarray(session.run([SCORES], {"told": told})[0])


@pytest.fixture(scope="module")
def bend() -> Bend:
    probabilities, bad = drawn(4000, 1, strange=True)
    return learn_bend(probabilities, bad, GOOD)


def extremes() -> npt.NDArray[np.float32]:
    sure = np.geomspace(1e-9, 0.5, 40)
    rows = [np.array([p * 0.3, 1 - p, p * 0.7]) for p in (*sure, *(1 - sure))]
    return np.array([*rows, [0, 1, 0], [1, 0, 0], [0, 0, 1]], np.float32)


def test_the_graph_says_what_numpy_says(bend: Bend) -> None:
    told = np.concatenate([drawn(2000, 7, strange=False)[0].astype(np.float32), extremes()])
    found = run(bent_model(passing(3), bend, GOOD), told)
    apart = float(np.abs(found - bend.scores(told, GOOD)).max())
    print(f"graph and numpy differ by {apart:.1e} at most")
    assert apart < 1e-6
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-6
    assert found.min() > 0


def test_who_was_worse_stays_worse_and_proportions_stay(bend: Bend) -> None:
    told = extremes()[:-3].astype(np.float64)
    bad = 1 - bend.scores(told, GOOD)[:, 1]
    order = np.argsort(told[:, 0] + told[:, 2])
    held = (told[:, 0] + told[:, 2])[order] > 10 * FLOOR
    assert (np.diff(bad[order]) >= 0).all()
    assert (np.diff(bad[order][held]) > 0).any()
    found = bend.scores(np.array([[0.15, 0.5, 0.35]]), GOOD)[0]
    assert found[0] / found[2] == pytest.approx(0.15 / 0.35)


def test_limits_go_with_the_scores(bend: Bend) -> None:
    told, _ = drawn(3000, 3, strange=False)
    before, after = 1 - told[:, 1], 1 - bend.scores(told, GOOD)[:, 1]
    for limit in (0.05, 0.2, 0.4, 0.6, 0.95):
        clear = np.abs(before - limit) > 0.005  # what rounding of the limit can turn
        assert ((before >= limit) == (after >= bend.limit(limit)))[clear].all()
    assert (bend.limit(0), bend.limit(1)) == (0, 1)


def test_what_no_temperature_can_mend_is_bent_and_both_losses_are_told() -> None:
    probabilities, bad = drawn(1500, 2, strange=True)
    folds = np.arange(1500) % 5
    before, dataset = lesson(probabilities, bad, passing(3))
    made = calibrated(before, dataset, folds)
    told = dict(made.card.metrics)
    assert told[BENT_LOSS] < told[LOSS] - 0.03
    for fold in range(5):  # each of images that its bend has not seen
        own = folds == fold
        bent = losses(made.crossed[own], bad[own], GOOD).mean()
        assert bent < losses(probabilities[own], bad[own], GOOD).mean()
    fresh, truth = drawn(4000, 9, strange=True)
    found = run(made.model, fresh.astype(np.float32)).astype(np.float64)
    assert losses(found, truth, GOOD).mean() < losses(fresh, truth, GOOD).mean() - 0.03
    assert made.card.method.endswith("isotonic")
    assert made.card.review_limit < made.card.ng_limit
    assert replace(made.card, review_limit=0.3, ng_limit=0.7, method="", metrics=()) == before.card


def test_what_comes_true_already_keeps_its_temperature() -> None:
    probabilities, bad = drawn(1500, 4, strange=False)
    before, dataset = lesson(probabilities, bad, passing(3))
    made = calibrated(before, dataset, np.arange(1500) % 5)
    assert made.crossed is before.crossed
    assert replace(made.card, metrics=()) == before.card
    assert {LOSS, BENT_LOSS} <= set(dict(made.card.metrics))
    told = extremes()
    assert np.array_equal(run(made.model, told), told)


def test_few_images_are_not_asked() -> None:
    probabilities, bad = drawn(2000, 2, strange=True)
    rare = np.flatnonzero(bad)[LEAST - 1 :]
    kept = np.setdiff1d(np.arange(2000), rare)
    before, dataset = lesson(probabilities[kept], bad[kept])
    assert calibrated(before, dataset, np.arange(len(kept)) % 5) is before


def test_without_a_good_class_nothing_is_bent() -> None:
    probabilities, bad = drawn(1000, 2, strange=True)
    before, dataset = lesson(probabilities, bad)
    before = replace(before, card=replace(before.card, good=()))
    assert calibrated(before, replace(dataset, good=()), np.arange(1000) % 5) is before


def test_scores_that_are_all_alike_cannot_be_bent() -> None:
    bad = np.arange(1000) % 3 == 0
    before, dataset = lesson(np.full((1000, 3), 1 / 3), bad, passing(3))
    assert calibrated(before, dataset, np.arange(1000) % 5).card.method == ""


def test_a_gain_of_one_fold_proves_nothing() -> None:
    folds = np.arange(100) % 5
    assert better(np.full(100, 0.01), folds)
    assert not better(np.where(folds == 0, 0.2, -0.01), folds)
    assert not better(np.full(100, 0.01), np.zeros(100, np.intp))


def test_a_taught_model_is_bent_and_goes_on_as_any_other(taught: Taught, tmp_path: Path) -> None:
    plain, bent = taught.model.read_bytes(), tmp_path / "bent.onnx"
    told = Bend(np.array([-4.0, 0.0, 4.0]), np.array([0.01, 0.3, 0.6]))
    bent.write_bytes(bent_model(plain, told, (1,)))
    pixels, _ = draw("line", 300)
    with Engine(taught.model, "cpu") as engine, Engine(bent, "cpu") as other:
        before, after = engine.look(pixels), other.look(pixels)
        assert other.card == engine.card
    scores = np.array([[share for _, share in before.scores]])
    expected = told.scores(scores, (1,))[0]
    assert [share for _, share in after.scores] == pytest.approx(list(expected), abs=1e-5)
    assert before.map is not None
    assert after.map is not None
    assert np.array_equal(before.map, after.map)
    assert after.unlike == before.unlike


def test_the_line_takes_a_bent_model(tmp_path: Path) -> None:
    path = build_bright_model(tmp_path / "bright.onnx")
    knots, values = np.array([-4.0, 0.0, 4.0]), np.array([0.01, 0.3, 0.6])
    with Engine(path, "cpu") as engine:
        plain = engine.look(np.full((64, 64), 130, np.uint8))
        good = engine.card.good_index
    path.write_bytes(bent_model(path.read_bytes(), Bend(knots, values), good))
    with Engine(path, "cpu") as engine:
        bent = engine.look(np.full((64, 64), 130, np.uint8))
    told = np.array([[share for _, share in plain.scores]])
    expected = Bend(knots, values).scores(told, good)[0]
    assert [share for _, share in bent.scores] == pytest.approx(list(expected), abs=1e-5)
    assert bent.score == pytest.approx(1 - expected[list(good)].sum(), abs=1e-5)
