"""Web cameras, video files and network streams through OpenCV."""

import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import cv2

from station.cameras.image_file import to_rgb
from station.domain.part import Frame, Pixels
from station.errors import CameraError, ErrorCode

OPEN_MS = 4000
READ_MS = 1500
STALE_SECONDS = 0.5  # a stream's read that took longer gives an old picture, even when it says True
BACK_OFF = (0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Source:
    """What to open and how: `target` for VideoCapture, its back-end by name, its nature."""

    target: str | int
    backend: int
    is_stream: bool = False
    is_file: bool = False


def parse_source(text: str) -> Source:
    """`0` or `/dev/video0` is a device, `rtsp://…` or `http://…` a stream, all else a file."""
    if "://" in text:
        return Source(text, cv2.CAP_FFMPEG, is_stream=True)
    if text.isdigit():
        return Source(int(text), _device_backend())
    if text.startswith("/dev/"):
        return Source(text, _device_backend())
    return Source(text, cv2.CAP_FFMPEG, is_file=True)


def _device_backend() -> int:
    """Never CAP_ANY: it probes back-ends in an order that differs from PC to PC."""
    return {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}.get(sys.platform, cv2.CAP_V4L2)


class OpenCvCamera:
    """A reader thread keeps only the newest frame, stamped when its read began.

    A video file plays at its own rate and ends with CAMERA_NO_MORE_IMAGES, or starts again with
    `loop`. A device or stream that fails is opened again with a back-off of 0.5 … 10 s; meanwhile
    `grab` raises CAMERA_LOST.
    """

    live = True

    def __init__(self, source: str, width: int = 0, height: int = 0, loop: bool = False) -> None:
        self.name = f"opencv:{source}"
        self._text = source
        self._source = parse_source(source)
        self._size = (width, height)
        self._loop = loop
        self._capture: cv2.VideoCapture | None = None
        self._reader: threading.Thread | None = None
        self._stop = threading.Event()
        self._change = threading.Condition()
        self._frame: Frame | None = None
        self._fault: CameraError | None = None
        self._number = 0

    def open(self) -> None:
        """Open the source once; afterwards the reader keeps it open."""
        if self._source.is_file and not Path(self._text).is_file():
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._text)
        if not self._connect():
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._text)
        self._stop.clear()
        self._fault = None
        self._reader = threading.Thread(target=self._read, name="opencv-reader", daemon=True)
        self._reader.start()

    def trigger(self) -> None:
        """Nothing to do: frames come by themselves, and the line takes one from after now."""

    def grab(self, timeout: float) -> Frame | None:
        """The newest frame that was not grabbed yet."""
        with self._change:
            self._change.wait_for(lambda: self._frame is not None or self._fault, timeout)
            if self._frame is not None:
                frame, self._frame = self._frame, None
                return frame
            if self._fault is not None:
                raise self._fault
            return None

    def close(self) -> None:
        """Stop the reader; one that hangs in a read is left behind, as a daemon."""
        self._stop.set()
        if self._reader is not None:
            self._reader.join(READ_MS / 1000 + 1)
            self._reader = None

    # ── the reader's thread ─────────────────────────────────────────────────────────────────

    def _connect(self) -> bool:
        source = self._source
        if source.is_stream:
            os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp")
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
        capture = cv2.VideoCapture(
            source.target, source.backend, limits if source.is_stream else []
        )  # type: ignore[call-overload]
        if not capture.isOpened():
            capture.release()
            return False
        if not source.is_stream and not source.is_file:
            self._set_up_device(capture)
        self._capture = capture
        return True

    def _set_up_device(self, capture: cv2.VideoCapture) -> None:
        """MJPG before the size, or many devices offer only small pictures."""
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        width, height = self._size
        if width and height:
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def _read(self) -> None:
        failures = 0
        while not self._stop.is_set():
            if self._capture is None and not self._connect():
                self._fail(ErrorCode.CAMERA_LOST)
                self._stop.wait(BACK_OFF[min(failures, len(BACK_OFF) - 1)])
                failures += 1
                continue
            if self._read_one():
                failures = 0
            elif self._source.is_file and not self._loop:
                self._fail(ErrorCode.CAMERA_NO_MORE_IMAGES)
                break
            elif not self._source.is_file:
                self._fail(ErrorCode.CAMERA_LOST)
        self._disconnect()

    def _read_one(self) -> bool:
        assert self._capture is not None
        began = time.monotonic_ns()
        good, picture = self._capture.read()
        took = (time.monotonic_ns() - began) / 1e9
        if not good or (self._source.is_stream and took > STALE_SECONDS):
            self._disconnect()
            return False
        self._deliver(to_rgb(picture), began)  # type: ignore[arg-type]
        if self._source.is_file:
            self._stop.wait(max(0.0, self._period() - took))
        return True

    def _period(self) -> float:
        assert self._capture is not None
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        return 1.0 / rate if rate > 0 else 1 / 30

    def _deliver(self, pixels: Pixels, taken_ns: int) -> None:
        pixels.flags.writeable = False
        with self._change:
            self._number += 1
            self._frame = Frame(pixels, self._number, taken_ns, self._text)
            self._fault = None
            self._change.notify_all()

    def _fail(self, code: ErrorCode) -> None:
        with self._change:
            self._fault = CameraError(code, source=self._text)
            self._change.notify_all()

    def _disconnect(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None
