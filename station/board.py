"""Where the processes of one station find each other, and show that they live. Plain Python only.

    <runtime folder>/board     one slot for each process: its pid, and a count that rises
    <runtime folder>/socket    where the line listens (on Windows a named pipe instead)
    <runtime folder>/key       what a client must know; only this user can read it
    <runtime folder>/ring-…    the newest live pictures
    <runtime folder>/failed    why the line could not start at all, for whoever shows it
    <runtime folder>/teach     a person wants to teach a first product as soon as a window stands
    <runtime folder>/upgrade   how far the line is with bringing older records up to date

The folder belongs to one data folder and one user, lies in memory where the system has such a
place, and holds nothing that must outlive a restart.
"""

import getpass
import hashlib
import json
import mmap
import os
import secrets
import struct
import sys
import tempfile
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

BEAT_SECONDS = 0.2
_SLOT = struct.Struct("<5q")  # pid, beats, starts lately, 1 where given up, pid that is up

EXIT_HUNG = 74
EXIT_DEVICE_LOST = 75
EXIT_OUT_OF_MEMORY = 76
EXIT_SLEPT = 77
EXIT_MEMORY_GROWN = 78
EXIT_CHANGED_OVER = 79
"""With these the line's process asks to be started anew."""


Facts = tuple[tuple[str, str], ...]


class Role(IntEnum):
    """Who has which slot."""

    LINE = 0
    WINDOW = 1
    COPIER = 2


LONGEST_PLACE = 75  # bytes: the address of a local socket has 107, our part of it takes 32


def runtime_folder(data: Path) -> Path:
    """The folder's path for that data folder; `make_runtime_folder` makes it."""
    places = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm", tempfile.gettempdir())  # noqa: S108
    fitting = (place for place in places if place and len(os.fsencode(place)) <= LONGEST_PLACE)
    place = next(place for place in fitting if os.access(place, os.W_OK))
    text = f"{getpass.getuser()}\n{data.resolve()}"
    name = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Path(place) / f"station-{name}"


def make_runtime_folder(data: Path) -> Path:
    """Make it so that nobody else looks inside. Raises PermissionError if it is another's."""
    folder = runtime_folder(data)
    folder.mkdir(mode=0o700, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to another user")
    return folder


def address(folder: Path) -> str:
    """Where the line of that runtime folder listens, in the form of multiprocessing.connection."""
    return rf"\\.\pipe\{folder.name}" if sys.platform == "win32" else str(folder / "socket")


def new_key(folder: Path) -> bytes:
    """A fresh key, readable by this user only."""
    key = secrets.token_bytes(32)
    path = folder / "key"
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, key)
    finally:
        os.close(handle)
    return key


def read_key(folder: Path) -> bytes:
    """The key of the line that runs. Raises OSError where there is none."""
    return (folder / "key").read_bytes()


def write_failed(folder: Path, code: str, facts: Facts, exit_code: int) -> None:
    """Leave word why the line cannot start, for whoever shows it."""
    text = json.dumps({"code": code, "facts": facts, "exit": exit_code})
    (folder / "failed").write_text(text, "utf-8")


def read_failed(folder: Path) -> tuple[str, Facts, int] | None:
    """That word, or None where there is none."""
    try:
        values = json.loads((folder / "failed").read_text("utf-8"))
        facts = tuple((str(name), str(value)) for name, value in values["facts"])
        return str(values["code"]), facts, int(values["exit"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_failed(folder: Path) -> None:
    """It can start after all."""
    (folder / "failed").unlink(missing_ok=True)


def tell_upgrade(folder: Path, share: float) -> None:
    """Leave word how far the line is with bringing older records up to date, from 0 to 1."""
    with suppress(OSError):  # it goes on all the same
        fresh = folder / "upgrade.new"
        fresh.write_text(f"{share:.3f}", "utf-8")
        fresh.replace(folder / "upgrade")


def read_upgrade(folder: Path) -> float | None:
    """That word, or None where nothing is brought up to date."""
    try:
        return float((folder / "upgrade").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def forget_upgrade(folder: Path) -> None:
    """It is done, or given up."""
    with suppress(OSError):
        (folder / "upgrade").unlink(missing_ok=True)


def ask_for_lesson(folder: Path) -> None:
    """Leave word that a first product is to be taught."""
    (folder / "teach").touch()


def take_lesson_wish(folder: Path) -> bool:
    """Whether there is that word; it is taken away, so that it is followed once."""
    try:
        (folder / "teach").unlink()
    except OSError:
        return False
    return True


class Board:
    """A page of memory that the processes of one station share; no locks, one writer per slot.

    A process writes its own pid and beats; the supervisor alone writes starts and given up.
    """

    def __init__(self, folder: Path) -> None:
        size = _SLOT.size * len(Role)
        handle = os.open(folder / "board", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.ftruncate(handle, size)
            self._page = mmap.mmap(handle, size)
        finally:
            os.close(handle)

    def close(self) -> None:
        """Let go of the page; safe to call twice."""
        with suppress(BufferError):
            self._page.close()

    def beat(self, role: Role) -> None:
        """Show life."""
        self._write(role, 0, os.getpid())
        self._write(role, 1, self.beats(role) + 1)

    def beats(self, role: Role) -> int:
        """A count that rises while that process lives."""
        return self._read(role)[1]

    def pid(self, role: Role) -> int:
        """The last process that showed life; 0 before the first."""
        return self._read(role)[0]

    def starts(self, role: Role) -> int:
        """How often it was started anew within the last minute."""
        return self._read(role)[2]

    def given_up(self, role: Role) -> bool:
        """Whether it failed too often and rests."""
        return bool(self._read(role)[3])

    def set_up(self, role: Role) -> None:
        """The caller is ready for what it is there for."""
        self._write(role, 4, os.getpid())

    def up(self, role: Role) -> int:
        """The pid of the last process that got ready; 0 before the first."""
        return self._read(role)[4]

    def tell(self, role: Role, starts: int, given_up: bool) -> None:
        """The supervisor's word on that process."""
        self._write(role, 2, starts)
        self._write(role, 3, int(given_up))

    def clear(self) -> None:
        """A new supervisor begins."""
        self._page[:] = bytes(len(self._page))

    def _read(self, role: Role) -> tuple[int, ...]:
        return _SLOT.unpack_from(self._page, role * _SLOT.size)

    def _write(self, role: Role, column: int, value: int) -> None:
        struct.pack_into("<q", self._page, role * _SLOT.size + 8 * column, value)
