"""How all stations of a plant stand, by the plant's database."""

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from station.domain.counts import Counts, Outcome
from station.errors import Fault
from station.plant.database import metadata, stations
from station.store.rollup import HOUR_MS
from station.store.rows import fault_from
from station.store.schema import counted, hours

_audit = metadata.tables["audit"]
_inspections = metadata.tables["inspections"]

_NO_PARTS = Counts()


@dataclass(frozen=True, slots=True)
class StationStatus:
    """One station as the plant knows it; times in ms, UTC.

    seen_ms: when it was heard of; behind: so many rows were still to come then. program: its
    version. waiting: parts that wait for a person's word. fault: the last in its audit trail.
    """

    station: str
    program: str
    seen_ms: int | None
    behind: int
    last_part_ms: int | None
    recipe: str
    recipe_version: int
    model: str
    today: Counts
    last_day: Counts
    waiting: int
    fault: Fault | None
    fault_ms: int | None


def fleet_status(connection: Connection, now_ms: int, midnight_ms: int) -> list[StationStatus]:
    """Every station that was ever heard of, by name; `midnight_ms` is when today began."""
    today = _counts(connection, midnight_ms)
    last_day = _counts(connection, now_ms - 24 * HOUR_MS)
    waiting = _waiting(connection)
    heard = {row.name: row for row in connection.execute(select(stations))}
    found = []
    for name in sorted({*heard, *_recorded(connection)}):
        one = _one(connection, name, heard.get(name))
        counts = today.get(name, _NO_PARTS), last_day.get(name, _NO_PARTS)
        found.append(
            replace(one, today=counts[0], last_day=counts[1], waiting=waiting.get(name, 0))
        )
    return found


def _recorded(connection: Connection) -> set[str]:
    """From name to name by the index, over all the rows that have the same."""
    names: list[str] = []
    query = select(func.min(hours.c.station))
    word = connection.execute(query).scalar()
    while word is not None:
        names.append(word)
        word = connection.execute(query.where(hours.c.station > word)).scalar()
    return set(names)


def _one(connection: Connection, name: str, heard: Any) -> StationStatus:
    columns = _inspections.c
    parts = select(columns.at_ms, columns.recipe, columns.recipe_version, columns.model)
    newest = parts.where(columns.station == name).order_by(columns.at_ms.desc()).limit(1)
    part = connection.execute(newest).first()
    told = _audit.c.action.in_(("fault", "banner"))
    troubles = select(_audit).where(_audit.c.station == name, told, _audit.c.code.is_not(None))
    trouble = connection.execute(troubles.order_by(_audit.c.id.desc()).limit(1)).first()
    return StationStatus(
        station=name,
        program="" if heard is None else heard.program,
        seen_ms=None if heard is None else heard.seen_ms,
        behind=0 if heard is None else heard.waiting,
        last_part_ms=None if part is None else part.at_ms,
        recipe="" if part is None else part.recipe,
        recipe_version=0 if part is None else part.recipe_version,
        model="" if part is None else part.model,
        today=_NO_PARTS,
        last_day=_NO_PARTS,
        waiting=0,
        fault=None if trouble is None else _fault(trouble),
        fault_ms=None if trouble is None else trouble.at_ms,
    )


def _fault(row: Any) -> Fault | None:
    return fault_from(row.code, json.loads(row.facts or "[]"))


def _counts(connection: Connection, since_ms: int) -> dict[str, Counts]:
    """How the parts since then stand, by station: whole hours from `hours`, the begin by part."""
    begin = -(-since_ms // HOUR_MS) * HOUR_MS
    totals: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(Outcome, 0))
    of_hours = _grouped(hours, func.sum(hours.c.n), hours.c.hour_ms >= begin)
    early = (counted.c.at_ms >= since_ms) & (counted.c.at_ms < begin)
    for query in (of_hours, _grouped(counted, func.count(), early)):
        for station, outcome, parts in connection.execute(query):
            totals[station][Outcome(outcome)] += int(parts)
    return {
        station: Counts(**{outcome.value: parts[outcome] for outcome in Outcome})
        for station, parts in totals.items()
    }


def _grouped(table: Any, parts: Any, where: ColumnElement[bool]) -> Any:
    columns = table.c
    query = select(columns.station, columns.outcome, parts).where(where)
    return query.group_by(columns.station, columns.outcome)


def _waiting(connection: Connection) -> dict[str, int]:
    query = select(hours.c.station, func.sum(hours.c.n)).where(hours.c.waiting == 1)
    return {name: int(parts) for name, parts in connection.execute(query.group_by(hours.c.station))}
