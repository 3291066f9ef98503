"""The last release of a product as a file beside its models, for the day without a database.

`models/<product>/released.json` holds the recipe as released, and as its file said it then.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from station.domain.recipe import Recipe, recipe_from_mapping, recipe_to_mapping
from station.errors import StationError
from station.store.images import make_folder, write_durably
from station.store.model_files import INCOMING, MODELS, file_sha256, folder_name

NAME = "released.json"


@dataclass(frozen=True, slots=True)
class LastRelease:
    """said: what the recipe's file said when `released` came to count."""

    said: Recipe
    released: Recipe


def write_last(folder: Path, last: LastRelease) -> None:
    """Keep it durably. Raises StoreError STORE_DISK_FULL or STORE_WRITE_FAILED."""
    path = folder / MODELS / folder_name(last.released.name) / NAME
    values = {name: recipe_to_mapping(getattr(last, name)) for name in ("said", "released")}
    for one in (path.parent, folder / INCOMING):
        make_folder(one, folder)
    data = json.dumps(values, ensure_ascii=False, indent=1).encode()
    write_durably(path, folder / INCOMING, data)


def read_last(folder: Path, product: str) -> LastRelease | None:
    """What was kept, as far as its model is there and whole."""
    path = folder / MODELS / folder_name(product) / NAME
    try:
        values = json.loads(path.read_bytes())
        last = LastRelease(*(recipe_from_mapping(values[name]) for name in ("said", "released")))
        whole = file_sha256(folder / last.released.model) == last.released.model_sha256
    except (OSError, ValueError, KeyError, TypeError, StationError):
        return None
    return last if whole and last.released.name == product else None
