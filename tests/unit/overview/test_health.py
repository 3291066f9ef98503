"""Watched machines, from values in a real store over a model that was taught of them to a tile."""

import json
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from station.cli import app
from station.domain.process import ProcessValue
from station.errors import DatasetError, ErrorCode
from station.insight.health_card import (
    FORETOLD,
    HealthModel,
    card_from_json,
    card_to_json,
    open_model,
)
from station.insight.health_now import Stretch, first_row, foretell, last_rows, step_ms, window_of
from station.insight.health_series import read_run
from station.insight.health_tile import Condition, HealthTile
from station.insight.health_windows import windows_at, with_age
from station.insight.recorded import named
from station.insight.tables import read_table, without
from station.overview.health import Health, note_service
from station.settings import LineSettings, Settings, WatchedMachine, save_settings
from station.store.notes import NoteKind
from station.store.queries import Reader
from station.store.store import Store
from tests.conftest import ROOT
from tests.wear import HOUR_MS, Worn, wear

pytestmark = pytest.mark.usefixtures("qapp")  # a sentence takes the application that there is

NAME, MODEL = "Spindle 2", "spindle.onnx"
LESSON = ("--unit", "run", "--time", "hours", "--method", "boosting", "--cap", 50, "--window", 20)
RUNS = 14


def station(*words: object) -> Result:
    result = CliRunner().invoke(app, [*map(str, words)])
    assert result.exit_code == 0, result.output
    return result


def row(result: Result) -> dict[str, object]:
    found = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def recorded(data: Path, worn: Worn, name: str = NAME) -> None:
    with Store(data) as store:
        store.add_values(worn.values)
    for at_ms in worn.services:
        note_service(data, name, "Lee", {"what": "bearings", "worn": True}, at_ms)


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Worn]:
    """Everything as a person does it: values, services, the table, a lesson, the settings."""
    folder = tmp_path_factory.mktemp("line")
    data, table = folder / "data", folder / "table.csv"
    worn = wear(int(time.time() * 1000), runs=RUNS, share=0.85)
    recorded(data, worn)
    wide = ("--wide", "--every", 3600, "--machine", NAME, "--out", table, "--data", data)
    told = row(station("records", "values", *wide, "--json"))
    assert (told["runs"], told["empty"]) == (RUNS, 0)
    words = (*LESSON, "--out", data / MODEL, "--no-background", "--json")
    taught = row(station("health", "train", table, *words))
    assert set(taught["columns"]) == {"heat", "level"}  # type: ignore[call-overload]
    machine = WatchedMachine(name=NAME, model=MODEL, warn=30)
    save_settings(data, Settings(line=LineSettings(machines=(machine,))))
    return data, worn


@pytest.fixture
def reader(line: tuple[Path, Worn]) -> Iterator[Reader]:
    with Reader(line[0]) as opened:
        yield opened


def tile_at(
    data: Path, reader: Reader, now_ms: int, model: str = MODEL, warn: float | None = 30
) -> HealthTile:
    machine = WatchedMachine(name=NAME, model=model, warn=warn)
    (tile,) = Health(data, reader, (machine,), lambda: now_ms).tiles()
    return tile


def test_a_tile_tells_the_life_that_is_left_and_what_it_rests_on(
    line: tuple[Path, Worn], reader: Reader
) -> None:
    data, worn = line
    tile = tile_at(data, reader, worn.now_ms)
    print(f"left {worn.left:.1f} h, foretold {tile.life:.1f} ({tile.low:.1f}–{tile.high:.1f}) h")
    assert tile.condition is Condition.FORETOLD
    assert tile.life == pytest.approx(worn.left, abs=8)
    assert tile.low is not None
    assert tile.high is not None
    assert tile.low <= worn.left <= tile.high
    assert (tile.unit, tile.due, tile.noted) == ("h", True, True)
    assert tile.since_ms == worn.services[-1]
    assert worn.now_ms - HOUR_MS < (tile.until_ms or 0) <= worn.now_ms
    early = tile_at(data, reader, worn.services[-1] + 30 * HOUR_MS)
    assert (early.condition, early.due, early.capped) == (Condition.FORETOLD, False, True)


def test_it_is_due_by_the_setting_or_when_it_may_end_before_the_next_reading(
    line: tuple[Path, Worn], reader: Reader
) -> None:
    data, worn = line
    assert tile_at(data, reader, worn.now_ms, warn=worn.left + 20).due
    assert not tile_at(data, reader, worn.now_ms, warn=1).due
    end = worn.services[1] - HOUR_MS  # of a run that was learnt from, asked as if it were running
    with reader.connection() as connection:
        columns = {name: named(reader.series())[name] for name in ("heat", "level")}
        stretch = Stretch(connection, columns, worn.services[0], end, HOUR_MS)
        assert foretell(open_model(data / MODEL), stretch, None).due


def test_what_is_asked_live_is_what_was_taught(
    line: tuple[Path, Worn], reader: Reader, tmp_path: Path
) -> None:
    """The windows of the table of the same records, at many moments, to the last digit."""
    data, worn = line
    model = open_model(data / MODEL)
    out = tmp_path / "all.csv"
    words = ("--wide", "--every", 3600, "--machine", NAME, "--all-runs", "--out", out)
    station("records", "values", *words, "--data", data)
    table = without(read_table(out), [f"run!={RUNS + 1}"])
    (series,) = read_run(table, "run", "hours", model.card.columns, model.card.step).series
    taught = windows_at(with_age(series), model.card.window, range(len(series.time)))
    columns = {name: named(reader.series())[name] for name in model.card.columns}
    assert step_ms(model.card) == HOUR_MS
    for hours in (1, 2, 19, 20, 21, 37, 50, len(series.time)):
        now = worn.services[-1] + hours * HOUR_MS + HOUR_MS // 3
        with reader.connection() as connection:
            stretch = Stretch(connection, columns, worn.services[-1], now, HOUR_MS)
            first = first_row(stretch, worn.services[-1])
            assert first == 0
            rows = last_rows(stretch, first, model.card.window)
        asked = window_of(rows, stretch, first, model.card)
        np.testing.assert_array_equal(asked[0], taught[hours - 1])
        tile = tile_at(data, reader, now)
        if hours >= 20:
            assert tile.life == model.ask(taught[hours - 1 : hours], FORETOLD)[0][0]
        else:
            assert (tile.condition, tile.readings) == (Condition.EARLY, hours)


def test_a_reading_takes_no_longer_than_five_milliseconds(
    line: tuple[Path, Worn], reader: Reader
) -> None:
    data, worn = line
    model = open_model(data / MODEL)
    window = np.zeros((1, model.card.window, 3), np.float32)
    took = []
    for _ in range(20):
        began = time.perf_counter()
        model.ask(window, FORETOLD)
        took.append(1e3 * (time.perf_counter() - began))
    health = Health(data, reader, (WatchedMachine(name=NAME, model=MODEL),), lambda: worn.now_ms)
    health.tiles()
    began = time.perf_counter()
    health.tiles()
    print(
        f"{np.median(took):.2f} ms a prediction, {1e3 * (time.perf_counter() - began):.1f} a tile"
    )
    assert np.median(took) < 5 * 3  # cores are shared


def test_after_a_service_the_life_begins_anew(tmp_path: Path, line: tuple[Path, Worn]) -> None:
    worn = wear(int(time.time() * 1000), runs=1, share=0.9, seed=5)
    data = tmp_path / "data"
    recorded(data, worn)
    (data / MODEL).write_bytes((line[0] / MODEL).read_bytes())
    clock = [worn.now_ms]
    machine = WatchedMachine(name=NAME, model=MODEL, warn=30)
    with Reader(data) as reader:
        health = Health(data, reader, (machine,), lambda: clock[0])
        (before,) = health.tiles()
        assert before.due
        health.serviced(NAME, "new bearings", "王伟")
        note = reader.notes(NoteKind.SERVICE, NAME)[-1]
        assert (note.at_ms, note.operator) == (worn.now_ms, "王伟")
        assert note.body["what"] == "new bearings"
        assert note.body["worn"] is True
        assert note.body["life"] == before.life
        clock[0] += 1000
        (after,) = health.tiles()
        assert (after.condition, after.due, after.life) == (Condition.NO_VALUES, False, None)
        fresh = wear(clock[0], runs=1, share=0.5, seed=6)
        with Store(data) as store:
            moved = clock[0] - fresh.values[0].at_ms + 1000
            store.add_values([replace(one, at_ms=one.at_ms + moved) for one in fresh.values])
        clock[0] += 10 * HOUR_MS
        (after,) = health.tiles()
        assert (after.condition, after.readings, after.needed) == (Condition.EARLY, 10, 20)
        clock[0] += 25 * HOUR_MS
        (after,) = health.tiles()
        assert (after.condition, after.due, after.capped) == (Condition.FORETOLD, False, True)
        with pytest.raises(DatasetError) as error:
            health.serviced("Pump", "", "Lee")
        assert error.value.code is ErrorCode.NO_MACHINE


def test_values_that_stop_coming_are_told_with_when(
    line: tuple[Path, Worn], reader: Reader
) -> None:
    data, worn = line
    last = max(one.at_ms for one in worn.values)
    tile = tile_at(data, reader, worn.now_ms + 5 * HOUR_MS)
    assert (tile.condition, tile.until_ms) == (Condition.STOPPED, last)
    assert tile.columns == ("heat", "level")
    assert tile.life is not None


def test_a_value_beyond_all_that_was_learnt_is_named(
    tmp_path: Path, line: tuple[Path, Worn]
) -> None:
    worn = wear(int(time.time() * 1000), runs=1, share=0.6, seed=7)
    data = tmp_path / "data"
    hot = [
        replace(one, value=700.0) if one.name == "heat" and one.at_ms > worn.now_ms - HOUR_MS * 2
        else one
        for one in worn.values
    ]  # fmt: skip
    recorded(data, replace(worn, values=tuple(hot)))
    (data / MODEL).write_bytes((line[0] / MODEL).read_bytes())
    with Reader(data) as reader:
        tile = tile_at(data, reader, worn.now_ms)
    assert (tile.condition, tile.columns) == (Condition.OUTSIDE, ("heat",))


def test_without_a_usable_model_it_is_said_why(
    line: tuple[Path, Worn], reader: Reader, tmp_path: Path
) -> None:
    data, worn = line
    assert tile_at(data, reader, worn.now_ms, model="").condition is Condition.NO_MODEL
    tile = tile_at(data, reader, worn.now_ms, model="none.onnx")
    assert tile.condition is Condition.BAD_MODEL
    assert tile.fault is not None
    assert tile.fault.code is ErrorCode.MODEL_NOT_FOUND
    with Store(tmp_path / "other") as store:
        store.add_values([replace(one, name="speed") for one in worn.values if one.name == "heat"])
    with Reader(tmp_path / "other") as empty:
        tile = tile_at(tmp_path / "other", empty, worn.now_ms, model=str(data / MODEL))
    assert (tile.condition, tile.columns) == (Condition.OTHER_MODEL, ("heat", "level"))


def test_a_model_that_counts_cycles_cannot_watch_a_clock(
    line: tuple[Path, Worn], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, worn = line
    model = open_model(data / MODEL)
    cycles = HealthModel(replace(model.card, time="cycle", time_unit="cycles"), None)
    monkeypatch.setattr("station.overview.health.open_model", lambda path: cycles)
    assert tile_at(data, reader, worn.now_ms).condition is Condition.NO_CLOCK


def test_without_a_noted_service_it_counts_from_the_first_value(
    tmp_path: Path, line: tuple[Path, Worn]
) -> None:
    worn = wear(int(time.time() * 1000), runs=0, share=0.9, seed=8)
    recorded(tmp_path / "data", replace(worn, services=()))
    with Reader(tmp_path / "data") as reader:
        model = str(line[0] / MODEL)
        tile = tile_at(tmp_path / "data", reader, worn.now_ms, model=model)
    assert (tile.condition, tile.noted) == (Condition.FORETOLD, False)
    assert tile.since_ms == worn.values[0].at_ms


def test_the_first_whole_row_is_found_however_late_the_last_sensor_began(tmp_path: Path) -> None:
    heat = [ProcessValue("heat", 1.0, "", "plc", k * 60_000 + 1) for k in (0, *range(650, 900))]
    level = [ProcessValue("level", 1.0, "", "plc", k * 60_000 + 1) for k in (10, 700, 701)]
    with Store(tmp_path / "data") as store:
        store.add_values([*heat, *level])
        with store.reader.connection() as connection:
            stretch = Stretch(connection, named(store.reader.series()), 0, 900 * 60_000, 60_000)
            assert {name: ends[0] for name, ends in stretch.ends().items()} == {
                "heat": 1,
                "level": 600_001,
            }
            assert first_row(stretch, 600_001) == 700
            assert [len(last_rows(stretch, 700, count)) for count in (1, 3, 4, 99)] == [1, 3, 4, 4]


def test_rows_with_a_gap_are_left_out_as_in_the_table(
    tmp_path: Path, line: tuple[Path, Worn]
) -> None:
    worn = wear(int(time.time() * 1000), runs=0, share=0.9, seed=9)
    gone = (worn.now_ms - 30 * HOUR_MS, worn.now_ms - 20 * HOUR_MS)
    kept = [one for one in worn.values if one.name != "level" or not gone[0] < one.at_ms < gone[1]]
    data, out = tmp_path / "data", tmp_path / "t.csv"
    recorded(data, replace(worn, values=tuple(kept)))
    words = ("--wide", "--every", 3600, "--machine", NAME, "--all-runs", "--only", "heat,level")
    station("records", "values", *words, "--whole", "--out", out, "--data", data)
    model = open_model(line[0] / MODEL)
    (series,) = read_run(read_table(out), "run", "hours", ("heat", "level"), 1).series
    taught = windows_at(with_age(series), model.card.window, [len(series.time) - 1])
    with Reader(data) as reader:
        tile = tile_at(data, reader, worn.now_ms, model=str(line[0] / MODEL))
    assert np.diff(series.time).max() > 8
    assert tile.life == model.ask(taught, FORETOLD)[0][0]


def test_cards_of_older_files_are_still_read(line: tuple[Path, Worn]) -> None:
    card = open_model(line[0] / MODEL).card
    assert (card.time_unit, card.counts_in) == ("h", "h")
    assert set(card.seen) == {"heat", "level"}
    values = json.loads(card_to_json(card))
    del values["seen"], values["time_unit"]
    old = card_from_json(json.dumps(values), line[0])
    assert (old.time_unit, old.seen, old.counts_in) == ("", {}, "h")
    assert replace(old, time="cycle").counts_in == "cycles"
    assert step_ms(replace(old, time="t")) is None


def test_the_command_line_watches_and_notes_services(line: tuple[Path, Worn]) -> None:
    data, _ = line
    told = row(station("health", "watch", "--data", data, "--json"))
    assert (told["name"], told["condition"], told["due"]) == (NAME, "foretold", True)
    assert str(told["message"]).startswith("Spindle 2 · Service due: ")
    plain = station("health", "watch", "--data", data).stdout
    assert "left" in plain
    with Store(data.parent / "none"):
        told_of_none = station("health", "watch", "--data", data.parent / "none")
    assert (told_of_none.stdout, "line.machines" in told_of_none.stderr) == ("", True)
    told = row(station("health", "service", "Pump", "--early", "--what", "oil", "--data", data,
                       "--json"))  # fmt: skip
    assert (told["machine"], told["worn"]) == ("Pump", False)
    with Reader(data) as reader:
        assert reader.notes(NoteKind.SERVICE, "Pump")[0].body == {"what": "oil", "worn": False}
    result = CliRunner().invoke(
        app, ["health", "service", "Pump", "--at", "2999-01-01", "--data", str(data)]
    )
    assert result.exit_code == 2


def test_the_settings_of_the_manual_are_taken() -> None:
    page = (ROOT / "resources/manual/health.en.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (machine,) = Settings.model_validate(tomllib.loads(example)).line.machines
    assert machine == WatchedMachine(name=NAME, model="spindle2.onnx", warn=48)


def test_watching_loads_nothing_that_only_teaching_needs() -> None:
    heavy = "{'sklearn', 'scipy', 'onnx', 'torch'} & set(sys.modules)"
    script = f"import sys, station.overview.health, station.gui.health_texts; print({heavy})"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout.strip() == "set()", found.stderr


def test_a_machine_without_services_has_no_runs_to_write(
    line: tuple[Path, Worn], tmp_path: Path
) -> None:
    words = ["--wide", "--machine", "Press", "--out", str(tmp_path / "t.csv"), "--json"]
    result = CliRunner().invoke(app, ["records", "values", *words, "--data", str(line[0])])
    assert result.exit_code == 2
    told = json.loads(result.stdout)
    assert told["error"] == "no_service"
    assert NAME in told["message"]
    result = CliRunner().invoke(app, ["records", "values", *words, "--parts"])
    assert result.exit_code == 2
    assert not (tmp_path / "t.csv").exists()
