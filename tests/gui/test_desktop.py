"""The real program in a real window, driven by real keys on a virtual screen."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.board import Board, Role, runtime_folder
from station.domain.inspection import DecisionKind
from station.store.queries import Entry, Reader
from tests.screen import bare_screen, needs_screen

pytestmark = [
    pytest.mark.slow,
    needs_screen,
]


class Screen:
    """A virtual screen with the program on it, and a hand on the keyboard."""

    def __init__(self, display: str, data: Path) -> None:
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        self.data = data
        self.program = self.start()

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "station", "run", "--demo", "--data", str(self.data)]
        return subprocess.Popen(command, env=self.env, stderr=subprocess.PIPE, text=True)

    def hand(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.env, capture_output=True, text=True, check=False
        )
        return done.stdout

    def focus(self) -> None:
        def focused() -> bool:
            windows = self.hand("search", "--onlyvisible", "--name", "^Station$").split()
            for window in windows:
                self.hand("windowfocus", window)
            return bool(windows) and bool(self.hand("getwindowfocus").strip())

        until(focused, "no window came")
        until(self.stands, "the window did not get ready")

    def stands(self) -> bool:
        """All of it: the line too, and the window's last page."""
        folder = runtime_folder(self.data)
        if not (folder / "board").exists():
            return False
        board = Board(folder)
        try:
            return bool(board.up(Role.LINE) and board.up(Role.WINDOW))
        finally:
            board.close()

    def press(self, key: str) -> None:
        self.hand("key", key)
        time.sleep(0.35)  # quicker presses are taken for bouncing

    def entries(self) -> list[Entry]:
        with Reader(self.data) as reader:
            return reader.history(50)


def until(holds: Callable[[], bool], otherwise: str, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.1)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with bare_screen("1280x800") as display:
        made = Screen(display, tmp_path / "data 数据")
        yield made
        made.program.terminate()
        made.program.communicate(timeout=10)


def test_keys_inspect_decide_choose_and_undo(screen: Screen) -> None:
    screen.focus()
    time.sleep(1.0)  # the model opens
    screen.press("space")
    until(lambda: len(screen.entries()) == 1, "Space inspected nothing")
    time.sleep(0.5)
    screen.press("a")
    until(lambda: _said(screen) == (DecisionKind.ACCEPT, None), "A accepted nothing")
    screen.press("space")
    until(lambda: len(screen.entries()) == 2, "Space inspected no second part")
    time.sleep(0.5)
    screen.press("1")
    screen.press("r")
    until(lambda: _said(screen) == (DecisionKind.REJECT, "dent"), "1, R rejected nothing")
    screen.press("z")
    until(lambda: screen.entries()[0].decision is None, "Z took nothing back")
    first = screen.entries()[1].decision
    assert first is not None
    assert first.kind is DecisionKind.ACCEPT
    assert screen.program.poll() is None


def test_a_second_start_on_the_same_folder_shows_the_first_window(screen: Screen) -> None:
    screen.focus()
    second = screen.start()
    try:
        _, said = second.communicate(timeout=20)
    finally:
        second.kill()
    assert second.returncode == 0, said
    assert said == ""
    assert screen.program.poll() is None
    assert len(screen.hand("search", "--onlyvisible", "--name", "^Station$").split()) == 1


def _said(screen: Screen) -> tuple[DecisionKind, str | None] | None:
    decision = screen.entries()[0].decision
    return (decision.kind, decision.label) if decision else None
