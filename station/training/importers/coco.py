"""COCO: one JSON file, or several, with images, categories and boxes."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from station.training.importers.base import Box, Found, Pictures, bad, label_of, text_of
from station.training.taking import Item

NAME = "coco"


def read(root: Path) -> Found | None:
    """The listed images by their boxes' class; None where no file says COCO's words."""
    pictures, items, missing, found = Pictures(root), {}, [], False
    for path in sorted(root.rglob("*.json")):
        if path.name.startswith("."):
            continue
        whole = _parsed(path)
        if whole is None:
            continue
        found = True
        for name, label in _labels(path, whole):
            picture = pictures.find(name, path.parent)
            if picture is None:
                missing.append(name)
            else:
                items[picture] = Item(picture, label)
    left = len(pictures.paths) - len(items)
    return Found(NAME, tuple(items.values()), tuple(missing), left) if found else None


def _parsed(path: Path) -> dict[str, Any] | None:
    try:
        whole = json.loads(text_of(path))
    except (ValueError, RecursionError):
        return None
    ours = isinstance(whole, dict) and isinstance(whole.get("images"), list)
    return whole if ours and isinstance(whole.get("annotations"), list) else None


def _labels(path: Path, whole: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        names = {one["id"]: str(one["name"]) for one in whole.get("categories", [])}
        boxes: dict[object, list[Box]] = defaultdict(list)
        for one in whole["annotations"]:
            size = one.get("bbox") or (0, 0, 0, 0)
            area = float(one.get("area") or size[2] * size[3])
            boxes[one["image_id"]].append(Box(names[one["category_id"]], area))
        return [(str(one["file_name"]), label_of(boxes[one["id"]])) for one in whole["images"]]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise bad(path, f"COCO: {type(error).__name__} {error}") from None
