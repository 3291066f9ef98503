import numpy as np
import pytest

from station.training.backbone import DEPTH
from station.training.choice import CHOICE_FROM, SAFE, Rows, choose_head
from station.training.folds import fold_numbers
from station.training.seen import Seen
from station.training.spots import PLACE, Spots


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
    return Seen(features, answers, answers, spots), rows


def kinds(each: int, of_features: float, of_answers: float) -> tuple[str, list[str]]:
    best, tried = choose_head(*seen(each, of_features, of_answers))
    return best.kind, [head.kind for head in tried]


def test_of_few_images_chance_does_not_choose() -> None:
    best, tried = kinds(CHOICE_FROM - 1, 0.0, 3.0)
    assert best == tried[-1] == SAFE
    assert not [kind for kind in tried if "over" in kind]


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


def test_joined_opinions_are_the_sum_of_both() -> None:
    numbers, rows = seen(20, 0.5, 1.0)
    tried = {head.kind: head for head in choose_head(numbers, rows)[1]}
    first, second = (rows.temperature(tried[kind].crossed) for kind in ("discriminant", "spots"))
    expected = tried["discriminant"].crossed.logits / first + tried["spots"].crossed.logits / second
    assert np.allclose(tried[SAFE].crossed.logits, expected)
    x = np.hstack([numbers.features, numbers.answers])
    parts = [tried[k].final().logits(x) for k in ("discriminant", "spots")]
    assert np.allclose(tried[SAFE].final().logits(x), parts[0] / first + parts[1] / second)
