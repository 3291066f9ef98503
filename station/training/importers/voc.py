"""Pascal VOC: an XML file for each picture."""

from pathlib import Path
from xml.etree import ElementTree

from station.training.importers.base import Box, Found, Pictures, bad, label_of
from station.training.taking import Item

NAME = "voc"
MOST_BYTES = 4 * 2**20
_CORNERS = ("xmin", "ymin", "xmax", "ymax")


def read(root: Path) -> Found | None:
    """The pictures that have an XML file by their boxes' class; None where none has."""
    pictures, items, missing, found = Pictures(root), {}, [], False
    for path in sorted(root.rglob("*.xml")):
        if path.name.startswith("."):
            continue
        tree = _parsed(path)
        if tree is None or tree.tag != "annotation":
            continue
        found = True
        name = tree.findtext("filename", "").strip()
        picture = pictures.find(name, path.parent) if name else None
        picture = picture or pictures.of_stem(path.stem, path.parent)
        if picture is None:
            missing.append(name or path.name)
        else:
            items[picture] = Item(picture, label_of(_boxes(path, tree)))
    left = len(pictures.paths) - len(items)
    return Found(NAME, tuple(items.values()), tuple(missing), left) if found else None


def _parsed(path: Path) -> ElementTree.Element | None:
    """The tree; a file that declares entities is none, as they could grow without end."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise bad(path, "too large")
        data = path.read_bytes()
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise bad(path, "it declares entities")
        return ElementTree.fromstring(data)  # noqa: S314 - no entities, see above
    except OSError as error:
        raise bad(path, error.strerror) from None
    except ElementTree.ParseError as error:
        raise bad(path, error) from None


def _boxes(path: Path, tree: ElementTree.Element) -> list[Box]:
    boxes = []
    for one in tree.iter("object"):
        name = one.findtext("name", "").strip()
        try:
            left, top, right, bottom = (float(one.findtext(f"bndbox/{c}", "0")) for c in _CORNERS)
        except ValueError as error:
            raise bad(path, error) from None
        if not name:
            raise bad(path, "an object without a name")
        boxes.append(Box(name, max(0.0, right - left) * max(0.0, bottom - top)))
    return boxes
