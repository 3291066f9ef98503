"""Pictures of the plant as a folder that can be learnt from, one sub-folder per class.

In a plant's store the class of a picture is a person's standing word in the plant's database:
accepted is the good class unless the person named another; rejected is the defect the person named,
else the one the model saw where it said NG itself; a rejected part of which nobody named the
defect is left out, and so is every part that no person spoke about. A picture is cut to the ROI
that was judged, and what its recipe ignored is painted over. Any other store is taken as it is: its
folders are the classes.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, select

from station.cameras.image_file import SUFFIXES
from station.domain.inspection import DecisionKind
from station.domain.judge import named_class
from station.domain.recipe import Roi
from station.errors import DatasetError, ErrorCode, ImageError, RecipeError, SettingsError
from station.inference.prepare import region
from station.plant.database import KNOWN, PlantDatabase, metadata
from station.plant.pictures import FolderPictures, Pictures
from station.store.png import encode_png, read_png
from station.store.rows import from_row
from station.store.schema import current, decisions

GOOD = "good"
"""The class of what was accepted without another name."""

_OF_A_PLANT = re.compile(r"[^/]+/images/\d{4}-\d\d-\d\d/\d\d/[^/]+\.png")
_FIRST = 1000
_FETCHERS = 4
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^\.+')


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture that is wanted, and the class of it; sha256 is empty where nobody knows it."""

    source: str
    file: str  # its name in the class's folder
    label: str
    sha256: str = ""
    roi: Roi | None = None
    ignore: tuple[Roi, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A folder with one sub-folder per class; left_out: pictures that were gone or nobody named."""

    folder: Path
    samples: int
    left_out: int


def fetch_samples(
    pictures: Pictures, database: PlantDatabase | None, cache: Path, recipe: str = ""
) -> Fetched:
    """Bring a folder below `cache` to what the store says now; what is there is not fetched again.

    Both are open. recipe: only the parts of that; needed where there are several. Raises
    StoreError PLANT_UNREACHABLE, SettingsError PLANT_BAD_ADDRESS where the words of the persons
    are needed and no database was given, RecipeError RECIPE_NOT_FOUND, DatasetError FOLDER_EMPTY
    or OUTPUT_NOT_WRITABLE.
    """
    first = list(islice(pictures.names(), _FIRST))
    unnamed = 0
    if any(_OF_A_PLANT.fullmatch(name) for name in first):
        if database is None:
            raise SettingsError(ErrorCode.PLANT_BAD_ADDRESS, address="", known=KNOWN)
        with database.transaction() as connection:
            wanted, unnamed = _named(connection, recipe)
    elif isinstance(pictures, FolderPictures):
        return Fetched(Path(pictures.address), len(first), 0)
    else:
        wanted = list(_by_folder(pictures.names()))
    if not wanted:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=pictures.address)
    key = hashlib.sha256(f"{pictures.address} {recipe}".encode()).hexdigest()[:16]
    folder = cache / key
    try:
        gone = _bring(folder, wanted, pictures)
    except OSError as error:
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=folder, reason=error) from error
    return Fetched(folder, len(wanted) - gone, gone + unnamed)


def _named(connection: Connection, recipe: str) -> tuple[list[Sample], int]:
    """The parts a person spoke about, by that word, and how many have no name for their defect."""
    columns = current.c
    query = select(current).where(
        columns.id.in_(select(decisions.c.inspection)),
        columns.decision_id.is_not(None),
        columns.image.is_not(None),
    )
    rows = connection.execute(query.order_by(columns.id)).all()
    known = sorted({row.recipe for row in rows})
    if (recipe and recipe not in known) or (not recipe and len(known) > 1):
        raise RecipeError(ErrorCode.RECIPE_NOT_FOUND, name=recipe, known=", ".join(known))
    ignored = _ignored(connection)
    found, unnamed = [], 0
    for row in rows:
        if recipe and row.recipe != recipe:
            continue
        seen = from_row(dict(row._mapping))
        label = named_class(seen, DecisionKind(row.decision), row.decision_label or "", GOOD)
        if not label:
            unnamed += 1
            continue
        source = f"{row.station}/{row.image}"
        ignore = ignored.get((row.station, row.recipe, row.recipe_version), ())
        found.append(Sample(source, f"{row.uid}.png", label, row.image_sha256, seen.roi, ignore))
    return found, unnamed


def _ignored(connection: Connection) -> dict[tuple[str, str, int], tuple[Roi, ...]]:
    """By station, recipe and version: where nobody looked."""
    columns = metadata.tables["recipes"].c
    query = select(columns.station, columns.name, columns.version, columns.body)
    found = {}
    for station, name, version, body in connection.execute(query):
        areas = json.loads(body).get("ignore", [])
        if areas:
            found[station, name, version] = tuple(Roi(**area) for area in areas)
    return found


def _by_folder(names: Iterable[str]) -> Iterator[Sample]:
    """The first folder is the class; what lies deeper keeps its path in its name."""
    for name in names:
        path = PurePosixPath(name)
        if len(path.parts) > 1 and path.suffix.lower() in SUFFIXES:
            yield Sample(name, "_".join(path.parts[1:]), path.parts[0])


def _bring(folder: Path, wanted: list[Sample], pictures: Pictures) -> int:
    """Make the folder hold what is wanted and nothing else; returns how many were gone."""
    places = {_place(sample): sample for sample in wanted}
    folder.mkdir(parents=True, exist_ok=True)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in there - places.keys():
        (folder / name).unlink()
    for label in {sample.label for sample in wanted}:
        (folder / _safe(label)).mkdir(exist_ok=True)

    def fetch(name: str) -> bool:
        return _fetch(folder / name, places[name], pictures)

    with ThreadPoolExecutor(_FETCHERS, "samples") as fetchers:
        return sum(not came for came in fetchers.map(fetch, sorted(places.keys() - there)))


def _fetch(path: Path, sample: Sample, pictures: Pictures) -> bool:
    """In one of several threads; False where the picture is gone or not as it was."""
    data = pictures.get(sample.source)
    if data is None or (sample.sha256 and hashlib.sha256(data).hexdigest() != sample.sha256):
        return False
    if sample.roi is not None or sample.ignore:
        try:
            data = encode_png(region(read_png(data)[0], sample.roi, sample.ignore), {})
        except (ValueError, ImageError):
            return False
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)
    return True


def _place(sample: Sample) -> str:
    return f"{_safe(sample.label)}/{_safe(sample.file)}"


def _safe(name: str) -> str:
    """A name that any system takes for a file."""
    return _NOT_IN_A_NAME.sub("_", name)
