"""Which pictures show the same part or lot, from a table that somebody keeps beside them."""

import csv
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from station.cameras.image_file import SUFFIXES
from station.errors import ErrorCode, RecipeError

Groups = Mapping[str, str]  # the end of a picture's path, with slashes → its group


def parse_groups(text: str) -> tuple[Path, str] | None:
    """CSV:COLUMN as it is typed; None for nothing. Raises RecipeError RECIPE_BAD_VALUE."""
    if not text:
        return None
    table, colon, column = text.rpartition(":")
    if not (table and colon and column):
        raise _bad(text, "CSV:COLUMN")
    return Path(table), column


def read_groups(table: Path, column: str) -> Groups:
    """The groups of all pictures that the table names; the first column with pictures names them.

    Raises RecipeError RECIPE_BAD_VALUE.
    """
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error):
        raise _bad(str(table), "a CSV file") from None
    names = [name for name in rows[0] if name] if rows else []
    if column not in names:
        raise _bad(column, ", ".join(names))
    pictures = next((name for name in names if _is_picture(rows[0][name])), None)
    if pictures is None:
        raise _bad(str(table), "a column with the pictures' files")
    return {_key(row[pictures]): row[column] or "" for row in rows if row[pictures]}


def group_of(path: Path, groups: Groups) -> str:
    """The group of the picture, by the longest end of its path that the table knows, or none."""
    parts = path.parts
    for first in range(len(parts)):
        found = groups.get("/".join(parts[first:]))
        if found is not None:
            return found
    return ""


def _is_picture(name: str | None) -> bool:
    return PurePosixPath(_key(name or "")).suffix.lower() in SUFFIXES


def _key(name: str) -> str:
    return name.strip().replace("\\", "/").lstrip("./")


def _bad(value: str, allowed: str) -> RecipeError:
    return RecipeError(ErrorCode.RECIPE_BAD_VALUE, field="group", value=value, allowed=allowed)
