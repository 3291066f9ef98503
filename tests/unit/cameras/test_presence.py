"""Parts that the picture itself announces."""

import numpy as np
import pytest

from station.cameras.noise import SensorNoise
from station.cameras.presence import PresenceRule, PresenceWatch
from station.domain.part import Frame, Pixels
from station.domain.recipe import Roi
from station.errors import CameraError, ErrorCode
from tests.belt import COME, LIE, SIZE, belt

PERIOD_NS = 10_000_000
RULE = PresenceRule(settle=0.05)


def frames(pictures: list[tuple[Pixels, int]]) -> list[tuple[Frame, int]]:
    noise = SensorNoise(SIZE, 1)
    return [
        (Frame(noise.over(pixels, number), number, number * PERIOD_NS), still)
        for number, (pixels, still) in enumerate(pictures)
    ]


def started(watch: PresenceWatch, pictures: list[tuple[Pixels, int]]) -> list[int]:
    """Which parts were announced, by what lay still in the picture then."""
    return [still for frame, still in frames(pictures) if watch.part_in(frame)]


def test_every_part_is_announced_once_and_lies_still_in_that_picture() -> None:
    assert started(PresenceWatch(RULE), list(belt(12))) == list(range(1, 13))


def test_a_part_that_settles_is_waited_for_as_long_as_the_rule_says() -> None:
    watch = PresenceWatch(PresenceRule(settle=0.08))
    where = [n for n, (frame, _) in enumerate(frames(list(belt(1)))) if watch.part_in(frame)]
    first_still = next(n for n, (_, still) in enumerate(belt(1)) if still)
    assert len(where) == 1
    assert first_still + 8 <= where[0] <= first_still + 10


def test_a_moving_belt_starts_as_the_part_comes_in() -> None:
    watch = PresenceWatch(PresenceRule(settle=0))
    where = [n for n, (frame, _) in enumerate(frames(list(belt(3)))) if watch.part_in(frame)]
    first_still = next(n for n, (_, still) in enumerate(belt(1)) if still)
    assert len(where) == 3
    assert first_still - COME <= where[0] < first_still


@pytest.mark.parametrize("light", [0.6, 1.5])
def test_a_switched_light_is_no_part_and_hides_none(light: float) -> None:
    watch = PresenceWatch(RULE)
    before, after = list(belt(1)), [(p, s and s + 10) for p, s in belt(3, light)]
    assert started(watch, before + after) == [1, 11, 12, 13]


def test_light_that_drifts_is_followed_while_the_place_is_empty() -> None:
    table = np.full(SIZE[::-1], 40.0)
    left_half = np.arange(SIZE[0]) < SIZE[0] // 2  # unlike a switched light: only one side changes
    drift = [table * np.where(left_half, 1 + k / 400, 1.0) for k in range(400)]
    watch = PresenceWatch(RULE)
    assert started(watch, [(p.astype(np.uint8), 0) for p in drift]) == []


def test_a_part_that_stays_is_not_announced_again() -> None:
    pictures = list(belt(1))
    lying = [pair for pair in pictures if pair[1]]
    assert started(PresenceWatch(RULE), pictures[: 8 + COME] + lying * 20) == [1]


def test_only_the_watched_region_counts() -> None:
    corner = PresenceWatch(PresenceRule(settle=0.05, roi=Roi(0, 0, 32, 32)))
    tables = [(np.full(SIZE[::-1], 40, np.uint8), 0)] * 5
    other = [(pixels.copy(), 0) for pixels, _ in tables * LIE]
    for pixels, _ in other:
        pixels[100:200, 100:250] = 200
    assert started(corner, tables + other) == []
    for pixels, _ in other:
        pixels[0:32, 0:32] = 200
    assert len(started(corner, other)) == 1


def test_a_watched_region_outside_the_picture_is_refused_with_the_size() -> None:
    watch = PresenceWatch(PresenceRule(roi=Roi(300, 0, 64, 64)))
    with pytest.raises(CameraError) as caught:
        watch.part_in(Frame(np.zeros(SIZE[::-1], np.uint8), 1, 1))
    assert caught.value.code is ErrorCode.CAMERA_BAD_OPTION
    assert caught.value.fault.fact("allowed") == "320 × 256"


def test_colour_pictures_are_watched_as_well() -> None:
    colour = [(np.repeat(p[:, :, None], 3, axis=2), s) for p, s in belt(2)]
    watch = PresenceWatch(RULE)
    stamped = [(Frame(p, n, n * PERIOD_NS), s) for n, (p, s) in enumerate(colour)]
    assert [s for frame, s in stamped if watch.part_in(frame)] == [1, 2]
