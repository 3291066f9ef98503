"""CSV: a row for each picture, or for each box of one."""

import csv
import io
from collections import defaultdict
from pathlib import Path

from station.training.importers.base import Box, Found, Pictures, label_of, text_of
from station.training.taking import Item

NAME = "csv"
FILE_COLUMNS = ("file", "path", "filename", "file_name", "filepath", "image", "picture")
LABEL_COLUMNS = ("label", "class", "category", "classname", "class_name", "truth")
GROUP_COLUMNS = ("group", "part", "serial", "session", "lot")
_SEPARATORS = ",;\t"


def read(root: Path) -> Found | None:
    """The pictures that a table names, by its label; an empty one is good. None without a table."""
    pictures = Pictures(root)
    for path in sorted(root.rglob("*.csv")):
        rows = _rows(path)
        names = {name.strip().lower(): name for name in (rows[0] if rows else ()) if name}
        file, label = _one_of(names, FILE_COLUMNS), _one_of(names, LABEL_COLUMNS)
        if not file or not label:
            continue
        group = _one_of(names, GROUP_COLUMNS)
        boxes: dict[Path, list[Box]] = defaultdict(list)
        groups: dict[Path, str] = {}
        missing = []
        for row in rows:
            picture = pictures.find(row[file] or "", path.parent)
            if picture is None:
                missing.append(row[file] or "")
                continue
            own = boxes[picture]
            if (row[label] or "").strip():
                own.append(Box((row[label] or "").strip(), 0.0))
            groups[picture] = (row[group] or "").strip() if group else ""
        if boxes:
            items = (Item(one, label_of(found), groups[one]) for one, found in boxes.items())
            left = len(pictures.paths) - len(boxes)
            return Found(NAME, tuple(items), tuple(missing), left)
    return None


def _rows(path: Path) -> list[dict[str, str | None]]:
    text = text_of(path)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.DictReader(io.StringIO(text), delimiter=separator, restval=""))
    except csv.Error:
        return []


def _one_of(names: dict[str, str], wanted: tuple[str, ...]) -> str:
    return next((names[name] for name in wanted if name in names), "")
