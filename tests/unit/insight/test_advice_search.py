"""Settings that are advised are better on the line that is behind the parts, and were seen."""

from dataclasses import replace

import numpy as np
import pytest

from station.insight.advice import Suggestion
from station.insight.advice_causes import SURE, prove
from station.insight.advice_model import Kind
from station.insight.advice_search import Seen, suggest, tried, was_seen
from tests.cutting import BLADE, COOLANT, FEED, IDLE, NAMES, UNITS, Line, Made, make

EAGER = replace(Line(), base=-3.4)


def nobody(_: float) -> None:
    """Listens."""


def seen_of(made: Made) -> Seen:
    return Seen(NAMES, UNITS, made.at_ms, made.values, made.scratched)


def settings_of(found: Suggestion) -> dict[int, float]:
    return {NAMES.index(one.name): one.to for one in found.changes}


def true_share(line: Line, seen: Seen, settings: dict[int, float]) -> float:
    """What would become of parts as they are lately."""
    values = seen.values[seen.lately].copy()
    for place, value in settings.items():
        values[:, place] = value
    return float(line.chances(values).mean())


def test_what_is_advised_lowers_the_true_share_and_by_about_as_much_as_said() -> None:
    """Of eight lines; the interval must hold the truth in all but one or two."""
    held = 0
    for seed in range(8):
        seen = seen_of(make(EAGER, 6000, seed))
        found = suggest(seen, Kind.STRAIGHT, (COOLANT, FEED), seed, nobody)
        assert found is not None, seed
        settings = settings_of(found)
        now, then = true_share(EAGER, seen, {}), true_share(EAGER, seen, settings)
        held += found.low <= then <= found.high
        print(
            f"{seed}: {settings} now {found.now:.4f} (true {now:.4f}) expected "
            f"{found.expected:.4f} ({found.low:.4f}-{found.high:.4f}, true {then:.4f}), "
            f"near {found.near} with {found.near_bad} bad"
        )
        assert then < 0.9 * now
        assert was_seen(seen, settings)
        assert found.near >= 50
        for place, value in settings.items():
            low, high = np.quantile(seen.values[:, place], (0.02, 0.98))
            assert low <= value <= high
    print(f"the truth was inside {held} of 8 intervals")
    assert held >= 6


def test_nothing_is_advised_where_nothing_drives() -> None:
    """Even where somebody would take the values for causes."""
    advised, both = 0, 0
    for seed in range(8):
        made = make(IDLE, 3000, seed)
        better = suggest(seen_of(made), Kind.STRAIGHT, (COOLANT, FEED), seed, nobody)
        advised += better is not None
        if better is not None:
            both += prove(made.values, made.scratched, seed, nobody).p <= SURE
    print(f"{advised} of 8 without proof of a cause, {both} with it")
    assert both == 0
    assert advised <= 3


def test_only_what_may_be_set_is_changed() -> None:
    seen = seen_of(make(EAGER, 6000, 1))
    found = suggest(seen, Kind.STRAIGHT, (FEED,), 0, nobody)
    assert found is not None
    assert [one.name for one in found.changes] == ["Feed rate"]
    assert found.changes[0].to < found.changes[0].was
    assert suggest(seen, Kind.STRAIGHT, (), 0, nobody) is None
    assert suggest(seen, Kind.STRAIGHT, (BLADE,), 0, nobody) is None, "hardly drives"


def test_a_slower_feed_costs_parts_a_minute() -> None:
    seen = seen_of(make(EAGER, 6000, 1))
    found = suggest(seen, Kind.STRAIGHT, (FEED,), 0, nobody)
    assert found is not None
    assert found.pace is not None
    assert found.pace_now is not None
    change = found.changes[0]
    near = found.pace_now * change.to / change.was
    assert found.pace == pytest.approx(near, rel=0.05)
    assert found.pace < found.pace_now


def test_where_no_part_was_made_nothing_is_advised() -> None:
    """Feed was only ever slow while the coolant was hot: slow and cold is not known."""
    made = make(EAGER, 6000, 2)
    values = made.values.copy()
    hot = values[:, COOLANT] > 29
    values[:, FEED] = np.where(hot, 220.0, 250.0) + np.random.default_rng(0).normal(0, 2, 6000)
    seen = Seen(NAMES, UNITS, made.at_ms, values, made.scratched)
    assert was_seen(seen, {FEED: 220.0, COOLANT: 31.0})
    assert not was_seen(seen, {FEED: 220.0, COOLANT: 27.0})
    assert not was_seen(seen, {FEED: 180.0})


def test_an_hour_that_was_good_is_no_proof_of_its_settings() -> None:
    made = make(EAGER, 6000, 3)
    values = made.values.copy()
    values[:, FEED] = 240 + np.random.default_rng(0).normal(0, 1, 6000)
    values[1000:1150, FEED] = 215.0  # fifty minutes
    seen = Seen(NAMES, UNITS, made.at_ms, values, made.scratched)
    assert not was_seen(seen, {FEED: 215.0})


def test_round_values_are_tried() -> None:
    rng = np.random.default_rng(0)
    assert tried(rng.choice([210.0, 225.0, 240.0], 500)) == [210.0, 225.0, 240.0]
    found = tried(rng.normal(29, 2, 5000))
    assert found[1] - found[0] == pytest.approx(1.0)
    assert all(one == round(one) for one in found)
