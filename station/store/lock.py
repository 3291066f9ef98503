"""One station per data folder: it can be written to, and no other process has it."""

import secrets
from pathlib import Path

from filelock import FileLock, Timeout

from station.errors import ErrorCode, StoreError
from station.store.images import no_room

LOCK_NAME = "station.lock"


def take_folder(folder: Path, name: str = LOCK_NAME) -> FileLock:
    """Make the folder, try it, and lock it; the lock dies with the process or by `release()`.

    Raises StoreError DATA_FOLDER_NOT_WRITABLE, STORE_DISK_FULL or DATA_FOLDER_IN_USE.
    """
    lock = FileLock(folder / name, timeout=0, thread_local=False, mode=0o664)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _try_to_write(folder / f".try-{secrets.token_hex(4)}")
        lock.acquire()
    except Timeout:
        raise StoreError(ErrorCode.DATA_FOLDER_IN_USE, path=folder) from None
    except OSError as error:
        if no_room(error):
            raise StoreError(ErrorCode.STORE_DISK_FULL, path=folder) from error
        reason = error.strerror or str(error)
        raise StoreError(ErrorCode.DATA_FOLDER_NOT_WRITABLE, path=folder, reason=reason) from error
    return lock


def _try_to_write(path: Path) -> None:
    """Write a real file: permission bits say nothing to root, or of a read-only disk."""
    try:
        path.write_bytes(b"station")
    finally:
        path.unlink(missing_ok=True)
