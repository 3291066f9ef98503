import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from station.cameras.features import Adjustable, FeatureKind
from station.cameras.flange import draw_part
from station.cameras.freeze import FreezeWatch, black
from station.cameras.noise import SensorNoise
from station.cameras.picture import measure_picture
from station.cameras.simulated import BESIDE, NEXT_PART, CameraFault, SimulatedCamera
from station.domain.part import Frame, Pixels
from station.errors import CameraError, ErrorCode

SMALL = (320, 256)


@pytest.fixture
def camera() -> Iterator[SimulatedCamera]:
    """Fast and small, opened."""
    camera = SimulatedCamera(seed=4, fps=200, defect_rate=0.5, width=320, height=256)
    camera.open()
    yield camera
    camera.close()


def take(camera: SimulatedCamera) -> Frame:
    frame = camera.grab(1)
    assert frame is not None
    return frame


def shows(frame: Frame, index: int) -> bool:
    part, truth = draw_part(4, index, SMALL, 0.5)
    near = float(np.abs(frame.pixels.astype(int) - part).mean()) < 2.5
    return near and frame.truth == truth


def test_it_shows_one_part_until_it_is_triggered(camera: SimulatedCamera) -> None:
    assert camera.live
    assert all(shows(take(camera), 0) for _ in range(5))
    for index in range(1, 6):
        camera.trigger()
        assert shows(take(camera), index)
        assert shows(take(camera), index)


def test_another_part_is_shown_when_asked_and_the_series_of_the_triggers_stays(
    camera: SimulatedCamera,
) -> None:
    assert shows(take(camera), 0)
    truths = []
    for number in range(1, 4):
        assert camera.adjust(NEXT_PART, True).kind is FeatureKind.COMMAND
        assert shows(take(camera), BESIDE + number)
        truths.append(take(camera).truth)
    for index in range(1, 4):
        camera.trigger()
        assert shows(take(camera), index)
    camera.adjust(NEXT_PART, True)
    assert shows(take(camera), BESIDE + 4)
    assert NEXT_PART in {one.name for one in camera.features()}
    camera.close()
    with pytest.raises(CameraError) as caught:
        camera.adjust(NEXT_PART, True)
    assert caught.value.code is ErrorCode.CAMERA_LOST


def test_a_trigger_that_falls_into_an_exposure_is_later_than_its_frame(
    camera: SimulatedCamera,
) -> None:
    """What was taken at or after a trigger is the next part, however the two meet."""
    sensor, moments = camera._noise, []
    assert sensor is not None

    class Interrupted:
        def over(self, pixels: Pixels, number: int) -> Pixels:
            camera.trigger()
            moments.append(time.monotonic_ns())
            return sensor.over(pixels, number)

    camera._noise = Interrupted()  # type: ignore[assignment]
    frame = take(camera)
    camera._noise = sensor
    assert shows(frame, 0)
    assert frame.taken_ns < moments[0]
    assert shows(take(camera), 1)


def test_no_two_frames_in_a_row_are_equal(camera: SimulatedCamera) -> None:
    watch = FreezeWatch()
    frames = [take(camera) for _ in range(60)]
    assert not any(np.array_equal(a.pixels, b.pixels) for a, b in pairwise(frames))
    assert not any(watch.frozen(frame) for frame in frames)


def test_numbers_and_times_rise(camera: SimulatedCamera) -> None:
    frames = [take(camera) for _ in range(5)]
    assert [f.number for f in frames] == [1, 2, 3, 4, 5]
    assert sorted({f.taken_ns for f in frames}) == [f.taken_ns for f in frames]
    with pytest.raises(ValueError, match="read-only"):
        frames[0].pixels[0, 0] = 1


def test_two_cameras_of_one_seed_see_the_same() -> None:
    seen = []
    for _ in range(2):
        camera = SimulatedCamera(seed=9, fps=1000, width=320, height=256)
        camera.open()
        frames = []
        for _ in range(3):
            camera.trigger()
            frames.append(take(camera))
        camera.close()
        seen.append(frames)
    for one, other in zip(*seen, strict=True):
        assert np.array_equal(one.pixels, other.pixels)
        assert one.truth == other.truth


def test_it_keeps_its_rate() -> None:
    camera = SimulatedCamera(fps=50, width=320, height=256)
    camera.open()
    take(camera)
    began = time.monotonic()
    for _ in range(25):
        take(camera)
    took = time.monotonic() - began
    camera.close()
    assert 0.45 < took < 0.75


def test_it_waits_no_longer_than_it_was_told() -> None:
    camera = SimulatedCamera(fps=2, width=320, height=256)
    camera.open()
    take(camera)
    began = time.monotonic()
    assert camera.grab(0.05) is None
    assert 0.04 < time.monotonic() - began < 0.3
    camera.close()


def test_frames_that_nobody_grabbed_are_gone(camera: SimulatedCamera) -> None:
    take(camera)
    time.sleep(0.3)  # 60 frames long
    before = time.monotonic_ns()
    assert take(camera).taken_ns >= before
    began = time.monotonic()
    for _ in range(10):
        take(camera)
    assert time.monotonic() - began > 0.03  # and they are not made up for


def test_a_pool_is_repeated() -> None:
    camera = SimulatedCamera(seed=4, fps=1000, defect_rate=0.5, width=320, height=256, pool=3)
    camera.open()
    assert shows(take(camera), 0)
    for index in (1, 2, 0, 1, 2, 0):
        camera.trigger()
        assert shows(take(camera), index)
    camera.close()


def test_unplugged_it_is_lost_until_it_is_plugged_in(camera: SimulatedCamera) -> None:
    take(camera)
    camera.fail(CameraFault.UNPLUG)
    with pytest.raises(CameraError) as lost:
        camera.grab(1)
    assert lost.value.code is ErrorCode.CAMERA_LOST
    camera.close()
    with pytest.raises(CameraError) as absent:
        camera.open()
    assert absent.value.code is ErrorCode.CAMERA_NOT_FOUND
    camera.fail(None)
    camera.open()
    assert shows(take(camera), 0)


def test_frozen_it_repeats_one_picture_for_every_part(camera: SimulatedCamera) -> None:
    last = take(camera)
    camera.fail(CameraFault.FREEZE)
    watch = FreezeWatch()
    camera.trigger()
    frames = [take(camera) for _ in range(4)]
    assert all(np.array_equal(frame.pixels, last.pixels) for frame in frames)
    assert [frame.number for frame in frames] == [2, 3, 4, 5]
    assert [watch.frozen(frame) for frame in frames] == [False, False, True, True]
    camera.fail(None)
    assert shows(take(camera), 1)


def test_in_the_dark_every_frame_is_black_and_none_is_frozen(camera: SimulatedCamera) -> None:
    camera.fail(CameraFault.BLACK)
    watch = FreezeWatch()
    for _ in range(5):
        frame = take(camera)
        assert black(frame.pixels)
        assert not watch.frozen(frame)
    camera.fail(None)
    assert not black(take(camera).pixels)


@pytest.mark.parametrize("fault", [CameraFault.OVEREXPOSED, CameraFault.BLURRED])
def test_a_bad_picture_is_alive_and_of_the_right_part(
    camera: SimulatedCamera, fault: CameraFault
) -> None:
    camera.fail(fault)
    watch = FreezeWatch()
    for index in (1, 2):
        camera.trigger()
        frame = take(camera)
        assert frame.truth == draw_part(4, index, SMALL, 0.5)[1]
        assert not shows(frame, index)
        assert not watch.frozen(frame)
        assert not frame.pixels.flags.writeable
    camera.fail(None)
    assert shows(take(camera), 2)


def test_overexposed_it_is_white_and_blurred_it_keeps_its_light_and_loses_its_detail(
    camera: SimulatedCamera,
) -> None:
    right = take(camera).pixels
    camera.fail(CameraFault.OVEREXPOSED)
    assert (take(camera).pixels == 255).mean() > 0.95
    camera.fail(CameraFault.BLURRED)
    soft = take(camera).pixels
    assert abs(float(soft.mean()) - float(right.mean())) < 1
    assert measure_picture(soft).focus < 0.4 * measure_picture(right).focus


def test_slow_it_misses_its_time_and_recovers_at_once(camera: SimulatedCamera) -> None:
    take(camera)
    camera.fail("slow")
    assert camera.grab(0.2) is None
    camera.fail(None)
    assert camera.grab(0.2) is not None


def test_an_unknown_fault_is_refused(camera: SimulatedCamera) -> None:
    with pytest.raises(ValueError, match="fire"):
        camera.fail("fire")


def test_closed_it_gives_nothing_and_opens_again_where_it_was(camera: SimulatedCamera) -> None:
    camera.trigger()
    assert shows(take(camera), 1)
    threads = threading.active_count()
    camera.close()
    camera.close()
    assert threading.active_count() == threads - 1
    with pytest.raises(CameraError) as caught:
        camera.grab(0)
    assert caught.value.code is ErrorCode.CAMERA_LOST
    camera.open()
    assert shows(take(camera), 1)
    camera.trigger()
    assert shows(take(camera), 2)


def test_to_construct_it_starts_nothing() -> None:
    threads = threading.active_count()
    began = time.monotonic()
    SimulatedCamera(pool=1000)
    assert time.monotonic() - began < 0.05
    assert threading.active_count() == threads


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("fps", 0.0),
        ("fps", -1.0),
        ("fps", 1e9),
        ("defect_rate", 1.1),
        ("defect_rate", float("nan")),
        ("width", 8),
        ("height", 10**6),
        ("pool", -1),
        ("seed", -1),
    ],
)
def test_a_value_no_camera_can_have_is_refused(option: str, value: float) -> None:
    with pytest.raises(CameraError) as caught:
        SimulatedCamera(**{option: value})  # type: ignore[arg-type]
    assert caught.value.code is ErrorCode.CAMERA_BAD_OPTION
    assert caught.value.fault.fact("option") == option


def test_the_noise_has_its_strength_and_no_bias() -> None:
    noise = SensorNoise((640, 512), 3)
    base = np.full((512, 640), 120, np.uint8)
    for number in range(8):
        difference = noise.over(base, number).astype(int) - 120
        assert abs(difference.mean()) < 0.05
        assert 2.0 < difference.std() < 2.4


def test_a_frame_of_full_size_costs_little() -> None:
    noise = SensorNoise((1280, 1024), 3)
    base = np.full((1024, 1280), 120, np.uint8)
    took = []
    for number in range(30):
        began = time.perf_counter()
        noise.over(base, number)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.002


# ── what can be set ──────────────────────────────────────────────────────────────────────────


def brightness(camera: SimulatedCamera) -> float:
    return float(take(camera).pixels.mean())


def test_as_it_is_delivered_nothing_is_changed(camera: SimulatedCamera) -> None:
    assert isinstance(camera, Adjustable)
    assert [one.name for one in camera.features()][:2] == ["ExposureTime", "Gain"]
    assert shows(take(camera), 0)


def test_exposure_and_gain_make_the_picture_brighter(camera: SimulatedCamera) -> None:
    right = brightness(camera)
    granted = camera.adjust("ExposureTime", 2500)
    assert (granted.value, granted.unit) == (2500.0, "µs")
    assert brightness(camera) == pytest.approx(right / 2, rel=0.05)
    camera.adjust("Gain", 6.0206)
    assert brightness(camera) == pytest.approx(right, rel=0.05)
    camera.adjust("ExposureTime", 60_000)
    assert measure_picture(take(camera).pixels).saturated > 0.9
    assert take(camera).pixels.max() == 255
    assert not take(camera).pixels.flags.writeable


def test_gain_lifts_the_noise_and_exposure_does_not(camera: SimulatedCamera) -> None:
    def noise() -> float:
        some = [take(camera).pixels[:20, :20].astype(float) for _ in range(8)]
        return float(np.std(some, axis=0).mean())

    plain = noise()
    camera.adjust("ExposureTime", 2500)
    assert noise() == pytest.approx(plain, rel=0.25)
    camera.adjust("Gain", 12)
    assert noise() > 2.5 * plain


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("ExposureTime", 5, "10 … 100000"),
        ("ExposureTime", "bright", "10 … 100000"),
        ("Gain", -1, "0 … 24"),
        ("Gain", True, "0 … 24"),
        ("Gain", float("nan"), "0 … 24"),
        ("Width", 64, "320"),
        ("Gamma", 1, "ExposureTime"),
    ],
)
def test_an_absurd_value_is_refused_and_changes_nothing(
    camera: SimulatedCamera, name: str, value: str | float, allowed: str
) -> None:
    before = camera.features()
    with pytest.raises(CameraError) as caught:
        camera.adjust(name, value)
    assert caught.value.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert allowed in caught.value.fault.fact("allowed")
    assert camera.features() == before


def test_what_was_set_comes_back_with_the_camera() -> None:
    camera = SimulatedCamera(4, 200, width=320, height=256, features={"Gain": 3})
    camera.open()
    camera.adjust("ExposureTime", 2000)
    camera.close()
    camera.open()
    values = {one.name: one.value for one in camera.features()}
    camera.close()
    assert (values["Gain"], values["ExposureTime"]) == (3.0, 2000.0)


def test_what_cannot_be_set_keeps_it_from_opening() -> None:
    camera = SimulatedCamera(width=320, height=256, features={"Gain": 99})
    with pytest.raises(CameraError) as caught:
        camera.open()
    assert caught.value.fault.fact("feature") == "Gain"


def test_frames_come_as_often_as_is_set(camera: SimulatedCamera) -> None:
    camera.adjust("AcquisitionFrameRate", 20)
    take(camera)
    began = time.monotonic()
    for _ in range(4):
        take(camera)
    assert time.monotonic() - began == pytest.approx(0.2, abs=0.08)
