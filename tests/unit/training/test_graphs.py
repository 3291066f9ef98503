"""Backbone, spots and the fused file against plain numpy."""

import cv2
import numpy as np
import pytest

from station.inference.model import INPUT, MAP, SCORES, UNLIKE, ModelCard
from station.inference.provider import new_session
from station.training.backbone import (
    DEPTH,
    FEATURES,
    SLICES,
    STD_FLOOR,
    TAPS,
    Graph,
    Input,
    feature_graph,
    serialised,
)
from station.training.fuse import (
    ANSWERS,
    COARSE_TAP,
    FINE_TAP,
    WHERE,
    Linear,
    Reach,
    asking_model,
    fused_model,
    taps_model,
)
from station.training.seen import _ask
from station.training.spots import PLACE, TOP, Spots, Taps, learn_spots
from station.training.unlike import Unlike, learn_unlike

GREY = Input(64, 96, 1)
FINE = TAPS["l8"]
Fused = tuple[bytes, Spots, Linear, Reach, Unlike]


def ask(model: bytes, image: np.ndarray, *names: str) -> list[np.ndarray]:
    return list(new_session(model, "cpu", 1).run(list(names), {INPUT: image}))


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    small = np.random.default_rng(2).integers(0, 256, (3, 16, 24), dtype=np.uint8)
    return np.stack([cv2.resize(one, (96, 64)) for one in small])[..., None]


def see(form: Input, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features, and every place of every image."""
    features, fine, coarse = ask(taps_model(form), images, FEATURES, FINE_TAP, COARSE_TAP)
    where = np.arange(fine.shape[1] * fine.shape[2])
    return features, Taps(fine, coarse).rows(np.arange(len(images))[:, None], where[None])


def lay(spots: Spots, fine: np.ndarray, coarse: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    session = new_session(asking_model(spots.weights, spots.bias, *fine.shape[1:3]), "cpu", 1)
    answers, where = session.run([ANSWERS, WHERE], {FINE_TAP: fine, COARSE_TAP: coarse})
    return answers, where


def some_spots(count: int) -> Spots:
    rng = np.random.default_rng(4)
    weights = rng.normal(0, 0.1, (count, PLACE)).astype(np.float32)
    return Spots(weights, rng.normal(0, 1, count).astype(np.float32), tuple(range(1, count + 1)))


def test_a_grey_model_is_the_colour_model_on_grey(images: np.ndarray) -> None:
    grey, _ = see(GREY, images)
    colour, _ = see(Input(64, 96, 3), np.repeat(images, 3, axis=3))
    assert np.abs(grey - colour).max() < 1e-3 * np.abs(colour).max()


def test_features_are_the_root_of_mean_std_and_max_of_the_taps(images: np.ndarray) -> None:
    graph: Graph = feature_graph(GREY)
    from onnx import TensorProto, helper

    taps = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * rank)
        for name, rank in ((FEATURES, 2), *((tap, 4) for tap in TAPS))
    ]
    features, *found = ask(serialised(graph, GREY, taps, "n"), images, FEATURES, *TAPS)
    pools = {
        "mean": np.mean,
        "std": lambda planes, axis: np.sqrt(np.var(planes, axis=axis) + STD_FLOOR),
        "max": np.max,
    }
    values = dict(zip(TAPS, found, strict=True))
    plain = np.concatenate(
        [pools[pool](values[tap], axis=(2, 3)) for tap, pool, _ in SLICES], axis=1
    )
    expected = np.sign(plain) * np.sqrt(np.abs(plain))
    assert features.shape == (3, DEPTH)
    assert np.abs(features - expected).max() < 2e-3


def test_places_are_the_fine_tap_beside_the_coarse_one_enlarged(images: np.ndarray) -> None:
    _, fine, coarse = ask(taps_model(GREY), images, FEATURES, FINE_TAP, COARSE_TAP)
    _, places = see(GREY, images)
    for k in range(len(images)):
        large = np.stack([cv2.resize(c, (12, 8)) for c in coarse[k].transpose(2, 0, 1)], axis=-1)
        expected = np.concatenate([fine[k], large], axis=-1).reshape(96, PLACE)
        assert np.abs(places[k] - expected).max() < 1e-4 * np.abs(expected).max()
    means = Taps(fine, coarse).means()
    assert np.abs(means - places.mean(axis=1)).max() < 1e-4 * np.abs(means).max()


def test_answers_are_the_mean_of_the_strongest_places(images: np.ndarray) -> None:
    spots = some_spots(3)
    _, fine, coarse = ask(taps_model(GREY), images, FEATURES, FINE_TAP, COARSE_TAP)
    _, places = see(GREY, images)
    answers, where = lay(spots, fine, coarse)
    values = places @ spots.weights.T + spots.bias
    expected = np.sort(values, axis=1)[:, -TOP:].mean(axis=1)
    assert np.abs(answers - expected).max() < 1e-3 * np.abs(expected).max()
    strongest = np.argsort(values, axis=1)[:, -TOP:].transpose(0, 2, 1)
    assert np.array_equal(np.sort(where), np.sort(strongest))


@pytest.fixture(scope="module")
def fused() -> Fused:
    rng = np.random.default_rng(8)
    spots = some_spots(2)
    head = Linear(rng.normal(0, 0.05, (3, DEPTH + 2)), rng.normal(0, 1, 3))
    reach = Reach(np.array([0.1, -0.5], np.float32), np.array([1.0, 2.5], np.float32))
    card = ModelCard("m", ("good", "a", "b"), ("good",), 64, 96, 1)
    strange = learn_unlike(rng.normal(0, 1, (30, DEPTH)), np.arange(30) % 3, np.arange(30) % 2)
    return fused_model(GREY, spots, head, 1.7, reach, strange, card), spots, head, reach, strange


def test_the_fused_file_says_what_its_parts_say(fused: Fused, images: np.ndarray) -> None:
    model, spots, head, reach, strange = fused
    features, places = see(GREY, images)
    values = places @ spots.weights.T + spots.bias
    answers = np.sort(values, axis=1)[:, -TOP:].mean(axis=1)
    logits = head.logits(np.hstack([features, answers])) / 1.7
    for k, image in enumerate(images):
        scores, evidence, unlike = ask(model, image[None], SCORES, MAP, UNLIKE)
        assert unlike.shape == (1,)
        assert unlike[0] == pytest.approx(strange.distance(features)[k], rel=1e-3)
        raised = np.exp(logits[k] - logits[k].max())
        assert np.abs(scores[0] - raised / raised.sum()).max() < 1e-4
        which = int(logits[k, 1:].argmax())
        shade = (values[k, :, which] - reach.dark[which]) / (
            reach.bright[which] - reach.dark[which]
        )
        expected = np.clip(shade, 0, 1).reshape(8, 12)
        assert evidence.shape == (1, 8, 12)
        assert np.abs(evidence[0] - expected).max() < 2e-3


def test_equal_parts_are_equal_bytes(fused: Fused) -> None:
    model, spots, head, reach, strange = fused
    card = ModelCard("m", ("good", "a", "b"), ("good",), 64, 96, 1)
    assert fused_model(GREY, spots, head, 1.7, reach, strange, card) == model


def test_spots_find_places_that_nobody_marked() -> None:
    """Three places in 100 of each bad image differ; image labels are all that is told."""
    rng = np.random.default_rng(6)
    fine = rng.normal(0, 1, (60, 10, 10, FINE)).astype(np.float32)
    coarse = rng.normal(0, 1, (60, 5, 5, PLACE - FINE)).astype(np.float32)
    labels = np.repeat([0, 1, 2], 20)
    where = [set(rng.choice(100, 3, replace=False).tolist()) for _ in range(60)]
    signs = rng.normal(0, 3, (3, FINE)).astype(np.float32)
    for i in range(20, 60):
        for place in where[i]:
            fine[i, place // 10, place % 10] += signs[labels[i]]
    folds = np.arange(60) % 4
    sets = learn_spots(Taps(fine, coarse), labels, folds, (0,), 0, _ask)
    assert [spots.targets for spots in sets] == [(1, 2)] * 5
    for number, spots in enumerate(sets[1:]):  # each is asked of what it has not seen
        answers, top = lay(spots, fine, coarse)
        unseen = [i for i in range(20, 60) if folds[i] == number]
        hits = [len(where[i] & set(top[i, labels[i] - 1].tolist())) for i in unseen]
        assert np.mean(hits) > 2.2  # of 3; by chance 0.18
        for j, target in enumerate(spots.targets):
            others = [i for i in range(20) if folds[i] == number]
            own = [i for i in unseen if labels[i] == target]
            assert np.median(answers[own, j]) > np.median(answers[others, j])


def test_spots_of_a_fold_do_not_depend_on_what_it_holds_out() -> None:
    rng = np.random.default_rng(7)
    fine = rng.normal(0, 1, (40, 8, 8, FINE)).astype(np.float32)
    coarse = rng.normal(0, 1, (40, 4, 4, PLACE - FINE)).astype(np.float32)
    labels, folds = np.arange(40) % 2, np.arange(40) // 2 % 4
    before = learn_spots(Taps(fine, coarse), labels, folds, (0,), 0, _ask)
    fine[folds == 2] += 5
    after = learn_spots(Taps(fine, coarse), labels, folds, (0,), 0, _ask)
    same = [np.array_equal(b.weights, a.weights) for b, a in zip(before, after, strict=True)]
    assert same == [False, False, False, True, False]
