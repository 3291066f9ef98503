"""Whether a folder can hold a station's data: proven by doing there what the station will do."""

import os
import secrets
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from errno import EDQUOT, ENOENT, ENOSPC
from pathlib import Path

import psutil

from station.access import FILE_NAME, LOCK_NAME
from station.errors import ErrorCode, SettingsError
from station.gui.welcome.room import Place
from station.place import NOTE_NAME, is_fresh
from station.settings import load_settings

LEAST_BYTES = 5 * 10**9
OURS = {NOTE_NAME, FILE_NAME, LOCK_NAME, "logs", "station.lock"}
"""What may lie in the usual folder before a station has begun."""
OF_THE_SYSTEM = {"lost+found", "system volume information", "$recycle.bin", "desktop.ini"}
SYSTEM_DISKS = ("/boot", "/efi", "/snap", "/var/snap")
NO_DISKS = {"ro", "cdrom", "removable"}
MOST_DISKS = 3
MADE_FOR_DATA = "Station"


def judge(folder: Path, least: int = LEAST_BYTES) -> Place:
    """What becomes of data in that folder; blocks, and leaves nothing behind.

    least: bytes that must be free for a station that begins.

    Raises SettingsError DATA_FOLDER_PROGRAM, DATA_FOLDER_FOREIGN, DATA_FOLDER_REFUSES or
    DATA_FOLDER_NARROW, and what `load_settings` raises of a station's data there.
    """
    folder = folder.expanduser()
    if not folder.is_absolute():
        raise _refused(folder, "not a whole path")
    try:
        return _judged(folder, least)
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise _narrow(folder, room_at(folder), least) from None
        raise _refused(folder, error.strerror or error) from None


def room_at(folder: Path) -> int:
    """How many bytes are free there, or would be once the folder is made."""
    return shutil.disk_usage(_there(folder)).free


def other_disks(proposed: Path, least: int = LEAST_BYTES) -> tuple[Place, ...]:
    """A folder on each disk that is not the proposed folder's, the largest room first."""
    own = _disk_of(proposed)
    found: dict[int, Place] = {}
    for part in psutil.disk_partitions():
        mount, options = Path(part.mountpoint), set(part.opts.split(","))
        hidden = (
            options & NO_DISKS or not mount.is_dir() or part.mountpoint.startswith(SYSTEM_DISKS)
        )
        with suppress(OSError):
            disk, free = _disk_of(mount), room_at(mount)
            if not hidden and disk != own and free >= least and os.access(mount, os.W_OK):
                found.setdefault(disk, Place(fitting(mount), free))
    return tuple(sorted(found.values(), key=lambda one: -one.free))[:MOST_DISKS]


def _disk_of(folder: Path) -> int:
    return _there(folder).stat().st_dev


def _there(folder: Path) -> Path:
    """It, or the folder above it in which it would be made. Raises FileNotFoundError."""
    for one in (folder, *folder.parents):
        if one.is_dir():
            return one
    raise FileNotFoundError(ENOENT, os.strerror(ENOENT))  # a drive that is not plugged in


def fitting(chosen: Path) -> Path:
    """That folder, or one of its own in it where other things lie: a person chooses a disk."""
    try:
        empty = not is_fresh(chosen) or next(_foreign(chosen), None) is None
    except OSError:
        empty = True  # it cannot even be looked at: `judge` says so
    return chosen if empty else chosen / MADE_FOR_DATA


def _judged(folder: Path, least: int) -> Place:
    if any(_is_within(folder, one) for one in _program_folders()):
        raise SettingsError(ErrorCode.DATA_FOLDER_PROGRAM, path=folder)
    used = not is_fresh(folder)
    if used:
        load_settings(folder)
    elif folder.is_dir() and (found := next(_foreign(folder), None)) is not None:
        raise SettingsError(ErrorCode.DATA_FOLDER_FOREIGN, path=folder, found=found)
    free = room_at(folder)
    if free < least and not used:
        raise _narrow(folder, free, least)
    with _made(folder):
        _try(folder)
    return Place(folder, free, used)


def _program_folders() -> tuple[Path, ...]:
    """Where the program lies: its package, its bundle, its own environment."""
    folders = [Path(__file__).parents[1]]
    if getattr(sys, "frozen", False):
        folders.append(Path(sys.executable).parent)
    if sys.prefix != sys.base_prefix:
        folders.append(Path(sys.prefix))
    return tuple(folders)


def _is_within(folder: Path, outer: Path) -> bool:
    return folder.resolve().is_relative_to(outer.resolve())


def _foreign(folder: Path) -> Iterator[str]:
    """What lies there and is neither a station's nor the system's."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        name = path.name
        ours = name in OURS or name.startswith(".") or name.lower() in OF_THE_SYSTEM
        if not ours:
            yield name


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, with those above it; what had to be made is taken away again."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for one in missing:
            one.rmdir()


def _try(folder: Path) -> None:
    """A durable file and a database, which not every disk or server can hold. Raises OSError."""
    trial = folder / f".try-{secrets.token_hex(4)}"
    trial.mkdir()
    try:
        _try_file(trial)
        _try_database(trial / "records.sqlite")
    finally:
        shutil.rmtree(trial, ignore_errors=True)


def _try_file(trial: Path) -> None:
    part, whole = trial / "工件.part", trial / "工件.png"
    with part.open("wb") as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())
    part.replace(whole)


def _try_database(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as database:
            (mode,) = database.execute("PRAGMA journal_mode=WAL").fetchone()
            if mode != "wal":
                raise OSError(0, f"no database of the kind “wal” can be kept there, only “{mode}”")
            database.execute("CREATE TABLE parts (number INTEGER)")
            database.execute("INSERT INTO parts VALUES (1)")
            database.commit()
    except sqlite3.Error as error:
        raise OSError(0, f"no database can be kept there: {error}") from None


def _narrow(folder: Path, free: int, least: int) -> SettingsError:
    facts = {"free": f"{free / 1e9:.1f}", "least": f"{least / 1e9:.1f}"}
    return SettingsError(ErrorCode.DATA_FOLDER_NARROW, path=folder, **facts)


def _refused(folder: Path, reason: object) -> SettingsError:
    return SettingsError(ErrorCode.DATA_FOLDER_REFUSES, path=folder, reason=reason)
