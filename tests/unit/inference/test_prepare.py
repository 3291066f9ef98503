import cv2
import numpy as np
import pytest

from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, ImageError
from station.inference.model import ModelCard
from station.inference.prepare import darken, prepare, region


def card(height: int, width: int, channels: int) -> ModelCard:
    return ModelCard("m", ("a", "b"), (), height, width, channels)


def picture(*shape: int) -> Pixels:
    return np.random.default_rng(1).integers(0, 256, shape, dtype=np.uint8)


def test_the_right_size_goes_through_untouched() -> None:
    pixels = picture(64, 96)
    made = prepare(pixels, None, card(64, 96, 1))
    assert made.shape == (1, 64, 96, 1)
    assert made.flags.c_contiguous
    assert np.array_equal(made[0, :, :, 0], pixels)


def test_the_roi_is_what_is_looked_at() -> None:
    pixels = picture(200, 300)
    made = prepare(pixels, Roi(x=30, y=20, width=96, height=64), card(64, 96, 1))
    assert np.array_equal(made[0, :, :, 0], pixels[20:84, 30:126])


def test_grey_for_a_colour_model_is_repeated() -> None:
    pixels = picture(64, 64)
    made = prepare(pixels, None, card(64, 64, 3))
    assert made.shape == (1, 64, 64, 3)
    assert all(np.array_equal(made[0, :, :, k], pixels) for k in range(3))


def test_colour_stays_rgb_and_becomes_luminance_for_a_grey_model() -> None:
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[..., 0] = 255  # red
    assert np.array_equal(prepare(pixels, None, card(64, 64, 3))[0], pixels)
    assert set(np.unique(prepare(pixels, None, card(64, 64, 1)))) == {76}


def test_shrinking_averages_and_growing_interpolates() -> None:
    pixels = picture(128, 128)
    blocks = pixels.reshape(64, 2, 64, 2).astype(int).sum(axis=(1, 3))
    shrunk = prepare(pixels, None, card(64, 64, 1))[0, :, :, 0].astype(int)
    assert np.abs(shrunk - blocks / 4).max() <= 0.5
    grown = prepare(pixels, None, card(256, 256, 1))[0, :, :, 0]
    assert np.array_equal(grown, cv2.resize(pixels, (256, 256), interpolation=cv2.INTER_LINEAR))


def test_the_frame_is_not_changed() -> None:
    pixels = picture(100, 100)
    pixels.flags.writeable = False
    prepare(pixels, Roi(0, 0, 64, 64), card(64, 64, 3))


@pytest.mark.parametrize(
    "roi", [Roi(40, 0, 64, 64), Roi(0, 37, 64, 64), Roi(200, 200, 64, 64), Roi(-1, 0, 64, 64)]
)
def test_a_roi_outside_the_frame_is_refused(roi: Roi) -> None:
    with pytest.raises(ImageError) as caught:
        prepare(picture(100, 100), roi, card(64, 64, 1))
    assert caught.value.code is ErrorCode.ROI_OUTSIDE_FRAME
    assert caught.value.fault.fact("width") == "100"


# ── what is to be ignored ────────────────────────────────────────────────────────────────────


def test_an_ignored_area_has_the_mean_of_what_is_around_it() -> None:
    pixels = np.full((100, 100), 40, np.uint8)
    pixels[:, 50:] = 80
    pixels[10:30, 20:40] = 255  # glare
    seen = region(pixels, Roi(0, 0, 60, 100), [Roi(20, 10, 20, 20)])
    assert set(np.unique(seen[:, :50])) == {40}
    assert np.array_equal(seen[:, 50:], pixels[:, 50:60])
    assert pixels[15, 25] == 255  # the frame itself stays


def test_areas_that_touch_are_not_painted_with_each_other() -> None:
    pixels = np.full((100, 100), 50, np.uint8)
    pixels[20:60, 20:60] = 255
    pixels[20:60, 60:80] = 0
    both = [Roi(20, 20, 40, 40), Roi(60, 20, 20, 40)]
    assert set(np.unique(region(pixels, None, both))) == {50}


def test_an_area_with_nothing_around_has_the_mean_of_all_the_rest() -> None:
    pixels = np.full((100, 100), 200, np.uint8)
    pixels[:, :20] = 30
    inner, outer = Roi(60, 40, 20, 20), Roi(30, 0, 70, 100)
    assert region(pixels, None, [outer, inner])[50, 70] == round((20 * 30 + 10 * 200) / 30)


def test_in_colour_each_channel_has_its_own_mean() -> None:
    pixels = np.zeros((40, 40, 3), np.uint8)
    pixels[...] = (10, 100, 200)
    pixels[:10, :10] = 255
    seen = region(pixels, None, [Roi(0, 0, 10, 10)])
    assert seen[5, 5].tolist() == [10, 100, 200]


def test_it_is_painted_before_the_picture_is_made_smaller() -> None:
    pixels = np.full((128, 128), 60, np.uint8)
    pixels[:64, :64] = 255
    small = prepare(pixels, None, card(64, 64, 1), [Roi(0, 0, 64, 64)])
    assert set(np.unique(small)) == {60}  # no bright fringe


@pytest.mark.parametrize("far", [Roi(0, 0, 10, 10), Roi(90, 90, 500, 500)])
def test_what_lies_beside_the_region_is_no_matter(far: Roi) -> None:
    pixels = picture(100, 100)
    seen = region(pixels, Roi(20, 20, 64, 64), [far])
    assert np.shares_memory(seen, pixels)
    assert np.array_equal(seen, pixels[20:84, 20:84])


def test_where_nothing_is_left_nothing_is_judged() -> None:
    halves = [Roi(0, 0, 50, 100), Roi(40, 0, 60, 100)]
    with pytest.raises(ImageError) as caught:
        prepare(picture(100, 100), None, card(64, 64, 1), halves)
    assert caught.value.code is ErrorCode.ALL_IGNORED


def test_no_evidence_is_left_where_nobody_looks() -> None:
    evidence = np.full((8, 8), 200, np.uint8)
    darken(evidence, (64, 64), Roi(100, 100, 64, 64), [Roi(109, 100, 8, 16)])
    dark = np.zeros((8, 8), bool)
    dark[0:2, 1:3] = True  # it touches both columns
    assert np.array_equal(evidence == 0, dark)
