"""Bring a database forward to the newest revision; there is no way back."""

from pathlib import Path

from sqlalchemy import Connection

from station.errors import ErrorCode, StoreError
from station.store.schema import REVISIONS

_HAS_TABLE = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}


def revision(connection: Connection) -> str | None:
    """The revision of the database, or None while it has no tables of ours."""
    has_table = _HAS_TABLE[connection.dialect.name]
    if connection.exec_driver_sql(has_table).first() is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def check_known(found: str | None, path: Path) -> None:
    """Raise StoreError STORE_NEWER for a revision that this program has never heard of."""
    if found is not None and found not in REVISIONS:
        raise StoreError(ErrorCode.STORE_NEWER, path=path, found=found, known=REVISIONS[-1])


def bring_forward(connection: Connection, path: Path) -> None:
    """Run what is missing inside the caller's transaction: all of it, or nothing.

    Raises StoreError STORE_NEWER.
    """
    found = revision(connection)
    check_known(found, path)
    if found == REVISIONS[-1]:
        return
    from alembic import command  # a quarter of a second, and needed only here
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).resolve().parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
