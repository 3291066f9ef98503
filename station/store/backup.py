"""A second copy of a data folder, made beside a running station, and the way back from it.

    <backup>/backup.json          what it holds, written last: without it there is no backup
    <backup>/rows-<time>/…        the database; its rows prove the pictures by size and SHA-256
    <backup>/images/…             the pictures that the rows name
    <backup>/samples/…            those that are samples and no record's
    <backup>/…                    settings, recipes, models

Made again in the same place, only pictures that are new are copied.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, inspect, select

from station.errors import ErrorCode, StoreError
from station.store.images import file_error, make_folder, sync_folder
from station.store.queries import Reader
from station.store.sample_writer import SAMPLES
from station.store.schema import DATABASE_NAME, inspections, removals, samples
from station.store.store import Store
from station.store.verify import verify

MANIFEST_NAME = "backup.json"
_BESIDES = (
    *("settings.toml", "settings.toml.[0-9]"),
    *("recipes/**/*", "models/**/*", "snapshots/*.json"),
)
_PAGE = 500
_TRIES = 3

Progress = Callable[[int], None]
"""Is told how many pictures are done."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    files: SHA-256 of all but the pictures, by path below it. lost: pictures that a row names and
    that were gone already.
    """

    made_at: str
    place: str  # the folder of the database
    rows: int
    pictures: int
    with_images: bool
    files: dict[str, str]
    lost: list[str]


@dataclass(frozen=True, slots=True)
class Drill:
    """What restoring for trial gave: so many rows, and so many of them not good."""

    rows: int
    bad: int


def backup(
    folder: Path, target: Path, with_images: bool = True, progress: Progress | None = None
) -> Backup:
    """Copy the records of a folder while a station may be writing to it.

    Raises StoreError STORE_NOT_FOUND, STORE_NEWER, STORE_BROKEN, STORE_DISK_FULL or
    STORE_WRITE_FAILED.
    """
    made = datetime.now(UTC)
    place = f"rows-{made:%Y%m%dT%H%M%S%f}"
    try:
        (target / place).mkdir(parents=True)
        lost: list[str] = []
        for _ in range(_TRIES):
            _copy_rows(folder, target / place / DATABASE_NAME)
            if with_images:
                gone = list(_copy_pictures(folder, target, place, progress))
                lost = _not_removed(folder, target / place / DATABASE_NAME, gone)
            if not lost:
                break  # else a sample may have been removed meanwhile, and newer rows say so
        besides = [_copy(folder / one, target / one, one) for one in _besides(folder)]
        files = {one: _digest(target / one) for one in (f"{place}/{DATABASE_NAME}", *besides)}
        rows, pictures = _totals(target / place)
        found = Backup(made.isoformat(), place, rows, pictures, with_images, files, lost)
        _write(target / MANIFEST_NAME, json.dumps(asdict(found), indent=1).encode())
    except OSError as error:
        raise file_error(error, target) from error
    for former in target.glob("rows-*"):
        if former.name != place:
            shutil.rmtree(former, ignore_errors=True)
    return found


def restore(
    source: Path, folder: Path, anyway: bool = False, progress: Progress | None = None
) -> Backup:
    """Make a data folder of a backup; every file is proven as it is copied.

    anyway: leave out pictures that are damaged or missing, where the rest is wanted all the same.
    Raises StoreError RESTORE_NOT_EMPTY, BACKUP_BROKEN with the path and the reason,
    STORE_DISK_FULL or STORE_WRITE_FAILED; the folder is then as it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(ErrorCode.RESTORE_NOT_EMPTY, path=folder)
    found = check_backup(source)
    half = folder.with_name(f"{folder.name}.restoring")
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for one, digest in found.files.items():
            _bring(source / one, half / one.removeprefix(f"{found.place}/"), digest)
        if found.with_images:
            _bring_pictures(source, half, found, anyway, progress)
        if folder.exists():
            folder.rmdir()
        half.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise file_error(error, folder) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return found


def drill(source: Path, place: Path | None = None) -> Drill:
    """Restore into a folder that is gone afterwards, below `place`, and prove every record.

    Raises as `restore`, and as `verify`.
    """
    with tempfile.TemporaryDirectory(prefix="station-drill-", dir=place) as temporary:
        folder = Path(temporary) / "data"
        found = restore(source, folder)
        with Store(folder):  # as a station would open it, one of an older program too
            pass
        problems = [row.problem for row in verify(folder)]
    if not found.with_images:
        return Drill(len(problems), 0)
    return Drill(len(problems), sum(one is not None for one in problems))


def check_backup(source: Path) -> Backup:
    """What a backup holds, all but the pictures proven. Raises StoreError BACKUP_BROKEN."""
    path = source / MANIFEST_NAME
    try:
        found = Backup(**json.loads(path.read_bytes()))
        for one, digest in found.files.items():
            if not (source / one).resolve().is_relative_to(source.resolve()):
                raise _broken(source / one, "outside the backup")
            if _digest(source / one) != digest:
                raise _broken(source / one, "changed")
        if f"{found.place}/{DATABASE_NAME}" not in found.files:
            raise _broken(path, "no database")
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise _broken(path, error) from None
    return found


def _copy_rows(folder: Path, target: Path) -> None:
    """The database as it stands at one moment; writers are not held up by it."""
    with (
        Reader(folder, any_form=True) as reader,
        reader.connection() as connection,
        closing(sqlite3.connect(target)) as copy,
    ):
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, also on a disk that is read-only
    _sync(target)


def _copy_pictures(
    folder: Path, target: Path, place: str, progress: Progress | None
) -> Iterator[str]:
    """Copy what is not there yet; gives those that are gone."""
    for row in _counted(_pictures(target / place), progress):
        copy = target / row.image
        there = copy.is_file() and copy.stat().st_size == row.image_bytes
        if not there and not _link(folder / row.image, copy, target):
            yield row.image


def _not_removed(folder: Path, copy: Path, gone: Sequence[str]) -> list[str]:
    """Which of these pictures nobody removed; the copied rows learn which were, since."""
    if not gone:
        return []
    columns = inspections.c
    query = select(columns.image, *removals.c).join_from(inspections, removals)
    with Reader(folder, any_form=True) as reader, reader.connection() as connection:
        found = [
            row
            for first in range(0, len(gone), _PAGE)
            for row in connection.execute(
                query.where(columns.image.in_(gone[first : first + _PAGE]))
            )
        ]
    with closing(sqlite3.connect(copy)) as database, database:
        rows = [(row.inspection, row.at_ms, row.why) for row in found]
        database.executemany("INSERT OR IGNORE INTO removals VALUES (?, ?, ?)", rows)
    _sync(copy)
    removed = {row.image for row in found}
    return [name for name in gone if name not in removed]


def _counted(pages: Iterator[Sequence[Any]], progress: Progress | None) -> Iterator[Any]:
    done = 0
    for page in pages:
        yield from page
        done += len(page)
        if progress is not None:
            progress(done)


def _pictures(folder: Path) -> Iterator[Sequence[Any]]:
    """The rows that must have their picture, by pages."""
    columns = inspections.c
    removed = select(removals.c.inspection).where(removals.c.inspection == columns.id).exists()
    query = (
        select(columns.id, columns.image, columns.image_sha256, columns.image_bytes)
        .where(columns.image.is_not(None), ~removed)
        .order_by(columns.id)
        .limit(_PAGE)
    )
    with Reader(folder, any_form=True) as reader, reader.connection() as connection:
        yield from _pages(connection, query, columns.id)
        if inspect(connection).has_table(samples.name):  # an older backup has none
            own = samples.c
            others = select(own.id, own.image, own.image_sha256, own.image_bytes)
            others = others.where(own.image.startswith(f"{SAMPLES}/"))
            yield from _pages(connection, others.order_by(own.id).limit(_PAGE), own.id)


def _pages(
    connection: Connection, query: Select[Any], id_: ColumnElement[int]
) -> Iterator[Sequence[Any]]:
    last = 0
    while page := connection.execute(query.where(id_ > last)).all():
        yield page
        last = page[-1].id


def _link(source: Path, target: Path, top: Path) -> bool:
    """A second name for the picture on the same disk, else a copy; False when it is gone.

    A picture is never changed, only replaced as a whole: a second name keeps the first content.
    """
    make_folder(target.parent, top)
    half = target.with_name(f"{target.name}.part")
    half.unlink(missing_ok=True)
    try:
        try:
            os.link(source, half)
        except OSError:  # another disk, or one without such names
            shutil.copyfile(source, half)
            _sync(half)
    except FileNotFoundError:
        return False
    half.replace(target)
    sync_folder(target.parent)
    return True


def _besides(folder: Path) -> list[str]:
    found = {path for pattern in _BESIDES for path in folder.glob(pattern) if path.is_file()}
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _copy(source: Path, target: Path, name: str) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, source.read_bytes())
    return name


def _totals(folder: Path) -> tuple[int, int]:
    columns = inspections.c
    with Reader(folder, any_form=True) as reader, reader.connection() as connection:
        row = connection.execute(select(func.count(), func.count(columns.image))).one()
    return row[0], row[1]


def _bring(source: Path, target: Path, digest: str) -> None:
    """Copy one file back and prove it. Raises StoreError BACKUP_BROKEN."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        raise _broken(source, "missing") from None
    if _digest(target) != digest:
        target.unlink()
        raise _broken(source, "changed")
    _sync(target)


def _bring_pictures(
    source: Path, folder: Path, found: Backup, anyway: bool, progress: Progress | None
) -> None:
    lost = set(found.lost)
    for row in _counted(_pictures(source / found.place), progress):
        if row.image in lost:
            continue
        try:
            _bring(source / row.image, folder / row.image, row.image_sha256)
        except StoreError:
            if not anyway:
                raise


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_name(f"{path.name}.part")
    fresh.write_bytes(data)
    _sync(fresh)
    fresh.replace(path)
    sync_folder(path.parent)


def _sync(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _broken(path: Path, reason: object) -> StoreError:
    return StoreError(ErrorCode.BACKUP_BROKEN, path=path, reason=reason)
