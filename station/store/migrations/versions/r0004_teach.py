"""What a station learns from: samples and their labels, snapshots, model revisions, second looks.

Revision 0004. Written as SQL and never edited again: it is what stations in the field have run.
"""

from collections.abc import Iterator

from alembic import op

from station.store.migrations.dialect import as_postgresql, only_grows

revision = "0004"
down_revision = "0003"

_COLUMNS = (
    *(
        f"ALTER TABLE inspections ADD COLUMN {name} REAL"
        for name in ("unlike", "brightness", "sharpness")
    ),
    "ALTER TABLE recipes ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
)

_TABLES = (
    """
    CREATE TABLE samples (
        id INTEGER NOT NULL PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        product TEXT NOT NULL,
        image TEXT NOT NULL,
        image_sha256 TEXT NOT NULL,
        image_bytes INTEGER NOT NULL,
        phash TEXT NOT NULL,
        part_group TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('record', 'import', 'camera')),
        inspection INTEGER REFERENCES inspections (id),
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL,
        CHECK ((origin = 'record') = (inspection IS NOT NULL)),
        UNIQUE (product, image_sha256)
    ) STRICT
    """,
    """
    CREATE TABLE labels (
        id INTEGER NOT NULL PRIMARY KEY,
        sample INTEGER NOT NULL REFERENCES samples (id),
        label TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE classes (
        id INTEGER NOT NULL PRIMARY KEY,
        product TEXT NOT NULL,
        name TEXT NOT NULL CHECK (name <> ''),
        good INTEGER NOT NULL CHECK (good IN (0, 1)),
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE snapshots (
        id INTEGER NOT NULL PRIMARY KEY,
        product TEXT NOT NULL,
        sha256 TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        n INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE snapshot_members (
        snapshot INTEGER NOT NULL REFERENCES snapshots (id),
        sample INTEGER NOT NULL REFERENCES samples (id),
        label TEXT NOT NULL CHECK (label <> ''),
        test INTEGER NOT NULL CHECK (test IN (0, 1)),
        PRIMARY KEY (snapshot, sample)
    ) STRICT
    """,
    """
    CREATE TABLE revisions (
        id INTEGER NOT NULL PRIMARY KEY,
        product TEXT NOT NULL,
        number INTEGER NOT NULL,
        model_sha256 TEXT NOT NULL,
        path TEXT NOT NULL,
        parent INTEGER,
        snapshot TEXT NOT NULL,
        method TEXT NOT NULL,
        card TEXT NOT NULL,
        metrics TEXT NOT NULL,
        evaluation TEXT,
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL,
        UNIQUE (product, number)
    ) STRICT
    """,
    """
    CREATE TABLE revision_states (
        id INTEGER NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL REFERENCES revisions (id),
        state TEXT NOT NULL CHECK (state IN ('candidate', 'shadow', 'released', 'retired')),
        reason TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE evaluations (
        id INTEGER NOT NULL PRIMARY KEY,
        revision INTEGER NOT NULL REFERENCES revisions (id),
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE second_looks (
        id INTEGER NOT NULL PRIMARY KEY,
        inspection INTEGER NOT NULL REFERENCES inspections (id),
        model_sha256 TEXT NOT NULL,
        label TEXT NOT NULL,
        score REAL NOT NULL,
        verdict TEXT NOT NULL,
        ms REAL NOT NULL,
        UNIQUE (inspection, model_sha256)
    ) STRICT
    """,
    """
    CREATE TABLE sample_states (
        sample INTEGER NOT NULL PRIMARY KEY REFERENCES samples (id),
        product TEXT NOT NULL,
        label TEXT NOT NULL,
        seen TEXT NOT NULL,
        test INTEGER NOT NULL
    ) STRICT
    """,
)

_CURRENT = """
    CREATE VIEW current AS
    SELECT i.*,
        d.id AS decision_id,
        d.kind AS decision,
        d.at_ms AS decision_at_ms,
        d.operator AS decision_operator,
        d.label AS decision_label,
        d.reason AS decision_reason,
        p.disposition AS disposition,
        p.at_ms AS disposed_at_ms,
        r.at_ms AS removed_at_ms
    FROM inspections i
    LEFT JOIN decisions d ON d.id = (
        SELECT max(x.id) FROM decisions x
        WHERE x.inspection = i.id AND x.kind <> 'undo'
        AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id)
    )
    LEFT JOIN dispositions p ON p.id = (
        SELECT max(x.id) FROM dispositions x WHERE x.inspection = i.id
    )
    LEFT JOIN removals r ON r.inspection = i.id
"""

_INDEXES = (
    "CREATE INDEX samples_inspection ON samples (inspection) WHERE inspection IS NOT NULL",
    "CREATE INDEX labels_sample ON labels (sample, id)",
    "CREATE INDEX classes_product ON classes (product, id)",
    "CREATE INDEX snapshots_product ON snapshots (product, id)",
    "CREATE INDEX snapshot_members_sample ON snapshot_members (sample)",
    "CREATE INDEX revision_states_revision ON revision_states (revision, id)",
    "CREATE INDEX evaluations_revision ON evaluations (revision, id)",
    "CREATE INDEX second_looks_model ON second_looks (model_sha256, id)",
    "CREATE INDEX sample_states_all ON sample_states (product, sample)",
    "CREATE INDEX sample_states_label ON sample_states (product, label, sample)",
    "CREATE INDEX sample_states_count ON sample_states (product, label, seen, test)",
    """CREATE INDEX sample_states_overruled ON sample_states (product, sample)
        WHERE seen <> '' AND label <> '' AND seen <> label""",
    "CREATE INDEX sample_states_test ON sample_states (product, sample) WHERE test = 1",
)

# By table, when an incoming row would take an old one's place: REPLACE fires no DELETE trigger.
_SAME_ROW = {
    "samples": "id = NEW.id OR uid = NEW.uid"
    " OR (product = NEW.product AND image_sha256 = NEW.image_sha256)",
    "labels": "id = NEW.id",
    "classes": "id = NEW.id",
    "snapshots": "id = NEW.id OR sha256 = NEW.sha256",
    "snapshot_members": "snapshot = NEW.snapshot AND sample = NEW.sample",
    "revisions": "id = NEW.id OR (product = NEW.product AND number = NEW.number)",
    "revision_states": "id = NEW.id",
    "evaluations": "id = NEW.id",
    "second_looks": "id = NEW.id"
    " OR (inspection = NEW.inspection AND model_sha256 = NEW.model_sha256)",
}

# By table, what a new row of it changes in `sample_states`; that only repeats the other tables.
_STATES = {
    "samples": """
        INSERT INTO sample_states (sample, product, label, seen, test)
        VALUES (NEW.id, NEW.product, '', coalesce(
            (SELECT label FROM inspections WHERE id = NEW.inspection), ''), 0)""",
    "labels": "UPDATE sample_states SET label = NEW.label WHERE sample = NEW.sample",
    "snapshot_members": "UPDATE sample_states SET test = 1 WHERE sample = NEW.sample AND test = 0"
    " AND NEW.test = 1",
}


def upgrade() -> None:
    """Make what is new; nothing that is there is changed."""
    run = op.get_bind().exec_driver_sql
    postgresql = op.get_bind().dialect.name == "postgresql"
    run("DROP VIEW current")  # it names the columns of its time
    for statement in (*_COLUMNS, *_TABLES):
        run(as_postgresql(statement) if postgresql else statement)
    for statement in (_CURRENT, *_INDEXES):
        run(statement)
    for statement in _postgresql_triggers() if postgresql else _sqlite_triggers():
        run(statement)


def _sqlite_triggers() -> Iterator[str]:
    for table, same in _SAME_ROW.items():
        abort = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}"
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}"
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - constants above
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {abort}"
    for table, change in _STATES.items():
        yield f"CREATE TRIGGER {table}_shown AFTER INSERT ON {table} BEGIN {change}; END"


def _postgresql_triggers() -> Iterator[str]:
    yield from map(only_grows, _SAME_ROW)
    for table, change in _STATES.items():
        yield f"""
            CREATE FUNCTION {table}_shown() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {change}; RETURN NULL; END $$"""
        yield f"""
            CREATE TRIGGER {table}_shown AFTER INSERT ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_shown()"""
