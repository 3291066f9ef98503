"""The way back after an upgrade: the copy made before it takes the place of the records.

What was there lies as records.sqlite.replaced-20261121T101500Z beside them and is never removed.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from station.errors import ErrorCode, StoreError
from station.store.aside import REPLACED, set_aside
from station.store.before_upgrade import FOLDER, copies, prove, reason_of, revision_in
from station.store.engine import begin_file
from station.store.images import file_error, sync_folder
from station.store.lock import take_folder
from station.store.schema import DATABASE_NAME, REVISIONS


@dataclass(frozen=True, slots=True)
class Former:
    """What holds again, of which form, with so many parts; and where that lies which held."""

    copy: Path
    revision: str
    parts: int
    aside: Path | None


def restore_former(folder: Path) -> Former:
    """Go back to the newest copy of another form that this program knows.

    No station may run on the folder.

    Raises StoreError DATA_FOLDER_IN_USE, FORMER_NOT_FOUND, BACKUP_BROKEN, STORE_DISK_FULL or
    STORE_WRITE_FAILED; the records are then as they were.
    """
    _newest(folder)  # before anything is made there
    lock = take_folder(folder)
    try:
        return _put_back(folder, _newest(folder))
    finally:
        lock.release()


def _newest(folder: Path) -> Path:
    """One of the form that holds is of an upgrade that failed: there is nothing to go back to."""
    wanted = {*REVISIONS} - {_form(folder / DATABASE_NAME)}
    known = [one for one in copies(folder) if revision_in(one) in wanted]
    if not known:
        raise StoreError(ErrorCode.FORMER_NOT_FOUND, path=folder / FOLDER)
    return known[-1]


def _form(path: Path) -> str:
    """Of the records that are there; empty where they cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (found,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError):
        return ""
    return str(found)


def _put_back(folder: Path, copy: Path) -> Former:
    path, revision = folder / DATABASE_NAME, revision_in(copy)
    half = folder / f"{DATABASE_NAME}.half"
    try:
        half.unlink(missing_ok=True)
        begin_file(half)
        shutil.copyfile(copy, half)
        prove(half, revision)
        log = path.with_name(f"{path.name}-wal")  # alone it would be taken for the copy's own
        aside = set_aside(path, REPLACED) if path.exists() or log.exists() else None
        half.replace(path)
        sync_folder(folder)
        return Former(copy, revision, _parts(path), aside)
    except OSError as error:
        raise file_error(error, path) from error
    except (sqlite3.Error, ValueError) as error:
        reason = reason_of(error)
        raise StoreError(ErrorCode.BACKUP_BROKEN, path=copy, reason=reason) from error
    finally:
        half.unlink(missing_ok=True)


def _parts(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
        (parts,) = database.execute("SELECT count(*) FROM inspections").fetchone()
    return int(parts)
