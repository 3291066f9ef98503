"""What every source of process values needs: its last readings, and the fault of their loss."""

import math
import threading
import time

from station.errors import ErrorCode, Fault
from station.machine.readings import Reading

FRESH_PERIODS = 3


class Latest:
    """The last reading of each name; for any thread. An old one is as good as none."""

    def __init__(self, seconds: float) -> None:
        self._ns = int(seconds * 1e9)
        self._by_name: dict[str, Reading] = {}
        self._lock = threading.Lock()

    def put(self, reading: Reading) -> None:
        """A value that is no number (NaN, infinite) is none."""
        if math.isfinite(reading.value):
            with self._lock:
                self._by_name[reading.name] = reading

    def fresh(self) -> tuple[Reading, ...]:
        """Those that are young enough."""
        oldest = time.monotonic_ns() - self._ns
        with self._lock:
            return tuple(one for one in self._by_name.values() if one.at_ns >= oldest)


def readings_lost(kind: str, address: str) -> Fault:
    """Nothing comes from there, or not all; `address` may name the tag."""
    return Fault(ErrorCode.READINGS_LOST, (("kind", kind), ("address", address)))
