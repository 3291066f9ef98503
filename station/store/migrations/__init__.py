"""Bring a database forward to the newest revision; the way back is the copy made before."""

import re
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from station import __version__
from station.errors import ErrorCode, StoreError
from station.store.schema import REVISIONS

SCRIPTS = Path(__file__).resolve().parent
_HAS_TABLE = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}
_PLACES = (1_000_000, 1_000, 1)

Applied = Callable[[str], None]
"""Is told each revision when it was reached."""


def revision(connection: Connection) -> str | None:
    """The revision of the database, or None while it has no tables of ours."""
    has_table = _HAS_TABLE[connection.dialect.name]
    if connection.exec_driver_sql(has_table).first() is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def known_revision(connection: Connection, path: Path) -> str | None:
    """The same. Raises StoreError STORE_NEWER for one that this program has never heard of."""
    found = revision(connection)
    if found is not None and found not in REVISIONS:
        version = written_by(connection) or "?"
        facts = {"found": found, "known": REVISIONS[-1], "version": version}
        raise StoreError(ErrorCode.STORE_NEWER, path=path, **facts)
    return found


def check_current(connection: Connection, path: Path, older: bool = False) -> None:
    """Raise StoreError STORE_NOT_FOUND without tables of ours, STORE_NEWER, or STORE_OLDER.

    Older is one that whoever holds the folder has yet to bring forward. older: such a one will do.
    """
    found = known_revision(connection, path)
    if found is None:
        raise StoreError(ErrorCode.STORE_NOT_FOUND, path=path.parent)
    if found != REVISIONS[-1] and not older:
        raise StoreError(ErrorCode.STORE_OLDER, path=path, found=found, known=REVISIONS[-1])


def written_by(connection: Connection) -> str:
    """The version of the program that made the database or brought it forward; empty: unknown."""
    if connection.dialect.name != "sqlite":
        return ""
    number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    return ".".join(str(number // place % 1000) for place in _PLACES) if number else ""


def bring_forward(
    connection: Connection,
    path: Path,
    applied: Applied = lambda _: None,
    to: str = "head",
) -> None:
    """Run what is missing inside the caller's transaction: all of it, or nothing.

    Raises StoreError STORE_NEWER.
    """
    if known_revision(connection, path) == REVISIONS[-1]:
        return
    from alembic import command  # a quarter of a second, and needed only here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["applied"] = applied
    command.upgrade(config, to)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {_number(__version__)}")


def _number(version: str) -> int:
    """The version as the one number that a database file keeps in its head."""
    parts = [int(part) for part in re.findall(r"\d+", version)[: len(_PLACES)]]
    return sum(part * place for part, place in zip(parts, _PLACES, strict=False))
