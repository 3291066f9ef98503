"""Series of readings of units that run to failure, and the life that remained at each reading."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.tables import Table, at_least, is_numeric, numbers, require, texts

LEAST_ROWS = 50
LEAST_READINGS = 20  # of a unit: with fewer little can be told of it
LEAST_STEPS = 5  # within the cap: with fewer nothing is told apart
OTHER_UNIT = 3.0  # times the usual step: no missing reading, but another unit of time
MISSING = 1.5  # times the usual step
LEAK = 0.98
FAINT = 0.05  # correlation with the remaining life below which a column tells nothing

Numbers = npt.NDArray[np.float64]
Readings = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Series:
    """One unit's readings in the order of time. readings: (rows, columns)."""

    unit: str
    time: Numbers
    readings: Readings

    @property
    def age(self) -> Numbers:
        """The time since the first reading."""
        return np.asarray(self.time - self.time[0], np.float64)

    def left(self, cap: float) -> Numbers:
        """The life that remained at each reading if the last was the end, at most `cap`."""
        return np.asarray(np.minimum(self.time[-1] - self.time, cap), np.float64)


@dataclass(frozen=True, slots=True)
class Run:
    """All units of a table. step: the usual time between readings; faults: what is doubtful."""

    series: tuple[Series, ...]
    columns: tuple[str, ...]
    step: float
    faults: tuple[Fault, ...] = ()


def usable_columns(table: Table, taken: Sequence[str]) -> tuple[str, ...]:
    """The columns of numbers that are not taken already."""
    return tuple(name for name in table.names if name not in taken and is_numeric(table, name))


def read_run(
    table: Table, unit: str, time: str, columns: Sequence[str], step: float | None = None
) -> Run:
    """The series of a table; step: the one that is expected, else what is usual in it.

    Raises DatasetError TABLE_NO_COLUMN, TABLE_GAP, TABLE_NOT_A_NUMBER, TABLE_TIME_BACK,
    TABLE_TIME_TWICE, TABLE_TIME_UNIT.
    """
    require(table, unit, time, *columns)
    names, times = np.array(texts(table, unit)), numbers(table, time)
    readings = np.empty((len(table), len(columns)), np.float32)
    for place, name in enumerate(columns):
        readings[:, place] = numbers(table, name)
    series = []
    for name in dict.fromkeys(names.tolist()):
        rows = np.flatnonzero(names == name)
        _check_order(table, str(name), rows, times[rows])
        rows = rows[np.argsort(times[rows], kind="stable")]
        series.append(Series(str(name), times[rows], readings[rows]))
    usual = step or _usual_step(series)
    for one in series:
        _check_time(table, one, usual)
    return Run(tuple(series), tuple(columns), usual, _missing(table, series, usual))


def read_lives(table: Table, unit: str, time: str, drop: Sequence[str], cap: float) -> Run:
    """The series to learn from, of the columns that tell something.

    Raises as `read_run`, and TABLE_TOO_FEW, TABLE_CAP, TABLE_NOTHING_LEFT.
    """
    require(table, unit, time, *drop)
    at_least(table, LEAST_ROWS)
    run = read_run(table, unit, time, usable_columns(table, (unit, time, *drop)))
    if cap < LEAST_STEPS * run.step:
        raise DatasetError(
            ErrorCode.TABLE_CAP, path=table.path, cap=f"{cap:g}", step=f"{run.step:g}"
        )
    readings = np.concatenate([one.readings for one in run.series])
    left = np.concatenate([one.left(cap) for one in run.series])
    whole = np.concatenate([one.left(np.inf) for one in run.series])
    constant = readings.max(axis=0) == readings.min(axis=0) if len(run.columns) else np.zeros(0)
    faults = [*run.faults, *short_units(table, run)]
    if constant.any():
        names = ", ".join(np.array(run.columns)[constant].tolist())
        faults.append(Fault(ErrorCode.TABLE_CONSTANT, (("columns", names),)))
    kept = []
    for place in np.flatnonzero(~constant.astype(bool)):
        column = readings[:, place].astype(np.float64)
        bond = abs(correlation(column, left))
        if max(bond, abs(correlation(column, whole))) > LEAK:
            faults.append(leak(run.columns[place], "RUL", max(bond, correlation(column, whole))))
        if bond >= FAINT:
            kept.append(int(place))
    if not kept:
        raise DatasetError(ErrorCode.TABLE_NOTHING_LEFT, path=table.path)
    series = tuple(
        Series(one.unit, one.time, np.ascontiguousarray(one.readings[:, kept]))
        for one in run.series
    )
    return Run(series, tuple(run.columns[place] for place in kept), run.step, tuple(faults))


def short_units(table: Table, run: Run) -> tuple[Fault, ...]:
    """The warning where units have few readings."""
    short = [one for one in run.series if len(one.time) < LEAST_READINGS]
    if not short:
        return ()
    facts = {
        "path": table.path,
        "count": len(short),
        "unit": short[0].unit,
        "rows": len(short[0].time),
        "minimum": LEAST_READINGS,
    }
    words = tuple((name, str(value)) for name, value in facts.items())
    return (Fault(ErrorCode.TABLE_UNIT_SHORT, words),)


def correlation(one: Numbers, other: Numbers) -> float:
    """Pearson's, and 0 where one of the two never changes."""
    if one.max() == one.min() or other.max() == other.min():
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def leak(column: str, target: str, bond: float) -> Fault:
    """The warning that names the column."""
    facts = (("column", column), ("target", target), ("correlation", f"{abs(bond):.3f}"))
    return Fault(ErrorCode.TABLE_LEAK, facts)


def _usual_step(series: Sequence[Series]) -> float:
    steps = [np.diff(one.time) for one in series if len(one.time) > 1]
    every = np.concatenate(steps) if steps else np.ones(1)
    every = every[every > 0]
    return float(np.median(every)) if len(every) else 1.0


def _check_order(table: Table, unit: str, rows: npt.NDArray[np.intp], times: Numbers) -> None:
    """Lines in blocks may stand in any order; times of one block within another's are two lives."""
    turns = np.flatnonzero(np.diff(times) < 0) + 1
    if not len(turns):
        return
    blocks = sorted((float(one[0]), float(one[-1])) for one in np.split(times, turns))
    if any(end > begin for (_, end), (begin, _) in itertools.pairwise(blocks)):
        line = table.lines[int(rows[turns[0]])]
        raise DatasetError(ErrorCode.TABLE_TIME_BACK, path=table.path, unit=unit, line=line)


def _check_time(table: Table, one: Series, usual: float) -> None:
    steps = np.diff(one.time)
    if not len(steps):
        return
    twice = np.flatnonzero(steps == 0)
    if len(twice):
        time = f"{one.time[twice[0]]:g}"
        raise DatasetError(ErrorCode.TABLE_TIME_TWICE, path=table.path, unit=one.unit, time=time)
    found = float(np.median(steps))
    if not usual / OTHER_UNIT < found < usual * OTHER_UNIT:
        raise DatasetError(
            ErrorCode.TABLE_TIME_UNIT,
            path=table.path,
            unit=one.unit,
            found=f"{found:g}",
            expected=f"{usual:g}",
        )


def _missing(table: Table, series: Sequence[Series], usual: float) -> tuple[Fault, ...]:
    places = [
        (one.unit, one.time[place])
        for one in series
        for place in np.flatnonzero(np.diff(one.time) > MISSING * usual)
    ]
    if not places:
        return ()
    unit, time = places[0]
    facts = (("path", table.path), ("count", len(places)), ("unit", unit), ("time", f"{time:g}"))
    return (
        Fault(ErrorCode.TABLE_TIME_MISSING, tuple((name, str(value)) for name, value in facts)),
    )
