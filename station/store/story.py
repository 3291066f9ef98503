"""All that was ever said of one part and done with it, and what became of its picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from station.domain.inspection import Decision, DecisionKind, Disposition
from station.domain.process import ProcessValue
from station.errors import ErrorCode, StoreError
from station.store.decisions import find
from station.store.entry import Entry, entry_from
from station.store.process_values import values_of
from station.store.rows import fit_text
from station.store.schema import current, decisions, dispositions, inspections, keeps, removals


@dataclass(frozen=True, slots=True)
class Disposed:
    """What happened to the part, and when."""

    disposition: Disposition
    at_ms: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Why its picture is never deleted: sample, golden or challenge."""

    why: str
    at_ms: int
    operator: str


@dataclass(frozen=True, slots=True)
class Removal:
    """That its picture was deleted on purpose."""

    at_ms: int
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """A record with its whole past, oldest first; `decisions` holds undone ones and their undo."""

    entry: Entry
    decisions: tuple[Decision, ...]
    dispositions: tuple[Disposed, ...]
    keeps: tuple[Keep, ...]
    removal: Removal | None
    values: tuple[ProcessValue, ...] = ()


def tell_story(connection: Connection, uid: str) -> Story:
    """All of one part. Raises StoreError RECORD_NOT_FOUND."""
    row = connection.execute(select(current).where(current.c.uid == fit_text(uid))).first()
    if row is None:
        raise StoreError(ErrorCode.RECORD_NOT_FOUND, uid=uid)

    def said(table: Table) -> Iterable[Row[Any]]:
        query = select(table).where(table.c.inspection == row.id)
        return connection.execute(query.order_by(*table.primary_key.columns))

    removal = next((Removal(one.at_ms, one.why) for one in said(removals)), None)
    return Story(
        entry_from(row._asdict()),
        tuple(_decision(row.uid, one) for one in said(decisions)),
        tuple(Disposed(Disposition(one.disposition), one.at_ms) for one in said(dispositions)),
        tuple(Keep(one.why, one.at_ms, one.operator) for one in said(keeps)),
        removal,
        values_of(connection, row.id),
    )


def append_keep(connection: Connection, uid: str, why: str, at_ms: int, operator: str) -> None:
    """Keep the picture for that reason, once. Raises StoreError RECORD_NOT_FOUND."""
    part, _ = find(connection, uid)
    same = select(keeps.c.id).where(keeps.c.inspection == part, keeps.c.why == why)
    if connection.execute(same).first() is None:
        row = {"inspection": part, "why": why, "at_ms": at_ms, "operator": fit_text(operator)}
        connection.execute(insert(keeps), row)


def append_removals(connection: Connection, uids: Iterable[str], why: str, at_ms: int) -> None:
    """Note that these pictures go; what is noted already, or unknown, is left as it is."""
    gone = select(removals.c.inspection)
    for uid in uids:
        part = select(inspections.c.id).where(inspections.c.uid == fit_text(uid))
        id_ = connection.execute(part.where(inspections.c.id.not_in(gone))).scalar()
        if id_ is not None:
            connection.execute(insert(removals), {"inspection": id_, "at_ms": at_ms, "why": why})


def _decision(uid: str, row: Row[Any]) -> Decision:
    kind = DecisionKind(row.kind)
    return Decision(uid, kind, row.at_ms, row.operator, row.label, row.reason)
