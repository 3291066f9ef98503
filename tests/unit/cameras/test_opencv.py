import subprocess
import sys
import time
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from station.cameras import opencv
from station.cameras.opencv import OpenCvCamera, device_backend, is_file, set_up_device
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode
from tests.unit.cameras.devices import Device


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


def test_nobody_there_is_not_found_and_leaves_stderr_clean() -> None:
    code = (
        "import sys; from station.cameras.opencv import OpenCvCamera\n"
        "from station.errors import CameraError\n"
        "for source in sys.argv[1:]:\n"
        "    try: OpenCvCamera(source).open()\n"
        "    except CameraError as error: print(error.code, error.fault.fact('source'))\n"
    )
    sources = ["/dev/video97", "97"]
    done = subprocess.run(
        [sys.executable, "-c", code, *sources], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [f"camera_not_found {source}" for source in sources]
    assert done.stderr == ""


def test_a_back_end_is_always_named() -> None:
    assert device_backend() != cv2.CAP_ANY


def test_what_is_neither_device_nor_stream_is_a_file() -> None:
    assert is_file("clip.avi")
    assert is_file("C:\\video\\0.mp4")
    assert not any(is_file(text) for text in ("0", "/dev/video0", "http://x/y.mjpg"))


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
    monkeypatch.setattr(opencv, "READ_SECONDS", 0.6)
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
