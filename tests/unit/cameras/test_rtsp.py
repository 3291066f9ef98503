"""The stream camera against a real RTSP server that hangs, dies and comes back."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.cameras.opencv import OpenCvCamera
from station.errors import CameraError, ErrorCode

PYTHON = "/usr/bin/python3"
SCRIPT = Path(__file__).with_name("rtsp_server.py")
PROBE = (
    "import gi; gi.require_version('GstRtspServer', '1.0')\n"
    "from gi.repository import Gst, GstRtspServer; Gst.init(None)\n"
    "assert Gst.ElementFactory.find('x264enc')"
)


def serve(port: int) -> subprocess.Popen[str]:
    command = [PYTHON, str(SCRIPT), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


@pytest.fixture
def port() -> int:
    """A free port, where GStreamer's RTSP server is installed."""
    if not Path(PYTHON).exists():
        pytest.skip(f"no {PYTHON}, whose GStreamer serves the stream")
    if subprocess.run([PYTHON, "-c", PROBE], capture_output=True, check=False).returncode:
        pytest.skip("no GStreamer RTSP server with x264 here (gir1.2-gst-rtsp-server-1.0)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def server(port: int) -> Iterator[subprocess.Popen[str]]:
    process = serve(port)
    yield process
    end(process)


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def seconds_until_lost(camera: OpenCvCamera) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 8:
        try:
            camera.grab(0.1)
        except CameraError as error:
            lost = error.code is ErrorCode.CAMERA_LOST
            return time.monotonic() - began if lost else float("nan")
    return float("inf")


@pytest.mark.slow
def test_a_stream_is_lost_and_found_again(port: int, server: subprocess.Popen[str]) -> None:
    camera = OpenCvCamera(f"rtsp://127.0.0.1:{port}/live")
    try:
        camera.open()
        frame = camera.grab(5)
        assert frame is not None
        assert frame.pixels.shape[:2] == (240, 320)
        server.send_signal(signal.SIGSTOP)
        assert seconds_until_lost(camera) < 3
        server.send_signal(signal.SIGCONT)
        camera.open()
        assert camera.grab(5) is not None
        end(server)
        assert seconds_until_lost(camera) < 3
        again = serve(port)
        camera.open()
        assert camera.grab(5) is not None
        end(again)
    finally:
        camera.close()
