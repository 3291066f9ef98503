"""Rows made again from the pictures: each PNG carries its record as text. Removes nothing.

It can be stopped and run again at any time: a part that is in the records is left as it is.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, select

from station.store.aside import days
from station.store.images import uid_in
from station.store.place import Found, adopt, read_picture
from station.store.schema import inspections
from station.store.store import Store

_BATCH = 50
_PAUSE = 0.005  # between batches: parts are recorded meanwhile

Progress = Callable[[int, int], None]
"""Is told of every batch: pictures looked at, rows made of them."""

After = Callable[[Connection, int], None]
"""What else is to be done for the part that has just got that row."""


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """How many rows were made, and how many pictures carry no record that can be read."""

    rows: int = 0
    failed: int = 0


def rebuild_from_pictures(
    store: Store,
    stop: threading.Event,
    progress: Progress | None = None,
    after: After | None = None,
) -> RebuildResult:
    """Append a row for every picture that has none, the newest days first."""
    seen = rows = failed = 0
    with ThreadPoolExecutor(2, "rebuild") as readers:
        for paths in _batches(all_pictures(store.folder)):
            if stop.is_set():
                break
            found = list(readers.map(read_picture, unknown(store, paths)))
            seen, failed = seen + len(paths), failed + sum(one.record is None for one in found)
            rows += _append(store, found, after)
            if progress is not None:
                progress(seen, rows)
            if found:
                time.sleep(_PAUSE)
    return RebuildResult(rows, failed)


def all_pictures(folder: Path) -> Iterator[Path]:
    """Every picture that is named as ours are, the newest days first."""
    for day in days(folder):
        for hour in sorted(day.glob("[0-9][0-9]"), reverse=True):
            yield from sorted(hour.glob("[0-9]*_*.png"))


def unknown(store: Store, paths: list[Path]) -> list[Path]:
    """Those of the pictures whose part is not in the records."""
    by_uid = {uid_in(path.name): path for path in paths}
    query = select(inspections.c.uid).where(inspections.c.uid.in_(by_uid))
    with store.reader.connection() as connection:
        known = set(connection.execute(query).scalars())
    return [path for uid, path in by_uid.items() if uid not in known]


def _append(store: Store, found: list[Found], after: After | None) -> int:
    whole = [one for one in found if one.record is not None]
    if not whole:
        return 0
    rows = 0
    with store.transaction() as connection:
        for one in whole:
            row_id = adopt(connection, store.folder, store.station, one, at_place=True)
            rows += row_id is not None
            if row_id is not None and after is not None:
                after(connection, row_id)
    return rows


def _batches(paths: Iterator[Path]) -> Iterator[list[Path]]:
    while batch := list(islice(paths, _BATCH)):
        yield batch
