"""The figures of machine health, against numbers worked out by hand and by scikit-learn."""

import math

import numpy as np
import pytest

from station.insight.health_figures import (
    average_precision,
    balanced_accuracy,
    best_threshold,
    coverage,
    f1,
    nasa_score,
    rmse,
)


def test_a_life_foretold_too_long_costs_more() -> None:
    truth = np.array([100.0])
    assert nasa_score(np.array([110.0]), truth) == pytest.approx(math.e - 1)
    assert nasa_score(np.array([87.0]), truth) == pytest.approx(math.e - 1)
    assert nasa_score(np.array([100.0]), truth) == 0
    both = nasa_score(np.array([110.0, 87.0]), np.array([100.0, 100.0]))
    assert both == pytest.approx(2 * (math.e - 1))


def test_rmse_and_coverage() -> None:
    assert rmse(np.array([1.0, 5.0]), np.array([4.0, 1.0])) == pytest.approx(math.sqrt(12.5))
    assert rmse(np.array([1.0, 5.0]), np.array([4.0, 1.0]), np.array([1.0, 0.0])) == 3
    low, high = np.array([0.0, 2.0, 4.0, 6.0]), np.array([1.0, 3.0, 5.0, 7.0])
    assert coverage(low, high, np.array([0.0, 3.0, 5.5, 6.5])) == 0.75


def test_precision_over_recall_as_scikit_learn_has_it_ties_included() -> None:
    from sklearn.metrics import average_precision_score, f1_score

    rng = np.random.default_rng(3)
    for digits in (1, 2, 8):
        bad = rng.random(300) < 0.1
        probability = np.round(np.clip(rng.random(300) * 0.7 + 0.3 * bad, 0, 1), digits)
        expected = average_precision_score(bad, probability)
        assert average_precision(probability, bad) == pytest.approx(expected)
        threshold = best_threshold(probability, bad)
        best = max(f1_score(bad, probability >= cut) for cut in np.unique(probability))
        assert f1(probability >= threshold, bad) == pytest.approx(best)


def test_balanced_accuracy_counts_both_classes_alike() -> None:
    bad = np.array([True, False, False, False, False])
    assert balanced_accuracy(np.array([True, True, False, False, False]), bad) == 0.875
    assert balanced_accuracy(np.zeros(5, np.bool_), bad) == 0.5
    assert balanced_accuracy(np.array([True, False]), np.array([True, True])) == 0.5
