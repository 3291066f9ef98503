"""Process values in the records: with a part, or by themselves at a time.

The name, unit and source of a value stand once, in `series`; a value is some twenty bytes beside.
"""

import csv
import math
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TextIO

from sqlalchemy import Connection, insert, select

from station.domain.process import ProcessValue
from station.errors import ErrorCode, StoreError
from station.store.rows import fit_text
from station.store.schema import inspections, process_values, series

_PAGE = 5000

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Series:
    """What was measured: name, unit, and from where."""

    id: int
    name: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series; with the uid of the part that it was read with, else empty."""

    at_ms: int
    value: float
    uid: str = ""


class Opened(Protocol):
    """A reader of records that is open."""

    def connection(self) -> AbstractContextManager[Connection]:
        """For one query."""


def append_values(
    connection: Connection, values: Sequence[ProcessValue], inspection: int | None
) -> None:
    """Append them in the caller's transaction; a value that is no number is left out."""
    known = [one for one in values if math.isfinite(one.value)]
    if not known:
        return
    ids = _ids(connection, known)
    rows = [
        {
            "series": ids[_key(one)],
            "at_ms": one.at_ms,
            "inspection": inspection,
            "value": float(one.value),
        }
        for one in known
    ]
    connection.execute(insert(process_values), rows)


def all_series(connection: Connection) -> list[Series]:
    """Everything that was ever measured, by name."""
    order = (series.c.name, series.c.source, series.c.unit)
    rows = connection.execute(select(series).order_by(*order))
    return [Series(row.id, row.name, row.unit, row.source) for row in rows]


def values_of(connection: Connection, inspection: int) -> tuple[ProcessValue, ...]:
    """Those with that part, in the order in which they were written."""
    return values_of_all(connection, [inspection]).get(inspection, ())


def values_of_all(
    connection: Connection, parts: Sequence[int]
) -> dict[int, tuple[ProcessValue, ...]]:
    """Those with each of these parts, by the part's id; one without any is not in it."""
    query = (
        select(process_values.c.inspection, process_values.c.value, process_values.c.at_ms, series)
        .join(series, series.c.id == process_values.c.series)
        .where(process_values.c.inspection.in_(parts))
        .order_by(process_values.c.id)
    )
    found: dict[int, tuple[ProcessValue, ...]] = {}
    for row in connection.execute(query):
        one = ProcessValue(row.name, row.value, row.unit, row.source, row.at_ms)
        found[row.inspection] = (*found.get(row.inspection, ()), one)
    return found


def points(connection: Connection, of: Series, since_ms: int, until_ms: int) -> Iterator[Point]:
    """The series from `since_ms` to before `until_ms`, oldest first, page by page.

    A value that was read once may be there twice: by itself, and with a part.
    """
    at, id_ = process_values.c.at_ms, process_values.c.id
    query = (
        select(at, id_, process_values.c.value, inspections.c.uid)
        .outerjoin(inspections, inspections.c.id == process_values.c.inspection)
        .where(process_values.c.series == of.id, at < until_ms)
        .order_by(at, id_)
        .limit(_PAGE)
    )
    rows = connection.execute(query.where(at >= since_ms)).all()
    while rows:
        yield from (Point(row.at_ms, row.value, row.uid or "") for row in rows)
        last = rows[-1]
        later = (at > last.at_ms) | ((at == last.at_ms) & (id_ > last.id))
        rows = connection.execute(query.where(at >= last.at_ms, later)).all()


def export_values(reader: Opened, since_ms: int, until_ms: int, target: Path) -> int:
    """Write the table to a file, whole or not at all; how many values.

    Raises StoreError EXPORT_NOTHING or OUTPUT_NOT_WRITABLE.
    """
    half = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with (
            half.open("x", encoding="utf-8-sig", newline="") as file,
            reader.connection() as connection,
        ):
            count = write_table(connection, since_ms, until_ms, file)
            file.flush()
            os.fsync(file.fileno())
        if count:
            half.replace(target)
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(ErrorCode.OUTPUT_NOT_WRITABLE, path=target, reason=reason) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    if not count:
        raise StoreError(ErrorCode.EXPORT_NOTHING)
    return count


def write_table(connection: Connection, since_ms: int, until_ms: int, file: TextIO) -> int:
    """All series of that time as CSV, one after the other; how many values."""
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow(("name", "unit", "source", "time", "value", "uid"))
    count = 0
    for one in all_series(connection):
        head = (_safe(one.name), _safe(one.unit), _safe(one.source))
        for point in points(connection, one, since_ms, until_ms):
            table.writerow((*head, _moment(point.at_ms), repr(point.value), point.uid))
            count += 1
    return count


def _ids(connection: Connection, values: Iterable[ProcessValue]) -> dict[Key, int]:
    """The id of each series; there are few of them, and few are new."""
    known = {(row.name, row.unit, row.source): row.id for row in connection.execute(select(series))}
    for one in values:
        if _key(one) not in known:
            name, unit, source = _key(one)
            row = {"name": name, "unit": unit, "source": source}
            made = connection.execute(insert(series).returning(series.c.id), row)
            known[name, unit, source] = made.scalar_one()
    return known


def _key(one: ProcessValue) -> Key:
    return fit_text(one.name), fit_text(one.unit), fit_text(one.source)


def _moment(at_ms: int) -> str:
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03}Z"


def _safe(text: str) -> str:
    """A table program must not take it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
