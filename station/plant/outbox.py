"""What a station has to tell the plant: its rows behind a position, ready to be appended there.

The tables themselves are the outbox: they only grow, and are read in the order in which they grew.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, literal, select, tuple_

from station.store.cursor import Position
from station.store.schema import (
    audit,
    decisions,
    dispositions,
    inspections,
    keeps,
    models,
    recipes,
    removals,
)

BATCH_ROWS = 200
BATCH_BYTES = 16 * 2**20
COUNTED = 100_000
"""So many waiting rows are counted; then there are simply many."""

_ORDER = {
    "removals": (removals.c.at_ms, removals.c.inspection)  # has no id of its own
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One row for the plant, without the ids of the station.

    at: its position. uid: of the inspection that it is about. origin: a hash of all that it says,
    where nothing else tells two rows apart; refers: the origin of the row that it takes back or
    confirms.
    """

    at: Position
    values: dict[str, Any]
    uid: str = ""
    origin: str = ""
    refers: str = ""


def rows_after(connection: Connection, table: str, after: Position, station: str) -> list[Outgoing]:
    """The next rows of that table, oldest first; those of parts also limited by their bytes."""
    query, outgoing = _READERS[table]
    order = _order(table)
    if after:
        query = query.where(tuple_(*order) > tuple_(*map(literal, after)))
    rows = connection.execute(query.order_by(*order).limit(BATCH_ROWS)).all()
    found = [outgoing(row, station) for row in rows]
    return _within_bytes(found) if table == "inspections" else found


def waiting(connection: Connection, table: str, after: Position) -> int:
    """How many rows are behind that position, up to COUNTED."""
    order = _order(table)
    query = select(literal(1)).select_from(order[0].table)
    if after:
        query = query.where(tuple_(*order) > tuple_(*map(literal, after)))
    counted = select(func.count()).select_from(query.limit(COUNTED).subquery())
    return int(connection.execute(counted).scalar_one())


def _order(table: str) -> tuple[Any, ...]:
    return _ORDER.get(table) or (_BY_NAME[table].c.id,)


def _within_bytes(found: list[Outgoing]) -> list[Outgoing]:
    total = 0
    for place, one in enumerate(found):
        total += one.values["image_bytes"] or 0
        if total > BATCH_BYTES and place:
            return found[:place]
    return found


def _part(row: Row[Any], station: str) -> Outgoing:
    values = _values(row, inspections)
    values["station"] = values["station"] or station
    return Outgoing((row.id,), values, uid=values["uid"])


def _decision(row: Row[Any], _: str) -> Outgoing:
    values = _values(row, decisions)
    refers = ""
    if row.undoes is not None:
        undone = (row.u_kind, row.u_at_ms, row.u_operator, row.u_label, row.u_reason)
        refers = _origin("decisions", row.uid, *undone, "")
    said = (row.kind, row.at_ms, row.operator, row.label, row.reason)
    origin = _origin("decisions", row.uid, *said, refers)
    return Outgoing((row.id,), values, fit(row.uid), origin, refers)


def _disposition(row: Row[Any], _: str) -> Outgoing:
    origin = _origin("dispositions", row.uid, row.disposition, row.at_ms)
    return Outgoing((row.id,), _values(row, dispositions), fit(row.uid), origin)


def _keep(row: Row[Any], _: str) -> Outgoing:
    return Outgoing((row.id,), _values(row, keeps), fit(row.uid))


def _removal(row: Row[Any], _: str) -> Outgoing:
    return Outgoing((row.at_ms, row.inspection), _values(row, removals), fit(row.uid))


def _recipe(row: Row[Any], station: str) -> Outgoing:
    return Outgoing((row.id,), _values(row, recipes) | {"station": station})


def _model(row: Row[Any], _: str) -> Outgoing:
    return Outgoing((row.id,), _values(row, models))


def _audit(row: Row[Any], station: str) -> Outgoing:
    refers = ""
    if row.confirms is not None:
        banner = (row.b_at_ms, row.b_operator, row.b_action, row.b_code, row.b_facts)
        refers = _origin("audit", station, *banner, "")
    said = (row.at_ms, row.operator, row.action, row.code, row.facts)
    origin = _origin("audit", station, *said, refers)
    return Outgoing((row.id,), _values(row, audit) | {"station": station}, "", origin, refers)


def _values(row: Row[Any], table: Table) -> dict[str, Any]:
    """The columns that mean the same everywhere."""
    ours = {"id", "inspection", "undoes", "confirms"}
    names = (column.name for column in table.columns if column.name not in ours)
    return {name: fit(getattr(row, name)) for name in names}


def fit(value: Any) -> Any:
    """PostgreSQL keeps no NUL in a text, such as a broken scanner may send."""
    return value.replace("\x00", "\\x00") if isinstance(value, str) else value


def _origin(*values: object) -> str:
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _about_parts(table: Table) -> Select[Any]:
    return select(table, inspections.c.uid).join(
        inspections, inspections.c.id == table.c.inspection
    )


def _with_undone() -> Select[Any]:
    undone = decisions.alias("undone")
    names = ("kind", "at_ms", "operator", "label", "reason")
    columns = (undone.c[name].label(f"u_{name}") for name in names)
    return (
        select(decisions, inspections.c.uid, *columns)
        .join(inspections, inspections.c.id == decisions.c.inspection)
        .outerjoin(undone, undone.c.id == decisions.c.undoes)
    )


def _with_banner() -> Select[Any]:
    banner = audit.alias("banner")
    names = ("at_ms", "operator", "action", "code", "facts")
    columns = (banner.c[name].label(f"b_{name}") for name in names)
    return select(audit, *columns).outerjoin(banner, banner.c.id == audit.c.confirms)


_Reader = tuple[Select[Any], Callable[[Row[Any], str], Outgoing]]

_READERS: dict[str, _Reader] = {
    "recipes": (select(recipes), _recipe),
    "models": (select(models), _model),
    "inspections": (select(inspections), _part),
    "decisions": (_with_undone(), _decision),
    "dispositions": (_about_parts(dispositions), _disposition),
    "keeps": (_about_parts(keeps), _keep),
    "removals": (_about_parts(removals), _removal),
    "audit": (_with_banner(), _audit),
}

TABLES = tuple(_READERS)
"""In the order in which they are copied: what is said of a part comes after the part."""

STAYS = frozenset(
    {"samples", "labels", "classes", "snapshots", "snapshot_members"}
    | {"revisions", "revision_states", "evaluations", "second_looks"}
    | {"series", "process_values", "notes"}
)
"""What a station learns by stays there: at the plant, the persons' words on its parts teach. So do
process values: those read with a part travel in its picture. Notes are the line's own."""

_BY_NAME = {
    table.name: table
    for table in (recipes, models, inspections, decisions, dispositions, keeps, audit)
}
