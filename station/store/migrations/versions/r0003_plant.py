"""What only a plant's database needs, which gathers the records of many stations.

Revision 0003. Written as SQL and never edited again. On a station, that is with SQLite, it adds
nothing.
"""

from alembic import op

from station.store.migrations.dialect import as_postgresql

revision = "0003"
down_revision = "0002"

_COLUMNS = (
    "ALTER TABLE decisions ADD COLUMN origin TEXT",
    "ALTER TABLE dispositions ADD COLUMN origin TEXT",
    "ALTER TABLE audit ADD COLUMN origin TEXT",
    "ALTER TABLE audit ADD COLUMN station TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE recipes ADD COLUMN station TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE stations (
        name TEXT NOT NULL PRIMARY KEY,
        program TEXT NOT NULL,
        waiting INTEGER NOT NULL,
        seen_ms INTEGER NOT NULL
    )
    """,
)

_INDEXES = (
    "CREATE UNIQUE INDEX decisions_origin ON decisions (origin)",
    "CREATE UNIQUE INDEX dispositions_origin ON dispositions (origin)",
    "CREATE UNIQUE INDEX audit_origin ON audit (origin)",
    "ALTER TABLE recipes DROP CONSTRAINT recipes_name_version_key",
    "CREATE UNIQUE INDEX recipes_station ON recipes (station, name, version)",
    "CREATE INDEX inspections_station_at ON inspections (station, at_ms)",
    "CREATE INDEX audit_station ON audit (station, id)",
)


def upgrade() -> None:
    """Say of each row which station's it is, and of which content, so that it comes once."""
    if op.get_bind().dialect.name != "postgresql":
        return
    run = op.get_bind().exec_driver_sql
    for statement in (*map(as_postgresql, _COLUMNS), *_INDEXES):
        run(statement)
