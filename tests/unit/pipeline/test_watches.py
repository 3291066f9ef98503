import mmap
import threading
from pathlib import Path

import numpy as np
import pytest

from station.errors import ErrorCode
from station.pipeline import watches
from station.pipeline.clock import ClockWatch, SleepWatch
from station.pipeline.watches import MB, MemoryWatch, SlowDiskWatch, Watch, resident_bytes


class Memory:
    """What a process holds, set by hand."""

    def __init__(self, mb: int) -> None:
        self.mb = mb

    def __call__(self) -> int:
        return self.mb * MB


def warm(mb: int, begin: int = 0) -> tuple[Memory, MemoryWatch]:
    """After the warm-up, with what it held before and at its end."""
    memory = Memory(begin or mb)
    watch = MemoryWatch(memory)
    for look in range(watches.WARM_LOOKS):
        if look == watches.WARM_LOOKS // 2:
            memory.mb = mb
        assert watch.look() is None
    return memory, watch


def looks(watch: MemoryWatch, count: int) -> list[bool]:
    return [watch.look() is not None for _ in range(count)]


def test_a_leak_is_told_with_both_figures() -> None:
    memory, watch = warm(500)
    for _ in range(600):
        memory.mb += 1
        if (fault := watch.look()) is not None:
            break
    assert fault is not None
    assert fault.code is ErrorCode.MEMORY_GROWN
    assert fault.fact("since_mb") == "500"
    assert 750 <= int(fault.fact("mb")) < 760
    assert looks(watch, 5) == [True] * 5  # it stands until somebody starts the process anew


def test_the_warm_up_itself_is_no_growth() -> None:
    memory, watch = warm(900, begin=100)
    memory.mb = 1300
    assert not any(looks(watch, 100))


@pytest.mark.parametrize(("mb", "later"), [(100, 299), (1000, 1490)])
def test_little_growth_is_none_either_way(mb: int, later: int) -> None:
    """Much in times but not in bytes, and much in bytes but not in times."""
    memory, watch = warm(mb)
    memory.mb = later
    assert not any(looks(watch, 100))


def test_a_moments_need_is_no_growth() -> None:
    memory, watch = warm(300)
    memory.mb = 3000
    assert not any(looks(watch, watches.STEADY_LOOKS // 2 - 1))
    memory.mb = 300
    assert not any(looks(watch, 100))


def test_the_real_figure_is_this_process() -> None:
    before = resident_bytes()
    with mmap.mmap(-1, 64 * 2**20) as kept:  # fresh pages: what was freed before is used again
        kept.write(b"x" * len(kept))
        assert resident_bytes() - before > 0.8 * len(kept)


def slow_ones(count: int, of: int = watches.WRITES, seconds: float = 0.25) -> SlowDiskWatch:
    watch = SlowDiskWatch(Path("/data"))
    for number in range(of):
        watch.took(seconds if number < count else 0.01)
    return watch


def test_a_slow_disk_is_told() -> None:
    assert slow_ones(2).look() is None
    fault = slow_ones(3).look()
    assert fault is not None
    assert fault.code is ErrorCode.DISK_SLOW
    assert (fault.fact("path"), fault.fact("ms")) == ("/data", "250")


def test_three_slow_writes_are_enough_at_the_start() -> None:
    assert SlowDiskWatch(Path("/data")).look() is None
    assert slow_ones(2, of=2).look() is None
    assert slow_ones(3, of=3).look() is not None


def test_it_is_the_same_p99_that_numpy_finds() -> None:
    dice = np.random.default_rng(1)
    for scale in (0.01, 0.03, 0.05, 0.1):
        writes = dice.exponential(scale, watches.WRITES)
        watch = SlowDiskWatch(Path("/data"))
        for seconds in writes:
            watch.took(float(seconds))
        p99 = np.percentile(writes, 99, method="inverted_cdf")
        fault = watch.look()
        assert (fault is not None) == (p99 > 0.1)
        assert fault is None or fault.fact("ms") == f"{p99 * 1000:.0f}"


def test_a_disk_that_is_quick_again_is_forgiven() -> None:
    watch = slow_ones(200)
    for _ in range(watches.WRITES - 2):
        watch.took(0.1)  # just in time
    assert watch.look() is None


def test_writes_are_told_by_any_thread_while_it_looks() -> None:
    watch = SlowDiskWatch(Path("/data"))
    threads = [
        threading.Thread(target=lambda: [watch.took(0.2) for _ in range(2000)]) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        watch.look()
    assert watch.look() is not None


def test_all_of_them_are_watches() -> None:
    all_of_them: list[Watch] = [
        ClockWatch(),
        SleepWatch(),
        MemoryWatch(),
        SlowDiskWatch(Path("/data")),
    ]
    assert [watch.blocks for watch in all_of_them] == [False, True, False, False]
    for watch in all_of_them:
        assert watch.look() is None
