"""Process values of the records as rows: the mean of each value in each step of time.

Only whole steps count: what a row says never changes, however soon after it is asked. A value that
did not come in a step is carried forward a little while, since one that stays is only kept once a
minute; after that there is a gap, which is a nan here and an empty cell in a table.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from station.insight.tables import Table
from station.store.process_values import Series
from station.store.schema import process_values

CARRY_MS = 120_000  # twice as long as a steady value is not kept
HOUR_MS = 3_600_000
NO_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # at the beginning: a table program's formula

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recorded:
    """Rows in the order of time. at_ms: of a step its end, of a part when it came.

    values: (rows, columns), nan where there is a gap.
    """

    columns: tuple[str, ...]
    at_ms: Whole
    values: Numbers

    def __len__(self) -> int:
        return len(self.at_ms)

    def some(self, rows: npt.NDArray[np.bool_] | slice) -> "Recorded":
        """Those rows only."""
        return Recorded(self.columns, self.at_ms[rows], self.values[rows])

    def of(self, columns: tuple[str, ...]) -> "Recorded":
        """Those columns only, in that order."""
        places = [self.columns.index(name) for name in columns]
        return Recorded(columns, self.at_ms, self.values[:, places])

    @property
    def is_whole(self) -> npt.NDArray[np.bool_]:
        """Which rows have no gap."""
        return np.asarray(~np.isnan(self.values).any(axis=1), np.bool_)


@dataclass(frozen=True, slots=True)
class _Means:
    """Of one series: in which steps it has values, in their order, and their means."""

    step: Whole = field(default_factory=lambda: np.empty(0, np.int64))
    mean: Numbers = field(default_factory=lambda: np.empty(0))


def named(series: Sequence[Series]) -> dict[str, Series]:
    """Each series by its name, with unit and then source behind it where that is not its alone."""
    names = Counter(one.name for one in series)
    units = Counter((one.name, one.unit) for one in series)
    found = {}
    for one in series:
        name = one.name
        if names[one.name] > 1:
            name = f"{one.name} [{one.unit}]"
        if units[one.name, one.unit] > 1:
            name = f"{name} {one.source}"
        found[f"'{name}" if name.startswith(NO_FORMULA) else name] = one
    return found


def steps(
    connection: Connection,
    columns: Mapping[str, Series],
    since_ms: int,
    until_ms: int,
    step_ms: int,
    carry_ms: int | None = None,
) -> Recorded:
    """The whole steps that begin at `since_ms` + k × `step_ms`, and end by `until_ms`.

    A step in which nothing is known has no row. carry_ms: how long a value is carried forward,
    at least into the next step; None: two minutes.
    """
    carry = max(1, (CARRY_MS if carry_ms is None else carry_ms) // step_ms)
    count = max(0, until_ms - since_ms) // step_ms
    means = [
        _means(connection, one, since_ms, since_ms + count * step_ms, step_ms)
        for one in columns.values()
    ]
    rows = _rows(means, carry, count)
    values = np.full((len(rows), len(means)), np.nan)
    for place, one in enumerate(means):
        values[:, place] = _carried(one, rows, carry)
    return Recorded(tuple(columns), since_ms + (rows + 1) * step_ms, values)


def whole(found: Recorded) -> Recorded:
    """Without the rows that have a gap."""
    return found.some(found.is_whole)


def as_table(
    found: Recorded, path: Path, before: Mapping[str, Sequence[str]] | None = None
) -> Table:
    """With text in the cells, as if it had been read from a file. before: further columns."""
    columns: dict[str, Sequence[str]] = dict(before or {})
    for place, name in enumerate(found.columns):
        columns[name] = cells(found.values[:, place])
    return Table(path, columns, range(2, len(found) + 2))


def cells(values: Numbers) -> list[str]:
    """Numbers as text that is read back as the same numbers; a gap is empty."""
    return ["" if value != value else repr(value) for value in values.tolist()]


def as_csv(table: Table) -> bytes:
    """The table as a file that every table program reads."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows(zip(*table.columns.values(), strict=True))
    return text.getvalue().encode("utf-8-sig")


def _means(
    connection: Connection, one: Series, since_ms: int, until_ms: int, step_ms: int
) -> _Means:
    at = process_values.c.at_ms
    step = ((at - since_ms) // step_ms).label("step")
    query = (
        select(step, func.avg(process_values.c.value))
        .where(process_values.c.series == one.id, at >= since_ms, at < until_ms)
        .group_by(step)
        .order_by(step)
    )
    rows = connection.execute(query).all()
    if not rows:
        return _Means()
    number, mean = zip(*rows, strict=True)
    return _Means(np.array(number, np.int64), np.array(mean, np.float64))


def _rows(means: Sequence[_Means], carry: int, count: int) -> Whole:
    """The steps in which at least one value is known."""
    known = [one.step for one in means if len(one.step)]
    if not known:
        return np.empty(0, np.int64)
    first = min(int(one[0]) for one in known)
    last = min(max(int(one[-1]) for one in known) + carry, count - 1)
    edges = np.zeros(last - first + 2, np.int64)
    for one in known:
        np.add.at(edges, one - first, 1)
        np.add.at(edges, np.minimum(one + carry + 1 - first, len(edges) - 1), -1)
    return np.flatnonzero(np.cumsum(edges[:-1]) > 0).astype(np.int64) + first


def _carried(one: _Means, rows: Whole, carry: int) -> Numbers:
    """The value of each of those steps: its own, or the last one that is not too old."""
    if not len(one.step):
        return np.full(len(rows), np.nan)
    place = np.searchsorted(one.step, rows, "right") - 1
    known = (place >= 0) & (rows - one.step[place] <= carry)
    return np.where(known, one.mean[place], np.nan)
