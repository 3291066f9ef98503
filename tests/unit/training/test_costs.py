import itertools
import time
from collections import Counter

import numpy as np
import pytest

from station.domain.inspection import Finding, Verdict
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.training.costs import (
    Costs,
    Sides,
    at_most,
    cheapest,
    cost,
    curve,
    histogram,
    outcome,
    sides,
    sides_of,
)

RNG = np.random.default_rng(5)


def noisy(good: int, bad: int) -> Sides:
    """Scores that overlap, on a coarse scale so that many are equal."""
    low = np.round(np.clip(RNG.normal(0.3, 0.2, good), 0, 1), 2)
    high = np.round(np.clip(RNG.normal(0.7, 0.2, bad), 0, 1), 2)
    return sides(low, high)


def judged(scores: np.ndarray, review: float, ng: float) -> Counter[Verdict]:
    recipe = Recipe("r", "m", review_limit=review, ng_limit=ng)
    return Counter(judge(Finding("x", float(s), 1.0, (), None, 0.0), recipe) for s in scores)


def test_the_counts_are_those_of_the_line() -> None:
    parts = noisy(80, 60)
    for review, ng in ((0.0, 0.0), (0.3, 0.3), (0.31, 0.7), (0.5, 1.0), (1.0, 1.0)):
        found = outcome(parts, review, ng)
        good, bad = judged(parts.good, review, ng), judged(parts.bad, review, ng)
        assert (found.escapes.count, found.escapes.n) == (bad[Verdict.OK], 60)
        assert (found.false_rejects.count, found.false_rejects.n) == (good[Verdict.NG], 80)
        assert found.good_reviews.count == good[Verdict.REVIEW]
        assert found.bad_reviews.count == bad[Verdict.REVIEW]


def test_clear_parts_get_both_limits_into_the_gap() -> None:
    found = at_most(sides([0.01, 0.1], [0.7, 0.9])).outcome
    assert (found.review_limit, found.ng_limit) == pytest.approx((0.3, 0.5))
    assert found.escapes.count == found.false_rejects.count == 0


@pytest.mark.parametrize("most", [0.0, 0.005, 0.02, 0.1, 0.5])
def test_no_more_escape_than_was_said(most: float) -> None:
    for _ in range(30):
        parts = noisy(50, 70)
        asked = at_most(parts, most, most)
        found = asked.outcome
        assert found.escapes.count <= most * 70
        top_is_one = parts.good[-1] == 1
        assert top_is_one or found.false_rejects.count <= most * 50
        assert found.review_limit <= found.ng_limit
        higher = parts.bad[parts.bad >= found.review_limit]  # one bad part more must be too many
        assert not len(higher) or outcome(parts, higher[0] + 1e-9, 1).escapes.count > most * 70


def test_few_parts_prove_little_and_it_is_said() -> None:
    few = at_most(sides([0.1] * 20, [0.9] * 20), 0.005)
    assert few.outcome.escapes.count == 0
    assert few.outcome.escapes.high == pytest.approx(0.1611, abs=1e-4)
    assert not few.proven
    assert few.needed == 765
    many = at_most(sides([0.1] * 20, [0.9] * 765), 0.005)
    assert many.proven
    assert not at_most(sides([0.1] * 20, [0.9] * 764), 0.005).proven
    assert at_most(sides([0.1], [0.9]), 0.0).needed is None


def test_a_side_that_is_missing() -> None:
    only_good = at_most(sides([0.1, 0.2, 0.4], []))
    assert only_good.outcome.escapes.rate is None
    assert not only_good.proven
    assert only_good.outcome.false_rejects.count == 0
    only_bad = at_most(sides([], [0.6, 0.9]))
    assert only_bad.outcome.escapes.count == 0
    assert 0 < only_bad.outcome.review_limit < 0.6
    neither = at_most(sides([], [])).outcome
    assert neither.review_limit <= neither.ng_limit


def test_the_cheapest_pair_is_the_cheapest_of_all() -> None:
    for costs in (Costs(100, 2, 0.5, 0.02), Costs(1, 1, 5, 0.5), Costs(3, 9, 1, 0.3)):
        for parts in (noisy(25, 20), noisy(3, 30), sides([0.2], [1.0]), sides([0.0, 1.0], [0.5])):
            cuts = [0, *np.unique(np.concatenate([parts.good, parts.bad])) + 1e-6]
            limits = sorted(min(1.0, cut) for cut in cuts)
            pairs = itertools.combinations_with_replacement(limits, 2)
            least = min(cost(outcome(parts, *pair), costs) for pair in pairs)
            assert cheapest(parts, costs).cost == pytest.approx(least)


def test_dear_escapes_lower_the_review_limit() -> None:
    parts = noisy(200, 200)
    limits = [
        cheapest(parts, Costs(dear, 2, 0.5, 0.05)).outcome.review_limit for dear in (1, 20, 1000)
    ]
    assert limits[0] > limits[1] > limits[2]


def test_the_cheapest_of_one_side_or_none() -> None:
    costs = Costs(100, 2, 0.5, 0.02)
    assert cheapest(sides([], []), costs).cost == 0
    assert cheapest(sides([0.3], []), costs).cost == 0
    assert cheapest(sides([], [0.3]), costs).cost == 0


def test_the_histogram_counts_every_part() -> None:
    found = histogram(sides([0.0, 0.019, 0.02], [1.0, 0.99]), 50)
    assert found.good[:2] == (2, 1)
    assert found.bad[-1] == 2
    assert len(found.edges) == 51


def test_the_curve_changes_only_at_its_limits() -> None:
    parts = noisy(40, 40)
    found = curve(parts)
    for limit, escapes, rejects in zip(*_columns(found), strict=True):
        at = outcome(parts, limit, limit)
        assert (at.escapes.count, at.false_rejects.count) == (escapes, rejects)


def _columns(found: object) -> tuple[np.ndarray, ...]:
    return found.limits, found.escapes, found.false_rejects  # type: ignore[attr-defined]


def test_sides_of_crossed_probabilities() -> None:
    crossed = np.array([[0.9, 0.05, 0.05], [0.1, 0.6, 0.3], [0.4, 0.1, 0.5]])
    parts = sides_of(crossed, (0, 1, 2), (0, 2))
    assert parts.good == pytest.approx([0.05, 0.1])
    assert parts.bad == pytest.approx([0.6])


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_a_score_is_a_probability(wrong: float) -> None:
    with pytest.raises(ValueError):
        sides([0.5, wrong], [])


def test_a_drag_over_a_million_parts_is_smooth() -> None:
    parts = sides(RNG.random(500_000), RNG.random(500_000))
    began = time.perf_counter()
    for limit in np.linspace(0, 1, 200):
        outcome(parts, float(limit), 1.0)
    assert time.perf_counter() - began < 1.0  # 5 ms each, where a pass over all takes longer
