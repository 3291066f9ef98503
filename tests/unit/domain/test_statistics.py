import math

import pytest
from scipy.stats import binomtest

from station.domain.statistics import mcnemar, parts_to_prove, share, spread, wilson


@pytest.mark.parametrize(  # Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_published_intervals(count: int, n: int, low: float, high: float) -> None:
    assert wilson(count, n) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_is_that_of_scipy() -> None:
    for n in (1, 2, 7, 40, 1000):
        for count in {0, 1, n // 3, n // 2, n - 1, n}:
            for confidence in (0.9, 0.95, 0.99):
                theirs = binomtest(count, n).proportion_ci(confidence, method="wilson")
                ours = wilson(count, n, confidence)
                assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_of_no_parts_nothing_is_known() -> None:
    nothing = share(0, 0)
    assert (nothing.rate, nothing.low, nothing.high) == (None, 0.0, 1.0)


@pytest.mark.parametrize(("count", "n"), [(-1, 3), (4, 3)])
def test_more_than_all_is_no_share(count: int, n: int) -> None:
    with pytest.raises(ValueError):
        wilson(count, n)


def test_how_many_parts_prove_a_share() -> None:
    z = 1.959963984540054
    assert parts_to_prove(0.005) == math.ceil(z * z * 0.995 / 0.005) == 765
    for most, count in ((0.005, 0), (0.005, 3), (0.1, 2), (0.9, 0), (0.5, 1)):
        n = parts_to_prove(most, count)
        assert wilson(count, n)[1] <= most < wilson(count, n - 1)[1]
    for most in (0.0, 1.0):
        with pytest.raises(ValueError):
            parts_to_prove(most)


def test_mcnemar_is_the_exact_binomial_test() -> None:
    for first, second in ((0, 5), (1, 7), (4, 4), (30, 12), (0, 1), (900, 1100)):
        theirs = binomtest(first, first + second).pvalue
        assert mcnemar(first, second) == mcnemar(second, first) == pytest.approx(theirs)
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(0, 5) == 0.0625  # five against none is not yet enough
    assert mcnemar(0, 6) == 0.03125


def test_mean_and_spread() -> None:
    found = spread([0.9, 1.0, 0.8])
    assert found is not None
    assert (found.mean, found.std) == pytest.approx((0.9, 0.1))
    assert spread([]) is None
    alone = spread([0.5])
    assert alone is not None
    assert alone.std == 0.0
