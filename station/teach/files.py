"""Images in and data sets out, for the page."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from station.cameras.image_file import SUFFIXES
from station.errors import DatasetError, ErrorCode
from station.gui.pages.teach_room import Brought, Cancelled, FileRoom, Told
from station.store.beside import Beside
from station.teach.use import Use

if TYPE_CHECKING:
    from station.training.taking import Taken

FORMS = ("folders", "coco", "yolo", "csv", "anomalib")
TAKES, WRITES = "take", "write"


class _StoppedError(Exception):
    """A person has cancelled; what was taken in by then stays, of an export nothing does."""


def file_room(use: Use) -> FileRoom:
    """The ways in and out."""
    return FileRoom(
        bring=lambda product, source, label, told, cancelled: _bring(
            use, product, source, label, _tick(TAKES, told, cancelled)
        ),
        export=lambda product, target, form, told, cancelled: _export(
            use, product, target, form, _tick(WRITES, told, cancelled)
        ),
        forms=FORMS,
    )


def _tick(step: str, told: Told, cancelled: Cancelled) -> Callable[[int, int], None]:
    def tick(done: int, total: int) -> None:
        if cancelled():
            raise _StoppedError
        told(step, done / max(1, total))

    return tick


def _bring(
    use: Use, product: str, source: Path, label: str, tick: Callable[[int, int], None]
) -> Brought | None:
    from station.training.moving import import_into

    try:
        with Beside(use.data) as beside:
            if label:
                return _brought(_all_of(use, beside, product, source, label, tick))
            done = import_into(beside, product, source, use.operator, progress=tick)
            return _brought(done.taken)
    except _StoppedError:
        return None


def _all_of(
    use: Use,
    beside: Beside,
    product: str,
    source: Path,
    label: str,
    tick: Callable[[int, int], None],
) -> "Taken":
    """Every image below the folder, as that class. Raises DatasetError FOLDER_EMPTY."""
    from station.training.taking import Item, take_files

    files = sorted(path for path in source.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not files:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=source)
    return take_files(
        beside, product, [Item(path, label) for path in files], use.operator, progress=tick
    )


def _brought(taken: "Taken") -> Brought:
    skipped = tuple((str(one.path), one.fault) for one in taken.skipped)
    return Brought(taken.added + taken.known, skipped)


def _export(
    use: Use, product: str, target: Path, form: str, tick: Callable[[int, int], None]
) -> Brought | None:
    from station.training.moving import export, pictures_of_product

    try:
        pictures = pictures_of_product(use.reader, use.data, product)
        return Brought(export(pictures, form, target, tick).n)
    except _StoppedError:
        return None
