"""What a line makes of its time, against a published worked example."""

import numpy as np
import pytest

from station.insight.kpi import Stop, best_cycle, gaps, oee, stops


def test_the_shift_of_vorne() -> None:
    """oee.com: 420 min planned, 47 min down, 1.0 s, 19,271 parts, 423 bad: OEE 74.79 %."""
    seen = oee(420 * 60, 47 * 60, 1.0, 19_271, 19_271 - 423)
    assert seen is not None
    assert seen.availability == pytest.approx(0.8881, abs=5e-5)
    assert seen.performance == pytest.approx(0.8611, abs=5e-5)
    assert seen.quality == pytest.approx(0.9780, abs=5e-5)
    assert seen.value == pytest.approx(0.7479, abs=5e-5)


def test_a_line_that_stood_or_made_nothing_has_none() -> None:
    assert oee(600, 600, 1.0, 5, 5) is None
    assert oee(600, 0, 1.0, 0, 0) is None


def test_an_ideal_cycle_that_is_too_long_shows() -> None:
    seen = oee(100, 0, 2.0, 80, 80)
    assert seen is not None
    assert seen.performance == pytest.approx(1.6)


@pytest.mark.parametrize(
    "wrong", [(10, 20, 1, 5, 5), (10, -1, 1, 5, 5), (10, 0, 0, 5, 5), (10, 0, 1, 5, 6)]
)
def test_figures_that_no_line_has_are_refused(wrong: tuple[float, float, float, int, int]) -> None:
    with pytest.raises(ValueError, match="stopped"):
        oee(*wrong)


def test_gaps_are_stops_also_at_both_ends() -> None:
    parts = [10_000, 12_000, 14_000, 60_000, 62_000]
    assert stops(parts, 0, 100_000, 5) == (
        Stop(0, 10_000),
        Stop(14_000, 60_000),
        Stop(62_000, 100_000),
    )
    assert sum(one.seconds for one in stops(parts, 0, 100_000, 5)) == 94
    assert stops([], 0, 3_000, 5) == ()
    assert stops([], 0, 60_000, 5) == (Stop(0, 60_000),)
    assert stops([-50, 5_000, 700_000], 0, 8_000, 5) == ()


def test_the_pace_that_the_line_has_shown() -> None:
    parts = [1_000 * n for n in range(60)]
    assert best_cycle(parts) == 1.0
    slow = [n + (30_000 if n > 40_000 else 0) for n in parts]
    assert best_cycle(slow) == 1.0
    assert best_cycle(parts[:40]) is None


def test_a_break_is_no_stop_and_what_is_longer_than_it_is() -> None:
    parts = [10_000, 60_000, 62_000]
    assert stops(parts, 0, 70_000, 10, [(12_000, 55_000)]) == ()
    found = stops(parts, 0, 70_000, 10, [(20_000, 40_000), (45_000, 50_000)])
    assert found == (Stop(10_000, 60_000, 25.0),)
    assert found[0].seconds == 25.0


def test_gaps_add_up_to_the_stretch() -> None:
    rng = np.random.default_rng(2)
    parts = np.sort(rng.integers(0, 1_000_000, 300))
    found = gaps(parts, 0, 1_000_000, 5.0, [(100_000, 160_000), (500_000, 530_000)])
    assert found.seconds.sum() == pytest.approx(1000)
    assert len(found.seconds) == 301
    assert (found.planned + found.paused).sum() == pytest.approx(1000)
    assert 0 <= found.stopped.sum() <= found.planned.sum()
