"""Recorded values as one wide file: by steps, by a machine's runs, by parts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.domain.inspection import Verdict
from station.domain.process import ProcessValue
from station.errors import DatasetError, ErrorCode, StoreError
from station.insight.recorded_export import Wide, export_wide
from station.insight.tables import numbers, read_table, texts
from station.store.notes import NoteKind, append_note
from station.store.store import Store
from tests.judged import record

MORNING = 1_790_000_040_000  # a whole minute
MINUTE = 60_000
WISH = Wide(0, MORNING + 600 * MINUTE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as opened:
        heat = [value("heat", k + 0.5, float(k)) for k in range(200)]
        opened.add_values([*heat, *(value("level", k + 0.5, 1.0) for k in range(0, 200, 10))])
        yield opened


def value(name: str, minute: float, number: float) -> ProcessValue:
    return ProcessValue(name, number, "", "plc", MORNING + round(minute * MINUTE))


def service(store: Store, minute: float, **body: object) -> None:
    at_ms = MORNING + round(minute * MINUTE)
    with store.transaction() as connection:
        append_note(connection, NoteKind.SERVICE, "press", at_ms, "Lee", body)


def test_all_of_the_time_with_empty_cells_where_there_are_gaps(
    store: Store, tmp_path: Path
) -> None:
    told = export_wide(store.reader, store.folder, WISH, tmp_path / "t.csv")
    table = read_table(tmp_path / "t.csv")
    assert table.names == ("time", "hours", "heat", "level")
    assert (told["rows"], told["empty"]) == (202, 2 + 140)
    assert numbers(table, "hours")[:2].tolist() == [0, pytest.approx(1 / 60)]
    assert table.columns["level"][:4] == ["1.0", "1.0", "1.0", ""]
    assert table.columns["heat"][-3:] == ["199.0"] * 3


def test_only_some_columns_and_only_whole_rows(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    told = export_wide(store.reader, store.folder, replace(WISH, only=("level",)), out)
    assert (told["columns"], told["empty"]) == (["level"], 0)
    told = export_wide(store.reader, store.folder, replace(WISH, whole=True), out)
    assert (told["rows"], told["empty"]) == (60, 0)
    with pytest.raises(DatasetError) as error:
        export_wide(store.reader, store.folder, replace(WISH, only=("speed",)), out)
    assert error.value.code is ErrorCode.TABLE_NO_COLUMN
    assert error.value.fault.fact("known") == "heat, level"


def test_the_runs_of_a_machine_that_lasted_to_its_end(store: Store, tmp_path: Path) -> None:
    for minute, body in ((0, {}), (50, {"worn": True}), (90, {"worn": False}), (150, {})):
        service(store, minute, **body)
    out, wish = tmp_path / "t.csv", replace(WISH, machine="press")
    assert export_wide(store.reader, store.folder, wish, out)["runs"] == 2
    table = read_table(out)
    assert set(texts(table, "run")) == {"1", "3"}
    assert set(texts(table, "end")) == {"worn"}
    every = replace(wish, all_runs=True)
    assert export_wide(store.reader, store.folder, every, out)["runs"] == 4
    ends = dict(zip(*(texts(read_table(out), name) for name in ("run", "end")), strict=True))
    assert ends == {"1": "worn", "2": "early", "3": "worn", "4": "running"}
    late = replace(every, since_ms=MORNING + 60 * MINUTE)
    assert export_wide(store.reader, store.folder, late, out)["runs"] == 2


def test_parts_with_what_became_of_them(store: Store, tmp_path: Path) -> None:
    record(store, 1, {"heat": 1.5, "speed": 3.0}, verdict=Verdict.NG, label="scratch")
    record(store, 2, {"heat": 2.5})
    out, wish = tmp_path / "t.csv", replace(WISH, by_part=True)
    told = export_wide(store.reader, store.folder, wish, out)
    assert (told["rows"], told["columns"], told["empty"]) == (2, ["heat", "speed"], 1)
    assert texts(read_table(out), "label: scratch") == ("1", "0")
    export_wide(store.reader, store.folder, replace(wish, only=("heat",)), out)
    assert read_table(out).names[-2:] == ("label: scratch", "heat")


def test_where_there_is_nothing_no_file_is_written(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    for wish in (replace(WISH, until_ms=MORNING), replace(WISH, by_part=True)):
        with pytest.raises(StoreError) as error:
            export_wide(store.reader, store.folder, wish, out)
        assert error.value.code is ErrorCode.EXPORT_NOTHING
    with pytest.raises(DatasetError) as found:
        export_wide(store.reader, store.folder, replace(WISH, machine="pump"), out)
    assert found.value.code is ErrorCode.NO_SERVICE
    assert not out.exists()
