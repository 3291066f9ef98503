import time
from pathlib import Path

import numpy as np
import pytest

from station.cameras.folder import FolderCamera
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode, ImageError
from tests.unit.cameras.pictures import colours, greys, save


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two classes, five pictures, each with its own height."""
    for number in range(5):
        name = ("good", "划痕")[number % 2]
        save(tmp_path / name / f"{number}.png", greys(40 + number, 64))
    return tmp_path


def opened(folder: Path, **options: bool | int) -> FolderCamera:
    camera = FolderCamera(str(folder), **options)  # type: ignore[arg-type]
    camera.open()
    return camera


def take(camera: FolderCamera) -> Frame:
    camera.trigger()
    frame = camera.grab(1)
    assert frame is not None
    return frame


def heights(camera: FolderCamera, count: int) -> list[int]:
    return [take(camera).pixels.shape[0] for _ in range(count)]


def test_pictures_come_in_the_order_of_their_path_with_truth_and_source(folder: Path) -> None:
    camera = opened(folder)
    frames = [take(camera) for _ in range(5)]
    assert [f.truth for f in frames] == ["good"] * 3 + ["划痕"] * 2
    assert [f.source for f in frames] == [str(p) for p in sorted(folder.rglob("*.png"))]
    assert [f.number for f in frames] == [1, 2, 3, 4, 5]


def test_nothing_comes_without_a_trigger(folder: Path) -> None:
    camera = opened(folder)
    began = time.monotonic()
    assert camera.grab(0.05) is None
    assert 0.04 < time.monotonic() - began < 0.5
    take(camera)
    assert camera.grab(0) is None


def test_a_frame_is_taken_after_its_trigger(folder: Path) -> None:
    camera = opened(folder)
    before = time.monotonic_ns()
    assert before <= take(camera).taken_ns <= time.monotonic_ns()


def test_shuffled_is_every_picture_once_in_an_order_the_seed_decides(folder: Path) -> None:
    orders = {seed: heights(opened(folder, shuffle=True, seed=seed), 5) for seed in range(4)}
    assert all(sorted(order) == [40, 41, 42, 43, 44] for order in orders.values())
    assert len({tuple(order) for order in orders.values()}) > 1
    assert heights(opened(folder, shuffle=True, seed=2), 5) == orders[2]


def test_the_end_is_told_and_told_again(folder: Path) -> None:
    camera = opened(folder)
    heights(camera, 5)
    for _ in range(2):
        camera.trigger()
        with pytest.raises(CameraError) as caught:
            camera.grab(0)
        assert caught.value.code is ErrorCode.CAMERA_NO_MORE_IMAGES
        assert caught.value.fault.fact("source") == str(folder)
        assert camera.grab(0) is None


def test_a_loop_begins_again(folder: Path) -> None:
    assert heights(opened(folder, loop=True), 7) == [40, 42, 44, 41, 43, 40, 42]


def test_a_broken_picture_is_told_and_the_next_one_comes(folder: Path) -> None:
    (folder / "good" / "2.png").write_text("this is text")
    camera = opened(folder)
    take(camera)
    camera.trigger()
    with pytest.raises(ImageError) as caught:
        camera.grab(0)
    assert caught.value.code is ErrorCode.IMAGE_UNREADABLE
    assert camera.grab(0) is None
    assert heights(camera, 3) == [44, 41, 43]


def test_opened_again_it_goes_on(folder: Path) -> None:
    camera = opened(folder)
    heights(camera, 2)
    camera.trigger()
    camera.close()
    camera.close()
    camera.open()
    assert camera.grab(0) is None
    assert heights(camera, 3) == [44, 41, 43]


def test_a_file_is_a_folder_of_one(tmp_path: Path) -> None:
    path = save(tmp_path / "scratch" / "a.png", colours())
    frame = take(opened(path))
    assert np.array_equal(frame.pixels, colours())
    assert frame.truth == "scratch"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("none", ErrorCode.FOLDER_NOT_FOUND),
        ("bare", ErrorCode.FOLDER_EMPTY),
    ],
)
def test_a_useless_folder_is_told_when_opened(tmp_path: Path, name: str, code: ErrorCode) -> None:
    (tmp_path / "bare").mkdir()
    with pytest.raises(CameraError) as caught:
        opened(tmp_path / name)
    assert caught.value.code is code


def test_no_folder_is_not_the_working_directory() -> None:
    with pytest.raises(CameraError) as caught:
        FolderCamera("").open()
    assert caught.value.code is ErrorCode.FOLDER_NOT_FOUND
