"""`station pin`: set, asked for and cleared by whoever may write the data folder."""

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest

from station.access import FILE_NAME, check_pin, pin_is_set, set_pin
from station.errors import ErrorCode
from station.store.backup import backup
from station.store.store import Store
from station.support import support_bundle
from tests.program import COMMAND, Answer, environment, station

pytestmark = pytest.mark.usefixtures("qapp")
PIN, OTHER = "428193", "581947"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data 数据"


def pin_set(home: Path, data: Path, line: str, *more: str) -> Answer:
    """With that on its input."""
    done = subprocess.run(
        [*COMMAND, "pin", "set", "--data", str(data), *more],
        env=environment(home),
        input=line,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert PIN not in done.stdout + done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


def test_from_nothing_to_a_pin_and_back(tmp_path: Path, data: Path) -> None:
    answer = station(tmp_path, "pin", "status", "--data", data, "--json")
    assert (answer.code, answer.rows[0]["set"]) == (0, False)
    assert not data.exists()  # who only looks leaves nothing behind
    answer = pin_set(tmp_path, data, PIN + "\n", "--json")
    assert (answer.code, answer.rows) == (0, [{"folder": str(data), "set": True}])
    assert check_pin(data, PIN).right
    check_pin(data, OTHER)
    answer = station(tmp_path, "pin", "status", "--data", data, "--json")
    assert answer.rows == [
        {"folder": str(data), "set": True, "tries_left": 4, "pause_seconds": 0.0}
    ]
    answer = station(tmp_path, "pin", "clear", "--data", data, "--json")
    assert (answer.code, answer.rows) == (0, [{"folder": str(data), "set": False}])
    assert not pin_is_set(data)


def test_a_forgotten_one_is_replaced_and_its_pause_ends(tmp_path: Path, data: Path) -> None:
    set_pin(data, PIN)
    for _ in range(5):
        check_pin(data, OTHER)
    answer = station(tmp_path, "pin", "status", "--data", data, "--json")
    assert 0 < answer.rows[0]["pause_seconds"] <= 30
    assert pin_set(tmp_path, data, OTHER).code == 0
    assert check_pin(data, OTHER).right


@pytest.mark.parametrize(
    ("line", "code"),
    [("", ErrorCode.PIN_UNFIT), ("123456\n", ErrorCode.PIN_EASY)],
)
def test_what_is_no_pin_is_wrong_use(
    tmp_path: Path, data: Path, line: str, code: ErrorCode
) -> None:
    answer = pin_set(tmp_path, data, line, "--json")
    assert answer.code == 2
    assert answer.error["error"] == code
    assert answer.err.strip()
    assert not pin_is_set(data)


def test_a_pin_is_never_taken_from_the_command_itself(tmp_path: Path, data: Path) -> None:
    answer = station(tmp_path, "pin", "set", PIN, "--data", data)
    assert answer.code == 2
    assert not pin_is_set(data)


def test_a_damaged_file_is_told_and_cured(tmp_path: Path, data: Path) -> None:
    set_pin(data, PIN)
    (data / FILE_NAME).write_text("{")
    answer = station(tmp_path, "pin", "status", "--data", data, "--json")
    assert answer.code == 1
    assert answer.error["error"] == ErrorCode.PIN_BROKEN
    assert "station pin set" in answer.err
    assert pin_set(tmp_path, data, PIN).code == 0
    assert check_pin(data, PIN).right


def test_each_change_stands_in_the_audit_trail(tmp_path: Path, data: Path) -> None:
    with Store(data):
        pass
    pin_set(tmp_path, data, PIN)
    station(tmp_path, "pin", "clear", "--data", data)
    with Store(data) as store:
        told = [one for one in store.reader.audit(50) if one.action == "pin"]
    codes = [one.fault.code for one in told if one.fault is not None]
    assert codes == [ErrorCode.PIN_CLEARED, ErrorCode.PIN_SET]


def test_the_hash_leaves_the_folder_in_no_backup_and_no_support_file(
    tmp_path: Path, data: Path
) -> None:
    with Store(data):
        pass
    set_pin(data, PIN)
    backup(data, tmp_path / "backup")
    bundle = support_bundle(data, tmp_path / "support.zip", with_images=True)
    kept = json.loads((data / FILE_NAME).read_text())["key"]
    copied = [path for path in (tmp_path / "backup").rglob("*") if path.is_file()]
    assert copied
    assert not [path for path in copied if kept.encode() in path.read_bytes()]
    with ZipFile(bundle) as files:
        assert files.namelist()
        assert not [one for one in files.namelist() if kept.encode() in files.read(one)]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
@pytest.mark.parametrize(("again", "code"), [(PIN, 0), (OTHER, 1)])
def test_on_a_terminal_it_is_asked_for_twice_and_not_shown(
    tmp_path: Path, data: Path, again: str, code: int
) -> None:
    import pty

    master, slave = pty.openpty()
    command = [*COMMAND, "pin", "set", "--data", str(data)]
    process = subprocess.Popen(
        command,
        env=environment(tmp_path),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    seen = ""
    try:
        for question, pin in (("New PIN: ", PIN), ("New PIN once more: ", again)):
            seen = _read_until(master, question, seen)
            time.sleep(0.2)  # the terminal is made silent first
            os.write(master, pin.encode() + b"\n")
        assert process.wait(30) == code
        seen += _rest(master)
    finally:
        process.kill()
        process.wait()
        os.close(master)
    assert PIN not in seen
    assert pin_is_set(data) == (code == 0)


def _read_until(master: int, words: str, seen: str) -> str:
    deadline = time.monotonic() + 30
    while words not in seen:
        assert time.monotonic() < deadline, seen
        if select.select([master], [], [], 0.2)[0]:
            seen += os.read(master, 4096).decode()
    return seen


def _rest(master: int) -> str:
    try:
        return os.read(master, 65536).decode()
    except OSError:  # nobody writes there any more
        return ""


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = pin_set(tmp_path, tmp_path / "file" / "data", PIN, "--json")
    assert answer.code != 0
    assert answer.error["error"] in (
        ErrorCode.OUTPUT_NOT_WRITABLE,
        ErrorCode.DATA_FOLDER_NOT_WRITABLE,
    )
