"""Recipes hold only values that make sense, and say which one does not."""

import tomllib

import pytest
import tomli_w

from station.domain.recipe import (
    CodeField,
    Recipe,
    ReviewRule,
    Roi,
    View,
    recipe_from_mapping,
    recipe_to_mapping,
    with_hashes,
    with_models,
)
from station.errors import ErrorCode, RecipeError

GOOD = {"name": "flange", "model": "flange.onnx"}


def test_round_trip() -> None:
    recipe = Recipe(
        "Flansch 法兰",
        "m.onnx",
        "ab",
        3,
        Roi(1, 2, 300, 400),
        0.2,
        0.7,
        ReviewRule.ALL,
        4.5,
        "golden.png",
        40.0,
        0.1,
        150.5,
        80,
        r"FL-\d{6}",
        ignore=(Roi(0, 0, 10, 20), Roi(50, 60, 1, 1)),
    )
    assert recipe_from_mapping(recipe_to_mapping(recipe)) == recipe


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", 3),
        ("model", None),
        ("review_limit", 1.2),
        ("review_limit", "high"),
        ("review_limit", True),
        ("review_limit", 0.7),  # above ng_limit
        ("ng_limit", -0.1),
        ("ng_limit", float("nan")),
        ("review", "sometimes"),
        ("roi", {"x": 0, "y": 0, "width": 10, "height": 100}),
        ("roi", {"x": -1, "y": 0, "width": 100, "height": 100}),
        ("roi", {"x": 0}),
        ("roi", "all"),
        ("decision_seconds", 0),
        ("decision_seconds", "long"),
        ("decision_seconds", float("nan")),
        ("min_brightness", -1),
        ("min_brightness", 256),
        ("min_brightness", "dark"),
        ("max_saturated", 1.1),
        ("max_saturated", float("nan")),
        ("min_focus", -0.5),
        ("min_focus", float("inf")),
        ("min_focus", True),
        ("ignore", "left"),
        ("ignore", [{"x": 0, "y": 0, "width": 0, "height": 5}]),
        ("ignore", [{"x": -1, "y": 0, "width": 5, "height": 5}]),
        ("ignore", [{"x": 1}]),
        ("ignore", [3]),
        ("ignore", [{"x": 0, "y": 0, "width": 5, "height": 5}] * 17),
        ("max_unlike", 0),
        ("max_unlike", float("nan")),
        ("max_unlike", "far"),
        ("budget_ms", 0),
        ("budget_ms", float("inf")),
        ("budget_ms", "quick"),
        ("serial_pattern", "FL-["),
        ("serial_pattern", "(a+)+b"),
        ("serial_pattern", 7),
        ("serial_pattern", None),
        ("colour", "red"),
    ],
)
def test_a_bad_value_is_named(field: str, value: object) -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_from_mapping({**GOOD, field: value})
    assert caught.value.code is ErrorCode.RECIPE_BAD_VALUE
    assert caught.value.fault.fact("field") == field
    assert caught.value.fault.fact("allowed")


def test_name_and_model_are_needed() -> None:
    for missing in GOOD:
        with pytest.raises(RecipeError) as caught:
            recipe_from_mapping({key: value for key, value in GOOD.items() if key != missing})
        assert caught.value.fault.fact("field") == missing


def test_what_is_ignored_leaves_some_of_the_region() -> None:
    roi = {"x": 10, "y": 10, "width": 100, "height": 100}
    left = {"x": 0, "y": 0, "width": 60, "height": 200}
    right = {"x": 50, "y": 5, "width": 60, "height": 200}
    with pytest.raises(RecipeError) as caught:
        recipe_from_mapping({**GOOD, "roi": roi, "ignore": [left, right]})
    assert caught.value.fault.fact("field") == "ignore"
    narrow = {**right, "width": 59}  # the last column of the region is left
    assert recipe_from_mapping({**GOOD, "roi": roi, "ignore": [left, narrow]}).ignore


def test_a_recipe_that_ignores_nothing_is_written_as_before() -> None:
    assert "ignore" not in recipe_to_mapping(recipe_from_mapping(GOOD))


def test_where_a_code_stands_survives_the_file() -> None:
    code = {"roi": {"x": 0, "y": 0, "width": 64, "height": 64}, "formats": ["QRCode"]}
    recipe = recipe_from_mapping({**GOOD, "code": code})
    assert recipe.code == CodeField(Roi(0, 0, 64, 64), ("QRCode",))
    written = tomllib.loads(tomli_w.dumps(recipe_to_mapping(recipe)))
    assert recipe_from_mapping(written) == recipe
    anywhere = recipe_from_mapping({**GOOD, "code": {"required": False}})
    written = tomllib.loads(tomli_w.dumps(recipe_to_mapping(anywhere)))
    assert recipe_from_mapping(written).code == CodeField(required=False)
    assert recipe_from_mapping(GOOD).code is None


@pytest.mark.parametrize(
    "code",
    [
        {"formats": []},
        {"formats": ["Runes"]},
        {"required": "perhaps"},
        {"roi": {"x": 0, "y": 0, "width": 3, "height": 3}},
        {"colour": "red"},
        "QRCode",
    ],
)
def test_a_wrong_place_of_a_code_is_named(code: object) -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_from_mapping({**GOOD, "code": code})
    assert caught.value.fault.fact("field") in ("code", "roi")


VIEW = {"name": "back", "model": "b.onnx", "roi": {"x": 640, "y": 0, "width": 64, "height": 64}}
FRONT = {"x": 0, "y": 0, "width": 640, "height": 512}


def test_views_survive_the_file_with_their_models() -> None:
    recipe = recipe_from_mapping({**GOOD, "roi": FRONT, "views": [{**VIEW, "ng_limit": 0.8}]})
    assert recipe.views == (View("back", "b.onnx", Roi(640, 0, 64, 64), "", 0.4, 0.8),)
    written = tomllib.loads(tomli_w.dumps(recipe_to_mapping(recipe)))
    assert recipe_from_mapping(written) == recipe
    placed = with_models(recipe, lambda model: f"models/{model}")
    assert [placed.model, placed.views[0].model] == ["models/flange.onnx", "models/b.onnx"]
    bound = with_hashes(recipe, ["aa", "bb"])
    assert [bound.model_sha256, bound.views[0].model_sha256] == ["aa", "bb"]
    assert "views" not in recipe_to_mapping(recipe_from_mapping(GOOD))


@pytest.mark.parametrize(
    ("views", "field"),
    [
        ([{**VIEW, "review_limit": 0.7, "ng_limit": 0.5}], "review_limit"),
        ([{**VIEW, "name": "flange"}], "views"),
        ([VIEW, VIEW], "views"),
        ([{**VIEW, "name": " "}], "views"),
        ([{"name": "back", "model": "b.onnx"}], "views"),
        ([{**VIEW, "roi": {"x": 0, "y": 0, "width": 5, "height": 5}}], "roi"),
        (["back"], "views"),
        ([{**VIEW, "name": str(n)} for n in range(8)], "views"),
    ],
)
def test_wrong_views_are_named(views: list[object], field: str) -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_from_mapping({**GOOD, "roi": FRONT, "views": views})
    assert caught.value.fault.fact("field") == field


def test_views_need_a_region_of_the_first() -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_from_mapping({**GOOD, "views": [VIEW]})
    assert caught.value.fault.fact("field") == "roi"
