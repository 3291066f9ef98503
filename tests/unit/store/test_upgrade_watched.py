"""A long upgrade in the process of the line: it shows life and is told; a fault ends in words."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import olden
import pytest

from station.board import Board, Role, make_runtime_folder, read_failed, read_upgrade
from station.errors import ErrorCode
from station.launch import LINE_SILENCE
from station.store.before_upgrade import copies
from station.store.schema import DATABASE_NAME, REVISIONS
from station.supervisor import Job, supervise

SLOW = (
    "import time\n"
    "until = time.monotonic() + 1.5 * {silence}\n"
    "while time.monotonic() < until:\n"  # statements of seconds, each without a word to Python
    "    run('WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 9000000)'\n"
    "        ' SELECT max(n) FROM c')"
)
LINE = """
import sys
from pathlib import Path
from station.errors import StationError
from station.plan import RunChoice
from station.service import serve_line
from station.supervisor import read_orders
data = Path({data!r})
try:
    sys.exit(serve_line(RunChoice(data, demo=True), data, read_orders()))
except StationError as error:
    sys.exit(1)
"""


class Watched:
    """The line of a newer program under the real supervisor, in a thread."""

    def __init__(self, data: Path, place: Path, body: str) -> None:
        what = LINE.format(data=str(data))
        command = [sys.executable, olden.__file__, str(place), body, what]
        job = Job(Role.LINE, command, LINE_SILENCE, spare=False)
        self.ended: list[int] = []
        self.folder = make_runtime_folder(data)
        self.board = Board(self.folder)
        self._thread = threading.Thread(target=lambda: self.ended.append(supervise(data, (job,))))
        self._thread.start()

    def wait(self, seconds: float = 40.0) -> None:
        self._thread.join(seconds)
        assert not self._thread.is_alive()
        self.board.close()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    olden.make_records(tmp_path / "data", REVISIONS[-1])
    return tmp_path / "data"


@pytest.mark.skipif(sys.platform == "win32", reason="ended by a signal")
def test_a_long_upgrade_is_not_taken_for_a_line_that_hangs(data: Path, tmp_path: Path) -> None:
    watched = Watched(data, tmp_path / "newer", SLOW.format(silence=LINE_SILENCE))
    told: set[float] = set()
    begun, until = 0.0, time.monotonic() + 60
    while not watched.board.up(Role.LINE):
        share = read_upgrade(watched.folder)
        if share is not None:
            begun = begun or time.monotonic()
            told.add(share)
        assert not watched.ended
        assert time.monotonic() < until
        time.sleep(0.02)
    assert time.monotonic() - begun > 1.5 * LINE_SILENCE
    assert 0.5 in told
    assert read_upgrade(watched.folder) is None
    assert watched.board.starts(Role.LINE) == 0
    os.kill(watched.board.up(Role.LINE), signal.SIGTERM)
    watched.wait()
    assert watched.ended == [0]
    assert olden.form(data / DATABASE_NAME) == olden.NEXT


def test_a_failed_upgrade_ends_the_station_with_its_words(data: Path, tmp_path: Path) -> None:
    before = olden.digest(data / DATABASE_NAME)
    failed = None
    watched = Watched(data, tmp_path / "newer", "{}['flavour']")
    while not watched.ended:
        failed = read_failed(watched.folder) or failed
        time.sleep(0.02)
    watched.wait()
    assert watched.ended == [1]
    assert failed is not None
    code, facts, _ = failed
    assert code == ErrorCode.UPGRADE_FAILED
    assert dict(facts)["copy"] == str(copies(data)[0])
    assert olden.digest(data / DATABASE_NAME) == before
