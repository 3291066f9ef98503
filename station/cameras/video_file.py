"""Recorded pictures from a video file, one for each trigger."""

import time
from pathlib import Path

import cv2

from station.cameras.ffmpeg import need_ffmpeg
from station.cameras.image_file import Decoded, hush, to_rgb
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode


class VideoFileCamera:
    """The frames of a file in their order, none left out, however long the line takes.

    Not live: recorded video repeats frames, and that is no fault of a sensor. Ends with
    CAMERA_NO_MORE_IMAGES, or begins again with `loop`.
    """

    live = False

    def __init__(self, source: str, loop: bool = False) -> None:
        self.name = f"video:{source}"
        self._path = source
        self._loop = loop
        self._capture: cv2.VideoCapture | None = None
        self._asked = False
        self._number = 0

    def open(self) -> None:
        """Open the file at its first frame; CAMERA_NOT_FOUND also where it is no video.

        Raises CAMERA_DRIVER_MISSING where nothing can read one.
        """
        self.close()
        hush()
        if not Path(self._path).is_file():
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._path)
        need_ffmpeg("video")
        capture = cv2.VideoCapture(self._path, cv2.CAP_FFMPEG)
        if not capture.isOpened():
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._path)
        self._capture = capture

    def trigger(self) -> None:
        """The next grab delivers the next frame."""
        self._asked = True

    def grab(self, timeout: float) -> Frame | None:
        """The frame that was asked for; None when none was."""
        if not self._asked:
            time.sleep(timeout)
            return None
        self._asked = False
        taken = time.monotonic_ns()
        pixels = to_rgb(self._read())
        pixels.flags.writeable = False
        self._number += 1
        return Frame(pixels, self._number, taken, self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._asked = False
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _read(self) -> Decoded:
        if self._capture is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self._path)
        good, picture = self._capture.read()
        if not good and self._loop:
            self.open()
            good, picture = self._capture.read()
        if not good:
            raise CameraError(ErrorCode.CAMERA_NO_MORE_IMAGES, source=self._path)
        return picture
