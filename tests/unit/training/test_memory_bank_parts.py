"""Drawn defects, coresets, even light, and the graph of the bank against plain numpy."""

import cv2
import numpy as np
import pytest

from station.inference.model import INPUT, MAP, SCORES, UNLIKE, ModelCard
from station.inference.provider import new_session
from station.training.backbone import Input
from station.training.coreset import coreset, nearest
from station.training.methods.bank_graph import (
    ANSWERS,
    LEAST,
    OPINIONS,
    TOP_CELLS,
    TOP_PLATES,
    Bank,
    Gauge,
    Head,
    Lens,
    answers_model,
    bank_model,
    patches_model,
    place_weight,
    places,
)
from station.training.methods.base import DEFECT
from station.training.patches import CELL, CELLS, PLATES
from station.training.synthetic import KINDS, SEEN, spoil

FORM = Input(128, 192, 1)


def part(seed: int, form: Input = FORM) -> np.ndarray:
    rng = np.random.default_rng(seed)
    small = rng.normal(128, 25, (form.height // 4, form.width // 4))
    grey = cv2.resize(small, (form.width, form.height))
    return np.clip(grey, 0, 255).astype(np.uint8)[..., None]


def random_lens(seed: int) -> Lens:
    rng = np.random.default_rng(seed)
    banks = []
    for plates in PLATES:
        rows = rng.normal(0, 1, (30, plates.depth + 2)).astype(np.float32)
        spread = rng.uniform(0.5, 2, 30).astype(np.float32)
        centre = rng.normal(0, 1, plates.depth).astype(np.float32)
        banks.append(Bank(rows, spread, centre, np.abs(centre) + 0.5))
    inner = rng.normal(0, 0.05, (16, CELL)).astype(np.float32)
    outer = rng.normal(0, 0.5, (1, 16)).astype(np.float32)
    bias = np.zeros(16, np.float32)
    return Lens(tuple(banks), Head(inner, bias, outer, np.full(1, 0.3, np.float32)))


def top_mean(values: np.ndarray, share: float) -> float:
    count = max(1, round(share * values.size))
    return float(np.sort(values.ravel())[-count:].mean())


def by_numpy(image: np.ndarray, lens: Lens) -> list[float]:
    """The three opinions, from the outputs of the graph that is learnt from."""
    names = [CELLS, *(plates.name for plates in PLATES)]
    session = new_session(patches_model(FORM), "cpu", 1)
    cells, *coarse = (v[0].astype(np.float64) for v in session.run(names, {INPUT: image[None]}))
    answers = []
    for plates, plane, bank in zip(PLATES, coarse, lens.banks, strict=True):
        z = (plane.reshape(plates.depth, -1).T - bank.centre) / bank.scale
        where = places(FORM, plates.stride).reshape(2, -1).T * place_weight(plates.depth)
        z = np.concatenate([z, where], axis=1)
        apart = np.sum((z[:, None] - bank.rows[None]) ** 2, axis=2) / bank.spread
        answers.append(top_mean(np.log(np.maximum(apart.min(axis=1), LEAST)), TOP_PLATES))
    head = lens.head
    hidden = np.maximum(cells.reshape(CELL, -1).T @ head.inner.T + head.inner_bias, 0)
    answers.append(top_mean(hidden @ head.outer.T + head.outer_bias, TOP_CELLS))
    return answers


def test_the_graph_answers_as_numpy_does() -> None:
    lenses = [random_lens(1), random_lens(2)]
    images = np.stack([part(1), part(2), part(3)])
    session = new_session(answers_model(FORM, lenses), "cpu", 1)
    answers = session.run([ANSWERS], {INPUT: images})[0]
    expected = [[*by_numpy(image, lenses[0]), *by_numpy(image, lenses[1])] for image in images]
    assert answers.shape == (3, 2 * len(OPINIONS))
    assert answers == pytest.approx(np.array(expected), abs=2e-3)


def test_the_model_file_weighs_the_opinions_as_the_gauge_does() -> None:
    lens, image = random_lens(1), part(1)
    own = np.array([by_numpy(image, lens)])
    middle, high = np.append(own[0] - 0.3, 0.1), np.append(own[0] + 0.5, 1.2)
    gauge = Gauge(middle, high)
    card = ModelCard("n", ("good", DEFECT), ("good",), FORM.height, FORM.width, 1)
    model = bank_model(FORM, lens, gauge, card)
    answers = new_session(model, "cpu", 1).run([SCORES, MAP, UNLIKE], {INPUT: image[None]})
    scores, plane, unlike = answers
    assert scores[0, 1] == pytest.approx(gauge.defect(own)[0], abs=1e-3)
    assert 0.02 < scores[0, 1] < 0.98
    assert scores.sum() == pytest.approx(1)
    assert plane.shape == (1, FORM.height // 8, FORM.width // 8)
    assert unlike[0] == pytest.approx(np.exp(-0.5 * 0.5), abs=1e-3)  # both lie 0.5 below high


def test_at_the_limit_of_held_back_good_parts_the_probability_is_a_half() -> None:
    gauge = Gauge(np.array([0.0, 1.0, -4.0, 0.1]), np.array([2.0, 3.0, 0.0, 0.9]))
    at_limit = np.array([[1.8, 2.8, -0.4]])
    assert gauge.defect(at_limit)[0] == pytest.approx(0.5)
    usual = gauge.defect(np.array([[0.2, 1.2, -3.6]]))[0]
    assert usual == pytest.approx(1 / (1 + np.exp(4)))


@pytest.mark.parametrize(("gain", "shift"), [(0.6, 10), (1.0, -40)])
def test_light_and_contrast_are_evened_out(gain: float, shift: float) -> None:
    image = part(5)
    lit = np.clip(image * gain + shift + np.linspace(0, 25, 192)[None, :, None], 0, 255)
    session = new_session(patches_model(FORM), "cpu", 1)
    batch = np.stack([image, lit.astype(np.uint8), part(6)])
    fine = session.run([PLATES[0].name], {INPUT: batch})[0]
    same, other = np.abs(fine[0] - fine[1]).mean(), np.abs(fine[0] - fine[2]).mean()
    assert same < 0.35 * other


@pytest.mark.parametrize("kind", sorted({kind.__name__ for kind in KINDS}))
def test_every_kind_of_defect_covers_some_of_the_part(kind: str) -> None:
    draw = next(one for one in KINDS if one.__name__ == kind)
    rng = np.random.default_rng(7)
    covers = [draw((128, 192), rng) for _ in range(40)]
    shares = np.array([(cover > SEEN).mean() for cover in covers])
    assert all(cover.shape == (128, 192) and cover.dtype == np.float32 for cover in covers)
    assert all(cover.min() >= 0 and cover.max() <= 1.001 for cover in covers)
    assert np.mean(shares > 0) > 0.8  # some walk off the part
    assert np.median(shares) < 0.5


def test_a_spoilt_part_changes_where_it_says_and_nowhere_else() -> None:
    rng = np.random.default_rng(3)
    image, other = part(1), part(2)
    before = image.copy()
    seen = 0
    for _ in range(60):
        spoilt, cover = spoil(image, other, rng)
        changed = np.abs(spoilt.astype(int) - image).max(axis=2)
        assert spoilt.dtype == np.uint8
        assert spoilt.shape == image.shape
        assert changed[cover == 0].max(initial=0) <= 1
        seen += bool(changed[cover > SEEN].max(initial=0) >= 4)
    assert (image == before).all()
    assert seen >= 45


def test_equal_generators_draw_equal_defects() -> None:
    first, second = (spoil(part(1), part(2), np.random.default_rng(9)) for _ in range(2))
    assert (first[0] == second[0]).all()
    assert (first[1] == second[1]).all()


def test_colour_parts_of_any_proportion_can_be_spoilt() -> None:
    rng = np.random.default_rng(3)
    image = rng.integers(0, 256, (64, 160, 3), dtype=np.uint8)
    for _ in range(20):
        assert spoil(image, image[::-1], rng)[0].shape == image.shape


def test_a_coreset_covers_every_cluster_before_it_doubles() -> None:
    rng = np.random.default_rng(1)
    centres = rng.normal(0, 50, (12, 80))
    rows = np.repeat(centres, [500] * 6 + [3] * 6, axis=0) + rng.normal(0, 0.1, (3018, 80))
    chosen = coreset(rows.astype(np.float32), 12, rng)
    near = np.linalg.norm(chosen[:, None] - centres[None], axis=2).argmin(axis=1)
    assert sorted(near) == list(range(12))


def test_a_coreset_of_few_rows_is_all_of_them() -> None:
    rows = np.arange(12, dtype=np.float32).reshape(6, 2)
    chosen = coreset(rows, 50, np.random.default_rng(1))
    assert sorted(map(tuple, chosen)) == sorted(map(tuple, rows))


def test_the_nearest_row_and_its_distance() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal(0, 1, (50, 9)).astype(np.float32)
    bank = rng.normal(0, 1, (7, 9)).astype(np.float32)
    distance, which = nearest(rows, bank, block=16)
    expected = np.sum((rows[:, None] - bank[None]) ** 2, axis=2)
    assert distance == pytest.approx(expected.min(axis=1), abs=1e-4)
    assert (which == expected.argmin(axis=1)).all()
