"""Process values of the records as rows of steps, of lives and of parts."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from station.domain.process import ProcessValue
from station.insight.recorded import as_csv, as_table, named, steps, whole
from station.insight.recorded_lives import End, lives_of, lives_table
from station.insight.tables import numbers, read_table, texts
from station.store.notes import Note, NoteKind
from station.store.process_values import Series
from station.store.store import Store

MORNING = 1_790_000_000_000
MINUTE, HOUR = 60_000, 3_600_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as opened:
        yield opened


def value(name: str, minute: float, number: float, unit: str = "") -> ProcessValue:
    return ProcessValue(name, number, unit, "plc", MORNING + round(minute * MINUTE))


def rows_of(
    store: Store, until: float, step: float = 1.0, **options: int
) -> list[list[float | None]]:
    """Minute of the end of each step, and its values; None for a gap."""
    with store.reader.connection() as connection:
        found = steps(
            connection,
            named(store.reader.series()),
            MORNING,
            MORNING + round(until * MINUTE),
            round(step * MINUTE),
            **options,
        )
    return [
        [(at - MORNING) / MINUTE, *(None if one != one else one for one in row)]
        for at, row in zip(found.at_ms.tolist(), found.values.tolist(), strict=True)
    ]


def test_a_step_has_the_mean_of_its_values_and_only_whole_steps_count(store: Store) -> None:
    store.add_values([value("heat", 0.1, 1), value("heat", 0.9, 3), value("heat", 1.5, 7)])
    assert rows_of(store, until=2) == [[1, 2], [2, 7]]
    assert rows_of(store, until=1.99) == [[1, 2]]
    assert rows_of(store, until=0) == []


def test_a_value_is_carried_forward_a_little_while_and_then_there_is_a_gap(store: Store) -> None:
    heat = [value("heat", minute + 0.5, minute) for minute in (0, 1, 2, 3, 4, 5)]
    store.add_values([*heat, value("level", 0.5, 9), value("level", 5.5, 8)])
    assert rows_of(store, until=6) == [
        [1, 0, 9],
        [2, 1, 9],
        [3, 2, 9],
        [4, 3, None],
        [5, 4, None],
        [6, 5, 8],
    ]


def test_where_nothing_is_known_there_is_no_row(store: Store) -> None:
    store.add_values([value("heat", 0.5, 1), value("heat", 60.5, 2)])
    assert [row[0] for row in rows_of(store, until=120)] == [1, 2, 3, 61, 62, 63]
    assert [row[0] for row in rows_of(store, until=120, step=10)] == [10, 20, 70, 80]


def test_whole_rows_have_no_gap(store: Store) -> None:
    store.add_values([value("heat", 0.5, 1), value("heat", 5.5, 2), value("level", 5.5, 9)])
    with store.reader.connection() as connection:
        found = steps(connection, named(store.reader.series()), MORNING, MORNING + HOUR, MINUTE)
    assert (len(found), len(whole(found))) == (6, 3)


def test_names_that_clash_get_unit_and_source() -> None:
    series = [
        Series(1, "heat", "°C", "a"),
        Series(2, "heat", "K", "a"),
        Series(3, "heat", "K", "b"),
        Series(4, "speed", "1/min", "a"),
        Series(5, "-10V", "V", "a"),
    ]
    assert {name: one.id for name, one in named(series).items()} == {
        "heat [°C]": 1,
        "heat [K] a": 2,
        "heat [K] b": 3,
        "speed": 4,
        "'-10V": 5,
    }


def note(number: int, hour: float, **body: object) -> Note:
    return Note(number, NoteKind.SERVICE, "spindle", MORNING + round(hour * HOUR), "Lee", body)


def test_lives_last_from_service_to_service() -> None:
    lives = lives_of([note(1, 0), note(2, 5, worn=False), note(3, 9), note(4, 12, worn=True)])
    assert [(one.number, one.end) for one in lives] == [
        (1, End.EARLY),
        (2, End.WORN),
        (3, End.WORN),
        (4, End.RUNNING),
    ]
    assert lives[1].until_ms == lives[2].since_ms == MORNING + 9 * HOUR
    assert lives[3].until_ms is None
    assert lives_of([]) == ()


def test_the_table_of_lives_says_run_end_and_hours(store: Store, tmp_path: Path) -> None:
    store.add_values([value("heat", 30 * k + 15, k, "°C") for k in range(12)])
    lives = lives_of([note(1, 1), note(2, 3)])
    with store.reader.connection() as connection:
        columns = named(store.reader.series())
        now = MORNING + 5 * HOUR
        table = lives_table(connection, columns, lives, HOUR, now, tmp_path / "records")
    assert table.names == ("run", "end", "time", "hours", "heat")
    assert texts(table, "run") == ("1", "1", "2", "2")
    assert texts(table, "end") == ("worn", "worn", "running", "running")
    assert numbers(table, "hours").tolist() == [1, 2, 1, 2]
    assert numbers(table, "heat").tolist() == [2.5, 4.5, 6.5, 8.5]
    assert table.columns["time"][0].endswith(":13:20Z")
    (tmp_path / "t.csv").write_bytes(as_csv(table))
    again = read_table(tmp_path / "t.csv")
    assert {name: list(again.columns[name]) for name in again.names} == table.columns


def test_a_gap_is_an_empty_cell_and_numbers_come_back_as_they_were(
    store: Store, tmp_path: Path
) -> None:
    rng = np.random.default_rng(0)
    wanted = rng.normal(size=40)
    store.add_values([value("heat", k + 0.5, one) for k, one in enumerate(wanted.tolist())])
    store.add_values([value("level", 0.5, 1.0)])
    with store.reader.connection() as connection:
        columns = named(store.reader.series())
        found = steps(connection, columns, MORNING, MORNING + 40 * MINUTE, MINUTE)
    (tmp_path / "t.csv").write_bytes(as_csv(as_table(found, tmp_path)))
    table = read_table(tmp_path / "t.csv")
    np.testing.assert_array_equal(numbers(table, "heat"), wanted)
    assert list(table.columns["level"]) == ["1.0"] * 3 + [""] * 37
