"""Web cameras and other USB video devices, kept by what they are and not by their number."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import cv2

from station.cameras.features import Found
from station.cameras.opencv import DeviceReader, open_capture, set_up_device
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

LARGEST = 16384
FASTEST = 1000.0
BACKENDS = {
    "linux": {"v4l2": cv2.CAP_V4L2},
    "win32": {"dshow": cv2.CAP_DSHOW, "msmf": cv2.CAP_MSMF},
    "darwin": {"avfoundation": cv2.CAP_AVFOUNDATION},
}
BY_ID = Path("/dev/v4l/by-id")


@dataclass(frozen=True, slots=True)
class Device:
    """One that is there now. path: what stays with the device, as far as the system has that.

    number: of this moment, and of this back-end.  model: vendor and product, such as 046d:0825.
    """

    number: int
    name: str
    path: str
    model: str = ""

    @property
    def identity(self) -> str:
        """What the settings keep."""
        return self.path or f"{self.model}:{self.name}"

    def answers_to(self, source: str) -> bool:
        """Whether this is the device that the settings name; nothing named is any."""
        if source in ("", self.path, f"{self.model}:{self.name}", self.model, self.name):
            return True
        return bool(self.path) and source.startswith("/") and _same_file(source, self.path)


List = Callable[[int], tuple[Device, ...]]
Open = Callable[[str | int, int], cv2.VideoCapture | None]


class UvcCamera:
    """One device, wherever it is plugged in.

    source: its path as `find` tells it, or `vendor:product:name`; a name that two of them answer
    to is none. backend: v4l2; on Windows dshow, which opens at once, or msmf. width, height, fps:
    0 leaves the device its own; what it granted is logged. list_devices, open_device: for tests.
    """

    live = True

    def __init__(
        self,
        source: str = "",
        width: int = 0,
        height: int = 0,
        fps: float = 0.0,
        backend: str = "",
    ) -> None:
        known = _backends()
        _check("width", 0 <= width <= LARGEST, f"0 … {LARGEST}")
        _check("height", 0 <= height <= LARGEST, f"0 … {LARGEST}")
        _check("fps", 0 <= fps <= FASTEST, f"0 … {FASTEST:g}")
        _check("backend", backend in ("", *known), ", ".join(known))
        self.name = f"uvc:{source}" if source else "uvc"
        self._source = source
        self._size = (width, height)
        self._fps = fps
        self._backend = known[backend or next(iter(known))]
        self._reader: DeviceReader | None = None
        self._number = 0
        self.list_devices: List = list_devices
        self.open_device: Open = open_capture

    def open(self) -> None:
        """Find it again and start to read; CAMERA_NOT_FOUND, CAMERA_DRIVER_MISSING."""
        self.close()
        device = self._locate()
        target = device.path if device.path.startswith("/dev/") else device.number
        if isinstance(target, str):
            target = str(Path(target).resolve())
        capture = self.open_device(target, self._backend)
        if capture is None:
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self.name)
        set_up_device(capture, *self._size, self._fps)
        self._reader = DeviceReader(capture, self.name, self._number)
        self._reader.start()

    def trigger(self) -> None:
        """Nothing to do: frames come by themselves, and the line takes one from after now."""

    def grab(self, timeout: float) -> Frame | None:
        """The newest frame that was not grabbed yet."""
        if self._reader is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)
        frame = self._reader.newest(timeout)
        self._number = frame.number if frame is not None else self._number
        return frame

    def close(self) -> None:
        """Stop the reader; one that hangs in a read is left behind, and ends when it returns."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None

    def _locate(self) -> Device:
        found = [one for one in self.list_devices(self._backend) if one.answers_to(self._source)]
        if len(found) > 1 and self._source:
            log.warning(
                "%s: %d devices are called that; name one by its path", self.name, len(found)
            )
        if not found or (len(found) > 1 and self._source):
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self.name)
        return found[0]


def find() -> tuple[Found, ...]:
    """Every device that can send pictures. Raises CameraError CAMERA_DRIVER_MISSING."""
    backend = next(iter(_backends().values()))
    return tuple(
        Found("uvc", one.identity, one.name, ", ".join(filter(None, (one.model, one.path))))
        for one in list_devices(backend)
    )


def list_devices(backend: int) -> tuple[Device, ...]:
    """Those that the back-end can open, by their numbers."""
    try:
        listing = import_module("cv2_enumerate_cameras")
    except ImportError as error:
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind="uvc", reason=error) from None
    lasting = _lasting_paths()
    devices = []
    for one in sorted(listing.enumerate_cameras(backend), key=lambda each: each.index):
        model = "" if one.vid is None or one.pid is None else f"{one.vid:04x}:{one.pid:04x}"
        path = lasting.get(one.path, one.path or "")
        if path.startswith("/dev/video"):  # a number in disguise
            path = ""
        devices.append(Device(one.index, one.name, path, model))
    return tuple(devices)


def _lasting_paths() -> dict[str, str]:
    """From `/dev/video0` to the link whose name has maker, model and serial number in it."""
    if not BY_ID.is_dir():
        return {}
    return {str(link.resolve()): str(link) for link in sorted(BY_ID.iterdir(), reverse=True)}


def _backends() -> dict[str, int]:
    return BACKENDS.get(sys.platform, BACKENDS["linux"])


def _same_file(source: str, path: str) -> bool:
    return Path(source).resolve() == Path(path).resolve()


def _check(option: str, good: bool, allowed: str) -> None:
    if not good:
        raise CameraError(ErrorCode.CAMERA_BAD_OPTION, kind="uvc", option=option, allowed=allowed)
