import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from station.cameras import opencv
from station.cameras.opencv import OpenCvCamera, is_file, parse_source, set_up_device
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode
from tests.unit.cameras.mjpeg import HEIGHT, WIDTH, MjpegServer, level


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    server = MjpegServer()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def camera(server: MjpegServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenCvCamera]:
    """Opened; it waits less for old pictures, as this server keeps none."""
    monkeypatch.setattr(opencv, "BACKLOG_SECONDS", 0.1)
    camera = OpenCvCamera(server.url)
    camera.open()
    yield camera
    camera.close()


def take(camera: OpenCvCamera, seconds: float = 2.0) -> Frame:
    frame = camera.grab(seconds)
    assert frame is not None
    return frame


def seconds_until_lost(camera: OpenCvCamera, limit: float) -> float:
    began = time.monotonic()
    while time.monotonic() - began < limit:
        try:
            camera.grab(0.1)
        except CameraError as error:
            lost = error.code is ErrorCode.CAMERA_LOST
            return time.monotonic() - began if lost else float("nan")
    return float("inf")


def test_a_stream_is_seen_in_rgb(camera: OpenCvCamera) -> None:
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
    camera = OpenCvCamera(server.url)
    try:
        camera.open()
        assert take(camera).pixels.shape == (HEIGHT, WIDTH)
    finally:
        camera.close()
        server.kill()


def test_only_the_newest_frame_is_kept(server: MjpegServer, camera: OpenCvCamera) -> None:
    first = take(camera)
    time.sleep(0.4)  # twenty frames nobody takes
    began = time.monotonic()
    frame = take(camera)
    assert time.monotonic() - began < 0.01  # it lay ready
    assert frame.number >= first.number + 10
    behind = (server.sent - round(frame.pixels[60, 80, 1] / 2)) % 100
    assert behind <= 10
    assert take(camera).number > frame.number


def test_what_is_stamped_after_a_trigger_was_sent_after_it(
    server: MjpegServer, camera: OpenCvCamera
) -> None:
    take(camera)
    for pause in (0.0, 0.013, 0.027, 0.031):
        time.sleep(pause)
        sent, trigger = server.sent, time.monotonic_ns()
        frame = take(camera)
        while frame.taken_ns < trigger:
            frame = take(camera)
        shown = round(frame.pixels[60, 80, 1] / 2)
        assert (shown - sent) % 100 < 50  # of the hundred levels: not before `sent`
        assert time.monotonic_ns() - trigger < 0.5e9


def test_the_backlog_at_the_start_is_left_out(server: MjpegServer) -> None:
    camera = OpenCvCamera(server.url)
    camera.open()
    opened = server.sent
    frame = take(camera)
    camera.close()
    assert frame.number == 1
    assert round(frame.pixels[60, 80, 1] / 2) >= opened + 5  # of fifty a second


def test_a_killed_server_is_lost_and_found_again(server: MjpegServer, camera: OpenCvCamera) -> None:
    number = take(camera).number
    server.kill()
    assert seconds_until_lost(camera, 3) < 3
    with pytest.raises(CameraError) as absent:
        camera.open()
    assert absent.value.code is ErrorCode.CAMERA_NOT_FOUND
    server.start()
    camera.open()
    assert take(camera).number > number


def test_a_hanging_server_is_lost_and_found_again(
    server: MjpegServer, camera: OpenCvCamera
) -> None:
    take(camera)
    server.hanging.set()
    assert seconds_until_lost(camera, 4) < 3
    server.hanging.clear()
    camera.open()
    take(camera)


def test_a_late_frame_is_a_failure_even_when_the_read_says_true(
    server: MjpegServer, camera: OpenCvCamera
) -> None:
    take(camera)
    server.hanging.set()
    time.sleep(0.8)  # longer than STALE_SECONDS, shorter than the read's own time-out
    server.hanging.clear()
    assert seconds_until_lost(camera, 2) < 2


def test_nobody_there_is_not_found_and_leaves_stderr_clean(server: MjpegServer) -> None:
    url = server.url
    server.kill()
    code = (
        "import sys; from station.cameras.opencv import OpenCvCamera\n"
        "from station.errors import CameraError\n"
        "for source in sys.argv[1:]:\n"
        "    try: OpenCvCamera(source).open()\n"
        "    except CameraError as error: print(error.code, error.fault.fact('source'))\n"
    )
    sources = [url, "rtsp://127.0.0.1:1/x", "/dev/video97", "97"]
    done = subprocess.run(
        [sys.executable, "-c", code, *sources], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [f"camera_not_found {source}" for source in sources]
    assert done.stderr == ""


def test_closed_it_leaves_no_thread_and_gives_nothing(camera: OpenCvCamera) -> None:
    take(camera)
    camera.close()
    camera.close()
    assert not [t for t in threading.enumerate() if t.name == "opencv-reader"]
    with pytest.raises(CameraError) as caught:
        camera.grab(0)
    assert caught.value.code is ErrorCode.CAMERA_LOST


@pytest.mark.parametrize(
    ("text", "target", "stream"),
    [
        ("0", 0, False),
        ("/dev/video2", "/dev/video2", False),
        ("rtsp://user:secret@10.0.0.9:554/a", "rtsp://user:secret@10.0.0.9:554/a", True),
    ],
)
def test_a_back_end_is_always_named(text: str, target: str | int, stream: bool) -> None:
    source = parse_source(text)
    assert (source.target, source.is_stream) == (target, stream)
    assert source.backend != cv2.CAP_ANY
    assert (source.backend == cv2.CAP_FFMPEG) == stream


def test_what_is_neither_device_nor_stream_is_a_file() -> None:
    assert is_file("clip.avi")
    assert is_file("C:\\video\\0.mp4")
    assert not any(is_file(text) for text in ("0", "/dev/video0", "http://x/y.mjpg"))


class Device:
    """Stands in for a web camera, of which a build has none: notes what is set, hangs, goes."""

    def __init__(self, width: int, height: int, shade: int = 90) -> None:
        self.orders: list[tuple[int, float]] = []
        self.state = {cv2.CAP_PROP_FRAME_WIDTH: width, cv2.CAP_PROP_FRAME_HEIGHT: height}
        self.picture = np.full((height, width, 3), shade, np.uint8)
        self.flowing = threading.Event()
        self.flowing.set()
        self.gone = False
        self.released = threading.Event()

    def read(self) -> tuple[bool, npt.NDArray[np.uint8] | None]:
        time.sleep(0.01)
        self.flowing.wait()
        return (False, None) if self.gone else (True, self.picture.copy())

    def release(self) -> None:
        self.released.set()

    def set(self, prop: int, value: float) -> bool:
        self.orders.append((prop, value))
        return True

    def get(self, prop: int) -> float:
        return float(self.state.get(prop, 30))


def test_a_device_is_asked_for_mjpg_before_its_size(caplog: pytest.LogCaptureFixture) -> None:
    device = Device(640, 480)
    with caplog.at_level("INFO", "station"):
        set_up_device(device, 1280, 960)  # type: ignore[arg-type]
    assert [prop for prop, _ in device.orders] == [
        cv2.CAP_PROP_FOURCC,
        cv2.CAP_PROP_FRAME_WIDTH,
        cv2.CAP_PROP_FRAME_HEIGHT,
        cv2.CAP_PROP_BUFFERSIZE,
    ]
    assert device.orders[-1][1] == 1
    assert "granted 640 × 480" in caplog.text
    assert [r.levelname for r in caplog.records] == ["INFO", "WARNING"]


def test_a_device_keeps_its_own_size_unless_asked(caplog: pytest.LogCaptureFixture) -> None:
    device = Device(640, 480)
    set_up_device(device, 0, 0)  # type: ignore[arg-type]
    assert [prop for prop, _ in device.orders] == [cv2.CAP_PROP_FOURCC, cv2.CAP_PROP_BUFFERSIZE]
    assert not [r for r in caplog.records if r.levelname == "WARNING"]


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Device]]:
    """What one `open` after the other finds: a dark camera, then a bright one."""
    found = [Device(64, 48, 60), Device(64, 48, 120)]
    waiting = list(found)
    monkeypatch.setattr(opencv, "open_capture", lambda *_: waiting.pop(0))
    monkeypatch.setattr(opencv, "READ_MS", 100)
    monkeypatch.setattr(opencv, "SILENT_SECONDS", 0.3)
    yield found
    for device in found:
        device.gone = True
        device.flowing.set()


def test_an_unplugged_device_is_lost_and_released(devices: list[Device]) -> None:
    camera = OpenCvCamera("0")
    camera.open()
    assert take(camera).pixels[0, 0] == 60
    devices[0].gone = True
    assert seconds_until_lost(camera, 1) < 0.5
    assert devices[0].released.wait(1)
    camera.close()


def test_a_driver_that_hangs_is_lost_and_does_not_meddle_later(devices: list[Device]) -> None:
    """Its read returns when the next connection is up: that frame must not be seen any more."""
    camera = OpenCvCamera("0")
    camera.open()
    take(camera)
    devices[0].flowing.clear()
    assert seconds_until_lost(camera, 2) < 1
    camera.close()
    camera.open()
    numbers = [take(camera).number]
    devices[0].flowing.set()
    assert devices[0].released.wait(1)
    frames = [take(camera) for _ in range(10)]
    camera.close()
    assert {int(frame.pixels[0, 0]) for frame in frames} == {120}
    numbers += [frame.number for frame in frames]
    assert numbers == sorted(set(numbers))


def test_a_driver_that_raises_is_logged_and_lost(
    devices: list[Device], no_logged_errors: list[str]
) -> None:
    camera = OpenCvCamera("0")
    camera.open()
    devices[0].picture = np.zeros((48, 64, 2), np.uint8)
    devices[0].picture[:, :, 1] = 9  # no colour picture has two channels
    assert seconds_until_lost(camera, 1) < 1
    camera.close()
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()
