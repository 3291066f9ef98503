"""What persons note about the line: hand-overs, services of machines, accepted advice, studies.

Revision 0007. Written as SQL and never edited again: it is what stations in the field have run.
"""

from alembic import op

from station.store.migrations.dialect import as_postgresql, only_grows

revision = "0007"
down_revision = "0006"

_TABLE = """
    CREATE TABLE notes (
        id INTEGER NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind <> ''),
        subject TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
"""

_INDEX = "CREATE INDEX notes_kind ON notes (kind, subject, at_ms)"

_ABORT = "BEGIN SELECT RAISE(ABORT, 'notes only grows'); END"
_SQLITE = (
    f"CREATE TRIGGER notes_no_update BEFORE UPDATE ON notes {_ABORT}",
    f"CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes {_ABORT}",
    # REPLACE fires no DELETE trigger
    "CREATE TRIGGER notes_no_replace BEFORE INSERT ON notes"  # noqa: S608 - constants above
    f" WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.id) {_ABORT}",
)


def upgrade() -> None:
    """Make what is new; nothing that is there is changed."""
    run = op.get_bind().exec_driver_sql
    postgresql = op.get_bind().dialect.name == "postgresql"
    run(as_postgresql(_TABLE) if postgresql else _TABLE)
    run(_INDEX)
    for statement in (only_grows("notes"),) if postgresql else _SQLITE:
        run(statement)
