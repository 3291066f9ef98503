"""FFmpeg, by which OpenCV reads network streams and video files; on Windows an add-on brings it."""

import ctypes
import sys

import cv2

from station.bundle import add_ons
from station.errors import CameraError, ErrorCode

MISSING = "FFmpeg is not installed; the add-on brings it: station-…-win64-extras.exe"


def load_ffmpeg() -> None:
    """Where an add-on holds it, load it, so that OpenCV finds it by its name; else do nothing."""
    if sys.platform == "win32":
        for folder in add_ons("libraries"):
            for library in folder.glob("opencv_videoio_ffmpeg*.dll"):
                ctypes.WinDLL(str(library))


def is_there() -> bool:
    """Whether OpenCV can read streams and video files."""
    load_ffmpeg()
    return cv2.videoio_registry.hasBackend(cv2.CAP_FFMPEG)


def need_ffmpeg(kind: str) -> None:
    """Raises CameraError CAMERA_DRIVER_MISSING where OpenCV has none, for that kind of camera."""
    if not is_there():
        raise CameraError(ErrorCode.CAMERA_DRIVER_MISSING, kind=kind, reason=MISSING)
