"""A new station in a real window, from the first question to the first lesson, by keyboard."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.access import check_pin
from station.board import runtime_folder
from station.pipeline.remote import RemoteLine
from station.place import NOTE_NAME, TRACES
from station.settings import load_settings
from tests.program import COMMAND, environment
from tests.screen import bare_screen, needs_screen

pytestmark = [
    pytest.mark.slow,
    needs_screen,
]

PIN = "135246"
CLOSE = ("285", "705")  # where that key is
PAUSE = 0.35  # quicker presses are taken for bouncing


class Hand:
    """`station run` on a virtual screen, and a hand on the keyboard."""

    def __init__(self, display: str, home: Path) -> None:
        shown = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": str(home / "run")}
        (home / "run").mkdir(mode=0o700)
        self.env = environment(home, "de") | {"LANGUAGE": "de"} | shown
        self.data = home / "share" / "station"
        self.program: subprocess.Popen[bytes] | None = None

    def start(self, *words: str) -> None:
        self.program = subprocess.Popen([*COMMAND, "run", *words], env=self.env)

    def end(self) -> int:
        assert self.program is not None
        self.program.send_signal(signal.SIGTERM)
        return self.program.wait(45)

    def tool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True)
        return done.stdout

    def sees(self, name: str) -> bool:
        """Whether such a window is there; the keyboard is for it from now on."""
        windows = self.tool("search", "--onlyvisible", "--name", name).split()
        for window in windows:
            self.tool("windowfocus", window)
        return bool(windows) and bool(self.tool("getwindowfocus").strip())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tool("key", key)
            time.sleep(PAUSE)

    def go_on(self, name: str) -> None:
        """Enter, as soon as one may."""
        until(lambda: self.sees(name), f"question {name} does not come")

        def gone() -> bool:
            self.press("Return")
            return not self.tool("search", "--onlyvisible", "--name", name).strip()

        until(gone, f"question {name} is not answered")

    def type(self, digits: str) -> None:
        """On a pad, which takes them as they come."""
        self.tool("type", "--delay", "40", digits)
        self.press("Return")


def until(holds: Callable[[], bool], otherwise: str, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.1)


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with bare_screen("1366x768") as display:
        made = Hand(display, tmp_path)
        monkeypatch.setenv("XDG_RUNTIME_DIR", made.env["XDG_RUNTIME_DIR"])
        yield made
        if made.program is not None and made.program.poll() is None:
            made.end()


def test_from_the_first_question_to_the_first_lesson(hand: Hand) -> None:
    hand.start()
    until(lambda: hand.sees("1/5"), "no window came")
    hand.go_on("1/5")  # German, as the system has it
    hand.go_on("2/5")  # the usual folder, once it is proven
    for _ in range(2):
        hand.type(PIN)
    hand.go_on("4/5")  # the demo line, unless this computer has a camera
    hand.press("Up", "Return")  # a first product is taught
    until((hand.data / "settings.toml").exists, "the answers were not written")
    settings = load_settings(hand.data)
    assert settings.language == "de"
    assert check_pin(hand.data, PIN).right
    assert not (hand.data / NOTE_NAME).exists()
    until(lambda: hand.sees("PIN"), "nobody asks who teaches", 30)
    hand.press(*PIN, "Return")  # what is typed faster is a scanner's
    until(lambda: hand.sees("[Pp]rodukt"), "the first lesson does not begin")
    line = RemoteLine(runtime_folder(hand.data), lambda _: None)
    line.start()
    assert line.wait_here(10)
    line.stop()
    assert not (runtime_folder(hand.data) / "teach").exists(), "it is followed once"
    assert hand.end() == 0


def test_who_closes_it_starts_nothing_and_is_asked_again(hand: Hand) -> None:
    for words in ((), ("--data", str(hand.data.with_name("named 数据")))):
        hand.start(*words)
        until(lambda: hand.sees("1/5"), "no window came")
        time.sleep(PAUSE)
        hand.tool("mousemove", *CLOSE, "click", "1")
        assert hand.program is not None
        assert hand.program.wait(40) == 0
        folder = Path(words[-1]) if words else hand.data
        assert not any((folder / name).exists() for name in TRACES)
