"""Copies what a station recorded to the plant, in the background, in a process of its own.

The line never waits for it: it reads the records and nothing else. For each batch the pictures go
first, then their rows, then the cursor moves; killed anywhere between, it sends the same again, and
the plant leaves what it has. So every row and every picture is there once.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from station import __version__
from station.errors import ErrorCode, Fault, SettingsError, StationError, internal
from station.plant.database import KNOWN, PlantDatabase
from station.plant.inbox import append, heard_of, known_uids
from station.plant.outbox import TABLES, Outgoing, rows_after, waiting
from station.plant.pictures import Pictures, pictures_at
from station.plant.place import Place
from station.plant.status import PlantStatus, read_status, write_status
from station.store.cursor import Cursor, Position, load_cursor, save_cursor
from station.store.lock import take_folder
from station.store.queries import Reader
from station.store.schema import audit, inspections

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before the next try, after so many that failed."""

IDLE_SECONDS = 1.0
LOCK_NAME = "plant-copy.lock"
_SENDERS = 4
_HEARD_SECONDS = 10.0
_LOSSES = (ErrorCode.STORE_SET_ASIDE, ErrorCode.STORE_MISSING, ErrorCode.STORE_REBUILT)


class Copier:
    """One station's way to its plant. Belongs to one thread; `run` is all that it needs."""

    def __init__(self, folder: Path, place: Place) -> None:
        self._folder = folder
        self._place = place
        self._station = place.station
        self._reader: Reader | None = None
        self._plant: PlantDatabase | None = None
        self._pictures: Pictures | None = None
        self._cursor = Cursor()
        self._status = PlantStatus()
        self._sent: set[str] = set()
        self._heard_at = -_HEARD_SECONDS

    def run(self, stop: threading.Event, until_done: bool = False) -> PlantStatus:
        """Copy until told to stop; with `until_done` until nothing waits or the first error.

        Raises StoreError DATA_FOLDER_IN_USE where another copies that folder already.
        """
        lock = take_folder(self._folder, LOCK_NAME)
        try:
            self._begin()
            failed = 0
            while not stop.is_set():
                busy = self._try_round()
                failed = failed + 1 if self._status.error else 0
                if until_done and not busy:
                    break
                if failed:
                    stop.wait(PAUSES[min(failed, len(PAUSES)) - 1])
                elif not busy:
                    stop.wait(IDLE_SECONDS)
            return self._status
        finally:
            self._let_go()
            lock.release()

    def _begin(self) -> None:
        former = read_status(self._folder) or PlantStatus()
        self._status = replace(former, station=self._station, error=None)
        cursor = load_cursor(self._folder)
        self._cursor = cursor or Cursor()
        if cursor is None:
            self._move(self._cursor)  # from now on retention waits for us

    def _try_round(self) -> bool:
        """Copy the next batch of every table; True where there may be more. Notes what failed."""
        fault = None
        moved = False
        try:
            moved = self._round()
        except StationError as error:
            fault = error.fault
            if not _same(fault, self._status.error):
                log.warning("nothing is copied to the plant: %s", error)
        except Exception as error:
            fault = internal(error)
            log.exception("copying to the plant failed for no known reason")
        self._tell(fault)
        if fault is not None:
            self._let_go()
        return moved and fault is None

    def _round(self) -> bool:
        reader = self._open_reader()
        self._see_to_losses(reader)
        plant, pictures = self._open_plant()
        moved = [self._copy(table, reader, plant, pictures) for table in TABLES]
        now = time.monotonic()
        if now - self._heard_at >= _HEARD_SECONDS:
            with plant.transaction() as connection:
                left = sum(self._waiting(reader).values())
                heard_of(connection, self._station, __version__, left, _now_ms())
            self._heard_at = now
        return any(moved)

    def _copy(self, table: str, reader: Reader, plant: PlantDatabase, pictures: Pictures) -> bool:
        """Copy the next rows of one table; False where there were none, or none could go yet."""
        with reader.connection() as connection:
            rows = rows_after(connection, table, self._at(table), self._station)
        if not rows:
            return False
        if table == "inspections":
            self._send_pictures(rows, plant, pictures)
        with plant.transaction() as connection:
            taken = append(connection, table, rows)
        if taken:
            upto = {**self._cursor.upto, table: rows[taken - 1].at}
            anchor = rows[-1].uid if table == "inspections" else self._cursor.anchor
            self._move(replace(self._cursor, upto=upto, anchor=anchor))
        if taken < len(rows):
            self._fetch_part_of(rows[taken], reader)
        return bool(taken)

    def _send_pictures(
        self, rows: Sequence[Outgoing], plant: PlantDatabase, pictures: Pictures
    ) -> None:
        """Those of parts whose row is not there; a row that is there has its picture there."""

        def sending(row: Outgoing) -> bool:
            return self._send(row, pictures)

        with plant.transaction() as connection:
            there = known_uids(connection, [row.uid for row in rows])
        wanted = [
            row
            for row in rows
            if row.uid not in there and row.values["image"] and row.uid not in self._sent
        ]
        self._sent &= {row.uid for row in rows}
        missing = 0
        with ThreadPoolExecutor(_SENDERS, "pictures") as senders:
            for row, was_there in zip(wanted, senders.map(sending, wanted), strict=True):
                self._sent.add(row.uid)
                missing += not was_there
        self._status = replace(self._status, missing=self._status.missing + missing)

    def _send(self, row: Outgoing, pictures: Pictures) -> bool:
        """In one of several threads; False: it is gone or damaged, and holds up nothing."""
        name, digest = row.values["image"], row.values["image_sha256"]
        try:
            data = (self._folder / name).read_bytes()
        except OSError as error:
            log.warning("a picture cannot be copied to the plant: %s", error)
            return False
        if hashlib.sha256(data).hexdigest() != digest:
            log.warning("a picture is damaged and not copied to the plant: %s", name)
            return False
        pictures.put(f"{row.values['station']}/{name}", data, digest)
        return True

    def _fetch_part_of(self, row: Outgoing, reader: Reader) -> None:
        """Something was said of a part that is not at the plant: go back where it was passed by."""
        query = select(inspections.c.id).where(inspections.c.uid == row.uid)
        with reader.connection() as connection:
            id_ = connection.execute(query).scalar()
        if id_ is not None and (id_,) <= self._at("inspections"):
            self._begin_again({"inspections": ()})

    def _see_to_losses(self, reader: Reader) -> None:
        """Begin again where records were lost or came back: other rows may have those ids now."""
        codes = [code.value for code in _LOSSES]
        newest = select(func.max(audit.c.id))
        anchor = select(inspections.c.uid).where(inspections.c.id == sum(self._at("inspections")))
        with reader.connection() as connection:
            loss = connection.execute(newest.where(audit.c.code.in_(codes))).scalar() or 0
            jumped = newest.where(audit.c.code == ErrorCode.CLOCK_JUMPED.value)
            clock = connection.execute(jumped).scalar() or 0
            there = connection.execute(anchor).scalar() or ""
        if loss != self._cursor.loss or there != self._cursor.anchor:
            self._begin_again(dict.fromkeys(TABLES, ()))
        elif clock != self._cursor.clock:
            self._begin_again({"removals": ()})  # they are read by their time
        if (loss, clock) != (self._cursor.loss, self._cursor.clock):
            self._move(replace(self._cursor, loss=loss, clock=clock))

    def _begin_again(self, at: Mapping[str, Position]) -> None:
        """Send these tables from those positions again; what is at the plant is left as it is."""
        if again := [table for table in at if self._at(table)]:
            log.warning("copied to the plant once more: %s", ", ".join(again))
        upto = {**self._cursor.upto, **at}
        anchor = self._cursor.anchor if upto.get("inspections") else ""
        self._move(replace(self._cursor, upto=upto, anchor=anchor))

    def _open_reader(self) -> Reader:
        if self._reader is None:
            reader = Reader(self._folder)
            reader.open()
            self._reader = reader
        return self._reader

    def _open_plant(self) -> tuple[PlantDatabase, Pictures]:
        if self._plant is None or self._pictures is None:
            where = self._place
            if not where.database or not where.pictures:
                raise SettingsError(ErrorCode.PLANT_BAD_ADDRESS, address="", known=KNOWN)
            self._pictures = pictures_at(where.pictures, where.endpoint, where.region)
            self._pictures.open()
            plant = PlantDatabase(where.database)
            plant.open()
            self._plant = plant
            self._see_to_plant(plant, f"{plant.address} {self._pictures.address}")
        return self._plant, self._pictures

    def _see_to_plant(self, plant: PlantDatabase, name: str) -> None:
        """Begin again at another plant, or where this one has forgotten what was copied."""
        same = self._cursor.plant == name
        if same and self._cursor.anchor:
            with plant.transaction() as connection:
                same = bool(known_uids(connection, [self._cursor.anchor]))
        if not same:
            self._begin_again(dict.fromkeys(TABLES, ()))
            self._move(replace(self._cursor, plant=name))

    def _at(self, table: str) -> Position:
        return self._cursor.upto.get(table, ())

    def _move(self, cursor: Cursor) -> None:
        save_cursor(self._folder, cursor)
        self._cursor = cursor

    def _waiting(self, reader: Reader) -> dict[str, int]:
        with reader.connection() as connection:
            return {table: waiting(connection, table, self._at(table)) for table in TABLES}

    def _tell(self, fault: Fault | None) -> None:
        now = _now_ms()
        status = replace(self._status, at_ms=now, error=fault)
        if fault is None:
            ways = (self._plant, self._pictures)
            known = [one.encrypted for one in ways if one is not None and one.encrypted is not None]
            status = replace(status, last_success_ms=now, encrypted=all(known) if known else None)
        try:
            if self._reader is not None:
                status = replace(status, waiting=self._waiting(self._reader))
        except StationError as error:
            log.warning("what waits for the plant cannot be counted: %s", error)
        self._status = status
        write_status(self._folder, status)

    def _let_go(self) -> None:
        for one in (self._reader, self._plant):
            if one is not None:
                one.close()
        self._reader = self._plant = self._pictures = None


def _same(fault: Fault, before: Fault | None) -> bool:
    """Whether it was told already; a reason may hold times."""
    told = (fault.code, fault.fact("address"))
    return before is not None and told == (before.code, before.fact("address"))


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
