import numpy as np
import pytest

from station.cameras.pfnc import BY_CODE, BY_NAME, format_of, to_pixels
from station.errors import CameraError, ErrorCode

WIDTH, HEIGHT = 6, 4


def data(kind: str, value: int) -> np.ndarray:
    depth = BY_NAME[kind].depth
    if depth == 2:
        return np.full(WIDTH * HEIGHT, value, "<u2").view(np.uint8)
    return np.full(WIDTH * HEIGHT * depth, value, np.uint8)


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        *(("Mono8", 200, 200), ("Mono8", 0, 0)),
        *(("Mono10", 1023, 255), ("Mono10", 512, 128), ("Mono10", 0, 0)),
        *(("Mono12", 4095, 255), ("Mono12", 2048, 128)),
        *(("Mono14", 16383, 255), ("Mono16", 65535, 255), ("Mono16", 32768, 128)),
    ],
)
def test_mono_of_any_depth_keeps_white_white(kind: str, value: int, seen: int) -> None:
    pixels = to_pixels(BY_NAME[kind], data(kind, value), WIDTH, HEIGHT)
    assert pixels.shape == (HEIGHT, WIDTH)
    assert pixels.dtype == np.uint8
    assert np.all(pixels == seen)


@pytest.mark.parametrize(("kind", "red_first"), [("RGB8", True), ("BGR8", False)])
def test_colours_keep_their_places(kind: str, red_first: bool) -> None:
    buffer = np.tile(np.array([10, 20, 30], np.uint8), WIDTH * HEIGHT)
    pixels = to_pixels(BY_NAME[kind], buffer, WIDTH, HEIGHT)
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    assert tuple(pixels[1, 1]) == ((10, 20, 30) if red_first else (30, 20, 10))


@pytest.mark.parametrize("order", ["RG", "GR", "GB", "BG"])
def test_a_red_scene_is_red_through_any_colour_filter(order: str) -> None:
    """PFNC names the filter's first two pixels: only red ones see anything here."""
    size = 16
    mosaic = np.zeros((size, size), np.uint8)
    row, column = {"RG": (0, 0), "GR": (0, 1), "GB": (1, 0), "BG": (1, 1)}[order]
    mosaic[row::2, column::2] = 240
    pixels = to_pixels(BY_NAME[f"Bayer{order}8"], mosaic.ravel(), size, size)
    red, green, blue = pixels[4:12, 4:12].reshape(-1, 3).mean(axis=0)
    assert red > 200
    assert green < 20
    assert blue < 20


def test_bytes_between_the_lines_are_left_out() -> None:
    lines = np.full((HEIGHT, WIDTH + 3), 99, np.uint8)
    lines[:, :WIDTH] = np.arange(WIDTH)
    pixels = to_pixels(BY_NAME["Mono8"], lines.ravel(), WIDTH, HEIGHT, padding=3)
    assert np.array_equal(pixels, np.tile(np.arange(WIDTH, dtype=np.uint8), (HEIGHT, 1)))


def test_the_picture_is_our_own_and_nobody_writes_to_it() -> None:
    for kind in BY_NAME.values():
        buffer = np.full(16 * 16 * kind.depth, 7, np.uint8)
        pixels = to_pixels(kind, buffer, 16, 16)
        before = pixels.copy()
        buffer[:] = 200
        assert np.array_equal(pixels, before)
        assert pixels.flags.c_contiguous
        assert not pixels.flags.writeable


def test_a_buffer_that_is_too_short_is_no_picture() -> None:
    with pytest.raises(ValueError, match="23 bytes for 6 × 4 Mono8"):
        to_pixels(BY_NAME["Mono8"], np.zeros(23, np.uint8), WIDTH, HEIGHT)
    with pytest.raises(ValueError, match="0 bytes"):
        to_pixels(BY_NAME["Mono8"], np.zeros(0, np.uint8), 0, 0)


def test_formats_are_known_by_name_and_number_and_others_refused() -> None:
    assert format_of("Mono8", "x") is format_of(0x01080001, "x")
    assert all(BY_CODE[one.code] is one for one in BY_NAME.values())
    for which, told in (("Mono12Packed", "Mono12Packed"), (0x010C0047, "0x010C0047")):
        with pytest.raises(CameraError) as refused:
            format_of(which, "cam")
        assert refused.value.code is ErrorCode.CAMERA_FEATURE_REFUSED
        assert refused.value.fault.fact("value") == told
        assert "BayerRG8" in refused.value.fault.fact("allowed")
