"""What a station looks after beside the parts: that its records are whole, and made whole again.

A damaged or missing database is moved aside by the store itself, which goes on with a new one at
once. Here, in the background, its rows are brought back: from the damaged file as far as it can
be read, the rest from the pictures. What was found and done stands in the audit trail as banners
until a person confirms them.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from itertools import takewhile
from pathlib import Path

from sqlalchemy import Connection, select

from station.domain.picture_name import IMAGES
from station.errors import ErrorCode, Fault, StationError, StoreError
from station.store.aside import CARRIED, days, is_damage, put_aside
from station.store.images import STALE_SECONDS, make_folder, sync_folder
from station.store.place import adopt, read_picture
from station.store.queries import Reader
from station.store.rebuild import (
    After,
    Progress,
    RebuildResult,
    all_pictures,
    rebuild_from_pictures,
    unknown,
)
from station.store.salvage import (
    bring_parts_back,
    bring_rest_back,
    bring_words_back,
    sorted_rows,
    trusted_above,
)
from station.store.salvage_taught import bring_taught_back
from station.store.salvage_values import bring_values_back
from station.store.schema import audit, inspections
from station.store.store import Store

log = logging.getLogger(__name__)

ASIDE = f"{IMAGES}/aside"
_LOOK_SECONDS = 2.0
_SWEEP_SECONDS = 3600.0
_SWEPT_DAYS = 2
_LOST = (ErrorCode.STORE_SET_ASIDE, ErrorCode.STORE_MISSING)

Tell = Callable[[Fault], None]


def look_after(
    store: Store, stop: threading.Event, tell: Tell, pause: float = _LOOK_SECONDS
) -> None:
    """The body of a background thread beside the line; `tell` hears of what a person must know.

    Proves the database once, brings back what was lost whenever the store had to begin anew, and
    takes in pictures whose row a crash prevented.
    """
    keeper = _Keeper(store, stop, tell)
    while not stop.wait(pause):
        try:
            keeper.look()
        except StationError as error:
            keeper.failed(error)
        except Exception:
            log.exception("looking after the records failed for no known reason")


class _Keeper:
    """What was done already. Belongs to one thread."""

    def __init__(self, store: Store, stop: threading.Event, tell: Tell) -> None:
        self._store, self._stop, self._tell = store, stop, tell
        self._told = 0
        self._checked = False
        self._suspect = False
        self._sweep_at = time.monotonic() + STALE_SECONDS

    def look(self) -> None:
        if self._suspect:
            self._suspect = False
            check(self._store)
        self._store.mend()
        lost = last_loss(self._store.reader)
        if lost is not None:
            if lost[0] != self._told:
                self._told = lost[0]
                self._tell(lost[1])
            self._tell_rebuilt(recover(self._store, self._stop))
        elif not self._checked:
            self._checked = check(self._store)
        elif time.monotonic() >= self._sweep_at:
            sweep_orphans(self._store, self._stop)
            self._sweep_at = time.monotonic() + _SWEEP_SECONDS

    def failed(self, error: StationError) -> None:
        """Damage that shows while looking is proven next, whatever was proven before."""
        log.warning("the records could not be looked after: %s", error)
        self._suspect = isinstance(error, StoreError) and is_damage(error)

    def _tell_rebuilt(self, result: RebuildResult) -> None:
        if not self._stop.is_set():
            self._tell(_rebuilt(result))


def last_loss(reader: Reader) -> tuple[int, Fault] | None:
    """The banner of a loss that was not yet made good, with its id in the audit trail."""
    codes = [code.value for code in (*_LOST, ErrorCode.STORE_REBUILT)]
    newest = select(audit.c.id, audit.c.code, audit.c.facts).where(audit.c.code.in_(codes))
    with reader.connection() as connection:
        row = connection.execute(newest.order_by(audit.c.id.desc()).limit(1)).first()
    if row is None or row.code == ErrorCode.STORE_REBUILT:
        return None
    facts = tuple((name, value) for name, value in json.loads(row.facts or "[]"))
    return row.id, Fault(ErrorCode(row.code), facts)


def check(store: Store) -> bool:
    """Prove the database; a damaged one gives way to a new one. False: it did.

    Reads only, beside the writer: half a second for a million rows.
    """
    if _quick_check(store) == "ok":
        return True
    answer = _quick_check(store)  # again: it may have been replaced in that moment
    if answer != "ok":
        store.begin_anew(answer)
    return False


def _quick_check(store: Store) -> str:
    try:
        with store.reader.connection() as connection:
            return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
    except StoreError as error:
        if not is_damage(error):
            raise
        return error.fault.fact("reason")


def recover(store: Store, stop: threading.Event, progress: Progress | None = None) -> RebuildResult:
    """Bring back what was lost: from the databases moved aside, then from the pictures.

    When it was not stopped, STORE_REBUILT with its counts stands in the audit trail.
    """
    lost = last_loss(store.reader)
    rows = 0 if lost is None else int(lost[1].fact(CARRIED) or 0)
    with ExitStack() as opened:
        scratches = []
        for broken in put_aside(store.folder):
            scratches.append(opened.enter_context(sorted_rows(broken, stop)))
            with store.transaction() as connection:
                bring_rest_back(connection, scratches[-1])
            rows += bring_parts_back(scratches[-1], store.transaction, stop)
        result = rebuild_from_pictures(store, stop, progress, _words_of(scratches))
        for scratch in scratches:
            if not stop.is_set():
                bring_taught_back(scratch, store.transaction)
                bring_values_back(scratch, store.transaction, stop)
    result = RebuildResult(rows + result.rows, result.failed)
    if not stop.is_set():
        store.audit("banner", _rebuilt(result))
    return result


def rebuild(folder: Path, progress: Progress | None = None, station: str = "") -> RebuildResult:
    """Make the records of a folder whole, while no station runs on it; for the command line.

    Raises what `Store.open` raises, DATA_FOLDER_IN_USE first of all.
    """
    with Store(folder, station) as store:
        check(store)
        return recover(store, threading.Event(), progress)


def sweep_orphans(store: Store, stop: threading.Event) -> tuple[int, int]:
    """Take in pictures of the last days that have no row, and put aside what is none.

    A crash between picture and row leaves one, and so does a log that was lost. Younger ones may
    be in work. Returns how many were taken in, and how many put aside.
    """
    taken = put = 0
    for path in unknown(store, [path for path in _recent(store.folder) if _stale(path)]):
        if stop.is_set():
            break
        found = read_picture(path)
        if found.record is None:
            put += _put_aside(store.folder, path)
            continue
        with store.transaction() as connection:
            row_id = adopt(connection, store.folder, store.station, found, at_place=False)
            taken += row_id is not None
    if taken or put:
        log.warning("pictures without a row: %d taken in, %d put aside", taken, put)
    return taken, put


def _words_of(scratches: list[Connection]) -> After:
    """Give a part made of its picture what was said of it, where its row is lost but that is not.

    Only where its old id is known for sure: a word must never come to another part.
    """
    trusted = [(scratch, trusted_above(scratch)) for scratch in scratches]

    def bring(connection: Connection, row_id: int) -> None:
        for scratch, above in trusted:
            lost = select(inspections.c.id).where(inspections.c.id == row_id)
            if row_id > above and scratch.execute(lost).first() is None:
                bring_words_back(connection, scratch, {row_id: row_id})

    return bring


def _rebuilt(result: RebuildResult) -> Fault:
    facts = (("rows", str(result.rows)), ("failed", str(result.failed)))
    return Fault(ErrorCode.STORE_REBUILT, facts)


def _recent(folder: Path) -> list[Path]:
    newest = {day.name for day in days(folder)[:_SWEPT_DAYS]}
    return list(takewhile(lambda path: path.parts[-3] in newest, all_pictures(folder)))


def _stale(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime > STALE_SECONDS
    return False


def _put_aside(folder: Path, path: Path) -> int:
    target = folder / ASIDE
    make_folder(target, folder)
    with suppress(FileNotFoundError):
        path.replace(target / path.name)
        sync_folder(target)
        return 1
    return 0
