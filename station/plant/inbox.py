"""Appending a station's rows to the plant's tables, each once however often it is sent."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select, text
from sqlalchemy.dialects.postgresql import insert

from station.plant.database import metadata, stations
from station.plant.outbox import Outgoing

_REFERS = {"decisions": "undoes", "audit": "confirms"}

_inspections = metadata.tables["inspections"]


def known_uids(connection: Connection, uids: Iterable[str]) -> dict[str, int]:
    """The plant's ids of those parts that are there."""
    query = select(_inspections.c.uid, _inspections.c.id)
    found = connection.execute(query.where(_inspections.c.uid.in_(list(uids))))
    return {row.uid: row.id for row in found}


def append(connection: Connection, name: str, rows: Sequence[Outgoing]) -> int:
    """Append what is not there, in order; returns how many of the first rows are there now.

    It ends before a row about a part that is not there.
    """
    table = metadata.tables[name]
    if "inspection" not in table.c:
        taken = [(row, row.values) for row in rows]
    else:
        ids = known_uids(connection, {row.uid for row in rows})
        taken = []
        for row in rows:
            if row.uid not in ids:
                break
            taken.append((row, row.values | {"inspection": ids[row.uid]}))
    connection.exec_driver_sql("DISCARD PLANS")  # the triggers' were made for smaller tables
    for run in _runs(taken):
        _insert(connection, table, run)
    return len(taken)


def heard_of(connection: Connection, name: str, program: str, waiting: int, at_ms: int) -> None:
    """Note that the station was heard of."""
    values = {"program": program, "waiting": waiting, "seen_ms": at_ms}
    statement = insert(stations).values(name=name, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


_Taken = tuple[Outgoing, dict[str, Any]]


def _runs(taken: list[_Taken]) -> Iterator[list[_Taken]]:
    """Cut before each row that refers to one of its run, which must have an id by then."""
    run: list[_Taken] = []
    origins: set[str] = set()
    for row, values in taken:
        if row.refers and row.refers in origins:
            yield run
            run, origins = [], set()
        run.append((row, values))
        origins.add(row.origin)
    if run:
        yield run


def _insert(connection: Connection, table: Table, run: list[_Taken]) -> None:
    """One statement: the triggers that count parts by the hour run once for it.

    All rows travel as one JSON text; a statement with so many values of its own takes ten times
    as long to put together.
    """
    refers = _REFERS.get(table.name)
    rows = []
    ids = _ids_by_origin(connection, table, {row.refers for row, _ in run if row.refers})
    for row, values in run:
        ready = dict(values)
        if "origin" in table.c:
            ready["origin"] = row.origin
        if refers is not None:
            ready[refers] = ids.get(row.refers)
        rows.append(ready)
    columns = ", ".join(rows[0])
    statement = f"""
        INSERT INTO {table.name} ({columns}) SELECT {columns}
        FROM json_populate_recordset(CAST(NULL AS {table.name}), CAST(:rows AS json))
        ON CONFLICT DO NOTHING"""  # noqa: S608 - names of our own tables
    connection.execute(text(statement), {"rows": json.dumps(rows, allow_nan=False)})


def _ids_by_origin(connection: Connection, table: Table, origins: set[str]) -> dict[str, int]:
    if not origins:
        return {}
    query = select(table.c.origin, table.c.id).where(table.c.origin.in_(origins))
    return {row.origin: row.id for row in connection.execute(query)}
