"""How one product is inspected: immutable, and versioned by the store."""

import math
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from station.domain.serial import SerialPatternError, check_pattern
from station.errors import ErrorCode, RecipeError


class ReviewRule(StrEnum):
    """Which verdicts wait for a person."""

    NONE = "none"
    UNSURE = "unsure"
    NG = "ng"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Roi:
    """Where to look, in pixels of the frame."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """One released way to inspect one product.

    A score below `review_limit` is OK, from `ng_limit` on NG, between them REVIEW.
    `model` is the path of the model file, `model_sha256` its content; `golden` the path of a
    picture of a known good part, or empty. `version` is 0 until the store has numbered it.
    Bounds of a picture that may be judged, measured inside the ROI; None sets none of its own:
    `min_brightness` mean grey, `max_saturated` share of white pixels, `min_focus` as
    `cameras.picture` measures it. `budget_ms` is the longest that the model may take for a part.
    `serial_pattern` is a regular expression that a serial must match as a whole; empty: any does.
    `max_unlike`: a part that lies further from what the model has learnt from is for a person.
    """

    name: str
    model: str
    model_sha256: str = ""
    version: int = 0
    roi: Roi | None = None
    review_limit: float = 0.4
    ng_limit: float = 0.6
    review: ReviewRule = ReviewRule.UNSURE
    decision_seconds: float | None = None
    golden: str = ""
    min_brightness: float | None = None
    max_saturated: float | None = None
    min_focus: float | None = None
    budget_ms: float | None = None
    serial_pattern: str = ""
    max_unlike: float | None = None

    def __post_init__(self) -> None:
        _check(self)


def recipe_from_mapping(values: Mapping[str, Any]) -> Recipe:
    """A recipe from what a file or a database row holds.

    Raises RecipeError RECIPE_BAD_VALUE that names the field.
    """
    known = set(Recipe.__dataclass_fields__)
    for key in values:
        if key not in known:
            raise _bad(key, values[key], ", ".join(sorted(known)))
    kwargs = dict(values)
    for key in ("name", "model"):
        if key not in kwargs:
            raise _bad(key, "", "a text")
    if isinstance(roi := kwargs.get("roi"), Mapping):
        kwargs["roi"] = _roi(roi)
    if "review" in kwargs:
        kwargs["review"] = _rule(kwargs["review"])
    return Recipe(**kwargs)


def recipe_to_mapping(recipe: Recipe) -> dict[str, Any]:
    """The recipe as plain values that JSON and TOML can hold; what is unset is left out."""
    return {key: value for key, value in asdict(recipe).items() if value is not None}


def _roi(values: Mapping[str, Any]) -> Roi:
    try:
        return Roi(**{key: int(value) for key, value in values.items()})
    except (TypeError, ValueError):
        raise _bad("roi", dict(values), "x, y, width, height") from None


def _rule(value: object) -> ReviewRule:
    try:
        return ReviewRule(str(value))
    except ValueError:
        raise _bad("review", value, ", ".join(ReviewRule)) from None


def _check(recipe: Recipe) -> None:
    for field in ("name", "model", "model_sha256", "golden", "serial_pattern"):
        if not isinstance(getattr(recipe, field), str):
            raise _bad(field, getattr(recipe, field), "a text")
    if not recipe.name.strip():
        raise _bad("name", recipe.name, "a text")
    for field in ("review_limit", "ng_limit"):
        value = getattr(recipe, field)
        if not _number(value) or not 0.0 <= value <= 1.0:
            raise _bad(field, value, "0 … 1")
    if recipe.review_limit > recipe.ng_limit:
        raise _bad("review_limit", recipe.review_limit, f"0 … {recipe.ng_limit}")
    _check_roi(recipe.roi)
    _check_bounds(recipe)
    try:
        check_pattern(recipe.serial_pattern)
    except SerialPatternError as error:
        raise _bad("serial_pattern", recipe.serial_pattern, error.allowed) from None


def _check_bounds(recipe: Recipe) -> None:
    """What may be left out."""
    for field, most, allowed in (
        ("min_brightness", 255.0, "0 … 255"),
        ("max_saturated", 1.0, "0 … 1"),
        ("min_focus", sys.float_info.max, "≥ 0"),
    ):
        value = getattr(recipe, field)
        if value is not None and (not _number(value) or not 0.0 <= value <= most):
            raise _bad(field, value, allowed)
    for field in ("decision_seconds", "budget_ms", "max_unlike"):
        value = getattr(recipe, field)
        if value is not None and (not _number(value) or not 0 < value < math.inf):
            raise _bad(field, value, "> 0")


def _check_roi(roi: object) -> None:
    if roi is not None and not isinstance(roi, Roi):
        raise _bad("roi", roi, "x, y, width, height")
    if roi is not None and (min(roi.x, roi.y) < 0 or min(roi.width, roi.height) < 32):
        raise _bad("roi", (roi.x, roi.y, roi.width, roi.height), "x, y ≥ 0; width, height ≥ 32")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _bad(field: str, value: object, allowed: str) -> RecipeError:
    return RecipeError(ErrorCode.RECIPE_BAD_VALUE, field=field, value=value, allowed=allowed)
