"""Snapshots as rows: which samples were frozen together, under which label, and which were test.

The manifest lies in <data folder>/snapshots/<sha256>.json, see training/manifest.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from station.store.rows import fit_text
from station.store.schema import (
    inspections,
    sample_states,
    samples,
    snapshot_members,
    snapshots,
)

SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One snapshot; path: of its manifest below the data folder. n: its samples."""

    id: int
    product: str
    sha256: str
    path: str
    n: int
    at_ms: int
    operator: str


@dataclass(frozen=True, slots=True)
class Member:
    """A sample as a snapshot would hold it; test: it was kept back before. lot: of its record.

    origin: where its picture comes from, see `NewSample`.
    """

    key: int
    image: str
    sha256: str
    phash: str
    label: str
    group: str
    lot: str
    test: bool
    origin: str


def all_snapshots(connection: Connection, product: str) -> list[SnapshotRow]:
    """Newest first."""
    columns = snapshots.c
    query = select(snapshots).where(columns.product == fit_text(product))
    found = connection.execute(query.order_by(columns.id.desc()))
    return [SnapshotRow(*row) for row in found]


def members(connection: Connection, product: str) -> list[Member]:
    """Every sample of the product that has a label, oldest first."""
    state, columns = sample_states.c, samples.c
    query = (
        select(
            columns.id,
            columns.image,
            columns.image_sha256,
            columns.phash,
            state.label,
            columns.part_group,
            inspections.c.lot,
            state.test,
            columns.origin,
        )
        .join(sample_states, state.sample == columns.id)
        .outerjoin(inspections, inspections.c.id == columns.inspection)
        .where(state.product == fit_text(product), state.label > "")
        .order_by(columns.id)
    )
    return [
        Member(*row[:6], lot=row.lot or "", test=bool(row.test), origin=row.origin)
        for row in connection.execute(query)
    ]


def append_snapshot(
    connection: Connection, row: SnapshotRow, held: Sequence[tuple[int, str, bool]]
) -> SnapshotRow:
    """Append it with its members (sample, label, test); what is there already is that one."""
    known = select(snapshots).where(snapshots.c.sha256 == row.sha256)
    found = connection.execute(known).first()
    if found is not None:
        return SnapshotRow(*found)
    values = {
        "product": fit_text(row.product),
        "sha256": row.sha256,
        "path": row.path,
        "n": row.n,
        "at_ms": row.at_ms,
        "operator": fit_text(row.operator),
    }
    made = connection.execute(insert(snapshots).returning(snapshots.c.id), values)
    id_ = made.scalar_one()
    rows = [
        {"snapshot": id_, "sample": sample, "label": label, "test": int(test)}
        for sample, label, test in held
    ]
    connection.execute(insert(snapshot_members), rows)
    return replace(row, id=id_)
