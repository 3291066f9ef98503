"""What persons note about the line itself; the notes only grow, a later one may outdate others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from station.store.rows import fit_text
from station.store.schema import notes


class NoteKind(StrEnum):
    """What a note is about; its subject in brackets."""

    HANDOVER = "handover"  # a shift was handed over (empty)
    SERVICE = "service"  # a machine was serviced, or failed (the machine)
    ADVICE = "advice"  # advice was accepted (the product)
    STUDY = "study"  # a study of agreement was begun (its uid)
    WORD = "study_word"  # what a judge said of a part of a study (the study's uid)


@dataclass(frozen=True, slots=True)
class Note:
    """One note. at_ms: UTC. body: what its kind has, fit for JSON."""

    id: int
    kind: NoteKind
    subject: str
    at_ms: int
    operator: str
    body: Mapping[str, Any]


def append_note(
    connection: Connection,
    kind: NoteKind,
    subject: str,
    at_ms: int,
    operator: str,
    body: Mapping[str, Any],
) -> int:
    """Append a note in the caller's transaction; returns its id."""
    row = {
        "kind": kind.value,
        "subject": fit_text(subject),
        "at_ms": at_ms,
        "operator": fit_text(operator),
        "body": fit_text(json.dumps(body, ensure_ascii=False)),
    }
    return int(connection.execute(insert(notes).returning(notes.c.id), row).scalar_one())


def all_notes(
    connection: Connection,
    kind: NoteKind,
    subject: str | None = None,
    since_ms: int = 0,
    limit: int = 100_000,
) -> list[Note]:
    """The newest of that kind since then, oldest first; subject None: about any."""
    query = select(notes).where(notes.c.kind == kind.value, notes.c.at_ms >= since_ms)
    if subject is not None:
        query = query.where(notes.c.subject == fit_text(subject))
    newest = query.order_by(notes.c.at_ms.desc(), notes.c.id.desc()).limit(limit)
    found = [
        Note(row.id, kind, row.subject, row.at_ms, row.operator, json.loads(row.body))
        for row in connection.execute(newest)
    ]
    return found[::-1]
