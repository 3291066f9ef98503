"""What is looked at once a second beside the line: memory, the pace of the disk.

The watches over clock and sleep are in `clock.py`.
"""

import statistics
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import psutil

from station.errors import ErrorCode, Fault

MB = 10**6
WARM_LOOKS = 120
STEADY_LOOKS = 30
GROWN_TIMES = 1.5
GROWN_BYTES = 200 * MB
WRITES = 200
SLOW_SECONDS = 0.1
_OVER = WRITES // 100  # writes that p99 lets pass


class Watch(Protocol):
    """One thing that somebody must know of; looked at by one thread, about once a second."""

    @property
    def blocks(self) -> bool:
        """Whether every part is NOT_INSPECTED while `look` returns a fault."""

    def look(self) -> Fault | None:
        """What is wrong now, or None; returns at once."""


def resident_bytes() -> int:
    """The memory that this process holds."""
    return int(psutil.Process().memory_info().rss)


class MemoryWatch:
    """MEMORY_GROWN once this process holds far more than when it was warm, and goes on so.

    Compared are medians of STEADY_LOOKS looks, so that a moment's need is no growth. Warm is what
    was held at the end of the first WARM_LOOKS.
    """

    blocks = False

    def __init__(self, resident: Callable[[], int] = resident_bytes) -> None:
        self._resident = resident
        self._looks: deque[int] = deque(maxlen=STEADY_LOOKS)
        self._count = 0
        self._warm = 0.0

    def look(self) -> Fault | None:
        """Take one more figure."""
        self._looks.append(self._resident())
        self._count += 1
        if self._count < WARM_LOOKS:
            return None
        now = statistics.median(self._looks)
        if self._count == WARM_LOOKS:
            self._warm = now
        if now <= self._warm * GROWN_TIMES or now - self._warm <= GROWN_BYTES:
            return None
        facts = (("mb", f"{now / MB:.0f}"), ("since_mb", f"{self._warm / MB:.0f}"))
        return Fault(ErrorCode.MEMORY_GROWN, facts)


class SlowDiskWatch:
    """DISK_SLOW while more than 1 % of the last WRITES durable writes took over 100 ms.

    `took` is for any thread. Three slow writes are enough before the ring is full.
    """

    blocks = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writes: deque[float] = deque(maxlen=WRITES)
        self._lock = threading.Lock()

    def took(self, seconds: float) -> None:
        """One more write to the disk, from its begin until it was durable."""
        with self._lock:
            self._writes.append(seconds)

    def look(self) -> Fault | None:
        """Judge by the p99 of the ring."""
        with self._lock:
            slowest = sorted(self._writes, reverse=True)[: _OVER + 1]
        if len(slowest) <= _OVER or slowest[-1] <= SLOW_SECONDS:
            return None
        facts = (("path", str(self._path)), ("ms", f"{slowest[-1] * 1000:.0f}"))
        return Fault(ErrorCode.DISK_SLOW, facts)
