"""Labelled pictures of whatever kind: a folder or a zip, told apart by what lies in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from station.cameras.image_file import SUFFIXES
from station.errors import DatasetError, ErrorCode
from station.training.archive import unpacked
from station.training.importers import coco, folders, table, voc, yolo
from station.training.importers.base import Found, bad

READERS: dict[str, Callable[[Path], Found | None]] = {
    coco.NAME: coco.read,
    voc.NAME: voc.read,
    yolo.NAME: yolo.read,
    table.NAME: table.read,
    folders.NAME: folders.read,
}
"""The plainest last: class folders may hold a table or annotations too."""


@contextmanager
def opened(source: Path, form: str = "") -> Iterator[Found]:
    """What a folder or a zip holds; the files of a zip are there only within.

    form: a name of READERS, else it is recognised. Raises DatasetError FOLDER_NOT_FOUND,
    FOLDER_EMPTY, DATASET_FORMAT, ARCHIVE_UNSAFE or OUTPUT_NOT_WRITABLE.
    """
    if source.is_dir():
        yield recognise(source, form)
    elif source.is_file():
        with unpacked(source) as folder:
            try:
                found = recognise(folder, form)
            except DatasetError as error:
                facts = {**dict(error.fault.facts), "path": source}
                raise DatasetError(error.code, **facts) from None
            yield found
    else:
        raise DatasetError(ErrorCode.FOLDER_NOT_FOUND, path=source)


def recognise(folder: Path, form: str = "") -> Found:
    """The pictures and labels of a folder by the first reader that knows them."""
    if form and form not in READERS:
        raise bad(folder, f"{form} is none of {', '.join(READERS)}")
    top = _inner(folder)
    for name, read in READERS.items():
        if form in ("", name):
            found = read(top)
            if found is not None and found.items:
                return found
            if found is not None:
                raise bad(folder, f"{name}: none of {len(found.missing)} pictures is there")
    raise DatasetError(ErrorCode.FOLDER_EMPTY, path=folder)


def _inner(folder: Path) -> Path:
    """Past folders that hold nothing but one other: what zips are wrapped in."""
    while True:
        inside = [path for path in folder.iterdir() if not path.name.startswith((".", "__MACOSX"))]
        if len(inside) != 1 or not inside[0].is_dir():
            return folder
        if any(path.suffix.lower() in SUFFIXES for path in inside[0].iterdir()):
            return folder
        folder = inside[0]
