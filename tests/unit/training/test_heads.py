import numpy as np
import pytest
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from station.training.folds import fold_numbers
from station.training.fuse import Linear
from station.training.heads import cross, fit_discriminant, fit_logistic


def clouds(classes: int, each: int = 20, apart: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    labels = np.repeat(np.arange(classes), each)
    centres = rng.normal(0, apart, (classes, 30))
    x = centres[labels] + rng.normal(0, 1, (len(labels), 30)) * np.linspace(0.1, 30, 30)
    return x.astype(np.float32), labels


@pytest.mark.parametrize(("classes", "each"), [(3, 20), (5, 20), (3, 4), (2, 40)])
def test_the_discriminant_says_what_scikit_learn_says(classes: int, each: int) -> None:
    """With more samples than features, and with fewer."""
    x, labels = clouds(classes, each)
    theirs = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto").fit(
        x.astype(np.float64), labels
    )
    ours = fit_discriminant()(x, labels).logits(x)
    expected = theirs.decision_function(x)
    ours = ours if classes > 2 else ours[:, 1] - ours[:, 0]
    assert np.abs(ours - expected).max() < 1e-6


def test_two_classes_get_two_rows_with_the_same_probabilities() -> None:
    x, labels = clouds(2)
    theirs = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto").fit(
        x.astype(np.float64), labels
    )
    ours = fit_discriminant()(x, labels).logits(x)
    assert ours[:, 1] - ours[:, 0] == pytest.approx(theirs.decision_function(x), abs=1e-6)


@pytest.mark.parametrize("classes", [2, 4])
def test_the_scaling_is_folded_into_the_logistic_head(classes: int) -> None:
    x, labels = clouds(classes)
    theirs = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=500))
    theirs.fit(x.astype(np.float64), labels)
    logits = fit_logistic(0.1)(x, labels).logits(x)
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    ours = raised / raised.sum(axis=1, keepdims=True)
    assert np.abs(ours - theirs.predict_proba(x)).max() < 1e-3


def test_a_feature_that_never_changes_does_no_harm() -> None:
    x, labels = clouds(3)
    x[:, 4] = 7
    for fit in (fit_discriminant(), fit_logistic(1.0)):
        assert np.isfinite(fit(x, labels).logits(x)).all()


def test_every_class_is_in_every_fold_and_small_classes_make_fewer() -> None:
    labels = np.array([0] * 10 + [1] * 3)
    folds = fold_numbers(labels, 0)
    assert set(folds) == {0, 1, 2}
    assert all(set(labels[folds == k]) == {0, 1} for k in range(3))
    assert set(fold_numbers(np.repeat([0, 1], 40), 0)) == {0, 1, 2, 3, 4}


def test_no_head_is_asked_of_what_it_has_seen() -> None:
    """Labels without any meaning: an honest comparison stays near chance."""
    rng = np.random.default_rng(0)
    x = rng.normal(0, 1, (200, 150)).astype(np.float32)
    labels = np.arange(200) % 2
    crossed = cross(fit_logistic(1.0), x, labels, fold_numbers(labels, 0))
    assert 0.35 < crossed.accuracy < 0.65
    assert fit_logistic(1.0)(x, labels).logits(x).argmax(axis=1).tolist() == labels.tolist()


@pytest.mark.parametrize("each", [2, 3])
def test_a_handful_of_images_is_enough_for_a_discriminant(each: int) -> None:
    x, labels = clouds(3, each, apart=50.0)
    logits = fit_discriminant()(x, labels).logits(x)
    assert np.isfinite(logits).all()
    assert logits.argmax(axis=1).tolist() == labels.tolist()


def test_a_change_that_says_nothing_is_not_looked_at() -> None:
    """What it is blind to it no longer weighs; along all else it is as it was."""
    x, labels = clouds(3, 4)
    idle = np.zeros((5, 30))
    idle[:, 2] = 1e4
    plain, blind = (fit_discriminant(idle=rows)(x, labels) for rows in (None, idle))
    assert np.abs(blind.weights[:, 2]).max() < 1e-3 * np.abs(plain.weights[:, 2]).max()
    x[:, 2] = 0.0
    without = fit_discriminant()(x, labels).logits(x)
    assert np.abs(blind.logits(x) - without)[0].std() < 1e-2 * np.abs(without).max()
    assert np.allclose(
        fit_discriminant(idle=np.zeros((0, 30)))(x, labels).weights,
        fit_discriminant()(x, labels).weights,
    )


def test_balance_gives_a_rare_class_the_weight_of_a_common_one() -> None:
    """Two overlapping clouds, one with few images: half of the rare ones are called right."""
    rng = np.random.default_rng(9)
    x = np.concatenate([rng.normal(0, 1, (400, 2)), rng.normal(1.2, 1, (40, 2))])
    labels = np.repeat([0, 1], [400, 40])
    for plain, fair in (
        (fit_discriminant(False), fit_discriminant(True)),
        (fit_logistic(1.0, False), fit_logistic(1.0, True)),
    ):
        rare = [fit(x, labels).logits(x[400:]).argmax(axis=1).mean() for fit in (plain, fair)]
        assert rare[0] < 0.5
        assert rare[1] > 0.7


def test_only_images_as_they_are_count_in_the_figures() -> None:
    labels = np.arange(40) % 2
    x = np.concatenate([labels, 1 - labels])[:, None].astype(float)  # variations that mislead
    both, folds = np.tile(labels, 2), np.tile(fold_numbers(labels, 0), 2)

    def fit(x: np.ndarray, labels: np.ndarray) -> Linear:
        return Linear(np.array([[-1.0], [1.0]]), np.array([0.5, -0.5]))

    assert cross(fit, x, both, folds, np.arange(80) < 40).accuracy == 1.0
    assert cross(fit, x, both, folds).accuracy == 0.5


def test_a_class_that_stands_in_one_fold_alone_is_not_thought_of_there() -> None:
    x, labels = clouds(3, 10, apart=30.0)
    folds = np.where(labels == 2, 0, np.arange(30) % 3)
    for fit in (fit_discriminant(), fit_logistic(1.0)):
        crossed = cross(fit, x, labels, folds)
        assert np.isfinite(crossed.logits).all()
        called = crossed.logits.argmax(axis=1)
        assert (called[labels == 2] != 2).all()
        assert (called[labels != 2] == labels[labels != 2]).all()


def test_a_class_of_one_stands_in_one_fold() -> None:
    assert sorted(set(fold_numbers(np.array([0] * 9 + [1]), 0))) == [0, 1]
    groups = ["a"] * 5 + [""] * 6
    folds = fold_numbers(np.array([0] * 5 + [1] * 6), 0, groups)
    assert len(set(folds[:5])) == 1
