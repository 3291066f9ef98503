"""Synthetic defects: where they are laid, whose fold they share, and who decides on them."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.inference.model import CARD_KEY, INPUT, MAP, SCORES, ModelCard, card_from_json
from station.inference.provider import new_session
from station.training.backbone import Graph, Input, assembled
from station.training.dataset import Dataset, read_dataset
from station.training.fuse import with_card
from station.training.methods.base import Fitted, Index, Progress, Wishes
from station.training.synthesis import (
    HELPED,
    PLAIN,
    SYNTHETIC,
    balanced,
    cut_out,
    lay_on,
    rare_classes,
    synthesise,
    usual_of,
    with_synthetic,
)
from tests.unit.training.conftest import draw, write

NEEDS_TORCH = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="torch is not installed (extra train-torch)",
)


def pictures(kind: str, count: int) -> list[Pixels]:
    return [draw(kind, seed)[0] for seed in range(count)]


def spots(made: Sequence[Pixels], grounds: Sequence[Pixels]) -> list[int]:
    """Of each made picture, how many pixels differ much from the nearest ground."""
    apart = [[np.abs(one.astype(int) - ground) for ground in grounds] for one in made]
    return [min(int((each > 25).sum()) for each in some) for some in apart]


@pytest.mark.parametrize("kind", ["blob", "line"])
def test_what_stands_out_is_cut_out(kind: str) -> None:
    hits = []
    for seed in range(12):
        pixels, _ = draw(kind, seed)
        cut = cut_out(pixels, np.random.default_rng(seed))
        assert cut.apart.shape == (*cut.cover.shape, 1)
        assert 0 <= cut.cover.min() <= cut.cover.max() <= 1
        strongest = (cut.apart[..., 0] * cut.cover).ravel()
        hits.append(strongest.min() < -40 if kind == "blob" else strongest.max() > 60)
    assert np.mean(hits) >= 0.7


def test_what_good_parts_show_as_well_is_no_defect() -> None:
    """A bright bar stands on every part, stronger than the blob that only the bad one has."""
    good, (bad,) = pictures("good", 6), pictures("blob", 1)
    for one in (*good, bad):
        one[:14, :] = 250
    usual = usual_of(good)
    told = [cut_out(bad, np.random.default_rng(k), usual).apart.max() for k in range(10)]
    untold = [cut_out(bad, np.random.default_rng(k)).apart.max() for k in range(10)]
    assert np.mean(np.array(told) < 60) >= 0.8
    assert np.mean(np.array(untold) < 60) <= 0.5


def test_an_even_picture_gives_something_without_failing() -> None:
    made = synthesise([np.full((40, 50), 90, np.uint8)], [np.full((30, 30), 9, np.uint8)], 3, 0)
    assert [one.shape for one in made] == [(40, 50)] * 3


def test_a_defect_is_laid_on_a_good_part_and_nothing_else_changes() -> None:
    good, bad = pictures("good", 3), pictures("blob", 4)
    before = [one.copy() for one in (*good, *bad)]
    made = synthesise(good, bad, 10, 5)
    assert all(np.array_equal(a, b) for a, b in zip(before, (*good, *bad), strict=True))
    assert all(one.shape == good[0].shape and one.dtype == np.uint8 for one in made)
    changed = spots(made, good)
    assert np.median(changed) > 20
    assert max(changed) < good[0].size / 3


def test_the_same_seed_gives_the_same_pictures_and_another_gives_others() -> None:
    good, bad = pictures("good", 2), pictures("line", 2)
    first, second, other = (synthesise(good, bad, 4, seed) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, other, strict=True))


def test_colour_takes_grey_cutouts_and_a_large_one_fits_a_small_part() -> None:
    cut = cut_out(pictures("blob", 1)[0], np.random.default_rng(0))
    colour = np.full((20, 24, 3), 120, np.uint8)
    assert lay_on(colour, cut, np.random.default_rng(0)).shape == (20, 24, 3)


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    for kind, count in (("good", 20), ("blob", 12), ("line", 4)):
        for seed in range(count):
            write(tmp_path / kind / f"{seed:02}.png", draw(kind, seed)[0])
    return read_dataset(tmp_path, good=["good"])


def test_only_bad_classes_far_below_the_median_are_rare(data: Dataset) -> None:
    line = data.classes.index("line")
    assert rare_classes(data) == {line: 8}
    assert rare_classes(replace(data, good=("good", "line"))) == {}


@dataclass
class Pupil:
    """A method whose answers are told beforehand: what it says without and with synthetic ones."""

    right_without: float
    right_with: float
    seen: list[tuple[Dataset, Index]] = field(default_factory=list)
    pixels: list[Pixels] = field(default_factory=list)

    def __call__(
        self, dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress
    ) -> Fitted:
        self.seen.append((dataset, folds))
        self.pixels = [read_image(sample.path) for sample in dataset.samples]
        labels = np.array(dataset.labels)
        line = dataset.classes.index("line")
        own = np.flatnonzero(labels == line)
        right = self.right_with if len(self.seen) == 2 else self.right_without
        said = labels.copy()
        said[own[round(right * min(4, len(own))) :]] = dataset.classes.index("blob")
        crossed = np.full((len(labels), 3), 0.1)
        crossed[np.arange(len(labels)), said] = 0.8
        card = ModelCard(name, dataset.classes, dataset.good, 32, 32, 1)
        progress("learn", 1.0)
        return Fitted(model_of(card), card, crossed, "told")


def model_of(card: ModelCard) -> bytes:
    from onnx import TensorProto, helper

    graph = Graph()
    graph.constant("said", np.full((1, 3), 1 / 3))
    graph.constant("dark", np.zeros((1, 4, 4)))
    graph.add("Identity", SCORES, "said")
    graph.add("Identity", MAP, "dark")
    values = [
        helper.make_tensor_value_info(SCORES, TensorProto.FLOAT, [1, 3]),
        helper.make_tensor_value_info(MAP, TensorProto.FLOAT, [1, 4, 4]),
    ]
    return with_card(assembled(graph, Input(32, 32, 1), values, 1).SerializeToString(), card)


def taught(data: Dataset, pupil: Pupil, steps: list[str] | None = None) -> Fitted:
    folds = np.arange(len(data.samples)) % 2
    told = (lambda step, share: steps.append(step)) if steps is not None else lambda *_: None
    return with_synthetic(pupil, data, folds, Wishes(), "m", told)


def test_what_helps_is_kept_and_the_card_says_so(data: Dataset, tmp_path: Path) -> None:
    steps: list[str] = []
    made = taught(data, Pupil(0.5, 1.0), steps)
    metrics = dict(made.card.metrics)
    assert metrics[SYNTHETIC] == 8
    assert metrics[PLAIN] == pytest.approx((1 + 1 + 0.5) / 3)
    assert metrics[HELPED] == pytest.approx(1.0)
    assert made.card.method.endswith("+ synthetic")
    assert made.crossed.shape == (len(data.samples), 3)
    session = new_session(made.model, "cpu", 1)
    text = session.get_modelmeta().custom_metadata_map[CARD_KEY]
    read = card_from_json(text, tmp_path)
    assert dict(read.metrics) == metrics
    assert replace(read, metrics=()) == replace(made.card, metrics=())
    assert session.run([SCORES], {INPUT: np.zeros((1, 32, 32, 1), np.uint8)})[0].shape == (1, 3)
    assert steps == ["plain.learn", "synthetic.learn"]


@pytest.mark.parametrize("right_with", [0.5, 0.25])
def test_what_does_not_help_is_left_out_and_both_results_are_told(
    data: Dataset, right_with: float
) -> None:
    made = taught(data, Pupil(0.5, right_with))
    metrics = dict(made.card.metrics)
    assert metrics[SYNTHETIC] == 0
    assert metrics[HELPED] == pytest.approx((2 + right_with) / 3)
    assert metrics[PLAIN] == pytest.approx(2.5 / 3)
    assert "synthetic" not in made.card.method


def test_a_synthetic_part_shares_the_fold_of_all_it_is_made_from(data: Dataset) -> None:
    """Sources are told apart by their brightness: those of fold 0 are dark, of fold 1 bright."""
    folds = np.arange(len(data.samples)) % 2
    for fold, sample in zip(folds, data.samples, strict=True):
        write(sample.path, (read_image(sample.path) // 2 + 120 * fold).astype(np.uint8))
    pupil = Pupil(0.5, 1.0)
    with_synthetic(pupil, data, folds, Wishes(), "m", lambda *_: None)
    more, numbers = pupil.seen[1]
    extra = range(len(data.samples), len(more.samples))
    assert len(extra) == 8
    for row in extra:
        assert more.samples[row].label == "line"
        assert (np.median(pupil.pixels[row]) > 120) == bool(numbers[row])
        assert not more.samples[row].path.exists()
    assert set(numbers[list(extra)]) == {0, 1}
    assert np.array_equal(numbers[: len(folds)], folds)


def test_kept_back_parts_are_no_source(data: Dataset) -> None:
    kept = tuple(replace(one, test=one.label == "good") for one in data.samples)
    for sample in data.samples:
        if sample.label == "good":
            write(sample.path, np.full((160, 160), 255, np.uint8))
    pupil = Pupil(0.5, 1.0)
    taught(replace(data, samples=kept), pupil)
    assert all(np.median(one) < 250 for one in pupil.pixels[len(data.samples) :])


def test_where_nothing_is_rare_it_is_the_method_alone(data: Dataset) -> None:
    some = [one for one in data.samples if one.label != "line" or one.path.stem < "04"]
    even = replace(data, samples=tuple(one for one in some if one.path.stem < "04"))
    pupil = Pupil(1.0, 1.0)
    made = taught(even, pupil)
    assert len(pupil.seen) == 1
    assert SYNTHETIC not in dict(made.card.metrics)
    assert balanced(made, even) == 1.0


@NEEDS_TORCH
def test_drawn_defects_change_a_place_and_repeat_with_the_seed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from station.training import gan

    monkeypatch.setattr(gan, "STEPS", 12)
    good, bad = pictures("good", 2), pictures("blob", 6)
    first = gan.synthesise(good, bad, 4, 3)
    assert all(np.array_equal(a, b) for a, b in zip(first, gan.synthesise(good, bad, 4, 3)))  # noqa: B905
    changed = spots(first, good)
    assert max(changed) > 20
    assert max(changed) < good[0].size / 3
    assert gan.synthesise(good, bad, 0, 3) == []
