"""Before and since: the interval of a difference against published examples, and chance itself."""

import numpy as np
import pytest

from station.domain.statistics import wilson
from station.insight.advice_proof import Rate, Stretch, design_effect, difference, rate


def of(bad: int, n: int) -> Rate:
    return rate([Stretch(0, bad, n)])


@pytest.mark.parametrize(
    ("since", "before", "low", "high"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_examples_of_newcombe(
    since: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    found = difference(of(*before), of(*since))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    assert found.value == pytest.approx(since[0] / since[1] - before[0] / before[1])


@pytest.mark.parametrize(("bad", "n"), [(0, 10), (3, 10), (10, 10), (20, 2100)])
def test_a_rate_without_spread_has_wilsons_interval(bad: int, n: int) -> None:
    found = of(bad, n)
    assert (found.low, found.high) == pytest.approx(wilson(bad, n))


def test_of_no_parts_nothing_is_known() -> None:
    assert of(0, 0) == Rate(0, 0, 0.0, 1.0)
    assert of(0, 0).share is None
    assert difference(of(0, 0), of(1, 100)) is None


def test_parts_that_are_alike_within_the_hour_tell_less() -> None:
    """Ten hours with the same 40 bad parts, evenly and all in two of them."""
    even = [Stretch(k, 4, 100) for k in range(10)]
    lumped = [Stretch(k, 20 if k < 2 else 0, 100) for k in range(10)]
    assert design_effect(even) == 1.0
    assert design_effect(lumped) == pytest.approx(18.52, abs=0.01)  # χ² 166.7 of 9 degrees
    assert rate(even).high - rate(even).low < 0.05
    assert rate(lumped).high - rate(lumped).low > 0.1
    assert rate(lumped).share == rate(even).share


def test_equal_shares_are_seldom_told_apart_even_where_hours_differ() -> None:
    """The share of each hour varies by chance of its own; both spans have the same."""
    rng = np.random.default_rng(0)
    told = 0
    for _ in range(400):
        spans = []
        for _ in range(2):
            shares = rng.beta(0.02 * 60, 0.98 * 60, 40)
            spans.append([Stretch(k, int(rng.binomial(180, p)), 180) for k, p in enumerate(shares)])
        found = difference(rate(spans[0]), rate(spans[1]))
        assert found is not None
        told += found.is_proven
    print(f"{told} of 400 equal pairs were told apart (5 % are 20)")
    assert told <= 34


def test_a_halved_share_is_proven() -> None:
    rng = np.random.default_rng(1)
    before = [Stretch(k, int(rng.binomial(180, 0.02)), 180) for k in range(30)]
    since = [Stretch(k, int(rng.binomial(180, 0.01)), 180) for k in range(30)]
    found = difference(rate(before), rate(since))
    assert found is not None
    assert found.is_proven
    assert found.value < 0
