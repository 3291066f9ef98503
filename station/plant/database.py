"""The plant's database: PostgreSQL, with the tables of a station and a few columns more."""

import importlib.util
import ipaddress
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from station.errors import ErrorCode, SettingsError, StoreError
from station.secrets import PASSWORD, find_secret
from station.store import schema
from station.store.migrations import bring_forward

log = logging.getLogger(__name__)

KNOWN = "postgresql://user@host/database?sslmode=verify-full, the password in " + PASSWORD.variable
CONNECT_SECONDS = 5
SILENT_SECONDS = 30.0
"""So long one transaction may take; a cable that was pulled is noticed then at the latest."""

_MIGRATION_SECONDS = 3600.0
_MIGRATION_LOCK = 0x53544154
_TEXT_CHARS = 300


def _tables() -> MetaData:
    tables = MetaData()
    for table in schema.metadata.sorted_tables:
        table.to_metadata(tables)
    for name in ("decisions", "dispositions", "audit"):
        tables.tables[name].append_column(Column("origin", Text))  # a hash of what the row says
    for name in ("audit", "recipes"):
        station = Column("station", Text, nullable=False, server_default="")
        tables.tables[name].append_column(station)
    return tables


metadata = _tables()

stations = Table(
    "stations",
    metadata,
    Column("name", Text, primary_key=True),
    Column("program", Text, nullable=False),  # version of the program
    Column("waiting", BigInteger, nullable=False),  # rows that were not copied yet
    Column("seen_ms", BigInteger, nullable=False),
)
"""When each station was last heard of. Changed in place, like `hours`."""


def database_url(address: str) -> URL:
    """The address with its password, if there is one anywhere.

    Raises SettingsError PLANT_BAD_ADDRESS where it is none, or holds a secret.
    """
    try:
        url = make_url(address)
    except ArgumentError:
        raise _bad("") from None  # it may hold a password anywhere
    shown = shown_address(url)
    if url.get_backend_name() != "postgresql" or not url.database or url.password is not None:
        raise _bad(shown)
    if {"password", "sslpassword"} & set(url.query):
        raise _bad(shown)
    return url.set(drivername="postgresql+psycopg", password=find_secret(PASSWORD))


def shown_address(url: URL) -> str:
    """The address without secrets and options, to be shown, stored and compared."""
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
    return bare.render_as_string()


class PlantDatabase:
    """One connection to the plant, for one thread; `open` makes it and brings the tables forward.

    After an error it may be used on: the next transaction connects anew.
    """

    def __init__(self, address: str) -> None:
        self._url = database_url(address)
        self.address = shown_address(self._url)
        self.encrypted: bool | None = None
        self._engine: Engine | None = None

    def open(self) -> None:
        """Raises SettingsError EXTRA_MISSING, StoreError PLANT_UNREACHABLE or PLANT_NEWER."""
        if importlib.util.find_spec("psycopg") is None:
            raise SettingsError(ErrorCode.EXTRA_MISSING, extra="postgres")
        self._engine = create_engine(self._url, pool_size=1, max_overflow=0, connect_args=_LINK)
        event.listen(self._engine, "connect", self._connected)
        try:
            with self.transaction(_MIGRATION_SECONDS) as connection:
                self._bring_forward(connection)
        except BaseException:
            self.close()
            raise
        self._warn_if_open()

    def close(self) -> None:
        """Let go; safe to call twice."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> "PlantDatabase":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self, seconds: float = SILENT_SECONDS) -> Iterator[Connection]:
        """All of it or nothing, within that time. Raises StoreError PLANT_UNREACHABLE."""
        if self._engine is None:
            raise RuntimeError("the plant's database is not open")
        try:
            with (
                self._engine.connect() as connection,
                _deadline(connection, seconds),
                connection.begin(),
            ):
                yield connection
        except DBAPIError as error:
            raise unreachable(self.address, error.orig or error) from error

    def _bring_forward(self, connection: Connection) -> None:
        """Stations that start together take turns."""
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
        try:
            bring_forward(connection, Path(self.address))
        except StoreError as error:
            found, known = (error.fault.fact(name) for name in ("found", "known"))
            raise StoreError(
                ErrorCode.PLANT_NEWER, address=self.address, found=found, known=known
            ) from None

    def _connected(self, driver: object, _: ConnectionPoolEntry) -> None:
        """The server gives up too, and soon lets go of what a station that is gone had locked."""
        limit = int(SILENT_SECONDS * 1000)
        with driver.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"SET statement_timeout = {limit}")
            cursor.execute(f"SET idle_in_transaction_session_timeout = {limit}")
        driver.commit()  # type: ignore[attr-defined]
        self.encrypted = bool(driver.pgconn.ssl_in_use)  # type: ignore[attr-defined]

    def _warn_if_open(self) -> None:
        if not self.encrypted and not is_here(self._url.host or str(self._url.query.get("host"))):
            log.warning("the connection to %s is not encrypted: set sslmode", self.address)


_LINK = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "station",
    "prepare_threshold": None,  # a pooler between us would not know prepared statements
}


def is_here(host: str) -> bool:
    """Tell whether that host is this machine, where nobody listens in on the way."""
    if host in ("", "None", "localhost") or host.startswith("/"):
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def unreachable(address: str, reason: object) -> StoreError:
    """PLANT_UNREACHABLE with the first line of what was said, short enough to be read."""
    lines = str(reason).strip().splitlines() or [type(reason).__name__]
    return StoreError(ErrorCode.PLANT_UNREACHABLE, address=address, reason=lines[0][:_TEXT_CHARS])


@contextmanager
def _deadline(connection: Connection, seconds: float) -> Iterator[None]:
    """Shut the socket when the time is over: a peer that says nothing more is noticed by that."""
    descriptor = connection.connection.driver_connection.pgconn.socket  # type: ignore[union-attr]
    with socket.fromfd(descriptor, socket.AF_INET, socket.SOCK_STREAM) as link:  # a handle of ours
        timer = threading.Timer(seconds, _shut, (link,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _shut(link: socket.socket) -> None:
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)


def _bad(shown: str) -> SettingsError:
    return SettingsError(ErrorCode.PLANT_BAD_ADDRESS, address=shown, known=KNOWN)
