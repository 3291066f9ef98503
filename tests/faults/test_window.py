"""What befalls the window: presses, screens, errors nobody expected. The line never notices."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from station.board import Role
from station.domain.inspection import DecisionKind, Verdict
from station.errors import ErrorCode, Fault
from station.gui.texts import fault_text, install
from station.pipeline.events import Warned
from tests.faults.rig import Station, all_kept, prepare, write_recipe
from tests.faults.screen import Screen
from tests.program import grey, write_picture
from tests.program import station as command

NAME = "检测站 Prüfplatz é"
SCREENS = (
    {"name": "large", "x": 0, "y": 0, "width": 1920, "height": 1080, "dpr": 1},
    {"name": "small", "x": 1920, "y": 0, "width": 1280, "height": 800, "dpr": 2},
)
DPI = {"logicalDpi": 96, "logicalBaseDpi": 96}


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """With its window, on two screens, speaking Chinese, in a folder of three alphabets."""
    home = tmp_path_factory.mktemp("window")
    data = home / NAME / "data"
    model = prepare(data, language="zh_CN")
    write_recipe(data, model, review="all")
    screens = home / "screens.json"
    screens.write_text(json.dumps({"screens": [screen | DPI for screen in SCREENS]}), "utf-8")
    one = Station(home, data, "run", env={"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"})
    one.start()
    wait_shown(one, lambda shown: shown["screen"] == "large" and one.board.up(Role.WINDOW) > 0)
    yield one
    try:
        assert one.end() == 0
        all_kept(one)
    finally:
        one.kill()


def shown(station: Station) -> dict[str, Any]:
    try:
        return dict(json.loads((station.orders / "shown").read_text("utf-8")))
    except OSError:
        return {"screen": "", "notice": "", "detail": ""}


def wait_shown(
    station: Station, holds: Callable[[dict[str, Any]], bool], seconds: float = 15
) -> dict[str, Any]:
    until = time.monotonic() + seconds
    while not holds(shown(station)):
        assert time.monotonic() < until, (shown(station), station.log)
        time.sleep(0.05)
    return shown(station)


def rows(station: Station) -> int:
    with station.reader as reader:
        return reader.last_number()


@pytest.mark.fault("double-press")
def test_two_presses_are_one(station: Station) -> None:
    before = rows(station)
    station.order("press", "Space Space Space")
    until = time.monotonic() + 10
    while rows(station) == before:
        assert time.monotonic() < until, station.log
        time.sleep(0.05)
    time.sleep(1.0)
    assert rows(station) == before + 1
    with station.reader as reader:
        uid = reader.history(1)[0].inspection.uid
    station.order("press", "A A R R A")
    until = time.monotonic() + 10
    with station.reader as reader:
        while (said := reader.entry(uid).decision) is None:
            assert time.monotonic() < until, station.log
            time.sleep(0.05)
        time.sleep(1.0)
        assert said.kind is DecisionKind.ACCEPT
        assert reader.entry(uid).decision == said, "only the first press counts"


@pytest.mark.fault("slot-exception")
def test_an_error_nobody_expected_is_said_and_survived(station: Station, screen: Screen) -> None:
    pids = station.board.up(Role.LINE), station.board.up(Role.WINDOW)
    station.order("slot", "something broke")
    fault = Fault(ErrorCode.INTERNAL, (("reason", "RuntimeError: something broke"),))
    screen.shows(Warned(fault))
    install("zh_CN")
    said = fault_text(fault)
    install("en")
    wait_shown(station, lambda shown: shown["notice"] == said)
    assert "something broke" in station.log
    time.sleep(1.5)
    assert (station.board.up(Role.LINE), station.board.up(Role.WINDOW)) == pids
    assert judged(station)


@pytest.mark.fault("screen-change")
def test_another_screen_and_back(station: Station) -> None:
    pid = station.board.up(Role.WINDOW)
    for number, name in ((1, "small"), (0, "large"), (1, "small"), (0, "large")):
        station.order("screen", number)
        size = [SCREENS[number]["width"], SCREENS[number]["height"]]
        now = wait_shown(station, lambda shown: shown["screen"] == name and shown["size"] == size)  # noqa: B023
        assert now["page"][0] == now["size"][0]
        assert judged(station)
    assert station.board.up(Role.WINDOW) == pid
    assert "Error" not in station.log.replace("RuntimeError: something broke", "")


def judged(station: Station) -> bool:
    """The line takes and judges a part while all that happens."""
    uid = station.ask()
    until = time.monotonic() + 10
    with station.reader as reader:
        while not reader.knows(uid):
            assert time.monotonic() < until
            time.sleep(0.02)
        return reader.entry(uid).inspection.verdict is Verdict.OK


@pytest.mark.fault("non-latin-paths")
def test_folders_of_any_alphabet(station: Station, tmp_path: Path) -> None:
    assert judged(station), "the data folder of this station has such a name"
    pictures = tmp_path / "图片 é" / "良品 gut"
    for number in range(3):
        write_picture(pictures / f"工件 {number} ü.png", grey(200, number))
    data = tmp_path / "데이터 данные"
    model = prepare(data)
    words = ("--camera", "folder", "--source", pictures.parent, "--model", model)
    answer = command(tmp_path, "run", "--headless", "--json", "--data", data, *words)
    assert answer.code == 0, answer
    assert [row["verdict"] for row in answer.parts] == ["OK"] * 3
    assert {Path(row["source"]).name for row in answer.parts} == {
        f"工件 {number} ü.png" for number in range(3)
    }
    verified = command(tmp_path, "records", "verify", "--data", data, "--json")
    assert verified.code == 0, verified
