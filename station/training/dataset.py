"""A folder with one sub-folder per class, as samples that can be learnt from."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from station.cameras.image_file import image_files, read_image
from station.errors import CameraError, DatasetError, ErrorCode, Fault, ImageError

GOOD_NAMES = frozenset(("good", "ok", "normal", "pass", "free"))
MINIMUM = 3  # images of each class: three folds of the cross-validation need one each


@dataclass(frozen=True, slots=True)
class Sample:
    """One image and the class that a person gave it.

    group: what shows the same part, serial or lot; such samples are never parted. sha256: of the
    file, empty until it was read. test: kept back, so never learnt from.
    """

    path: Path
    label: str
    group: str = ""
    sha256: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """An image that could not be used, and why."""

    path: Path
    fault: Fault


@dataclass(frozen=True, slots=True)
class Dataset:
    """What can be learnt from. `side` is the longest side of any image, in pixels.

    channels: 1 where every image is grey, else 3. sha256: over names and contents.
    """

    classes: tuple[str, ...]
    good: tuple[str, ...]
    samples: tuple[Sample, ...]
    skipped: tuple[Skipped, ...]
    channels: int
    side: int
    sha256: str

    @property
    def labels(self) -> tuple[int, ...]:
        """The class of each sample, as its place in `classes`."""
        return tuple(self.classes.index(sample.label) for sample in self.samples)


def scan(folder: Path) -> list[Sample]:
    """Every image below every sub-folder, by class then path, unread; hidden folders left out.

    Raises DatasetError FOLDER_NOT_FOUND or FOLDER_EMPTY.
    """
    if not folder.is_dir():
        raise DatasetError(ErrorCode.FOLDER_NOT_FOUND, path=folder)
    samples = [
        Sample(path, place.name)
        for place in sorted(folder.iterdir())
        if place.is_dir() and not place.name.startswith(".")
        for path in _files(place)
    ]
    if not samples:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=folder)
    return samples


def read_dataset(folder: Path, good: Sequence[str] | None = None) -> Dataset:
    """Read every image once; what is broken is skipped, and named in the result.

    good: the classes that may pass; None takes those with a name of GOOD_NAMES. Raises
    DatasetError FOLDER_NOT_FOUND, FOLDER_EMPTY, DATASET_UNKNOWN_CLASS, DATASET_ONE_CLASS,
    DATASET_TOO_FEW.
    """
    found = scan(folder)
    classes = tuple(sorted({sample.label for sample in found}))
    chosen = good_classes(classes, good)
    _check_classes(folder, classes, chosen)
    samples: list[Sample] = []
    skipped: list[Skipped] = []
    digest, channels, side = hashlib.sha256(), 1, 0
    for sample in found:
        try:
            pixels = read_image(sample.path)
        except ImageError as error:
            skipped.append(Skipped(sample.path, error.fault))
            continue
        samples.append(sample)
        channels = 3 if pixels.ndim == 3 else channels
        side = max(side, *pixels.shape[:2])
        digest.update(_line(folder, sample.path))
    _check_counts(folder, classes, samples)
    return Dataset(
        classes, chosen, tuple(samples), tuple(skipped), channels, side, digest.hexdigest()
    )


def good_classes(classes: Sequence[str], told: Sequence[str] | None) -> tuple[str, ...]:
    """Which of the classes may pass. Raises DatasetError DATASET_UNKNOWN_CLASS."""
    if told is None:
        return tuple(name for name in classes if name.lower() in GOOD_NAMES)
    for name in told:
        if name not in classes:
            known = ", ".join(classes)
            raise DatasetError(ErrorCode.DATASET_UNKNOWN_CLASS, label=name, known=known)
    return tuple(name for name in classes if name in told)


def _files(place: Path) -> list[Path]:
    try:
        return image_files(place)
    except CameraError:  # no image in it: no class
        return []


def _line(folder: Path, path: Path) -> bytes:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{content}  {path.relative_to(folder).as_posix()}\n".encode()


def _check_classes(folder: Path, classes: Sequence[str], good: Sequence[str]) -> None:
    if len(classes) < 2 or len(good) == len(classes):
        found = ", ".join(classes)
        raise DatasetError(ErrorCode.DATASET_ONE_CLASS, path=folder, found=found)


def _check_counts(folder: Path, classes: Sequence[str], samples: Iterable[Sample]) -> None:
    counts = Counter(sample.label for sample in samples)
    for name in classes:
        if counts[name] < MINIMUM:
            raise DatasetError(
                ErrorCode.DATASET_TOO_FEW,
                path=folder,
                label=name,
                count=counts[name],
                minimum=MINIMUM,
            )
