"""Which station, what was removed or kept, the audit trail, and counts by hour for the history.

Revision 0002. Written as SQL and never edited again: it is what stations in the field have run.
"""

from collections.abc import Iterator

from alembic import op

from station.store.migrations.dialect import as_postgresql, only_grows

revision = "0002"
down_revision = "0001"

_STATION = "ALTER TABLE inspections ADD COLUMN station TEXT NOT NULL DEFAULT ''"

_TABLES = (
    """
    CREATE TABLE removals (
        inspection INTEGER NOT NULL PRIMARY KEY REFERENCES inspections (id),
        at_ms INTEGER NOT NULL,
        why TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE keeps (
        id INTEGER NOT NULL PRIMARY KEY,
        inspection INTEGER NOT NULL REFERENCES inspections (id),
        why TEXT NOT NULL CHECK (why IN ('sample', 'golden', 'challenge')),
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL,
        UNIQUE (inspection, why)
    ) STRICT
    """,
    """
    CREATE TABLE audit (
        id INTEGER NOT NULL PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        operator TEXT NOT NULL,
        action TEXT NOT NULL,
        code TEXT,
        facts TEXT,
        confirms INTEGER REFERENCES audit (id)
    ) STRICT
    """,
)

_KIND = "hour_ms, station, recipe, lot, model, operator, verdict, decision, waiting, outcome, label"
_ASKED_FOR = (
    "station",
    "recipe",
    "lot",
    "model",
    "operator",
    "verdict",
    "decision",
    "waiting",
    "label",
)

_HOURS = f"""
    CREATE TABLE hours (
        hour_ms INTEGER NOT NULL,
        station TEXT NOT NULL,
        recipe TEXT NOT NULL,
        lot TEXT NOT NULL,
        model TEXT NOT NULL,
        operator TEXT NOT NULL,
        verdict TEXT NOT NULL,
        decision TEXT NOT NULL,
        waiting INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        label TEXT NOT NULL,
        n INTEGER NOT NULL CHECK (n >= 0),
        PRIMARY KEY ({_KIND})
    ) STRICT"""

_INDEXES = (
    "DROP INDEX inspections_serial",
    "DROP INDEX inspections_waits",
    "DROP INDEX inspections_recipe_at",
    "DROP INDEX inspections_not_ok_at",
    "CREATE INDEX inspections_not_ok_at ON inspections (at_ms) WHERE verdict <> 'OK'",
    "CREATE INDEX inspections_serial_at ON inspections (serial, at_ms)",
    "CREATE INDEX inspections_waits_at ON inspections (at_ms) WHERE waits = 1",
    "CREATE INDEX removals_at ON removals (at_ms)",
    "CREATE INDEX audit_banners ON audit (id) WHERE action = 'banner'",
    "CREATE INDEX audit_confirms ON audit (confirms) WHERE confirms IS NOT NULL",
    "CREATE INDEX audit_code ON audit (code, id) WHERE code IS NOT NULL",
    *(f"CREATE INDEX hours_{name} ON hours ({name}, hour_ms)" for name in _ASKED_FOR),
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


def _counted(but_x: str = "", but_u: str = "") -> str:
    """Every inspection by its kind, but for decisions left out by a condition on each."""
    return f"""
    SELECT i.id, i.at_ms, i.serial, i.waits,
        i.at_ms / 3600000 * 3600000 AS hour_ms,
        i.station, i.recipe, i.lot, i.model, i.operator, i.verdict,
        coalesce(d.kind, '') AS decision,
        CASE WHEN d.id IS NULL THEN i.waits ELSE 0 END AS waiting,
        CASE d.kind WHEN 'accept' THEN 'ok' WHEN 'reject' THEN 'ng' ELSE lower(i.verdict) END
            AS outcome,
        coalesce(d.label, i.label, '') AS label
    FROM inspections i
    LEFT JOIN decisions d ON d.id = (
        SELECT max(x.id) FROM decisions x
        WHERE x.inspection = i.id AND x.kind <> 'undo' {but_x}
        AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = x.id {but_u})
    )
    """  # noqa: S608 - constants below


_FILL = f"INSERT INTO hours ({_KIND}, n) SELECT {_KIND}, count(*) FROM counted GROUP BY {_KIND}"  # noqa: S608

# By table, when an incoming row would take an old one's place: REPLACE fires no DELETE trigger.
_SAME_ROW = {
    "removals": "inspection = NEW.inspection",
    "keeps": "id = NEW.id OR (inspection = NEW.inspection AND why = NEW.why)",
    "audit": "id = NEW.id",
}


def upgrade() -> None:
    """Make what is new, and count the parts that are there: a minute for ten million."""
    run = op.get_bind().exec_driver_sql
    postgresql = op.get_bind().dialect.name == "postgresql"
    tables = (_STATION, *_TABLES, _HOURS if postgresql else f"{_HOURS}, WITHOUT ROWID")
    for table in tables:
        run(as_postgresql(table) if postgresql else table)
    for statement in ("DROP VIEW current", _CURRENT, f"CREATE VIEW counted AS {_counted()}"):
        run(statement)
    run(_FILL)
    for statement in _INDEXES:
        run(statement)
    for statement in _postgresql_triggers() if postgresql else _sqlite_triggers():
        run(statement)


def _sqlite_triggers() -> Iterator[str]:
    for table, same in _SAME_ROW.items():
        abort = f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}"
        yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}"
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {abort}"
    add = f"""
        INSERT INTO hours ({_KIND}, n) SELECT {_KIND}, 1 FROM counted WHERE id = NEW.%s
        ON CONFLICT DO UPDATE SET n = n + 1"""  # noqa: S608
    before = _counted("AND x.id <> NEW.id", "AND u.id <> NEW.id")
    yield f"CREATE TRIGGER inspections_counted AFTER INSERT ON inspections BEGIN {add % 'id'}; END"
    yield f"""
        CREATE TRIGGER decisions_counted AFTER INSERT ON decisions BEGIN
            UPDATE hours SET n = n - 1
            WHERE ({_KIND}) = (SELECT {_KIND} FROM ({before} WHERE i.id = NEW.inspection));
            DELETE FROM hours WHERE n = 0 AND hour_ms = (
                SELECT at_ms / 3600000 * 3600000 FROM inspections WHERE id = NEW.inspection
            );
            {add % "inspection"};
        END"""  # noqa: S608


def _postgresql_triggers() -> Iterator[str]:
    """For each statement, however many rows it brings; `added` are its rows."""
    yield from map(only_grows, _SAME_ROW)
    add = f"""
        INSERT INTO hours AS h ({_KIND}, n)
        SELECT {_KIND}, count(*) FROM counted WHERE id IN (SELECT %s FROM added) GROUP BY {_KIND}
        ON CONFLICT ({_KIND}) DO UPDATE SET n = h.n + excluded.n"""  # noqa: S608
    new = "NOT IN (SELECT id FROM added)"
    before = _counted(f"AND x.id {new}", f"AND u.id {new}")
    touched = "i.id IN (SELECT inspection FROM added)"
    same = " AND ".join(f"h.{name} = b.{name}" for name in _KIND.split(", "))
    take = f"""
        UPDATE hours AS h SET n = h.n - b.parts
        FROM (SELECT {_KIND}, count(*) AS parts FROM ({before} WHERE {touched}) c GROUP BY {_KIND})
            AS b WHERE {same};
        DELETE FROM hours WHERE n = 0 AND hour_ms IN (
            SELECT at_ms / 3600000 * 3600000 FROM inspections i WHERE {touched}
        )"""  # noqa: S608
    work = {"inspections": add % "id", "decisions": f"{take}; {add % 'inspection'}"}
    for table, statements in work.items():
        yield f"""
            CREATE FUNCTION {table}_counted() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {statements}; RETURN NULL; END $$"""
        yield f"""
            CREATE TRIGGER {table}_counted AFTER INSERT ON {table}
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT
            EXECUTE FUNCTION {table}_counted()"""
