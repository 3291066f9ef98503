"""The files of model revisions: where they lie, and how they get there whole and stay so.

`models/<product>/v3-1a2b3c4d.onnx` is the third of that product, and never changed once it is
there. In `models/incoming/` are half-written files; they are swept when one more is taken in.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from station.errors import ErrorCode, ModelError
from station.store.images import file_error, make_folder, sweep, sync_folder

MODELS = "models"
INCOMING = "models/incoming"
_LONGEST = 60
_PIECE = 2**20
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d|incoming)(\..*)?")  # names of Windows


def model_name(product: str, number: int, sha256: str) -> str:
    """The path of a revision's file below the data folder, with `/`."""
    return f"{MODELS}/{folder_name(product)}/v{number}-{sha256[:8]}.onnx"


def folder_name(product: str) -> str:
    """A name that every file system takes, readable where the product's is, and its own."""
    safe = "".join(c if c.isalnum() or c in " -_" else _quoted(c) for c in product)
    plain = safe == product and safe.strip() == safe and not _DEVICES.fullmatch(safe)
    if plain and 0 < len(safe.encode()) <= _LONGEST:
        return safe
    mark = hashlib.sha256(product.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    short = safe.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore").strip()
    return f"{short}-{mark}"


def _quoted(character: str) -> str:
    return "%2E" if character == "." else quote(character.encode("utf-8", "replace"), safe="")


def file_sha256(path: Path) -> str:
    """Of the whole file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def taken_in(folder: Path, source: Path, sha256: str) -> Iterator[Path]:
    """A durable copy of `source` that `put_in_place` has only to rename; gone if it does not.

    Raises ModelError MODEL_NOT_FOUND, or MODEL_CHANGED where it is not what it should be;
    StoreError STORE_DISK_FULL or STORE_WRITE_FAILED.
    """
    incoming = folder / INCOMING
    make_folder(incoming, folder)
    sweep(incoming)
    half = incoming / f"{secrets.token_hex(8)}.tmp"
    try:
        if _copy(source, half) != sha256:
            raise ModelError(ErrorCode.MODEL_CHANGED, path=source)
        yield half
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def put_in_place(half: Path, folder: Path, name: str, sha256: str) -> None:
    """Give a taken-in file its name; one that a crash left there is the same, or stays.

    Raises StoreError STORE_DISK_FULL or STORE_WRITE_FAILED.
    """
    path = folder / name
    make_folder(path.parent, folder)
    try:
        if path.exists():
            if file_sha256(path) != sha256:
                raise FileExistsError(17, "another model has that name", str(path))
            return
        half.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise file_error(error, path) from error


def _copy(source: Path, target: Path) -> str:
    """Copy durably; the hash of what was copied."""
    digest = hashlib.sha256()
    try:
        reading = source.open("rb")
    except OSError:
        raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=source) from None
    try:
        with reading, target.open("xb") as file:
            while piece := reading.read(_PIECE):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise file_error(error, target) from error
    return digest.hexdigest()
