"""Writing samples and labels beside a running line, whose process holds the data folder.

SQLite lets the writers of both processes take turns. Only the line's may mend or replace the
database: where that happened, this one connects anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from station.errors import ErrorCode, StoreError
from station.store.aside import NO_FILE, file_id
from station.store.engine import database_errors, write_engine
from station.store.migrations import check_current
from station.store.sample_writer import SampleWriter
from station.store.schema import DATABASE_NAME


class Beside(SampleWriter):
    """The writing of samples without the folder's lock; safe from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / DATABASE_NAME
        self._engine: Engine | None = None
        self._file = NO_FILE

    def open(self) -> None:
        """Raises StoreError STORE_NOT_FOUND, STORE_OLDER, STORE_NEWER or STORE_BROKEN."""
        if not self._path.is_file():
            raise StoreError(ErrorCode.STORE_NOT_FOUND, path=self.folder)
        self._connect()
        try:
            with self.transaction() as connection:
                check_current(connection, self._path)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go; safe to call twice."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> "Beside":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One change; waits for its turn, at most five seconds."""
        if self._engine is None:
            raise RuntimeError("not open")
        if file_id(self._path) != self._file:
            if not self._path.is_file():
                raise StoreError(ErrorCode.STORE_NOT_FOUND, path=self.folder)
            self._connect()
        failed = ErrorCode.STORE_WRITE_FAILED
        with database_errors(self._path, failed), self._engine.begin() as connection:
            yield connection

    def _connect(self) -> None:
        self.close()
        self._file = file_id(self._path)
        self._engine = write_engine(self._path)
