"""Data sets in and out: from folders, zips and snapshots to a product's samples, and to folders."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from station.errors import DatasetError, ErrorCode, ImageError
from station.store.queries import Reader
from station.store.sample_writer import SampleWriter
from station.training.dataset import Skipped, good_classes, read_file
from station.training.exporters.write import Picture, Written, write
from station.training.groups import Groups, group_of
from station.training.importers.base import Found
from station.training.importers.recognise import opened
from station.training.manifest import read_manifest
from station.training.taking import Item, Taken, Tick, take_files


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a source: its format, the samples, and what was left out, see Found."""

    format: str
    taken: Taken
    missing: tuple[str, ...]
    classes: tuple[str, ...]
    unlabelled: int


@dataclass(frozen=True, slots=True)
class Source:
    """Labelled pictures of a folder, a zip or a snapshot; all of them can be read."""

    format: str
    pictures: tuple[Picture, ...]
    skipped: tuple[Skipped, ...]
    missing: tuple[str, ...] = ()
    unlabelled: int = 0


def import_into(
    store: SampleWriter,
    product: str,
    source: Path,
    operator: str,
    good: Sequence[str] | None = None,
    groups: Groups | None = None,
    form: str = "",
    progress: Tick = lambda _, __: None,
) -> Imported:
    """Copy labelled pictures into a product's samples, and say which classes may pass.

    good: as in `read_dataset`. Raises DatasetError of `opened` and DATASET_UNKNOWN_CLASS before
    anything is kept; StoreError.
    """
    with opened(source, form) as found:
        items = _grouped(found.items, groups)
        classes = tuple(sorted({item.label for item in items}))
        chosen = good_classes(classes, good)
        taken = take_files(store, product, items, operator, progress=progress)
    for name in classes:
        store.set_class(product, name, name in chosen, operator)
    return Imported(found.format, taken, found.missing, classes, found.unlabelled)


@contextmanager
def source_of(
    place: Path,
    good: Sequence[str] | None = None,
    groups: Groups | None = None,
    form: str = "",
) -> Iterator[Source]:
    """The pictures of a folder, zip or snapshot; those of a zip are there only within.

    Raises DatasetError as `opened`, `read_manifest` and `good_classes`.
    """
    if place.is_file() and place.suffix.lower() == ".json":
        held = read_manifest(place)
        may_pass = held.good if good is None else good_classes(held.classes, good)
        yield _readable(
            "snapshot",
            (Picture(s.path, s.label, s.label in may_pass, s.group, s.test) for s in held.samples),
        )
        return
    with opened(place, form) as found:
        yield _of_found(found, good, groups)


def pictures_of_product(reader: Reader, folder: Path, product: str) -> tuple[Picture, ...]:
    """A product's labelled samples. Raises DatasetError FOLDER_EMPTY."""
    good = {one.name for one in reader.classes(product) if one.good}
    pictures = tuple(
        Picture(folder / one.image, one.label, one.label in good, one.group, one.test)
        for one in reader.members(product)
    )
    if not pictures:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=product)
    return pictures


def export(
    pictures: Sequence[Picture], form: str, out: Path, progress: Tick = lambda _, __: None
) -> Written:
    """Write them, see exporters/write.py."""
    return write(pictures, form, out, progress)


def _of_found(found: Found, good: Sequence[str] | None, groups: Groups | None) -> Source:
    items = _grouped(found.items, groups)
    may_pass = good_classes(tuple(sorted({item.label for item in items})), good)
    pictures = (Picture(i.path, i.label, i.label in may_pass, i.group) for i in items)
    whole = _readable(found.format, pictures)
    return replace(whole, missing=found.missing, unlabelled=found.unlabelled)


def _readable(form: str, pictures: Iterable[Picture]) -> Source:
    whole: list[Picture] = []
    skipped: list[Skipped] = []
    for picture in pictures:
        try:
            read_file(picture.path)
            whole.append(picture)
        except ImageError as error:
            skipped.append(Skipped(picture.path, error.fault))
    return Source(form, tuple(whole), tuple(skipped))


def _grouped(items: Sequence[Item], groups: Groups | None) -> list[Item]:
    if groups is None:
        return list(items)
    return [replace(item, group=group_of(item.path, groups) or item.group) for item in items]
