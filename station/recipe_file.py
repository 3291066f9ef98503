"""Recipes as TOML files, with the model and the golden picture beside them."""

import hashlib
import os
import tomllib
from dataclasses import replace
from pathlib import Path

import tomli_w

from station.domain.recipe import (
    Recipe,
    recipe_from_mapping,
    recipe_to_mapping,
    with_hashes,
    with_models,
)
from station.errors import ErrorCode, ModelError, RecipeError
from station.whole import write_whole


def load_recipe(path: Path) -> Recipe:
    """Read a recipe; its `model` and `golden` may be relative to the file.

    Raises RecipeError RECIPE_NOT_FOUND, RECIPE_BROKEN (no TOML) or RECIPE_BAD_VALUE.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        known = ", ".join(recipe_names(path.parent)) or "–"
        raise RecipeError(ErrorCode.RECIPE_NOT_FOUND, name=path.stem, known=known) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RecipeError(ErrorCode.RECIPE_BROKEN, path=path, reason=error) from None
    recipe = recipe_from_mapping(values)
    golden = str(path.parent / recipe.golden) if recipe.golden else ""
    placed = with_models(recipe, lambda model: str(path.parent / model))
    return replace(placed, golden=golden)


def write_recipe(path: Path, recipe: Recipe) -> None:
    """Write a recipe whole or not at all; its files are named as seen from its own folder.

    Raises DatasetError OUTPUT_NOT_WRITABLE.
    """

    def seen(there: str) -> str:
        return Path(os.path.relpath(there, path.parent)).as_posix() if there else ""

    recipe = with_models(replace(recipe, golden=seen(recipe.golden)), seen)
    values = recipe_to_mapping(recipe)
    del values["version"]  # the store numbers them
    write_whole({path: tomli_w.dumps(values).encode("utf-8")})


def recipe_names(folder: Path) -> list[str]:
    """The recipes that lie in a folder, by name."""
    return sorted(path.stem for path in folder.glob("*.toml"))


def bind_model(recipe: Recipe) -> Recipe:
    """The recipe with the hashes of its model files; one that names another hash is refused.

    Raises ModelError MODEL_NOT_FOUND or MODEL_CHANGED.
    """
    return with_hashes(
        recipe,
        [
            _hash_of(recipe.model, recipe.model_sha256),
            *(_hash_of(view.model, view.model_sha256) for view in recipe.views),
        ],
    )


def _hash_of(model: str, told: str) -> str:
    path = Path(model)
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=path) from None
    if told not in ("", sha256):
        raise ModelError(ErrorCode.MODEL_CHANGED, path=path)
    return sha256
