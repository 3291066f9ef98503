"""Series of units: what is left of each life, and what is wrong with a table's time."""

from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.insight.health_series import read_lives, read_run
from station.insight.health_windows import last_window, windows_at, with_age
from station.insight.tables import read_table
from tests.wear import write_lives


def table_of(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("u,t,x", *lines)) + "\n", "utf-8")
    return path


def refused(path: Path, **options: float) -> DatasetError:
    with pytest.raises(DatasetError) as error:
        read_run(read_table(path), "u", "t", ("x",), **options)
    return error.value


def test_rows_of_a_unit_are_put_in_order_and_know_what_is_left(tmp_path: Path) -> None:
    path = table_of(tmp_path / "t.csv", "b,3,30", "a,10,1", "b,1,10", "b,2,20", "a,11,2")
    run = read_run(read_table(path), "u", "t", ("x",))
    assert [one.unit for one in run.series] == ["b", "a"]
    assert run.series[0].readings[:, 0].tolist() == [10, 20, 30]
    assert run.series[0].left(1.5).tolist() == [1.5, 1, 0]
    assert run.series[1].age.tolist() == [0, 1]
    assert (run.step, run.faults) == (1, ())


def test_a_time_that_stands_there_twice_is_named(tmp_path: Path) -> None:
    error = refused(table_of(tmp_path / "t.csv", "a,1,1", "a,2,2", "a,2,3"))
    assert error.code is ErrorCode.TABLE_TIME_TWICE
    assert (error.fault.fact("unit"), error.fault.fact("time")) == ("a", "2")


def test_another_unit_of_time_is_refused_in_a_table_and_against_a_model(tmp_path: Path) -> None:
    hours = [f"a,{k},1" for k in range(9)]
    path = table_of(tmp_path / "t.csv", *hours, *(f"b,{k * 60},1" for k in range(5)))
    error = refused(path)
    assert error.code is ErrorCode.TABLE_TIME_UNIT
    assert (error.fault.fact("unit"), error.fault.fact("found")) == ("b", "60")
    error = refused(table_of(tmp_path / "s.csv", *hours), step=3600.0)
    assert error.fault.fact("expected") == "3600"


def test_missing_readings_are_a_warning_with_their_place(tmp_path: Path) -> None:
    path = table_of(tmp_path / "t.csv", *(f"a,{k},1" for k in (1, 2, 3, 6, 7, 8, 11, 12)))
    (fault,) = read_run(read_table(path), "u", "t", ("x",)).faults
    assert fault.code is ErrorCode.TABLE_TIME_MISSING
    assert (fault.fact("count"), fault.fact("unit"), fault.fact("time")) == ("2", "a", "3")


def test_columns_that_tell_nothing_are_left_out(tmp_path: Path) -> None:
    table = read_table(write_lives(tmp_path / "lives.csv"))
    run = read_lives(table, "machine", "hour", (), 50)
    assert run.columns == ("heat", "level")
    (fault,) = run.faults
    assert fault.code is ErrorCode.TABLE_CONSTANT
    assert fault.fact("columns") == "fixed"
    assert read_lives(table, "machine", "hour", ("heat",), 50).columns == ("level",)


def test_a_column_that_is_the_remaining_life_is_named(tmp_path: Path) -> None:
    path = write_lives(tmp_path / "lives.csv")
    run = read_run(read_table(path), "machine", "hour", ())
    left = np.concatenate([one.left(np.inf) for one in run.series])
    header, *lines = path.read_text("utf-8").splitlines()
    rows = [f"{line},{value + 3:g}" for line, value in zip(lines, left, strict=True)]
    path.write_text("\n".join((header + ",orders_left", *rows)), "utf-8")
    faults = read_lives(read_table(path), "machine", "hour", (), 50).faults
    assert [fault.fact("column") for fault in faults if fault.code is ErrorCode.TABLE_LEAK] == [
        "orders_left"
    ]


def test_nothing_to_learn_from_and_too_few_rows(tmp_path: Path) -> None:
    table = read_table(write_lives(tmp_path / "lives.csv"))
    with pytest.raises(DatasetError) as error:
        read_lives(table, "machine", "hour", ("heat", "level"), 50)
    assert error.value.code is ErrorCode.TABLE_NOTHING_LEFT
    with pytest.raises(DatasetError) as error:
        read_lives(read_table(table_of(tmp_path / "t.csv", "a,1,1", "a,2,2")), "u", "t", (), 50)
    assert error.value.code is ErrorCode.TABLE_TOO_FEW
    with pytest.raises(DatasetError) as error:
        read_lives(table, "engine", "hour", (), 50)
    assert error.value.code is ErrorCode.TABLE_NO_COLUMN


def test_a_window_before_the_beginning_repeats_the_first_row(tmp_path: Path) -> None:
    path = table_of(tmp_path / "t.csv", "a,5,1", "a,6,2", "a,7,3")
    (one,) = read_run(read_table(path), "u", "t", ("x",)).series
    rows = with_age(one)
    assert last_window(rows, 2)[0].tolist() == [[2, 1], [3, 2]]
    assert windows_at(rows, 4, [0, 2])[:, :, 0].tolist() == [[1, 1, 1, 1], [1, 1, 2, 3]]
    assert windows_at(rows, 4, [0, 2])[1, :, 1].tolist() == [0, 0, 1, 2]
