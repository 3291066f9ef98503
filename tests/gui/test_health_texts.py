"""What is said of watched machines: every condition has its words, in every language."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from station.errors import ErrorCode, Fault
from station.gui.health_texts import DASH, detail, figure, more, title
from station.gui.texts import LANGUAGES, install
from station.insight.health_tile import Condition, HealthTile

NOW = int(time.time() * 1000)
TILE = HealthTile(
    "Spindle 2",
    Condition.FORETOLD,
    life=41.4,
    low=31.2,
    high=57.9,
    unit="h",
    since_ms=NOW - 90_000_000_000,
    noted=True,
    until_ms=NOW,
    columns=("heat", "level"),
    readings=7,
    needed=20,
    model="spindle.onnx",
    fault=Fault(ErrorCode.MODEL_NOT_FOUND, (("path", "spindle.onnx"),)),
)


@pytest.fixture(autouse=True)
def english_after(qapp: object) -> Iterator[None]:
    install("en")
    yield
    install("en")


def test_a_figure_with_its_interval() -> None:
    assert title(replace(TILE, due=True)) == "Spindle 2 · Service due"
    assert title(TILE) == "Spindle 2 · Remaining life"
    assert (figure(TILE), detail(TILE)) == ("41\u2009h", "31–58\u2009h left")
    near = replace(TILE, life=3.26, low=0.0, high=9.04)
    assert (figure(near), detail(near)) == ("3.3\u2009h", "0.0–9.0\u2009h left")


def test_where_the_model_tells_no_more_only_the_least_is_said() -> None:
    capped = replace(TILE, life=121.0, low=96.0, high=125.0, capped=True)
    assert figure(capped) == ">\u200996\u2009h"
    assert detail(capped) == "the model tells no more than 125\u2009h"


def test_what_it_rests_on_is_said() -> None:
    assert "Last service: 20" in more(TILE)
    assert "from the first value" in more(replace(TILE, noted=False))
    assert more(replace(TILE, since_ms=None)) == ""


def test_without_a_figure_there_is_a_dash_and_the_reason() -> None:
    early = replace(TILE, condition=Condition.EARLY, life=None, low=None, high=None)
    assert figure(early) == DASH
    assert detail(early) == "Too few readings yet: 7 of 20"
    broken = replace(early, condition=Condition.BAD_MODEL)
    assert "spindle.onnx" in more(broken)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("condition", Condition)
def test_every_condition_has_a_line_and_sentences(condition: Condition, language: str) -> None:
    install(language)
    tile = replace(TILE, condition=condition)
    for words in (title(tile), figure(tile), detail(tile), more(tile)):
        assert words
        assert "{" not in words
        assert "…" not in words
    assert len(detail(tile)) <= 60
