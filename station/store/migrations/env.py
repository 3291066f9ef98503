"""What Alembic runs: the known revisions, on the connection it was given, in one transaction."""

from alembic import context
from alembic.runtime.migration import MigrationInfo

applied = context.config.attributes["applied"]


def _tell(step: MigrationInfo, **_: object) -> None:
    applied(step.up_revision_id)


context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,
    on_version_apply=_tell,  # type: ignore[arg-type]  # called by keywords
)
with context.begin_transaction():
    context.run_migrations()
