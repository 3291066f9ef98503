"""What every reader of labelled pictures gives, and how boxes become one label."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from station.cameras.image_file import image_files
from station.errors import CameraError, DatasetError, ErrorCode
from station.training.taking import Item

GOOD = "good"
"""The label of a picture in which nothing was marked."""

MOST_TEXT = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Found:
    """Pictures with labels.

    missing: names that the labels speak of, and nothing lies there. unlabelled: pictures that lie
    there, and no label speaks of; they are left out.
    """

    format: str
    items: tuple[Item, ...]
    missing: tuple[str, ...] = ()
    unlabelled: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A marked place: its class, and how large it is in any unit."""

    label: str
    area: float


class Pictures:
    """The pictures below a folder, by the ends of their paths."""

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            self.paths = image_files(root)
        except CameraError:
            self.paths = []
        self._by_name: dict[str, list[Path]] = defaultdict(list)
        self._by_stem: dict[str, list[Path]] = defaultdict(list)
        for path in self.paths:
            self._by_name[path.name].append(path)
            self._by_stem[path.stem].append(path)

    def find(self, name: str, near: Path) -> Path | None:
        """The picture of that name: below `near`, below the root, or the only one called so."""
        wanted = PurePosixPath(name.strip().replace("\\", "/"))
        for base in (near, self.root):
            path = Path(os.path.normpath(base / wanted))
            if path.is_relative_to(self.root) and path in self._by_name.get(path.name, ()):
                return path
        parts = wanted.parts[::-1]
        called = self._by_name.get(wanted.name) or self._by_stem.get(wanted.name, [])
        ends = [p for p in called if p.parts[::-1][: len(parts)] == parts] or called
        return ends[0] if len(ends) == 1 else None

    def of_stem(self, stem: str, near: Path) -> Path | None:
        """The picture with that name before its suffix: beside `near`, or the only one."""
        called = self._by_stem.get(stem, [])
        beside = [path for path in called if path.parent == near]
        ends = beside or called
        return ends[0] if len(ends) == 1 else None


def label_of(boxes: Iterable[Box]) -> str:
    """One label for a picture: of most boxes, then of the largest together, then by alphabet."""
    counts: Counter[str] = Counter()
    areas: dict[str, float] = defaultdict(float)
    for box in boxes:
        counts[box.label] += 1
        areas[box.label] += box.area
    if not counts:
        return GOOD
    return min(counts, key=lambda label: (-counts[label], -areas[label], label))


def text_of(path: Path) -> str:
    """What a text file says. Raises DatasetError DATASET_FORMAT."""
    try:
        if path.stat().st_size > MOST_TEXT:
            raise bad(path, "too large")
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise bad(path, error) from None


def bad(path: Path, reason: object) -> DatasetError:
    """DATASET_FORMAT."""
    return DatasetError(ErrorCode.DATASET_FORMAT, path=path, reason=reason)
