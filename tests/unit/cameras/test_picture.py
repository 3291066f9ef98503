"""Pictures that must not be judged are told apart from those that may, with room to both sides."""

import time
import tomllib

import cv2
import numpy as np
import pytest

from station.bundle import resource
from station.cameras.flange import draw_part
from station.cameras.noise import SensorNoise
from station.cameras.picture import (
    PictureLimits,
    limits_of,
    measure_picture,
    picture_fault,
    picture_limits,
)
from station.cameras.simulated import CameraFault, SimulatedCamera
from station.domain.part import Pixels
from station.domain.recipe import Recipe, recipe_from_mapping
from station.errors import ErrorCode

SIZE = (1280, 1024)
ANY = PictureLimits()


def demo_recipe() -> Recipe:
    return recipe_from_mapping(tomllib.loads(resource("demo/flange.toml").read_text("utf-8")))


def region(pixels: Pixels) -> Pixels:
    roi = demo_recipe().roi
    assert roi is not None
    return pixels[roi.y : roi.y + roi.height, roi.x : roi.x + roi.width]


@pytest.fixture(scope="module")
def parts() -> list[Pixels]:
    """Without the noise, every second one bad."""
    return [draw_part(31, index, SIZE, 0.5)[0] for index in range(12)]


@pytest.fixture(scope="module")
def noise() -> SensorNoise:
    return SensorNoise(SIZE, 31)


def code(pixels: Pixels, limits: PictureLimits) -> ErrorCode | None:
    fault = picture_fault(pixels, limits, "camera")
    return None if fault is None else fault.code


def test_good_and_bad_parts_of_the_demo_may_be_judged(
    parts: list[Pixels], noise: SensorNoise
) -> None:
    limits = limits_of(demo_recipe())
    assert limits.min_brightness
    assert limits.min_focus
    for number, part in enumerate(parts):
        seen = measure_picture(region(noise.over(part, number)))
        assert seen.brightness > 1.4 * limits.min_brightness
        assert seen.focus > 1.4 * limits.min_focus
        assert seen.saturated < 0.01
        assert picture_fault(region(noise.over(part, number)), limits, "camera") is None


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (CameraFault.OVEREXPOSED, ErrorCode.CAMERA_OVEREXPOSED),
        (CameraFault.BLURRED, ErrorCode.CAMERA_BLURRED),
        (CameraFault.BLACK, ErrorCode.CAMERA_BLACK),
        (None, None),
    ],
)
def test_what_the_simulated_camera_suffers_from_is_named(
    fault: CameraFault | None, expected: ErrorCode | None
) -> None:
    camera = SimulatedCamera(seed=5, fps=1000)
    camera.open()
    try:
        camera.fail(fault)
        for _ in range(3):
            camera.trigger()
            frame = camera.grab(1)
            assert frame is not None
            assert code(region(frame.pixels), limits_of(demo_recipe())) is expected
    finally:
        camera.close()


def test_a_lens_out_of_focus_by_more_than_a_pixel_is_seen(
    parts: list[Pixels], noise: SensorNoise
) -> None:
    limits = limits_of(demo_recipe())
    for number, part in enumerate(parts):
        soft = cv2.GaussianBlur(part, (0, 0), 1.5)
        assert code(region(noise.over(soft, number)), limits) is ErrorCode.CAMERA_BLURRED


def test_focus_does_not_follow_the_light(parts: list[Pixels], noise: SensorNoise) -> None:
    bright = measure_picture(noise.over(parts[0], 1)).focus
    dim = measure_picture(noise.over(cv2.convertScaleAbs(parts[0], alpha=0.7), 1)).focus
    assert dim == pytest.approx(bright, rel=0.15)


def test_facts_say_how_far_it_is(parts: list[Pixels]) -> None:
    soft = region(cv2.blur(parts[0], (9, 9)))
    fault = picture_fault(soft, PictureLimits(min_focus=150.2), "camera 1")
    assert fault is not None
    assert fault.fact("source") == "camera 1"
    assert fault.fact("limit") == "150.2"
    assert 0 <= float(fault.fact("focus")) < 100
    half = np.zeros((200, 200), np.uint8)
    half[:100] = 255
    fault = picture_fault(half, PictureLimits(max_saturated=0.2), "camera 1")
    assert fault is not None
    assert dict(fault.facts) == {"source": "camera 1", "percent": "50"}


def test_without_limits_only_what_shows_nothing_is_refused() -> None:
    dim = np.full((200, 200), 12, np.uint8)
    white = np.full((200, 200), 80, np.uint8)
    assert code(dim, ANY) is None
    assert code(np.zeros((200, 200), np.uint8), ANY) is ErrorCode.CAMERA_BLACK
    white[:130] = 255
    assert code(white, ANY) is ErrorCode.CAMERA_OVEREXPOSED
    white[:130] = 249
    assert code(white, ANY) is None


def test_a_backlit_recipe_may_have_more_white_than_others() -> None:
    backlit = np.full((200, 200), 255, np.uint8)
    backlit[80:120, 80:120] = 20
    assert code(backlit, ANY) is ErrorCode.CAMERA_OVEREXPOSED
    limits = picture_limits([backlit])
    assert limits.max_saturated is not None
    assert 0.96 < limits.max_saturated < 1
    assert code(backlit, limits) is None
    assert code(np.full((200, 200), 255, np.uint8), limits) is ErrorCode.CAMERA_OVEREXPOSED


def test_limits_are_learnt_from_good_pictures(parts: list[Pixels], noise: SensorNoise) -> None:
    pictures = [region(noise.over(part, number)) for number, part in enumerate(parts)]
    limits = picture_limits(pictures)
    seen = [measure_picture(picture) for picture in pictures]
    assert limits.min_brightness == pytest.approx(0.6 * min(s.brightness for s in seen), abs=0.1)
    assert limits.min_focus == pytest.approx(0.6 * min(s.focus for s in seen), abs=0.1)
    assert limits.max_saturated == 0.05
    assert all(code(picture, limits) is None for picture in pictures)
    with pytest.raises(ValueError, match="no picture"):
        picture_limits([])


def test_colour_is_measured_as_its_grey(parts: list[Pixels]) -> None:
    grey = measure_picture(parts[0])
    colour = measure_picture(np.dstack([parts[0]] * 3))
    assert colour.brightness == pytest.approx(grey.brightness, abs=0.01)
    assert colour.focus == pytest.approx(grey.focus, rel=0.01)


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (3, 2), (32, 33)])
def test_even_the_smallest_picture_is_measured(shape: tuple[int, int]) -> None:
    assert measure_picture(np.full(shape, 90, np.uint8)).brightness == pytest.approx(90)


def test_a_frame_of_full_size_costs_little(parts: list[Pixels], noise: SensorNoise) -> None:
    frame = noise.over(parts[0], 1)
    colour = np.dstack([frame] * 3)
    limits = limits_of(demo_recipe())
    for picture in (frame, colour):
        took = []
        for _ in range(30):
            began = time.perf_counter()
            picture_fault(picture, limits, "camera")
            took.append(time.perf_counter() - began)
        assert min(took) < 0.0015
