"""Which decisions a person may still take, and appending them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from station.domain.inspection import UNDO_SECONDS, Decision, DecisionKind
from station.errors import ErrorCode, LineError, StoreError
from station.store.rows import fit_text
from station.store.schema import current, decisions, inspections


def check_decision(decision: Decision, standing: Decision | None, number: int) -> None:
    """Tell whether this may follow the decision that stands; `number` is the part's, to name it.

    Raises LineError NOTHING_TO_UNDO, UNDO_TOO_LATE or DECISION_NEEDS_REASON.
    """
    if decision.kind is not DecisionKind.UNDO:
        if standing is not None and not decision.reason.strip():
            raise LineError(ErrorCode.DECISION_NEEDS_REASON, number=number)
    elif standing is None:
        raise LineError(ErrorCode.NOTHING_TO_UNDO)
    elif decision.at_ms - standing.at_ms > UNDO_SECONDS * 1000:
        raise LineError(ErrorCode.UNDO_TOO_LATE, seconds=UNDO_SECONDS)


def append_decision(connection: Connection, decision: Decision) -> None:
    """Append a decision if it may be taken; the very same one again is already there.

    Raises StoreError RECORD_NOT_FOUND, or what `check_decision` raises.
    """
    part, number = find(connection, decision.uid)
    values = _values(part, decision)
    newest = select(decisions).where(decisions.c.inspection == part)
    last = connection.execute(newest.order_by(decisions.c.id.desc()).limit(1)).first()
    if last is not None and all(getattr(last, key) == value for key, value in values.items()):
        return
    row = connection.execute(select(current).where(current.c.id == part)).one()._asdict()
    check_decision(decision, standing_in(row), number)
    undoes = row["decision_id"] if decision.kind is DecisionKind.UNDO else None
    connection.execute(insert(decisions), {**values, "undoes": undoes})


def find(connection: Connection, uid: str) -> tuple[int, int]:
    """The row id and the part number of a record. Raises StoreError RECORD_NOT_FOUND."""
    query = select(inspections.c.id, inspections.c.number).where(inspections.c.uid == fit_text(uid))
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(ErrorCode.RECORD_NOT_FOUND, uid=uid)
    return row.id, row.number


def standing_in(row: Mapping[str, Any]) -> Decision | None:
    """The decision in a row of `current`."""
    if row["decision"] is None:
        return None
    return Decision(
        uid=row["uid"],
        kind=DecisionKind(row["decision"]),
        at_ms=row["decision_at_ms"],
        operator=row["decision_operator"],
        label=row["decision_label"],
        reason=row["decision_reason"],
    )


def _values(part: int, decision: Decision) -> dict[str, Any]:
    return {
        "inspection": part,
        "kind": decision.kind.value,
        "at_ms": decision.at_ms,
        "operator": fit_text(decision.operator),
        "label": None if decision.label is None else fit_text(decision.label),
        "reason": fit_text(decision.reason),
    }
