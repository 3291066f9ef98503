"""Labelled pictures written in a form that other programs read: all of them, or nothing.

folders   <label>/…
coco      images/…, annotations.json: a box around the whole picture, none around a good one
yolo      train/<label>/… and test/<label>/…, the classification layout of Ultralytics
csv       images/…, index.csv: file, label, good, group, test
anomalib  train/good, test/good, test/<label>: the layout of its Folder and of MVTec AD
"""

import csv
import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from station.errors import DatasetError, ErrorCode, ImageError
from station.training.dataset import read_file

GOOD = "good"
Tick = Callable[[int, int], None]
"""Told how many of how many files are written; what it raises ends the export."""
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^\.+|[. ]+$')


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to be written: its label, whether such a part may pass, its group, kept back or not.

    name: what it shall be called, without a folder.
    """

    path: Path
    label: str
    good: bool
    group: str = ""
    test: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """Where, in which form, and how many."""

    folder: Path
    format: str
    n: int


def write(
    pictures: Sequence[Picture], form: str, out: Path, progress: Tick = lambda _, __: None
) -> Written:
    """Make a folder of them. Raises DatasetError OUTPUT_NOT_WRITABLE, DATASET_FORMAT.

    The folder must be empty or not there; on an error it is as it was. progress is told before
    each file and at the end; where it raises, nothing is left either.
    """
    if form not in WRITERS:
        known = f"{form} is none of {', '.join(WRITERS)}"
        raise DatasetError(ErrorCode.DATASET_FORMAT, path=out, reason=known)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason="not empty")
    half = out.with_name(f".{out.name}.{uuid4().hex[:8]}.part")
    try:
        half.mkdir(parents=True)
        WRITERS[form](pictures, _Folder(half, len(pictures), progress))
        progress(len(pictures), len(pictures))
        if out.exists():
            out.rmdir()
        half.rename(out)
    except OSError as error:
        reason = error.strerror or error
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason=reason) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return Written(out, form, len(pictures))


class _Folder:
    """Copies files under names that are not taken yet."""

    def __init__(self, top: Path, total: int, progress: Tick) -> None:
        self.top = top
        self._total = total
        self._progress = progress
        self._taken: set[str] = set()

    def copy(self, one: Picture, folder: str) -> str:
        """Copy it; returns its path below the top."""
        self._progress(len(self._taken), self._total)
        given = Path(one.name or one.path.name)
        stem, suffix = _safe(given.stem), one.path.suffix.lower()
        name, number = f"{folder}/{stem}{suffix}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{folder}/{stem}_{number}{suffix}"
        self._taken.add(name.casefold())
        target = self.top / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(one.path, target)
        return name


def _folders(pictures: Sequence[Picture], folder: _Folder) -> None:
    for one in pictures:
        folder.copy(one, _safe(one.label))


def _yolo(pictures: Sequence[Picture], folder: _Folder) -> None:
    for one in pictures:
        folder.copy(one, f"{_side(one)}/{_safe(one.label)}")


def _anomalib(pictures: Sequence[Picture], folder: _Folder) -> None:
    for one in pictures:
        side = "test" if one.test or not one.good else "train"
        folder.copy(one, f"{side}/{GOOD if one.good else _safe(one.label)}")


def _csv(pictures: Sequence[Picture], folder: _Folder) -> None:
    with (folder.top / "index.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("file", "label", "good", "group", "test"))
        for one in pictures:
            name = folder.copy(one, "images")
            table.writerow((name, one.label, int(one.good), one.group, int(one.test)))


def _coco(pictures: Sequence[Picture], folder: _Folder) -> None:
    labels = sorted({one.label for one in pictures if one.label != GOOD})
    images: list[dict[str, object]] = []
    boxes: list[dict[str, object]] = []
    for number, one in enumerate(pictures, 1):
        try:
            height, width = read_file(one.path)[1].shape[:2]
        except ImageError as error:
            raise OSError(f"{one.path}: {error.code}") from error
        name = folder.copy(one, "images")
        images.append({"id": number, "file_name": name, "width": width, "height": height})
        if one.label != GOOD:
            box = {"bbox": [0, 0, width, height], "area": width * height, "iscrowd": 0}
            kind = {"category_id": labels.index(one.label) + 1, "image_id": number}
            boxes.append({"id": len(boxes) + 1, **kind, **box})
    whole = {
        "images": images,
        "annotations": boxes,
        "categories": [{"id": at, "name": name} for at, name in enumerate(labels, 1)],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (folder.top / "annotations.json").write_text(text, "utf-8")


def _side(one: Picture) -> str:
    return "test" if one.test else "train"


def _safe(name: str) -> str:
    """A name that any system takes for a file."""
    return _NOT_IN_A_NAME.sub("_", name) or "_"


WRITERS: dict[str, Callable[[Sequence[Picture], _Folder], None]] = {
    "folders": _folders,
    "coco": _coco,
    "yolo": _yolo,
    "csv": _csv,
    "anomalib": _anomalib,
}
