"""Process values: what the plant's sensors said, with a part or at a time, and of which there are.

Revision 0005. Written as SQL and never edited again: it is what stations in the field have run.
"""

from collections.abc import Iterator

from alembic import op

from station.store.migrations.dialect import as_postgresql, only_grows

revision = "0005"
down_revision = "0004"

_TABLES = (
    """
    CREATE TABLE series (
        id INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL CHECK (name <> ''),
        unit TEXT NOT NULL,
        source TEXT NOT NULL,
        UNIQUE (name, unit, source)
    ) STRICT
    """,
    """
    CREATE TABLE process_values (
        id INTEGER NOT NULL PRIMARY KEY,
        series INTEGER NOT NULL REFERENCES series (id),
        at_ms INTEGER NOT NULL,
        inspection INTEGER REFERENCES inspections (id),
        value REAL NOT NULL
    ) STRICT
    """,
)

_INDEXES = (
    "CREATE INDEX process_values_series ON process_values (series, at_ms)",
    """CREATE INDEX process_values_inspection ON process_values (inspection)
        WHERE inspection IS NOT NULL""",
)

# By table, when an incoming row would take an old one's place: REPLACE fires no DELETE trigger.
_SAME_ROW = {
    "series": "id = NEW.id OR (name = NEW.name AND unit = NEW.unit AND source = NEW.source)",
    "process_values": "id = NEW.id",
}


def upgrade() -> None:
    """Make what is new; nothing that is there is changed."""
    run = op.get_bind().exec_driver_sql
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _TABLES:
        run(as_postgresql(statement) if postgresql else statement)
    for statement in _INDEXES:
        run(statement)
    for statement in map(only_grows, _SAME_ROW) if postgresql else _sqlite_triggers():
        run(statement)


def _sqlite_triggers() -> Iterator[str]:
    for table, same in _SAME_ROW.items():
        abort = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}"
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}"
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - constants above
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {abort}"
