"""The administrator's PIN of a station: kept as a salted hash, with the tries that were wrong.

    <data folder>/pin.json    not there: no PIN is set, and nothing is guarded

It keeps those who stand at the screen from what only some of them may do. It does not keep out
who has rights on the files: whoever may write the data folder may set the PIN anew or clear it
(`station pin`), and that is also the way out for a PIN that was forgotten. Who can read the file
can try all PINs in hours, for there are few; so no copy of it goes into backups or support files.
"""

import hashlib
import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, ParamSpec, TypeVar

import msgspec
from filelock import FileLock, Timeout

from station.errors import ErrorCode, Fault, SettingsError

P = ParamSpec("P")
R = TypeVar("R")

FILE_NAME = "pin.json"
LOCK_NAME = "pin.lock"
LEAST, MOST = 6, 12  # digits
TRIES = 5  # wrong ones, before a pause
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 900.0  # seconds; each is twice the one before
OPEN_SECONDS = 600.0  # without a touch; then what is guarded shuts
_TURN_SECONDS = 10.0  # for another process that checks or sets the PIN
_COST, _BLOCK, _LANES = 2**15, 8, 1  # scrypt: 32 MiB, and about a tenth of a second
_MEMORY = 256 * 2**20  # bytes that a file may ask for; more is no file of ours
_COMMON = frozenset(
    (
        *("123321", "112233", "332211", "123654", "654123", "147258", "258369", "369258"),
        *("147852", "159357", "159753", "357159", "951753", "789456", "456123", "741852"),
        *("963852", "246810", "102030", "112358", "314159", "271828", "520131", "5201314"),
        *("147258369", "741852963", "123123456"),
    )
)
"""What people choose first, beside what `pin_flaw` sees by its shape."""


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds. paused_ms: when the last pause began, by the wall clock, UTC."""

    form: Literal[1]
    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=64)]
    key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    cost: Annotated[int, msgspec.Meta(ge=2**14, le=2**20)]
    block: Annotated[int, msgspec.Meta(ge=8, le=32)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=16)]
    wrong: Annotated[int, msgspec.Meta(ge=0)] = 0
    paused_ms: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """left: tries before the next pause.  wait: seconds of the pause that holds, 0 for none."""

    is_set: bool
    left: int = TRIES
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """What came of a try; left, wait: see Standing.

    wrong: so many in a row now; 0 for one that was right, or that was not made in a pause.
    """

    right: bool
    left: int = TRIES
    wait: float = 0.0
    wrong: int = 0


# ── the rules ───────────────────────────────────────────────────────────────────────────────


def pin_flaw(pin: str) -> Fault | None:
    """Why nobody should have that PIN: PIN_UNFIT, or PIN_EASY for what is guessed first."""
    if not (LEAST <= len(pin) <= MOST and pin.isascii() and pin.isdigit()):
        return Fault(ErrorCode.PIN_UNFIT, (("least", str(LEAST)), ("most", str(MOST))))
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    is_run = len(steps) == 1
    repeats = pin in (pin + pin)[1:-1]  # made of one block, twice or more
    if is_run or repeats or len(set(pin)) < 3 or pin in _COMMON:
        return Fault(ErrorCode.PIN_EASY)
    return None


# ── the file ────────────────────────────────────────────────────────────────────────────────


def pin_is_set(folder: Path) -> bool:
    """Whether something is guarded; a file that cannot be read guards too."""
    try:
        (folder / FILE_NAME).stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def pin_standing(folder: Path, now: Callable[[], float] = time.time) -> Standing:
    """How it stands. Raises SettingsError PIN_BROKEN."""
    if not pin_is_set(folder):
        return Standing(is_set=False)
    kept = _read(folder / FILE_NAME)
    if _is_ahead(kept, now()):
        with suppress(SettingsError), _turn(folder):  # who may only look is told what holds now
            _keep_time(folder, _read(folder / FILE_NAME), now())
    return Standing(True, _left(kept), _wait(kept, now()))


def set_pin(folder: Path, pin: str) -> None:
    """Have that PIN from now on, whatever was there before; the tries begin anew.

    Blocks for a tenth of a second or more. Raises SettingsError PIN_UNFIT, PIN_EASY or
    OUTPUT_NOT_WRITABLE.
    """
    flaw = pin_flaw(pin)
    if flaw is not None:
        raise SettingsError(flaw.code, **dict(flaw.facts))
    salt = secrets.token_bytes(16)
    cost = _COST, _BLOCK, _LANES
    kept = _Kept(1, salt, _derive(pin, salt, *cost), *cost)
    with _turn(folder):
        _write(folder / FILE_NAME, kept)


def clear_pin(folder: Path) -> bool:
    """Guard nothing from now on; whether there was a PIN. Raises OUTPUT_NOT_WRITABLE."""
    if not pin_is_set(folder):
        return False
    with _turn(folder):
        (folder / FILE_NAME).unlink(missing_ok=True)
        _sync(folder)
    return True


def check_pin(folder: Path, pin: str, now: Callable[[], float] = time.time) -> Check:
    """Whether that is the PIN; blocks as `set_pin`.

    A try is counted before it is made, so that ending the program wins none. Raises SettingsError
    PIN_BROKEN, or OUTPUT_NOT_WRITABLE where it cannot be counted.
    """
    if not pin_is_set(folder):
        return Check(right=True)
    path = folder / FILE_NAME
    with _turn(folder):
        kept = _keep_time(folder, _read(path), now())
        wait = _wait(kept, now())
        if wait > 0:
            return Check(False, _left(kept), wait)
        tried = _after_wrong(kept, now())
        _write(path, tried)
        found = _derive(pin, kept.salt, kept.cost, kept.block, kept.lanes)
        if not hmac.compare_digest(found, kept.key):
            return Check(False, _left(tried), _wait(tried, now()), tried.wrong)
        _write(path, msgspec.structs.replace(kept, wrong=0, paused_ms=0))
        return Check(right=True)


def _after_wrong(kept: _Kept, now: float) -> _Kept:
    wrong = kept.wrong + 1
    paused_ms = int(now * 1000) if wrong % TRIES == 0 else kept.paused_ms
    return msgspec.structs.replace(kept, wrong=wrong, paused_ms=paused_ms)


def _left(kept: _Kept) -> int:
    return TRIES - kept.wrong % TRIES


def _wait(kept: _Kept, now: float) -> float:
    """Seconds of the pause that are left, by the wall clock, for it outlasts the program."""
    if kept.wrong == 0 or kept.wrong % TRIES:
        return 0.0
    pause = min(FIRST_PAUSE * 2.0 ** min(kept.wrong // TRIES - 1, 16), LONGEST_PAUSE)
    return min(pause, max(0.0, pause - (now - kept.paused_ms / 1000)))


def _is_ahead(kept: _Kept, now: float) -> bool:
    """Whether the last pause began in what is the future now: the clock was set back."""
    return kept.paused_ms > int(now * 1000)


def _keep_time(folder: Path, kept: _Kept, now: float) -> _Kept:
    """A clock that was set back has the pause begin anew: once, so it neither ends nor stays."""
    if not _is_ahead(kept, now):
        return kept
    begun = msgspec.structs.replace(kept, paused_ms=int(now * 1000))
    _write(folder / FILE_NAME, begun)
    return begun


def _derive(pin: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    size = 2 * _MEMORY
    return hashlib.scrypt(pin.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=size, dklen=32)


def _read(path: Path) -> _Kept:
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
        if kept.cost & (kept.cost - 1) or 128 * kept.cost * kept.block > _MEMORY:
            raise ValueError("cost")
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise SettingsError(ErrorCode.PIN_BROKEN, path=path, reason=error) from None
    return kept


def _mark(folder: Path) -> bytes:
    """What only this PIN has, as it was set; empty where there is none to be read."""
    try:
        return _read(folder / FILE_NAME).salt
    except SettingsError:
        return b""


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One process at a time; what the disk refuses becomes OUTPUT_NOT_WRITABLE."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK_NAME, timeout=_TURN_SECONDS, thread_local=False, mode=0o664):
            yield
    except Timeout:
        reason = "another process holds it"
        raise SettingsError(ErrorCode.OUTPUT_NOT_WRITABLE, path=path, reason=reason) from None
    except OSError as error:
        raise SettingsError(ErrorCode.OUTPUT_NOT_WRITABLE, path=path, reason=error) from None


def _write(path: Path, kept: _Kept) -> None:
    """Put it in place whole, or not at all; with the rights that the umask leaves."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(fresh, flags, 0o666), "wb") as file:
            file.write(msgspec.json.encode(kept))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# ── the door ────────────────────────────────────────────────────────────────────────────────


Note = Callable[[str, Fault | None], None]
"""Takes (action, fault) for the audit trail; may block."""


def _forget(_: str, __: Fault | None) -> None:
    pass


class Door:
    """Whether what the PIN of a data folder guards is open in this program; for any thread.

    It opens by the right PIN, and shuts when nobody touched anything for ten minutes, or when the
    PIN is set anew by another program. Where no PIN is set it stands open. What is done with it
    goes to `note`.
    """

    def __init__(
        self, folder: Path, note: Note = _forget, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self.note = note
        self._clock = clock
        self._until: float | None = None
        self._opened_by = b""
        self._lock = threading.Lock()

    @property
    def has_pin(self) -> bool:
        """Whether anything is guarded."""
        return pin_is_set(self._folder)

    @property
    def is_open(self) -> bool:
        """Whether one may pass now."""
        return self.unlocked or not self.has_pin

    @property
    def unlocked(self) -> bool:
        """Whether the PIN that holds now was given, not too long ago."""
        with self._lock:
            in_time = self._until is not None and self._clock() < self._until
            return in_time and _mark(self._folder) == self._opened_by != b""

    def standing(self) -> Standing:
        """See `pin_standing`."""
        return pin_standing(self._folder)

    def unlock(self, pin: str) -> Check:
        """Open by that PIN; blocks and raises as `check_pin`."""
        check = check_pin(self._folder, pin)
        if check.right:
            self._open()
            self.note("unlocked", None)
        elif check.wrong:
            facts = (("count", str(check.wrong)), ("seconds", f"{check.wait:.0f}"))
            self.note("wrong_pin", Fault(ErrorCode.PIN_PAUSED, facts) if check.wait else None)
        return check

    def set_pin(self, pin: str) -> None:
        """Have that PIN from now on, and stay open; blocks and raises as the function."""
        set_pin(self._folder, pin)
        self._open()
        self.note("pin", Fault(ErrorCode.PIN_SET))

    def clear_pin(self) -> None:
        """Guard nothing any more; raises as the function."""
        if clear_pin(self._folder):
            self.note("pin", Fault(ErrorCode.PIN_CLEARED))

    def touch(self) -> None:
        """Somebody works here: stay open; does nothing where it is shut."""
        if self.unlocked:
            self._open()

    def lock(self) -> None:
        """Shut it."""
        with self._lock:
            self._until = None

    def require(self) -> None:
        """Raises SettingsError PIN_NEEDED where it is shut."""
        if not self.is_open:
            raise SettingsError(ErrorCode.PIN_NEEDED)

    def guarded(self, call: Callable[P, R]) -> Callable[P, R]:
        """The same call, taken only while the door is open; raises as `require`."""

        def only_open(*args: P.args, **kwargs: P.kwargs) -> R:
            self.require()
            return call(*args, **kwargs)

        return only_open

    def _open(self) -> None:
        with self._lock:
            self._until = self._clock() + OPEN_SECONDS
            self._opened_by = _mark(self._folder)
