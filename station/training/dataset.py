"""A folder with one sub-folder per class, or a snapshot, as samples that can be learnt from."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from station.cameras.image_file import decode_image, image_files
from station.domain.class_names import GOOD_NAMES
from station.domain.part import Pixels
from station.errors import CameraError, DatasetError, ErrorCode, Fault, ImageError
from station.training.near import clusters, linked, merged, phash
from station.training.overlap import known_overlaps

__all__ = ["GOOD_NAMES", "MINIMUM", "Dataset", "Sample", "Skipped", "good_classes", "read_dataset"]

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

    classes: may be one single good one. channels: 1 where every image is grey, else 3. sha256:
    over names and contents; of a snapshot, its own.
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

    @property
    def groups(self) -> tuple[str, ...]:
        """The group of each sample; an empty name is a group of its own."""
        return tuple(sample.group for sample in self.samples)

    @property
    def learning(self) -> "Dataset":
        """What may be learnt from."""
        return replace(self, samples=tuple(s for s in self.samples if not s.test))

    @property
    def kept_back(self) -> "Dataset":
        """What a model is proven on."""
        return replace(self, samples=tuple(s for s in self.samples if s.test))


@dataclass(frozen=True, slots=True)
class Picture:
    """A sample that was read; its sha256 is in it."""

    sample: Sample
    phash: str
    channels: int
    side: int


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


def read_dataset(
    place: Path, good: Sequence[str] | None = None, groups: Mapping[str, str] | None = None
) -> Dataset:
    """Read every image once; what is broken is skipped, and named in the result.

    place: a folder with one sub-folder per class, or a snapshot's manifest. good: the classes that
    may pass; None takes those with a name of GOOD_NAMES, of a snapshot its own. groups: by the end
    of a picture's path, see groups.py; a snapshot has its own. Pictures that show the same, or that
    are cut from the same larger one, share a group too.
    Raises DatasetError FOLDER_NOT_FOUND, FOLDER_EMPTY, DATASET_UNKNOWN_CLASS, DATASET_ONE_CLASS,
    DATASET_TOO_FEW; of a snapshot, DATASET_CHANGED.
    """
    if place.is_file() and place.suffix == ".json":
        from station.training.manifest import read_manifest

        held = read_manifest(place)
        found, digest = list(held.samples), held.sha256
        good = held.good if good is None else good
    else:
        found, digest = scan(place), ""
    classes = tuple(sorted({sample.label for sample in found}))
    chosen = good_classes(classes, good)
    check_classes(place, classes, chosen)
    pictures: list[Picture] = []
    skipped: list[Skipped] = []
    for sample in found:
        try:
            pictures.append(read_sample(sample))
        except ImageError as error:
            if sample.sha256:
                raise _changed(place, sample.path) from error
            skipped.append(Skipped(sample.path, error.fault))
    samples = tuple(p.sample for p in pictures) if digest else together(pictures, groups)
    check_counts(place, classes, samples)
    return Dataset(
        classes,
        chosen,
        samples,
        tuple(skipped),
        max(picture.channels for picture in pictures),
        max(picture.side for picture in pictures),
        digest or _digest(place, samples),
    )


def read_sample(sample: Sample) -> Picture:
    """Read its file once.

    Raises ImageError; DatasetError DATASET_CHANGED where another content was told.
    """
    data, pixels = read_file(sample.path)
    sha256 = hashlib.sha256(data).hexdigest()
    if sample.sha256 not in ("", sha256):
        raise _changed(sample.path, sample.path)
    channels = 3 if pixels.ndim == 3 else 1
    own = replace(sample, sha256=sha256)
    return Picture(own, phash(pixels), channels, max(pixels.shape[:2]))


def read_file(path: Path) -> tuple[bytes, Pixels]:
    """The bytes of a picture, and what they show. Raises ImageError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImageError(ErrorCode.IMAGE_NOT_FOUND, path=path) from None
    except OSError:
        raise ImageError(ErrorCode.IMAGE_UNREADABLE, path=path) from None
    return data, decode_image(data, path)


def together(
    pictures: Sequence[Picture], groups: Mapping[str, str] | None = None
) -> tuple[Sample, ...]:
    """The samples, each in a group with all that must not be parted from it."""
    samples = [picture.sample for picture in pictures]
    if groups is not None:
        from station.training.groups import group_of

        samples = [replace(s, group=group_of(s.path, groups) or s.group) for s in samples]
    contents, labels = [sample.sha256 for sample in samples], [sample.label for sample in samples]
    numbers = clusters([picture.phash for picture in pictures], contents, labels)
    links = known_overlaps(contents, lambda number: read_file(samples[number].path)[1])
    numbers = linked(numbers, links, labels)
    names = merged([sample.group for sample in samples], numbers)
    return tuple(replace(s, group=name) for s, name in zip(samples, names, strict=True))


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


def _digest(folder: Path, samples: Iterable[Sample]) -> str:
    return hashlib.sha256(b"".join(_lines(folder, samples))).hexdigest()


def _lines(folder: Path, samples: Iterable[Sample]) -> Iterator[bytes]:
    for sample in samples:
        yield f"{sample.sha256}  {sample.path.relative_to(folder).as_posix()}\n".encode()


def _changed(place: Path, path: Path) -> DatasetError:
    return DatasetError(ErrorCode.DATASET_CHANGED, path=place, file=path)


def check_classes(folder: Path, classes: Sequence[str], good: Sequence[str]) -> None:
    """One class that is good can be learnt from; one bad one, or several good ones, cannot."""
    if len(good) != 1 and (len(classes) < 2 or len(good) == len(classes)):
        found = ", ".join(classes)
        raise DatasetError(ErrorCode.DATASET_ONE_CLASS, path=folder, found=found)


def check_counts(folder: Path, classes: Sequence[str], samples: Iterable[Sample]) -> None:
    """Enough that may be learnt from; what belongs together counts once."""
    parts = {
        (sample.label, sample.group or str(place))
        for place, sample in enumerate(samples)
        if not sample.test
    }
    counts = Counter(label for label, _ in parts)
    for name in classes:
        if counts[name] < MINIMUM:
            raise DatasetError(
                ErrorCode.DATASET_TOO_FEW,
                path=folder,
                label=name,
                count=counts[name],
                minimum=MINIMUM,
            )
