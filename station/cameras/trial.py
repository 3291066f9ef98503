"""A camera put to the test for a second or two: whether its pictures are good, and how fast."""

import statistics
import time
from dataclasses import dataclass

from station.cameras.base import Camera
from station.cameras.freeze import FreezeWatch
from station.cameras.picture import PictureLimits, measure_picture, picture_fault
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode, Fault, ImageError

FRAME_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What was seen. Times in ms, from the trigger to the picture in our hands.

    fps: the camera's own rate, where it runs by itself.  pace: parts a second, one after the other.
    brightness: mean grey.  white: share of white pixels.  focus: as `PictureFigures`.  incomplete:
    pictures that came in pieces.  faults: what would keep the pictures from being judged.
    """

    frames: int
    incomplete: int
    width: int
    height: int
    colour: bool
    fps: float | None
    pace: float
    latency_median: float
    latency_most: float
    brightness: float
    white: float
    focus: float
    faults: tuple[Fault, ...]

    @property
    def good(self) -> bool:
        """Whether parts could be judged."""
        return self.frames > 0 and not self.incomplete and not self.faults


def try_camera(camera: Camera, count: int = 25) -> Trial:
    """Take so many pictures with an open camera, as the line would. Raises CameraError."""
    began, watch = time.monotonic(), FreezeWatch()
    latencies, incomplete, frozen = [], 0, False
    first: Frame | None = None
    frame: Frame | None = None
    for _ in range(count):
        asked = time.monotonic_ns()
        try:
            frame = take(camera, asked)
        except ImageError as error:
            if error.code is not ErrorCode.CAMERA_INCOMPLETE:
                raise
            incomplete += 1
            continue
        first = first or frame
        latencies.append((time.monotonic_ns() - asked) / 1e6)
        frozen = watch.frozen(frame) or frozen
    pace = count / (time.monotonic() - began)
    if first is None or frame is None:
        raise no_frame(camera)
    figures = measure_picture(frame.pixels)
    height, width = frame.pixels.shape[:2]
    return Trial(
        frames=len(latencies),
        incomplete=incomplete,
        width=width,
        height=height,
        colour=frame.pixels.ndim == 3,
        fps=_rate(first, frame) if camera.live else None,
        pace=pace,
        latency_median=statistics.median(latencies),
        latency_most=max(latencies),
        brightness=figures.brightness,
        white=figures.saturated,
        focus=figures.focus,
        faults=_faults(camera, frame, frozen and camera.live),
    )


def take(camera: Camera, since_ns: int) -> Frame:
    """One picture that was exposed after that moment, as a part would get it.

    Raises CameraError, CAMERA_NO_FRAME where none comes, and ImageError.
    """
    camera.trigger()
    until = time.monotonic() + FRAME_SECONDS
    while (left := until - time.monotonic()) > 0:
        frame = camera.grab(left)
        if frame is not None and (not camera.live or frame.taken_ns >= since_ns):
            return frame
    raise no_frame(camera)


def no_frame(camera: Camera) -> CameraError:
    """That it sent nothing in time."""
    return CameraError(ErrorCode.CAMERA_NO_FRAME, source=camera.name, seconds=f"{FRAME_SECONDS:g}")


def _rate(first: Frame, last: Frame) -> float | None:
    seconds = (last.taken_ns - first.taken_ns) / 1e9
    return (last.number - first.number) / seconds if seconds > 0 else None


def _faults(camera: Camera, frame: Frame, frozen: bool) -> tuple[Fault, ...]:
    frozen_fault = Fault(ErrorCode.CAMERA_FROZEN, (("source", camera.name),))
    of_picture = picture_fault(frame.pixels, PictureLimits(), camera.name)
    return tuple(fault for fault in (frozen_fault if frozen else None, of_picture) if fault)
