"""What was acknowledged is there, however often and whenever the writer is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from station.store.images import INCOMING
from station.store.queries import Reader
from station.store.store import Store
from station.store.verify import stray_files, verify

KILLS = 50
WRITER = Path(__file__).with_name("store_writer.py")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(WRITER), str(tmp_path / "data")]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        yield process
        process.stdin.close()


def one_kill(process: subprocess.Popen[str], wait_for: str, delay: float) -> list[str]:
    """Start a child, kill it `delay` seconds after it said `wait_for`; all that it said."""
    process.stdin.write("\n")
    process.stdin.flush()
    said, pid, killed = [], 0, False
    for line in lines(process.stdout):
        if line.startswith("P"):
            pid = int(line.split()[1])
        elif line == "X":
            return said
        else:
            said.append(line)
        if pid and not killed and (wait_for == "P" or any(s[0] == wait_for for s in said)):
            time.sleep(delay)
            os.kill(pid, signal.SIGKILL)
            killed = True
    raise AssertionError("the writer ended by itself")


def lines(stream: IO[str]) -> Iterator[str]:
    for line in stream:
        yield line.rstrip("\n")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer forks; Windows has no fork")
def test_fifty_kills_lose_nothing_that_was_acknowledged(writer, tmp_path):
    rng = random.Random(20)
    folder = tmp_path / "data"
    acknowledged: list[str] = []
    for turn in range(KILLS):
        # While the store opens (the first time: while the tables are made), or while it writes.
        wait_for = "PAA"[turn % 3]
        said = one_kill(writer, wait_for, rng.uniform(0, 0.03 if wait_for == "P" else 0.06))
        acknowledged += [line.split()[1] for line in said if line.startswith("A")]
    assert len(acknowledged) >= KILLS

    with Store(folder) as store:  # the next start works, and keeps half-written files for a while
        numbers = [entry.inspection.part.number for entry in store.reader.after(0, 10**6)]
    assert numbers == list(range(1, len(numbers) + 1))
    rows = list(verify(folder))
    assert [row for row in rows if not row.good] == []
    assert set(acknowledged) <= {row.uid for row in rows}
    assert len(acknowledged) <= len(rows) <= len(acknowledged) + KILLS

    half_written = list((folder / INCOMING).iterdir())
    old = time.time() - 601
    for path in (folder / "images").rglob("*.*"):
        os.utime(path, (old, old))
    strays = list(stray_files(folder))
    assert len(strays) <= KILLS  # at most one for each kill: half-written, or not yet a row
    with Store(folder):
        pass
    assert list((folder / INCOMING).iterdir()) == []
    assert len(list(stray_files(folder))) == len(strays) - len(half_written)
    with Reader(folder) as reader:
        assert reader.counts().parts == len(rows)
