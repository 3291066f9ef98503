"""Control charts over parts: what makes a point, what is known before, what is told."""

from dataclasses import replace

import numpy as np
import pytest

from station.insight.control import (
    RULES,
    Centre,
    Event,
    Grouping,
    Look,
    Point,
    Side,
    control,
    control_of,
    events,
    known_centre,
)
from station.insight.pareto import pareto, pareto_of
from station.insight.spc import NELSON, Rule, Signal
from tests.unit.insight.columns import passages

HOUR = 3_600_000


def points(z: list[float]) -> list[Point]:
    return [
        Point("", 10 * n, 10 * n + 9, 100, 1, 0.01, 0.0, 0.1, one, True) for n, one in enumerate(z)
    ]


def test_parts_after_each_other_make_points_and_the_last_is_not_tested() -> None:
    """Of each ten, what is decided counts: here 8, then 10, and the third is unfinished."""
    verdicts = "NOOOOOOORR" + "XX" + "NNOOOOOOOO" + "NNN"
    parts = passages(range(1000, 1000 + len(verdicts)), verdicts)
    chart = control(parts, 10, NELSON, Centre(0.1, 5000))
    assert chart is not None
    assert [(one.n, one.bad, one.tested) for one in chart.points] == [
        (8, 1, True),
        (10, 2, True),
        (3, 3, False),
    ]
    assert (chart.points[0].since_ms, chart.points[0].until_ms) == (1000, 1009)
    assert chart.points[1].since_ms == 1012
    assert (chart.centre, chart.known, chart.size) == (0.1, 5000, 10)
    assert chart.points[2].z > 3
    assert chart.events == ()  # that point may get more parts yet


def test_a_word_moves_a_part_from_one_side_to_the_other() -> None:
    chart = control(passages(range(10), "OOONNRRRRO", "r--a-ar---"), 10, NELSON)
    assert chart is not None
    assert [(one.n, one.bad) for one in chart.points] == [(8, 3)]
    assert chart.points[0].tested


def test_by_hour_and_by_lot() -> None:
    at_ms = [0, 1, HOUR, HOUR + 1, HOUR + 2, 3 * HOUR]
    parts = passages(at_ms, "ONOONN", lot=["b", "b", "a", "b", "a", "c"])
    by_hour = control(parts, 10, NELSON, by=Grouping.HOUR)
    assert by_hour is not None
    assert [(one.n, one.bad, one.tested) for one in by_hour.points] == [
        (2, 1, True),
        (3, 1, True),
        (1, 1, False),
    ]
    by_lot = control(parts, 10, NELSON, by=Grouping.LOT, closed=True)
    assert by_lot is not None
    assert [(one.name, one.n, one.bad, one.tested) for one in by_lot.points] == [
        ("b", 3, 1, True),
        ("a", 2, 1, True),
        ("c", 1, 1, True),
    ]
    assert by_lot.size == 0
    assert by_lot.points[0].until_ms == HOUR + 1


def test_nothing_decided_is_no_chart() -> None:
    assert control(passages([], ""), 10, NELSON) is None
    assert control(passages([1, 2], "XR"), 10, NELSON) is None
    one = control(passages([1], "N"), 10, NELSON)
    assert one is not None
    assert (len(one.points), one.events) == (1, ())


def test_a_planted_shift_is_told_once_with_its_time() -> None:
    rng = np.random.default_rng(3)
    bad = np.concatenate([rng.random(3000) < 0.01, rng.random(2000) < 0.05])
    parts = passages(range(0, 5_000_000, 1000), "".join("N" if one else "O" for one in bad))
    chart = control(parts, 100, NELSON, Centre(0.01, 100_000))
    assert chart is not None
    assert chart.exact
    first = chart.events[0]
    assert 30 <= first.index <= 34
    assert first.at_ms == chart.points[first.index].until_ms
    assert first.side is Side.UP
    assert first.last == 49
    assert len(chart.events) == 1
    assert len(chart.signals) > 10  # at each point, but told once
    assert abs(first.since_ms / 1000 - 3000) <= 200  # two points


def test_a_trend_began_with_its_first_point_and_a_single_point_with_itself() -> None:
    z = [0.0, 0.1, 0.3, 0.6, 0.9, 1.2, 1.5]
    (rising,) = events(points(z), [Signal(6, Rule.TREND)])
    assert rising.since_ms == 10
    (single,) = events(points([0.1, -0.2, 0.1, 3.5]), [Signal(3, Rule.BEYOND)])
    assert single.since_ms == 30
    (fewer,) = events(points([0.5, 0.2, *([-0.5] * 9)]), [Signal(10, Rule.RUN)])
    assert fewer.since_ms == 20
    (steady,) = events(points([2.0, *([0.5, -0.5] * 8)]), [Signal(16, Rule.TOO_STEADY)])
    assert steady.since_ms == 20


def test_neighbouring_signals_of_one_side_are_one_event() -> None:
    z = [0.0, 3.5, 3.2, 0.0, 2.2, -3.4, 0.0, 0.0, 0.0, 3.1]
    found = [Signal(n, Rule.BEYOND) for n in (1, 2, 5, 9)] + [Signal(4, Rule.NEAR_LIMIT)]
    told = events(points(z), sorted(found, key=lambda one: one.index))
    assert [(one.index, one.last, one.side) for one in told] == [
        (1, 4, Side.UP),
        (5, 5, Side.DOWN),
        (9, 9, Side.UP),
    ]
    assert told[0].rules == (Rule.BEYOND, Rule.NEAR_LIMIT)
    assert (told[0].worst, told[0].at_ms) == (1, 19)


@pytest.mark.parametrize(
    ("z", "rules", "look"),
    [
        ([0, 3.5], (Rule.BEYOND,), Look.PARTS),
        ([0.1, 0.6, 1.1, 1.6, 2.2, 3.4], (Rule.TREND, Rule.BEYOND), Look.WEAR),
        ([0.5] * 9, (Rule.RUN,), Look.LEVEL),
        ([-0.5] * 9, (Rule.RUN,), Look.FEWER),
        ([0, -3.5], (Rule.BEYOND,), Look.FEWER),
        ([0.1, -0.1] * 7, (Rule.ZIGZAG,), Look.ALTERNATING),
        ([1.5, -1.5] * 4, (Rule.TWO_GROUPS,), Look.MIXED),
        ([0.5, 0.4, -0.4] * 5, (Rule.TOO_STEADY,), Look.STEADY),
    ],
)
def test_what_to_look_at(z: list[float], rules: tuple[Rule, ...], look: Look) -> None:
    (told,) = events(points(z), [Signal(len(z) - 1, rule) for rule in rules])
    assert told.look is look


def test_what_was_before_counts_by_the_mixture_of_now() -> None:
    parts = passages(range(100), "O" * 100, recipe=["a"] * 75 + ["b"] * 25)
    before = {("a", "m.onnx"): (9999, 99), ("b", "m.onnx"): (4999, 250), ("c", "m.onnx"): (9, 9)}
    known = known_centre(before, parts, 100)
    assert known is not None
    assert known.share == pytest.approx(0.75 * 99.5 / 10_000 + 0.25 * 250.5 / 5000)
    assert known.parts == 9999 + 4999
    assert known_centre(before, parts, 200) is None  # 4,999 are fewer than 25 subgroups of b
    few = replace(
        parts, recipe=passages([0] * 100, "O" * 100, recipe=["a"] * 96 + ["b"] * 4).recipe
    )
    alone = known_centre({("a", "m.onnx"): (9999, 99)}, few, 100)
    assert alone is not None
    assert alone.share == pytest.approx(99.5 / 10_000)
    assert known_centre({}, passages([], ""), 100) is None


def test_none_bad_before_is_not_never() -> None:
    parts = passages(range(1000), "O" * 990 + "N" * 10)
    known = known_centre({("flange", "m.onnx"): (5000, 0)}, parts, 100)
    chart = control(parts, 100, NELSON, known)
    assert chart is not None
    assert [one.index for one in chart.events] == [9]


def test_counts_from_elsewhere() -> None:
    chart = control_of([12, 15, 8, 10, 4, 22], [50] * 6, RULES["western_electric"], centre=0.2)
    assert [one.bad for one in chart.points] == [12, 15, 8, 10, 4, 22]
    assert [(one.index, one.rules) for one in chart.events] == [(5, (Rule.BEYOND,))]
    assert isinstance(chart.events[0], Event)


def test_a_pareto_falls_and_ends_at_all() -> None:
    """Counts 38, 17, 8 and three of one each: as drawn, scratch 38, dent 17, stain 8, other 3."""
    labels = ["scratch"] * 38 + ["dent"] * 17 + ["stain"] * 8 + ["burr", "crack", ""] + ["good"] * 9
    parts = passages(range(75), "N" * 66 + "O" * 9, label=labels)
    found = pareto(parts, 4)
    assert [(one.label, one.count) for one in found.bars] == [
        ("scratch", 38),
        ("dent", 17),
        ("stain", 8),
        (None, 3),
    ]
    assert found.ng == 66
    assert found.bars[0].share == pytest.approx(38 / 66)
    assert [one.running for one in found.bars] == pytest.approx([38 / 66, 55 / 66, 63 / 66, 1])
    assert [one.label for one in pareto(parts, 6).bars] == [
        "scratch",
        "dent",
        "stain",
        "",
        "burr",
        "crack",
    ]
    assert pareto_of({"a": 0}).bars == ()
