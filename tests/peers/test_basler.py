"""Basler cameras through pylon and its emulator: triggers, own pictures, failed buffers."""

import importlib.util
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from station.cameras.basler import find
from station.cameras.features import FeatureKind
from station.cameras.hosted import HostedCamera
from station.cameras.registry import make_camera
from station.domain.inspection import Verdict
from station.domain.options import Option
from station.errors import CameraError, ErrorCode, ImageError
from tests.line.conftest import MakeRig, make_rig, model, recipe
from tests.unit.cameras.pictures import save

__all__ = ["make_rig", "model", "recipe"]

pytestmark = pytest.mark.peer

WIDTH, HEIGHT = 320, 240
PARTS = 60


@pytest.fixture(autouse=True)
def emulator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cameras, in every process that loads pylon from now on."""
    if importlib.util.find_spec("pypylon") is None:
        pytest.skip("no pypylon here: pip install station[basler]")
    monkeypatch.setenv("PYLON_CAMEMU", "2")


def make(source: str = "", **options: Option) -> HostedCamera:
    small: dict[str, Option] = {"Width": WIDTH, "Height": HEIGHT, "ExposureTime": 1000.0}
    camera = make_camera("basler", source, {**small, **options})
    assert isinstance(camera, HostedCamera)
    return camera


@pytest.fixture
def asked() -> Iterator[HostedCamera]:
    """One that takes a picture for each part."""
    camera = make(trigger="software")
    camera.open()
    yield camera
    camera.close()


def test_the_emulated_cameras_are_found() -> None:
    found = find()
    assert [one.source for one in found] == ["0815-0000", "0815-0001"]
    assert all(one.kind == "basler" and "Basler" in one.detail for one in found)


def test_it_sends_pictures_at_its_rate() -> None:
    camera = make("0815-0001", AcquisitionFrameRate=40.0)
    try:
        camera.open()
        began, stamps = time.monotonic(), []
        while time.monotonic() - began < 2:
            frame = camera.grab(0.5)
            assert frame is not None
            stamps.append(frame.taken_ns)
    finally:
        camera.close()
    fps = len(stamps) / 2
    print(f"{fps:.1f} fps of 40")
    assert 20 < fps < 44
    assert frame.pixels.shape == (HEIGHT, WIDTH)
    assert stamps == sorted(stamps)


def test_a_picture_is_taken_for_each_trigger_and_for_nothing_else(asked: HostedCamera) -> None:
    assert not asked.live
    assert asked.grab(0.2) is None
    took = []
    for _ in range(50):
        trigger = time.monotonic_ns()
        asked.trigger()
        frame = asked.grab(2)
        assert frame is not None
        assert frame.taken_ns >= trigger
        took.append((time.monotonic_ns() - trigger) / 1e6)
    took.sort()
    print(f"trigger to frame: median {took[25]:.1f} ms, most {took[-1]:.1f} ms")
    assert took[25] < 200
    assert asked.grab(0.2) is None


def test_a_picture_in_pieces_is_never_handed_over(asked: HostedCamera) -> None:
    asked.adjust("ForceFailedBufferCount", 1)
    assert asked.adjust("ForceFailedBuffer", True).kind is FeatureKind.COMMAND
    asked.trigger()
    with pytest.raises(ImageError) as caught:
        asked.grab(2)
    assert caught.value.code is ErrorCode.CAMERA_INCOMPLETE
    assert "incompletely grabbed" in caught.value.fault.fact("reason")
    asked.trigger()
    assert asked.grab(2) is not None


def test_a_line_that_nothing_pulses_starts_no_part() -> None:
    camera = make(trigger="line", line="Line2")
    try:
        camera.open()
        assert camera.live
        assert camera.grab(0.5) is None
        camera.check()
        trigger = {one.name: one.value for one in camera.features()}["TriggerSource"]
        assert trigger == "Line2"
    finally:
        camera.close()


def test_it_shows_pictures_of_our_own(tmp_path: Path) -> None:
    for name, level in (("a", 40), ("b", 200)):
        save(tmp_path / f"{name}.png", np.full((HEIGHT, WIDTH), level, np.uint8))
    camera = make(
        trigger="software", TestImageSelector="Off", ImageFilename=str(tmp_path), ImageFileMode="On"
    )
    try:
        camera.open()
        levels = set()
        for _ in range(4):
            camera.trigger()
            frame = camera.grab(2)
            assert frame is not None
            levels.add(round(float(frame.pixels.mean())))
    finally:
        camera.close()
    assert levels == {40, 200}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ExposureTime", 1e12, ErrorCode.CAMERA_FEATURE_REFUSED),
        ("ExposureTime", "long", ErrorCode.CAMERA_FEATURE_REFUSED),
        ("TriggerSource", "Line77", ErrorCode.CAMERA_FEATURE_REFUSED),
        ("Nonsense", 1, ErrorCode.CAMERA_BAD_OPTION),
        ("TriggerMode", "Off", ErrorCode.CAMERA_BAD_OPTION),
    ],
)
def test_an_absurd_value_is_refused(
    asked: HostedCamera, name: str, value: Option, code: ErrorCode
) -> None:
    with pytest.raises(CameraError) as caught:
        asked.adjust(name, value)
    assert caught.value.code is code
    asked.trigger()
    assert asked.grab(2) is not None


def test_exposure_and_size_are_set_while_it_runs(asked: HostedCamera) -> None:
    granted = asked.adjust("ExposureTime", 5000)
    assert (granted.value, granted.unit, granted.low) == (5000, "µs", 1)
    assert asked.adjust("Width", 160).value == 160
    asked.trigger()
    frame = asked.grab(2)
    assert frame is not None
    assert frame.pixels.shape == (HEIGHT, 160)


def test_a_format_that_we_cannot_read_is_refused(asked: HostedCamera) -> None:
    with pytest.raises(CameraError) as caught:
        asked.adjust("PixelFormat", "BGRA8Packed")
    assert caught.value.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert "RGB8Packed" in caught.value.fault.fact("allowed")
    assert "BGRA8Packed" not in caught.value.fault.fact("allowed")
    assert asked.adjust("PixelFormat", "RGB8Packed").value == "RGB8Packed"
    asked.trigger()
    frame = asked.grab(2)
    assert frame is not None
    assert frame.pixels.shape == (HEIGHT, WIDTH, 3)


def test_an_unknown_one_is_not_found() -> None:
    camera = make("0815-0009")
    with pytest.raises(CameraError) as caught:
        camera.open()
    assert caught.value.code is ErrorCode.CAMERA_NOT_FOUND


def test_a_run_with_pictures_in_pieces_and_a_crash(make_rig: MakeRig) -> None:
    """Each part has its picture or none: admitted = recorded."""
    camera = make(trigger="software")
    rig = make_rig(camera)
    for number in range(PARTS):
        if number == 20:
            rig.line.adjust_camera("ForceFailedBufferCount", 3)
            rig.line.adjust_camera("ForceFailedBuffer", True)
        if number == 40:
            os.kill(camera.process_id, signal.SIGTERM)
        rig.inspect()
    assert rig.line.stop()
    status = rig.line.status()
    history = rig.store.reader.history(PARTS + 1)
    verdicts = Counter(entry.inspection.verdict for entry in history)
    codes = Counter(e.inspection.fault.code for e in history if e.inspection.fault)
    print(f"{PARTS} parts: {dict(verdicts)} {dict(codes)}")
    assert status.admitted == status.recorded == len(history) == PARTS
    assert codes[ErrorCode.CAMERA_INCOMPLETE] == 3
    assert codes[ErrorCode.CAMERA_LOST] >= 1
    assert verdicts[Verdict.NOT_INSPECTED] == sum(codes.values())
