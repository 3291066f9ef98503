"""Web cameras and network streams through OpenCV."""

import logging
import os
import sys
import threading
import time
from dataclasses import dataclass

import cv2

from station.cameras.image_file import Decoded, hush, to_rgb
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

OPEN_MS = 4000
READ_MS = 1500
STALE_SECONDS = 0.5  # a stream's read that took longer gives an old picture, even when it says True
BACKLOG_SECONDS = 0.5  # a server begins with what it had in store: about a second of old pictures
SILENT_SECONDS = 5.0  # a driver that hangs in a read does not say so
LARGEST = 16384


@dataclass(frozen=True, slots=True)
class Source:
    """What to open and how: `target` for VideoCapture, and its back-end by name."""

    target: str | int
    backend: int
    is_stream: bool


def parse_source(text: str) -> Source:
    """`rtsp://…` or `http://…` is a stream; `0`, `/dev/video0` or a link to one is a device."""
    if "://" in text:
        return Source(text, cv2.CAP_FFMPEG, True)
    return Source(int(text) if text.isdecimal() else text, _device_backend(), False)


def is_file(text: str) -> bool:
    """Whether this names neither a device nor a stream, but a video file."""
    return not ("://" in text or text.isdecimal() or text.startswith("/dev/"))


def _device_backend() -> int:
    """Never CAP_ANY: it probes back-ends in an order that differs from PC to PC."""
    return {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}.get(sys.platform, cv2.CAP_V4L2)


def open_capture(source: Source, width: int = 0, height: int = 0) -> cv2.VideoCapture | None:
    """Open the source with time-outs; None where nothing answers."""
    hush()
    if source.is_stream:
        os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp")
        os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
        capture = cv2.VideoCapture(str(source.target), source.backend, limits)
    else:
        capture = cv2.VideoCapture(source.target, source.backend)
    if not capture.isOpened():
        capture.release()
        return None
    if not source.is_stream:
        set_up_device(capture, width, height)
    return capture


def set_up_device(capture: cv2.VideoCapture, width: int, height: int) -> None:
    """MJPG before the size, or many devices offer only small pictures; 0 × 0 is their default.

    A device grants what it can: what it granted is read back and logged.
    """
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    if width and height:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    granted = (
        round(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
        round(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
    )
    rate = capture.get(cv2.CAP_PROP_FPS)
    log.info("the device granted %d × %d at %.4g per second", *granted, rate)
    if width and height and granted != (width, height):
        log.warning("the device was asked for %d × %d and granted %d × %d", width, height, *granted)


class OpenCvCamera:
    """A device or a stream; a reader thread keeps only its newest frame.

    Any failure ends the reader and makes `grab` raise CAMERA_LOST: the handle is dead then, and
    the owner closes and opens anew. A stream shows the world some hundred ms late and cannot say
    by how much; it is for looking on, not for gating parts.
    """

    live = True

    def __init__(self, source: str = "0", width: int = 0, height: int = 0) -> None:
        for option, value in (("width", width), ("height", height)):
            if not 0 <= value <= LARGEST:
                raise CameraError(
                    ErrorCode.CAMERA_BAD_OPTION,
                    kind="opencv",
                    option=option,
                    allowed=f"0 … {LARGEST}",
                )
        self.name = f"opencv:{source}"
        self._text = source
        self._source = parse_source(source)
        self._size = (width, height)
        self._reader: _Reader | None = None
        self._number = 0

    def open(self) -> None:
        """Open the source and start to read; raises CAMERA_NOT_FOUND after `OPEN_MS` at most."""
        self.close()
        capture = open_capture(self._source, *self._size)
        if capture is None:
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._text)
        self._reader = _Reader(capture, self._source.is_stream, self._text, self._number)
        self._reader.start()

    def trigger(self) -> None:
        """Nothing to do: frames come by themselves, and the line takes one from after now."""

    def grab(self, timeout: float) -> Frame | None:
        """The newest frame that was not grabbed yet."""
        if self._reader is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self._text)
        frame = self._reader.newest(timeout)
        self._number = frame.number if frame is not None else self._number
        return frame

    def close(self) -> None:
        """Stop the reader; one that hangs in a read is left behind, and ends when it returns."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None


class _Reader:
    """One connection with its thread, from `start` to its first failure or `stop`."""

    def __init__(self, capture: cv2.VideoCapture, is_stream: bool, text: str, number: int) -> None:
        self._capture = capture
        self._is_stream = is_stream
        self._text = text
        self._number = number
        self._stopping = threading.Event()
        self._change = threading.Condition()
        self._frame: Frame | None = None
        self._is_lost = False
        self._heard = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="opencv-reader", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Wait for the read that is under way, but not for ever."""
        self._stopping.set()
        self._thread.join(READ_MS / 1000 + 0.5)

    def newest(self, timeout: float) -> Frame | None:
        """What `grab` promises."""
        with self._change:
            self._change.wait_for(lambda: self._frame is not None or self._is_lost, timeout)
            if self._frame is not None:
                frame, self._frame = self._frame, None
                return frame
            if self._is_lost or time.monotonic() - self._heard > SILENT_SECONDS:
                raise CameraError(ErrorCode.CAMERA_LOST, source=self._text)
            return None

    def _run(self) -> None:
        try:
            self._read_until_failure()
        except Exception:
            log.exception("reading from %s failed", self._text)
        finally:
            self._capture.release()
            with self._change:
                self._is_lost = True
                self._change.notify_all()

    def _read_until_failure(self) -> None:
        opened = before = time.monotonic_ns()
        while not self._stopping.is_set():
            began = time.monotonic_ns()
            good, picture = self._capture.read()
            took, age = time.monotonic_ns() - began, time.monotonic_ns() - opened
            is_first = before == opened
            if not good or (self._is_stream and took > STALE_SECONDS * 1e9 and not is_first):
                return
            if not self._is_stream or age > BACKLOG_SECONDS * 1e9:
                self._deliver(picture, before)
            before = began

    def _deliver(self, picture: Decoded, taken_ns: int) -> None:
        """`taken_ns` is when the read before began: this frame was exposed after it, not later."""
        pixels = to_rgb(picture)
        pixels.flags.writeable = False
        with self._change:
            self._number += 1
            self._heard = time.monotonic()
            self._frame = Frame(pixels, self._number, taken_ns, self._text)
            self._change.notify_all()
