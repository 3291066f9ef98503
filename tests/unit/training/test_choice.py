from dataclasses import replace

import numpy as np
import pytest

from station.training.backbone import DEPTH
from station.training.choice import ALONE, JOINED, Rows, choose_head
from station.training.folds import fold_numbers
from station.training.heads import fit_discriminant
from station.training.seen import Seen
from station.training.spots import PLACE, Spots
from station.training.turned import FEW, Turns

UNTURNED = Turns(np.zeros((0, DEPTH), np.float32), np.zeros(0, np.intp))


def seen(each: int, of_features: float, of_answers: float) -> tuple[Seen, Rows]:
    """Two classes; how far they lie apart in the features, and in the answers of the spots."""
    rng = np.random.default_rng(2)
    labels = np.arange(2 * each) % 2
    side = np.where(labels == 1, 1.0, -1.0)[:, None]
    features = rng.normal(0, 1, (2 * each, DEPTH)).astype(np.float32)
    features[:, :8] += of_features * side
    answers = rng.normal(0, 1, (2 * each, 2)) + of_answers * side * np.array([-1, 1])
    answers = answers.astype(np.float32)
    spots = Spots(np.zeros((2, PLACE), np.float32), np.zeros(2, np.float32), (0, 1))
    plain = np.ones(2 * each, bool)
    rows = Rows(labels, fold_numbers(labels, 0), plain, True)
    return Seen(features, answers, answers, spots, UNTURNED), rows


def kinds(each: int, of_features: float, of_answers: float) -> tuple[str, list[str]]:
    best, tried = choose_head(*seen(each, of_features, of_answers))
    return best.kind, [head.kind for head in tried]


def test_of_few_images_chance_does_not_choose() -> None:
    for of_answers, expected in ((3.0, JOINED), (0.0, ALONE)):
        best, tried = kinds(FEW - 1, 0.6, of_answers)
        assert best == expected
        assert tried == ["spots", ALONE, JOINED]


def test_the_view_that_tells_the_classes_apart_is_taken() -> None:
    assert kinds(60, 0.0, 3.0)[0] != "discriminant"
    assert kinds(60, 3.0, 0.0)[0] != "spots"


def test_where_the_quick_heads_are_right_the_slow_one_is_not_tried() -> None:
    assert "logistic" not in kinds(60, 4.0, 4.0)[1]
    assert "logistic" in kinds(60, 0.15, 0.3)[1]


@pytest.mark.parametrize("each", [20, 60])
def test_every_head_becomes_one_matrix_that_is_as_good(each: int) -> None:
    numbers, rows = seen(each, 0.6, 0.8)
    fresh, truth = seen(400, 0.6, 0.8)
    both = np.hstack([fresh.features, fresh.answers])
    for head in choose_head(numbers, rows)[1]:
        linear = head.final()
        assert linear.weights.shape == (2, DEPTH + 2)
        hits = linear.logits(both).argmax(axis=1) == truth.labels
        assert hits.mean() > head.crossed.accuracy - 0.12
        used = np.abs(linear.weights).sum(axis=0) > 0
        assert used[:DEPTH].any() == (head.kind != "spots")
        assert used[DEPTH:].any() == ("spots" in head.kind)


def turned(each: int, tells: bool) -> tuple[Seen, Rows, np.ndarray, np.ndarray]:
    """A wide swing of the features that turning shows; `tells`: what is turned is another class.

    Beside them other images of the same two classes.
    """
    rng = np.random.default_rng(3)
    way, other = rng.normal(0, 1, (2, DEPTH)) / np.sqrt(DEPTH)
    numbers, rows = seen(each, 0.0, 0.0)
    side = np.where(np.arange(2 * each + 400) % 2 == 1, 1.0, -1.0)[:, None]
    swing = side if tells else rng.normal(0, 1, side.shape)
    x = rng.normal(0, 1, (len(side), DEPTH)) + 60 * swing * way + (1 if tells else 6) * side * other
    apart = (rng.normal(0, 60, (2 * each, 1)) * way).astype(np.float32)
    numbers = replace(
        numbers, features=x[: 2 * each].astype(np.float32), turns=Turns(apart, rows.folds)
    )
    return numbers, rows, x[2 * each :], rows.labels[np.arange(400) % 2]


@pytest.mark.parametrize("each", [3, 5])
def test_what_turning_changes_is_not_taken_for_the_class(each: int) -> None:
    numbers, rows, fresh, truth = turned(each, tells=False)
    right = []
    for turns in (numbers.turns, UNTURNED):
        tried = {h.kind: h for h in choose_head(replace(numbers, turns=turns), rows)[1]}
        head = tried[ALONE].final()
        both = np.hstack([fresh, np.zeros((len(fresh), 2))])
        right.append((head.logits(both).argmax(axis=1) == truth).mean())
    assert right[0] > right[1] + 0.1


def test_where_turning_makes_another_class_of_it_it_is_looked_at() -> None:
    numbers, rows, fresh, truth = turned(12, tells=True)
    tried = {h.kind: h for h in choose_head(numbers, rows)[1]}
    plain = fit_discriminant(True)(numbers.features, rows.labels)
    blind = fit_discriminant(True, numbers.turns.apart)(numbers.features, rows.labels)
    assert np.allclose(tried[ALONE].final().weights[:, :DEPTH], plain.weights)
    right = [(head.logits(fresh).argmax(axis=1) == truth).mean() for head in (plain, blind)]
    assert right[0] > right[1]


def test_joined_opinions_are_the_sum_of_both() -> None:
    numbers, rows = seen(20, 0.5, 1.0)
    tried = {head.kind: head for head in choose_head(numbers, rows)[1]}
    first, second = (rows.temperature(tried[kind].crossed) for kind in ("discriminant", "spots"))
    expected = tried["discriminant"].crossed.logits / first + tried["spots"].crossed.logits / second
    assert np.allclose(tried[JOINED].crossed.logits, expected)
    x = np.hstack([numbers.features, numbers.answers])
    parts = [tried[k].final().logits(x) for k in ("discriminant", "spots")]
    assert np.allclose(tried[JOINED].final().logits(x), parts[0] / first + parts[1] / second)
