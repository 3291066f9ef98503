"""The audit trail: what happened at the station, and who has seen it. It only grows.

action: fault, well, banner, confirmed, started, stopped, restarted, clock, retention, backup, note,
released, unlocked, locked, wrong_pin, pin.
A banner stays on the screen until a person confirms it.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, insert, select, text

from station.errors import Fault
from station.store.rows import fault_facts, fault_from, fit_text
from station.store.schema import audit

_IS_BANNER = text("audit.action = 'banner'")  # in the words of the partial index


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the trail; `confirms` is the id of the banner that a person has seen."""

    id: int
    at_ms: int
    operator: str
    action: str
    fault: Fault | None
    confirms: int | None


def append_audit(
    connection: Connection, at_ms: int, action: str, fault: Fault | None, operator: str
) -> int:
    """Append a line; returns its id."""
    row = {
        "at_ms": at_ms,
        "operator": fit_text(operator),
        "action": action,
        "code": None if fault is None else fault.code.value,
        "facts": None if fault is None else json.dumps(fault_facts(fault), ensure_ascii=False),
    }
    made = connection.execute(insert(audit).returning(audit.c.id), row)
    return int(made.scalar_one())


def append_confirmation(connection: Connection, at_ms: int, audit_id: int, operator: str) -> None:
    """Append that a person has seen that banner; what is confirmed, or unknown, is left so."""
    banner = select(audit.c.id).where(audit.c.id == audit_id, _IS_BANNER, _not_confirmed())
    if connection.execute(banner).first() is not None:
        values = {"at_ms": at_ms, "operator": fit_text(operator), "confirms": audit_id}
        connection.execute(insert(audit), {**values, "action": "confirmed"})


def audit_page(connection: Connection, limit: int, before_id: int | None) -> list[AuditEntry]:
    """The trail, newest first."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(audit.c.id < before_id)
    return [_entry(row) for row in connection.execute(query)]


def audit_between(
    connection: Connection, since_ms: int, until_ms: int, limit: int = 500
) -> list[AuditEntry]:
    """What went wrong or was changed in that span, oldest first; of very much the newest."""
    told = audit.c.code.is_not(None) & (audit.c.at_ms >= since_ms) & (audit.c.at_ms < until_ms)
    query = select(audit).where(told).order_by(audit.c.id.desc()).limit(limit)
    return [_entry(row) for row in connection.execute(query)][::-1]


def unconfirmed(connection: Connection) -> list[AuditEntry]:
    """The banners that no person has confirmed, oldest first."""
    query = select(audit).where(_IS_BANNER, _not_confirmed()).order_by(audit.c.id)
    return [_entry(row) for row in connection.execute(query)]


def _not_confirmed() -> ColumnElement[bool]:
    answer = audit.alias("answer")
    return ~exists().where(answer.c.confirms == audit.c.id)


def _entry(row: Row[Any]) -> AuditEntry:
    fault = fault_from(row.code, json.loads(row.facts or "[]"))
    return AuditEntry(row.id, row.at_ms, row.operator, row.action, fault, row.confirms)
