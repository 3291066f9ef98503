import numpy as np
import pytest

from station.training.calibrate import (
    LIMITS,
    best_temperature,
    log_loss,
    propose_limits,
    softmax,
)


def test_softmax_of_large_logits() -> None:
    made = softmax(np.array([[1000.0, 1000.0], [-2000.0, 2000.0]]))
    assert made.tolist() == [[0.5, 0.5], [0.0, 1.0]]


@pytest.mark.parametrize("factor", [0.2, 1.0, 8.0])
def test_the_temperature_undoes_too_much_or_too_little_confidence(factor: float) -> None:
    rng = np.random.default_rng(1)
    logits = rng.normal(0, 1.5, (4000, 3))
    p = softmax(logits)
    labels = np.array([rng.choice(3, p=row) for row in p])
    assert best_temperature(logits * factor, labels) == pytest.approx(factor, rel=0.1)


def test_perfect_separation_does_not_become_certainty() -> None:
    labels = np.repeat([0, 1], 20)
    logits = np.where(labels[:, None] == np.arange(2), 5.0, -5.0)
    hits = softmax(logits / best_temperature(logits, labels))[np.arange(40), labels]
    assert 0.9 < hits.min() < 0.99


def test_log_loss_prefers_the_truth() -> None:
    labels = np.array([0, 1])
    right, wrong = np.array([[2.0, 0], [0, 2.0]]), np.array([[0, 2.0], [2.0, 0]])
    assert log_loss(right, labels) < log_loss(wrong, labels)


def test_limits_stay_where_the_sides_lie_clear() -> None:
    assert propose_limits(np.array([0.01, 0.2]), np.array([0.8, 0.99])) == LIMITS
    assert propose_limits(np.empty(0), np.array([0.1])) == LIMITS


def test_the_review_limit_goes_below_the_lowest_bad_score() -> None:
    good = np.full(100, 0.02)
    review, ng = propose_limits(good, np.array([0.1, 0.9]))
    assert review == pytest.approx(0.09)
    assert ng == LIMITS[1]


def test_one_hopeless_part_does_not_send_all_good_ones_to_review() -> None:
    good = np.linspace(0, 0.3, 101)
    review, _ = propose_limits(good, np.array([0.0001, 0.9]))
    assert (good >= review).mean() <= 0.06


def test_the_ng_limit_goes_above_the_highest_good_score() -> None:
    good, bad = np.array([0.1] * 50 + [0.8]), np.array([0.9, 0.95])
    review, ng = propose_limits(good, bad)
    assert ng == pytest.approx(0.84)
    assert review < 0.8
    assert propose_limits(np.array([0.999]), bad)[1] == 0.95
