"""The time of rows, as it is written."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.insight.process_moments import find_dates, read_moments
from station.insight.tables import Table, read_table
from tests.conftest import shared_data


def table_of(*cells: str) -> Table:
    return Table(Path("t.csv"), {"at": list(cells)}, range(2, len(cells) + 2))


def stamp(*parts: int) -> float:
    return datetime(*parts, tzinfo=UTC).timestamp()  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("cells", "second"),
    [
        (("2/1/2024 8:00", "13/1/2024 9:30"), stamp(2024, 1, 13, 9, 30)),
        (("1/2/2024 8:00", "1/13/2024 9:30 PM"), stamp(2024, 1, 13, 21, 30)),
        (("2.1.2024 08:00", "3.1.2024"), stamp(2024, 1, 3)),
        (("2024-01-02 08:00", "2024-01-03T09:00:00.5Z"), stamp(2024, 1, 3, 9) + 0.5),
        (("2024-01-02 08:00", "2024-01-03 09:00+0200"), stamp(2024, 1, 3, 7)),
        (("2024/1/2", "2024/1/3"), stamp(2024, 1, 3)),
    ],
)
def test_dates_as_they_are_written(cells: tuple[str, ...], second: float) -> None:
    found = read_moments(table_of(*cells), "at")
    assert found.dated
    assert second in found.at


def test_day_or_month_first_where_both_could_be_is_told_by_the_order() -> None:
    by_day = [f"{day}/1/2024" for day in range(1, 13)] + ["1/2/2024", "2/2/2024"]
    assert read_moments(table_of(*by_day), "at").at[-1] == stamp(2024, 2, 2)
    by_month = [f"1/{day}/2024" for day in range(1, 13)]
    assert read_moments(table_of(*by_month), "at").at[-1] == stamp(2024, 1, 12)


def test_midnight_may_close_its_day() -> None:
    cells = ("1/1/2018 23:30", "1/1/2018 23:45", "1/1/2018 0:00", "2/1/2018 0:15")
    found = read_moments(table_of(*cells), "at")
    assert found.order.tolist() == [0, 1, 2, 3]
    assert found.at[2] == stamp(2018, 1, 2)
    assert not found.faults


def test_rows_out_of_order_are_sorted_and_named() -> None:
    cells = [f"{k}" for k in range(40)]
    cells[5], cells[9] = cells[9], cells[5]
    found = read_moments(table_of(*cells), "at")
    assert found.at.tolist() == sorted(found.at.tolist())
    assert found.order[5] == 9
    (fault,) = found.faults
    assert fault.code is ErrorCode.TABLE_TIME_UNSORTED
    assert fault.fact("line") == "8"


def test_equal_and_missing_times_are_named() -> None:
    times = [float(k) for k in range(60)]
    times[7] = times[6]
    found = read_moments(table_of(*map(str, [*times[:30], *times[40:]])), "at")
    codes = {fault.code: fault.fact("line") for fault in found.faults}
    assert codes[ErrorCode.TABLE_TIME_EQUAL] == "9"
    assert ErrorCode.TABLE_STEPS_MISSING in codes


@pytest.mark.parametrize("factor", [60, 1000, 1 / 60])
def test_another_unit_of_time_is_named_with_its_line(factor: float) -> None:
    times = [60.0 * k for k in range(50)]
    times += [times[-1] + 60 * factor * k for k in range(1, 51)]
    with pytest.raises(DatasetError) as error:
        read_moments(table_of(*(f"{one:.6f}" for one in times)), "at")
    assert error.value.code is ErrorCode.TABLE_TIME_CHANGES
    assert error.value.fault.fact("line") == "52"
    assert error.value.fault.fact("expected") == "60"


def test_dates_with_another_step_are_a_warning() -> None:
    minutes = [*range(0, 500, 5), *range(500, 1000, 30)]
    cells = [
        f"{datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=k):%Y-%m-%d %H:%M}"
        for k in minutes * 1
    ]
    later = [
        f"{datetime(2024, 1, 2, tzinfo=UTC) + timedelta(minutes=30 * k):%Y-%m-%d %H:%M}"
        for k in range(100)
    ]
    found = read_moments(table_of(*cells[:100], *later), "at")
    assert ErrorCode.TABLE_STEP_CHANGES in {fault.code for fault in found.faults}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("2024-01-02", "soon", "2024-01-03"), ErrorCode.TABLE_NOT_A_TIME),
        (("2024-01-02", "2024-02-31", "2024-03-03"), ErrorCode.TABLE_NOT_A_TIME),
        (("13/13/2024", "1/1/2024"), ErrorCode.TABLE_NOT_A_TIME),
        (("2024-01-02", "45293.5", "2024-01-03"), ErrorCode.TABLE_NOT_A_TIME),
        (("2024-01-02", "", "2024-01-03"), ErrorCode.TABLE_GAP),
        (("1", "2", "three"), ErrorCode.TABLE_NOT_A_NUMBER),
    ],
)
def test_what_is_no_time(cells: tuple[str, ...], code: ErrorCode) -> None:
    with pytest.raises(DatasetError) as error:
        read_moments(table_of(*cells), "at")
    assert error.value.code is code


def test_the_column_of_dates_is_found() -> None:
    columns = {"x": ["1", "2"], "when": ["1/1/2024 0:15", "1/1/2024 0:30"], "word": ["a", "b"]}
    table = Table(Path("t.csv"), columns, range(2, 4))
    assert find_dates(table) == "when"
    assert find_dates(table, ("when",)) == ""


@pytest.mark.data
def test_the_steel_works_time() -> None:
    table = read_table(shared_data("steel_energy") / "train" / "steel_jan_sep.csv")
    found = read_moments(table, "date")
    assert (np.diff(found.at) == 900).all()
    assert found.at[-1] == stamp(2018, 10, 1)
    assert not found.faults
