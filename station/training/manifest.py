"""The file of a snapshot: which images, under which label, and which of them are kept back.

    {"content": {"format": 1, "product": …, "root": …, "classes": […], "good": […], "samples": […]},
     "sha256": of the content as canonical JSON}

A sample is {"file": path below the root, "sha256", "label", "group", "test"}; the root is relative
to the file's own folder.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from station.errors import DatasetError, ErrorCode
from station.training.dataset import Sample

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds; the samples' paths are absolute. sha256: of its content."""

    product: str
    root: Path
    classes: tuple[str, ...]
    good: tuple[str, ...]
    samples: tuple[Sample, ...]
    sha256: str


def manifest_bytes(
    product: str, root: str, good: Sequence[str], held: Iterable[tuple[str, Sample]]
) -> tuple[bytes, str]:
    """The file, and the sha256 of its content; held: samples by their path below the root."""
    rows: list[dict[str, Any]] = [
        {"file": name, "sha256": s.sha256, "label": s.label, "group": s.group, "test": s.test}
        for name, s in held
    ]
    rows.sort(key=lambda row: (row["sha256"], row["file"]))
    content = {
        "format": FORMAT,
        "product": product,
        "root": root,
        "classes": sorted({row["label"] for row in rows}),
        "good": sorted(good),
        "samples": rows,
    }
    digest = hashlib.sha256(_canonical(content)).hexdigest()
    return _canonical({"content": content, "sha256": digest}), digest


def read_manifest(path: Path) -> Manifest:
    """What was frozen, proven by its hash; the images are not read.

    Raises DatasetError FOLDER_NOT_FOUND, DATASET_FORMAT, or DATASET_CHANGED.
    """
    try:
        whole = json.loads(path.read_bytes())
        content, told = whole["content"], whole["sha256"]
        known = content["format"] == FORMAT
    except OSError:
        raise DatasetError(ErrorCode.FOLDER_NOT_FOUND, path=path) from None
    except (ValueError, KeyError, TypeError):
        raise DatasetError(ErrorCode.DATASET_FORMAT, path=path, reason="no snapshot") from None
    if hashlib.sha256(_canonical(content)).hexdigest() != told:
        raise DatasetError(ErrorCode.DATASET_CHANGED, path=path, file=path)
    if not known:
        reason = f"format {content['format']}"
        raise DatasetError(ErrorCode.DATASET_FORMAT, path=path, reason=reason)
    root = (path.parent / content["root"]).resolve()
    return Manifest(
        content["product"],
        root,
        tuple(content["classes"]),
        tuple(content["good"]),
        tuple(_sample(path, root, row) for row in content["samples"]),
        told,
    )


def _sample(path: Path, root: Path, row: dict[str, Any]) -> Sample:
    name = PurePosixPath(row["file"])
    if name.is_absolute() or ".." in name.parts or not row["sha256"]:
        raise DatasetError(ErrorCode.DATASET_FORMAT, path=path, reason=row["file"])
    return Sample(root / name, row["label"], row["group"], row["sha256"], bool(row["test"]))


def _canonical(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
