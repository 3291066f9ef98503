import threading
import time

import pytest

from station.errors import ErrorCode, Fault
from station.pipeline.clock import Clock, ClockWatch, SleepWatch, awake_ns, elapsed_ns

S = 10**9


class Times:
    """The computer's clocks, moved by hand."""

    def __init__(self) -> None:
        self.wall = 1_800_000_000 * S
        self.awake = 77 * S
        self.elapsed = 99 * S

    def run(self, seconds: float) -> None:
        """An ordinary while."""
        self.wall += int(seconds * S)
        self.awake += int(seconds * S)
        self.elapsed += int(seconds * S)

    def sleep(self, seconds: float) -> None:
        self.wall += int(seconds * S)
        self.elapsed += int(seconds * S)


@pytest.fixture
def times() -> Times:
    return Times()


def clock_watch(times: Times) -> ClockWatch:
    return ClockWatch(lambda: times.wall, lambda: times.elapsed)


def sleep_watch(times: Times) -> SleepWatch:
    return SleepWatch(lambda: times.awake, lambda: times.elapsed)


def seconds(fault: Fault | None, code: ErrorCode) -> str:
    assert fault is not None
    assert fault.code is code
    return fault.fact("seconds")


def test_the_time_for_records_never_goes_back(times: Times) -> None:
    clock = Clock(lambda: times.wall)
    first = clock.now_ms()
    assert first == times.wall // 10**6
    assert clock.now_ms() == first + 1  # the same millisecond
    times.wall -= 3600 * S
    assert clock.now_ms() == first + 2
    times.wall += 3601 * S
    assert clock.now_ms() == times.wall // 10**6 == first + 1000


def test_no_two_threads_get_the_same_time() -> None:
    clock, seen = Clock(), []
    lock = threading.Lock()

    def ask() -> None:
        mine = [clock.now_ms() for _ in range(500)]
        assert mine == sorted(mine)
        with lock:
            seen.extend(mine)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == len(seen) == 2000


def test_the_real_clock_is_the_wall_clock() -> None:
    assert abs(Clock().now_ms() - time.time() * 1000) < 1000


@pytest.mark.parametrize(("jump", "said"), [(3600.0, "+3600"), (-7.4, "-7"), (2.1, "+2")])
def test_a_jump_stands_for_a_minute(times: Times, jump: float, said: str) -> None:
    watch = clock_watch(times)
    assert watch.blocks is False
    for _ in range(5):
        assert watch.look() is None
        times.run(1)
    times.wall += int(jump * S)
    for _ in range(60):
        assert seconds(watch.look(), ErrorCode.CLOCK_JUMPED) == said
        times.run(1)
    assert watch.look() is None


def test_slewing_and_small_steps_are_no_jump(times: Times) -> None:
    watch = clock_watch(times)
    for _ in range(300):
        times.run(1)
        times.wall += S // 2000  # the most that NTP slews
        assert watch.look() is None
    times.wall -= 2 * S
    assert watch.look() is None


def test_a_second_jump_is_told_with_its_own_seconds(times: Times) -> None:
    watch = clock_watch(times)
    watch.look()
    times.wall += 100 * S
    assert seconds(watch.look(), ErrorCode.CLOCK_JUMPED) == "+100"
    times.run(30)
    times.wall -= 100 * S
    for _ in range(59):
        assert seconds(watch.look(), ErrorCode.CLOCK_JUMPED) == "-100"
        times.run(1)


def test_sleep_is_no_jump_of_the_clock(times: Times) -> None:
    watch = clock_watch(times)
    watch.look()
    times.sleep(3600)
    assert watch.look() is None


def test_sleep_is_told_once(times: Times) -> None:
    watch = sleep_watch(times)
    assert watch.blocks is True
    assert watch.look() is None
    times.sleep(600)
    times.run(1)
    assert seconds(watch.look(), ErrorCode.SLEPT) == "601"
    times.run(1)
    assert watch.look() is None


def test_standing_still_is_as_bad_as_sleep(times: Times) -> None:
    """The process was stopped, or the virtual machine was: no clock tells it, the gap does."""
    watch = sleep_watch(times)
    watch.look()
    times.run(5.5)
    assert seconds(watch.look(), ErrorCode.SLEPT) == "6"
    times.run(4.9)
    assert watch.look() is None


def test_short_naps_and_a_clock_that_is_set_are_no_sleep(times: Times) -> None:
    watch = sleep_watch(times)
    for _ in range(20):
        assert watch.look() is None
        times.sleep(0.5)
        times.run(1)
    times.wall -= 3600 * S
    assert watch.look() is None


def test_the_real_clocks_agree_while_nobody_sleeps() -> None:
    clock, sleep = ClockWatch(), SleepWatch()
    gap = elapsed_ns() - awake_ns()
    for _ in range(3):
        assert clock.look() is None
        assert sleep.look() is None
        time.sleep(0.05)
    assert abs(elapsed_ns() - awake_ns() - gap) < S // 100
