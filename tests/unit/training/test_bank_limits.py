"""The limits of a memory bank: by known bad parts, by drawn ones, and what is foretold of them."""

import numpy as np
import numpy.typing as npt
import pytest

from station.training.methods.bank_limits import (
    HIGHEST,
    MOST_ESCAPES,
    MOST_REVIEWED,
    drawn_limits,
    foretold,
    known_limits,
)

Wide = npt.NDArray[np.float64]


def overlapping(seed: int, good: int = 300, bad: int = 100) -> tuple[Wide, Wide]:
    rng = np.random.default_rng(seed)
    return rng.beta(0.6, 6, good), rng.beta(1.2, 0.9, bad)


def test_where_the_sides_lie_apart_nothing_escapes_and_nothing_is_reviewed() -> None:
    good, bad = np.linspace(0, 0.3, 40), np.linspace(0.8, 1, 20)
    for limits in (known_limits(good, bad), drawn_limits(good, bad)):
        assert 0.25 < limits[0] <= limits[1]
        assert (good >= limits[0]).mean() <= 0.05
        assert (bad < limits[0]).sum() == 0
    assert known_limits(good, bad)[0] > 0.3, "in the gap"


def test_few_enough_escape_while_that_can_be_paid_for() -> None:
    rng = np.random.default_rng(4)
    good, bad = rng.beta(0.6, 9, 400), rng.beta(5, 1, 200)
    review, ng = known_limits(good, bad)
    assert (bad < review).mean() <= MOST_ESCAPES
    assert (good >= review).mean() <= MOST_REVIEWED
    assert (good >= ng).mean() <= 0.005


@pytest.mark.parametrize("seed", range(5))
def test_no_hopeless_bad_part_sends_more_good_ones_to_review_than_that(seed: int) -> None:
    good, bad = overlapping(seed)
    bad[:30] = 1e-4
    review, ng = known_limits(good, bad)
    assert (good >= review).mean() <= MOST_REVIEWED + 0.01  # of the rounding
    fewest = (bad < np.quantile(good, 1 - MOST_REVIEWED)).mean()
    assert fewest > MOST_ESCAPES
    assert (bad < review).mean() <= fewest
    assert review <= ng <= HIGHEST


@pytest.mark.parametrize("seed", range(5))
def test_it_lets_fewer_bad_parts_pass_than_a_blind_quantile(seed: int) -> None:
    good, bad = overlapping(seed)
    blind = float(np.quantile(good, 0.95))
    fresh_good, fresh = overlapping(seed + 100)
    for review, _ in (known_limits(good, bad), drawn_limits(good, bad[:60])):
        assert (fresh < review).mean() < (fresh < blind).mean()
        assert (fresh_good >= review).mean() <= MOST_REVIEWED + 0.1


def test_drawn_defects_that_are_hard_to_see_are_not_paid_for() -> None:
    """They score as good parts do: to look for them would only find good ones."""
    rng = np.random.default_rng(0)
    good = rng.beta(0.6, 6, 400)
    seen = np.concatenate([rng.choice(good, 50), np.full(50, 0.99)])
    review, _ = drawn_limits(good, seen)
    assert (good >= review).mean() <= 0.1
    blind, _ = drawn_limits(good, np.empty(0))
    assert (good >= blind).mean() == pytest.approx(0.05, abs=0.01)


def test_what_is_foretold_is_of_parts_that_set_no_limit() -> None:
    good, bad = overlapping(1)
    scores, truth = np.concatenate([good, bad]), np.repeat([False, True], [300, 100])
    folds = np.arange(400) % 4
    seen = foretold(scores, truth, folds)
    by_hand = 0
    for fold in range(4):
        own = folds == fold
        review, _ = known_limits(scores[~own & ~truth], scores[~own & truth])
        by_hand += int((scores[own & truth] < review).sum())
    assert seen.escapes == by_hand
    assert seen.false_rejects <= 6
    assert seen.good_reviews == pytest.approx(MOST_REVIEWED * 300, rel=0.35)


def test_one_fold_foretells_nothing() -> None:
    good, bad = overlapping(2)
    seen = foretold(
        np.concatenate([good, bad]), np.repeat([False, True], [300, 100]), np.zeros(400, np.intp)
    )
    assert (seen.escapes, seen.false_rejects, seen.good_reviews) == (0, 0, 0)
