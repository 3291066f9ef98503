"""Recipes as files: what lies beside them is found, and what is wrong is named."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from station.domain.recipe import ReviewRule, Roi
from station.errors import ErrorCode, ModelError, RecipeError
from station.recipe_file import bind_model, load_recipe, recipe_names

WHOLE = """
name = "Flansch 法兰"
model = "models/flange.onnx"
golden = "golden.png"
review_limit = 0.3
ng_limit = 0.7
review = "ng"
decision_seconds = 20
roi = { x = 10, y = 20, width = 300, height = 200 }
"""


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_every_field_is_read_and_paths_start_at_the_file(tmp_path: Path) -> None:
    recipe = load_recipe(write(tmp_path / "rezepte ü" / "flange.toml", WHOLE))
    assert recipe.name == "Flansch 法兰"
    assert Path(recipe.model) == tmp_path / "rezepte ü" / "models" / "flange.onnx"
    assert Path(recipe.golden) == tmp_path / "rezepte ü" / "golden.png"
    assert (recipe.review_limit, recipe.ng_limit) == (0.3, 0.7)
    assert recipe.review is ReviewRule.NG
    assert recipe.decision_seconds == 20
    assert recipe.roi == Roi(10, 20, 300, 200)
    assert recipe.version == 0


def test_an_absolute_model_and_no_golden_picture(tmp_path: Path) -> None:
    model = (tmp_path / "elsewhere" / "m.onnx").as_posix()
    recipe = load_recipe(write(tmp_path / "r.toml", f'name = "r"\nmodel = "{model}"'))
    assert Path(recipe.model) == tmp_path / "elsewhere" / "m.onnx"
    assert recipe.golden == ""
    assert recipe.roi is None


def test_the_mark_that_windows_editors_write_is_no_part_of_it(tmp_path: Path) -> None:
    path = write(tmp_path / "r.toml", 'name = "r"\nmodel = "m.onnx"', "utf-8-sig")
    assert load_recipe(path).name == "r"


def test_a_name_that_is_not_there_tells_those_that_are(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write(tmp_path / f"{name}.toml", WHOLE)
    assert recipe_names(tmp_path) == ["a", "b"]
    with pytest.raises(RecipeError) as told:
        load_recipe(tmp_path / "c.toml")
    assert told.value.code is ErrorCode.RECIPE_NOT_FOUND
    assert dict(told.value.fault.facts) == {"name": "c", "known": "a, b"}
    with pytest.raises(RecipeError) as told:
        load_recipe(tmp_path / "nowhere" / "c.toml")
    assert told.value.fault.fact("known") == "–"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("name = ", "utf-8"), ("name = 'a'\nname = 'b'", "utf-8"), (WHOLE, "utf-16")],
)
def test_what_is_no_toml_is_broken(tmp_path: Path, text: str, encoding: str) -> None:
    path = write(tmp_path / "r.toml", text, encoding)
    with pytest.raises(RecipeError) as told:
        load_recipe(path)
    assert told.value.code is ErrorCode.RECIPE_BROKEN
    assert told.value.fault.fact("path") == str(path)
    assert told.value.fault.fact("reason")


def test_a_folder_of_that_name_is_broken_too(tmp_path: Path) -> None:
    (tmp_path / "r.toml").mkdir()
    with pytest.raises(RecipeError) as told:
        load_recipe(tmp_path / "r.toml")
    assert told.value.code is ErrorCode.RECIPE_BROKEN


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("ng_limit = 1.01", "ng_limit"),
        ("ng_limit = nan", "ng_limit"),
        ("ng_limit = true", "ng_limit"),
        ("ng_limit = '0.7'", "ng_limit"),
        ("review_limit = -0.1", "review_limit"),
        ("review_limit = 0.8", "review_limit"),
        ("review = 'sometimes'", "review"),
        ("review = 3", "review"),
        ("decision_seconds = 0", "decision_seconds"),
        ("decision_seconds = 'soon'", "decision_seconds"),
        ("roi = 5", "roi"),
        ("roi = { x = 1 }", "roi"),
        ("roi = { x = 0, y = 0, width = 8, height = 100 }", "roi"),
        ("roi = { x = -1, y = 0, width = 100, height = 100 }", "roi"),
        ("roi = { x = 0, y = 0, width = 'wide', height = 100 }", "roi"),
        ("golden = 7", "golden"),
        ("model_sha256 = 7", "model_sha256"),
        ("colour = 'red'", "colour"),
    ],
)
def test_a_bad_value_is_named_with_its_field(tmp_path: Path, line: str, field: str) -> None:
    path = write(tmp_path / "r.toml", f'name = "r"\nmodel = "m.onnx"\n{line}')
    with pytest.raises(RecipeError) as told:
        load_recipe(path)
    assert told.value.code is ErrorCode.RECIPE_BAD_VALUE
    assert told.value.fault.fact("field") == field
    assert told.value.fault.fact("allowed")


@pytest.mark.parametrize(
    ("text", "field"),
    [("", "name"), ("name = 'r'", "model"), ("name = ' '\nmodel = 'm'", "name")],
)
def test_name_and_model_are_needed(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(RecipeError) as told:
        load_recipe(write(tmp_path / "r.toml", text))
    assert told.value.code is ErrorCode.RECIPE_BAD_VALUE
    assert told.value.fault.fact("field") == field


def test_a_model_is_bound_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "flange.onnx").write_bytes(b"model")
    recipe = load_recipe(write(tmp_path / "flange.toml", WHOLE))
    sha256 = hashlib.sha256(b"model").hexdigest()
    bound = bind_model(recipe)
    assert bound == replace(recipe, model_sha256=sha256)
    assert bind_model(bound) == bound
    (tmp_path / "models" / "flange.onnx").write_bytes(b"other")
    with pytest.raises(ModelError) as told:
        bind_model(bound)
    assert told.value.code is ErrorCode.MODEL_CHANGED


@pytest.mark.parametrize("make", [False, True])
def test_a_model_that_is_not_there_or_a_folder(tmp_path: Path, make: bool) -> None:
    recipe = load_recipe(write(tmp_path / "flange.toml", WHOLE))
    if make:
        Path(recipe.model).mkdir(parents=True)
    with pytest.raises(ModelError) as told:
        bind_model(recipe)
    assert told.value.code is ErrorCode.MODEL_NOT_FOUND
    assert told.value.fault.fact("path") == recipe.model
