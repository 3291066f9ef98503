"""Freezing: the labelled images of a product, or of a folder, as a data set that never changes."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from station.errors import DatasetError, ErrorCode
from station.store.queries import Reader
from station.store.sample_writer import SampleWriter
from station.store.snapshots import Member
from station.training.dataset import Dataset, Sample, check_classes, check_counts, read_file
from station.training.manifest import manifest_bytes
from station.training.near import clusters, linked, merged
from station.training.overlap import known_overlaps
from station.training.split import SHARE, split

MANIFEST_NAME = "snapshot.json"
IMPORTED = "import"  # the origin of a sample that came from a file
BY = ("part", "lot", "none")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was frozen; path: of the manifest, for `read_dataset`. n: samples, `test` kept back."""

    path: Path
    sha256: str
    product: str
    n: int
    test: int
    classes: tuple[str, ...]
    good: tuple[str, ...]


def freeze(
    store: SampleWriter,
    reader: Reader,
    product: str,
    operator: str,
    share: float = SHARE,
    by: str = "part",
) -> Snapshot:
    """Freeze every labelled sample of a product; the same samples are the same snapshot.

    by: what is never parted, `part` (the group told, or the serial), `lot` or `none`; pictures
    that show the same never are. Raises DatasetError FOLDER_EMPTY, DATASET_ONE_CLASS or
    DATASET_TOO_FEW, StoreError.
    """
    members = reader.members(product)
    if not members:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=product)
    names = {one.label for one in members}
    good = tuple(c.name for c in reader.classes(product) if c.good and c.name in names)
    samples = split(_samples(store.folder, members, by), share)
    check_classes(Path(product), sorted(names), good)
    check_counts(Path(product), sorted(names), samples)
    held = [(one.image, sample) for one, sample in zip(members, samples, strict=True)]
    manifest, digest = manifest_bytes(product, "..", good, held)
    rows = [(one.key, s.label, s.test) for one, s in zip(members, samples, strict=True)]
    row = store.add_snapshot(product, digest, manifest, rows, operator)
    return _snapshot(store.folder / row.path, digest, product, samples, good)


def freeze_folder(dataset: Dataset, out: Path, share: float = SHARE) -> Snapshot:
    """Freeze a data set into a folder of its own, its files linked or copied.

    Nothing half-made is left. Raises DatasetError OUTPUT_NOT_WRITABLE.
    """
    samples = split(dataset.samples, share)
    names = [f"images/{s.sha256[:2]}/{s.sha256}{s.path.suffix.lower()}" for s in samples]
    held = list(zip(names, samples, strict=True))
    manifest, digest = manifest_bytes("", ".", dataset.good, held)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason="not empty")
    half = out.with_name(f".{out.name}.{uuid4().hex[:8]}.part")
    try:
        for name, sample in held:
            _link(sample.path, half / name)
        (half / MANIFEST_NAME).write_bytes(manifest)
        if out.exists():
            out.rmdir()
        half.rename(out)
    except OSError as error:
        reason = error.strerror or error
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason=reason) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return _snapshot(out / MANIFEST_NAME, digest, "", samples, dataset.good)


def _samples(folder: Path, members: Sequence[Member], by: str) -> tuple[Sample, ...]:
    """With their groups; those that share one with a sample that was test are test too."""
    told = {"part": [m.group for m in members], "lot": [m.lot or m.group for m in members]}
    groups = told.get(by, [""] * len(members))
    labels = [one.label for one in members]
    numbers = clusters([one.phash for one in members], [one.sha256 for one in members], labels)
    numbers = linked(numbers, _overlaps(folder, members), labels)
    return tuple(
        Sample(folder / one.image, one.label, group, one.sha256, one.test)
        for one, group in zip(members, merged(groups, numbers), strict=True)
    )


def _overlaps(folder: Path, members: Sequence[Member]) -> list[tuple[int, int]]:
    """Of imported pictures alone: what the station took shows each part whole."""
    own = [number for number, one in enumerate(members) if one.origin == IMPORTED]
    links = known_overlaps(
        [members[i].sha256 for i in own], lambda k: read_file(folder / members[own[k]].image)[1]
    )
    return [(own[one], own[other]) for one, other in links]


def _snapshot(
    path: Path, digest: str, product: str, samples: Sequence[Sample], good: Sequence[str]
) -> Snapshot:
    classes = tuple(sorted({sample.label for sample in samples}))
    test = sum(sample.test for sample in samples)
    return Snapshot(path, digest, product, len(samples), test, classes, tuple(good))


def _link(source: Path, target: Path) -> None:
    """A second name for the file; a copy where the disk has no such names."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
