"""Taking a part into the records later than its turn: from its picture, or from an old row."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from station.domain.inspection import Inspection
from station.domain.judge import waits
from station.domain.recipe import Recipe, recipe_to_mapping
from station.errors import RecipeError
from station.store.images import RECORD_KEY, uid_in
from station.store.png import read_texts
from station.store.process_values import append_values
from station.store.recipes import find_recipe
from station.store.rows import from_json, to_row
from station.store.schema import inspections, recipes

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A picture and the record in it; `record` is None where it could not be read."""

    path: Path
    record: Inspection | None
    sha256: str = ""
    size: int = 0


def read_picture(path: Path) -> Found:
    """The record in a picture, every checksum of the file proven."""
    try:
        data = path.read_bytes()
        record = from_json(read_texts(data)[RECORD_KEY])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return Found(path, None)
    if record.uid != uid_in(path.name):
        return Found(path, None)  # a copy under another name
    return Found(path, record, hashlib.sha256(data).hexdigest(), len(data))


def adopt(
    connection: Connection, folder: Path, station: str, found: Found, at_place: bool
) -> int | None:
    """Append the part in the picture, unless it is there; returns its new row id.

    at_place: under the id it had, which was its number; else behind all others.
    """
    record = found.record
    if record is None or known_ids(connection, [record.uid]):
        return None
    recipe = recipe_of(connection, record)
    row: Row = {
        **to_row(record),
        "waits": int(waits(record.verdict, recipe.review)),
        "image": found.path.relative_to(folder).as_posix(),
        "image_sha256": found.sha256,
        "image_bytes": found.size,
        "station": station,
    }
    if at_place:
        row["id"] = record.part.number or None
    id_ = place_parts(connection, [row])[record.uid]
    append_values(connection, record.values, id_)
    return id_


def known_ids(connection: Connection, uids: Iterable[str]) -> dict[str, int]:
    """The row ids of those parts that are in the records, by uid."""
    query = select(inspections.c.uid, inspections.c.id).where(inspections.c.uid.in_(uids))
    return {row.uid: row.id for row in connection.execute(query)}


def place_parts(connection: Connection, rows: Sequence[Row]) -> dict[str, int]:
    """Append each under its id if that is free, else behind all others; returns ids by uid."""
    wanted = [row["id"] for row in rows if row.get("id")]
    query = select(inspections.c.id).where(inspections.c.id.in_(wanted))
    taken = {None, *connection.execute(query).scalars()}
    placed: dict[str, int] = {}
    at_place: list[Row] = []
    for row in rows:
        if row.get("id") not in taken:
            taken.add(row["id"])
            placed[row["uid"]] = row["id"]
            at_place.append(row)
    if at_place:
        connection.execute(insert(inspections), at_place)
    for row in rows:
        if row["uid"] not in placed:
            values = {key: value for key, value in row.items() if key != "id"}
            made = connection.execute(insert(inspections).returning(inspections.c.id), values)
            placed[row["uid"]] = made.scalar_one()
    return placed


def recipe_of(connection: Connection, record: Inspection) -> Recipe:
    """The recipe that judged a part; where it is lost, appended again as far as the part tells."""
    with suppress(RecipeError):
        return find_recipe(connection, record.recipe, record.recipe_version)
    recipe = Recipe(
        name=record.recipe,
        model=record.model,
        model_sha256=record.model_sha256,
        version=record.recipe_version,
        roi=record.roi,
        review_limit=record.review_limit,
        ng_limit=record.ng_limit,
    )
    body = json.dumps(recipe_to_mapping(recipe), ensure_ascii=False)
    named = {"name": recipe.name, "version": recipe.version}
    connection.execute(insert(recipes), {**named, "body": body, "at_ms": record.at_ms})
    return recipe
