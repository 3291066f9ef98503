"""A newer program and the records of an older one: copied first, then brought forward.

    <data folder>/before-upgrade/records-0006-20261121T101500Z.sqlite3   form and time of the copy

All migrations run in one transaction of the database; it fails as a whole, and then the records
are what they were. The copy is for whoever wants to go back after it went well.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection

from station import __version__
from station.errors import ErrorCode, StoreError
from station.store.engine import begin_file
from station.store.images import make_folder, sync_folder
from station.store.migrations import bring_forward, known_revision
from station.store.schema import REVISIONS

log = logging.getLogger(__name__)

FOLDER = "before-upgrade"
KEPT = 2
ROOM_BYTES = 32 * 2**20
"""To be left beside the copy and what the migrations write, which may be every page once."""

_STEP_PAGES = 2048
_COPIED = 0.5  # the share of the way when the copy is there

Tell = Callable[[float], None]
"""Is told the share of the way, from 0 to 1."""


class Upgrade:
    """One try to bring a database forward, around the transaction in which it happens.

    A database that is new or current passes without a word. On leaving, what went wrong becomes
    StoreError UPGRADE_FAILED: whatever it was, it is no damage of the records.
    """

    def __init__(self, path: Path, tell: Tell) -> None:
        self._path = path
        self._tell = tell
        self._from: str | None = None
        self._copy: Path | None = None

    def __enter__(self) -> "Upgrade":
        return self

    def run(self, connection: Connection) -> None:
        """Do it, in the caller's transaction.

        Raises StoreError UPGRADE_NO_ROOM, UPGRADE_NO_COPY, STORE_NEWER, or what a migration raises.
        """
        found = known_revision(connection, self._path)
        if found in (None, REVISIONS[-1]):
            bring_forward(connection, self._path)
            return
        assert found is not None
        check_room(connection, self._path)
        log.info("bringing the records from form %s to %s", found, REVISIONS[-1])
        self._tell(0.0)
        self._copy = _copied(self._path, found, self._tell)
        self._from = found
        log.info("the records as they were are kept in %s", self._copy)
        bring_forward(connection, self._path, self._applied)

    def __exit__(
        self,
        _: type[BaseException] | None,
        error: BaseException | None,
        __: TracebackType | None,
    ) -> None:
        if self._from is None:
            return
        if error is None:
            remove_old(self._path.parent)
            self._tell(1.0)
        elif isinstance(error, Exception):
            log.warning("the records could not be brought forward", exc_info=error)
            raise StoreError(
                ErrorCode.UPGRADE_FAILED,
                path=self._path,
                version=__version__,
                found=self._from,
                known=REVISIONS[-1],
                reason=reason_of(error),
                copy=self._copy,
            ) from error

    def _applied(self, revision: str) -> None:
        assert self._from is not None
        first = REVISIONS.index(self._from)
        done = (REVISIONS.index(revision) - first) / (len(REVISIONS) - 1 - first)
        self._tell(_COPIED + (1 - _COPIED) * done * 0.99)  # the last is the commit


def check_room(connection: Connection, path: Path) -> None:
    """Raise StoreError UPGRADE_NO_ROOM unless copy and migrations have room on the disk."""
    size = 1
    for pragma in ("page_count", "page_size"):
        size *= int(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())
    needed = 2 * size + ROOM_BYTES
    missing = needed - shutil.disk_usage(path.parent).free
    if missing > 0:
        facts = {"needed": _megabytes(needed), "missing": _megabytes(missing)}
        raise StoreError(ErrorCode.UPGRADE_NO_ROOM, path=path.parent, version=__version__, **facts)


def copies(folder: Path) -> list[Path]:
    """The copies in a data folder, oldest first."""
    found = (folder / FOLDER).glob("records-*-*Z.sqlite3")
    return sorted(found, key=lambda path: (path.stem.rsplit("-", 1)[-1], path.name))


def revision_in(copy: Path) -> str:
    """The form of a copy, by its name."""
    return copy.stem.split("-")[1]


def remove_old(folder: Path) -> None:
    """Keep the newest; one that cannot be removed now is tried again after the next upgrade."""
    for path in copies(folder)[:-KEPT]:
        with suppress(OSError):
            path.unlink()


def prove(copy: Path, found: str) -> None:
    """Read a copy from end to end; it is left as one file. Raises sqlite3.Error or ValueError."""
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        (answer,) = database.execute("PRAGMA quick_check(1)").fetchone()
        if answer != "ok":
            raise ValueError(answer)
        if database.execute("SELECT version_num FROM alembic_version").fetchall() != [(found,)]:
            raise ValueError(f"not of form {found}")
    with copy.open("r+b") as file:
        os.fsync(file.fileno())


def reason_of(error: BaseException) -> str:
    """What lies behind it, in a few words of the database or the system."""
    cause = error.__cause__ if isinstance(error, StoreError) and error.__cause__ else error
    cause = getattr(cause, "orig", None) or cause
    return str(cause) if isinstance(cause, sqlite3.Error | OSError | ValueError) else f"{cause!r}"


def _copied(path: Path, found: str, tell: Tell) -> Path:
    """The copy, whole and durable. The caller holds the write lock: nothing can come between.

    Raises StoreError UPGRADE_NO_COPY.
    """
    folder = path.parent / FOLDER
    half = folder / "records.half"
    target = folder / f"records-{found}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sqlite3"
    try:
        make_folder(folder, path.parent)
        for stale in folder.glob(f"{half.name}*"):  # of a try that was killed
            stale.unlink()
        begin_file(half)
        _copy(path, half, tell)
        prove(half, found)
        half.replace(target)
        sync_folder(folder)
    except (sqlite3.Error, OSError, StoreError, ValueError) as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        facts = {"version": __version__, "reason": reason_of(error)}
        raise StoreError(ErrorCode.UPGRADE_NO_COPY, path=path, **facts) from error
    _remove_overtaken(target, found)
    return target


def _copy(path: Path, half: Path, tell: Tell) -> None:
    def progress(_: int, left: int, total: int) -> None:
        tell(_COPIED * (1 - left / max(1, total)))

    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(half)) as copy:
        copy.execute("PRAGMA synchronous=OFF")  # made durable as a whole
        source.backup(copy, pages=_STEP_PAGES, progress=progress)


def _remove_overtaken(newest: Path, found: str) -> None:
    """Earlier tries of the same step, where the records have only grown since."""
    for path in copies(newest.parent.parent):
        with suppress(OSError, sqlite3.Error):
            if path != newest and revision_in(path) == found and _overtakes(newest, path):
                path.unlink()


def _overtakes(newer: Path, older: Path) -> bool:
    """Whether no table has lost a row, as it would where the records were begun anew."""
    before, after = _row_counts(older), _row_counts(newer)
    return all(after.get(table, 0) >= count for table, count in before.items())


def _row_counts(copy: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        counts = {}
        for (table,) in tables:
            (counts[table],) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own names
        return counts


def _megabytes(size: int) -> str:
    return f"{-(-size // 10**6)}"
