import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from station.cameras.image_file import image_files, read_image, to_rgb
from station.errors import CameraError, ErrorCode, ImageError
from tests.conftest import shared_data
from tests.unit.cameras.pictures import colours, encode, greys, png, save, with_orientation

NAMES = ["part.png", "工件 第七.png", "Prüfling ß.png", "деталь.png", "a'b;c#d%20.png", "🔩.png"]


def refusal(path: Path) -> ImageError:
    with pytest.raises(ImageError) as caught:
        read_image(path)
    assert caught.value.fault.fact("path") == str(path)
    return caught.value


@pytest.mark.parametrize("name", NAMES)
def test_a_path_of_any_alphabet_is_read(tmp_path: Path, name: str) -> None:
    path = save(tmp_path / name[0] / name, greys())
    assert np.array_equal(read_image(path), greys())


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif", ".ppm"])
def test_colour_comes_as_rgb(tmp_path: Path, suffix: str) -> None:
    assert np.array_equal(read_image(save(tmp_path / f"a{suffix}", colours())), colours())


@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".jp2", ".avif"])
def test_lossy_formats_are_read_too(tmp_path: Path, suffix: str) -> None:
    pixels = read_image(save(tmp_path / f"a{suffix}", colours()))
    assert pixels.shape == (48, 64, 3)
    assert np.abs(pixels.astype(int) - colours()).mean() < 10


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif", ".pgm", ".jpg"])
def test_grey_is_mono_however_it_was_stored(tmp_path: Path, suffix: str) -> None:
    grey = greys()
    as_grey = read_image(save(tmp_path / f"g{suffix}", grey))
    assert as_grey.shape == (48, 64)
    if suffix != ".pgm":
        as_rgb = read_image(save(tmp_path / f"c{suffix}", np.dstack([grey] * 3)))
        assert as_rgb.ndim == 2
        assert np.abs(as_rgb.astype(int) - as_grey).max() <= 2


def test_one_coloured_pixel_makes_it_rgb() -> None:
    bgr = np.dstack([greys()] * 3)
    bgr[17, 5] = (1, 2, 3)  # off the grid of the quick look
    assert to_rgb(bgr)[17, 5].tolist() == [3, 2, 1]


def test_pixels_are_contiguous_and_read_only(tmp_path: Path) -> None:
    for picture in (greys(), colours(), np.dstack([colours(), greys()])):
        pixels = read_image(save(tmp_path / "a.png", picture))
        assert pixels.flags.c_contiguous
        assert pixels.dtype == np.uint8
        with pytest.raises(ValueError, match="read-only"):
            pixels[0, 0] = 1


def test_alpha_is_dropped(tmp_path: Path) -> None:
    rgba = np.dstack([colours(), greys()])
    assert np.array_equal(read_image(save(tmp_path / "a.png", rgba)), colours())


def test_grey_with_alpha_is_mono(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(40, 40, 8, 4, (b"\0" + b"\x40\x80" * 40) * 40))
    assert np.array_equal(read_image(path), np.full((40, 40), 0x40, np.uint8))


def test_bilevel_is_black_and_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(40, 40, 1, 0, (b"\0" + b"\xaa" * 5) * 40))
    assert read_image(path)[0, :4].tolist() == [255, 0, 255, 0]


@pytest.mark.parametrize(
    ("deep", "flat"), [(0, 0), (128, 0), (129, 1), (257, 1), (32768, 128), (65535, 255)]
)
def test_sixteen_bit_is_scaled_from_the_full_range(tmp_path: Path, deep: int, flat: int) -> None:
    for shape in ((40, 40), (40, 40, 3)):
        path = save(tmp_path / "a.png", np.full(shape, deep, np.uint16))
        assert np.array_equal(read_image(path), np.full((40, 40), flat, np.uint8))


def test_the_orientation_in_exif_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(with_orientation(encode(".jpg", colours(48, 64)), 6))
    assert read_image(path).shape[:2] == (48, 64)


def test_float_is_unsupported(tmp_path: Path) -> None:
    error = refusal(save(tmp_path / "a.tif", np.zeros((40, 40), np.float32)))
    assert error.code is ErrorCode.IMAGE_UNSUPPORTED
    assert error.fault.fact("format") == "float32"


@pytest.mark.parametrize("size", [(1, 1), (31, 64), (64, 31)])
def test_too_small_says_how_small(tmp_path: Path, size: tuple[int, int]) -> None:
    error = refusal(save(tmp_path / "a.png", greys(*size)))
    assert error.code is ErrorCode.IMAGE_TOO_SMALL
    assert (error.fault.fact("height"), error.fault.fact("width")) == (str(size[0]), str(size[1]))
    assert error.fault.fact("minimum") == "32"


def test_the_smallest_is_read(tmp_path: Path) -> None:
    assert read_image(save(tmp_path / "a.png", greys(32, 32))).shape == (32, 32)


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.png").code is ErrorCode.IMAGE_NOT_FOUND


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"This is text, and no picture at all.\n" * 9,
        b"\x89PNG\r\n\x1a\n",
        png(100_000, 100_000, 8, 0, b"\0" * 1000),  # promises 10 gigapixels
        png(40, 40, 8, 0, b"\0" * 50),  # rows are missing
        b"\xff\xd8\xff\xe0" + bytes(200),
    ],
    ids=["empty", "text", "signature", "bomb", "few rows", "no jpeg"],
)
def test_what_is_no_picture_is_unreadable(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    assert refusal(path).code is ErrorCode.IMAGE_UNREADABLE


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".bmp", ".tif", ".webp", ".ppm", ".jp2"])
@pytest.mark.parametrize("kept", [0.5, 0.98])
def test_a_cut_file_is_unreadable(tmp_path: Path, suffix: str, kept: float) -> None:
    rng = np.random.default_rng(0)
    data = encode(suffix, rng.integers(0, 255, (200, 300, 3), np.uint8))
    path = tmp_path / f"cut{suffix}"
    path.write_bytes(data[: int(len(data) * kept)])
    assert refusal(path).code is ErrorCode.IMAGE_UNREADABLE


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    assert refusal(tmp_path).code is ErrorCode.IMAGE_UNREADABLE


def test_broken_files_leave_stderr_clean(tmp_path: Path) -> None:
    for suffix in (".png", ".jpg", ".bmp", ".tif", ".jp2"):
        data = encode(suffix, colours(200, 300))
        (tmp_path / f"cut{suffix}").write_bytes(data[: len(data) // 2])
    code = (
        "import sys; from pathlib import Path\n"
        "from station.cameras.image_file import read_image, image_files\n"
        "from station.errors import ImageError\n"
        "for path in image_files(Path(sys.argv[1])):\n"
        "    try: read_image(path)\n"
        "    except ImageError as error: print(error.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["image_unreadable"] * 5
    assert done.stderr == ""


def test_files_are_found_in_the_order_of_their_path(tmp_path: Path) -> None:
    wanted = ["a/2.PNG", "a/3.JPeG", "b.tiff", "b/c/1.bmp", "d.pgm"]
    for name in reversed(wanted):
        save(tmp_path / name, greys())
    for name in ("a/notes.txt", "a/.2.png", ".thumbs/1.png", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("no picture")
    (tmp_path / "folder.png").mkdir()
    assert image_files(tmp_path) == sorted(tmp_path / name for name in wanted)


def test_files_below_a_hidden_folder_that_was_named_are_found(tmp_path: Path) -> None:
    path = save(tmp_path / ".hidden" / "a.png", greys())
    assert image_files(tmp_path / ".hidden") == [path]


def test_a_single_file_is_a_list_of_one(tmp_path: Path) -> None:
    path = tmp_path / "odd.name"
    path.write_text("whatever it is")
    assert image_files(path) == [path]


def test_a_missing_folder_is_not_found(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path / ("n" * 4000)):
        with pytest.raises(CameraError) as caught:
            image_files(folder)
        assert caught.value.code is ErrorCode.FOLDER_NOT_FOUND
        assert caught.value.fault.fact("path") == str(folder)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read everything")
def test_a_folder_that_may_not_be_entered_is_not_found(tmp_path: Path) -> None:
    save(tmp_path / "in" / "a.png", greys())
    (tmp_path / "in").chmod(0o400)
    try:
        with pytest.raises(CameraError) as caught:
            image_files(tmp_path / "in")
    finally:
        (tmp_path / "in").chmod(0o700)
    assert caught.value.code is ErrorCode.FOLDER_NOT_FOUND


def test_a_folder_without_pictures_is_empty(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    with pytest.raises(CameraError) as caught:
        image_files(tmp_path)
    assert caught.value.code is ErrorCode.FOLDER_EMPTY


@pytest.mark.data
def test_every_real_picture_is_read() -> None:
    files = image_files(shared_data("neu_cls"))[::20]
    assert {read_image(path).shape for path in files} == {(200, 200)}
