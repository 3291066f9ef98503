"""Recipes and models: numbered, kept for ever, found again."""

from dataclasses import replace

import pytest

from station.domain.recipe import Recipe, ReviewRule, Roi
from station.errors import ErrorCode, RecipeError
from station.store.recipes import ModelEntry
from station.store.store import Store

PLAIN = Recipe("法兰 A", "models/法兰.onnx")
FULL = Recipe(
    "ring",
    "ring.onnx",
    "ab" * 32,
    99,
    Roi(1, 2, 64, 96),
    0.25,
    0.75,
    ReviewRule.ALL,
    8.5,
    "golden/ring.png",
)


def test_versions_are_counted_by_name_and_all_stay(store):
    first = store.save_recipe(PLAIN)
    second = store.save_recipe(replace(PLAIN, ng_limit=0.7))
    other = store.save_recipe(FULL)
    assert (first.version, second.version, other.version) == (1, 2, 1)
    assert store.recipe(PLAIN.name) == second
    assert store.recipe(PLAIN.name, 1) == first == replace(PLAIN, version=1)
    assert store.recipe("ring") == replace(FULL, version=1)
    assert store.recipes() == [other, second]


def test_the_same_recipe_again_is_the_same_version(store):
    first = store.save_recipe(PLAIN)
    assert store.save_recipe(PLAIN) == first
    assert store.save_recipe(first) == first
    changed = store.save_recipe(replace(first, golden="g.png"))
    assert changed.version == 2
    assert store.save_recipe(PLAIN).version == 3  # going back is a release like any other


def test_recipes_survive_a_restart(tmp_path):
    with Store(tmp_path) as store:
        saved = store.save_recipe(FULL)
    with Store(tmp_path) as store:
        assert store.recipe("ring") == saved
        assert store.save_recipe(replace(FULL, ng_limit=0.9)).version == 2


@pytest.mark.parametrize(
    ("name", "version", "told"), [("disc", None, "disc"), ("ring", 7, "ring 7")]
)
def test_an_unknown_recipe_names_the_known_ones(store, name, version, told):
    store.save_recipe(PLAIN)
    store.save_recipe(FULL)
    with pytest.raises(RecipeError) as caught:
        store.recipe(name, version)
    assert caught.value.code is ErrorCode.RECIPE_NOT_FOUND
    assert caught.value.fault.fact("name") == told
    assert caught.value.fault.fact("known") == "ring, 法兰 A"


def test_a_model_is_kept_once_for_each_content(store):
    store.save_model("ab" * 32, "flange", '{"task":"x"}', "a.onnx", 5)
    store.save_model("cd" * 32, "flange", "{}", "a.onnx", 6)
    store.save_model("ab" * 32, "renamed", "{}", "b.onnx", 7)
    assert store.reader.models() == [
        ModelEntry("ab" * 32, "flange", '{"task":"x"}', "a.onnx", 5),
        ModelEntry("cd" * 32, "flange", "{}", "a.onnx", 6),
    ]
