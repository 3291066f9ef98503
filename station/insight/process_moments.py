"""The time of each row, as it is written in a table: dates, or numbers that count.

Whether 1/2/2024 is in January or February is told by all dates of the column together: by a place
that goes beyond 12, else by the reading under which the rows are more nearly in order.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.tables import Table, is_numeric, numbers, require, texts

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(.*))?")
LOCAL = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+(.*))?")
CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)? ?([AaPp][Mm])? ?(Z|[+-]\d{2}:?\d{2})?"
)
DAY = 86_400.0
OTHER_STEP = 3.0  # times the step before: sampled otherwise, or counted in another unit
PARTS = 10  # of a table, whose steps are compared
MISSING = 1.5  # times the usual step

Numbers = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]
Parsed = tuple[int, int, int, float]  # year, the two others as they stand, second of the day


@dataclass(frozen=True, slots=True)
class Moments:
    """The order of the rows, and the time of each in that order.

    at: seconds of dates since 1970 by the clock that was written, else as counted. dated: whether
    they are dates. order: the rows of the table from the earliest on.
    """

    at: Numbers
    order: Index
    dated: bool
    faults: tuple[Fault, ...] = ()

    @property
    def step(self) -> float:
        """The usual time between two rows."""
        return float(np.median(np.diff(self.at))) if len(self.at) > 1 else 0.0


def find_dates(table: Table, taken: Sequence[str] = ()) -> str:
    """The first column of dates, or nothing."""
    for name in table.names:
        head = [cell for cell in table.columns[name][:20] if cell]
        if name not in taken and head and all(_parsed(cell) is not None for cell in head):
            return name
    return ""


def read_moments(table: Table, column: str) -> Moments:
    """Read a column of time; rows that stand in another order are sorted, and that is said.

    Raises DatasetError TABLE_NO_COLUMN, TABLE_GAP, TABLE_NOT_A_NUMBER, TABLE_NOT_A_TIME,
    TABLE_TIME_CHANGES.
    """
    require(table, column)
    dated = not is_numeric(table, column)
    at = _dates(table, column) if dated else numbers(table, column)
    faults: list[Fault] = []
    if dated:
        at = _closing_midnight(at)
    order = np.arange(len(at))
    back = np.flatnonzero(np.diff(at) < 0)
    if len(back):
        order = np.argsort(at, kind="stable")
        line = table.lines[int(back[0]) + 1]
        faults.append(_fault(ErrorCode.TABLE_TIME_UNSORTED, table, column, len(back), line))
    sorted_at = at[order]
    faults += _doubts(table, column, sorted_at, order, dated)
    return Moments(sorted_at, order, dated, tuple(faults))


def _doubts(table: Table, column: str, at: Numbers, order: Index, dated: bool) -> list[Fault]:
    """What is twice, where the step changes, and what is missing."""
    steps = np.diff(at)
    faults = []
    twice = np.flatnonzero(steps == 0)
    if len(twice):
        line = table.lines[int(order[twice[0] + 1])]
        faults.append(_fault(ErrorCode.TABLE_TIME_EQUAL, table, column, len(twice), line))
    change = _change(steps)
    if change is not None:
        row, before, after = change
        facts = {
            "path": table.path,
            "column": column,
            "line": table.lines[int(order[row])],
            "found": f"{after:g}",
            "expected": f"{before:g}",
        }
        if not dated:
            raise DatasetError(ErrorCode.TABLE_TIME_CHANGES, **facts)
        words = tuple((name, str(value)) for name, value in facts.items())
        return [*faults, Fault(ErrorCode.TABLE_STEP_CHANGES, words)]
    usual = float(np.median(steps)) if len(steps) else 0.0
    missing = np.flatnonzero(steps > MISSING * usual) if usual > 0 else np.zeros(0, np.intp)
    if 0 < len(missing) < len(steps) / 10:  # else the rows never came at an even pace
        line = table.lines[int(order[missing[0] + 1])]
        faults.append(_fault(ErrorCode.TABLE_STEPS_MISSING, table, column, len(missing), line))
    return faults


def _change(steps: Numbers) -> tuple[int, float, float] | None:
    """The row from which on the step is another one, and the steps before and after."""
    steps = np.where(steps > 0, steps, np.nan)
    if np.isfinite(steps).sum() < 2 * PARTS:
        return None
    parts = [part[np.isfinite(part)] for part in np.array_split(steps, PARTS)]
    usual = [float(np.median(part)) if len(part) else np.nan for part in parts]
    for number in range(1, PARTS):
        before, after = usual[number - 1], usual[number]
        if not (before > 0 and after > 0) or 1 / OTHER_STEP < after / before < OTHER_STEP:
            continue
        settled = all(1 / 2 < one / after < 2 for one in usual[number:])
        even = all(1 / 2 < one / before < 2 for one in usual[:number])
        if settled and even:
            edge = np.sqrt(before * after)
            begin = sum(len(part) for part in np.array_split(steps, PARTS)[: number - 1])
            after_edge = (steps[begin:] > edge) == (after > edge)
            return begin + int(np.argmax(after_edge)) + 1, before, after
    return None


def _dates(table: Table, column: str) -> Numbers:
    cells = texts(table, column)
    iso = ISO.fullmatch(cells[0]) is not None
    parsed = []
    for row, cell in enumerate(cells):
        one = _parsed(cell)
        if one is None or (ISO.fullmatch(cell) is not None) != iso:
            raise _no_time(table, column, row)
        parsed.append(one)
    day_first, month_first = _seconds(table, column, True), _seconds(table, column, False)
    if iso or "." in cells[0].split()[0]:
        return day_first(parsed)
    if max(one[1] for one in parsed) > 12 or max(one[2] for one in parsed) > 12:
        return (day_first if max(one[2] for one in parsed) <= 12 else month_first)(parsed)
    by_day, by_month = day_first(parsed), month_first(parsed)
    return by_month if _turns(by_month) < _turns(by_day) else by_day


def _turns(at: Numbers) -> tuple[int, float]:
    """How often the time runs backwards, then how uneven its steps are."""
    steps = np.diff(_closing_midnight(at))
    return int((steps < 0).sum()), float(np.abs(steps).sum())


def _seconds(table: Table, column: str, day_first: bool) -> Callable[[list[Parsed]], Numbers]:
    def read(parsed: list[Parsed]) -> Numbers:
        found, days = np.empty(len(parsed)), dict[tuple[int, int, int], float]()
        for row, (year, one, other, second) in enumerate(parsed):
            key = (year, one, other)
            if key not in days:
                month, day = (other, one) if day_first else (one, other)
                try:
                    days[key] = datetime(year, month, day, tzinfo=UTC).timestamp()
                except ValueError:
                    raise _no_time(table, column, row) from None
            found[row] = days[key] + second
        return found

    return read


def _parsed(cell: str) -> Parsed | None:
    """Year, then day and month as in d/m/yyyy, and the second of the day."""
    if iso := ISO.fullmatch(cell):
        second = _clock(iso[4])
        return None if second is None else (int(iso[1]), int(iso[3]), int(iso[2]), second)
    if local := LOCAL.fullmatch(cell):
        second = _clock(local[5])
        return None if second is None else (int(local[4]), int(local[1]), int(local[3]), second)
    return None


def _clock(text: str | None) -> float | None:
    """The second of the day; what is written ahead of UTC is taken off."""
    if not text:
        return 0.0
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), float(found[3] or 0)
    if found[4]:
        second += float(f"0.{found[4]}")
    if found[5]:
        hour = hour % 12 + (12 if found[5].lower() == "pm" else 0)
    if hour > 24 or minute > 59 or second >= 61:
        return None
    return hour * 3600 + minute * 60 + second - _offset(found[6])


def _offset(zone: str | None) -> float:
    if not zone or zone == "Z":
        return 0.0
    digits = zone[1:].replace(":", "")
    size = int(digits[:2]) * 3600 + int(digits[2:]) * 60
    return float(-size if zone[0] == "-" else size)


def _closing_midnight(at: Numbers) -> Numbers:
    """Where rows are only in order if 0:00 is the end of its day, it is."""
    if not (np.diff(at) < 0).any():
        return at
    later = np.where(at % DAY == 0, at + DAY, at)
    return later if not (np.diff(later) < 0).any() else at


def _no_time(table: Table, column: str, row: int) -> DatasetError:
    return DatasetError(
        ErrorCode.TABLE_NOT_A_TIME,
        path=table.path,
        column=column,
        line=table.lines[row],
        value=table.columns[column][row][:40],
    )


def _fault(code: ErrorCode, table: Table, column: str, count: int, line: int) -> Fault:
    facts = {"path": table.path, "column": column, "count": count, "line": line}
    return Fault(code, tuple((name, str(value)) for name, value in facts.items()))
