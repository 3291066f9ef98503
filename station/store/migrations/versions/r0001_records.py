"""The first tables: inspections, decisions, dispositions, recipes, models.

Revision 0001. Written as SQL and never edited again: it is what stations in the field have run.
"""

from alembic import op

from station.store.migrations.dialect import ONLY_GROWS, as_postgresql, only_grows

revision = "0001"
down_revision = None

_TABLES = (
    """
    CREATE TABLE inspections (
        id INTEGER NOT NULL PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        number INTEGER NOT NULL,
        serial TEXT NOT NULL,
        lot TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        triggered_by TEXT NOT NULL,
        verdict TEXT NOT NULL,
        waits INTEGER NOT NULL CHECK (waits IN (0, 1)),
        recipe TEXT NOT NULL,
        recipe_version INTEGER NOT NULL,
        review_limit REAL NOT NULL,
        ng_limit REAL NOT NULL,
        roi TEXT,
        model TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,
        provider TEXT NOT NULL,
        camera TEXT NOT NULL,
        label TEXT,
        score REAL,
        confidence REAL,
        scores TEXT NOT NULL,
        ms REAL,
        model_ms REAL,
        fault TEXT,
        fault_facts TEXT,
        operator TEXT NOT NULL,
        source TEXT NOT NULL,
        truth TEXT,
        image TEXT,
        image_sha256 TEXT,
        image_bytes INTEGER,
        CHECK (image IS NOT NULL OR fault IS NOT NULL),
        CHECK ((image IS NULL) = (image_sha256 IS NULL)),
        CHECK ((image IS NULL) = (image_bytes IS NULL))
    ) STRICT
    """,
    """
    CREATE TABLE decisions (
        id INTEGER NOT NULL PRIMARY KEY,
        inspection INTEGER NOT NULL REFERENCES inspections (id),
        kind TEXT NOT NULL CHECK (kind IN ('accept', 'reject', 'undo')),
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL,
        label TEXT,
        reason TEXT NOT NULL,
        undoes INTEGER REFERENCES decisions (id),
        CHECK ((kind = 'undo') = (undoes IS NOT NULL))
    ) STRICT
    """,
    """
    CREATE TABLE dispositions (
        id INTEGER NOT NULL PRIMARY KEY,
        inspection INTEGER NOT NULL REFERENCES inspections (id),
        disposition TEXT NOT NULL,
        at_ms INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE recipes (
        id INTEGER NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        UNIQUE (name, version)
    ) STRICT
    """,
    """
    CREATE TABLE models (
        id INTEGER NOT NULL PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        card TEXT NOT NULL,
        path TEXT NOT NULL,
        at_ms INTEGER NOT NULL
    ) STRICT
    """,
)

_INDEXES = (
    "CREATE INDEX inspections_at ON inspections (at_ms)",
    "CREATE INDEX inspections_number ON inspections (number)",
    "CREATE INDEX inspections_serial ON inspections (serial)",
    "CREATE INDEX inspections_recipe_at ON inspections (recipe, at_ms)",
    "CREATE INDEX inspections_not_ok_at ON inspections (at_ms, recipe) WHERE verdict <> 'OK'",
    "CREATE INDEX inspections_waits ON inspections (id) WHERE waits = 1",
    "CREATE INDEX decisions_inspection ON decisions (inspection, id)",
    "CREATE UNIQUE INDEX decisions_undoes ON decisions (undoes) WHERE undoes IS NOT NULL",
    "CREATE INDEX dispositions_inspection ON dispositions (inspection, id)",
)

_VIEW = """
    CREATE VIEW current AS
    SELECT i.*,
        d.id AS decision_id,
        d.kind AS decision,
        d.at_ms AS decision_at_ms,
        d.operator AS decision_operator,
        d.label AS decision_label,
        d.reason AS decision_reason,
        p.disposition AS disposition,
        p.at_ms AS disposed_at_ms
    FROM inspections i
    LEFT JOIN decisions d ON d.id = (
        SELECT max(x.id) FROM decisions x
        WHERE x.inspection = i.id AND x.kind <> 'undo'
        AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id)
    )
    LEFT JOIN dispositions p ON p.id = (
        SELECT max(x.id) FROM dispositions x WHERE x.inspection = i.id
    )
"""

# By table, when an incoming row would take an old one's place: REPLACE fires no DELETE trigger.
_SAME_ROW = {
    "inspections": "id = NEW.id OR uid = NEW.uid",
    "decisions": "id = NEW.id OR undoes = NEW.undoes",
    "dispositions": "id = NEW.id",
    "recipes": "id = NEW.id OR (name = NEW.name AND version = NEW.version)",
    "models": "id = NEW.id OR sha256 = NEW.sha256",
}


def upgrade() -> None:
    """Make the tables, their indexes, the view, and the triggers that keep every row as it is."""
    run = op.get_bind().exec_driver_sql
    if op.get_bind().dialect.name == "postgresql":
        for statement in (*map(as_postgresql, _TABLES), *_INDEXES, _VIEW, ONLY_GROWS):
            run(statement)
        for statement in map(only_grows, _SAME_ROW):
            run(statement)
        return
    for statement in (*_TABLES, *_INDEXES, _VIEW):
        run(statement)
    for table, same in _SAME_ROW.items():
        abort = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        run(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}")
        run(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}")
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - constants above
        run(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {abort}")
