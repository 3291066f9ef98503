"""Who dies or hangs is started anew, but not for ever; who ends well ends everything."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station import supervisor
from station.board import EXIT_CHANGED_OVER, Board, Role, make_runtime_folder, runtime_folder
from station.supervisor import Job, Orders, encode_orders, supervise

LIVE = """
import json, sys, threading, time
from pathlib import Path
from station.board import Board, Role, make_runtime_folder, write_failed
from station.supervisor import on_end, read_orders
data, role = Path(sys.argv[1]), Role(int(sys.argv[2]))
orders = read_orders()
if orders is None:
    sys.exit(0)
board = Board(make_runtime_folder(data))
with (data / f"{role.name}.log").open("a") as log:
    log.write(json.dumps([orders.restarted, orders.degraded]) + "\\n")
gone = threading.Event()
on_end(gone.set)
hangs = threading.Event()
def beat():
    while not hangs.wait(0.05):
        board.beat(role)
threading.Thread(target=beat, daemon=True).start()
"""
STAYS = "board.set_up(role)\ngone.wait()\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(supervisor, "SPARE_SECONDS", 0.3)
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def job(data: Path, body: str, role: Role = Role.LINE, final: bool = False) -> Job:
    command = [sys.executable, "-c", LIVE + body, str(data), str(int(role))]
    return Job(role, command, 1.5, final)


def starts(data: Path, role: Role = Role.LINE) -> list[str]:
    path = data / f"{role.name}.log"
    return path.read_text().splitlines() if path.exists() else []


def until(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_one_that_ends_well_ends_all(data: Path) -> None:
    jobs = (job(data, STAYS), job(data, "time.sleep(0.3)\n", Role.WINDOW))
    assert supervise(data, jobs) == 0
    assert len(starts(data)) == len(starts(data, Role.WINDOW)) == 1
    assert starts(data) == ['["", false]']


def test_one_that_dies_is_started_anew_with_the_reason(
    data: Path, no_logged_errors: list[str]
) -> None:
    dies_once = (
        "import os, signal\n"
        "if not orders.restarted: os.kill(os.getpid(), signal.SIGKILL)\n"
        "time.sleep(0.3)\n"
    )
    assert supervise(data, (job(data, dies_once),)) == 0
    assert starts(data) == ['["", false]', '["signal 9", false]']


def test_one_that_hangs_is_killed_and_started_anew(data: Path, no_logged_errors: list[str]) -> None:
    hangs_once = "if not orders.restarted: time.sleep(0.3); hangs.set(); time.sleep(60)\n"
    begun = time.monotonic()
    assert supervise(data, (job(data, hangs_once),)) == 0
    assert len(starts(data)) == 2
    assert time.monotonic() - begun < 20
    assert any("no life" in line for line in no_logged_errors)
    no_logged_errors.clear()


def test_a_window_may_be_silent_while_it_is_filled(data: Path) -> None:
    body = "time.sleep(0.2)\nhangs.set()\ntime.sleep(2.5)\nsys.exit(0)\n"
    assert supervise(data, (job(data, STAYS), job(data, body, Role.WINDOW))) == 0
    assert len(starts(data, Role.WINDOW)) == 1


def test_after_five_starts_within_a_minute_it_rests_and_says_so(
    data: Path, no_logged_errors: list[str]
) -> None:
    window = job(
        data,
        "board.set_up(role)\nwhile not (data / 'end').exists(): gone.wait(0.05)\n",
        Role.WINDOW,
    )
    ended: list[int] = []
    thread = threading.Thread(
        target=lambda: ended.append(supervise(data, (job(data, "sys.exit(3)\n"), window)))
    )
    thread.start()
    board = Board(make_runtime_folder(data))
    until(lambda: board.given_up(Role.LINE))
    count = len(starts(data))
    assert count == supervisor.MOST_STARTS + 1  # the first, and five more
    time.sleep(1.0)
    assert len(starts(data)) == count
    assert any("5 times" in line for line in no_logged_errors)
    no_logged_errors.clear()
    pid = board.up(Role.WINDOW)
    os.kill(pid, signal.SIGKILL)  # the window is started anew all the same
    until(lambda: board.up(Role.WINDOW) not in (0, pid))
    (data / "end").touch()
    thread.join(20)
    board.close()
    assert ended == [0]


def test_a_line_that_is_asked_to_change_over_never_rests(
    data: Path, no_logged_errors: list[str]
) -> None:
    times = supervisor.MOST_STARTS + 3
    body = (
        f"import time\nn = len((data / 'LINE.log').read_text().splitlines())\n"
        f"board.set_up(role)\nsys.exit({EXIT_CHANGED_OVER} if n < {times} else 0)\n"
    )
    assert supervise(data, (job(data, body),)) == 0
    assert starts(data) == ['["", false]', *['["change-over", false]'] * (times - 1)]
    assert no_logged_errors == []


def test_a_device_lost_twice_is_left_aside(data: Path, no_logged_errors: list[str]) -> None:
    loses = "sys.exit(0 if orders.degraded else 75)\n"
    assert supervise(data, (job(data, loses),)) == 0
    assert starts(data) == [
        '["", false]',
        '["device lost", false]',
        '["device lost", true]',
    ]


def test_a_line_that_cannot_start_at_all_is_not_tried_again(data: Path) -> None:
    body = "write_failed(make_runtime_folder(data), 'model_not_found', (), 2)\nsys.exit(2)\n"
    assert supervise(data, (job(data, body),)) == 2
    assert len(starts(data)) <= 2
    assert not runtime_folder(data).exists()  # nothing is left lying about


def test_a_final_job_gives_its_code_to_all(data: Path) -> None:
    jobs = (job(data, STAYS), job(data, "sys.exit(1)\n", Role.WINDOW, final=True))
    assert supervise(data, jobs) == 1
    assert len(starts(data, Role.WINDOW)) == 1


def test_a_spare_takes_over(data: Path) -> None:
    body = "board.set_up(role)\nif not orders.restarted: time.sleep(3); os._exit(9)\n"
    logged = "Path(data / 'seen.log').open('a').write(f'{time.monotonic()} {sys.argv[3:]}\\n')\n"
    assert supervise(data, (job(data, "import os\n" + logged + body + logged),)) == 0
    lines = [line.partition(" ") for line in (data / "seen.log").read_text().splitlines()]
    (first, _, alone), (second, _, waited), *_ = lines
    assert float(second) - float(first) < 3.5  # it had been waiting: no interpreter was started
    assert (alone, waited) == ("[]", "['--spare']")
    assert starts(data)[-1] == '["code 9", false]'


def test_there_is_no_spare_before_the_first_is_up(data: Path) -> None:
    never_up = "if not orders.restarted: time.sleep(2); sys.exit(9)\n"
    logged = "Path(data / 'seen.log').open('a').write(f'{sys.argv[3:]}\\n')\n"
    assert supervise(data, (job(data, logged + never_up),)) == 0
    assert (data / "seen.log").read_text().split() == ["[]", "[]"]


def test_each_job_is_started_as_soon_as_it_is_named(data: Path) -> None:
    def jobs() -> Iterator[Job]:
        yield job(data, STAYS)
        until(lambda: len(starts(data)) == 1)
        yield job(data, "time.sleep(0.3)\n", Role.WINDOW)

    assert supervise(data, jobs()) == 0


def test_orders_are_one_line() -> None:
    assert encode_orders(Orders("signal 9\n", True)) == b'["signal 9\\n", true]\n'
