"""Real damage to real files, for the tests of recovery."""

import os
from pathlib import Path

from station.store.schema import DATABASE_NAME


def overwrite(path: Path, start: float = 0.0, end: float = 1.0) -> None:
    """Random bytes over a part of a file in place, as `dd conv=notrunc` does."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(int(size * start))
        file.write(os.urandom(int(size * end) - int(size * start)))
        file.flush()
        os.fsync(file.fileno())


def everything(folder: Path) -> None:
    overwrite(folder / DATABASE_NAME)


def first_page(folder: Path) -> None:
    with (folder / DATABASE_NAME).open("r+b") as file:
        file.write(os.urandom(4096))


def header(folder: Path) -> None:
    with (folder / DATABASE_NAME).open("r+b") as file:
        file.write(bytes(100))


def text(folder: Path) -> None:
    (folder / DATABASE_NAME).write_bytes(b"this is no database" * 500)


def cut_in_half(folder: Path) -> None:
    os.truncate(folder / DATABASE_NAME, (folder / DATABASE_NAME).stat().st_size // 2 // 4096 * 4096)


def cut_in_a_page(folder: Path) -> None:
    os.truncate(folder / DATABASE_NAME, (folder / DATABASE_NAME).stat().st_size - 1000)


def emptied(folder: Path) -> None:
    os.truncate(folder / DATABASE_NAME, 0)


def deleted(folder: Path) -> None:
    (folder / DATABASE_NAME).unlink()


def all_deleted(folder: Path) -> None:
    for path in folder.glob(f"{DATABASE_NAME}*"):
        path.unlink()


def log_deleted(folder: Path) -> None:
    (folder / f"{DATABASE_NAME}-wal").unlink()


def log_overwritten(folder: Path) -> None:
    overwrite(folder / f"{DATABASE_NAME}-wal")


def middle(folder: Path) -> None:
    """All but the first and the last pages."""
    path = folder / DATABASE_NAME
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(os.urandom(path.stat().st_size * 2 // 3 // 4096 * 4096))
