"""Drift of pictures and scores: told when it is there, and not when it is not."""

from typing import Any

import numpy as np
import pytest

from station.insight.drift import (
    BLOCK,
    Band,
    Drift,
    DriftLook,
    DriftPoint,
    Quantity,
    State,
    bands,
    drift,
    drifts,
)
from tests.unit.insight.columns import passages

STEP = 3000


def parts_of(values: Any, quantity: Quantity = Quantity.BRIGHTNESS, verdict: str = "O") -> Any:
    n = len(values)
    return passages(range(0, n * STEP, STEP), verdict * n, **{quantity.value: list(values)})


def baseline(quantity: Quantity, rng: np.random.Generator, parts: int = 1000) -> Any:
    return bands(parts_of(rng.normal(100, 8, parts), quantity))


def told(values: Any, quantity: Quantity = Quantity.BRIGHTNESS, seed: int = 1) -> Drift:
    (found,) = drifts(parts_of(values, quantity), baseline(quantity, np.random.default_rng(seed)))
    return found


def test_the_band_is_that_of_means_and_not_of_parts() -> None:
    """Parts spread by 8 about 100; means of 50 by 8/√50 = 1.13, and half of the way to the 5 or
    95 % quantile is 0.5 × 1.645 × 8 = 6.6: wider than chance needs, narrower than parts."""
    band = baseline(Quantity.BRIGHTNESS, np.random.default_rng(1))[Quantity.BRIGHTNESS]
    assert band.centre == pytest.approx(100, abs=1)
    assert band.high - band.centre == pytest.approx(6.6, rel=0.1)
    assert band.centre - band.low == pytest.approx(6.6, rel=0.1)
    assert band.parts == 1000


def test_where_blocks_differ_the_band_follows_them() -> None:
    rng = np.random.default_rng(2)
    values = np.repeat(rng.normal(100, 10, 20), BLOCK) + rng.normal(0, 1, 1000)
    band = bands(parts_of(values))[Quantity.BRIGHTNESS]
    spread = values.reshape(20, BLOCK).mean(axis=1).std(ddof=1)
    assert band.high - band.centre == pytest.approx(3.45 * spread * np.sqrt(1.05))


def test_parts_like_those_of_the_release_are_inside() -> None:
    rng = np.random.default_rng(3)
    outside = [told(rng.normal(100, 8, 6000), seed=n).state for n in range(200)]
    assert outside.count(State.INSIDE) == 200


def test_brightness_that_creeps_up_is_told_with_its_begin() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(100, 8, 6000)
    values[3000:] += np.linspace(0, 9, 3000)
    found = told(values)
    assert (found.state, found.up, found.look) == (State.CREEPING, True, DriftLook.BRIGHTER)
    assert found.since_ms is not None
    assert abs(found.since_ms / STEP - 3000) < 600
    assert len(found.points) == 120
    assert found.points[0].at_ms == 49 * STEP


def test_a_lamp_that_fails_is_a_jump() -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(100, 8, 6000)
    values[4000:] -= 12
    found = told(values)
    assert (found.state, found.up, found.look) == (State.JUMPED, False, DriftLook.DARKER)
    assert found.since_ms is not None
    assert abs(found.since_ms / STEP - 4000) <= 2 * BLOCK


def test_what_came_back_is_told_no_more() -> None:
    rng = np.random.default_rng(6)
    values = rng.normal(100, 8, 6000)
    values[2000:3000] += 15
    assert told(values).state is State.INSIDE


def test_a_change_that_means_nothing_is_not_told() -> None:
    """Half a sigma of a part is sure with so many parts, and nothing to the model."""
    rng = np.random.default_rng(7)
    values = rng.normal(100, 8, 6000)
    values[3000:] += 2.0
    assert told(values).state is State.INSIDE


def test_outside_from_the_start_has_no_moment_of_change() -> None:
    rng = np.random.default_rng(8)
    found = told(rng.normal(88, 8, 2000), Quantity.SHARPNESS)
    assert (found.state, found.up, found.look) == (State.OUT, False, DriftLook.BLURRED)
    assert found.since_ms == found.points[0].at_ms


@pytest.mark.parametrize(
    ("quantity", "by", "look"),
    [
        (Quantity.BRIGHTNESS, 20, DriftLook.BRIGHTER),
        (Quantity.BRIGHTNESS, -20, DriftLook.DARKER),
        (Quantity.SHARPNESS, 20, DriftLook.SHARPER),
        (Quantity.SHARPNESS, -20, DriftLook.BLURRED),
        (Quantity.UNLIKE, 20, DriftLook.NEW_KIND),
        (Quantity.UNLIKE, -20, None),
        (Quantity.SCORE, 20, DriftLook.TO_LIMIT),
        (Quantity.SCORE, -20, DriftLook.FROM_LIMIT),
    ],
)
def test_what_to_look_at(quantity: Quantity, by: float, look: DriftLook | None) -> None:
    rng = np.random.default_rng(9)
    values = rng.normal(100, 8, 2000)
    values[1000:] += by
    found = told(values, quantity)
    assert found.look is look
    assert (found.state is State.INSIDE) == (look is None)


def test_scores_are_those_of_good_parts() -> None:
    rng = np.random.default_rng(10)
    band = bands(parts_of(rng.uniform(0, 0.2, 500), Quantity.SCORE))
    mixed = passages(range(0, 400 * STEP, STEP), "ON" * 200, score=[0.1, 0.99] * 200)
    (found,) = drifts(mixed, band)
    assert found.points[0].mean == pytest.approx(0.1)


def test_too_little_to_say_anything() -> None:
    rng = np.random.default_rng(11)
    assert bands(parts_of(rng.normal(100, 8, 150))) == {}
    known = baseline(Quantity.BRIGHTNESS, rng)
    assert drifts(parts_of(rng.normal(100, 8, 149)), known) == ()
    band = known[Quantity.BRIGHTNESS]
    assert drift(Quantity.BRIGHTNESS, band, [DriftPoint(1, 100.0, 50)]) is None


def test_what_never_changes_is_not_out_for_a_last_digit() -> None:
    band = bands(parts_of([0.1] * 1000))[Quantity.BRIGHTNESS]
    assert isinstance(band, Band)
    (found,) = drifts(parts_of([0.1 + 1e-12] * 1000), {Quantity.BRIGHTNESS: band})
    assert found.state is State.INSIDE


def test_many_parts_make_no_more_points_than_a_chart_shows() -> None:
    rng = np.random.default_rng(12)
    found = told(rng.normal(100, 8, 100_000))
    assert len(found.points) <= 120
    assert sum(one.n for one in found.points) > 99_000
