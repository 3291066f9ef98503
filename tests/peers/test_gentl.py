"""GenICam cameras through a GenTL producer: the one that lies in the genicam package.

It has three cameras without trigger and without stamps, 1 to 200 pictures a second.
"""

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.cameras.base import Watched
from station.cameras.features import Adjustable, Feature, FeatureKind
from station.cameras.gentl import find
from station.cameras.hosted import HostedCamera
from station.cameras.registry import make_camera
from station.domain.inspection import Verdict
from station.domain.options import Option
from station.domain.recipe import Recipe
from station.errors import CameraError, ErrorCode
from station.pipeline.events import LineState
from tests.line.conftest import MakeRig, make_rig, model, recipe

__all__ = ["make_rig", "model", "recipe"]

pytestmark = pytest.mark.peer

FPS = 50.0
LOST_SECONDS = 1.0
SLACK = 0.5  # of a busy machine
PARTS = 100


@pytest.fixture(scope="module")
def cti() -> str:
    genicam = pytest.importorskip("genicam", reason="pip install genicam")
    path = Path(genicam.__file__).with_name("viky.cti")
    if not path.exists():
        pytest.skip("the genicam package has no viky.cti on this system")
    return str(path)


@pytest.fixture(autouse=True)
def no_producers_but_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GENICAM_GENTL64_PATH", raising=False)


def make(cti: str, source: str = "1", **options: Option) -> HostedCamera:
    camera = make_camera("gentl", source, {"cti": cti, "AcquisitionFrameRate": FPS, **options})
    assert isinstance(camera, HostedCamera)
    assert isinstance(camera, Watched)
    assert isinstance(camera, Adjustable)
    return camera


@pytest.fixture
def camera(cti: str) -> Iterator[HostedCamera]:
    camera = make(cti)
    camera.open()
    yield camera
    camera.close()


def refusal(camera: HostedCamera) -> CameraError:
    with pytest.raises(CameraError) as caught:
        camera.open()
    assert camera.process_id == 0
    return caught.value


def feature(camera: HostedCamera, name: str) -> Feature:
    return next(one for one in camera.features() if one.name == name)


def test_every_camera_of_the_producer_is_found(cti: str) -> None:
    found = find(cti)
    assert [(one.kind, one.source) for one in found] == [("gentl", str(n)) for n in range(3)]
    assert "VikyTL_DEV_green" in found[1].detail
    assert not any(one.in_use for one in found)


def test_a_folder_and_the_makers_variable_name_producers_too(
    cti: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert len(find(str(Path(cti).parent))) == 3
    monkeypatch.setenv("GENICAM_GENTL64_PATH", f"{tmp_path}{os.pathsep}{Path(cti).parent}")
    assert len(find()) == 3


@pytest.mark.parametrize("source", ["", "2", "VikyTL_DEV_blue"])
def test_it_is_found_by_serial_number_and_id_or_is_the_first(cti: str, source: str) -> None:
    camera = make(cti, source)
    try:
        camera.open()
        assert camera.grab(2) is not None
    finally:
        camera.close()


def test_it_sends_pictures_at_its_rate(camera: HostedCamera) -> None:
    assert camera.live
    began, frames, ages = time.monotonic(), [], []
    while time.monotonic() - began < 3:
        frame = camera.grab(0.5)
        assert frame is not None
        frames.append(frame)
        ages.append((time.monotonic_ns() - frame.taken_ns) / 1e6)
    fps = len(frames) / (time.monotonic() - began)
    print(f"{fps:.1f} fps of {FPS:g}, age {sorted(ages)[len(ages) // 2]:.0f} ms")
    assert 0.5 * FPS < fps < 1.1 * FPS
    assert frames[0].pixels.shape == (400, 400)
    assert frames[0].pixels.tobytes() != frames[-1].pixels.tobytes()
    numbers, stamps = [f.number for f in frames], [f.taken_ns for f in frames]
    assert numbers == sorted(set(numbers))
    assert stamps == sorted(stamps)
    with pytest.raises(ValueError, match="read-only"):
        frames[0].pixels[0, 0] = 0


def test_its_features_have_the_cameras_own_limits(camera: HostedCamera) -> None:
    rate = feature(camera, "AcquisitionFrameRate")
    assert (rate.kind, rate.value, rate.low, rate.high) == (FeatureKind.NUMBER, FPS, 1, 200)
    assert rate.unit == "Hz"
    assert feature(camera, "PixelFormat").choices == ("RGBa8", "Mono8")
    assert feature(camera, "PixelFormat").value == "Mono8"  # we cannot read its RGBa8
    assert camera.adjust("Width", 320).value == 320
    frame = camera.grab(2)
    assert frame is not None
    assert frame.pixels.shape == (400, 320)


def test_what_was_adjusted_is_there_after_the_camera_was_lost(camera: HostedCamera) -> None:
    camera.adjust("Height", "240")
    camera.adjust("AcquisitionFrameRate", 25)
    os.kill(camera.process_id, signal.SIGKILL)
    assert seconds_until_lost(camera) < LOST_SECONDS + SLACK
    camera.open()
    assert feature(camera, "AcquisitionFrameRate").value == 25
    frame = camera.grab(2)
    assert frame is not None
    assert frame.pixels.shape == (240, 400)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("Width", 99999, "100 … 800"),
        ("Width", "wide", "100 … 800"),
        ("AcquisitionFrameRate", float("nan"), "1 … 200 Hz"),
        ("PixelFormat", "Mono16", "RGBa8, Mono8"),
    ],
)
def test_an_absurd_value_is_refused_with_the_limits(
    camera: HostedCamera, name: str, value: Option, allowed: str
) -> None:
    with pytest.raises(CameraError) as caught:
        camera.adjust(name, value)
    assert caught.value.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert caught.value.fault.fact("feature") == name
    assert caught.value.fault.fact("allowed") == allowed
    assert camera.grab(2) is not None


def test_an_absurd_value_in_the_settings_is_refused_when_it_opens(cti: str) -> None:
    error = refusal(make(cti, Width=99999))
    assert error.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert (error.fault.fact("source"), error.fault.fact("allowed")) == ("gentl:1", "100 … 800")
    assert refusal(make(cti, Nonsense=1)).code is ErrorCode.CAMERA_BAD_OPTION


def test_a_camera_without_a_trigger_says_so(cti: str) -> None:
    error = refusal(make(cti, trigger="software"))
    assert error.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert error.fault.fact("feature") == "TriggerMode"


def test_no_picture_in_time_is_none(cti: str) -> None:
    camera = make(cti, AcquisitionFrameRate=1.0)
    try:
        camera.open()
        while camera.grab(1.5) is None:
            pass
        began = time.monotonic()
        assert camera.grab(0.2) is None
        assert 0.15 < time.monotonic() - began < 0.6
    finally:
        camera.close()


def test_a_missing_producer_is_told_in_clear_words(tmp_path: Path) -> None:
    gone = tmp_path / "maker.cti"
    error = refusal(make(str(gone)))
    assert error.code is ErrorCode.CAMERA_DRIVER_MISSING
    assert error.fault.fact("kind") == "gentl"
    assert error.fault.fact("reason") == f"{gone}: no such file"
    gone.write_text("no library")
    assert str(gone) in refusal(make(str(gone))).fault.fact("reason")
    error = refusal(make(""))
    assert error.code is ErrorCode.CAMERA_DRIVER_MISSING
    assert error.fault.fact("reason") == "no .cti file; GENICAM_GENTL64_PATH is not set"


def test_a_camera_that_is_not_there_is_not_found(cti: str) -> None:
    error = refusal(make(cti, "SN-none"))
    assert error.code is ErrorCode.CAMERA_NOT_FOUND
    assert error.fault.fact("source") == "gentl:SN-none"


def test_closed_it_leaves_nothing_and_gives_nothing(camera: HostedCamera) -> None:
    process = camera.process_id
    camera.close()
    camera.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert not [t for t in threading.enumerate() if t.name == "hosted"]
    with pytest.raises(CameraError) as caught:
        camera.grab(0)
    assert caught.value.code is ErrorCode.CAMERA_LOST
    camera.open()
    assert camera.grab(2) is not None


def seconds_until_lost(camera: HostedCamera) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 5:
        try:
            camera.grab(0.1)
        except CameraError as error:
            lost = error.code is ErrorCode.CAMERA_LOST
            return time.monotonic() - began if lost else float("nan")
    return float("inf")


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be stopped there")
@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
def test_a_library_that_hangs_or_crashes_is_lost_within_a_second(
    camera: HostedCamera, how: signal.Signals
) -> None:
    process = camera.process_id
    os.kill(process, how)
    seconds = seconds_until_lost(camera)
    print(f"{how.name}: lost after {seconds:.2f} s")
    assert seconds <= LOST_SECONDS + SLACK
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    camera.open()
    assert camera.grab(2) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be stopped there")
def test_a_run_in_which_the_library_hangs_and_crashes(
    cti: str, make_rig: MakeRig, recipe: Recipe
) -> None:
    """Admitted = recorded. What this producer draws is nearly white."""
    camera = make(cti, AcquisitionFrameRate=100.0)
    rig = make_rig(camera, recipe=replace(recipe, max_saturated=1.0))
    troubles = {30: signal.SIGSTOP, 65: signal.SIGKILL}
    began = time.monotonic()
    for number in range(PARTS):
        if number in troubles:
            os.kill(camera.process_id, troubles[number])
        rig.inspect()
        if rig.line.status().state is LineState.FAULT:
            time.sleep(0.1)  # the next part comes all the same
    seconds = time.monotonic() - began
    assert rig.line.stop()
    status = rig.line.status()
    history = rig.store.reader.history(PARTS + 1)
    verdicts = Counter(entry.inspection.verdict for entry in history)
    codes = Counter(e.inspection.fault.code for e in history if e.inspection.fault)
    print(f"{PARTS} parts in {seconds:.1f} s: {dict(verdicts)} {dict(codes)}")
    assert status.admitted == status.recorded == len(history) == PARTS
    assert verdicts[Verdict.OK] + verdicts[Verdict.NG] >= PARTS // 2
    assert verdicts[Verdict.NOT_INSPECTED] >= 1
    assert set(codes) <= {ErrorCode.CAMERA_LOST, ErrorCode.CAMERA_NO_FRAME}
