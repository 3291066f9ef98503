"""The time for records, and the watches over the computer's clock and sleep.

Three clocks: wall (people's, may be set at any moment), awake (monotonic, stands still while the
computer sleeps where the system has such a clock), elapsed (monotonic, counts sleep too).
"""

import ctypes
import sys
import threading
import time
from collections.abc import Callable

from station.errors import ErrorCode, Fault

NowNs = Callable[[], int]

JUMP_SECONDS = 2.0
JUMP_STANDS_SECONDS = 60.0
SLEEP_SECONDS = 5.0

if sys.platform == "linux":

    def awake_ns() -> int:
        """Monotonic, without sleep."""
        return time.monotonic_ns()

    def elapsed_ns() -> int:
        """Monotonic, with sleep."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)

elif sys.platform == "win32":

    def awake_ns() -> int:
        """Monotonic, without sleep: QueryUnbiasedInterruptTime, since Windows 7, in 100 ns."""
        value = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(value))
        return value.value * 100

    def elapsed_ns() -> int:
        """Monotonic, with sleep: QueryInterruptTime, since Windows 10, in 100 ns."""
        value = ctypes.c_ulonglong()
        ctypes.windll.kernelbase.QueryInterruptTime(ctypes.byref(value))
        return value.value * 100

else:

    def awake_ns() -> int:
        """Monotonic; whether it counts sleep is not known here."""
        return time.monotonic_ns()

    elapsed_ns = awake_ns


class Clock:
    """UTC milliseconds that rise with every call, from any thread, whatever is done to the clock.

    A clock that was set back stands nearly still here until the wall clock has caught up.
    """

    def __init__(self, wall_ns: NowNs = time.time_ns) -> None:
        self._wall_ns = wall_ns
        self._last = 0
        self._lock = threading.Lock()

    def now_ms(self) -> int:
        """Now, and later than every answer before."""
        with self._lock:
            self._last = max(self._wall_ns() // 10**6, self._last + 1)
            return self._last


class ClockWatch:
    """CLOCK_JUMPED for a minute after the wall clock moved otherwise than time did."""

    blocks = False

    def __init__(self, wall_ns: NowNs = time.time_ns, elapsed_ns: NowNs = elapsed_ns) -> None:
        self._wall_ns = wall_ns
        self._elapsed_ns = elapsed_ns
        self._offset: int | None = None
        self._fault: Fault | None = None
        self._until = 0

    def look(self) -> Fault | None:
        """Compare the two clocks with the look before."""
        elapsed = self._elapsed_ns()
        offset = self._wall_ns() - elapsed
        jump = 0 if self._offset is None else offset - self._offset
        self._offset = offset
        if abs(jump) > JUMP_SECONDS * 1e9:
            facts = (("seconds", f"{jump / 1e9:+.0f}"),)
            self._fault = Fault(ErrorCode.CLOCK_JUMPED, facts)
            self._until = elapsed + int(JUMP_STANDS_SECONDS * 1e9)
        elif elapsed >= self._until:
            self._fault = None
        return self._fault


class SleepWatch:
    """SLEPT at the first look after the computer slept or all of us stood still; only that one.

    Camera and machine may be gone without having said so: they are to be opened anew.
    """

    blocks = True

    def __init__(self, awake_ns: NowNs = awake_ns, elapsed_ns: NowNs = elapsed_ns) -> None:
        self._awake_ns = awake_ns
        self._elapsed_ns = elapsed_ns
        self._last: tuple[int, int] | None = None

    def look(self) -> Fault | None:
        """Compare with the look before, which is to be about a second ago."""
        awake, elapsed = self._awake_ns(), self._elapsed_ns()
        last, self._last = self._last, (awake, elapsed)
        if last is None:
            return None
        gap = elapsed - last[1]
        slept = gap - (awake - last[0])
        if max(gap, slept) <= SLEEP_SECONDS * 1e9:
            return None
        return Fault(ErrorCode.SLEPT, (("seconds", f"{gap / 1e9:.0f}"),))
