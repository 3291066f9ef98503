"""The charts against published worked examples, and their rules against theory."""

import numpy as np
import pytest

from station.insight.spc import NELSON, WESTERN_ELECTRIC, Rule, Signal, p_chart, signals

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
    spreads = [p_chart(rng.binomial(100, 0.05, 30), [100] * 30).spread for _ in range(300)]
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


def test_a_stable_process_signals_no_more_often_than_theory() -> None:
    """One point beyond three sigma in 370 (Montgomery 5.2); Western Electric's four in 91.75.

    The second figure is from Champ and Woodall, Technometrics 29 (1987), 393.
    """
    z = np.random.default_rng(3).standard_normal(200_000)
    assert len(signals(z, (Rule.BEYOND,))) / len(z) == pytest.approx(1 / 370.4, rel=0.12)
    lengths, at = list[int](), 0

    while at < 60_000:  # run lengths, each from a fresh start
        run = z[at : at + 500]
        first = next((one.index for one in signals(run, WESTERN_ELECTRIC)), None)
        if first is None:
            break
        lengths.append(first + 1)
        at += first + 1

    assert np.mean(lengths) == pytest.approx(91.75, rel=0.12)


def test_three_percent_more_bad_parts_are_signalled_in_time() -> None:
    """From 2 % to 5 % in subgroups of 100: 27 % of the points lie beyond, so 1 in 4 or sooner."""
    rng = np.random.default_rng(4)
    firsts = []
    for _ in range(200):
        bad = rng.binomial(100, 0.05, 40)
        chart = p_chart(bad, [100] * 40, centre=0.02, laney=False)
        firsts.append(signals(chart.z, NELSON)[0].index + 1)
    assert np.mean(firsts) <= 4.0


def test_no_bad_part_and_no_parts() -> None:
    chart = p_chart([0, 0, 0], [100, 100, 100])
    assert (chart.centre, chart.upper[0], signals(chart.z, (Rule.BEYOND,))) == (0, 0, ())
    for bad, sizes in (([], []), ([1], [0]), ([5], [4]), ([-1], [4])):
        with pytest.raises(ValueError, match="subgroup"):
            p_chart(bad, sizes)
