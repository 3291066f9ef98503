"""Prove the records: every row against its picture, and what lies about without a row.

Needs no lock and writes nothing, so it can run beside a running station.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from station.domain.picture_name import IMAGES
from station.errors import ErrorCode, StoreError
from station.store.images import RECORD_KEY, uid_in
from station.store.png import read_png
from station.store.process_values import values_of_all
from station.store.queries import Entry, Reader
from station.store.rows import from_json, to_json
from station.store.schema import DATABASE_NAME

_PAGE = 200
SETTLED_SECONDS = 10.0
"""A file younger than this may be one whose row is being written just now."""


class Problem(StrEnum):
    """What is wrong with a record."""

    MISSING = "missing"  # the picture file is not there, or cannot be opened
    CHANGED = "changed"  # its size or hash is not what was written
    UNREADABLE = "unreadable"  # it is what was written, and no picture
    DISAGREES = "disagrees"  # the record inside the picture is not the row


@dataclass(frozen=True, slots=True)
class RowCheck:
    """One record and what is wrong with it; `image` is the path below the data folder."""

    uid: str
    number: int
    image: str | None
    problem: Problem | None

    @property
    def good(self) -> bool:
        """Nothing is wrong."""
        return self.problem is None


def verify(folder: Path) -> Iterator[RowCheck]:
    """Check every record against its file, oldest first.

    Raises StoreError STORE_NOT_FOUND, STORE_NEWER, or STORE_BROKEN before the first row where
    the database itself is damaged.
    """
    with Reader(folder) as reader:
        _check_database(reader, folder)
        last = 0
        while page := reader.after(last, _PAGE):
            for entry in _with_values(reader, page):
                inspection = entry.inspection
                problem = check(folder, entry)
                yield RowCheck(inspection.uid, inspection.part.number, entry.image, problem)
            last = page[-1].id


def check(folder: Path, entry: Entry) -> Problem | None:
    """What is wrong with one record, or None.

    No picture is right where there was a fault, or where it was deleted on purpose.
    """
    if entry.image is None:
        return None if entry.inspection.fault is not None else Problem.MISSING
    try:
        data = (folder / entry.image).read_bytes()
    except OSError:
        return Problem.MISSING if entry.removed_at_ms is None else None
    if len(data) != entry.image_bytes or hashlib.sha256(data).hexdigest() != entry.image_sha256:
        return Problem.CHANGED
    try:
        _, texts = read_png(data)
    except ValueError:
        return Problem.UNREADABLE
    return None if _same(texts.get(RECORD_KEY, ""), entry) else Problem.DISAGREES


def stray_files(folder: Path) -> Iterator[str]:
    """Files under `images/` without a row, by path below the folder: half-written, or foreign.

    A crash between picture and row leaves one; it was never acknowledged, and is kept.
    """
    with Reader(folder) as reader:
        for path in sorted((folder / IMAGES).rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not _has_row(reader, name) and _settled(path):
                yield name


def _check_database(reader: Reader, folder: Path) -> None:
    with reader.connection() as connection:
        answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if answer != "ok":
        path = folder / DATABASE_NAME
        raise StoreError(ErrorCode.STORE_BROKEN, path=path, reason=answer)


def _with_values(reader: Reader, page: list[Entry]) -> Iterator[Entry]:
    """The entries with the process values that were read with their parts."""
    with reader.connection() as connection:
        read = values_of_all(connection, [entry.id for entry in page])
    for entry in page:
        values = read.get(entry.id, ())
        yield replace(entry, inspection=replace(entry.inspection, values=values))


def _same(text: str, entry: Entry) -> bool:
    seen = entry.inspection
    try:
        told = from_json(text)
        if not seen.values:  # after a damage they may be in the picture alone
            told = replace(told, values=())
        return to_json(told) == to_json(seen)
    except (ValueError, KeyError, TypeError):
        return False


def _has_row(reader: Reader, name: str) -> bool:
    try:
        return reader.entry(uid_in(name)).image == name
    except StoreError as error:
        if error.code is ErrorCode.RECORD_NOT_FOUND:
            return False
        raise


def _settled(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > SETTLED_SECONDS
    except OSError:
        return False
