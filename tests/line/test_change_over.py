"""Another product on the same station: the line ends in order and begins anew with it."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.errors import ErrorCode, LineError
from station.recipe_file import load_recipe, write_recipe
from tests.faults.rig import Station, prepare
from tests.line.conftest import MakeRig
from tests.program import assert_says
from tests.program import station as command


def test_a_line_in_the_same_process_asks_for_a_person(make_rig: MakeRig) -> None:
    line = make_rig().line
    with pytest.raises(LineError) as caught:
        line.change_over()
    assert caught.value.code is ErrorCode.START_ANEW


def test_a_written_recipe_is_read_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "data é"
    prepare(folder)
    first = load_recipe(next((folder / "recipes").glob("*.toml")))
    other = replace(first, name="second", review_limit=0.25, max_unlike=1.5)
    write_recipe(folder / "recipes" / "second.toml", other)
    found = load_recipe(folder / "recipes" / "second.toml")
    assert replace(found, model=other.model) == other
    assert Path(found.model).resolve() == Path(other.model).resolve()
    assert not list(folder.glob("recipes/.*"))


@pytest.fixture
def alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    data = tmp_path / "data é"
    prepare(data)
    made = Station(tmp_path / "home", data)
    made.start()
    yield made
    made.kill()


@pytest.mark.skipif(os.name == "nt", reason="the rig kills by signal")
def test_the_line_comes_back_with_the_other_product(alive: Station) -> None:
    first = load_recipe(next((alive.data / "recipes").glob("*.toml")))
    write_recipe(alive.data / "recipes" / "second.toml", replace(first, name="second"))
    answer = command(alive.home, "change-over", "second", "--data", alive.data, "--json")
    assert answer.code == 0, answer
    assert answer.rows[-1]["at_once"] is True
    until = time.monotonic() + 20
    while True:
        told = command(alive.home, "status", "--data", alive.data, "--json")
        if told.rows and told.rows[-1].get("recipe") == "second":
            break
        assert time.monotonic() < until, told
    missing = command(alive.home, "change-over", "third", "--data", alive.data, "--json")
    assert_says(missing, 2, ErrorCode.RECIPE_NOT_FOUND)
