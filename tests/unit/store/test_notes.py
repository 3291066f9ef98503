"""Notes about the line: kept, found again, and never changed."""

import sqlite3

import pytest

from station.store.beside import Beside
from station.store.notes import NoteKind
from station.store.schema import DATABASE_NAME
from station.store.store import Store


def test_notes_come_back_by_kind_and_subject_oldest_first(store: Store) -> None:
    store.note(NoteKind.SERVICE, "spindle 2", "王伟", {"what": "轴承"})
    with Beside(store.folder) as beside:
        beside.note(NoteKind.SERVICE, "pump", "Lee")
        beside.note(NoteKind.HANDOVER, "", "Lee", {"to": "Ann"})
    services = store.reader.notes(NoteKind.SERVICE)
    assert [(one.subject, one.operator, one.body) for one in services] == [
        ("spindle 2", "王伟", {"what": "轴承"}),
        ("pump", "Lee", {}),
    ]
    assert [one.subject for one in store.reader.notes(NoteKind.SERVICE, "pump")] == ["pump"]
    later = services[-1].at_ms + 60_000
    assert store.reader.notes(NoteKind.SERVICE, since_ms=later) == []
    assert len(store.reader.notes(NoteKind.HANDOVER)) == 1


def test_a_note_is_never_changed(store: Store) -> None:
    store.note(NoteKind.ADVICE, "flange", "Lee", {"feed": 225})
    connection = sqlite3.connect(store.folder / DATABASE_NAME)
    for change in ("UPDATE notes SET body = '{}'", "DELETE FROM notes"):
        with pytest.raises(sqlite3.IntegrityError, match="only grows"):
            connection.execute(change)
    connection.close()
