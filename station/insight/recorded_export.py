"""Process values of the records written as one wide table, as other commands read it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Connection

from station.errors import DatasetError, ErrorCode, StoreError
from station.insight.recorded import HOUR_MS, as_csv, as_table, cells, named, steps
from station.insight.recorded_lives import (
    HOURS,
    MOMENT,
    End,
    lives_of,
    lives_table,
    moments,
)
from station.insight.recorded_parts import parts, parts_table
from station.insight.tables import Table, without
from station.store.history import Filter
from station.store.notes import NoteKind, all_notes
from station.store.process_values import Series, all_series
from station.store.queries import Reader
from station.whole import check_writable, write_whole

ALL_PARTS = 2**31

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wide:
    """What to write. machine: by its runs; all_runs: with those that did not end worn.

    by_part: a row a part. only: these columns; none means all. whole: no
    row that has a gap.
    """

    since_ms: int
    until_ms: int
    step_ms: int = 60_000
    machine: str = ""
    all_runs: bool = False
    by_part: bool = False
    only: tuple[str, ...] = ()
    whole: bool = False


def export_wide(reader: Reader, folder: Path, wish: Wide, out: Path) -> dict[str, Any]:
    """Write it; how many rows and columns of values it has, and how many cells are empty.

    Raises StoreError EXPORT_NOTHING, DatasetError NO_SERVICE, TABLE_NO_COLUMN, OUTPUT_NOT_WRITABLE.
    """
    check_writable(out)
    with reader.connection() as connection:
        table, columns = wide_table(connection, folder, wish)
    if wish.whole:
        table = without(table, [f"{name}=" for name in columns])
    if not len(table):
        raise StoreError(ErrorCode.EXPORT_NOTHING)
    write_whole({out: as_csv(table)})
    empty = sum(cell == "" for name in columns for cell in table.columns[name])
    found: dict[str, Any] = {"file": str(out), "rows": len(table), "columns": list(columns)}
    if wish.machine:
        found["runs"] = len(set(table.columns["run"]))
    return found | {"empty": empty}


def wide_table(connection: Connection, folder: Path, wish: Wide) -> tuple[Table, tuple[str, ...]]:
    """The table, and which of its columns are values. Raises DatasetError as `export_wide`."""
    if wish.by_part:
        found = parts(connection, Filter(wish.since_ms, wish.until_ms), ALL_PARTS)
        chosen = _chosen({name: name for name in found.recorded.columns}, wish.only, folder)
        found = replace(found, recorded=found.recorded.of(tuple(chosen)))
        return parts_table(found, folder), found.recorded.columns
    columns = _chosen(named(all_series(connection)), wish.only, folder)
    if wish.machine:
        return _by_runs(connection, folder, wish, columns), tuple(columns)
    rows = steps(connection, columns, wish.since_ms, wish.until_ms, wish.step_ms)
    hours = (rows.at_ms - rows.at_ms[:1]) / HOUR_MS if len(rows) else np.empty(0)
    before = {MOMENT: moments(rows.at_ms), HOURS: cells(hours)}
    return as_table(rows, folder, before), tuple(columns)


def _by_runs(
    connection: Connection, folder: Path, wish: Wide, columns: Mapping[str, Series]
) -> Table:
    notes = all_notes(connection, NoteKind.SERVICE, wish.machine)
    if not notes:
        known = {one.subject for one in all_notes(connection, NoteKind.SERVICE)}
        raise DatasetError(
            ErrorCode.NO_SERVICE, machine=wish.machine, known=", ".join(sorted(known)) or "–"
        )
    lives = [
        one
        for one in lives_of(notes)
        if wish.since_ms <= one.since_ms < wish.until_ms and (wish.all_runs or one.end is End.WORN)
    ]
    return lives_table(connection, columns, lives, wish.step_ms, wish.until_ms, folder)


def _chosen(known: Mapping[str, T], only: tuple[str, ...], folder: Path) -> dict[str, T]:
    for name in only:
        if name not in known:
            names = ", ".join(known)
            raise DatasetError(ErrorCode.TABLE_NO_COLUMN, path=folder, column=name, known=names)
    return {name: one for name, one in known.items() if not only or name in only}
