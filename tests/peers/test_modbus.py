"""The hand-shake against what others wrote: a controller in C on libmodbus, and mbpoll."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.domain.inspection import Disposition, Verdict
from station.store.queries import Reader
from tests.faults.rig import prepare
from tests.peers.servers import free_port
from tests.program import COMMAND, environment
from tests.rigs import plc_modbus
from tests.unit.machine.modbus_side import BAD, GOOD, Side, until

pytestmark = pytest.mark.peer

PARTS = int(os.environ.get("STATION_PLC_PARTS", "2000"))
DISK_PARTS = 100
NOISE = 4.0  # a machine that does other things as well may take so many times longer


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if reason := plc_modbus.missing():
        pytest.skip(reason)
    return plc_modbus.build_plc(tmp_path_factory.mktemp("plc"))


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory: what a disk takes for a durable record is no part of the hand-shake."""
    with tempfile.TemporaryDirectory(prefix="station-plc-", dir=plc_modbus._quick()) as name:
        yield Path(name)


def shown(figures: dict[str, plc_modbus.Figure]) -> None:
    print()
    for name, value in figures.items():
        print(f"{name:<26}{value}")


@pytest.mark.slow
def test_two_thousand_parts_each_tenth_late_the_link_cut_twice(
    program: Path, memory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cuts, stops = plc_modbus.places(PARTS, 2, 1)
    run = plc_modbus.work(memory, program, free_port(), PARTS, cuts, stops)
    run.figures["stops"] = len(stops)
    figures = plc_modbus.figures_of(run, str(memory))
    with capsys.disabled():
        shown(figures)
    assert plc_modbus.broken(run, PARTS) == []
    assert run.summary["cuts"] == 2
    assert run.counts.late >= PARTS / 10 * 0.9, "each tenth was late"
    assert run.summary["ok"] > PARTS / 2
    assert run.counts.broken >= 3, "each cut and the stop caught a part under way"
    assert "machine_link_lost" in run.faults
    assert run.summary["busy_ms"]["p99"] <= 10 * NOISE
    whole = float(figures["capture → verdict p99"])
    assert float(figures["trigger → VALID p99"]) <= (whole + 15) * NOISE


def test_the_same_times_on_the_disk_of_this_machine(
    program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only printed: a record is durable before the controller is told, and that is the disk's."""
    run = plc_modbus.work(tmp_path, program, free_port(), DISK_PARTS, [], [])
    with capsys.disabled():
        shown(plc_modbus.figures_of(run, f"{tmp_path} (disk)"))
    assert plc_modbus.broken(run, DISK_PARTS) == []


def mbpoll(port: int, *words: str) -> dict[int, int]:
    """What it prints, by address; it counts from 0 here."""
    program = shutil.which("mbpoll")
    if program is None:
        pytest.skip("mbpoll is missing: apt-get install mbpoll")
    command = [program, "-m", "tcp", "-p", str(port), "-a", "1", "-0", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stdout + done.stderr
    return {int(a): int(b) for a, b in re.findall(r"^\[(\d+)\]:\s+(\d+)", done.stdout, re.M)}


def test_mbpoll_reads_the_map_of_server_mode_and_makes_a_part() -> None:
    """It asks once and goes: without a heartbeat, as by hand."""
    port = free_port()
    says = {1: GOOD, 2: BAD}
    options = {"role": "server", "heartbeat": False, "ack_ms": 20_000, "late_limit": 0}
    with Side(port, lambda number: says[number], **options) as side:
        until(lambda: _up(port))

        def coils() -> dict[int, int]:
            return mbpoll(port, "-t", "0", "-r", "16", "-c", "7", "-1", "127.0.0.1")

        def words() -> dict[int, int]:
            return mbpoll(port, "-t", "4", "-r", "16", "-c", "4", "-1", "127.0.0.1")

        for number, (seq, ok) in enumerate([(41, 1), (65535, 0)], 1):
            until(lambda: coils()[16] == 1)
            mbpoll(port, "-t", "4", "-r", "0", "127.0.0.1", str(seq), "0", str(0x5031))
            mbpoll(port, "-t", "0", "-r", "0", "127.0.0.1", "1")
            until(lambda: coils()[18] == 1)
            seen, told = coils(), words()
            assert (seen[16], seen[17], seen[19], seen[20]) == (0, 0, ok, 1 - ok)
            assert (told[16], told[17], told[18]) == (seq, 1 - ok, 250)
            assert side.serials[-1] == "P1"
            assert len(side.serials) == number
            mbpoll(port, "-t", "0", "-r", "0", "127.0.0.1", "0", "1")
            until(lambda: coils()[18] == 0)
            mbpoll(port, "-t", "0", "-r", "0", "127.0.0.1", "0", "0")
        assert side.machine.counts.ok == side.machine.counts.ng == 1


def _up(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def test_the_station_and_the_simulated_controller_as_programs(tmp_path: Path) -> None:
    """`station serve` and `station plc simulate`, as somebody at a desk would start them."""
    data, address = tmp_path / "data", f"127.0.0.1:{free_port()}"
    prepare(data, machine={"kind": "modbus", "address": address})
    env = environment(tmp_path)
    line = subprocess.Popen([*COMMAND, "serve", "--data", str(data)], env=env)
    try:
        words = ["plc", "simulate", "--address", address, "--every", "0.1", "--parts", "8"]
        done = subprocess.run(
            [*COMMAND, *words, "--json"], env=env, capture_output=True, text=True, timeout=50
        )
    finally:
        line.terminate()
        line.wait(40)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(text) for text in done.stdout.splitlines()]
    parts = [row for row in rows if "seq" in row]
    assert [row["seq"] for row in parts] == list(range(1, 9))
    assert all(row["busy_ms"] is not None for row in parts)
    with Reader(data) as reader:
        records = {entry.inspection.part.serial: entry for entry in reader.after(0, 100)}
    assert set(records) == {row["part_id"] for row in parts}
    for row in parts:
        record = records[row["part_id"]]
        if row["passed"]:
            assert record.inspection.verdict is Verdict.OK
            assert record.disposition is Disposition.RELEASE
    assert any(row["passed"] for row in parts)
