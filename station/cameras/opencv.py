"""Devices through OpenCV, by their number or path."""

import logging
import sys
import threading
import time

import cv2

from station.cameras.image_file import Decoded, hush, to_rgb
from station.cameras.stream.address import is_stream
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

READ_SECONDS = 2.0
SILENT_SECONDS = 5.0  # a driver that hangs in a read does not say so
LARGEST = 16384


def is_file(text: str) -> bool:
    """Whether this names neither a device nor a stream, but a video file."""
    return not (is_stream(text) or text.isdecimal() or text.startswith("/dev/"))


def device_backend() -> int:
    """Never CAP_ANY: it probes back-ends in an order that differs from PC to PC."""
    return {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}.get(sys.platform, cv2.CAP_V4L2)


def open_capture(target: str | int, backend: int) -> cv2.VideoCapture | None:
    """Open the device by that back-end; None where there is none."""
    hush()
    capture = cv2.VideoCapture(target, backend)
    if not capture.isOpened():
        capture.release()
        return None
    return capture


def set_up_device(capture: cv2.VideoCapture, width: int, height: int, fps: float = 0) -> None:
    """MJPG before the size, or many devices offer only small pictures; 0 is their default.

    A device grants what it can: what it granted is read back and logged.
    """
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    if width and height:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
    if fps:
        capture.set(cv2.CAP_PROP_FPS, fps)
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
    """A device; a reader thread keeps only its newest frame.

    Any failure ends the reader and makes `grab` raise CAMERA_LOST: the handle is dead then, and
    the owner closes and opens anew. A device that has a name is better kept by it: see `uvc`.
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
        self._size = (width, height)
        self._reader: DeviceReader | None = None
        self._number = 0

    def open(self) -> None:
        """Open the device and start to read; raises CAMERA_NOT_FOUND."""
        self.close()
        target = int(self._text) if self._text.isdecimal() else self._text
        capture = open_capture(target, device_backend())
        if capture is None:
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._text)
        set_up_device(capture, *self._size)
        self._reader = DeviceReader(capture, self._text, self._number)
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


class DeviceReader:
    """One connection with its thread, from `start` to its first failure or `stop`."""

    def __init__(self, capture: cv2.VideoCapture, text: str, number: int) -> None:
        self._capture = capture
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
        self._thread.join(READ_SECONDS)

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
        before = time.monotonic_ns()
        while not self._stopping.is_set():
            began = time.monotonic_ns()
            good, picture = self._capture.read()
            if not good:
                return
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
