"""The driver against Aravis' fake camera, which speaks GigE Vision on loopback.

Times are printed; they are asserted with room for a machine that has other things to do.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import numpy as np
import pytest

from station.cameras import gvcp
from station.cameras.aravis.camera import AravisCamera, find
from station.cameras.aravis.library import Library
from station.cameras.base import Watched
from station.cameras.features import Adjustable, FeatureKind
from station.cameras.gvcp import identify
from station.cameras.registry import make_camera
from station.cameras.trial import try_camera
from station.domain.part import Frame, TriggerSource
from station.errors import CameraError, ErrorCode, ImageError
from tests.peers.fake_camera import ADDRESS, FakeCamera
from tests.peers.ramp import MARKS, gain_of, is_whole

pytestmark = pytest.mark.peer

SERIAL = f"SN{os.getpid()}"
SEEN_SECONDS = 1.0
BACK_SECONDS = 3.0
NOISE = 1.5  # a machine that is shared may need so many times what is promised


@pytest.fixture(scope="module")
def plugged() -> Iterator[FakeCamera]:
    try:
        Library()
    except CameraError as error:
        pytest.skip(f"{error.fault.fact('reason')}")
    with FakeCamera(SERIAL) as camera:
        yield camera


@pytest.fixture
def fake(plugged: FakeCamera) -> FakeCamera:
    """Begun anew: it keeps what was set on it as long as it has power."""
    plugged.kill()
    plugged.lost_per_mille = 0
    plugged.start()
    return plugged


def opened(trigger: str = "free", source: str = ADDRESS, **features: str) -> AravisCamera:
    camera = make_camera("aravis", source, {"trigger": trigger, **features})
    assert isinstance(camera, AravisCamera)
    camera.open()
    return camera


def take(camera: AravisCamera, seconds: float = 2.0) -> Frame:
    frame = camera.grab(seconds)
    assert frame is not None
    return frame


def value(camera: AravisCamera, name: str) -> object:
    return next(one.value for one in camera.features() if one.name == name)


def test_it_is_found_with_what_the_settings_need(fake: FakeCamera) -> None:
    (found,) = [one for one in find() if one.source == SERIAL]
    assert (found.kind, found.name, found.in_use) == ("aravis", "Aravis Fake", False)
    assert ADDRESS in found.detail
    told = identify(ADDRESS)
    assert told is not None
    assert (told.vendor, told.model, told.serial) == ("Aravis", "Fake", SERIAL)


@pytest.mark.parametrize(
    "source",
    [SERIAL, f"Aravis-Fake-{SERIAL}", ADDRESS, ""],
    ids=["serial", "id", "address", "any"],
)
def test_it_is_opened_by_any_of_its_names(fake: FakeCamera, source: str) -> None:
    camera = opened(source=source)
    assert take(camera).pixels.shape == (512, 512)
    camera.close()
    camera.close()
    with pytest.raises(CameraError) as closed:
        camera.grab(0.1)
    assert closed.value.code is ErrorCode.CAMERA_LOST


def test_pictures_come_at_the_rate_that_was_set(fake: FakeCamera) -> None:
    camera = opened(AcquisitionFrameRate="25")
    assert camera.live
    assert isinstance(camera, Watched)
    assert isinstance(camera, Adjustable)
    began, frames = time.monotonic(), [take(camera) for _ in range(60)]
    rate = 60 / (time.monotonic() - began)
    age = (time.monotonic_ns() - frames[-1].taken_ns) / 1e6
    camera.close()
    print(f"{rate:.1f} frames a second; the last looks {age:.0f} ms old")
    assert 15 < rate < 27
    assert [one.number for one in frames] == list(range(1, 61))
    assert all(a.taken_ns <= b.taken_ns for a, b in pairwise(frames))
    assert all(is_whole(one.pixels) for one in frames[::20])
    assert not frames[0].pixels.flags.writeable
    assert camera.incomplete == 0


def test_a_picture_never_looks_newer_than_it_is(fake: FakeCamera) -> None:
    """The gain is set, then the time is taken: what looks younger than that must show the gain."""
    camera, waits = opened(Width="256", Height="128"), []
    for part in range(30):
        camera.adjust("Gain", part % MARKS)
        asked = time.monotonic_ns()
        frame = take(camera)
        while frame.taken_ns < asked:
            frame = take(camera)
        waits.append((time.monotonic_ns() - asked) / 1e6)
        assert gain_of(frame.pixels) == part % MARKS
        time.sleep(0.007 * (part % 6))
    camera.close()
    print(f"a picture from after a moment, free-running at 25 fps: {np.median(waits):.0f} ms")


def test_only_the_newest_picture_is_kept(fake: FakeCamera) -> None:
    camera = opened(Width="256", Height="128")
    take(camera)
    time.sleep(1.3)  # 32 pictures that nobody takes, of eight buffers
    camera.check()  # and that is no fault of the camera
    frame, now = take(camera), time.monotonic_ns()
    camera.close()
    assert now - frame.taken_ns < 0.5e9


def test_one_picture_for_each_software_trigger(fake: FakeCamera) -> None:
    camera, times = opened("software"), []
    assert not camera.live
    assert camera.grab(0.2) is None  # nobody asked
    for part in range(25):
        camera.adjust("Gain", part % MARKS)
        asked = time.monotonic_ns()
        camera.trigger()
        frame = take(camera)
        times.append((time.monotonic_ns() - asked) / 1e6)
        assert asked <= frame.taken_ns <= time.monotonic_ns()
        assert gain_of(frame.pixels) == part % MARKS
        assert frame.started is None
    assert camera.grab(0.2) is None
    camera.check()
    camera.close()
    print(f"software trigger to picture: {np.median(times):.1f} ms, at most {max(times):.1f}")


def test_a_picture_taken_by_the_cameras_own_line_stands_for_a_part(fake: FakeCamera) -> None:
    camera = opened("line")
    assert camera.live
    assert camera.grab(1.5) is None
    camera.check()  # silence is no fault: there is no part
    assert value(camera, "TriggerSource") == "Line0"
    camera.adjust("TriggerSource", "Software")  # nobody can pulse the fake's input
    for _ in range(3):
        camera.adjust("TriggerSoftware", True)
        assert take(camera).started is TriggerSource.CAMERA
        assert camera.grab(0.1) is None
    camera.close()


@pytest.mark.parametrize(
    ("kind", "shape"),
    [("Mono8", (128, 256)), ("Mono16", (128, 256)), ("RGB8", (128, 256, 3))]
    + [(f"Bayer{order}8", (128, 256, 3)) for order in ("GR", "RG", "GB", "BG")],
)
def test_every_pixel_format_becomes_ours(
    fake: FakeCamera, kind: str, shape: tuple[int, ...]
) -> None:
    camera = opened("software", PixelFormat=kind, Width="256", Height="128")
    camera.trigger()
    pixels = take(camera).pixels
    camera.close()
    assert pixels.shape == shape
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous


@pytest.mark.parametrize(
    ("name", "wish", "allowed"),
    [
        ("ExposureTime", 1e12, "10 … 10000000 µs"),
        ("ExposureTime", "quick", "10 … 10000000 µs"),
        ("ExposureTime", "nan", "10 … 10000000 µs"),
        ("Width", 0, "1 … 2048"),
        ("Width", 2.5, "1 … 2048"),
        ("PixelFormat", "Mono99", "Mono8"),
        ("GainAuto", "Ω", "Off, Once, Continuous"),
    ],
)
def test_what_the_camera_cannot_do_is_refused_with_its_limits(
    fake: FakeCamera, name: str, wish: str | float, allowed: str
) -> None:
    camera = opened()
    before = value(camera, name)
    with pytest.raises(CameraError) as refused:
        camera.adjust(name, wish)
    assert refused.value.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert refused.value.fault.fact("feature") == name
    assert allowed in refused.value.fault.fact("allowed")
    assert value(camera, name) == before
    assert take(camera).pixels.shape == (512, 512)  # and it goes on
    camera.close()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"ExposureTime": "-1"}, ErrorCode.CAMERA_FEATURE_REFUSED),
        ({"Nonsense": "1"}, ErrorCode.CAMERA_BAD_OPTION),
        ({"trigger": "line", "line": "Line9"}, ErrorCode.CAMERA_FEATURE_REFUSED),
    ],
)
def test_absurd_settings_are_told_when_it_is_opened(
    fake: FakeCamera, options: dict[str, str], code: ErrorCode
) -> None:
    camera = make_camera("aravis", SERIAL, options)
    with pytest.raises(CameraError) as refused:
        camera.open()
    camera.close()
    assert refused.value.code is code
    opened().close()  # it was let go


def test_features_have_the_cameras_own_limits(fake: FakeCamera) -> None:
    camera = opened()
    exposure, gain, *others = camera.features()
    camera.close()
    assert (exposure.name, exposure.kind, exposure.unit) == (
        "ExposureTime",
        FeatureKind.NUMBER,
        "µs",
    )
    assert (exposure.low, exposure.high) == (10, 1e7)
    assert (gain.name, gain.low, gain.high) == ("Gain", 0, 10)
    pixel_format = next(one for one in others if one.name == "PixelFormat")
    assert {"Mono8", "RGB8"} <= set(pixel_format.choices)


def test_a_new_size_holds_from_the_next_picture_on(fake: FakeCamera) -> None:
    camera = opened()
    take(camera)
    camera.adjust("Width", 320)
    camera.adjust("Height", 200)
    assert take(camera).pixels.shape == (200, 320)
    camera.close()


def test_a_camera_has_one_master(fake: FakeCamera) -> None:
    camera, other = opened(), AravisCamera(SERIAL)
    with pytest.raises(CameraError) as in_use:
        other.open()
    assert in_use.value.code is ErrorCode.CAMERA_IN_USE
    assert [one.in_use for one in find() if one.source == SERIAL] == [True]
    assert is_whole(take(camera).pixels)
    camera.close()
    other.open()
    assert is_whole(take(other).pixels)
    other.close()


def test_a_camera_that_is_not_there_is_said_soon(fake: FakeCamera) -> None:
    for source in ("SN-of-nobody", "127.0.0.77"):
        began = time.monotonic()
        with pytest.raises(CameraError) as absent:
            AravisCamera(source).open()
        assert absent.value.code is ErrorCode.CAMERA_NOT_FOUND
        assert time.monotonic() - began < 4


def seconds_until_lost(camera: AravisCamera) -> float:
    """As the line asks: every 100 ms."""
    began = time.monotonic()
    while time.monotonic() - began < 10:
        try:
            camera.check()
            camera.grab(0.1)
        except CameraError as error:
            lost = error.code is ErrorCode.CAMERA_LOST
            return time.monotonic() - began if lost else float("nan")
    return float("inf")


def seconds_until_back(camera: AravisCamera) -> float:
    """As the line tries: with pauses of 2 s at the most."""
    began = time.monotonic()
    while time.monotonic() - began < 20:
        try:
            camera.open()
        except CameraError:
            time.sleep(0.5)
        else:
            return time.monotonic() - began
    return float("inf")


@pytest.mark.parametrize("trigger", ["free", "software"])
@pytest.mark.parametrize("loss", ["freeze", "kill"])
def test_a_loss_is_seen_and_mended_with_all_that_was_set(
    fake: FakeCamera, trigger: str, loss: str
) -> None:
    camera = opened(trigger, Width="256", Height="128")
    camera.adjust("ExposureTime", 12345)
    fake.freeze() if loss == "freeze" else fake.kill()
    seen = seconds_until_lost(camera)
    began = time.monotonic()
    camera.close()
    closed = time.monotonic() - began
    if trigger == "free":
        with pytest.raises(CameraError) as absent:
            camera.open()
        assert absent.value.code is ErrorCode.CAMERA_NOT_FOUND
    fake.thaw() if loss == "freeze" else fake.start()
    back = seconds_until_back(camera)
    print(f"{trigger}, {loss}: seen in {seen:.2f} s, closed in {closed:.2f}, back in {back:.2f}")
    assert seen < SEEN_SECONDS * NOISE
    assert closed < 0.5
    assert back < BACK_SECONDS * NOISE
    assert value(camera, "ExposureTime") == 12345
    camera.trigger()
    assert take(camera).pixels.shape == (128, 256)
    camera.close()


def test_a_camera_that_began_anew_within_a_blink_is_not_ours_any_more(fake: FakeCamera) -> None:
    camera = opened("software")
    fake.kill()
    fake.start()
    assert seconds_until_lost(camera) < SEEN_SECONDS * NOISE
    camera.close()
    camera.open()
    camera.close()


def test_a_camera_that_talks_to_its_holder_only_is_used_all_the_same(
    fake: FakeCamera, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(gvcp, "PORT", 9)  # our own questions reach nobody
    camera = opened(source=SERIAL)
    assert "answers nobody but its holder" in caplog.text
    assert is_whole(take(camera).pixels)
    time.sleep(1.0)
    camera.check()
    monkeypatch.undo()
    fake.kill()
    assert seconds_until_lost(camera) < 5  # by the pictures that stay away
    camera.close()


def test_a_picture_that_comes_after_its_time_is_nobodys(fake: FakeCamera) -> None:
    """A short hold-up, in which no loss is seen: the next part must not get this one's picture."""
    camera, seen = opened("software", Width="256", Height="128"), 0
    for part in range(8):
        camera.adjust("Gain", part % MARKS)
        camera.trigger()
        fake.freeze()
        missed = camera.grab(0.1)
        fake.thaw()
        if missed is not None:  # it was quicker than we
            assert gain_of(missed.pixels) == part % MARKS
        camera.adjust("Gain", (part + 1) % MARKS)
        camera.trigger()
        with suppress(ImageError):  # in pieces, cut by the hold-up: that is nobody's either
            assert gain_of(take(camera).pixels) == (part + 1) % MARKS
            seen += 1
    camera.close()
    assert seen > 3


def asked_for(camera: AravisCamera) -> ErrorCode | None:
    """Ask for a picture: why none came; one that came is whole."""
    camera.trigger()
    try:
        assert is_whole(take(camera).pixels)
    except ImageError as error:
        return error.code
    return None


def test_a_picture_in_pieces_is_nobodys(fake: FakeCamera) -> None:
    fake.kill()
    fake.lost_per_mille = 10
    fake.start()
    camera = opened("software", Width="256", Height="128")
    pieces = [one for one in (asked_for(camera) for _ in range(30)) if one is not None]
    assert set(pieces) == {ErrorCode.CAMERA_INCOMPLETE}
    assert len(pieces) == camera.incomplete < 30
    camera.close()
    free = opened(Width="256", Height="128")
    assert all(is_whole(take(free).pixels) for _ in range(25))
    free.close()
    print(f"1 % of packets lost: {len(pieces)} of 30 pictures asked for, {free.incomplete} others")
    assert free.incomplete > 0


def test_a_trial_says_how_good_it_is(fake: FakeCamera) -> None:
    camera = opened()
    trial = try_camera(camera, 25)
    camera.close()
    print(trial)
    assert trial.good
    assert trial.fps is not None
    assert 15 < trial.fps < 30
    assert (trial.width, trial.height, trial.colour) == (512, 512, False)
