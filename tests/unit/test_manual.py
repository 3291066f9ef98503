"""What the manual tells people to write is what the program takes."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from station.domain.recipe import Recipe, recipe_from_mapping
from station.settings import Settings

MANUAL = Path(__file__).resolve().parents[2] / "resources" / "manual"
LANGUAGES = ("en", "de", "zh_CN")
OF_A_RECIPE = {"code", "views"}


def examples(page: str) -> list[dict[str, Any]]:
    """The TOML in a page of the manual."""
    text = (MANUAL / page).read_text("utf-8")
    return [tomllib.loads(one) for one in re.findall(r"```toml\n(.*?)```", text, re.DOTALL)]


def taken(values: dict[str, Any]) -> Settings | Recipe:
    """As the program reads it."""
    if set(values) <= OF_A_RECIPE:
        roi = {"x": 0, "y": 0, "width": 640, "height": 512}
        return recipe_from_mapping({"name": "x", "model": "x.onnx", "roi": roi, **values})
    return Settings.model_validate(values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_about_parts_is_taken(language: str) -> None:
    found = [taken(one) for one in examples(f"parts.{language}.md")]
    settings = [one for one in found if isinstance(one, Settings)]
    recipes = [one for one in found if isinstance(one, Recipe)]
    assert [one.camera.presence is not None for one in settings] == [True, False]
    assert len(settings[1].camera.shots) == 2
    assert recipes[0].code is not None
    assert len(recipes[1].views) == 1


@pytest.mark.parametrize(
    "page", sorted(path.name[: -len(".en.md")] for path in MANUAL.glob("*.en.md"))
)
def test_every_page_stands_in_three_languages_with_the_same_examples(page: str) -> None:
    pages = [f"{page}.{language}.md" for language in LANGUAGES]
    shapes = [[sorted(one) for one in examples(name)] for name in pages]
    assert shapes[0] == shapes[1] == shapes[2]
    headings = [(MANUAL / name).read_text("utf-8").count("\n#") for name in pages]
    assert len(set(headings)) == 1
