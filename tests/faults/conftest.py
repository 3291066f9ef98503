"""Stations that are ready to suffer, and screens that show what they say."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.gui.fonts import load_fonts
from station.gui.texts import install
from tests.faults.rig import Station
from tests.faults.screen import Screen

MakeStation = Callable[..., Station]


@pytest.fixture
def screen(qapp: object, qtbot: QtBot) -> Iterator[Screen]:
    load_fonts()
    install("en")
    yield Screen(qtbot.addWidget)
    install("en")


@pytest.fixture
def make_station(tmp_path: Path) -> Iterator[MakeStation]:
    """A station on a prepared data folder; whatever happens, it runs no longer after the test."""
    made: list[Station] = []

    def make(data: Path, *words: str) -> Station:
        home = tmp_path / f"home{len(made)}"
        home.mkdir()
        made.append(Station(home, data, *words))
        return made[-1]

    yield make
    for station in made:
        station.kill()
