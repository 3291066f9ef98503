"""How the database file is opened, to write and to read, and what its errors mean to us."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from station.errors import ErrorCode, StoreError

BUSY_MS = 5000
_WAL_LIMIT_BYTES = 64 * 2**20
_ROOMY = "cache_size=-65536"  # 64 MiB a connection: the upper pages of every index stay at hand
_FOLD_PAGES = 8000  # 32 MiB of log are folded in at once: one part in hundreds waits for that
_NO_ROOM_BYTES = 2**20
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""SQLITE_ERROR is SQL that does not fit the tables: they are not ours."""


def write_engine(path: Path) -> Engine:
    """One connection, so writers of all threads take turns; every transaction takes the write lock.

    synchronous=FULL: with NORMAL a power cut takes every commit since the last checkpoint.
    """
    pragmas = (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"journal_size_limit={_WAL_LIMIT_BYTES}",
        f"wal_autocheckpoint={_FOLD_PAGES}",
    )
    engine = _engine(path, "rwc", pragmas, connections=1)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def read_engine(path: Path, roomy: bool) -> Engine:
    """A few connections that cannot write, for any thread; each query sees what is committed.

    roomy: keep more at hand, for looking through years; the line's own memory must not grow.
    """
    mode = "ro"
    log = path.with_name(f"{path.name}-wal")
    if not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size):
        mode = "ro&immutable=1"  # a copy on a read-only disk, where SQLite could not keep its locks
    engine = _engine(path, mode, ("query_only=ON", *((_ROOMY,) if roomy else ())), connections=4)

    @event.listens_for(engine, "checkout")
    def _still_that_file(_: object, record: ConnectionPoolEntry, __: object) -> None:
        """Connect anew where a damaged database was moved aside and another took its place."""
        with suppress(FileNotFoundError):
            found = path.stat().st_ino
            if record.info.setdefault("file", found) != found:
                raise DisconnectionError

    return engine


def begin_file(path: Path) -> None:
    """Make it empty, as the process makes files; the logs follow it.

    SQLite itself would keep the group from writing, whatever the process says. One that is there
    is not opened: closing a second handle would drop SQLite's locks.
    """
    with suppress(OSError):  # told by SQLite
        if not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))


def _engine(path: Path, mode: str, pragmas: tuple[str, ...], connections: int) -> Engine:
    uri = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        if mode == "rwc":
            begin_file(path)
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,  # we begin transactions, not the module
            check_same_thread=False,  # the pool lends a connection to one thread at a time
        )
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    return create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=connections, max_overflow=0
    )


@contextmanager
def database_errors(path: Path, otherwise: ErrorCode) -> Iterator[None]:
    """Turn what the database raises into StoreError: full, locked, broken, or `otherwise`."""
    try:
        yield
    except DBAPIError as error:
        raise _ours(error.orig or error, path, otherwise) from error
    except sqlite3.Error as error:
        raise _ours(error, path, otherwise) from error


def _ours(error: BaseException, path: Path, otherwise: ErrorCode) -> StoreError:
    result = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if result == sqlite3.SQLITE_FULL or (result == sqlite3.SQLITE_IOERR and _no_room(path.parent)):
        return StoreError(ErrorCode.STORE_DISK_FULL, path=path.parent)
    if result in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(ErrorCode.STORE_LOCKED, path=path)
    if result in _DAMAGE:
        return StoreError(ErrorCode.STORE_BROKEN, path=path, reason=error)
    return StoreError(otherwise, path=path, reason=error)


def _no_room(folder: Path) -> bool:
    """Tell a full disk that SQLite could only call an I/O error."""
    try:
        return shutil.disk_usage(folder).free < _NO_ROOM_BYTES
    except OSError:
        return False
