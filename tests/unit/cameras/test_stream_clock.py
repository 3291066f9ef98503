import pytest

from station.cameras.stream.clock import BACKLOG_NS, StreamClock, StreamLateError

MS = 1_000_000
PERIOD = 40 * MS
LATENCY = 100 * MS


def settled(with_stamps: bool) -> tuple[StreamClock, int]:
    """A clock after two seconds of pictures in time, and when the last of them came."""
    clock, now = StreamClock(LATENCY), 10**12
    for number in range(50):
        now = 10**12 + number * PERIOD
        clock.exposed(now, number * PERIOD if with_stamps else None)
    return clock, now


def test_nothing_counts_before_the_backlog_is_gone() -> None:
    """Old pictures come as fast as they can, for longer than any fixed time."""
    clock, now = StreamClock(LATENCY), 0
    for number in range(1000):
        now += MS
        assert clock.exposed(now, number * PERIOD) is None
    assert now > BACKLOG_NS
    assert clock.exposed(now + PERIOD, 1000 * PERIOD) == now + PERIOD - LATENCY


@pytest.mark.parametrize("with_stamps", [True, False])
def test_a_picture_in_time_is_as_old_as_the_latency(with_stamps: bool) -> None:
    clock, now = settled(with_stamps)
    taken = clock.exposed(now + PERIOD, 50 * PERIOD if with_stamps else None)
    assert taken is not None
    expected = now + PERIOD - LATENCY
    assert taken in (expected, expected - PERIOD)  # without stamps: when the one before came


def test_by_its_stamp_a_held_up_picture_is_as_old_as_it_is() -> None:
    clock, now = settled(with_stamps=True)
    late = 10 * PERIOD
    for number in range(10):  # ten pictures that waited somewhere, all at once
        arrived = now + late + number * MS
        taken = clock.exposed(arrived, (50 + number) * PERIOD)
        assert taken == now + (number + 1) * PERIOD - LATENCY


def test_without_stamps_held_up_pictures_are_left_out() -> None:
    clock, now = settled(with_stamps=False)
    gap = now + 10 * PERIOD
    first = clock.exposed(gap)
    assert first is not None
    assert first <= now - LATENCY + PERIOD  # exposed at any time since the last one
    assert all(clock.exposed(gap + number * MS) is None for number in range(1, 10))
    after = gap + 10 * MS + PERIOD
    assert clock.exposed(after) == gap + 9 * MS - LATENCY


def test_a_quicker_way_never_turns_time_back() -> None:
    clock, now = settled(with_stamps=True)
    assert clock.exposed(now + PERIOD - 30 * MS, 50 * PERIOD) == now + PERIOD - 30 * MS - LATENCY
    rest = [clock.exposed(now + k * PERIOD, (49 + k) * PERIOD) for k in range(2, 9)]
    known = [taken for taken in rest if taken is not None]
    assert known == sorted(known)
    assert known[-1] == now + 8 * PERIOD - 30 * MS - LATENCY


def test_who_falls_ever_further_behind_is_told() -> None:
    """A decoder that is too slow: every picture comes 10 ms later than the one before."""
    clock, now = settled(with_stamps=True)

    def go_on() -> None:
        for number in range(1, 200):
            clock.exposed(now + number * (PERIOD + 10 * MS), (49 + number) * PERIOD)

    with pytest.raises(StreamLateError):
        go_on()


def test_a_clock_that_jumps_back_is_told() -> None:
    clock, now = settled(with_stamps=True)
    with pytest.raises(StreamLateError):
        clock.exposed(now + PERIOD, 0)


def test_clocks_that_drift_apart_are_followed() -> None:
    """200 ppm for ten minutes are 120 ms; the window forgets."""
    clock, now = StreamClock(LATENCY), 10**12
    worst = 0
    for number in range(15_000):
        now = 10**12 + round(number * PERIOD * 1.0002)
        taken = clock.exposed(now, number * PERIOD)
        if taken is not None:
            worst = max(worst, abs(now - LATENCY - taken))
    assert worst < 5 * MS
