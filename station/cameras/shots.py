"""Several pictures of one part by one camera, each under another light or exposure."""

import time
from collections.abc import Mapping, Sequence

from station.cameras.base import Camera, Watched
from station.cameras.features import Adjustable, Feature, Setting
from station.cameras.mosaic import mosaic
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

Shot = Mapping[str, Setting]


class ShotsCamera:
    """For each shot the camera's features are set, such as the output that switches a light.

    Then the next picture is taken; all of them are one mosaic. Between two parts the first shot's
    features hold. Raises CameraError CAMERA_NO_FEATURES at `open` for a camera without any.
    """

    live = False

    def __init__(self, camera: Camera, shots: Sequence[Shot]) -> None:
        self.name = f"{camera.name} × {len(shots)}"
        self._camera = camera
        self._shots = tuple(shots)
        self._asked = False
        self._number = 0

    def open(self) -> None:
        """Open the camera and set the first shot's features."""
        self._camera.open()
        try:
            self._set(self._shots[0])
        except BaseException:
            self._camera.close()
            raise

    def trigger(self) -> None:
        """The pictures are taken by `grab`, one after the other."""
        self._asked = True

    def grab(self, timeout: float) -> Frame | None:
        """All shots of the part; None where one of them did not come in time."""
        if not self._asked:
            return None
        self._asked = False
        end = time.monotonic() + timeout
        frames = list[Frame]()
        for index, shot in enumerate(self._shots):
            if index:
                self._set(shot)
            if index == 0 or not self._camera.live:  # what runs by itself hears of a part once
                self._camera.trigger()
            frame = self._shoot(end)
            if frame is None:
                break
            frames.append(frame)
        self._set(self._shots[0])
        return self._whole(frames) if len(frames) == len(self._shots) else None

    def features(self) -> tuple[Feature, ...]:
        """Those of the camera."""
        return self._adjustable().features()

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one for all shots that do not name it."""
        return self._adjustable().adjust(name, value)

    def check(self) -> None:
        """See `Watched`; a camera that is silent between two parts is none that is lost."""
        if isinstance(self._camera, Watched):
            self._camera.check()

    def close(self) -> None:
        """Let go of the camera."""
        self._camera.close()

    def _shoot(self, end: float) -> Frame | None:
        """A picture that was exposed after the features were set."""
        asked_ns = time.monotonic_ns()
        while (left := end - time.monotonic()) > 0:
            frame = self._camera.grab(left)
            if frame is not None and (not self._camera.live or frame.taken_ns >= asked_ns):
                return frame
        return None

    def _set(self, shot: Shot) -> None:
        for name, value in shot.items():
            self._adjustable().adjust(name, value)

    def _adjustable(self) -> Adjustable:
        if not isinstance(self._camera, Adjustable):
            raise CameraError(ErrorCode.CAMERA_NO_FEATURES, source=self._camera.name)
        return self._camera

    def _whole(self, frames: Sequence[Frame]) -> Frame:
        self._number += 1
        first = frames[0]
        pixels = mosaic([frame.pixels for frame in frames])
        return Frame(pixels, self._number, first.taken_ns, first.source, first.truth)
