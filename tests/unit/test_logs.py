import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from station import logs
from station.logs import LogFile, is_secret_name, mask, set_up_logs

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def run(folder: Path, body: str, process: str = "line") -> subprocess.CompletedProcess[str]:
    """A process of its own that sets up its logs and does something."""
    code = f"""
import faulthandler, logging, sys, threading
from pathlib import Path
from station.logs import set_up_logs
set_up_logs(Path(sys.argv[1]), {process!r})
log = logging.getLogger("station.some.part")
{body}
"""
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, encoding="utf-8", timeout=60
    )


def test_a_line_tells_all_to_somebody_who_was_not_there(tmp_path: Path) -> None:
    done = run(
        tmp_path / "检测站",
        """
log.info("opened %s", "相机")
log.debug("too much")
logging.getLogger("alembic").info("not ours")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("a part failed")
""",
    )
    assert done.returncode == 0
    first, second = rows(tmp_path / "检测站" / "logs" / "line.jsonl")
    assert first["at"].endswith("Z")
    assert len(first["at"]) == len("2026-11-21T10:00:00.123Z")
    assert first["message"] == "opened 相机"
    assert (first["level"], first["process"], first["thread"]) == ("INFO", "line", "MainThread")
    assert (first["logger"], first["pid"] > 0) == ("station.some.part", True)
    assert "exception" not in first
    assert second["level"] == "ERROR"
    assert second["exception"].startswith("Traceback")
    assert "ZeroDivisionError" in second["exception"]
    # stderr: only what matters, and no traceback for the person at the machine
    assert done.stderr.splitlines() == [
        "ERROR station.some.part: a part failed",
        "  ZeroDivisionError: division by zero",
    ]


def test_what_nobody_caught_is_in_the_log(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        """
thread = threading.Thread(target=lambda: {}["gone"], name="worker")
thread.start()
thread.join()
raise RuntimeError("the end")
""",
    )
    assert done.returncode == 1
    in_thread, at_last = rows(tmp_path / "logs" / "line.jsonl")
    assert in_thread["level"] == at_last["level"] == "CRITICAL"
    assert in_thread["thread"] == "worker"
    assert "KeyError: 'gone'" in in_thread["exception"]
    assert "RuntimeError: the end" in at_last["exception"]


def test_a_native_crash_leaves_the_stacks(tmp_path: Path) -> None:
    for _ in range(2):
        done = run(tmp_path, "def deep():\n    faulthandler._sigsegv()\ndeep()")
        assert done.returncode != 0
    text = (tmp_path / "logs" / "line.crash").read_text("utf-8")
    assert text.count("Segmentation fault") == text.count("in deep") == 2
    assert text.count("─── ") == 2


def test_a_crash_file_does_not_grow_for_ever(tmp_path: Path) -> None:
    crash = tmp_path / "logs" / "line.crash"
    crash.parent.mkdir()
    crash.write_bytes(b"x" * (logs.CRASH_BYTES + 1))
    assert run(tmp_path, "").returncode == 0
    assert crash.stat().st_size < 200


@pytest.fixture
def own_log(tmp_path: Path) -> Iterator[tuple[logging.Logger, Path]]:
    """A logger with nothing but a small log file."""
    log, path = logging.getLogger("tests.own"), tmp_path / "line.jsonl"
    handler = LogFile(path, "line")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    yield log, path
    log.removeHandler(handler)
    handler.close()


def set_file_bytes(log: logging.Logger, size: int) -> None:
    (handler,) = (one for one in log.handlers if isinstance(one, LogFile))
    handler.maxBytes = size


def test_files_rotate_by_size_and_the_oldest_goes(own_log: tuple[logging.Logger, Path]) -> None:
    log, path = own_log
    set_file_bytes(log, 2000)
    for number in range(300):
        log.info("line %d", number)
    files = sorted(path.parent.glob("line.jsonl*"))
    assert [file.name for file in files] == [
        "line.jsonl",
        *(f"line.jsonl.{n}" for n in range(1, 6)),
    ]
    assert all(file.stat().st_size <= 2000 for file in files)
    kept = [row["message"] for file in [*files[:0:-1], files[0]] for row in rows(file)]
    assert kept == [f"line {number}" for number in range(300 - len(kept), 300)]
    assert 50 < len(kept) < 100


def test_many_threads_write_whole_lines_across_rotations(
    own_log: tuple[logging.Logger, Path],
) -> None:
    log, path = own_log
    set_file_bytes(log, 60_000)

    def write(who: int) -> None:
        for number in range(200):
            log.info("%d/%d %s", who, number, "检" * 20)

    threads = [threading.Thread(target=write, args=(who,)) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = list(path.parent.glob("line.jsonl*"))
    assert len(files) > 3
    seen = [row["message"].split()[0] for file in files for row in rows(file)]
    assert sorted(seen) == sorted(f"{who}/{number}" for who in range(6) for number in range(200))


def test_a_file_that_somebody_holds_is_gone_on_with(
    own_log: tuple[logging.Logger, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a viewer keeps the file from being renamed."""
    log, path = own_log
    set_file_bytes(log, 1000)
    older = path.with_name("line.jsonl.1")
    older.write_text("{}\n")

    def held(self: LogFile, source: str, target: str) -> None:
        raise PermissionError(13, "held by another", source)

    monkeypatch.setattr(LogFile, "rotate", held)
    for number in range(30):
        log.info("line %d", number)
    assert [row["message"] for row in rows(path)] == [f"line {number}" for number in range(30)]
    assert (path.with_name("line.jsonl.2")).read_text() == "{}\n"  # moved once, not away


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    blocked = tmp_path / "logs"
    blocked.write_text("a file where the folder should be")
    done = run(tmp_path, 'for _ in range(5):\n    log.warning("work goes on")')
    assert done.returncode == 0
    first, *others = done.stderr.splitlines()
    assert "no log is kept" in first
    assert str(tmp_path) in first
    assert others == ["WARNING station.some.part: work goes on"] * 5


def test_a_full_disk_is_said_once_and_stops_nothing(mounted: Callable[[str], Path]) -> None:
    disk = mounted("size=64k")
    done = run(
        disk,
        """
for _ in range(100):
    log.info("x" * 1000)
(Path(sys.argv[1]) / "logs" / "line.jsonl").write_bytes(b"")
log.info("room again")
for _ in range(100):
    log.info("x" * 1000)
""",
    )
    assert done.returncode == 0, done.stderr
    said = done.stderr.splitlines()
    assert 1 <= len(said) <= 2
    assert all("cannot be written" in line and "No space left" in line for line in said)


def test_each_process_has_its_own_files(tmp_path: Path) -> None:
    for process in ("line", "window"):
        run(tmp_path, 'log.warning("here")', process)
    names = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert names == ["line.crash", "line.jsonl", "window.crash", "window.jsonl"]


def test_closing_undoes_all_of_it(tmp_path: Path) -> None:
    root, ours = logging.getLogger(), logging.getLogger("station")
    before = (list(root.handlers), [h.level for h in root.handlers], ours.level, sys.excepthook)
    with set_up_logs(tmp_path, "line"):
        ours.info("kept")
        assert len(root.handlers) == len(before[0]) + 1
    assert before == (
        list(root.handlers),
        [h.level for h in root.handlers],
        ours.level,
        sys.excepthook,
    )
    assert [row["message"] for row in rows(tmp_path / "logs" / "line.jsonl")] == ["kept"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("rtsp://admin:geheim@10.0.0.7:554/1", "rtsp://admin:***@10.0.0.7:554/1"),
        ("rtsp://admin:p@ss/wo:rd@cam/1 lost", "rtsp://admin:***@cam/1 lost"),
        ("postgresql+psycopg://u:x y://b:z@h", "postgresql+psycopg://u:x y://b:***@h"),
        ("s3 secret_access_key=abc/def+1, next", "s3 secret_access_key=***, next"),
        ('{"aws_secret": "abc def", "n": 1}', '{"aws_secret": ***, "n": 1}'),
        ("(('password', 'a b'), ('path', '/x'))", "(('password', ***), ('path', '/x'))"),
        ("?X-Amz-Signature=0af&X-Amz-Date=5", "?X-Amz-Signature=***&X-Amz-Date=5"),
        ("Authorization: Bearer eyJhbGciOi.J9", "Authorization: ***"),
        ("got Bearer eyJhbGciOi.J9 back", "got Bearer *** back"),
        ("PIN: 123456; badge=0042", "PIN: ***; badge=***"),
        ("key AKIAIOSFODNN7EXAMPLE.", "key ***."),
    ],
)
def test_secrets_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "rtsp://10.0.0.7:554/stream1",
        "http://cam/a?b=c",
        "part 17 (serial A:1@2) of 12:30:05",
        "spin=3 pinned: 4 badges 5",
        "mail to a@b",
        "C:\\Users\\x: denied",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert mask(text) == text


def test_masking_a_long_line_takes_no_time() -> None:
    for text in ("a" * 10_000, "a-" * 5_000, "secret" * 1_600, "://:" * 2_500, "@:" * 5_000):
        mask(text)  # the time limit of the test is what it must keep


def test_no_secret_reaches_file_or_stderr(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        """
address = "rtsp://admin:geheim@10.0.0.7/1"
log.warning("camera %s lost", address)
try:
    raise OSError(f"cannot open {address}")
except OSError:
    log.exception("token=geheim")
raise ValueError("password: geheim")
""",
    )
    text = (tmp_path / "logs" / "line.jsonl").read_text("utf-8")
    assert text.count(logs.MASK) >= 4
    # the traceback at the very end is Python's own, on stderr only
    assert "geheim" not in text + done.stderr.split("Traceback")[0]


def test_names_of_secrets() -> None:
    for name in ("password", "s3_secret_key", "api-key", "PIN", "badge", "user_pin"):
        assert is_secret_name(name)
    for name in ("operator", "opinion", "keys", "path", "pinion"):
        assert not is_secret_name(name)
