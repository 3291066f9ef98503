"""Several cameras that look at the same part: one frame holds what all of them saw."""

import time
from collections.abc import Sequence

from station.cameras.base import Camera, Watched
from station.cameras.freeze import FreezeWatch
from station.cameras.mosaic import mosaic
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode


class ViewsCamera:
    """A mosaic of what each camera sees; see mosaic.py for where its view lies.

    Live where all of them are: then a frame is as old as its oldest view. Otherwise each trigger
    asks all of them at once, and the frame is there when every view is. One that fails or freezes
    is the failure of all.
    """

    def __init__(self, cameras: Sequence[Camera]) -> None:
        self.live = all(camera.live for camera in cameras)
        self.name = " + ".join(camera.name for camera in cameras)
        self._cameras = tuple(cameras)
        self._watches = [FreezeWatch() for _ in cameras]
        self._newest: list[Frame | None] = [None for _ in cameras]
        self._asked_ns = 0
        self._number = 0

    def open(self) -> None:
        """Open each; what one of them raises, after all are closed again."""
        self._watches = [FreezeWatch() for _ in self._cameras]
        self._newest = [None for _ in self._cameras]
        try:
            for camera in self._cameras:
                camera.open()
        except BaseException:
            self.close()
            raise

    def trigger(self) -> None:
        """Ask all of them."""
        if not self.live:
            self._newest = [None for _ in self._cameras]
        self._asked_ns = time.monotonic_ns()
        for camera in self._cameras:
            camera.trigger()

    def grab(self, timeout: float) -> Frame | None:
        """The next frame of all views. Raises as the cameras do, CAMERA_FROZEN for one of them."""
        end = time.monotonic() + timeout
        if self.live:
            for index in range(len(self._cameras)):
                self._take(index, end if index == 0 else time.monotonic())
        else:
            for index in range(len(self._cameras)):
                while self._newest[index] is None and time.monotonic() < end:
                    self._take(index, end)
        return self._whole()

    def close(self) -> None:
        """Close each, whatever the others say."""
        errors = []
        for camera in self._cameras:
            try:
                camera.close()
            except Exception as error:  # noqa: BLE001 - the others are to be closed all the same
                errors.append(error)
        if errors:
            raise errors[0]

    def _take(self, index: int, end: float) -> None:
        """Keep the newest frame of one camera that comes until then."""
        camera, watch = self._cameras[index], self._watches[index]
        frame = camera.grab(max(0.0, end - time.monotonic()))
        while frame is not None:
            if camera.live and watch.frozen(frame):
                raise CameraError(ErrorCode.CAMERA_FROZEN, source=camera.name)
            if self.live or not camera.live or frame.taken_ns >= self._asked_ns:
                self._newest[index] = frame
            frame = camera.grab(0.0) if camera.live and index else None

    def _whole(self) -> Frame | None:
        """Once every camera has given one; in a live one each view counts once only."""
        frames = [frame for frame in self._newest if frame is not None]
        if len(frames) < len(self._cameras):
            return None
        self._newest = [None for _ in self._cameras]
        self._number += 1
        first = frames[0]
        return Frame(
            mosaic([frame.pixels for frame in frames]),
            self._number,
            min(frame.taken_ns for frame in frames),
            first.source,
            first.truth,
            next((frame.started for frame in frames if frame.started), None),
        )


class WatchedViews(ViewsCamera):
    """Of cameras that all notice by themselves when they are lost."""

    def check(self) -> None:
        """See `Watched`."""
        for camera in self._cameras:
            assert isinstance(camera, Watched)
            camera.check()


def views_of(cameras: Sequence[Camera]) -> Camera:
    """One camera of them all; a single one is itself."""
    if len(cameras) == 1:
        return cameras[0]
    watched = all(isinstance(camera, Watched) for camera in cameras)
    return WatchedViews(cameras) if watched else ViewsCamera(cameras)
