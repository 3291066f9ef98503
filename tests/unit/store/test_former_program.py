"""The program as it was before the newest form of the records: it starts before, and after a fault.

It comes out of this repository's own history and runs as a process of its own.
"""

import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import olden
import pytest

from station.errors import ErrorCode, StoreError
from station.store.before_upgrade import copies
from station.store.former import restore_former
from station.store.migrations import SCRIPTS
from station.store.schema import DATABASE_NAME, REVISIONS
from station.store.store import Store
from station.store.verify import verify
from tests.conftest import ROOT
from tests.program import Answer, environment

Program = Callable[..., Answer]


def git(*words: str) -> bytes:
    done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, check=False)
    if done.returncode or not done.stdout:
        pytest.skip(f"this needs the history of the repository: git {' '.join(words)}")
    return done.stdout


def old_programs(place: Path) -> Iterator[Program]:
    """What ran before the newest form came, the latest first: not every commit was whole."""
    (newest,) = (SCRIPTS / "versions").glob(f"r{REVISIONS[-1]}_*.py")
    name = newest.relative_to(ROOT).as_posix()
    added = git("log", "--diff-filter=A", "--format=%H", "-1", "--", name).decode().strip()
    for commit in git("log", "--format=%H", "-8", f"{added}^").decode().split():
        folder = place / commit[:8]
        with tarfile.open(fileobj=BytesIO(git("archive", commit, "station", "resources"))) as tar:
            tar.extractall(folder, filter="data")
        yield partial(run, folder)


def run(place: Path, *words: object) -> Answer:
    """Run the program that lies there, in a home of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "station", *map(str, words)],
        cwd=place,
        env=environment(place.parent) | {"PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def test_the_former_program_goes_on_after_a_failed_upgrade_and_after_the_way_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    path = data / DATABASE_NAME

    def inspects(program: Program, parts: int) -> Answer:
        return program("run", "--headless", "--demo", "--data", data, "--parts", parts, "--json")

    for old in old_programs(tmp_path / "old"):
        first = inspects(old, 3)
        if first.code == 0:
            break
    assert (first.code, len(first.parts)) == (0, 3), first
    assert olden.form(path) == REVISIONS[-2]

    rows = olden.rows(path)
    olden.newer_program(tmp_path / "newer", "{}['flavour']", monkeypatch.setattr)
    with pytest.raises(StoreError) as caught:
        Store(data).open()
    monkeypatch.undo()
    assert caught.value.code is ErrorCode.UPGRADE_FAILED
    assert (olden.form(path), olden.rows(path)) == (REVISIONS[-2], rows)
    after = inspects(old, 2)
    assert (after.code, [row["part"] for row in after.parts]) == (0, [4, 5]), after

    with Store(data) as store:
        assert store.reader.counts().parts == 5
    assert olden.form(path) == REVISIONS[-1]
    assert [found.good for found in verify(data)] == [True] * 5
    before = olden.digest(path)
    refused = inspects(old, 1)
    assert refused.code == 1
    assert "newer" in refused.err
    assert olden.digest(path) == before

    done = restore_former(data)
    assert (done.copy, done.parts) == (copies(data)[-1], 5)
    again = inspects(old, 1)
    assert (again.code, [row["part"] for row in again.parts]) == (0, [6]), again
