"""Files that are there whole or not at all."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from station.errors import DatasetError, ErrorCode


def part_of(out: Path, pid: int | None = None) -> Path:
    """Where a process, this one or that, writes what is to become `out`."""
    return out.with_name(f".{out.name}.{pid or os.getpid()}.part")


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all beside, then put all in place; the folders are made. Raises OUTPUT_NOT_WRITABLE."""
    parts = {part_of(out): out for out in files}
    out = next(iter(files))
    try:
        for part, out in parts.items():
            out.parent.mkdir(parents=True, exist_ok=True)
            _write(part, files[out])
        for part, out in parts.items():
            part.replace(out)
    except OSError as error:
        for part in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        raise not_writable(out, error) from None


def _write(part: Path, data: bytes) -> None:
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def check_writable(out: Path) -> None:
    """Before the work, not after it. Raises DatasetError OUTPUT_NOT_WRITABLE."""
    if out.is_dir():
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason="a folder")
    part = part_of(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.touch()
        part.unlink()
    except OSError as error:
        raise not_writable(out, error) from None


def not_writable(out: Path, error: OSError) -> DatasetError:
    """What the operating system's refusal means here."""
    reason = error.strerror or str(error)
    return DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason=reason)
