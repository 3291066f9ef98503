import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from station.cameras.stream.camera import StreamCamera, find
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode
from tests.unit.cameras.mjpeg import HEIGHT, WIDTH, MjpegServer, level

LATENCY = 0.05


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    server = MjpegServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def camera(server: MjpegServer) -> Iterator[StreamCamera]:
    camera = StreamCamera(server.url, LATENCY)
    camera.open()
    yield camera
    camera.close()


def take(camera: StreamCamera, seconds: float = 3.0) -> Frame:
    frame = camera.grab(seconds)
    assert frame is not None
    return frame


def seconds_until_lost(camera: StreamCamera, limit: float) -> float:
    began = time.monotonic()
    while time.monotonic() - began < limit:
        try:
            camera.grab(0.1)
        except CameraError as error:
            lost = error.code is ErrorCode.CAMERA_LOST
            return time.monotonic() - began if lost else float("nan")
    return float("inf")


def shown(frame: Frame) -> int:
    """The number of the picture, of the hundred that there are."""
    return round(frame.pixels[60, 80, 1] / 2)


def test_a_stream_is_seen_in_rgb(camera: StreamCamera) -> None:
    assert camera.live
    frame = take(camera)
    assert frame.pixels.shape == (HEIGHT, WIDTH, 3)
    red, green, blue = frame.pixels[HEIGHT // 2, WIDTH // 2]
    assert abs(int(red) - 200) < 8
    assert blue < 8
    assert green <= level(99) + 8
    with pytest.raises(ValueError, match="read-only"):
        frame.pixels[0, 0] = 0


def test_a_grey_stream_is_mono() -> None:
    server = MjpegServer(mono=True)
    server.start()
    camera = StreamCamera(server.url)
    try:
        camera.open()
        assert take(camera).pixels.shape == (HEIGHT, WIDTH)
    finally:
        camera.close()
        server.kill()


def test_only_the_newest_frame_is_kept(server: MjpegServer, camera: StreamCamera) -> None:
    take(camera)
    time.sleep(0.4)  # twenty frames nobody takes
    began = time.monotonic()
    frame = take(camera)
    assert time.monotonic() - began < 0.05  # it lay ready
    assert (server.sent - shown(frame)) % 100 <= 10
    assert take(camera).number > frame.number


def test_what_is_stamped_after_a_trigger_was_sent_after_it(
    server: MjpegServer, camera: StreamCamera
) -> None:
    take(camera)
    for pause in (0.0, 0.013, 0.027, 0.031):
        time.sleep(pause)
        sent, trigger = server.sent, time.monotonic_ns()
        frame = take(camera)
        while frame.taken_ns < trigger:
            frame = take(camera)
        assert (shown(frame) - sent) % 100 < 50  # of the hundred: not before `sent`
        assert time.monotonic_ns() - trigger < 1e9


def test_the_latency_makes_every_frame_older(server: MjpegServer) -> None:
    camera = StreamCamera(server.url, 1.5)
    try:
        camera.open()
        frame = take(camera)
        age = time.monotonic_ns() - frame.taken_ns
    finally:
        camera.close()
    assert 1.5e9 <= age < 2.5e9


def test_the_backlog_at_the_start_is_left_out(server: MjpegServer) -> None:
    camera = StreamCamera(server.url)
    camera.open()
    opened = server.sent
    frame = take(camera)
    camera.close()
    assert frame.number == 1
    assert shown(frame) >= opened + 5  # of fifty a second


def test_a_killed_server_is_lost_and_found_again(server: MjpegServer, camera: StreamCamera) -> None:
    number = take(camera).number
    server.kill()
    assert seconds_until_lost(camera, 3) < 1.5
    with pytest.raises(CameraError) as absent:
        camera.open()
    assert absent.value.code is ErrorCode.CAMERA_NOT_FOUND
    server.start()
    camera.open()
    assert take(camera).number > number


def test_a_hanging_server_is_lost_and_its_process_killed(
    server: MjpegServer, camera: StreamCamera
) -> None:
    take(camera)
    process = camera.process_id
    server.hanging.set()
    assert seconds_until_lost(camera, 4) < 1.5
    assert camera.process_id == 0
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    server.hanging.clear()
    camera.open()
    take(camera)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be stopped there")
def test_a_library_that_hangs_in_a_read_is_lost(camera: StreamCamera) -> None:
    take(camera)
    os.kill(camera.process_id, signal.SIGSTOP)
    assert seconds_until_lost(camera, 3) < 1.5


def test_a_late_frame_is_a_failure_though_it_comes(
    server: MjpegServer, camera: StreamCamera
) -> None:
    take(camera)
    server.hanging.set()
    time.sleep(0.65)  # longer than STALE_SECONDS, shorter than SILENT_SECONDS
    server.hanging.clear()
    assert seconds_until_lost(camera, 2) < 2


def test_a_server_that_answers_and_sends_nothing_is_not_found(server: MjpegServer) -> None:
    server.hanging.set()
    camera = StreamCamera(server.url)
    began = time.monotonic()
    with pytest.raises(CameraError) as caught:
        camera.open()
    assert caught.value.code is ErrorCode.CAMERA_NOT_FOUND
    assert time.monotonic() - began < 6.5
    assert camera.process_id == 0


def test_nobody_there_is_not_found_and_leaves_stderr_clean(server: MjpegServer) -> None:
    """Nor is the password anywhere but in the address that is opened."""
    url = server.url
    server.kill()
    code = (
        "import logging, sys; from station.cameras.stream.camera import StreamCamera\n"
        "from station.errors import CameraError\n"
        "logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)\n"
        "for source in sys.argv[1:]:\n"
        "    camera = StreamCamera(source)\n"
        "    try: camera.open()\n"
        "    except CameraError as error: print(error.code, camera.name, error)\n"
    )
    sources = [url, "rtsp://viewer:s3cret@127.0.0.1:1/x", "http://127.0.0.1:1/x?password=s3cret"]
    done = subprocess.run(
        [sys.executable, "-c", code, *sources], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("camera_not_found") == 6
    assert "viewer:***@127.0.0.1:1" in done.stdout
    assert "s3cret" not in done.stdout + done.stderr
    assert done.stderr == ""


def test_closed_it_leaves_nothing_and_gives_nothing(camera: StreamCamera) -> None:
    take(camera)
    process = camera.process_id
    camera.close()
    camera.close()
    assert not [t for t in threading.enumerate() if t.name == "stream"]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(CameraError) as caught:
        camera.grab(0)
    assert caught.value.code is ErrorCode.CAMERA_LOST


@pytest.mark.parametrize(
    ("source", "latency", "option"),
    [
        ("/dev/video0", 0.3, "source"),
        ("file:///etc/passwd", 0.3, "source"),
        ("rtsp://10.0.0.9/x", -0.1, "latency"),
        ("rtsp://10.0.0.9/x", 60.0, "latency"),
    ],
)
def test_what_is_no_stream_is_refused(source: str, latency: float, option: str) -> None:
    with pytest.raises(CameraError) as caught:
        StreamCamera(source, latency)
    assert caught.value.code is ErrorCode.CAMERA_BAD_OPTION
    assert caught.value.fault.fact("option") == option


def test_a_stream_does_not_tell_that_it_is_there() -> None:
    assert find() == ()


def test_the_process_loads_little() -> None:
    code = "import sys, station.cameras.stream.reader; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"PySide6", "sqlalchemy", "onnxruntime", "pydantic", "typer"}
    assert not heavy & set(done.stdout.split())
