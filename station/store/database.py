"""The database file as its one writer has it: opened, and replaced when it is damaged."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from station.errors import ErrorCode, Fault, StoreError
from station.store.aside import (
    NO_FILE,
    append_loss,
    check_health,
    file_id,
    is_damage,
    missing,
    rescue,
    set_aside,
)
from station.store.before_upgrade import Tell, Upgrade
from station.store.engine import database_errors, write_engine
from station.store.images import sync_folder
from station.store.leaves import MAGIC
from station.store.migrations import known_revision
from station.store.salvage import carry_over
from station.store.schema import DATABASE_NAME


class Database:
    """Safe from any thread: changes take turns.

    Damage that shows in a change is told as STORE_BROKEN; the next change moves the file aside
    and goes to a new one. One that was deleted or replaced meanwhile is put back.
    """

    def __init__(self, folder: Path, station: str, on_upgrade: Tell = lambda _: None) -> None:
        self.path = folder / DATABASE_NAME
        self._station = station
        self._folder = folder
        self._on_upgrade = on_upgrade
        self._engine: Engine | None = None
        self._turn = threading.RLock()
        self._open = False
        self._damage = ""
        self._file = NO_FILE
        self._peep = -1  # kept open: closing a second handle would drop SQLite's locks on POSIX

    def open(self) -> None:
        """Bring it to the newest form; one that is damaged or missing is begun anew.

        One of an older form is copied first. Raises StoreError DATA_FOLDER_NOT_WRITABLE,
        STORE_DISK_FULL, STORE_NEWER, UPGRADE_NO_ROOM, UPGRADE_NO_COPY, UPGRADE_FAILED, or
        STORE_BROKEN where it is whole and not ours.
        """
        lost = missing(self._folder)
        if lost is not None:
            self._connect(lost, set_aside(self.path))
        else:
            try:
                self._connect()
            except StoreError as error:
                if not is_damage(error):
                    raise
                self.begin_anew(error.fault.fact("reason"))
        self._open = True

    def close(self) -> None:
        """Let go of it, its log folded in; safe to call twice."""
        self._open = False
        self._let_go()

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.dispose()  # the last connection folds the log in as it closes
            self._engine = None
        if self._peep >= 0:
            os.close(self._peep)
            self._peep = -1

    @contextmanager
    def transaction(
        self, otherwise: ErrorCode = ErrorCode.STORE_WRITE_FAILED
    ) -> Iterator[Connection]:
        """One change: all of it, or nothing."""
        with self._turn:
            self.mend()
            with self.noting_damage(), self._begun(otherwise) as connection:
                yield connection

    @contextmanager
    def noting_damage(self) -> Iterator[None]:
        """What is read here may find damage too."""
        try:
            yield
        except StoreError as error:
            if is_damage(error):
                self._damage = error.fault.fact("reason")
            raise

    def mend(self) -> None:
        """Replace the file if that is due; else some microseconds. Raises as `begin_anew`.

        One that was overwritten may go on answering from memory: its first bytes are looked at.
        """
        with self._turn:
            if not self._open:
                raise RuntimeError("the store is not open")
            if self._damage or self._engine is None:
                self.begin_anew(self._damage)
            elif file_id(self.path) != self._file:
                self._put_back(self._engine)
            elif not self._begins_well():
                self.begin_anew("overwritten")

    def begin_anew(self, reason: str) -> None:
        """Move the file aside because it is damaged, and go on with a new one.

        Raises StoreError STORE_WRITE_FAILED or STORE_DISK_FULL; the next change tries again.
        """
        with self._turn:
            self._damage = reason
            self._let_go()
            broken = set_aside(self.path)
            facts = (("path", str(broken)), ("reason", reason))
            self._connect(Fault(ErrorCode.STORE_SET_ASIDE, facts), broken)
            self._damage = ""

    def _put_back(self, engine: Engine) -> None:
        lost = rescue(engine, self.path)
        if lost is None:
            self.begin_anew("replaced")
        else:
            self._connect(lost)

    def _connect(self, lost: Fault | None = None, broken: Path | None = None) -> None:
        """Open the file, or make it; what was lost is told in its first transaction."""
        self._let_go()
        self._engine = write_engine(self.path)
        otherwise = ErrorCode.DATA_FOLDER_NOT_WRITABLE
        with Upgrade(self.path, self._on_upgrade) as upgrade, self._begun(otherwise) as connection:
            known_revision(connection, self.path)  # before anything of a newer one is asked for
            check_health(connection, self.path)
            upgrade.run(connection)
            if lost is not None:
                carried = 0 if broken is None else carry_over(connection, broken, self._station)
                append_loss(connection, lost, carried)
        sync_folder(self._folder)
        self._file = file_id(self.path)
        self._peep = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def _begins_well(self) -> bool:
        try:
            os.lseek(self._peep, 0, os.SEEK_SET)
            return os.read(self._peep, len(MAGIC)) == MAGIC
        except OSError:  # a disk that cannot be read now: the change itself will tell
            return True

    @contextmanager
    def _begun(self, otherwise: ErrorCode) -> Iterator[Connection]:
        assert self._engine is not None
        with database_errors(self.path, otherwise), self._engine.begin() as connection:
            yield connection
