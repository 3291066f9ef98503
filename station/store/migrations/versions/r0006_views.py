"""Parts that are looked at several times: what came of each look.

Revision 0006. Written as SQL and never edited again: it is what stations in the field have run.
"""

from alembic import op

from station.store.migrations.dialect import as_postgresql

revision = "0006"
down_revision = "0005"

_VIEWS = "ALTER TABLE inspections ADD COLUMN views TEXT"

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


def upgrade() -> None:
    """Make what is new; nothing that is there is changed."""
    run = op.get_bind().exec_driver_sql
    run("DROP VIEW current")  # it names the columns of its time
    run(as_postgresql(_VIEWS) if op.get_bind().dialect.name == "postgresql" else _VIEWS)
    run(_CURRENT)
