"""A second start on the same folder: whether a station runs there already."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from station import launch
from station.board import Board, Role, make_runtime_folder
from station.choice import RunChoice
from station.launch import Alone, show_running, station_jobs

Live = Callable[[Role], threading.Event]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(launch, "KNOCK_SECONDS", 0.2)
    return tmp_path / "data"


@pytest.fixture
def live(data: Path) -> Iterator[Live]:
    """Has a process show life; gives what ends it."""
    ends: list[tuple[threading.Event, threading.Thread]] = []

    def begin(role: Role) -> threading.Event:
        alive, end = threading.Event(), threading.Event()

        def beat() -> None:
            with closing(Board(make_runtime_folder(data))) as board:
                while not end.wait(0.05):
                    board.beat(role)
                    alive.set()

        thread = threading.Thread(target=beat)
        thread.start()
        ends.append((end, thread))
        assert alive.wait(10)
        return end

    yield begin
    for end, thread in ends:
        end.set()
        thread.join()


def test_nothing_runs_where_there_is_nothing(data: Path) -> None:
    began = time.monotonic()
    assert not show_running(data)
    assert time.monotonic() - began < 0.2


def test_what_a_killed_station_left_does_not_run(data: Path) -> None:
    with closing(Board(make_runtime_folder(data))) as board:
        board.beat(Role.LINE)
        board.beat(Role.WINDOW)
    assert not show_running(data)


def test_a_window_that_just_comes_up_is_left_to_it(data: Path, live: Live) -> None:
    live(Role.WINDOW)
    assert show_running(data)


def test_a_line_that_just_ends_is_waited_for(data: Path, live: Live) -> None:
    end = live(Role.LINE)
    threading.Timer(1.5, end.set).start()
    began = time.monotonic()
    assert not show_running(data)
    assert time.monotonic() - began > 1.4


def test_the_line_waits_until_the_window_is_loaded(data: Path, live: Live) -> None:
    jobs = station_jobs(RunChoice(demo=True), data, Alone(), as_json=False)
    assert next(jobs).role is Role.WINDOW
    threading.Timer(0.5, live, (Role.WINDOW,)).start()
    began = time.monotonic()
    assert next(jobs).role is Role.LINE
    assert 0.4 < time.monotonic() - began < launch.FIRST_SECONDS
    assert not list(jobs)


def test_the_line_does_not_wait_for_a_window_that_never_comes(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "FIRST_SECONDS", 0.3)
    jobs = station_jobs(RunChoice(demo=True), data, Alone(), as_json=False)
    assert [job.role for job in jobs] == [Role.WINDOW, Role.LINE]
