import random
import time

from station.cameras.aravis.clock import FrameClock, arrival

MS = 1_000_000
PERIOD = 40 * MS
ORIGIN = 77 * 10**12  # the camera's clock began some other day


def test_a_frame_that_was_held_up_looks_as_old_as_it_is() -> None:
    clock = FrameClock()
    for k in range(10):
        clock.begin(k * PERIOD + 3 * MS, ORIGIN + k * PERIOD, 0)
    late = clock.begin(10 * PERIOD + 33 * MS, ORIGIN + 10 * PERIOD, 0)
    assert late == 10 * PERIOD + 3 * MS


def test_no_frame_ever_looks_newer_than_its_arrival_less_what_lies_before() -> None:
    rng, clock = random.Random(1), FrameClock()
    last = 0
    for k in range(5000):
        exposed = k * PERIOD
        arrived = exposed + 5 * MS + int(rng.expovariate(1 / (4 * MS)))
        device = ORIGIN + round(exposed * (1 + 80e-6))  # a quartz that is 80 ppm fast
        taken = clock.begin(arrived, device, 5 * MS)
        assert taken <= arrived - 5 * MS
        assert taken >= exposed - 3 * MS  # and not much older than it is
        assert taken >= last
        last = taken


def test_a_slow_quartz_is_followed() -> None:
    clock = FrameClock()
    for k in range(50_000):  # half an hour
        exposed = k * PERIOD
        taken = clock.begin(exposed + 5 * MS, ORIGIN + round(exposed * (1 - 80e-6)), 0)
    assert exposed + 3 * MS < taken <= exposed + 5 * MS


def test_a_stamp_of_the_systems_clock_is_told_in_monotonic_time() -> None:
    before = time.monotonic_ns()
    told = arrival(time.time_ns() - 20 * MS)
    assert told is not None
    assert abs(told - (before - 20 * MS)) < 5 * MS


def test_a_clock_that_was_set_meanwhile_is_not_believed() -> None:
    assert arrival(time.time_ns() + 10 * MS) is None
    assert arrival(time.time_ns() - 3600 * 10**9) is None
