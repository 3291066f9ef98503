"""Backbone, spots and the fused file against plain numpy."""

import cv2
import numpy as np
import pytest

from station.inference.model import INPUT, MAP, SCORES, ModelCard
from station.inference.provider import new_session
from station.training.backbone import (
    DEPTH,
    FEATURES,
    SLICES,
    Graph,
    Input,
    feature_graph,
    serialised,
)
from station.training.fuse import (
    ANSWERS,
    PLACES,
    Linear,
    Reach,
    answers_model,
    fused_model,
    places_model,
)
from station.training.spots import PLACE, TOP, Spots, learn_spots

GREY = Input(64, 96, 1)


def ask(model: bytes, image: np.ndarray, *names: str) -> list[np.ndarray]:
    return list(new_session(model, "cpu", 1).run(list(names), {INPUT: image}))


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    small = np.random.default_rng(2).integers(0, 256, (3, 16, 24), dtype=np.uint8)
    return np.stack([cv2.resize(one, (96, 64)) for one in small])[..., None]


def some_spots(count: int) -> Spots:
    rng = np.random.default_rng(4)
    weights = rng.normal(0, 0.1, (count, PLACE)).astype(np.float32)
    return Spots(weights, rng.normal(0, 1, count).astype(np.float32), tuple(range(1, count + 1)))


def test_a_grey_model_is_the_colour_model_on_grey(images: np.ndarray) -> None:
    grey, _ = ask(places_model(GREY), images, FEATURES, PLACES)
    colour, _ = ask(places_model(Input(64, 96, 3)), np.repeat(images, 3, axis=3), FEATURES, PLACES)
    assert np.abs(grey - colour).max() < 1e-3 * np.abs(colour).max()


def test_features_are_mean_std_and_max_of_the_taps(images: np.ndarray) -> None:
    graph: Graph = feature_graph(GREY)
    from onnx import TensorProto, helper

    taps = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * rank)
        for name, rank in ((FEATURES, 2), ("l8", 4), ("l16", 4), ("last", 4))
    ]
    features, *found = ask(
        serialised(graph, GREY, taps, "n"), images, FEATURES, "l8", "l16", "last"
    )
    pools = {"mean": np.mean, "std": np.std, "max": np.max}
    values = dict(zip(("l8", "l16", "last"), found, strict=True))
    expected = np.concatenate(
        [pools[pool](values[tap], axis=(2, 3)) for tap, pool, _ in SLICES], axis=1
    )
    assert features.shape == (3, DEPTH)
    assert np.abs(features - expected).max() < 2e-3


def test_answers_are_the_mean_of_the_strongest_places(images: np.ndarray) -> None:
    spots = some_spots(3)
    _, places = ask(places_model(GREY), images, FEATURES, PLACES)
    (answers,) = ask(answers_model(GREY, [spots]), images, ANSWERS)
    values = places @ spots.weights.T + spots.bias
    expected = np.sort(values, axis=1)[:, -TOP:].mean(axis=1)
    assert np.abs(answers - expected).max() < 1e-3 * np.abs(expected).max()


def test_sets_of_spots_answer_side_by_side(images: np.ndarray) -> None:
    spots = some_spots(2)
    (once,) = ask(answers_model(GREY, [spots]), images, ANSWERS)
    (twice,) = ask(answers_model(GREY, [spots, spots]), images, ANSWERS)
    assert np.abs(twice - np.hstack([once, once])).max() < 1e-4


@pytest.fixture(scope="module")
def fused() -> tuple[bytes, Spots, Linear, Reach]:
    rng = np.random.default_rng(8)
    spots = some_spots(2)
    head = Linear(rng.normal(0, 0.05, (3, DEPTH + 2)), rng.normal(0, 1, 3))
    reach = Reach(np.array([0.1, -0.5], np.float32), np.array([1.0, 2.5], np.float32))
    card = ModelCard("m", ("good", "a", "b"), ("good",), 64, 96, 1)
    return fused_model(GREY, spots, head, 1.7, reach, card), spots, head, reach


def test_the_fused_file_says_what_its_parts_say(
    fused: tuple[bytes, Spots, Linear, Reach], images: np.ndarray
) -> None:
    model, spots, head, reach = fused
    features, places = ask(places_model(GREY), images, FEATURES, PLACES)
    (answers,) = ask(answers_model(GREY, [spots]), images, ANSWERS)
    logits = head.logits(np.hstack([features, answers])) / 1.7
    for k, image in enumerate(images):
        scores, evidence = ask(model, image[None], SCORES, MAP)
        raised = np.exp(logits[k] - logits[k].max())
        assert np.abs(scores[0] - raised / raised.sum()).max() < 1e-4
        which = int(logits[k, 1:].argmax())
        values = places[k] @ spots.weights[which] + spots.bias[which]
        shade = (values - reach.dark[which]) / (reach.bright[which] - reach.dark[which])
        expected = np.clip(shade, 0, 1).reshape(8, 12)
        assert evidence.shape == (1, 8, 12)
        assert np.abs(evidence[0] - expected).max() < 2e-3


def test_equal_parts_are_equal_bytes(fused: tuple[bytes, Spots, Linear, Reach]) -> None:
    model, spots, head, reach = fused
    card = ModelCard("m", ("good", "a", "b"), ("good",), 64, 96, 1)
    assert fused_model(GREY, spots, head, 1.7, reach, card) == model


def test_spots_find_places_that_nobody_marked() -> None:
    """Three places in 100 of each bad image differ; image labels are all that is told."""
    rng = np.random.default_rng(6)
    places = rng.normal(0, 1, (60, 100, PLACE)).astype(np.float32)
    labels = np.repeat([0, 1, 2], 20)
    where = [set(rng.choice(100, 3, replace=False).tolist()) for _ in range(60)]
    signs = rng.normal(0, 1, (3, PLACE)).astype(np.float32)
    for i in range(20, 60):
        places[i, sorted(where[i])] += signs[labels[i]]
    rows = np.array([i for i in range(60) if i % 20 < 15])
    spots = learn_spots(places, labels, rows, (0,), 3, 0)
    assert spots.targets == (1, 2)
    values = places @ spots.weights.T + spots.bias
    unseen = [i for i in range(20, 60) if i not in rows]
    assert all(int(values[i, :, labels[i] - 1].argmax()) in where[i] for i in unseen)
    strongest = np.sort(values, axis=1)[:, -3:].mean(axis=1)
    for j, target in enumerate(spots.targets):
        others = [i for i in range(60) if i not in rows and labels[i] == 0]
        own = [i for i in unseen if labels[i] == target]
        assert strongest[own, j].min() > strongest[others, j].max()
