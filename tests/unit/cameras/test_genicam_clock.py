"""When a shot was exposed: never later than it was."""

import numpy as np

from station.cameras.genicam_clock import ShotClock
from station.cameras.genicam_link import Shot

MS = 1_000_000
PERIOD = 40 * MS
EXPOSURE = 5 * MS
BLANK = np.zeros((8, 8), np.uint8)


def shot(arrived: int, device: int | None = None) -> Shot:
    return Shot(BLANK, arrived, device)


def settled(stamped: bool) -> tuple[ShotClock, int]:
    clock, now = ShotClock(), 10**12
    for number in range(20):
        now = 10**12 + number * PERIOD
        clock.begin(shot(now, number * PERIOD if stamped else None), EXPOSURE)
    return clock, now


def test_a_picture_in_time_began_a_period_and_an_exposure_ago() -> None:
    for stamped in (True, False):
        clock, now = settled(stamped)
        at = clock.begin(shot(now + PERIOD, 20 * PERIOD if stamped else None), EXPOSURE)
        assert at == now + PERIOD - PERIOD - EXPOSURE


def test_an_unknown_exposure_is_as_long_as_the_period() -> None:
    clock, now = settled(True)
    assert clock.begin(shot(now + PERIOD, 20 * PERIOD), None) == now - PERIOD


def test_pictures_that_waited_are_as_old_as_their_stamps_say() -> None:
    clock, now = settled(True)
    for number in range(5):
        at = clock.begin(shot(now + 10 * PERIOD + number * MS, (20 + number) * PERIOD), EXPOSURE)
        assert at == now + (number + 1) * PERIOD - PERIOD - EXPOSURE


def test_without_stamps_they_are_as_old_as_the_last_that_came_in_time() -> None:
    clock, now = settled(False)
    for number in range(5):
        at = clock.begin(shot(now + 10 * PERIOD + number * MS), EXPOSURE)
        assert at <= now - EXPOSURE  # none may have been taken later than the first that waited
    late = now + 10 * PERIOD + 4 * MS + PERIOD
    assert clock.begin(shot(late), EXPOSURE) == late - PERIOD - EXPOSURE


def test_the_period_is_a_second_as_long_as_nobody_knows() -> None:
    clock = ShotClock()
    assert clock.period_ns == 1000 * MS
    clock.begin(shot(0), None)
    clock.begin(shot(PERIOD), None)
    assert clock.period_ns == PERIOD
