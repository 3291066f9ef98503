"""Process values: with a part and by themselves, back from a row, a picture, a damaged file."""

import csv
import io
import json
import math
import shutil
import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path

import harm
import pytest

from station.domain.process import ProcessValue
from station.errors import ErrorCode, Fault, StoreError
from station.store.images import RECORD_KEY
from station.store.png import read_texts
from station.store.process_values import write_table
from station.store.recover import recover
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from station.store.verify import Problem, verify

MORNING = 1_790_000_000_000
NEVER = threading.Event()


def values(number: int, count: int = 3) -> tuple[ProcessValue, ...]:
    at_ms = MORNING + 1000 * number
    return tuple(
        ProcessValue(f"Temperatur {place}", number + place / 8, "°C", "modbus plc:502", at_ms - 5)
        for place in range(count)
    )


def timed(number: int) -> ProcessValue:
    return ProcessValue("speed", float(number), "1/min", "mqtt b:1883", MORNING + 100 * number)


@pytest.fixture
def record(store, make, picture):
    def kept(number: int, count: int = 3):
        one = make(number, values=values(number, count))
        store.record(one, picture(one), False)
        return one

    return kept


def test_what_was_read_with_a_part_is_in_its_story_its_picture_and_its_series(store, record):
    parts = [record(number) for number in (1, 2)]
    for part in parts:
        assert store.reader.story(part.uid).values == part.values
        image = store.folder / store.reader.entry(part.uid).image
        told = json.loads(read_texts(image.read_bytes())[RECORD_KEY])["values"]
        assert told[1] == ["Temperatur 1", part.part.number + 0.125, "°C", "modbus plc:502",
                           part.at_ms - 5]  # fmt: skip
    series = store.reader.series()
    assert [one.name for one in series] == ["Temperatur 0", "Temperatur 1", "Temperatur 2"]
    points = store.reader.points(series[1], 0, 2**60)
    assert [(one.value, one.uid) for one in points] == [
        (1.125, parts[0].uid),
        (2.125, parts[1].uid),
    ]


def test_a_part_without_values_has_none_and_costs_no_text(store, keep):
    part = keep()
    assert store.reader.story(part.uid).values == ()
    image = store.folder / store.reader.entry(part.uid).image
    assert "values" not in json.loads(read_texts(image.read_bytes())[RECORD_KEY])


def test_the_records_are_proven_with_values_as_without(store, record, keep):
    record(1)
    keep(2)
    assert all(row.good for row in verify(store.folder))


def test_a_value_that_is_not_what_the_picture_says_is_found(store, record, keep):
    record(1)
    record(2)
    keep(3)
    with sqlite3.connect(store.folder / DATABASE_NAME) as connection:
        connection.execute("DROP TRIGGER process_values_no_update")
        connection.execute(
            "UPDATE process_values SET value = 9 WHERE inspection = 2 AND series = 1"
        )
    connection.close()
    found = {row.number: row.problem for row in verify(store.folder)}
    assert found == {1: None, 2: Problem.DISAGREES, 3: None}


def test_the_values_of_a_part_are_found_by_the_index(store, record):
    record(1)
    with store.reader.connection() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM process_values WHERE inspection IN (1, 2)"
        )
        assert "process_values_inspection" in " ".join(str(row) for row in plan)


def test_a_retry_does_not_write_them_twice(store, make, picture):
    one = make(1, values=values(1))
    for _ in range(2):
        store.record(one, picture(one), False)
    assert store.reader.story(one.uid).values == one.values


def test_values_over_time_come_back_by_time_page_by_page(store, monkeypatch):
    monkeypatch.setattr("station.store.process_values._PAGE", 7)
    store.add_values([timed(number) for number in range(50)])
    store.add_values([timed(10), timed(10)])  # at one moment, so that a page may end between them
    (speed,) = store.reader.series()
    points = store.reader.points(speed, MORNING + 500, MORNING + 4000)
    assert [one.value for one in points] == sorted([*range(5, 40), 10, 10])
    assert {one.uid for one in points} == {""}


def test_the_same_name_from_two_sources_is_two_series(store):
    one = timed(1)
    others = [replace(one, source="opcua b"), replace(one, unit="1/s"), replace(one, name="tempo")]
    store.add_values([one, *others])
    store.add_values([one])
    assert len(store.reader.series()) == 4


def test_what_is_no_number_is_left_out(store):
    store.add_values([replace(timed(1), value=math.nan), replace(timed(2), value=math.inf)])
    assert store.reader.series() == []
    store.add_values([])


def test_a_value_without_its_part_fails_whole(store, make):
    broken = make(1, values=(replace(values(1)[0], name=""),))
    with pytest.raises(StoreError) as caught:
        store.record(
            replace(broken, fault=Fault(ErrorCode.CAMERA_LOST, (("source", "cam"),))), None, False
        )
    assert caught.value.code is ErrorCode.STORE_WRITE_FAILED
    assert not store.reader.knows(broken.uid)


def test_as_a_table_for_other_programs(store, record):
    part = record(1, count=1)
    store.add_values([replace(timed(3), name="=1+1", unit="µm")])
    file = io.StringIO(newline="")
    with store.reader.connection() as connection:
        assert write_table(connection, 0, 2**60, file) == 2
    rows = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert rows == [
        ["name", "unit", "source", "time", "value", "uid"],
        ["'=1+1", "µm", "mqtt b:1883", "2026-09-21T14:13:20.300Z", "3.0", ""],
        ["Temperatur 0", "°C", "modbus plc:502", "2026-09-21T14:13:20.995Z", "1.0", part.uid],
    ]


# ── what is lost comes back ─────────────────────────────────────────────────────────────────


def stories(store: Store) -> dict[str, tuple[ProcessValue, ...]]:
    found = store.reader.history(1000)
    return {one.inspection.uid: store.reader.story(one.inspection.uid).values for one in found}


def speeds(store: Store) -> list[float]:
    series = {one.name: one for one in store.reader.series()}
    return [one.value for one in store.reader.points(series["speed"], 0, 2**60)]


@pytest.fixture
def lost(tmp_path, make, picture):
    """A folder with ninety parts and fifty values over time, and what was in it."""
    folder = tmp_path / "lost"
    with Store(folder) as store:
        for number in range(1, 91):
            one = make(number, values=values(number))
            store.record(one, picture(one, (24, 32)), False)
        for number in range(50):
            store.add_values([timed(number)])
        before = stories(store), speeds(store)
    return folder, before


def test_from_the_pictures_where_the_database_is_gone(lost):
    folder, (parts, _) = lost
    for path in folder.glob(f"{DATABASE_NAME}*"):
        path.unlink()
    with Store(folder) as store:
        recover(store, NEVER)
        assert stories(store) == parts


def test_from_a_damaged_database_values_over_time_too(lost):
    folder, (parts, times) = lost
    harm.first_page(folder)
    with Store(folder) as store:
        recover(store, NEVER)
        assert (stories(store), speeds(store)) == (parts, times)
        recover(store, NEVER)  # a second time changes nothing
        assert (stories(store), speeds(store)) == (parts, times)


def test_from_a_damaged_database_where_the_pictures_are_gone(lost):
    folder, (parts, times) = lost
    shutil.rmtree(folder / "images")
    harm.header(folder)
    with Store(folder) as store:
        recover(store, NEVER)
        assert (stories(store), speeds(store)) == (parts, times)


# ── what it costs ───────────────────────────────────────────────────────────────────────────


def test_eight_values_cost_a_part_less_than_a_millisecond(store, make, picture):
    """In turns, so that what else the machine does hits both alike."""
    took: dict[int, list[float]] = {0: [], 8: []}
    still = picture(make(1), (24, 32))
    for number in range(1, 401):
        count = 8 * (number % 2)
        one = make(number, values=values(number, count))
        began = time.perf_counter()
        store.record(one, replace(still, uid=one.uid), False)
        took[count].append((time.perf_counter() - began) * 1000)
    median = {count: sorted(times)[len(times) // 2] for count, times in took.items()}
    more = median[8] - median[0]
    print(f"record p50: {median[0]:.2f} ms without, {median[8]:.2f} ms with 8 values: {more:+.2f}")
    assert more < 5.0  # generous: the machines that run this are busy


def test_a_value_needs_little_room(store):
    folder: Path = store.folder
    store.add_values([timed(0)])
    before = pages(folder)
    for start in range(0, 20_000, 1000):
        store.add_values([timed(start + number + 1) for number in range(1000)])
    each = (pages(folder) - before) / 20_000
    print(f"bytes for one value over time, with its index: {each:.0f}")
    assert each < 80


def pages(folder: Path) -> int:
    with sqlite3.connect(folder / DATABASE_NAME) as connection:
        size, count = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_size", "page_count")
        )
    connection.close()
    return int(size * count)
