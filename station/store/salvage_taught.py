"""Samples, labels, classes, snapshots and revisions of a damaged database, brought back.

They come after the parts, so that a sample finds its record again, which may have another id now;
where that is lost, the picture is a sample all the same. What is there already stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, or_, select

from station.store.place import Row
from station.store.salvage import OF_A_REVISION, Writing
from station.store.schema import (
    classes,
    inspections,
    labels,
    revisions,
    samples,
    snapshot_members,
    snapshots,
)

_BATCH = 500


def bring_taught_back(scratch: Connection, writing: Writing) -> int:
    """Append what is not there; returns how many samples came back."""
    renamed: dict[int, int] = {}
    count = 0
    for rows in _pages(scratch, samples):
        with writing() as connection:
            came, names = _bring_samples(connection, scratch, rows)
            _bring_labels(connection, scratch, names)
        renamed |= names
        count += came
    with writing() as connection:
        _bring_classes(connection, scratch)
        _bring_snapshots(connection, scratch, renamed)
        _bring_revisions(connection, scratch)
    return count


def _bring_samples(
    connection: Connection, scratch: Connection, rows: Sequence[Row]
) -> tuple[int, dict[int, int]]:
    """How many came, and the new ids by the old."""
    count, names = 0, {}
    parts = _parts(connection, scratch, [row["inspection"] for row in rows if row["inspection"]])
    for row in rows:
        picture = samples.c.image_sha256 == row["image_sha256"]
        same = or_(samples.c.uid == row["uid"], picture & (samples.c.product == row["product"]))
        known = connection.execute(select(samples.c.id).where(same).limit(1)).scalar()
        if known is None:
            part = parts.get(row["inspection"])
            origin = row["origin"] if part is not None or row["origin"] != "record" else "import"
            values = _without_id(row) | {"inspection": part, "origin": origin}
            made = connection.execute(insert(samples).returning(samples.c.id), values)
            known, count = made.scalar_one(), count + 1
        names[row["id"]] = known
    return count, names


def _parts(connection: Connection, scratch: Connection, old: Sequence[int]) -> dict[int, int]:
    """The new ids of inspections by the old."""
    columns = inspections.c
    query = select(columns.id, columns.uid).where(columns.id.in_(old))
    uids = {row.uid: row.id for row in scratch.execute(query)}
    query = select(columns.id, columns.uid).where(columns.uid.in_(list(uids)))
    return {uids[row.uid]: row.id for row in connection.execute(query)}


def _bring_labels(connection: Connection, scratch: Connection, names: Mapping[int, int]) -> None:
    spoken = select(labels.c.sample).where(labels.c.sample.in_(names.values()))
    has = set(connection.execute(spoken).scalars())
    due = {old: new for old, new in names.items() if new not in has}
    said = scratch.execute(select(labels).where(labels.c.sample.in_(due)).order_by(labels.c.id))
    rows = [{**_without_id(row._asdict()), "sample": due[row.sample]} for row in said]
    if rows:
        connection.execute(insert(labels), rows)


def _bring_classes(connection: Connection, scratch: Connection) -> None:
    known = {(row.product, row.name) for row in connection.execute(select(classes))}
    for row in scratch.execute(select(classes).order_by(classes.c.id)):
        if (row.product, row.name) not in known:
            connection.execute(insert(classes), _without_id(row._asdict()))


def _bring_snapshots(connection: Connection, scratch: Connection, names: Mapping[int, int]) -> None:
    for row in scratch.execute(select(snapshots).order_by(snapshots.c.id)).all():
        same = select(snapshots.c.id).where(snapshots.c.sha256 == row.sha256)
        if connection.execute(same).first() is not None:
            continue
        values = _without_id(row._asdict())
        made = connection.execute(insert(snapshots).returning(snapshots.c.id), values)
        id_ = made.scalar_one()
        members = select(snapshot_members).where(snapshot_members.c.snapshot == row.id)
        held = {
            names[one.sample]: {"label": one.label, "test": one.test}
            for one in scratch.execute(members)
            if one.sample in names
        }
        if held:
            rows = [{"snapshot": id_, "sample": new, **said} for new, said in held.items()]
            connection.execute(insert(snapshot_members), rows)


def _bring_revisions(connection: Connection, scratch: Connection) -> None:
    """Those of products that have none: else a new number 1 may stand for another model."""
    known = set(connection.execute(select(revisions.c.product).distinct()).scalars())
    renamed: dict[int, int] = {}
    for row in scratch.execute(select(revisions).order_by(revisions.c.id)).all():
        if row.product not in known:
            values = _without_id(row._asdict())
            made = connection.execute(insert(revisions).returning(revisions.c.id), values)
            renamed[row.id] = made.scalar_one()
    for table in OF_A_REVISION:  # in their order over all: the last release is the last
        said = select(table).where(table.c.revision.in_(renamed)).order_by(table.c.id)
        for word in scratch.execute(said).all():
            values = {**_without_id(word._asdict()), "revision": renamed[word.revision]}
            connection.execute(insert(table), values)


def _pages(scratch: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    last = 0
    query = select(table).order_by(table.c.id).limit(_BATCH)
    while rows := [row._asdict() for row in scratch.execute(query.where(table.c.id > last))]:
        yield rows
        last = rows[-1]["id"]


def _without_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "id"}
