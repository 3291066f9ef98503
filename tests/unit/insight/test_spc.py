"""The charts against published worked examples, and their rules against theory."""

import math
import time
from collections.abc import Sequence
from itertools import product
from statistics import NormalDist

import numpy as np
import pytest

from station.insight.spc import (
    NELSON,
    WESTERN_ELECTRIC,
    WIDTH,
    Rule,
    Signal,
    further,
    p_chart,
    signals,
)

# Montgomery, 6th edition, table 7.1: cans of orange juice, subgroups of 50.
JUICE = (
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
)
# Table 7.4: purchase orders, subgroups of different sizes.
ORDERS = (
    *((100, 12), (80, 8), (80, 6), (100, 9), (110, 10), (110, 12), (100, 11), (100, 16)),
    *((90, 10), (90, 6), (110, 20), (120, 15), (120, 9), (120, 8), (110, 6), (80, 8), (80, 10)),
    *((80, 7), (90, 5), (100, 8), (100, 5), (100, 8), (100, 10), (90, 6), (90, 9)),
)


def test_the_orange_juice_of_montgomery() -> None:
    chart = p_chart(JUICE, [50] * 30, laney=False)
    assert chart.centre == pytest.approx(0.2313, abs=5e-5)
    assert chart.upper[0] == pytest.approx(0.4102, abs=5e-5)
    assert chart.lower[0] == pytest.approx(0.0524, abs=5e-5)
    beyond = [one.index + 1 for one in signals(chart.z, (Rule.BEYOND,))]
    assert beyond == [15, 23]


def test_the_orange_juice_after_its_two_causes_were_found() -> None:
    kept = [count for number, count in enumerate(JUICE, 1) if number not in (15, 23)]
    chart = p_chart(kept, [50] * 28, laney=False)
    assert chart.centre == pytest.approx(0.2150, abs=5e-5)
    assert chart.upper[0] == pytest.approx(0.3893, abs=5e-5)
    assert chart.lower[0] == pytest.approx(0.0407, abs=1e-4)


def test_limits_follow_the_size_of_each_subgroup() -> None:
    sizes, bad = zip(*ORDERS, strict=True)
    chart = p_chart(bad, sizes, laney=False)
    assert chart.centre == pytest.approx(234 / 2450)
    assert chart.upper[10] == pytest.approx(0.180, abs=5e-4)
    assert chart.upper[1] == pytest.approx(0.194, abs=5e-4)
    assert chart.lower[0] == pytest.approx(0.007, abs=1e-3)
    assert [one.index + 1 for one in signals(chart.z, (Rule.BEYOND,))] == [11]


def test_large_subgroups_that_differ_more_than_chance_get_the_limits_of_laney() -> None:
    rng = np.random.default_rng(1)
    sizes = np.full(60, 20_000)
    shares = np.clip(rng.normal(0.05, 0.006, 60), 0.001, 1)  # chance alone: 0.0015
    bad = rng.binomial(sizes, shares)
    plain, laney = p_chart(bad, sizes, laney=False), p_chart(bad, sizes)
    assert len(signals(plain.z, (Rule.BEYOND,))) > 20
    assert len(signals(laney.z, (Rule.BEYOND,))) <= 1
    assert laney.spread == pytest.approx(4.2, abs=0.8)
    assert laney.upper[0] > plain.upper[0]


def test_chance_alone_is_a_plain_chart_nearly_always() -> None:
    rng = np.random.default_rng(2)
    spreads = [p_chart(rng.binomial(1000, 0.05, 30), [1000] * 30).spread for _ in range(300)]
    assert sum(one > 1 for one in spreads) <= 0.06 * 300


RULES = (
    (Rule.BEYOND, [0, 0, 3.1], [2]),
    (Rule.BEYOND, [0, -3.1, 2.9], [1]),
    (Rule.RUN, [*[0.5] * 9], [8]),
    (Rule.RUN, [*[0.5] * 8, -0.1], []),
    (Rule.EIGHT, [*[-0.5] * 8], [7]),
    (Rule.TREND, [-1, -0.5, 0, 0.5, 1, 1.5], [5]),
    (Rule.TREND, [-1, -0.5, 0, 0, 1, 1.5], []),
    (Rule.ZIGZAG, [0.1, -0.1] * 7, [13]),
    (Rule.NEAR_LIMIT, [2.1, 0, 2.2], [2]),
    (Rule.NEAR_LIMIT, [2.1, 0, -2.2], []),
    (Rule.NEAR_LIMIT, [2.1, 2.2, 0], []),
    (Rule.OFF_CENTRE, [1.1, 1.2, 0, 1.1, 1.3], [4]),
    (Rule.OFF_CENTRE, [1.1, 1.2, -1.1, -1.1, 1.3], []),
    (Rule.TOO_STEADY, [0.5, -0.5] * 7 + [0.5], [14]),
    (Rule.TWO_GROUPS, [1.5, -1.5] * 4, [7]),
    (Rule.TWO_GROUPS, [1.5] * 8, []),
)


@pytest.mark.parametrize(("rule", "z", "where"), RULES)
def test_each_rule_on_the_point_that_completes_it(
    rule: Rule, z: list[float], where: list[int]
) -> None:
    assert [one.index for one in signals(z, (rule,))] == where


def test_signals_come_in_order_with_every_rule_that_holds() -> None:
    z = [0.5] * 8 + [3.5]
    assert signals(z) == (Signal(8, Rule.BEYOND), Signal(8, Rule.RUN))


def beyond(sigma: float) -> float:
    """The chance that a normal variable lies above so many sigma."""
    return 1 - NormalDist().cdf(sigma)


def some(count: int, of: int, sigma: float) -> float:
    """The last of so many points and at least count − 1 of those before it, on one of two sides."""
    p, before = beyond(sigma), of - 1
    least = (math.comb(before, k) * p**k * (1 - p) ** (before - k) for k in range(count - 1, of))
    return 2 * p * sum(least)


ZIGZAGS = 199_360_981  # alternating orders of 14 values (André's numbers; OEIS A000111)
BY_CHANCE = {
    Rule.BEYOND: 2 * beyond(3),
    Rule.RUN: 2 * 0.5**9,
    Rule.EIGHT: 2 * 0.5**8,
    Rule.TREND: 2 / math.factorial(6),
    Rule.ZIGZAG: 2 * ZIGZAGS / math.factorial(14),
    Rule.NEAR_LIMIT: some(2, 3, 2),
    Rule.OFF_CENTRE: some(4, 5, 1),
    Rule.TOO_STEADY: (1 - 2 * beyond(1)) ** 15,
    Rule.TWO_GROUPS: (2 * beyond(1)) ** 8 - 2 * beyond(1) ** 8,
}
"""How often each rule holds at a point of a stable normal process."""


def rate_and_error(z: np.ndarray, rule: Rule, far: Sequence[float] | None = None) -> np.ndarray:
    """How often a rule holds, and the standard error of that; signals come in clusters."""
    hits = np.zeros(len(z))
    hits[[one.index for one in signals(z.tolist(), (rule,), far)]] = 1
    blocks = hits.reshape(200, -1).mean(axis=1)
    return np.array([blocks.mean(), blocks.std(ddof=1) / np.sqrt(len(blocks))])


@pytest.mark.parametrize("rule", tuple(Rule))
def test_each_rule_holds_as_often_as_theory_says(rule: Rule) -> None:
    z = np.random.default_rng(3).standard_normal(400_000)
    rate, error = rate_and_error(z, rule)
    print(f"{rule:12} {rate:.6f} ± {error:.6f}, theory {BY_CHANCE[rule]:.6f}")
    assert abs(rate - BY_CHANCE[rule]) < 4 * max(error, 1e-6)


def test_run_lengths_of_a_stable_process() -> None:
    """Champ and Woodall, Technometrics 29 (1987), 393: 370.40 by three sigma alone, 91.75 by all
    four rules of Western Electric."""
    z = np.random.default_rng(4).standard_normal(400_000)
    lengths = run_lengths(z, WESTERN_ELECTRIC)
    error = np.std(lengths) / np.sqrt(len(lengths))
    print(f"run length {np.mean(lengths):.2f} ± {error:.2f}, Champ and Woodall 91.75")
    assert abs(np.mean(lengths) - 91.75) < 4 * error
    alone = run_lengths(z, (Rule.BEYOND,))
    assert abs(np.mean(alone) - 370.4) < 4 * np.std(alone) / np.sqrt(len(alone))


def run_lengths(z: np.ndarray, rules: Sequence[Rule], longest: int = 4000) -> list[int]:
    """Points up to the first signal, each from a fresh start."""
    lengths, at = list[int](), 0
    while at + longest < len(z):
        step = 128
        while not (found := signals(z[at : at + step].tolist(), rules)):
            step *= 2
        lengths.append(found[0].index + 1)
        at += lengths[-1]
    return lengths


@pytest.mark.parametrize("size", [50, 100, 250, 1000])
@pytest.mark.parametrize("share", [0.002, 0.01, 0.03, 0.08])
def test_no_rule_cries_wolf_over_few_bad_parts(share: float, size: int) -> None:
    """Exact scores hold every rule to what it does in a normal process; three sigma would not."""
    bad = np.random.default_rng(5).binomial(size, share, 40_000)
    chart = p_chart(bad.tolist(), [size] * len(bad), centre=share, laney=False, exact=True)
    z = np.array(chart.z)
    for rule in Rule:
        rate, error = rate_and_error(z, rule, chart.far)
        assert rate <= BY_CHANCE[rule] + 4 * max(error, 1e-5), rule


def test_three_sigma_do_cry_wolf_over_few_bad_parts() -> None:
    """Why the chart is exact there: of 1 % in 100, 4 are beyond: 1 point in 54."""
    tail = 1 - sum(math.comb(100, k) * 0.01**k * 0.99 ** (100 - k) for k in range(4))
    assert 1 / tail == pytest.approx(54, abs=1)
    bad = np.random.default_rng(6).binomial(100, 0.01, 40_000).tolist()
    plain = p_chart(bad, [100] * len(bad), centre=0.01, laney=False, exact=False)
    found = signals(plain.z, (Rule.BEYOND,))
    assert len(found) / len(bad) == pytest.approx(tail, rel=0.1)
    assert p_chart(bad, [100] * len(bad), centre=0.01).exact
    assert not p_chart(JUICE, [50] * 30).exact


def test_a_thousand_points_of_a_stable_process() -> None:
    """Signals per thousand points, over 100 such processes each, as p_chart chooses by itself."""
    rng = np.random.default_rng(7)
    for share, size in ((0.01, 100), (0.03, 100), (0.05, 200), (0.02, 1200)):
        counts = []
        for _ in range(100):
            chart = p_chart(rng.binomial(size, share, 1000).tolist(), [size] * 1000, centre=share)
            counts.append(len(signals(chart.z, NELSON, chart.far)))
        theory = 1000 * sum(BY_CHANCE[rule] for rule in NELSON)
        error = np.std(counts) / 10
        print(
            f"{share:.0%} of {size}: {np.mean(counts):.1f} ± {error:.1f} signals in 1,000 points, "
            f"theory {theory:.1f} at most"
        )
        assert np.mean(counts) <= theory + 3 * error


def tail(least: int, n: int, p: float) -> float:
    """The chance of so many bad parts or more."""
    return 1 - sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(least))


def expected_run(by: tuple[float, float]) -> float:
    """Points up to the first one beyond the limit, or two of three beyond two sigma: a Markov chain
    over the last two points (Champ and Woodall 1987), for chances of either at a point."""
    far, near = by[0], by[1] - by[0]
    states = list(product((0, 1), repeat=2))
    moves = np.zeros((4, 4))
    for number, (before, last) in enumerate(states):
        moves[number, states.index((last, 0))] += 1 - far - near
        if not (before or last):
            moves[number, states.index((last, 1))] += near
    return float(np.linalg.solve(np.eye(4) - moves, np.ones(4))[0])


@pytest.mark.parametrize(("before", "after"), [(0.01, 0.04), (0.02, 0.05), (0.03, 0.06)])
def test_three_percent_more_bad_parts_are_signalled_in_the_expected_run_length(
    before: float, after: float
) -> None:
    n, runs = 100, 600
    chart = p_chart([*range(30)], [n] * 30, centre=before, laney=False)
    first = next(k for k in range(30) if chart.z[k] > WIDTH)
    second = next(k for k in range(30) if chart.z[k] > 2)
    alone = 1 / tail(first, n, after)
    both = expected_run((tail(first, n, after), tail(second, n, after)))
    rng = np.random.default_rng(8)
    found: dict[str, list[int]] = {"beyond": [], "and near": [], "nelson": []}
    for _ in range(runs):
        bad = rng.binomial(n, after, 300).tolist()
        chart = p_chart(bad, [n] * 300, centre=before, laney=False)
        for name, rules in (
            ("beyond", (Rule.BEYOND,)),
            ("and near", (Rule.BEYOND, Rule.NEAR_LIMIT)),
            ("nelson", NELSON),
        ):
            found[name].append(signals(chart.z, rules, chart.far)[0].index + 1)
    means = {name: float(np.mean(lengths)) for name, lengths in found.items()}
    errors = {name: float(np.std(some) / np.sqrt(runs)) for name, some in found.items()}
    print(
        f"{before:.0%} to {after:.0%}: beyond {means['beyond']:.2f} (theory {alone:.2f}), "
        f"with near {means['and near']:.2f} (theory {both:.2f}), "
        f"all of Nelson's {means['nelson']:.2f}"
    )
    assert abs(means["beyond"] - alone) < 4 * errors["beyond"]
    assert abs(means["and near"] - both) < 4 * errors["and near"]
    assert means["nelson"] <= both + 3 * errors["nelson"]


def test_exact_limits_lie_between_what_chance_explains_and_what_not() -> None:
    chart = p_chart([0, 5, 6], [100] * 3, centre=0.01, laney=False)
    assert chart.exact
    assert chart.upper == (0.055,) * 3  # 6 of 100 come by chance once in 1,900 points, 5 in 290
    assert chart.lower == (0.0,) * 3
    assert [one.index for one in signals(chart.z, (Rule.BEYOND,))] == [2]
    assert tail(5, 100, 0.01) > 0.00135 > tail(6, 100, 0.01)


def test_more_points_are_held_against_the_same_chart() -> None:
    chart = p_chart(JUICE, [50] * 30)
    more = further(chart, [20, 3], [50, 10])
    assert more.centre == chart.centre
    assert more.upper[0] == chart.upper[0]
    assert more.upper[1] > chart.upper[0]
    assert more.shares == (0.4, 0.3)


def test_the_spread_of_laney_by_hand() -> None:
    """z of 50 %, n = 4: −1, 1, 1, −1: moving ranges 2, 0, 2, mean 4/3, over 1.128."""
    chart = p_chart([1, 3, 3, 1], [4] * 4, laney=True, exact=False)
    assert chart.spread == pytest.approx(4 / 3 / 1.128)
    assert chart.z == pytest.approx([-0.846, 0.846, 0.846, -0.846])
    assert chart.upper[0] == 1.0
    wide = p_chart([10, 30, 30, 10], [40] * 4, laney=True)
    sigma = np.sqrt(0.25 / 40)
    assert wide.upper[0] == pytest.approx(min(1, 0.5 + 3 * sigma * wide.spread))


def test_ten_thousand_points_take_a_moment() -> None:
    bad = np.random.default_rng(9).binomial(100, 0.02, 10_000).tolist()
    began = time.thread_time()
    chart = p_chart(bad, [100] * 10_000)
    signals(chart.z, NELSON, chart.far)
    took = time.thread_time() - began
    print(f"chart and signals of 10,000 points: {1e3 * took:.1f} ms")
    assert took < 0.5  # 0.02 s on a quiet machine


def test_no_bad_part_and_no_parts() -> None:
    chart = p_chart([0, 0, 0], [100, 100, 100])
    assert (chart.centre, chart.upper[0], signals(chart.z, (Rule.BEYOND,))) == (0, 0, ())
    for bad, sizes in (([], []), ([1], [0]), ([5], [4]), ([-1], [4])):
        with pytest.raises(ValueError, match="subgroup"):
            p_chart(bad, sizes)
