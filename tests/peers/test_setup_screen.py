"""The Setup page of the real program, driven by a real mouse and keyboard on a virtual screen.

A GigE Vision camera is chosen and set, a region drawn and saved, and the outputs are tested
against a controller in C. What the hand did is read from the other side: the settings, the line,
the records, the controller's lamps.
"""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.domain.recipe import Roi
from station.pipeline.events import LineState
from station.settings import Settings, load_settings
from tests.faults.rig import Station, prepare
from tests.peers.fake_camera import FakeCamera
from tests.peers.servers import free_port
from tests.rigs import plc_modbus
from tests.screen import bare_screen, needs_screen

pytestmark = [
    pytest.mark.peer,
    pytest.mark.slow,
    needs_screen,
]
SOURCE = Path(__file__).parent / "programs" / "lamps.c"
SIZE = "1280x800"
PRESS_SECONDS = 0.4  # quicker presses are taken for bouncing

# Where things lie in a window of that size; tests/gui presses the same keys by name.
TILE, USE = (140, 213), (140, 752)
EXPOSURE, KEEP = (1182, 363), (1085, 752)
REGION, FREEZE, SAVE = (1170, 187), (1085, 250), (1170, 752)
CORNER = (829, 652)
MACHINE, KIND, MODBUS = (256, 113), (170, 213), (485, 456)
ADDRESS, SERVE, TEST, VALID = (160, 445), (170, 752), (617, 752), (802, 685)


class Lamps:
    """The controller in C, and what it saw of the station's outputs."""

    def __init__(self, folder: Path, port: int) -> None:
        program = folder / "lamps"
        flags = ["pkg-config", "--cflags", "--libs", "libmodbus"]
        words = subprocess.run(flags, check=True, capture_output=True, text=True).stdout.split()
        subprocess.run(["gcc", "-O1", "-Wall", "-o", program, SOURCE, *words], check=True)
        self._process = subprocess.Popen([program, str(port)], stdout=subprocess.PIPE, text=True)
        self.seen: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.seen.append(line.strip())

    def close(self) -> None:
        """Switch it off."""
        self._process.kill()
        self._process.wait()
        self._reader.join(5)
        assert self._process.stdout is not None
        self._process.stdout.close()


class Hand:
    """A mouse and a keyboard at that display."""

    def __init__(self, display: str) -> None:
        self.env = {**os.environ, "DISPLAY": display}

    def do(self, *words: object) -> str:
        """One order of xdotool."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        return done.stdout

    def press(self, key: str) -> None:
        """A key."""
        self.do("key", key)
        time.sleep(PRESS_SECONDS)

    def click(self, place: tuple[int, int]) -> None:
        """There."""
        self.do("mousemove", *place)
        self.do("click", 1)
        time.sleep(PRESS_SECONDS)

    def write(self, place: tuple[int, int], text: str) -> None:
        """Into the entry there, instead of what it holds."""
        self.click(place)
        self.press("ctrl+a")
        self.do("type", "--delay", "80", text)
        self.press("Return")

    def drag(self, place: tuple[int, int], by: tuple[int, int]) -> None:
        """From there so far."""
        self.do("mousemove", *place, "mousedown", 1)
        for _ in range(5):
            self.do("mousemove_relative", "--", by[0] // 5, by[1] // 5)
            time.sleep(0.05)
        self.do("mouseup", 1)
        time.sleep(PRESS_SECONDS)

    def focus(self) -> None:
        """Wait for the window, and give it the keyboard."""

        def focused() -> bool:
            for window in self.do("search", "--onlyvisible", "--name", "^Station$").split():
                self.do("windowfocus", window)
            return bool(self.do("getwindowfocus").strip())

        until(focused, "no window came")

    def look(self, path: Path) -> None:
        """A picture of the screen, for a person."""
        if shutil.which("import") is not None:
            subprocess.run(["import", "-window", "root", path], env=self.env, check=False)


def until(holds: Callable[[], bool], otherwise: str, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.1)


@pytest.fixture
def hand() -> Iterator[Hand]:
    with bare_screen(SIZE) as display:
        yield Hand(display)


@pytest.fixture
def station(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    data = tmp_path / "data 数据"
    prepare(data)
    shown = {"DISPLAY": hand.env["DISPLAY"], "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    made = Station(tmp_path / "home", data, "run", env=shown)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def camera() -> Iterator[FakeCamera]:
    with FakeCamera() as made:
        yield made


@pytest.fixture
def lamps(tmp_path: Path) -> Iterator[tuple[Lamps, int]]:
    if reason := plc_modbus.missing():
        pytest.skip(reason)
    port = free_port()
    made = Lamps(tmp_path, port)
    yield made, port
    made.close()


@pytest.mark.timeout(240)
def test_a_camera_a_region_and_the_outputs(
    hand: Hand, camera: FakeCamera, lamps: tuple[Lamps, int], station: Station, tmp_path: Path
) -> None:
    hand.focus()
    hand.press("ctrl+6")
    _choose_camera(hand, station, camera)
    hand.look(tmp_path / "chosen.png")
    _set_exposure(hand, station)
    _draw_region(hand, station)
    hand.look(tmp_path / "camera.png")
    _serve(hand, station, lamps[1])
    _test_outputs(hand, station, lamps[0], tmp_path / "machine.png")
    assert station.line.status().state in (LineState.READY, LineState.RUNNING)


def _choose_camera(hand: Hand, station: Station, camera: FakeCamera) -> None:
    """The first tile is the demo until the search is over; to use that again changes nothing."""

    def chosen() -> bool:
        hand.click(TILE)
        hand.click(USE)
        return _settings(station).camera.kind == "aravis"

    until(chosen, "the camera was not used", 60)
    assert _settings(station).camera.source == camera.serial
    until(lambda: _well(station) and station.line.status().fps > 0, "no pictures came")
    time.sleep(1.0)  # its features are read


def _set_exposure(hand: Hand, station: Station) -> None:
    hand.write(EXPOSURE, "2500")
    until(lambda: _exposure(station) == 2500, "the exposure was not set")
    hand.click(KEEP)
    kept = {"ExposureTime": 2500}
    until(lambda: _settings(station).camera.options == kept, "the exposure was not kept")


def _draw_region(hand: Hand, station: Station) -> None:
    hand.click(REGION)
    hand.click(FREEZE)
    time.sleep(0.5)
    hand.drag(CORNER, (-200, -150))
    hand.click(SAVE)
    hand.press("space")

    def saved() -> Roi | None:
        with station.reader as reader:
            return reader.recipe("bright").roi

    until(lambda: saved() is not None, "the region was not saved")
    roi = saved()
    assert roi is not None
    assert (roi.x, roi.y) == (0, 0)
    assert roi.width == pytest.approx(512 - 200, abs=8)
    assert roi.height == pytest.approx(512 - 150, abs=8)
    until(lambda: station.line.recipe is not None and station.line.recipe.roi == roi, "not in use")


def _serve(hand: Hand, station: Station, port: int) -> None:
    hand.click(MACHINE)
    hand.click(KIND)
    hand.click(MODBUS)
    hand.write(ADDRESS, f"127.0.0.1:{port}")
    until(lambda: _settings(station).machine.address == f"127.0.0.1:{port}", "not served")
    until(lambda: _well(station), "the line does not come back")
    time.sleep(1.0)


def _test_outputs(hand: Hand, station: Station, lamps: Lamps, picture: Path) -> None:
    until(lambda: lamps.seen[-1] == "READY", f"the station is not ready: {lamps.seen}")

    def tested() -> bool:
        """The key waits until the page has seen the new line."""
        hand.click(TEST)
        hand.press("space")
        time.sleep(1.0)
        return lamps.seen[-1] == ""

    until(tested, f"READY stays in the test: {lamps.seen}")
    hand.click(VALID)
    until(lambda: lamps.seen[-1] == "VALID", f"the output was not pressed: {lamps.seen}")
    hand.look(picture)
    hand.press("ctrl+1")  # who leaves the page ends the test
    until(lambda: lamps.seen[-1] == "READY", f"the test goes on: {lamps.seen}")


def _settings(station: Station) -> Settings:
    return load_settings(station.data)


def _well(station: Station) -> bool:
    return station.line.status().state in (LineState.READY, LineState.RUNNING)


def _exposure(station: Station) -> object:
    features = {one.name: one.value for one in station.line.camera_features()}
    return features["ExposureTime"]
