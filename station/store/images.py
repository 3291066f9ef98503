"""The picture files: where they lie, how they get there so that no power cut takes them.

    images/2026-11-21/14/000512_<uid>.png   local day, local hour, part number
    images/incoming/                        half-written files; swept when the store opens

A person finds a part with any file manager by day, hour and number; an hour keeps a folder
small. The verdict is not in the name: a part that could not be written at once is tried again
as not inspected, and must take the place of its first try. Half-written files lie apart, so
that browsing and copying never meet one and sweeping reads one folder, not millions of names.
"""

import base64
import glob
import json
import os
import secrets
import time
from contextlib import suppress
from datetime import UTC, datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path

import numpy as np

from station.domain.inspection import Inspection, Still
from station.domain.part import Pixels
from station.domain.picture_name import IMAGES, picture_name
from station.domain.recipe import Roi
from station.errors import ErrorCode, ImageError, StoreError
from station.store.png import encode_png, read_png
from station.store.rows import fit_text, to_json

INCOMING = "images/incoming"
STALE_SECONDS = 600.0
"""A half-written file older than this belongs to nobody."""

RECORD_KEY = "station.record"
MAP_KEY = "station.map"

_REPLACE_PAUSES = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32)
_HELD_BY_ANOTHER = (5, 32, 33)  # Windows: a virus scanner or indexer has the file open


def image_name(inspection: Inspection) -> str:
    """The path of the picture below the data folder, with `/`."""
    return fit_text(picture_name(inspection))


def number_on_disk(folder: Path, uid: str, at_ms: int) -> int | None:
    """The number of a part by its picture, where one lies though the row was never written."""
    local = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone()
    hour = folder / IMAGES / f"{local:%Y-%m-%d}" / f"{local:%H}"
    for path in hour.glob(f"*_{glob.escape(fit_text(uid))}.png"):
        with suppress(ValueError):
            return int(path.name.split("_", 1)[0])
    return None


def uid_in(name: str) -> str:
    """The uid in a file name of `image_name`; nonsense for the name of another file."""
    return Path(name).stem.split("_", 1)[-1]


def encode_still(inspection: Inspection, still: Still) -> bytes:
    """The picture as a PNG that carries its record and its map as texts."""
    texts = {RECORD_KEY: to_json(inspection)}
    if still.map is not None:
        texts[MAP_KEY] = _map_text(still.map)
    return encode_png(still.pixels, texts)


def read_still(path: Path, uid: str, roi: Roi | None) -> Still:
    """The picture of one part. Raises ImageError IMAGE_NOT_FOUND or IMAGE_UNREADABLE."""
    try:
        pixels, texts = read_png(path.read_bytes())
        evidence = _map_pixels(texts[MAP_KEY]) if MAP_KEY in texts else None
    except FileNotFoundError:
        raise ImageError(ErrorCode.IMAGE_NOT_FOUND, path=path) from None
    except (OSError, ValueError, KeyError):
        raise ImageError(ErrorCode.IMAGE_UNREADABLE, path=path) from None
    return Still(uid, pixels, evidence, roi)


def write_durably(path: Path, incoming: Path, data: bytes) -> None:
    """Put a whole file in place so that it survives a power cut, or nothing at all.

    Both folders lie on one file system. Raises StoreError STORE_DISK_FULL or STORE_WRITE_FAILED.
    """
    half = incoming / f"{path.name}.{secrets.token_hex(4)}.tmp"
    try:
        with half.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(half, path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise file_error(error, path) from error


def make_folder(folder: Path, top: Path) -> None:
    """Make a folder below `top` such that its name, and those above it, survive a power cut.

    Raises StoreError STORE_DISK_FULL or STORE_WRITE_FAILED.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while folder != top:
            folder = folder.parent
            sync_folder(folder)
    except OSError as error:
        raise file_error(error, folder) from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Windows cannot and need not: NTFS logs renames."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(incoming: Path) -> int:
    """Remove half-written files that are stale, and say how many; no other file is touched."""
    removed = 0
    for path in incoming.glob("*.tmp"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > STALE_SECONDS:
                path.unlink()
                removed += 1
    return removed


def file_error(error: OSError, path: Path) -> StoreError:
    """What an operating system's error on a file of ours means: no room left, or not written."""
    if no_room(error):
        return StoreError(ErrorCode.STORE_DISK_FULL, path=path.parent)
    reason = error.strerror or str(error)
    return StoreError(ErrorCode.STORE_WRITE_FAILED, path=path, reason=reason)


def no_room(error: OSError) -> bool:
    """Tell whether the disk, or what this user may have of it, is full."""
    return error.errno in (ENOSPC, EDQUOT)


def _replace(source: Path, target: Path) -> None:
    for pause in _REPLACE_PAUSES:
        try:
            source.replace(target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER:
                raise
        time.sleep(pause)
    source.replace(target)


def _map_text(evidence: Pixels) -> str:
    height, width = evidence.shape
    data = base64.b64encode(np.ascontiguousarray(evidence, np.uint8).tobytes()).decode("ascii")
    return json.dumps({"height": height, "width": width, "data": data})


def _map_pixels(text: str) -> Pixels:
    values = json.loads(text)
    data = np.frombuffer(base64.b64decode(values["data"]), np.uint8)
    return data.reshape(values["height"], values["width"])
