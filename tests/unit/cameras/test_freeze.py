import time

import numpy as np

from station.cameras.freeze import FreezeWatch, black
from station.cameras.noise import SensorNoise
from station.domain.part import Frame, Pixels

SIZE = (320, 256)


def frames(count: int) -> list[Pixels]:
    noise = SensorNoise(SIZE, 1)
    return [noise.over(np.full((256, 320), 100, np.uint8), number) for number in range(count)]


def found(pictures: list[Pixels]) -> list[bool]:
    """What a watch says of them, one after the other, as a camera that counts delivers them."""
    watch = FreezeWatch()
    return [watch.frozen(Frame(p, number, 10 * number)) for number, p in enumerate(pictures)]


def test_the_third_equal_frame_is_frozen_and_stays_so() -> None:
    one, other = frames(2)
    assert found([other, one, one.copy(), one.copy(), one, other]) == [
        False,
        False,
        False,
        True,
        True,
        False,
    ]


def test_two_equal_frames_twice_are_not_frozen() -> None:
    one, other = frames(2)
    assert not any(found([one, one, other, other, one, one]))


def test_one_pixel_between_the_samples_is_a_difference() -> None:
    one = frames(1)[0]
    almost = one.copy()
    almost[3, 5] ^= 1
    assert not any(found([one, almost, one, almost]))


def test_another_size_is_a_difference() -> None:
    flat = np.zeros((64, 64), np.uint8)
    assert not any(found([flat, flat, flat[:, :57].copy(), flat]))


def test_noise_never_freezes() -> None:
    assert not any(found(frames(500)))


def test_a_number_that_does_not_rise_is_an_old_buffer_whatever_it_shows() -> None:
    one, other, third = frames(3)
    watch = FreezeWatch()
    assert not watch.frozen(Frame(one, 7, 100))
    assert watch.frozen(Frame(other, 7, 110))
    assert watch.frozen(Frame(third, 6, 120))
    assert not watch.frozen(Frame(one, 8, 130))


def test_a_time_that_falls_is_an_old_buffer_and_one_that_stays_is_a_coarse_clock() -> None:
    one, other, third = frames(3)
    watch = FreezeWatch()
    assert not watch.frozen(Frame(one, 1, 100))
    assert not watch.frozen(Frame(other, 2, 100))
    assert watch.frozen(Frame(third, 3, 99))


def test_watching_costs_little() -> None:
    noise = SensorNoise((1280, 1024), 1)
    pictures = [noise.over(np.full((1024, 1280), 90, np.uint8), n) for n in range(20)]
    watch, took = FreezeWatch(), []
    for number, picture in enumerate(pictures):
        began = time.perf_counter()
        watch.frozen(Frame(picture, number, number))
        black(picture)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.002


def test_black_is_darkness_with_noise_and_hot_pixels() -> None:
    dark = SensorNoise((1280, 1024), 1).over(np.zeros((1024, 1280), np.uint8), 7).copy()
    assert black(dark)
    dark[8, 16] = 255  # a hot pixel on the grid that is looked at
    assert black(dark)
    assert black(np.dstack([dark] * 3))


def test_a_dim_or_dark_field_picture_is_not_black() -> None:
    assert not black(np.full((256, 320), 12, np.uint8))
    dark_field = np.zeros((256, 320), np.uint8)
    dark_field[100:120, 100:130] = 180
    assert not black(dark_field)
