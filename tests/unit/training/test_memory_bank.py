"""Anomalies from good parts alone: found, shown in place, and the same in the graph as in numpy."""

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.errors import DatasetError, ErrorCode
from station.inference.model import INPUT, MAP, SCORES, UNLIKE
from station.inference.prepare import prepare
from station.inference.provider import new_session
from station.training.backbone import Input
from station.training.dataset import Dataset, Sample
from station.training.folds import fold_numbers
from station.training.methods import memory_bank
from station.training.methods.bank_limits import MOST_ESCAPES, MOST_REVIEWED
from station.training.methods.base import DEFECT, Fitted, Wishes

GOOD_PARTS = 20
BAD_PARTS = 8
SIZE = 224


def plate(seed: int, defect: str = "") -> tuple[Pixels, tuple[float, float]]:
    """A ground plate, lit from a side of its own; where its defect is, (x, y) of 0 … 1."""
    rng = np.random.default_rng((len(defect), seed))
    height, width = (int(v) for v in rng.integers(190, 261, 2))
    lines = rng.normal(0, 9, (1, width)) + rng.normal(0, 6, (height, width))
    light = np.linspace(*rng.uniform(90, 170, 2), width)[None, :]
    part = (light + cv2.GaussianBlur(lines, (3, 9), 1.2)).astype(np.float32)
    x, y = int(rng.uniform(0.25, 0.75) * width), int(rng.uniform(0.25, 0.75) * height)
    if defect == "scratch":
        cv2.line(part, (x - 25, y - 12), (x + 25, y + 12), float(part.max() + 40), 2, cv2.LINE_AA)
    if defect == "pit":
        cv2.circle(part, (x, y), 7, float(part.min() - 40), -1, cv2.LINE_AA)
    return np.clip(part, 0, 255).astype(np.uint8), (x / width, y / height)


def write(path: Path, pixels: Pixels) -> Sample:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return Sample(path, path.parent.name)


def dataset_of(samples: list[Sample], good: tuple[str, ...] = ("good",)) -> Dataset:
    classes = tuple(sorted({sample.label for sample in samples}))
    return Dataset(classes, good, tuple(samples), (), 1, 260, "0" * 64)


def lesson(dataset: Dataset, seed: int = 1) -> Fitted:
    folds = fold_numbers(np.array(dataset.labels, np.intp), seed, most=3)
    wishes = Wishes(seed=seed, size=SIZE)
    return memory_bank.fit(dataset, folds, wishes, "plates", lambda step, share: None)


@dataclass(frozen=True)
class Learnt:
    folder: Path
    dataset: Dataset
    fitted: Fitted


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Learnt:
    folder = tmp_path_factory.mktemp("磁瓦 plates")
    samples = [write(folder / "good" / f"{i:03}.png", plate(i)[0]) for i in range(GOOD_PARTS)]
    for kind in ("scratch", "pit"):
        samples += [
            write(folder / kind / f"{i:03}.png", plate(i, kind)[0]) for i in range(BAD_PARTS)
        ]
    dataset = dataset_of(samples)
    return Learnt(folder, dataset, lesson(dataset))


def ask(fitted: Fitted, pixels: Pixels) -> dict[str, np.ndarray]:
    session = new_session(fitted.model, "cpu", 1)
    names = [SCORES, MAP, UNLIKE]
    image = prepare(pixels, None, fitted.card)
    return dict(zip(names, session.run(names, {INPUT: image}), strict=True))


def test_known_bad_parts_lie_apart_though_never_learnt_from(learnt: Learnt) -> None:
    bad = learnt.fitted.crossed[:, 1]
    truth = np.array([sample.label != "good" for sample in learnt.dataset.samples])
    assert roc_auc_score(truth, bad) > 0.97
    assert np.allclose(learnt.fitted.crossed.sum(axis=1), 1)
    assert (bad[~truth] >= learnt.fitted.card.review_limit).mean() <= MOST_REVIEWED
    assert (bad[truth] < learnt.fitted.card.review_limit).mean() <= MOST_ESCAPES


def test_the_card_says_what_the_limits_rest_on(learnt: Learnt) -> None:
    card = learnt.fitted.card
    assert card.classes == ("good", DEFECT)
    assert card.good == ("good",)
    assert card.ng_limit > card.review_limit
    told = dict(card.metrics)
    assert told["n_good"] == GOOD_PARTS
    assert told["limits.escapes"] <= 2
    assert told["limits.false_rejects"] <= 1
    assert told["limits.good_reviews"] <= 2 * MOST_REVIEWED * GOOD_PARTS


def test_drawn_defects_set_the_limit_where_no_bad_part_is_known(learnt: Learnt) -> None:
    own = [sample for sample in learnt.dataset.samples if sample.label == "good"]
    bad = [sample for sample in learnt.dataset.samples if sample.label != "good"]
    fitted = lesson(dataset_of(own))
    card = fitted.card
    assert "limits.escapes" not in dict(card.metrics)
    assert (fitted.crossed[:, 1] >= card.review_limit).mean() <= MOST_REVIEWED
    session = new_session(fitted.model, "cpu", 1)
    images = [prepare(read_image(sample.path), None, card) for sample in bad]
    scores = [session.run([SCORES], {INPUT: image})[0][0, 1] for image in images]
    assert np.mean(np.array(scores) < card.review_limit) <= 0.1


@pytest.mark.parametrize("kind", ["scratch", "pit"])
def test_the_map_peaks_in_the_defect(learnt: Learnt, kind: str) -> None:
    near = []
    for seed in range(100, 106):
        pixels, (x, y) = plate(seed, kind)
        plane = ask(learnt.fitted, pixels)[MAP][0]
        assert plane.shape == (SIZE // 8, SIZE // 8)
        assert 0 <= plane.min() <= plane.max() <= 1
        row, column = np.unravel_index(plane.argmax(), plane.shape)
        apart = np.hypot((column + 0.5) / plane.shape[1] - x, (row + 0.5) / plane.shape[0] - y)
        near.append(apart < 0.15)
    assert sum(near) >= 5


def test_what_the_final_model_says_of_bad_parts_is_what_was_foretold(learnt: Learnt) -> None:
    for i in (GOOD_PARTS, GOOD_PARTS + BAD_PARTS):
        answer = ask(learnt.fitted, read_image(learnt.dataset.samples[i].path))
        assert answer[SCORES][0] == pytest.approx(learnt.fitted.crossed[i], abs=1e-3)


def test_a_strange_picture_is_unlike_what_was_learnt(learnt: Learnt) -> None:
    rng = np.random.default_rng(0)
    strange = cv2.resize(rng.integers(0, 256, (12, 12), dtype=np.uint8), (240, 240))
    assert ask(learnt.fitted, strange)[UNLIKE].shape == (1,)
    assert ask(learnt.fitted, strange)[UNLIKE][0] > 1
    assert ask(learnt.fitted, plate(200)[0])[UNLIKE][0] < 1.1


def test_flat_pictures_are_judged_without_a_fault(learnt: Learnt) -> None:
    for grey in (0, 127, 255):
        answer = ask(learnt.fitted, np.full((50, 80), grey, np.uint8))
        assert all(np.isfinite(value).all() for value in answer.values())
        assert answer[SCORES].sum() == pytest.approx(1)


def test_bad_parts_change_nothing_and_equal_seeds_give_equal_bytes(learnt: Learnt) -> None:
    own = [sample for sample in learnt.dataset.samples if sample.label == "good"][:6]
    few = dataset_of(own)
    with_bad = dataset_of([*own, *learnt.dataset.samples[-6:]])
    first, again = lesson(few), lesson(few)
    assert first.model == again.model
    assert lesson(few, seed=2).model != first.model
    folds = np.concatenate([fold_numbers(np.zeros(6, np.intp), 1, most=3), np.zeros(6, np.intp)])
    beside = memory_bank.fit(
        with_bad, folds, Wishes(seed=1, size=SIZE), "plates", lambda step, share: None
    )
    assert beside.crossed[:6] == pytest.approx(first.crossed, abs=1e-4)


def test_one_class_alone_is_good(learnt: Learnt) -> None:
    own = [replace(s, label="plates") for s in learnt.dataset.samples[:6]]
    fitted = lesson(dataset_of(own, good=()))
    assert fitted.card.classes == ("plates", DEFECT)
    assert fitted.card.good == ("plates",)


def test_too_few_good_parts_are_named(learnt: Learnt) -> None:
    with pytest.raises(DatasetError) as caught:
        lesson(dataset_of(list(learnt.dataset.samples[:4])))
    assert caught.value.fault.code is ErrorCode.DATASET_TOO_FEW
    facts = dict(caught.value.fault.facts)
    assert (int(facts["count"]), int(facts["minimum"])) == (4, 5)


def test_flat_good_parts_can_be_learnt(tmp_path: Path) -> None:
    flat = [
        write(tmp_path / "good" / f"{i}.png", np.full((40, 60), 90 + i, np.uint8)) for i in range(6)
    ]
    fitted = lesson(dataset_of(flat))
    spotted = np.full((40, 60), 92, np.uint8)
    cv2.circle(spotted, (30, 20), 4, 10, -1)
    assert (
        ask(fitted, spotted)[SCORES][0, 1]
        > ask(fitted, np.full((40, 60), 92, np.uint8))[SCORES][0, 1]
    )


def test_wished_variation_is_learnt_too(learnt: Learnt) -> None:
    few = dataset_of(list(learnt.dataset.samples[:5]))
    wishes = Wishes(seed=1, size=SIZE, augment=("flip", "light"))
    folds = np.arange(5) % 2
    varied = memory_bank.fit(few, folds, wishes, "plates", lambda step, share: None)
    plain = memory_bank.fit(few, folds, replace(wishes, augment=()), "plates", lambda *_: None)
    flipped = np.ascontiguousarray(plate(0)[0][::-1, ::-1])
    assert ask(varied, flipped)[UNLIKE][0] < ask(plain, flipped)[UNLIKE][0] * 1.05
    assert varied.model != plain.model


def test_one_fold_for_all_still_holds_parts_back(learnt: Learnt) -> None:
    few = dataset_of(list(learnt.dataset.samples[:6]))
    together = memory_bank.fit(
        few, np.zeros(6, np.intp), Wishes(seed=1, size=SIZE), "plates", lambda *_: None
    )
    halves = memory_bank.fit(
        few, np.arange(6) % 2, Wishes(seed=1, size=SIZE), "plates", lambda *_: None
    )
    assert together.model == halves.model


def test_who_cancels_is_obeyed(learnt: Learnt) -> None:
    def stop(step: str, share: float) -> None:
        raise InterruptedError

    folds = fold_numbers(np.array(learnt.dataset.labels, np.intp), 1)
    with pytest.raises(InterruptedError):
        memory_bank.fit(learnt.dataset, folds, Wishes(size=SIZE), "plates", stop)


def test_colour_parts_make_a_colour_model(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    samples = []
    for i in range(6):
        part = np.clip(rng.normal((160, 120, 60), 12, (96, 128, 3)), 0, 255).astype(np.uint8)
        samples.append(write(tmp_path / "good" / f"{i}.png", part))
    fitted = lesson(replace(dataset_of(samples), channels=3))
    assert fitted.card.channels == 3
    session = new_session(fitted.model, "cpu", 1)
    form = Input(SIZE, SIZE, 3)
    image = prepare(read_image(samples[0].path), None, form)
    assert session.run([SCORES], {INPUT: image})[0].shape == (1, 2)
