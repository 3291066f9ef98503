"""The figures of a line: small shifts worked out by hand, and published examples."""

import time as clock
from datetime import datetime, time

import numpy as np
import pytest

from station.insight.figures import By, LineFigures, figures, figures_by, shown_paces
from station.insight.spans import break_spans, joined, shift_spans
from station.settings import BreakSettings, LineSettings
from station.store.passages import Passages
from tests.unit.insight.columns import passages

STARTS = (time(6), time(14), time(22))
BEGIN = int(datetime(2026, 3, 3, 6).timestamp() * 1000)  # noqa: DTZ001 - by the clock here
MINUTE, HOUR = 60_000, 3_600_000
LINE = LineSettings(ideal_cycle=1.0)


def told(parts: Passages, minutes: float = 10, line: LineSettings = LINE) -> LineFigures:
    return figures(parts, BEGIN, BEGIN + int(minutes * MINUTE), line, STARTS)


def every(seconds: float, count: int, begin: int = BEGIN) -> list[int]:
    return [begin + round(1000 * seconds * (number + 1)) for number in range(count)]


def test_counts_worked_out_by_hand() -> None:
    """Twelve parts: 5 OK, of which 1 was rejected; 4 NG, of which 2 were accepted; 2 REVIEW, of
    which 1 was accepted and 1 waits; 1 not inspected."""
    seen = told(passages(every(1, 12), "OOOOONNNNRRX", "r---aaar-a--"))
    assert (seen.parts, seen.not_inspected, seen.waiting) == (12, 1, 1)
    assert (seen.good.count, seen.good.n) == (4 + 2 + 1, 12)
    assert (seen.first_pass.count, seen.first_pass.n) == (5, 11)
    assert (seen.overruled.count, seen.overruled.n) == (3, 12)
    assert (seen.escapes.of_reviewed.count, seen.escapes.of_reviewed.n) == (1, 2)
    assert (seen.escapes.of_all.count, seen.escapes.of_all.n) == (1, 5)
    assert (seen.false_rejects.of_reviewed.count, seen.false_rejects.of_reviewed.n) == (2, 3)
    assert (seen.false_rejects.of_all.count, seen.false_rejects.of_all.n) == (2, 4)
    assert seen.judged == 5
    assert seen.kappa is None


def test_the_first_pass_yield_of_a_published_example() -> None:
    """mfgcalcs.com, first pass yield: 1,200 units, 1,090 passed at once, 75 were reworked, 35
    failed: 90.83 % at the first pass, 97.08 % in the end."""
    verdicts = "O" * 1090 + "N" * 110 + "O" * 75  # the reworked ones come again
    seen = told(passages(every(0.4, 1275), verdicts, again=[False] * 1200 + [True] * 75))
    assert seen.first_pass.rate == pytest.approx(0.9083, abs=5e-5)
    assert (seen.first_pass.count, seen.first_pass.n) == (1090, 1200)
    assert seen.good.count / seen.first_pass.n == pytest.approx(0.9708, abs=5e-5)
    assert seen.good.n == 1275


def test_shares_have_the_intervals_of_wilson() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), 857: 81 of 263 gives 0.2553 … 0.3662."""
    seen = told(passages(every(1, 263), "O" * 81 + "N" * 182))
    assert seen.good.low == pytest.approx(0.2553, abs=5e-5)
    assert seen.good.high == pytest.approx(0.3662, abs=5e-5)


def test_the_shift_of_vorne_over_parts() -> None:
    """oee.com: 480 min with 60 of breaks, 47 down, 1.0 s, 19,271 parts, 423 bad: 74.79 %."""
    run = (420 - 47) * MINUTE
    step = run / 19_271
    at_ms = np.round(BEGIN + step * np.arange(1, 19_272)).astype(np.int64)
    lunch = at_ms > BEGIN + 100 * MINUTE
    at_ms[lunch] += 60 * MINUTE  # stands exactly in the break
    at_ms[at_ms > BEGIN + 300 * MINUTE] += 47 * MINUTE
    line = LineSettings(
        ideal_cycle=1.0,
        breaks=(
            BreakSettings(start=time(7, 40), minutes=30),
            BreakSettings(start=time(8, 10), minutes=30),
        ),
    )
    seen = told(passages(at_ms.tolist(), "N" * 423 + "O" * (19_271 - 423)), 480, line)
    assert seen.planned == pytest.approx(420 * 60)
    assert seen.stopped == pytest.approx(47 * 60, abs=3)
    assert seen.oee is not None
    assert seen.oee.availability == pytest.approx(0.8881, abs=2e-4)
    assert seen.oee.performance == pytest.approx(0.8611, abs=2e-4)
    assert seen.oee.quality == pytest.approx(0.9780, abs=5e-5)
    assert seen.oee.value == pytest.approx(0.7479, abs=2e-4)
    assert seen.pace == pytest.approx(19_271 / 420)
    assert len(seen.stops) == 1
    assert seen.stops[0].seconds == pytest.approx(47 * 60, abs=3)


def test_a_break_that_the_line_worked_through_is_none() -> None:
    line = LineSettings(ideal_cycle=1.0, breaks=(BreakSettings(start=time(6, 2), minutes=5),))
    worked = told(passages(every(1, 600), "O" * 600), 10, line)
    assert (worked.planned, worked.stopped) == (600, 0)
    stood = told(
        passages([*every(1, 120), *every(1, 180, BEGIN + 7 * MINUTE)], "O" * 300), 10, line
    )
    assert stood.planned == pytest.approx(300)
    assert stood.stopped == 0
    assert stood.cycle == 1.0


def test_what_a_break_does_not_explain_is_a_stop() -> None:
    line = LineSettings(ideal_cycle=1.0, breaks=(BreakSettings(start=time(6, 2), minutes=5),))
    parts = [*every(1, 60), *every(1, 120, BEGIN + 8 * MINUTE)]
    seen = told(passages(parts, "O" * 180), 10, line)
    assert seen.planned == pytest.approx(300)
    assert seen.stopped == pytest.approx(2 * 60 + 1)
    assert [one.seconds for one in seen.stops] == [pytest.approx(121)]
    assert seen.stops[0].paused == pytest.approx(300)


def test_without_a_setting_the_best_pace_shown_is_the_ideal_one() -> None:
    parts = passages(every(2, 300), "O" * 300)
    seen = told(parts, 10, LineSettings())
    assert seen.ideal is not None
    assert (seen.ideal.seconds, seen.ideal.shown) == (2.0, True)
    assert seen.longest == 10.0
    assert seen.oee is not None
    assert seen.oee.performance == pytest.approx(1.0)
    before = figures(parts, BEGIN, BEGIN + 10 * MINUTE, LineSettings(), STARTS, {"flange": 1.5})
    assert before.ideal is not None
    assert before.ideal.seconds == 1.5  # a slow shift does not hide behind its own pace
    assert before.oee is not None
    assert before.oee.performance == pytest.approx(0.75)
    few = told(passages(every(2, 20), "O" * 20), 1, LineSettings())
    assert (few.ideal, few.oee) == (None, None)
    assert few.cycle == 2.0


def test_each_recipe_has_its_own_pace() -> None:
    at_ms = [*every(1, 100), *every(4, 100, BEGIN + 100_000)]
    recipe = ["ring"] * 100 + ["flange"] * 100
    parts = passages(at_ms, "O" * 200, recipe=recipe)
    assert shown_paces(parts) == {"ring": 1.0, "flange": 4.0}
    seen = figures(parts, BEGIN, at_ms[-1], LineSettings(), STARTS)
    assert seen.ideal is not None
    assert seen.ideal.seconds == pytest.approx(2.5)
    assert seen.oee is not None
    assert seen.oee.performance == pytest.approx(1.0)
    by = dict(figures_by(parts, By.RECIPE, BEGIN, at_ms[-1], LineSettings(), STARTS))
    assert [one.oee.performance for one in by.values() if one.oee] == [1.0, 1.0]


def test_what_is_broken_down_adds_up_to_the_whole() -> None:
    rng = np.random.default_rng(8)
    at_ms = np.cumsum(rng.integers(500, 40_000, 400)) + BEGIN
    verdicts = "".join(rng.choice(list("OONRX"), 400))
    columns = {
        name: rng.choice(["a", "b", "c"], 400).tolist() for name in ("lot", "recipe", "operator")
    }
    parts = passages(at_ms.tolist(), verdicts, **columns)
    until = int(at_ms[-1])
    whole = figures(parts, BEGIN, until, LINE, STARTS)
    for by in (By.LOT, By.RECIPE, By.OPERATOR, By.MODEL, By.SHIFT):
        some = [one for _, one in figures_by(parts, by, BEGIN, until, LINE, STARTS)]
        assert sum(one.parts for one in some) == 400
        assert sum(one.good.count for one in some) == whole.good.count
        assert sum(one.first_pass.n for one in some) == whole.first_pass.n
        if by is not By.SHIFT:
            assert sum(one.planned for one in some) == pytest.approx(whole.planned)
            assert sum(one.stopped for one in some) == pytest.approx(whole.stopped)
    names = [name for name, _ in figures_by(parts, By.LOT, BEGIN, until, LINE, STARTS)]
    assert names == list(dict.fromkeys(columns["lot"]))


def test_shifts_are_told_apart_and_an_empty_one_was_not_planned() -> None:
    early, next_day = every(1, 100), every(1, 50, BEGIN + 24 * HOUR)
    parts = passages([*early, *next_day], "O" * 150)
    until = BEGIN + 24 * HOUR + 60_000
    found = figures_by(parts, By.SHIFT, BEGIN, until, LINE, STARTS)
    assert [(name, one.parts) for name, one in found] == [
        ("2026-03-03 06:00", 100),
        ("2026-03-04 06:00", 50),
    ]
    assert found[0][1].planned == 8 * 3600
    assert found[1][1].planned == 60
    assert figures(parts, BEGIN, until, LINE, STARTS).planned == pytest.approx(8 * 3600 + 60)


def test_a_shift_that_runs_without_a_part_stands() -> None:
    parts = passages(every(1, 8 * 3600), "O" * (8 * 3600))
    until = BEGIN + 8 * HOUR + 30 * MINUTE
    seen = figures(parts, BEGIN, until, LINE, STARTS)
    assert (seen.planned, seen.stopped) == (8.5 * 3600, 1800)


def test_agreement_needs_parts_of_both_kinds_that_were_confirmed() -> None:
    """Cohen 1960's κ from 2×2 counts: 20, 5, 10, 15 gives 0.4 (the example at Wikipedia)."""
    verdicts = "O" * 25 + "N" * 25
    said = "a" * 20 + "r" * 5 + "a" * 10 + "r" * 15
    seen = told(passages(every(1, 50), verdicts, said))
    assert seen.kappa is not None
    assert seen.kappa.value == pytest.approx(0.4)
    assert seen.judged == 50
    only_overruled = told(passages(every(1, 50), verdicts, "-" * 15 + "r" * 10 + "r" * 25))
    assert only_overruled.kappa is None  # of the OK parts only those that were wrong were judged
    assert only_overruled.judged == 35


def test_no_parts_and_one() -> None:
    none = told(passages([], ""))
    assert (none.parts, none.good.rate, none.oee, none.pace, none.cycle) == (0, None, None, 0, None)
    assert none.stopped == 600
    assert told(passages([BEGIN + 5], "O")).parts == 1
    assert figures_by(passages([], ""), By.LOT, BEGIN, BEGIN, LINE, STARTS) == ()
    never = figures(passages([], ""), BEGIN, BEGIN, LINE, STARTS)
    assert (never.planned, never.pace) == (0, None)


def test_a_hundred_thousand_parts_take_a_moment() -> None:
    rng = np.random.default_rng(9)
    at_ms = np.cumsum(rng.integers(1, 3000, 100_000)) + BEGIN
    parts = passages(at_ms.tolist(), "".join(rng.choice(list("OONRX"), 100_000)))
    began = clock.thread_time()
    figures(parts, BEGIN, int(at_ms[-1]), LineSettings(), STARTS)
    took = clock.thread_time() - began
    print(f"figures of 100,000 parts: {1e3 * took:.1f} ms")
    assert took < 0.5  # 0.02 s on a quiet machine


def test_shifts_by_the_clock_here() -> None:
    spans = shift_spans(STARTS, BEGIN + 1, BEGIN + 9 * HOUR)
    assert spans == ((BEGIN, BEGIN + 8 * HOUR), (BEGIN + 8 * HOUR, BEGIN + 16 * HOUR))
    night = shift_spans(STARTS, BEGIN - HOUR, BEGIN)
    assert night == ((BEGIN - 8 * HOUR, BEGIN),)
    assert shift_spans((time(6),), BEGIN, BEGIN + 1) == ((BEGIN, BEGIN + 24 * HOUR),)


def test_breaks_every_day_also_over_midnight() -> None:
    breaks = (
        BreakSettings(start=time(23, 50), minutes=20),
        BreakSettings(start=time(9), minutes=15),
    )
    since, until = BEGIN - 6 * HOUR, BEGIN + 5 * HOUR  # midnight to eleven
    nine = BEGIN + 3 * HOUR
    assert break_spans(breaks, since, until) == (
        (since - 10 * MINUTE, since + 10 * MINUTE),
        (nine, nine + 15 * MINUTE),
    )
    assert joined([(5, 9), (1, 3), (2, 4), (9, 10)]) == ((1, 4), (5, 10))
