"""YOLO's detection layout: images, and beside them text files with a line for each box.

The classes are named in a .yaml file, or in classes.txt. A picture without text file shows nothing
that was marked: it is good.
"""

import re
from pathlib import Path

from station.training.importers.base import Box, Found, Pictures, bad, label_of, text_of
from station.training.taking import Item

NAME = "yolo"
_ENTRY = re.compile(r"^\s+(?:-|(\d+)\s*:)\s*(.+?)\s*$")


def read(root: Path) -> Found | None:
    """Every picture by its boxes' class; None where no text file lies as YOLO's do."""
    pictures = Pictures(root)
    texts = {path: _text_of(root, path) for path in pictures.paths}
    if not any(text is not None for text in texts.values()):
        return None
    names = _names(root)
    items = [
        Item(path, label_of([] if text is None else _boxes(text, names)))
        for path, text in texts.items()
    ]
    return Found(NAME, tuple(items))


def _text_of(root: Path, picture: Path) -> Path | None:
    """In `labels` where the picture lies in `images`, else beside it."""
    parts = list(picture.relative_to(root).parts)
    if "images" in parts:
        at = len(parts) - 1 - parts[::-1].index("images")
        parts[at] = "labels"
        path = root.joinpath(*parts).with_suffix(".txt")
        if path.is_file():
            return path
    path = picture.with_suffix(".txt")
    return path if path.is_file() and _BOX.match(path.read_bytes()[:200]) else None


_BOX = re.compile(rb"\s*(\d+(\s+-?[\d.eE+-]+){4,}|$)")


def _boxes(path: Path, names: dict[int, str]) -> list[Box]:
    """`class x y width height`, or `class x1 y1 x2 y2 …` of an outline; shares of the picture."""
    boxes = []
    for line in text_of(path).splitlines():
        if not line.strip():
            continue
        try:
            kind, *numbers = line.split()
            values = [float(number) for number in numbers]
            number = int(kind)
            if number < 0 or len(values) < 4:
                raise ValueError(line)
        except ValueError:
            raise bad(path, f"YOLO: {line[:80]}") from None
        xs, ys = values[0::2], values[1::2]
        outline = len(values) >= 6 and len(values) % 2 == 0
        area = (max(xs) - min(xs)) * (max(ys) - min(ys)) if outline else values[2] * values[3]
        boxes.append(Box(names.get(number, f"class {number}"), area))
    return boxes


def _names(root: Path) -> dict[int, str]:
    for path in sorted((*root.rglob("*.yaml"), *root.rglob("*.yml"))):
        names = _yaml_names(text_of(path))
        if names:
            return names
    for path in sorted((*root.rglob("classes.txt"), *root.rglob("obj.names"))):
        lines = [line.strip() for line in text_of(path).splitlines() if line.strip()]
        return dict(enumerate(lines))
    return {}


def _yaml_names(text: str) -> dict[int, str]:
    """What stands under `names:`, in each of the forms that YOLO's own files have."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        head, colon, rest = line.partition(":")
        if head.strip() != "names" or not colon:
            continue
        rest = rest.split(" #")[0].strip()
        if rest.startswith(("[", "{")):
            inner = " ".join([rest, *lines[at + 1 :]]).split("]" if rest[0] == "[" else "}")[0]
            return _entries([part for part in inner[1:].split(",") if part.strip()])
        block = []
        for later in lines[at + 1 :]:
            entry = _ENTRY.match(later if later[:1] != "-" else f" {later}")
            if entry is None:
                break
            block.append(f"{entry[1]}: {entry[2]}" if entry[1] else entry[2])
        return _entries(block)
    return {}


def _entries(parts: list[str]) -> dict[int, str]:
    names = {}
    for place, part in enumerate(parts):
        number, colon, name = part.partition(":")
        if colon and number.strip().isdigit():
            names[int(number)] = name.strip().strip("'\"")
        else:
            names[place] = part.strip().strip("'\"")
    return names
