"""Recipes by name and version, and the models that were ever used; both only grow."""

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from station.domain.recipe import Recipe, recipe_from_mapping, recipe_to_mapping
from station.errors import ErrorCode, RecipeError
from station.store.schema import models, recipes


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model file that the station knows: its content's hash, its card, where it lay when."""

    sha256: str
    name: str
    card_json: str
    path: str
    at_ms: int


RELEASE = "release"
"""The origin of a version that a release made; a recipe's file, or a person's word, has none."""


def append_recipe(connection: Connection, recipe: Recipe, at_ms: int, origin: str = "") -> Recipe:
    """Append the next version of that name; what equals the newest is the newest."""
    newest = connection.execute(_versions(recipe.name).limit(1)).first()
    last = None if newest is None else _recipe(newest)
    numbered = replace(recipe, version=1 if last is None else last.version + 1)
    if last is not None and replace(numbered, version=last.version) == last:
        return last
    body = json.dumps(recipe_to_mapping(numbered), ensure_ascii=False)
    row = {"name": recipe.name, "version": numbered.version, "body": body, "at_ms": at_ms}
    connection.execute(insert(recipes), {**row, "origin": origin})
    return numbered


def find_recipe(connection: Connection, name: str, version: int | None) -> Recipe:
    """That version, or the newest of that name. Raises RecipeError RECIPE_NOT_FOUND."""
    query = _versions(name)
    if version is not None:
        query = query.where(recipes.c.version == version)
    row = connection.execute(query.limit(1)).first()
    if row is None:
        wanted = name if version is None else f"{name} {version}"
        known = ", ".join(recipe.name for recipe in newest_recipes(connection))
        raise RecipeError(ErrorCode.RECIPE_NOT_FOUND, name=wanted, known=known)
    return _recipe(row)


def newest_recipes(connection: Connection) -> list[Recipe]:
    """The newest version of every name, by name."""
    newest = select(func.max(recipes.c.id)).group_by(recipes.c.name)
    query = select(recipes.c.body).where(recipes.c.id.in_(newest)).order_by(recipes.c.name)
    return [_recipe(row) for row in connection.execute(query)]


def newest_origin(connection: Connection, name: str) -> str | None:
    """What made the newest version of that name; None without any."""
    newest = _versions(name).with_only_columns(recipes.c.origin)
    return connection.execute(newest.limit(1)).scalar()


def newest_of_file(connection: Connection, name: str) -> Recipe | None:
    """The newest version that no release made."""
    row = connection.execute(_versions(name).where(recipes.c.origin != RELEASE).limit(1)).first()
    return None if row is None else _recipe(row)


def newest_of_model(connection: Connection, name: str, sha256: str) -> Recipe | None:
    """The newest version with that model."""
    found = (_recipe(row) for row in connection.execute(_versions(name)))
    return next((recipe for recipe in found if recipe.model_sha256 == sha256), None)


def append_model(connection: Connection, entry: ModelEntry) -> None:
    """Keep the model, unless one of that content is kept already."""
    same = select(models.c.id).where(models.c.sha256 == entry.sha256)
    if connection.execute(same).first() is not None:
        return
    row = {
        "sha256": entry.sha256,
        "name": entry.name,
        "card": entry.card_json,
        "path": entry.path,
        "at_ms": entry.at_ms,
    }
    connection.execute(insert(models), row)


def all_models(connection: Connection) -> list[ModelEntry]:
    """Every model ever kept, oldest first."""
    columns = models.c
    query = select(columns.sha256, columns.name, columns.card, columns.path, columns.at_ms)
    return [ModelEntry(*row) for row in connection.execute(query.order_by(columns.id))]


def _versions(name: str) -> Select[tuple[str]]:
    newest_first = recipes.c.version.desc()
    return select(recipes.c.body).where(recipes.c.name == name).order_by(newest_first)


def _recipe(row: Row[Any]) -> Recipe:
    return recipe_from_mapping(json.loads(row.body))
