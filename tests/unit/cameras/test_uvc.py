"""A video device that is kept by what it is. The device itself is a stand-in: a build has none."""

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import cv2
import pytest

from station.cameras import opencv, uvc
from station.cameras.uvc import Device as Listed
from station.cameras.uvc import UvcCamera
from station.errors import CameraError, ErrorCode
from tests.unit.cameras.devices import Device

TOP = Listed(0, "Webcam", "/dev/v4l/by-id/usb-Maker_Webcam_SN1-video-index0", "046d:0825")
SIDE = Listed(2, "Webcam", "/dev/v4l/by-id/usb-Maker_Webcam_SN2-video-index0", "046d:0825")
OLD = Listed(4, "Grabber", "", "1b80:e302")


class Bench:
    """What is plugged in, and what was opened."""

    def __init__(self) -> None:
        self.listed: tuple[Listed, ...] = (TOP, SIDE, OLD)
        self.opened: list[tuple[str | int, int]] = []
        self.devices: list[Device] = []

    def open(self, target: str | int, backend: int) -> Device:
        self.opened.append((target, backend))
        self.devices.append(Device(64, 48))
        return self.devices[-1]

    def camera(self, source: str = "", **options: float | str) -> UvcCamera:
        camera = UvcCamera(source, **options)  # type: ignore[arg-type]
        camera.list_devices = lambda backend: self.listed
        camera.open_device = self.open  # type: ignore[assignment]
        return camera


def grab_for(camera: UvcCamera, seconds: float) -> None:
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        camera.grab(0.1)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(uvc, "_backends", lambda: {"v4l2": cv2.CAP_V4L2})
    monkeypatch.setattr(opencv, "READ_SECONDS", 0.6)
    bench = Bench()
    yield bench
    for device in bench.devices:
        device.gone = True
        device.flowing.set()


def opened_by(bench: Bench, source: str) -> str | int:
    camera = bench.camera(source)
    camera.open()
    assert camera.grab(2) is not None
    camera.close()
    assert bench.devices[-1].released.wait(1)
    return bench.opened[-1][0]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", TOP.path),
        (SIDE.path, SIDE.path),
        ("1b80:e302:Grabber", 4),
        ("1b80:e302", 4),
        ("Grabber", 4),
    ],
)
def test_it_is_opened_by_what_it_is(bench: Bench, source: str, target: str | int) -> None:
    assert opened_by(bench, source) == target
    assert bench.opened[-1][1] == cv2.CAP_V4L2


def test_its_number_may_change(bench: Bench) -> None:
    assert opened_by(bench, "Grabber") == 4
    bench.listed = (Listed(0, "Grabber", "", "1b80:e302"), TOP, SIDE)
    assert opened_by(bench, "Grabber") == 0


@pytest.mark.parametrize("source", ["Webcam", "046d:0825", "046d:0825:Webcam", "Gone", "0"])
def test_a_name_for_two_or_for_none_is_not_found(bench: Bench, source: str) -> None:
    camera = bench.camera(source)
    with pytest.raises(CameraError) as caught:
        camera.open()
    assert caught.value.code is ErrorCode.CAMERA_NOT_FOUND
    assert not bench.opened


def test_mjpg_comes_before_size_and_rate_and_what_was_granted_is_told(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    camera = bench.camera("Grabber", width=1280, height=720, fps=60.0)
    with caplog.at_level("INFO", "station"):
        camera.open()
    camera.close()
    assert [prop for prop, _ in bench.devices[0].orders] == [
        cv2.CAP_PROP_FOURCC,
        cv2.CAP_PROP_FRAME_WIDTH,
        cv2.CAP_PROP_FRAME_HEIGHT,
        cv2.CAP_PROP_FPS,
        cv2.CAP_PROP_BUFFERSIZE,
    ]
    assert "granted 64 × 48" in caplog.text


def test_unplugged_it_is_lost_and_found_at_another_number(bench: Bench) -> None:
    camera = bench.camera("Grabber")
    camera.open()
    first = camera.grab(2)
    assert first is not None
    bench.devices[0].gone = True
    with pytest.raises(CameraError) as caught:
        grab_for(camera, 2)
    assert caught.value.code is ErrorCode.CAMERA_LOST
    bench.listed = (Listed(7, "Grabber", "", "1b80:e302"),)
    camera.open()
    again = camera.grab(2)
    camera.close()
    assert again is not None
    assert again.number > first.number
    assert bench.opened[-1][0] == 7
    assert not [t for t in threading.enumerate() if t.name == "opencv-reader"]


def test_what_is_found_is_what_the_settings_keep(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uvc, "list_devices", lambda _: bench.listed)
    found = uvc.find()
    assert [one.source for one in found] == [TOP.path, SIDE.path, "1b80:e302:Grabber"]
    assert found[0].detail == f"046d:0825, {TOP.path}"
    for one in found:
        assert bench.camera(one.source)._locate().identity == one.source


def test_the_systems_list_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """As cv2_enumerate_cameras gives it; a number in a path is nothing that lasts."""
    module = pytest.importorskip("cv2_enumerate_cameras")
    video = tmp_path / "video0"
    video.touch()
    links = tmp_path / "by-id"
    links.mkdir()
    (links / "usb-Maker_SN1-video-index0").symlink_to(video)
    rows = [
        SimpleNamespace(index=2, name="Grabber", path="/dev/video2", vid=0x1B80, pid=0xE302),
        SimpleNamespace(index=0, name="Webcam", path=str(video), vid=None, pid=None),
    ]
    monkeypatch.setattr(module, "enumerate_cameras", lambda backend: rows)
    monkeypatch.setattr(uvc, "BY_ID", links)
    listed = uvc.list_devices(cv2.CAP_V4L2)
    assert listed == (
        Listed(0, "Webcam", str(links / "usb-Maker_SN1-video-index0"), ""),
        Listed(2, "Grabber", "", "1b80:e302"),
    )
    assert listed[0].answers_to(str(video))


def test_the_system_is_really_asked() -> None:
    """Wherever this runs, with whatever cameras."""
    for one in uvc.find():
        assert one.kind == "uvc"
        assert one.source
