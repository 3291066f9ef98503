"""Which model counts: a release, the way back, and the recipe by which a station starts.

A release is one change of the database: the states of the revisions, the recipe's next version,
and an entry in the audit trail. The newest word counts: the last release, or the recipe's file
if a person has changed that since.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, select

from station.domain.recipe import Recipe, with_models
from station.domain.revision import Revision, RevisionState, may_become
from station.errors import ErrorCode, Fault, StoreError
from station.store.audit import append_audit
from station.store.last_release import LastRelease, read_last
from station.store.recipes import (
    RELEASE,
    append_recipe,
    find_recipe,
    newest_of_file,
    newest_of_model,
    newest_origin,
)
from station.store.revisions import (
    Draft,
    append_revision,
    append_state,
    find_revision,
    missing,
    of_content,
    one_in,
    releases,
    row_id,
    standing_in,
    wrong_state,
)
from station.store.schema import recipes

FROM_FILE = "file"
"""The reason of a release that nobody asked for: the model was there first, or its file says so."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure the model must be, and how alike the part; as in a recipe."""

    review_limit: float
    ng_limit: float
    max_unlike: float | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """An order to let a revision's verdicts count.

    limits: None takes those of its last release, or, before the first, those of its card.
    """

    product: str
    number: int
    reason: str
    operator: str = ""
    limits: Limits | None = None


def released_recipe(connection: Connection, folder: Path, order: Release) -> Recipe:
    """By which recipe it would be judged, not numbered yet; every rule is proven here.

    Raises StoreError REVISION_NOT_FOUND, REVISION_STATE, REVISION_INCOMPLETE or
    REVISION_NEEDS_REASON; RecipeError RECIPE_NOT_FOUND where the product never ran.
    """
    revision = find_revision(connection, order.product, order.number)
    base = find_recipe(connection, order.product, None)
    if not order.reason.strip():
        raise StoreError(ErrorCode.REVISION_NEEDS_REASON, product=order.product)
    was = order.number in releases(connection, order.product)
    lacks = missing(revision, folder, was)
    if lacks:
        facts = {"product": order.product, "number": order.number, "missing": lacks}
        raise StoreError(ErrorCode.REVISION_INCOMPLETE, **facts)
    limits = order.limits or _usual_limits(connection, revision, base)
    recipe = replace(
        base,
        model=revision.path,
        model_sha256=revision.sha256,
        review_limit=limits.review_limit,
        ng_limit=limits.ng_limit,
        max_unlike=limits.max_unlike,
    )
    same = revision.state is RevisionState.RELEASED and recipe == base
    if same or not may_become(_as_candidate(revision), RevisionState.RELEASED):
        raise wrong_state(revision, RevisionState.RELEASED)
    return recipe


def release(
    connection: Connection,
    folder: Path,
    order: Release,
    at_ms: int,
    code: ErrorCode = ErrorCode.MODEL_RELEASED,
) -> Recipe:
    """Let its verdicts count from now on; the recipe's new version. Raises as `released_recipe`."""
    recipe = released_recipe(connection, folder, order)
    _make_only(connection, order.product, order.number, order.reason, order.operator, at_ms)
    numbered = append_recipe(connection, recipe, at_ms, RELEASE)
    facts = (
        ("product", order.product),
        ("number", str(order.number)),
        ("version", str(numbered.version)),
        ("reason", order.reason),
    )
    append_audit(connection, at_ms, "released", Fault(code, facts), order.operator)
    return at_home(numbered, folder)


def way_back(connection: Connection, product: str, reason: str, operator: str) -> Release:
    """The order to release again what was released before. Raises NOTHING_TO_ROLL_BACK."""
    now = one_in(connection, product, RevisionState.RELEASED)
    others = (n for n in releases(connection, product) if now is None or n != now.number)
    before = next(others, None)
    if before is None:
        raise StoreError(ErrorCode.NOTHING_TO_ROLL_BACK, product=product)
    return Release(product, before, reason, operator)


def standing_recipe(connection: Connection, folder: Path, wanted: Recipe) -> Recipe | None:
    """The last release of that product, unless its file has said something else since.

    wanted: what the file says now, with the hash of its model.
    """
    if newest_origin(connection, wanted.name) != RELEASE:
        return None
    said = newest_of_file(connection, wanted.name)
    if said is None or _words(said) != _words(wanted):
        return None
    newest = find_recipe(connection, wanted.name, None)
    return at_home(replace(newest, golden=wanted.golden), folder)


def recipe_to_run(connection: Connection, folder: Path, wanted: Recipe, at_ms: int) -> Recipe:
    """The recipe by which the station starts, numbered; see `standing_recipe`."""
    if newest_origin(connection, wanted.name) is None:
        _recall(connection, folder, wanted, at_ms)
    standing = standing_recipe(connection, folder, wanted)
    return standing or append_recipe(connection, wanted, at_ms)


def last_release(connection: Connection, product: str) -> LastRelease | None:
    """What is to be kept beside the models: None where the recipe's file had the last word."""
    said = newest_of_file(connection, product)
    if said is None or newest_origin(connection, product) != RELEASE:
        return None
    return LastRelease(said, find_recipe(connection, product, None))


def _recall(connection: Connection, folder: Path, wanted: Recipe, at_ms: int) -> None:
    """In a database begun anew: the last release, if the file says what it said then."""
    last = read_last(folder, wanted.name)
    if last is not None and _words(last.said) == _words(wanted):
        append_recipe(connection, wanted, at_ms)
        append_recipe(connection, last.released, at_ms, RELEASE)


def is_incumbent(connection: Connection, product: str, sha256: str) -> bool:
    """Whether the registry says already that this model's verdicts count."""
    standing = one_in(connection, product, RevisionState.RELEASED)
    return standing is not None and standing.sha256 == sha256


def take_incumbent(
    connection: Connection, folder: Path, draft: Draft, half: Callable[[], Path], at_ms: int
) -> Revision:
    """Note that this model's verdicts count, for the line judges by it: its file said so.

    half: its file, taken in; asked for where it is new to the product.
    """
    known = of_content(connection, draft.product, draft.sha256)
    if known is None or not (folder / known.path).is_file():
        standing = one_in(connection, draft.product, RevisionState.RELEASED)
        parent = None if standing is None else standing.number
        known = append_revision(connection, folder, replace(draft, parent=parent), half(), at_ms)
    _make_only(connection, known.product, known.number, FROM_FILE, draft.operator, at_ms)
    return find_revision(connection, known.product, known.number)


def at_home(recipe: Recipe, folder: Path) -> Recipe:
    """The recipe with whole paths of its models; that of a revision is below the folder."""
    return with_models(recipe, lambda model: str(folder / model))


def _make_only(
    connection: Connection, product: str, number: int, reason: str, operator: str, at_ms: int
) -> None:
    """Release one, retire the other."""
    id_ = row_id(connection, product, number)
    for other in standing_in(connection, product, RevisionState.RELEASED):
        if other != id_:
            append_state(connection, other, RevisionState.RETIRED, reason, operator, at_ms)
    append_state(connection, id_, RevisionState.RELEASED, reason, operator, at_ms)


def _usual_limits(connection: Connection, revision: Revision, base: Recipe) -> Limits:
    """Those it was last released with, else those that its card proposes."""
    last = newest_of_model(connection, revision.product, revision.sha256)
    if last is not None:
        return Limits(last.review_limit, last.ng_limit, last.max_unlike)
    card = json.loads(revision.card_json)
    review = float(card.get("review_limit", base.review_limit))
    return Limits(review, float(card.get("ng_limit", base.ng_limit)), base.max_unlike)


def _as_candidate(revision: Revision) -> RevisionState:
    """A released one may be released again, with other limits."""
    released = revision.state is RevisionState.RELEASED
    return RevisionState.CANDIDATE if released else revision.state


def _words(recipe: Recipe) -> Recipe:
    """What a person has chosen; where the files lie may change with the program's own place."""
    return replace(recipe, model="", golden="", version=0)


def products(connection: Connection) -> list[str]:
    """Every product that ever ran, by name."""
    query = select(recipes.c.name).distinct().order_by(recipes.c.name)
    return list(connection.execute(query).scalars())
