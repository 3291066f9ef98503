import cv2
import numpy as np
import pytest

from station.domain.part import Pixels
from station.domain.recipe import Roi
from station.errors import ErrorCode, ImageError
from station.inference.model import ModelCard
from station.inference.prepare import prepare


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
