"""Processes that crash, hang, starve or sleep: another takes over, and no part slips through."""

import os
import signal
import time
from pathlib import Path

import pytest

from station.board import Role
from station.domain.inspection import Verdict
from station.errors import ErrorCode, Fault
from station.pipeline.events import Inspected
from tests.faults.conftest import MakeStation
from tests.faults.rig import Station, all_kept, not_inspected, prepare
from tests.faults.screen import Screen, says_in_each_language
from tests.faults.table import BY_NAME
from tests.program import assert_says
from tests.program import station as command

REMOVED = "DmlCommandRecorder.cpp: 887A0005 The GPU device instance has been suspended."
NO_MEMORY = "BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer"


def promised(name: str) -> float:
    """Within so many seconds."""
    return BY_NAME[name].seconds or 0.0


def dies(station: Station, screen: Screen, name: str, order: str, text: object) -> None:
    """The line dies with a part in work; another one settles that part, and judges the next."""
    pid = station.board.up(Role.LINE)
    station.order(order, text)
    began = time.monotonic()
    uid = station.ask()
    lost = station.wait_fault(ErrorCode.LINE_LOST, 5, began)
    screen.shows(lost)
    station.judges_again(promised(name) - (time.monotonic() - began))
    assert station.board.up(Role.LINE) not in (0, pid)
    screen.shows(station.wait_fault(ErrorCode.LINE_RESTARTED, 5, began))
    screen.shows(station.wait_fault(ErrorCode.PARTS_INTERRUPTED, 5, began))
    not_inspected(station.recorded(uid), ErrorCode.PART_INTERRUPTED)


@pytest.fixture
def running(tmp_path: Path, make_station: MakeStation) -> Station:
    """A station that has judged a part."""
    prepare(tmp_path / "data")
    station = make_station(tmp_path / "data")
    station.start()
    assert station.inspect().inspection.verdict is Verdict.OK
    return station


@pytest.mark.fault("native-crash")
@pytest.mark.fault("hang")
def test_a_line_that_crashes_or_hangs_is_replaced(running: Station, screen: Screen) -> None:
    dies(running, screen, "native-crash", "look-crash", int(signal.SIGSEGV))
    left = [path.read_text("utf-8") for path in (running.data / "logs").glob("*.crash")]
    assert any("Segmentation fault" in text for text in left), "where each thread was is kept"
    dies(running, screen, "hang", "look-hang", 1)
    assert running.end() == 0
    all_kept(running)


@pytest.mark.fault("hang")
def test_a_process_without_life_is_replaced(running: Station, screen: Screen) -> None:
    pid, began = running.board.up(Role.LINE), time.monotonic()
    os.kill(pid, signal.SIGSTOP)
    screen.shows(running.wait_fault(ErrorCode.LINE_LOST, 5, began))
    running.judges_again(promised("hang") - (time.monotonic() - began))
    with running.suffering("grab-hang", 1):
        began = time.monotonic()
        running.wait_fault(ErrorCode.LINE_LOST, 8, began)
    running.judges_again(promised("hang"))
    assert running.end() == 0
    all_kept(running)


@pytest.mark.fault("device-removed")
@pytest.mark.fault("out-of-memory")
def test_what_only_a_new_process_cures(running: Station, screen: Screen) -> None:
    cured(running, screen, "out-of-memory", NO_MEMORY, ErrorCode.OUT_OF_MEMORY)
    cured(running, screen, "device-removed", REMOVED, ErrorCode.DEVICE_LOST)
    began = time.monotonic()
    told = running.wait_fault(ErrorCode.PROVIDER_FELL_BACK, 1, 0.0)
    screen.shows(told)
    assert time.monotonic() - began < 2
    assert running.end() == 0
    all_kept(running)


def cured(station: Station, screen: Screen, name: str, text: str, code: ErrorCode) -> None:
    """One part meets it; the line is replaced, says why, and judges the next."""
    began = time.monotonic()
    station.order("look-once", text)
    entry = station.recorded(station.ask())
    not_inspected(entry, code)
    uid = entry.inspection.uid
    screen.shows(station.wait(Inspected, lambda event: event.inspection.uid == uid))
    screen.shows(station.wait_fault(ErrorCode.LINE_RESTARTED, promised(name), began))
    station.judges_again(promised(name) - (time.monotonic() - began))


@pytest.mark.fault("memory-leak")
@pytest.mark.fault("sleep")
def test_a_leak_and_a_sleep_end_in_a_fresh_process(
    tmp_path: Path, make_station: MakeStation, screen: Screen
) -> None:
    prepare(tmp_path / "data")
    station = make_station(tmp_path / "data")
    station.order("watches", 4)  # looks instead of two minutes
    station.start()
    time.sleep(5.0)
    renewed(station, screen, "memory-leak", ("leak", 6), ErrorCode.MEMORY_GROWN)
    time.sleep(3.0)  # until the new one has looked at its clocks
    renewed(station, screen, "sleep", ("asleep", 600), ErrorCode.SLEPT)
    assert station.end() == 0
    assert {row.verdict for row in all_kept(station)} <= {Verdict.OK, Verdict.NOT_INSPECTED}


def renewed(
    station: Station, screen: Screen, name: str, order: tuple[str, int], code: ErrorCode
) -> None:
    """The line says why, ends between two parts, and a fresh one judges on."""
    pid, began = station.board.up(Role.LINE), time.monotonic()
    station.order(*order)
    assert station.inspect().inspection.fault is None or code is ErrorCode.SLEPT
    screen.shows(station.wait_fault(code, 20, began))
    station.order(order[0])
    began = time.monotonic()
    screen.shows(station.wait_fault(ErrorCode.LINE_RESTARTED, promised(name), began))
    station.judges_again(promised(name) - (time.monotonic() - began))
    assert station.board.up(Role.LINE) not in (0, pid)


@pytest.mark.fault("power-loss")
def test_all_dies_at_once_and_is_there_again(
    tmp_path: Path, make_station: MakeStation, screen: Screen
) -> None:
    prepare(tmp_path / "data")
    before, after = (make_station(tmp_path / "data") for _ in range(2))
    before.start()
    kept = [before.inspect().inspection.uid for _ in range(3)]
    before.order("look-slow", 5)
    uid = before.ask()
    before.cut_power()
    began = time.monotonic()
    after.start()
    assert time.monotonic() - began <= promised("power-loss")
    screen.shows(after.wait_fault(ErrorCode.PARTS_INTERRUPTED))
    not_inspected(after.recorded(uid), ErrorCode.PART_INTERRUPTED)
    assert after.inspect().inspection.verdict is Verdict.OK
    assert after.end() == 0
    uids = [row.uid for row in all_kept(after)]
    assert uids[:4] == [*kept, uid]


@pytest.mark.fault("two-instances")
@pytest.mark.usefixtures("qapp")
def test_a_second_start_leaves_the_first_alone(running: Station, tmp_path: Path) -> None:
    words = ("run", "--headless", "--json", "--data", running.data)
    facts = assert_says(
        command(tmp_path, *words, language="de"), 1, ErrorCode.DATA_FOLDER_IN_USE, "de"
    )
    says_in_each_language(Fault(ErrorCode.DATA_FOLDER_IN_USE, tuple(facts.items())))
    assert facts["path"] == str(running.data)
    shown = command(tmp_path, "run", "--data", running.data)
    assert shown.code == 0, "it brought the first to the front"
    assert running.inspect().inspection.verdict is Verdict.OK
    assert running.end() == 0
    assert len(all_kept(running)) == 2
