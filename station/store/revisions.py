"""The models of each product as numbered revisions; what is appended is only ever a new state.

candidate → shadow → released → retired by rule: exactly one of a product is released from the
moment there is one, and what was released once may be so again.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Select, Table, func, insert, select

from station.domain.revision import Revision, RevisionState, may_become
from station.errors import ErrorCode, StoreError
from station.store.model_files import file_sha256, model_name, put_in_place
from station.store.rows import fit_text
from station.store.schema import evaluations, revision_states, revisions


@dataclass(frozen=True, slots=True)
class Draft:
    """A model that becomes the product's next revision; `file` is copied, and must be `sha256`.

    card_json: what the file says of itself. parent: the number of the one it goes on from.
    snapshot: the hash of the data that it was taught on. evaluation_json: if it is proven already.
    """

    product: str
    file: str
    sha256: str
    card_json: str
    method: str = ""
    metrics: tuple[tuple[str, float], ...] = ()
    parent: int | None = None
    snapshot: str = ""
    evaluation_json: str | None = None
    operator: str = ""


def append_revision(
    connection: Connection, folder: Path, draft: Draft, half: Path, at_ms: int
) -> Revision:
    """Append it as the next number, a candidate; `half` is its file, taken in.

    Raises StoreError STORE_DISK_FULL or STORE_WRITE_FAILED.
    """
    product = fit_text(draft.product)
    last = select(func.max(revisions.c.number)).where(revisions.c.product == product)
    number = int(connection.execute(last).scalar() or 0) + 1
    name = model_name(product, number, draft.sha256)
    put_in_place(half, folder, name, draft.sha256)
    row = {
        "product": product,
        "number": number,
        "model_sha256": draft.sha256,
        "path": name,
        "parent": draft.parent,
        "snapshot": draft.snapshot,
        "method": fit_text(draft.method),
        "card": fit_text(draft.card_json),
        "metrics": json.dumps(dict(draft.metrics), ensure_ascii=False),
        "evaluation": draft.evaluation_json,
        "at_ms": at_ms,
        "operator": fit_text(draft.operator),
    }
    made = connection.execute(insert(revisions).returning(revisions.c.id), row).scalar_one()
    append_state(connection, made, RevisionState.CANDIDATE, "", draft.operator, at_ms)
    return find_revision(connection, product, number)


def append_state(
    connection: Connection, id_: int, state: RevisionState, reason: str, operator: str, at_ms: int
) -> None:
    """Append a state, whatever it was before."""
    row = {"revision": id_, "state": state.value, "reason": fit_text(reason), "at_ms": at_ms}
    connection.execute(insert(revision_states), {**row, "operator": fit_text(operator)})


def append_evaluation(
    connection: Connection, product: str, number: int, body: str, operator: str, at_ms: int
) -> Revision:
    """Append what it was proven with; the last counts. Raises StoreError REVISION_NOT_FOUND."""
    id_ = row_id(connection, product, number)
    row = {"revision": id_, "body": body, "at_ms": at_ms, "operator": fit_text(operator)}
    connection.execute(insert(evaluations), row)
    return find_revision(connection, product, number)


def move(
    connection: Connection,
    revision: Revision,
    then: RevisionState,
    reason: str,
    operator: str,
    at_ms: int,
) -> Revision:
    """Append the next state where the rule lets it; one shadow of a product at a time.

    Raises StoreError REVISION_STATE.
    """
    if revision.state is then:
        return revision
    if not may_become(revision.state, then):
        raise wrong_state(revision, then)
    if then is RevisionState.SHADOW:
        for other in standing_in(connection, revision.product, RevisionState.SHADOW):
            append_state(connection, other, RevisionState.CANDIDATE, reason, operator, at_ms)
    id_ = row_id(connection, revision.product, revision.number)
    append_state(connection, id_, then, reason, operator, at_ms)
    return find_revision(connection, revision.product, revision.number)


def find_revision(connection: Connection, product: str, number: int) -> Revision:
    """Raises StoreError REVISION_NOT_FOUND."""
    query = _every(product).where(revisions.c.number == number)
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(ErrorCode.REVISION_NOT_FOUND, product=product, number=number)
    return _revision(row)


def row_id(connection: Connection, product: str, number: int) -> int:
    """The id of its row. Raises StoreError REVISION_NOT_FOUND."""
    same = (revisions.c.product == fit_text(product), revisions.c.number == number)
    id_ = connection.execute(select(revisions.c.id).where(*same)).scalar()
    if id_ is None:
        raise StoreError(ErrorCode.REVISION_NOT_FOUND, product=product, number=number)
    return int(id_)


def all_revisions(connection: Connection, product: str) -> list[Revision]:
    """Every one of that product, newest first."""
    rows = connection.execute(_every(product).order_by(revisions.c.number.desc()))
    return [_revision(row) for row in rows]


def one_in(connection: Connection, product: str, state: RevisionState) -> Revision | None:
    """The newest of that product in that state."""
    rows = (one for one in all_revisions(connection, product) if one.state is state)
    return next(rows, None)


def standing_in(connection: Connection, product: str, state: RevisionState) -> list[int]:
    """The row ids of those in that state."""
    found = [one.number for one in all_revisions(connection, product) if one.state is state]
    return [row_id(connection, product, number) for number in found]


def of_content(connection: Connection, product: str, sha256: str) -> Revision | None:
    """The newest of that product with that model file."""
    same = (one for one in all_revisions(connection, product) if one.sha256 == sha256)
    return next(same, None)


def releases(connection: Connection, product: str) -> list[int]:
    """The numbers in the order in which they were released, the last one first."""
    query = (
        select(revisions.c.number)
        .join(revision_states, revision_states.c.revision == revisions.c.id)
        .where(revisions.c.product == fit_text(product))
        .where(revision_states.c.state == RevisionState.RELEASED.value)
        .order_by(revision_states.c.id.desc())
    )
    return list(connection.execute(query).scalars())


def released_since(connection: Connection, sha256: str) -> int | None:
    """When a model of that content was first released, UTC in ms."""
    query = (
        select(func.min(revision_states.c.at_ms))
        .join(revisions, revisions.c.id == revision_states.c.revision)
        .where(revisions.c.model_sha256 == sha256)
        .where(revision_states.c.state == RevisionState.RELEASED.value)
    )
    found = connection.execute(query).scalar()
    return None if found is None else int(found)


def missing(revision: Revision, folder: Path, was_released: bool) -> str:
    """What it lacks to be released, by name; empty where nothing.

    What was released before was proven then, or was there before anything was.
    """
    try:
        found = file_sha256(folder / revision.path)
    except OSError:
        return "file"
    if found != revision.sha256:
        return "file"
    if not revision.card_json:
        return "card"
    return "" if revision.evaluation_json or was_released else "evaluation"


def wrong_state(revision: Revision, then: RevisionState) -> StoreError:
    """REVISION_STATE: it cannot go there from where it stands."""
    return StoreError(
        ErrorCode.REVISION_STATE,
        product=revision.product,
        number=revision.number,
        state=revision.state.value,
        wanted=then.value,
    )


def _every(product: str) -> Select[Any]:
    """Each revision of that product with its last state and its last evaluation."""
    states, proofs = revision_states, evaluations
    return (
        select(revisions, states.c.state, proofs.c.body)
        .select_from(revisions)
        .outerjoin(states, states.c.id == _last(states))
        .outerjoin(proofs, proofs.c.id == _last(proofs))
        .where(revisions.c.product == fit_text(product))
    )


def _last(table: Table) -> ScalarSelect[Any]:
    """The id of the last word in that table on the revision at hand."""
    words = table.alias("words")
    said = select(func.max(words.c.id)).where(words.c.revision == revisions.c.id)
    return said.correlate(revisions).scalar_subquery()


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        product=row.product,
        number=row.number,
        sha256=row.model_sha256,
        path=row.path,
        parent=row.parent,
        snapshot=row.snapshot,
        method=row.method,
        metrics=_metrics(row.metrics),
        card_json=row.card,
        evaluation_json=row.evaluation if row.body is None else row.body,
        at_ms=row.at_ms,
        operator=row.operator,
        state=RevisionState(row.state or RevisionState.CANDIDATE.value),
    )


def _metrics(text: str) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(value)) for name, value in json.loads(text).items())
