"""Where the plant keeps the pictures: a folder, or a store that speaks S3.

A picture is put whole or not at all, and proven there before `put` returns. Putting the same
picture twice leaves one.
"""

import hashlib
import importlib.util
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from station.errors import ErrorCode, SettingsError, StationError, StoreError
from station.plant.database import CONNECT_SECONDS, is_here, unreachable
from station.secrets import KEY, KEY_ID, find_secret
from station.store.images import INCOMING, make_folder, sweep, write_durably

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config, S3Store

log = logging.getLogger(__name__)

KNOWN = "a folder, file:///folder, s3://bucket/prefix"
REQUEST_SECONDS = 120  # for one picture over a slow link
_RETRIES = 1  # we have our own, with pauses that a person is told of


class Pictures(Protocol):
    """Files by name, with `/` between the folders. Every method raises PLANT_UNREACHABLE.

    `put` and `get` may be called from several threads.
    """

    address: str
    encrypted: bool | None

    def open(self) -> None:
        """Make ready; nothing is created."""

    def put(self, name: str, data: bytes, sha256: str) -> None:
        """Keep the file and prove that it is there."""

    def get(self, name: str) -> bytes | None:
        """The file, None where there is none."""

    def names(self) -> Iterator[str]:
        """Every name there is."""


def pictures_at(address: str, endpoint: str = "", region: str = "") -> Pictures:
    """The place of that address. Raises SettingsError PLANT_BAD_ADDRESS."""
    parts = urlsplit(address)
    if parts.scheme == "s3" and parts.netloc and "@" not in parts.netloc and not parts.query:
        return S3Pictures(parts.netloc, parts.path.strip("/"), endpoint, region)
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return FolderPictures(Path(url2pathname(parts.path)))
    if address and "://" not in address:
        return FolderPictures(Path(address))
    shown = f"{parts.scheme}://{parts.hostname or ''}{parts.path}"  # without what may be secret
    raise SettingsError(ErrorCode.PLANT_BAD_ADDRESS, address=shown, known=KNOWN)


class FolderPictures:
    """A folder of this machine, or of a server by the system's own means."""

    encrypted: bool | None = None  # the system's business

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = str(folder)

    def open(self) -> None:
        """A folder that is not there is a disk that is not mounted: it is never made."""
        self._check_there()
        sweep(self._folder / INCOMING)

    def put(self, name: str, data: bytes, sha256: str) -> None:
        """Written like the station's own pictures, then read again."""
        path, incoming = self._path(name), self._folder / INCOMING
        self._check_there()
        try:
            for folder in (incoming, path.parent):
                make_folder(folder, self._folder)
            write_durably(path, incoming, data)
            found = hashlib.sha256(path.read_bytes()).hexdigest()
        except (OSError, StationError) as error:
            raise unreachable(self.address, error) from error
        if found != sha256:
            raise unreachable(self.address, f"{name} is not there as it was written")

    def get(self, name: str) -> bytes | None:
        """Read it."""
        self._check_there()
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unreachable(self.address, error) from error

    def names(self) -> Iterator[str]:
        """Every file below, but for half-written ones."""
        self._check_there()
        for path in self._folder.rglob("*"):
            name = path.relative_to(self._folder).as_posix()
            if path.is_file() and not name.startswith(INCOMING):
                yield name

    def _check_there(self) -> None:
        if not self._folder.is_dir():
            raise unreachable(self.address, "no such folder")

    def _path(self, name: str) -> Path:
        return self._folder / checked(name)


class S3Pictures:
    """A bucket of a store that speaks S3, over HTTPS unless the endpoint says http://."""

    def __init__(self, bucket: str, prefix: str, endpoint: str, region: str) -> None:
        self._bucket, self._prefix = bucket, prefix
        self._endpoint, self._region = endpoint, region
        self.address = f"s3://{bucket}/{prefix}".rstrip("/")
        self.encrypted: bool | None = not endpoint.startswith("http://")
        self._store: S3Store | None = None

    def open(self) -> None:
        """Raises SettingsError EXTRA_MISSING too."""
        if importlib.util.find_spec("obstore") is None:
            raise SettingsError(ErrorCode.EXTRA_MISSING, extra="s3")
        from obstore.exceptions import BaseError
        from obstore.store import S3Store

        if not self.encrypted and not is_here(urlsplit(self._endpoint).hostname or ""):
            log.warning("the connection to %s is not encrypted: use https", self._endpoint)
        try:
            self._store = S3Store(
                self._bucket,
                prefix=self._prefix or None,
                config=self._config(),
                client_options=_client(allow_http=not self.encrypted),
                retry_config={
                    "max_retries": _RETRIES,
                    "retry_timeout": timedelta(seconds=REQUEST_SECONDS),
                },
            )
        except (BaseError, ValueError) as error:
            raise unreachable(self.address, _reason(error)) from error

    def _config(self) -> "S3Config":
        config: S3Config = {"checksum_algorithm": "sha256"}  # the store proves what came
        if self._endpoint:
            config["endpoint"] = self._endpoint
        if self._region:
            config["region"] = self._region
        key_id, key = find_secret(KEY_ID), find_secret(KEY)
        if key_id and key:
            config |= {"access_key_id": key_id, "secret_access_key": key}
        return config

    def put(self, name: str, data: bytes, sha256: str) -> None:
        """Put, then ask for it."""
        import obstore
        from obstore.exceptions import BaseError

        store, path = self._opened(), checked(name)
        told: dict[str, str] = {"Content-Type": "image/png", "sha256": sha256}
        try:
            obstore.put(store, path, data, attributes=told, use_multipart=False)
            size = obstore.head(store, path)["size"]
        except (BaseError, OSError) as error:
            raise unreachable(self.address, _reason(error)) from error
        if size != len(data):
            raise unreachable(self.address, f"{name} is not there as it was sent")

    def get(self, name: str) -> bytes | None:
        """Fetch it."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            return bytes(obstore.get(self._opened(), checked(name)).bytes())
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise unreachable(self.address, _reason(error)) from error

    def names(self) -> Iterator[str]:
        """Every name below the prefix, page by page."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            for page in obstore.list(self._opened(), chunk_size=1000):
                yield from (one["path"] for one in page)
        except (BaseError, OSError) as error:
            raise unreachable(self.address, _reason(error)) from error

    def _opened(self) -> "S3Store":
        if self._store is None:
            raise RuntimeError("the pictures' store is not open")
        return self._store


def checked(name: str) -> str:
    """The name, unless it leads out of the place. Raises StoreError RECORD_NOT_FOUND."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise StoreError(ErrorCode.RECORD_NOT_FOUND, uid=name)
    return name


def _client(allow_http: bool) -> "ClientConfig":
    return {
        "allow_http": allow_http,
        "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
        "timeout": timedelta(seconds=REQUEST_SECONDS),
    }


def _reason(error: BaseException) -> str:
    """What the library says, without the dump of its own source that follows."""
    return str(error).split("\n", 1)[0]
