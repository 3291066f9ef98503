"""A database that is damaged or missing: telling it, moving it aside, going on above it.

records.sqlite.broken-20261121T101500Z   what was there, with its -wal and -shm; never removed
"""

import heapq
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from station.domain.picture_name import IMAGES
from station.errors import ErrorCode, Fault, StoreError
from station.store.images import file_error, sync_folder
from station.store.rows import fault_facts
from station.store.schema import DATABASE_NAME, audit, inspections

FileId = tuple[int, int]
NO_FILE: FileId = (0, 0)

CARRIED = "carried"
"""A fact of a loss: how many parts came back with the new database itself."""

BROKEN = f"{DATABASE_NAME}.broken-"
REPLACED = f"{DATABASE_NAME}.replaced-"
"""Whole, and put aside by a person; nothing is brought back from it."""

_COMPANIONS = ("-wal", "-shm", "")  # the database last: alone without its log it would look whole
_PAUSES = (0.01, 0.04, 0.16, 0.64)
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def check_health(connection: Connection, path: Path) -> None:
    """Look at the database where every damage of its start shows, in a moment whatever its size.

    The rest is proven in the background. Raises StoreError STORE_BROKEN, or what the database
    raises.
    """
    head = path.stat().st_size, connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    if head[0] % head[1]:
        raise StoreError(ErrorCode.STORE_BROKEN, path=path, reason="cut short")
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    if "alembic_version" in tables:
        newest = select(inspections.c.id).order_by(inspections.c.id.desc()).limit(1)
        connection.execute(newest)
        connection.execute(select(inspections.c.id).order_by(inspections.c.number.desc()).limit(1))


def is_damage(error: StoreError) -> bool:
    """Tell damage from a database that is whole and only not ours."""
    if error.code is not ErrorCode.STORE_BROKEN:
        return False
    cause = getattr(error.__cause__, "orig", None) or error.__cause__
    result = getattr(cause, "sqlite_errorcode", None)
    return result is None or result & 0xFF in _DAMAGE or "no such table" in str(cause)


def missing(folder: Path) -> Fault | None:
    """STORE_MISSING where there is no database, and yet something that was recorded."""
    path = folder / DATABASE_NAME
    if _size(path):
        return None
    if not _size(path.with_name(f"{path.name}-wal")) and not has_pictures(folder):
        return None
    return Fault(ErrorCode.STORE_MISSING, (("path", str(path)),))


def set_aside(path: Path, mark: str = BROKEN) -> Path:
    """Move the database with its companions out of the way, and say where it is now.

    Nobody may have it open in this process. Raises StoreError STORE_WRITE_FAILED.
    """
    target = _cut_short(path, mark) or _fresh(path, mark)
    try:
        for companion in _COMPANIONS:
            _move(path.with_name(path.name + companion), target.with_name(target.name + companion))
        target.touch()  # where only a log was left: so that it is not taken for half a move
        sync_folder(path.parent)
    except OSError as error:
        raise file_error(error, path) from error
    return target


def rescue(engine: Engine, path: Path) -> Fault | None:
    """Put the database back that somebody deleted or replaced while we have it open.

    What lies in its place is moved aside. None where the system does not give it back.
    Raises StoreError STORE_WRITE_FAILED or STORE_DISK_FULL.
    """
    half = path.with_name(f"{path.name}.rescued")
    half.unlink(missing_ok=True)
    try:
        with closing(engine.raw_connection()) as ours, closing(sqlite3.connect(half)) as copy:
            source = ours.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except (DBAPIError, sqlite3.Error):
        half.unlink(missing_ok=True)
        return None
    set_aside(path)
    try:
        half.replace(path)
    except OSError as error:
        raise file_error(error, path) from error
    return Fault(ErrorCode.STORE_MISSING, (("path", str(path)),))


def append_loss(connection: Connection, lost: Fault, carried: int) -> None:
    """Note the loss as a banner; `carried`: so many parts are back already.

    Its id is counted from the clock: those of the lost audit trail stay free, and that comes
    back in its place before this.
    """
    now = time.time_ns()
    row = {
        "id": now // 10**6,
        "at_ms": now // 10**6,
        "operator": "",
        "action": "banner",
        "code": lost.code.value,
        "facts": json.dumps([*fault_facts(lost), [CARRIED, str(carried)]], ensure_ascii=False),
        "confirms": None,
    }
    connection.execute(insert(audit), row)


def file_id(path: Path) -> FileId:
    """Which file lies there."""
    try:
        found = path.stat()
    except OSError:
        return NO_FILE
    return found.st_dev, found.st_ino


def put_aside(folder: Path) -> list[Path]:
    """The databases that were moved aside, oldest first."""
    return [folder / name for name in _names(folder, BROKEN) if name.endswith("Z")]


def highest_number(folder: Path) -> int:
    """The highest part number among the newest pictures, 0 without any.

    The newest hours by name and by time of writing: so a clock that was set back hides none.
    """
    return max((number_in(path.name) for path in newest_pictures(folder, 1)), default=0)


def newest_pictures(folder: Path, count: int) -> list[Path]:
    """So many pictures with the highest part numbers, the highest first."""
    hours = {hour for day in _newest(folder / IMAGES) for hour in _newest(day)}
    found = (path for hour in hours for path in hour.glob("*.png"))
    return heapq.nlargest(count, found, key=lambda path: number_in(path.name))


def has_pictures(folder: Path) -> bool:
    """Tell whether any picture was ever kept."""
    return any(next(day.glob("*/*.png"), None) for day in days(folder))


def days(folder: Path) -> list[Path]:
    """The folders of the days with pictures, newest first."""
    found = (folder / IMAGES).glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]")
    return sorted(found, reverse=True)


def number_in(name: str) -> int:
    """The part number in a file name of `image_name`; 0 for the name of another file."""
    number = name.split("_", 1)[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def _newest(folder: Path) -> set[Path]:
    """Of the folders in it, the last three by name and the last by time."""
    found = [path for path in _folders(folder) if path.name[0].isdigit()]
    if not found:
        return set()
    return {*sorted(found)[-3:], max(found, key=lambda path: path.stat().st_mtime)}


def _folders(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from (path for path in folder.iterdir() if path.is_dir())


def _cut_short(path: Path, mark: str) -> Path | None:
    """Where a move that a crash cut short was going: its log lies there, the database does not."""
    for log in _names(path.parent, mark):
        target = path.with_name(log.removesuffix("-wal"))
        if log.endswith("-wal") and not target.exists() and _size(path):
            return target
    return None


def _fresh(path: Path, mark: str) -> Path:
    while True:
        target = path.with_name(f"{mark}{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        if not any(target.with_name(target.name + one).exists() for one in _COMPANIONS):
            return target
        time.sleep(0.1)


def _move(source: Path, target: Path) -> None:
    """Rename, if it is there; on Windows a reader that is about to let go may still have it."""
    for pause in _PAUSES:
        try:
            source.replace(target)
        except FileNotFoundError:
            return
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(target)


def _names(folder: Path, start: str) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(start))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
