"""Disk, clock, database and settings fail under the running station, or before it starts."""

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from station.domain.inspection import Verdict
from station.errors import ErrorCode, Fault
from station.pipeline.events import Inspected, Warned
from station.settings import load_settings, save_settings
from station.store.queries import Reader
from tests.faults.conftest import MakeStation
from tests.faults.rig import Station, all_kept, not_inspected, prepare
from tests.faults.screen import Screen, says_in_each_language
from tests.faults.table import BY_NAME
from tests.program import assert_says
from tests.program import station as command

BIG = {"kind": "simulated", "options": {"width": 1280, "height": 1024, "fps": 60, "pool": 2}}


@pytest.fixture
def running(tmp_path: Path, make_station: MakeStation) -> Station:
    """A station that has judged a part."""
    prepare(tmp_path / "data")
    station = make_station(tmp_path / "data")
    station.start()
    assert station.inspect().inspection.verdict is Verdict.OK
    return station


def banners(data: Path) -> dict[ErrorCode, Fault]:
    """What a person still has to confirm."""
    with Reader(data) as reader:
        faults = [entry.fault for entry in reader.unconfirmed()]
    return {fault.code: fault for fault in faults if fault is not None}


def resize(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


@contextmanager
def filled(path: Path) -> Iterator[None]:
    """To the last byte, for a while."""
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(file, b"\0" * 65536):
            pass
    except OSError:
        pass
    finally:
        os.close(file)
    try:
        yield
    finally:
        path.unlink()


@pytest.mark.fault("disk-full")
def test_the_disk_fills_up(
    mounted: Callable[[str], Path], make_station: MakeStation, screen: Screen
) -> None:
    disk = mounted("size=1100m")
    prepare(disk / "data", camera=BIG)
    first, station = make_station(disk / "data"), make_station(disk / "data")
    first.start()
    for _ in range(40):
        assert first.inspect().inspection.verdict is Verdict.OK
    assert first.end() == 0
    station.start()
    screen.shows(station.wait_fault(ErrorCode.DISK_DAYS_LEFT))
    assert station.inspect().inspection.verdict is Verdict.OK, "only a warning"
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(140 * 2**20))
    screen.shows(station.wait_fault(ErrorCode.DISK_TOO_LOW, 3))
    not_inspected(station.inspect(), ErrorCode.DISK_TOO_LOW)
    resize(disk, "200m")
    with filled(disk / "rest"):
        uid = station.ask()
        seen = station.wait(Inspected, lambda event: event.inspection.uid == uid)
        told = station.wait_fault(ErrorCode.STORE_DISK_FULL)
        screen.shows(told)
        assert seen.inspection.verdict is Verdict.NOT_INSPECTED
    assert station.recorded(uid).inspection.verdict is Verdict.NOT_INSPECTED
    resize(disk, "2g")
    ballast.unlink()
    station.judges_again(BY_NAME["disk-full"].seconds or 0)
    assert station.end() == 0
    all_kept(station)


@pytest.mark.fault("slow-disk")
@pytest.mark.fault("clock-jump")
def test_a_slow_disk_and_a_clock_that_jumps(running: Station, screen: Screen) -> None:
    with running.suffering("fsync", 0.15):
        for _ in range(4):
            assert running.inspect().inspection.verdict is Verdict.OK
        screen.shows(running.wait_fault(ErrorCode.DISK_SLOW, 3))
    running.order("wall", -3600)
    told = running.wait_fault(ErrorCode.CLOCK_JUMPED, 3)
    assert isinstance(told, Warned)
    screen.shows(told)
    for _ in range(3):
        assert running.inspect().inspection.verdict is Verdict.OK
    assert running.end() == 0
    rows = all_kept(running)
    assert len(rows) == 8
    assert all(a.part.number < b.part.number for a, b in pairwise(rows))
    assert all(a.at_ms < b.at_ms for a, b in pairwise(rows)), "the order of the parts is kept"


@pytest.mark.fault("database-locked")
def test_another_program_locks_the_records(running: Station, screen: Screen) -> None:
    with closing(sqlite3.connect(running.data / "records.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        uid = running.ask()
        screen.shows(running.wait_fault(ErrorCode.STORE_LOCKED, 8))
        other.execute("ROLLBACK")
    not_inspected(running.recorded(uid), ErrorCode.STORE_LOCKED)
    running.judges_again(BY_NAME["database-locked"].seconds or 0)
    assert running.end() == 0
    all_kept(running)


@pytest.mark.fault("database-corrupt")
def test_the_records_are_damaged_while_it_runs(running: Station, screen: Screen) -> None:
    before = [running.inspect().inspection.uid for _ in range(3)]
    path = running.data / "records.sqlite"
    for name in (path, path.with_name("records.sqlite-wal")):
        with name.open("r+b") as file:
            file.write(os.urandom(max(4096, name.stat().st_size)))
    running.judges_again(BY_NAME["database-corrupt"].seconds or 0)
    assert list(running.data.glob("records.sqlite.broken-*")), "moved aside, and not deleted"
    screen.shows(running.wait_fault(ErrorCode.STORE_SET_ASIDE))
    screen.shows(running.wait_fault(ErrorCode.STORE_REBUILT, 15))
    assert {ErrorCode.STORE_SET_ASIDE, ErrorCode.STORE_REBUILT} <= set(banners(running.data))
    assert running.end() == 0
    rows = {row.uid: row.verdict for row in all_kept(running)}
    assert [rows[one] for one in before] == [Verdict.OK] * 3, "brought back from the pictures"


@pytest.mark.fault("database-missing")
def test_the_records_are_gone(running: Station, make_station: MakeStation, screen: Screen) -> None:
    kept = [running.inspect().inspection.uid for _ in range(3)]
    assert running.end() == 0
    all_kept(running)
    for path in running.data.glob("records.sqlite*"):
        path.unlink()
    station = make_station(running.data)
    station.start()
    began = time.monotonic()
    screen.shows(station.wait_fault(ErrorCode.STORE_MISSING))
    station.judges_again(BY_NAME["database-missing"].seconds or 0)
    screen.shows(station.wait_fault(ErrorCode.STORE_REBUILT, 15, began))
    assert ErrorCode.STORE_MISSING in banners(station.data)
    assert station.end() == 0
    assert set(kept) <= {row.uid for row in all_kept(station)}


@pytest.mark.fault("broken-configuration")
def test_the_settings_are_broken(tmp_path: Path, make_station: MakeStation, screen: Screen) -> None:
    data = tmp_path / "data"
    prepare(data)
    for operator in ("Ana", "Bo"):
        save_settings(data, load_settings(data).model_copy(update={"operator": operator}))
    (data / "settings.toml").write_bytes(b'schema_version = 1\noperator = "\xff\xfe')
    station = make_station(data)
    station.start()
    screen.shows(Warned(banners(data)[ErrorCode.SETTINGS_RESTORED]))
    entry = station.inspect()
    assert entry.inspection.verdict is Verdict.OK
    assert entry.inspection.operator == "Ana", "by the last good settings"
    assert station.end() == 0
    all_kept(station)


@pytest.mark.fault("broken-configuration")
@pytest.mark.usefixtures("qapp")
def test_without_good_settings_it_does_not_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare(data)
    (data / "settings.toml").write_text("camera = 7\n", "utf-8")
    words = ("run", "--headless", "--json", "--data", data)
    answer = command(tmp_path, *words, language="zh_CN")
    facts = assert_says(answer, 1, ErrorCode.SETTINGS_BROKEN, "zh_CN")
    says_in_each_language(Fault(ErrorCode.SETTINGS_BROKEN, tuple(facts.items())))
    assert answer.parts == []
