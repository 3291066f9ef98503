"""What a damaged database still holds, brought back into the one that took its place.

The rows are first sorted into a scratch file beside it: they are found in the order of pages, and
go back in the order of parts, each with all that was said of it.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    NullPool,
    Table,
    create_engine,
    func,
    insert,
    select,
)

from station.domain.inspection import Disposition
from station.store.aside import newest_pictures
from station.store.leaves import RawRow, Value, raw_rows
from station.store.notes import NoteKind
from station.store.place import Row, adopt, known_ids, place_parts, read_picture
from station.store.schema import (
    audit,
    classes,
    decisions,
    dispositions,
    evaluations,
    inspections,
    keeps,
    labels,
    metadata,
    models,
    notes,
    process_values,
    recipes,
    removals,
    revision_states,
    revisions,
    samples,
    second_looks,
    series,
    snapshot_members,
    snapshots,
)

SAID_OF_A_PART = (decisions, dispositions, removals, keeps, second_looks)
OF_A_REVISION = (revision_states, evaluations)
TAUGHT = (samples, labels, classes, snapshots, snapshot_members, revisions, *OF_A_REVISION)
_TABLES = (
    *(inspections, *SAID_OF_A_PART, recipes, models, audit, *TAUGHT),
    *(series, process_values, notes),
)
_LEAST = {"inspections": 32, "recipes": 5}  # so many columns had the first revision
_WORDS = {
    "dispositions": {one.value for one in Disposition},
    "keeps": {"sample", "golden", "challenge"},
    "notes": {one.value for one in NoteKind},
}
_SORT_BATCH, _BATCH = 2000, 200
_CARRY_SECONDS, _CARRY_PARTS = 2.0, 50
_PAUSE = 0.005  # between batches: parts are recorded meanwhile

Writing = Callable[[], AbstractContextManager[Connection]]
"""One transaction of the store that is being filled."""


@contextmanager
def sorted_rows(broken: Path, stop: threading.Event) -> Iterator[Connection]:
    """The rows of a broken database in tables without rules; reading it may take minutes."""
    path = broken.with_name(f"{broken.name}.salvage")
    path.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    try:
        with engine.connect() as scratch:
            scratch.exec_driver_sql("PRAGMA synchronous=OFF")
            scratch.exec_driver_sql("PRAGMA journal_mode=OFF")
            metadata.create_all(scratch, _TABLES)
            for row in _batches(raw_rows(broken), _SORT_BATCH, stop):
                _sort_in(scratch, row)
            for name in (table.name for table in (*SAID_OF_A_PART, process_values)):
                scratch.exec_driver_sql(f"CREATE INDEX {name}_i ON {name} (inspection)")
            scratch.commit()
            yield scratch
    finally:
        engine.dispose()
        path.unlink(missing_ok=True)


def bring_parts_back(scratch: Connection, writing: Writing, stop: threading.Event) -> int:
    """Append the parts that are not there, each with what was said of it; returns how many."""
    count, last = 0, 0
    query = select(inspections).order_by(inspections.c.id).limit(_BATCH)
    while not stop.is_set():
        rows = [row._asdict() for row in scratch.execute(query.where(inspections.c.id > last))]
        if not rows:
            break
        with writing() as connection:
            renamed = known_ids(connection, [row["uid"] for row in rows])
            fresh = [row for row in rows if row["uid"] not in renamed]
            renamed |= place_parts(connection, fresh)
            bring_words_back(connection, scratch, {row["id"]: renamed[row["uid"]] for row in rows})
        count, last = count + len(fresh), rows[-1]["id"]
        time.sleep(_PAUSE)
    return count


def bring_words_back(
    connection: Connection, scratch: Connection, renamed: Mapping[int, int]
) -> None:
    """Append what was said of these parts, by old id and new, where nothing was said already."""
    for table in SAID_OF_A_PART:
        spoken = select(table.c.inspection).where(table.c.inspection.in_(renamed.values()))
        has = set(connection.execute(spoken).scalars())
        due = {old: new for old, new in renamed.items() if new not in has}
        said = select(table).where(table.c.inspection.in_(due)).order_by(*table.primary_key.columns)
        rows = [row._asdict() for row in scratch.execute(said)]
        if table is decisions:
            _append_decisions(connection, rows, due)
        elif rows:
            connection.execute(
                insert(table),
                [{**_without_id(row), "inspection": due[row["inspection"]]} for row in rows],
            )


def _append_decisions(connection: Connection, rows: list[Row], due: Mapping[int, int]) -> None:
    """One by one, for an undo goes on naming what it undid."""
    renamed: dict[int, int] = {}
    for row in rows:
        undoes = row["undoes"]
        if undoes is not None and undoes not in renamed:
            continue  # what it undid is lost
        values = {**_without_id(row), "inspection": due[row["inspection"]]}
        values["undoes"] = None if undoes is None else renamed[undoes]
        made = connection.execute(insert(decisions).returning(decisions.c.id), values)
        renamed[row["id"]] = made.scalar_one()


def trusted_above(scratch: Connection) -> int:
    """Above this id, that of every part was its number: so also of those that are lost."""
    shifted = select(func.max(inspections.c.id)).where(inspections.c.id != inspections.c.number)
    return int(scratch.execute(shifted).scalar() or 0)


def bring_rest_back(connection: Connection, scratch: Connection) -> None:
    """Append recipes, models, the audit trail and notes, as far as they are not there."""
    for table in (models, recipes):
        for row in scratch.execute(select(table).order_by(table.c.id)):
            _append_new(connection, table, row._asdict())
    _bring_audit(connection, scratch)
    _bring_notes(connection, scratch)


def carry_over(connection: Connection, broken: Path, station: str) -> int:
    """Take along at once what is needed at once, as far as it is found in a moment.

    The recipes, so that their versions go on; the last parts, of which there is still to be said
    what happened to them. Returns how many parts came along.
    """
    until = time.monotonic() + _CARRY_SECONDS
    for id_, values in raw_rows(broken):
        for table in (recipes, models):
            row = _fitting(table, id_, values)
            if row is not None:
                _append_new(connection, table, row)
        if time.monotonic() > until:
            break
    newest = map(read_picture, newest_pictures(broken.parent, _CARRY_PARTS))
    rows = [adopt(connection, broken.parent, station, one, at_place=True) for one in newest]
    return sum(row is not None for row in rows)


def _bring_audit(connection: Connection, scratch: Connection) -> None:
    """Under their old ids: a database begun anew counts from the clock, far above them."""
    for row in scratch.execute(select(audit).order_by(audit.c.id)):
        if connection.execute(select(audit.c.id).where(audit.c.id == row.id)).first() is None:
            confirmed = row.confirms
            there = select(audit.c.id).where(audit.c.id == confirmed)
            if confirmed is None or connection.execute(there).first() is not None:
                connection.execute(insert(audit), row._asdict())


def _bring_notes(connection: Connection, scratch: Connection) -> None:
    for row in scratch.execute(select(notes).order_by(notes.c.id)):
        values = _without_id(row._asdict())
        same = select(notes.c.id).where(*(notes.c[name] == value for name, value in values.items()))
        if connection.execute(same.limit(1)).first() is None:
            connection.execute(insert(notes), values)


def _append_new(connection: Connection, table: Table, row: Row) -> None:
    """Append a recipe or a model that is not there, under an id of its own."""
    names = ("sha256",) if table is models else ("name", "version")
    same = select(table.c.id).where(*(table.c[name] == row[name] for name in names))
    if connection.execute(same).first() is None:
        connection.execute(insert(table), _without_id(row))


def _without_id(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "id"}


def _batches(rows: Iterable[RawRow], size: int, stop: threading.Event) -> Iterator[list[RawRow]]:
    found = iter(rows)
    while not stop.is_set() and (batch := list(islice(found, size))):
        yield batch
        time.sleep(_PAUSE)


def _sort_in(scratch: Connection, rows: list[RawRow]) -> None:
    by_table: dict[str, list[Row]] = {}
    for id_, values in rows:
        for table in _TABLES:
            fitting = _fitting(table, id_, values)
            if fitting is not None:
                by_table.setdefault(table.name, []).append(fitting)
                break
    for table in _TABLES:
        if table.name in by_table:
            scratch.execute(insert(table).prefix_with("OR REPLACE"), by_table[table.name])


def _fitting(table: Table, id_: int, values: tuple[Value, ...]) -> Row | None:
    """The row by columns if it can be one of that table."""
    columns = list(table.columns)
    if not _LEAST.get(table.name, len(columns)) <= len(values) <= len(columns):
        return None
    row: Row = {}
    later = [None if column.nullable else "" for column in columns[len(values) :]]
    for column, value in zip(columns, (*values, *later), strict=True):
        if _is_row_id(column):
            if value is not None:
                return None
            row[column.name] = id_
        elif not _suits(column, value):
            return None
        else:
            row[column.name] = value
    words = _WORDS.get(table.name)
    return row if words is None or not words.isdisjoint(row.values()) else None


def _suits(column: Column[Any], value: Value) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, Integer):
        return isinstance(value, int)
    if isinstance(column.type, Float):
        return isinstance(value, int | float)
    return isinstance(value, str)


def _is_row_id(column: Column[Any]) -> bool:
    """SQLite keeps a lone integer key as the row's own id, and nothing in its column."""
    lone = len(column.table.primary_key.columns) == 1
    return column.primary_key and lone and isinstance(column.type, Integer)
