"""What the backbone said of a picture before, kept on disk; whatever is lost costs only time.

One file for a picture and a graph, named by both hashes, written beside and put in place at once:
so any number of processes may write, and one that dies leaves nothing that is read. A file that
does not bear out its checksum is as good as none. No fault of the disk ever reaches the caller.
"""

import hashlib
import json
import os
import shutil
import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import platformdirs
from isal import isal_zlib

PLACE = "STATION_CACHE"  # the environment's word for the folder; empty: no cache
MOST_BYTES = 4 * 2**30
FREE_SHARE = 0.1  # of what is free on the disk, the most that is taken
AFTER_TRIM = 0.8  # of the room, what is left after the oldest went
STALE_SECONDS = 3600  # a part file older than that was left by a process that died
_MAGIC = b"SFC1"
_HEAD = struct.Struct("<4sII")  # magic, checksum of all that follows, length of the header

Numbers = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The place of one graph's answers; `room` in bytes is for all graphs together."""

    root: Path
    graph: str
    room: int

    def path(self, sha256: str) -> Path:
        """Where the answer for that picture lies."""
        return self.root / self.graph / sha256[:2] / sha256


def shelf(graph: str) -> Shelf | None:
    """The shelf of a graph; None where nothing can be kept."""
    root = cache_folder()
    if root is None:
        return None
    with suppress(OSError):
        root.mkdir(parents=True, exist_ok=True)
        room = min(MOST_BYTES, int(shutil.disk_usage(root).free * FREE_SHARE) + used(root))
        return Shelf(root, graph, room)
    return None


def cache_folder() -> Path | None:
    """Where answers are kept: what the environment says, or the user's folder for such things."""
    told = os.environ.get(PLACE)
    if told is not None:
        return Path(told) if told else None
    return platformdirs.user_cache_path("station", appauthor=False) / "features"


def digest(*parts: bytes | str) -> str:
    """A short name for a graph and all else that its answers depend on."""
    made = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "little"))
        made.update(data)
    return made.hexdigest()[:24]


def load(place: Shelf, sha256: str) -> list[Numbers] | None:
    """The arrays that were kept, or None; what is read now counts as young again."""
    path = place.path(sha256)
    try:
        data = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return _unpacked(data)


def keep(place: Shelf, sha256: str, arrays: Sequence[Numbers]) -> int:
    """Keep the arrays; how many bytes that took, 0 where it could not be done."""
    path = place.path(sha256)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    data = _packed(arrays)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        return 0
    return len(data)


def trim(place: Shelf) -> None:
    """Let the longest unused go until all fits the room."""
    files = _files(place.root)
    total = sum(size for _, size, _ in files)
    if total <= place.room:
        return
    for _, size, path in sorted(files):
        with suppress(OSError):
            path.unlink(missing_ok=True)
        total -= size
        if total <= place.room * AFTER_TRIM:
            return


def used(root: Path) -> int:
    """Bytes that lie there."""
    return sum(size for _, size, _ in _files(root))


def _files(root: Path) -> list[tuple[float, int, Path]]:
    """Age, size and path; what a dead process left is cleared away on the walk."""
    found = []
    for path in root.glob("*/*/*"):
        try:
            seen = path.stat()
        except OSError:  # another process trims as well
            continue
        if path.name.startswith(".") and time.time() - seen.st_mtime > STALE_SECONDS:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            continue
        found.append((seen.st_mtime, seen.st_size, path))
    return found


def _packed(arrays: Sequence[Numbers]) -> bytes:
    header = json.dumps([[array.dtype.str, array.shape] for array in arrays]).encode()
    body = b"".join([header, *(np.ascontiguousarray(array).tobytes() for array in arrays)])
    return _HEAD.pack(_MAGIC, isal_zlib.crc32(body), len(header)) + body


def _unpacked(data: bytes) -> list[Numbers] | None:
    if len(data) < _HEAD.size:
        return None
    magic, checksum, length = _HEAD.unpack_from(data)
    body = memoryview(data)[_HEAD.size :]
    if magic != _MAGIC or isal_zlib.crc32(body) != checksum:
        return None
    arrays: list[Numbers] = []
    start = length
    for kind, shape in json.loads(bytes(body[:length])):
        dtype = np.dtype(kind)
        count = int(np.prod(shape))
        arrays.append(np.frombuffer(body, dtype, count, start).reshape(shape))
        start += count * dtype.itemsize
    return arrays
