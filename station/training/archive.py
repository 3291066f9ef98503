"""A zip from elsewhere, unpacked only after every member of it was found harmless."""

import contextlib
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from station.errors import DatasetError, ErrorCode

MOST_MEMBERS = 300_000
MOST_BYTES = 64 * 2**30  # unpacked, all together
MOST_OF_ONE = 2 * 2**30
MOST_RATIO = 200  # unpacked to packed, of a member above SMALL; pictures reach 3, COCO's JSON 30
SMALL = 2**20
_CHUNK = 2**20
_DRIVE = re.compile(r"^[A-Za-z]:")


@contextmanager
def unpacked(path: Path, beside: Path | None = None) -> Iterator[Path]:
    """The folder with what a zip holds, gone afterwards; `beside`: where to make it.

    Raises DatasetError ARCHIVE_UNSAFE before anything is written, DATASET_FORMAT for what is no
    whole zip, OUTPUT_NOT_WRITABLE where there is no room.
    """
    with (
        _opened(path) as archive,
        tempfile.TemporaryDirectory(prefix=".station-zip-", dir=beside) as place,
    ):
        top = Path(place)
        members = check_members(path, archive.infolist())
        try:
            for member in members:
                _unpack(path, archive, member, top / _name(member))
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise _no_zip(path, error) from None
        except OSError as error:
            reason = error.strerror or error
            raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=top, reason=reason) from None
        yield top


def check_members(path: Path, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The files among them. Raises DatasetError ARCHIVE_UNSAFE that names the first bad one."""
    if len(members) > MOST_MEMBERS:
        raise _unsafe(path, path.name, f"more than {MOST_MEMBERS} files")
    total, seen, files = 0, set(), []
    for member in members:
        reason = _harm(member)
        if reason:
            raise _unsafe(path, member.filename, reason)
        total += member.file_size
        if total > MOST_BYTES:
            raise _unsafe(path, member.filename, "too large unpacked")
        name = _name(member).as_posix().casefold()
        if member.is_dir():
            continue
        if name in seen:
            raise _unsafe(path, member.filename, "named twice")
        seen.add(name)
        files.append(member)
    return files


def _harm(member: zipfile.ZipInfo) -> str:
    """Why it must not be unpacked, or nothing."""
    name = member.filename.replace("\\", "/")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if "\0" in member.orig_filename or not name.strip("/"):
        return "name"
    if name.startswith("/") or _DRIVE.match(name):
        return "absolute path"
    if ".." in PurePosixPath(name).parts:
        return "path leads outside"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "link"
    if member.flag_bits & 1:
        return "encrypted"
    if member.file_size > MOST_OF_ONE:
        return "too large unpacked"
    if member.file_size > SMALL and member.file_size > MOST_RATIO * max(1, member.compress_size):
        return "packed too tightly"
    return ""


def _unpack(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Never more bytes than the member's head promised."""
    target.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with archive.open(member) as source, target.open("xb") as file:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _unsafe(path, member.filename, "larger than it says")
            file.write(chunk)


def _name(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise DatasetError(ErrorCode.FOLDER_NOT_FOUND, path=path) from None
    except (OSError, zipfile.BadZipFile) as error:
        raise _no_zip(path, error) from None
    with archive:
        yield archive


def _no_zip(path: Path, error: BaseException) -> DatasetError:
    return DatasetError(ErrorCode.DATASET_FORMAT, path=path, reason=str(error) or "no whole zip")


def _unsafe(path: Path, member: str, reason: str) -> DatasetError:
    return DatasetError(ErrorCode.ARCHIVE_UNSAFE, path=path, member=member, reason=reason)
