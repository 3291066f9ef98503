import numpy as np
import pytest

from station.training.unlike import learn_unlike


def cloud(count: int, seed: int = 0, depth: int = 200) -> np.ndarray:
    """Wide along a few directions and narrow along all others, as features are."""
    basis = np.random.default_rng(99).normal(0, 1, (5, depth))
    rng = np.random.default_rng(seed)
    return rng.normal(0, 1, (count, 5)) @ basis + rng.normal(0, 0.3, (count, depth)) + 7


@pytest.mark.parametrize("count", [25, 100, 1000])
def test_one_in_a_hundred_of_the_same_kind_is_unlike(count: int) -> None:
    unlike = learn_unlike(cloud(count), np.arange(count) % 5)
    share = (unlike.distance(cloud(4000, 1)) > 1).mean()
    assert share < (0.03 if count >= 100 else 0.15)
    assert np.median(unlike.distance(cloud(4000, 1))) > 0.3


def test_a_step_in_a_direction_that_never_varied_is_far() -> None:
    unlike = learn_unlike(cloud(300), np.arange(300) % 5)
    step = np.random.default_rng(3).normal(0, 1.5, 200)
    assert unlike.distance(cloud(50, 2) + step).min() > 2
    along = np.random.default_rng(99).normal(0, 1, (5, 200))[0]  # where all of them vary
    assert np.median(unlike.distance(cloud(50, 2) + along)) < 1.2


def test_a_feature_that_never_changed_does_no_harm() -> None:
    x = cloud(60)
    x[:, 3] = 5.0
    distances = learn_unlike(x, np.arange(60) % 3).distance(x)
    assert np.isfinite(distances).all()
    assert 0 < distances.max() < 2


def test_a_handful_of_samples_is_enough_to_be_learnt() -> None:
    unlike = learn_unlike(cloud(6), np.arange(6) % 3)
    assert np.isfinite(unlike.distance(cloud(10, 1))).all()
    assert unlike.p99 > 0


def test_between_two_classes_is_nothing_of_either() -> None:
    apart = np.zeros(200)
    apart[:20] = 6.0
    x = np.concatenate([cloud(100), cloud(100, 1) + apart])
    labels, folds = np.repeat([0, 1], 100), np.arange(200) % 5
    known = learn_unlike(x, folds, labels)
    own = np.concatenate([cloud(500, 2), cloud(500, 3) + apart])
    between = cloud(500, 4) + apart / 2
    assert (known.distance(own) > 1).mean() < 0.05
    assert (known.distance(between) > 1).mean() > 0.9
    blind = learn_unlike(x, folds)
    assert (blind.distance(between) > 1).mean() < 0.05
