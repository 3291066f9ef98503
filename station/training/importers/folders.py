"""Class folders, also below train, val and test as Ultralytics' classification and anomalib do."""

from pathlib import Path

from station.training.importers.base import Found, Pictures
from station.training.taking import Item

NAME = "folders"
_SPLITS = frozenset(("train", "training", "val", "valid", "validation", "dev", "test", "testing"))
_NO_CLASS = frozenset(("ground_truth", "masks", "annotations", "labels"))


def read(root: Path) -> Found | None:
    """Every picture under the name of its folder; None where no folder holds any."""
    items = []
    for path in Pictures(root).paths:
        parts = path.relative_to(root).parts
        if parts[0].lower() in _NO_CLASS:
            continue
        place = 1 if len(parts) > 2 and parts[0].lower() in _SPLITS else 0
        if len(parts) > place + 1:
            items.append(Item(path, parts[place]))
    return Found(NAME, tuple(items)) if items else None
