"""Room on the disk of the records: warned of in time, and no part passed when it ends."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from station.errors import ErrorCode, Fault, StoreError
from station.store.queries import Reader
from station.store.schema import inspections, removals

WARN_DAYS = 3.0
LEAST_BYTES = 10**9
_DAY_MS = 24 * 3600 * 1000
_HOUR_MS = 3600 * 1000
_ASK_SECONDS = 60.0


def free_bytes(folder: Path) -> int:
    """What this user may still write there."""
    return shutil.disk_usage(folder).free


class DaysLeftWatch:
    """DISK_DAYS_LEFT while the disk will be full in less than WARN_DAYS at the last day's pace.

    Pictures that were removed count against those that came, so that a station whose retention
    keeps up is not warned of.
    """

    blocks = False

    def __init__(self, folder: Path, reader: Reader, days: float = WARN_DAYS) -> None:
        self._folder = folder
        self._reader = reader
        self._days = days
        self._ask_at = 0.0
        self._fault: Fault | None = None

    def look(self) -> Fault | None:
        """Ask the records once a minute, and answer from memory else."""
        if time.monotonic() >= self._ask_at:
            self._ask_at = time.monotonic() + _ASK_SECONDS
            self._fault = self._measure()
        return self._fault

    def _measure(self) -> Fault | None:
        try:
            left = days_left(self._folder, self._reader, time.time_ns() // 10**6)
        except (OSError, StoreError):  # told by whoever must write there
            return self._fault
        if left is None or left >= self._days:
            return None
        facts = (("path", str(self._folder)), ("days", f"{left:.1f}"))
        return Fault(ErrorCode.DISK_DAYS_LEFT, facts)


class DiskTooLowWatch:
    """DISK_TOO_LOW while less than `least` bytes are free: then no part is inspected."""

    blocks = True

    def __init__(
        self, folder: Path, least: int = LEAST_BYTES, free: Callable[[Path], int] = free_bytes
    ) -> None:
        self._folder = folder
        self._least = least
        self._free = free

    def look(self) -> Fault | None:
        """Ask the system, some microseconds."""
        try:
            free = self._free(self._folder)
        except OSError:  # told by whoever must write there
            return None
        if free >= self._least:
            return None
        facts = (("path", str(self._folder)), ("free", f"{free / 1e9:.2f}"))
        return Fault(ErrorCode.DISK_TOO_LOW, facts)


def days_left(folder: Path, reader: Reader, now_ms: int) -> float | None:
    """When the disk is full at the pace of the last day, or of a younger station's life.

    None while it does not fill.
    """
    since = now_ms - _DAY_MS
    columns = inspections.c
    came = select(func.sum(columns.image_bytes), func.min(columns.at_ms))
    came = came.where(columns.at_ms >= since, columns.at_ms <= now_ms)
    older = select(columns.id).where(columns.at_ms < since).limit(1)
    went = select(func.sum(columns.image_bytes)).select_from(removals).join(inspections)
    with reader.connection() as connection:
        added, first = connection.execute(came).one()
        removed = connection.execute(went.where(removals.c.at_ms >= since)).scalar()
        span = _DAY_MS if connection.execute(older).first() else now_ms - (first or since)
    grown = int(added or 0) - int(removed or 0)
    if grown <= 0:
        return None
    return free_bytes(folder) / grown * max(span, _HOUR_MS) / _DAY_MS
