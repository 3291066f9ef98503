import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.cameras.video_file import VideoFileCamera
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

FRAMES = 6


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Six colour frames, each redder than the one before."""
    path = tmp_path / "工件 ß.avi"
    fourcc = cv2.VideoWriter.fourcc(*"MJPG")
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, fourcc, 10.0, (160, 120))
    assert writer.isOpened()
    for number in range(FRAMES):
        frame = np.full((120, 160, 3), 30, np.uint8)
        frame[:, :, 2] = 40 * number + 20
        writer.write(frame)
    writer.release()
    return path


def take(camera: VideoFileCamera) -> Frame:
    camera.trigger()
    frame = camera.grab(0)
    assert frame is not None
    return frame


def reds(camera: VideoFileCamera, count: int) -> list[int]:
    return [round((int(take(camera).pixels[60, 80, 0]) - 20) / 40) for _ in range(count)]


def end(camera: VideoFileCamera) -> ErrorCode:
    camera.trigger()
    with pytest.raises(CameraError) as caught:
        camera.grab(0)
    return caught.value.code


def test_every_frame_comes_once_however_slow_the_line(film: Path) -> None:
    threads = threading.active_count()
    camera = VideoFileCamera(str(film))
    camera.open()
    assert not camera.live
    assert threading.active_count() == threads
    assert reds(camera, 3) == [0, 1, 2]
    time.sleep(0.3)
    assert reds(camera, 3) == [3, 4, 5]
    assert [end(camera), end(camera)] == [ErrorCode.CAMERA_NO_MORE_IMAGES] * 2
    camera.close()


def test_a_frame_is_rgb_stamped_and_says_its_file(film: Path) -> None:
    camera = VideoFileCamera(str(film))
    camera.open()
    before = time.monotonic_ns()
    frame = take(camera)
    camera.close()
    assert before <= frame.taken_ns <= time.monotonic_ns()
    assert (frame.number, frame.source, frame.truth) == (1, str(film), None)
    assert frame.pixels.shape == (120, 160, 3)
    with pytest.raises(ValueError, match="read-only"):
        frame.pixels[0, 0] = 0


def test_nothing_comes_without_a_trigger(film: Path) -> None:
    camera = VideoFileCamera(str(film))
    camera.open()
    began = time.monotonic()
    assert camera.grab(0.05) is None
    assert time.monotonic() - began > 0.04
    camera.close()


def test_a_loop_begins_again_and_numbers_go_on(film: Path) -> None:
    camera = VideoFileCamera(str(film), loop=True)
    camera.open()
    assert reds(camera, FRAMES + 2) == [0, 1, 2, 3, 4, 5, 0, 1]
    assert take(camera).number == FRAMES + 3
    camera.close()


def test_opened_again_it_begins_at_the_beginning(film: Path) -> None:
    camera = VideoFileCamera(str(film))
    camera.open()
    assert reds(camera, 2) == [0, 1]
    camera.close()
    camera.close()
    assert end(camera) is ErrorCode.CAMERA_LOST
    camera.open()
    assert reds(camera, 1) == [0]
    camera.close()


@pytest.mark.parametrize("content", [None, b"", b"This is text, and no film.\n" * 50])
def test_what_is_no_video_is_not_found(
    tmp_path: Path, content: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "film.avi"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CameraError) as caught:
        VideoFileCamera(str(path), loop=True).open()
    assert caught.value.code is ErrorCode.CAMERA_NOT_FOUND
    assert caught.value.fault.fact("source") == str(path)
    assert capfd.readouterr().err == ""
