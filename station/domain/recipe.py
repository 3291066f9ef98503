"""How one product is inspected: immutable, and versioned by the store."""

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from station.domain.serial import SerialPatternError, check_pattern
from station.errors import ErrorCode, RecipeError

MOST_VIEWS = 7  # further looks at one part
MOST_IGNORED = 16  # areas that nobody looks at: more of them want another ROI


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


CODE_BARS = ("Code128", "Code39", "ITF", "EAN13")
CODE_KINDS = ("DataMatrix", "QRCode", "MicroQRCode", "Aztec", "PDF417", *CODE_BARS)


@dataclass(frozen=True, slots=True)
class CodeField:
    """Where the part carries a code that gives its serial, and which kinds of code may stand there.

    required: a part whose code cannot be read is not inspected.
    """

    roi: Roi | None = None
    formats: tuple[str, ...] = ("DataMatrix", "QRCode", "Code128")
    required: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """A further look at the same part: another region of the picture, with a model of its own.

    The picture may be a mosaic of several cameras or lights; see cameras/mosaic.py. Limits are as
    in Recipe.  `name` says what is seen there, and is the product its model is taught as.
    """

    name: str
    model: str
    roi: Roi
    model_sha256: str = ""
    review_limit: float = 0.4
    ng_limit: float = 0.6


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
    `views`: further looks at the same part; the worst of all verdicts is the part's.
    `code`: where a code in the picture gives the serial; None: it gives none.
    `ignore`: areas of the frame that nobody looks at; at least some of the ROI is left.
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
    ignore: tuple[Roi, ...] = ()
    code: CodeField | None = None
    views: tuple[View, ...] = ()

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
        kwargs["roi"] = _roi("roi", roi)
    if isinstance(ignore := kwargs.get("ignore"), list | tuple):
        kwargs["ignore"] = tuple(
            _roi("ignore", one) if isinstance(one, Mapping) else one for one in ignore
        )
    if isinstance(code := kwargs.get("code"), Mapping):
        kwargs["code"] = _code(code)
    if isinstance(views := kwargs.get("views"), list | tuple):
        kwargs["views"] = tuple(_view(one) if isinstance(one, Mapping) else one for one in views)
    if "review" in kwargs:
        kwargs["review"] = _rule(kwargs["review"])
    return Recipe(**kwargs)


def recipe_to_mapping(recipe: Recipe) -> dict[str, Any]:
    """The recipe as plain values that JSON and TOML can hold; what is unset is left out."""
    values = {key: value for key, value in asdict(recipe).items() if value is not None}
    if recipe.code is not None:
        values["code"] = {key: value for key, value in values["code"].items() if value is not None}
    for field in ("ignore", "views"):
        several = [dict(one) for one in values.pop(field)]
        if several:
            values[field] = several
    return values


def with_models(recipe: Recipe, act: Callable[[str], str]) -> Recipe:
    """The recipe with other paths for its own model and those of its views."""
    views = tuple(replace(view, model=act(view.model)) for view in recipe.views)
    return replace(recipe, model=act(recipe.model), views=views)


def with_hashes(recipe: Recipe, hashes: Sequence[str]) -> Recipe:
    """The recipe bound to these contents: of its own model, then of each view's."""
    views = tuple(
        replace(view, model_sha256=sha256)
        for view, sha256 in zip(recipe.views, hashes[1:], strict=True)
    )
    return replace(recipe, model_sha256=hashes[0], views=views)


def hull(places: Sequence[Roi]) -> Roi:
    """The least region that holds all of these, at least one."""
    left, top = min(one.x for one in places), min(one.y for one in places)
    right = max(one.x + one.width for one in places)
    bottom = max(one.y + one.height for one in places)
    return Roi(left, top, right - left, bottom - top)


def covers(areas: Sequence[Roi], region: Roi) -> bool:
    """Whether nothing of the region is left beside the areas, however they overlap."""
    xs = _cuts(region.x, region.width, [(one.x, one.width) for one in areas])
    ys = _cuts(region.y, region.height, [(one.y, one.height) for one in areas])
    return all(any(_holds(one, x, y) for one in areas) for x in xs for y in ys)


def _cuts(start: int, length: int, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Where something begins or ends within the span: between two of them nothing changes."""
    ends = {start, *(at for one, wide in spans for at in (one, one + wide))}
    return {at for at in ends if start <= at < start + length}


def _holds(area: Roi, x: int, y: int) -> bool:
    return 0 <= x - area.x < area.width and 0 <= y - area.y < area.height


def _roi(field: str, values: Mapping[str, Any]) -> Roi:
    try:
        return Roi(**{key: int(value) for key, value in values.items()})
    except (TypeError, ValueError):
        raise _bad(field, dict(values), "x, y, width, height") from None


def _code(values: Mapping[str, Any]) -> CodeField:
    kwargs = dict(values)
    if isinstance(roi := kwargs.get("roi"), Mapping):
        kwargs["roi"] = _roi("code", roi)
    if isinstance(formats := kwargs.get("formats"), list | tuple):
        kwargs["formats"] = tuple(formats)
    try:
        return CodeField(**kwargs)
    except TypeError:
        raise _bad("code", dict(values), "roi, formats, required") from None


def _view(values: Mapping[str, Any]) -> View:
    kwargs = dict(values)
    if isinstance(roi := kwargs.get("roi"), Mapping):
        kwargs["roi"] = _roi("views", roi)
    try:
        return View(**kwargs)
    except TypeError:
        raise _bad("views", dict(values), "name, model, roi, review_limit, ng_limit") from None


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
    _check_limits(recipe)
    _check_roi(recipe.roi)
    _check_views(recipe)
    _check_ignore(recipe.ignore, recipe.roi)
    _check_code(recipe.code)
    _check_bounds(recipe)
    try:
        check_pattern(recipe.serial_pattern)
    except SerialPatternError as error:
        raise _bad("serial_pattern", recipe.serial_pattern, error.allowed) from None


def _check_limits(one: "Recipe | View") -> None:
    for field in ("review_limit", "ng_limit"):
        value: Any = getattr(one, field)
        if not _number(value) or not 0.0 <= value <= 1.0:
            raise _bad(field, value, "0 … 1")
    if one.review_limit > one.ng_limit:
        raise _bad("review_limit", one.review_limit, f"0 … {one.ng_limit}")


def _check_views(recipe: Recipe) -> None:
    views: Any = recipe.views
    if not isinstance(views, tuple) or not all(isinstance(one, View) for one in views):
        raise _bad("views", views, "name, model, roi, review_limit, ng_limit")
    if len(views) > MOST_VIEWS:
        raise _bad("views", len(views), f"≤ {MOST_VIEWS}")
    if views and recipe.roi is None:
        raise _bad("roi", "", "x, y, width, height")
    names = [recipe.name, *(one.name for one in views)]
    if len(set(names)) < len(names) or not all(str(name).strip() for name in names):
        raise _bad("views", ", ".join(map(str, names)), "each name once")
    for one in views:
        if not isinstance(one.roi, Roi):
            raise _bad("views", one.roi, "x, y, width, height")
        _check_roi(one.roi)
        _check_limits(one)


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


def _check_code(code: object) -> None:
    if code is None:
        return
    if not isinstance(code, CodeField) or not isinstance(code.required, bool):
        raise _bad("code", code, "roi, formats, required")
    _check_roi(code.roi)
    if not code.formats or not set(code.formats) <= set(CODE_KINDS):
        raise _bad("code", ", ".join(map(str, code.formats)), ", ".join(CODE_KINDS))


def _check_ignore(areas: object, roi: Roi | None) -> None:
    if not isinstance(areas, tuple) or not all(isinstance(one, Roi) for one in areas):
        raise _bad("ignore", areas, "x, y, width, height")
    if len(areas) > MOST_IGNORED:
        raise _bad("ignore", len(areas), f"≤ {MOST_IGNORED}")
    for one in areas:
        if min(one.x, one.y) < 0 or min(one.width, one.height) < 1:
            said = (one.x, one.y, one.width, one.height)
            raise _bad("ignore", said, "x, y ≥ 0; width, height ≥ 1")
    if roi is not None and covers(areas, roi):
        raise _bad("ignore", "the whole ROI", "< 100 %")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _bad(field: str, value: object, allowed: str) -> RecipeError:
    return RecipeError(ErrorCode.RECIPE_BAD_VALUE, field=field, value=value, allowed=allowed)
