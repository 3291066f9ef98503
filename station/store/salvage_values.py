"""Process values of a damaged database, brought back after the parts they were read with."""

import threading
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from station.domain.process import ProcessValue
from station.store.process_values import append_values
from station.store.salvage import Writing
from station.store.schema import inspections, process_values, series

_BATCH = 500


def bring_values_back(scratch: Connection, writing: Writing, stop: threading.Event) -> int:
    """Append what is not there; returns how many values came back.

    Those of a part that has some already, as one made of its picture has, are left as they are.
    """
    names = {row.id: row for row in scratch.execute(select(series))}
    last = count = 0
    query = select(process_values).order_by(process_values.c.id).limit(_BATCH)
    while not stop.is_set():
        rows = scratch.execute(query.where(process_values.c.id > last)).all()
        if not rows:
            break
        rows, last = _whole_parts(scratch, rows), rows[-1].id
        last = max(last, rows[-1].id)
        with writing() as connection:
            count += _bring(connection, scratch, names, rows)
    return count


def _whole_parts(scratch: Connection, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """With what follows of the last one's part, so that no part is cut in two."""
    part = rows[-1].inspection
    if part is None:
        return rows
    rest = select(process_values).where(
        process_values.c.inspection == part, process_values.c.id > rows[-1].id
    )
    return [*rows, *scratch.execute(rest.order_by(process_values.c.id))]


def _bring(
    connection: Connection, scratch: Connection, names: dict[int, Any], rows: Sequence[Row[Any]]
) -> int:
    parts = _parts(connection, scratch, {row.inspection for row in rows if row.inspection})
    has = select(process_values.c.inspection).where(process_values.c.inspection.in_(parts.values()))
    done = set(connection.execute(has).scalars())
    count = 0
    for part in dict.fromkeys(row.inspection for row in rows):
        new = parts.get(part) if part is not None else None
        if (part is not None and new is None) or new in done:
            continue
        values = [
            _value(names[row.series], row)
            for row in rows
            if row.inspection == part and row.series in names
        ]
        if part is None:
            values = [one for one in values if not _is_there(connection, one)]
        append_values(connection, values, new)
        count += len(values)
    return count


def _value(name: Any, row: Row[Any]) -> ProcessValue:
    return ProcessValue(name.name, row.value, name.unit, name.source, row.at_ms)


def _is_there(connection: Connection, one: ProcessValue) -> bool:
    same = (
        select(process_values.c.id)
        .join(series, series.c.id == process_values.c.series)
        .where(series.c.name == one.name, series.c.source == one.source)
        .where(series.c.unit == one.unit, process_values.c.at_ms == one.at_ms)
        .where(process_values.c.inspection.is_(None))
    )
    return connection.execute(same).first() is not None


def _parts(connection: Connection, scratch: Connection, old: set[int]) -> dict[int, int]:
    """The new ids of inspections by the old."""
    columns = inspections.c
    query = select(columns.id, columns.uid).where(columns.id.in_(old))
    uids = {row.uid: row.id for row in scratch.execute(query)}
    query = select(columns.id, columns.uid).where(columns.uid.in_(list(uids)))
    return {uids[row.uid]: row.id for row in connection.execute(query)}
