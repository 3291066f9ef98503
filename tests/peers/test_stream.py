"""Network streams against real servers that hang, die and come back, under a whole line.

Every picture tells when it was drawn, so that a part judged by a picture from before its trigger
shows.
"""

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from station.cameras.stream.camera import StreamCamera
from station.domain.inspection import Verdict
from station.errors import CameraError, ErrorCode
from station.pipeline.events import LineState
from tests.line.conftest import MakeRig, Rig, make_rig, model, recipe
from tests.peers.clock_picture import drawn_now, now_ms, told
from tests.peers.servers import free_port
from tests.unit.cameras.mjpeg import MjpegServer

__all__ = ["make_rig", "model", "recipe"]

pytestmark = pytest.mark.peer

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("programs") / "rtsp_clock.py"
PROBE = (
    "import gi; gi.require_version('GstRtspServer', '1.0')\n"
    "from gi.repository import Gst, GstRtspServer; Gst.init(None)\n"
    "assert Gst.ElementFactory.find('x264enc') and Gst.ElementFactory.find('rtph264pay')"
)
LATENCY = 0.06  # of both servers: measured below
PARTS = 200
LOST_SECONDS = 1.0
HOLD = (
    "import sys, time; from station.cameras.stream.camera import StreamCamera\n"
    "camera = StreamCamera(sys.argv[1]); camera.open()\n"
    "print(camera.process_id, flush=True); time.sleep(60)"
)
SLACK = 0.5  # of a busy machine


class RtspServer:
    """GStreamer's, as a process of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"rtsp://127.0.0.1:{self.port}/live"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [PYTHON, str(SCRIPT), str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "up\n"

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(which)

    def kill(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.stdout is not None:
            process.kill()
            process.wait()
            process.stdout.close()


class HttpServer:
    """Pictures over HTTP; it hangs without closing its connections."""

    def __init__(self) -> None:
        self._server = MjpegServer(fps=50, draw=drawn_now)
        self.url = ""

    def start(self) -> None:
        self._server.start()
        self.url = self._server.url

    def hang(self) -> None:
        self._server.hanging.set()

    def go_on(self) -> None:
        self._server.hanging.clear()

    def kill(self) -> None:
        self._server.kill()


Server = RtspServer | HttpServer


@pytest.fixture(params=["rtsp", "http"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    if request.param == "rtsp" and not _has_gstreamer():
        pytest.skip("no GStreamer RTSP server with x264 here (gir1.2-gst-rtsp-server-1.0)")
    server = RtspServer() if request.param == "rtsp" else HttpServer()
    server.start()
    yield server
    server.go_on()
    server.kill()


def _has_gstreamer() -> bool:
    if not Path(PYTHON).exists():
        return False
    return subprocess.run([PYTHON, "-c", PROBE], capture_output=True, check=False).returncode == 0


def seconds_until_lost(camera: StreamCamera) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 8:
        try:
            camera.grab(0.1)
        except CameraError as error:
            lost = error.code is ErrorCode.CAMERA_LOST
            return time.monotonic() - began if lost else float("nan")
    return float("inf")


def seconds_until_seen(camera: StreamCamera) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 15:
        try:
            camera.open()
            if camera.grab(3) is not None:
                return time.monotonic() - began
        except CameraError:
            time.sleep(0.1)
    return float("inf")


def test_it_is_lost_within_a_second_and_found_again(server: Server) -> None:
    camera = StreamCamera(server.url, LATENCY)
    try:
        figures = {"open": seconds_until_seen(camera)}
        ages = [_age(camera) for _ in range(50)]
        server.hang()
        figures["lost_hung"] = seconds_until_lost(camera)
        server.go_on()
        figures["back_after_hang"] = seconds_until_seen(camera)
        server.kill()
        figures["lost_killed"] = seconds_until_lost(camera)
        server.start()
        figures["back_after_kill"] = seconds_until_seen(camera)
    finally:
        camera.close()
    ages.sort()
    figures |= {"age_ms_median": ages[25], "age_ms_most": ages[-1]}
    print({name: round(value, 2) for name, value in figures.items()})
    assert max(figures["lost_hung"], figures["lost_killed"]) <= LOST_SECONDS + SLACK
    assert max(figures["back_after_hang"], figures["back_after_kill"]) < 12


def _age(camera: StreamCamera) -> float:
    frame = camera.grab(2)
    assert frame is not None
    return now_ms() - told(frame.pixels)


def _after(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def _hang_for_a_while(server: Server) -> None:
    server.hang()
    _after(2.0, server.go_on)


def _stutter(server: Server) -> None:
    """Shorter than what counts as lost: the pictures that were held up come all at once."""
    server.hang()
    _after(0.3, server.go_on)


def _die_for_a_while(server: Server) -> None:
    server.kill()
    _after(1.0, server.start)


@pytest.mark.timeout(180)
def test_no_part_is_passed_by_an_old_picture(server: Server, make_rig: MakeRig) -> None:
    """Admitted = recorded, whatever the server does."""
    rig = make_rig(StreamCamera(server.url, LATENCY))
    troubles = {10: _stutter, 25: _stutter, 50: _hang_for_a_while, 110: _die_for_a_while}
    began = time.monotonic()
    for number in range(PARTS):
        if number in troubles:
            troubles[number](server)
        rig.inspect()
        if rig.line.status().state is LineState.FAULT:
            time.sleep(0.25)  # the next part comes all the same
    seconds = time.monotonic() - began
    assert rig.line.stop()
    verdicts = _judged(rig)
    print(f"{PARTS} parts in {seconds:.1f} s: {dict(verdicts)}")
    assert verdicts[Verdict.OK] >= PARTS // 2


def _judged(rig: Rig) -> Counter[Verdict]:
    """How often each verdict was given, after every part was looked up in the records."""
    status = rig.line.status()
    assert status.admitted == status.recorded == PARTS
    history = rig.store.reader.history(PARTS + 1)
    assert len(history) == PARTS
    margins = []
    for entry in history:
        seen = entry.inspection
        still = rig.store.reader.still(seen.uid)
        if seen.verdict is not Verdict.OK:
            assert seen.verdict is Verdict.NOT_INSPECTED
            continue
        assert still is not None
        margins.append(told(still.pixels) - seen.at_ms % 2**32)
    assert min(margins) >= 0, f"a picture was drawn {-min(margins)} ms before its trigger"
    print(f"drawn after the trigger: least {min(margins)} ms, most {max(margins)} ms")
    return Counter(entry.inspection.verdict for entry in history)


def test_the_process_ends_with_its_camera_and_with_its_parent(server: Server) -> None:
    camera = StreamCamera(server.url, LATENCY)
    camera.open()
    process = camera.process_id
    camera.close()
    assert not psutil.pid_exists(process)
    command = [sys.executable, "-c", HOLD, server.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert psutil.pid_exists(process)
        parent.kill()
    until = time.monotonic() + 5
    while psutil.pid_exists(process) and time.monotonic() < until:
        time.sleep(0.05)
    assert not psutil.pid_exists(process)
