"""What the line needs of a camera."""

from typing import Protocol, runtime_checkable

from station.domain.part import Frame, TriggerSource
from station.errors import ErrorCode, ImageError


class PartUnseen(ImageError):  # noqa: N818 - it is news of a part
    """The picture that stood for a part (`Frame.started`) cannot be used; the part is there."""

    def __init__(self, started: TriggerSource, code: ErrorCode, **facts: object) -> None:
        super().__init__(code, **facts)
        self.started = started


class Camera(Protocol):
    """A source of frames, owned by one thread. Constructing it does no I/O.

    live: True where frames come by themselves (a sensor), False where each comes only on
        `trigger` (a folder of images, a camera with a software trigger). A live camera that
        repeats itself is frozen.
    name: what it is, for the record and the status chip, such as `simulated` or `folder:/x/y`.
    """

    live: bool
    name: str

    def open(self) -> None:
        """Connect. Raises CameraError CAMERA_NOT_FOUND or a folder's own code; may block 5 s."""

    def trigger(self) -> None:
        """Ask for the frame of the next part; returns at once."""

    def grab(self, timeout: float) -> Frame | None:
        """The next frame, or None when none came within `timeout` seconds.

        Raises CameraError CAMERA_LOST when the device is gone (the owner closes and reopens),
        CAMERA_NO_MORE_IMAGES at the end of a folder, ImageError for a file that is no picture or
        one that came in pieces, CAMERA_INCOMPLETE (the part is not inspected, the next trigger
        goes on with the next one); PartUnseen, where such a picture itself stood for a part.
        """

    def close(self) -> None:
        """Let go of the device; safe to call at any time, and twice."""


@runtime_checkable
class Watched(Protocol):
    """A camera that notices by itself that it was lost; its silence alone is no fault."""

    def check(self) -> None:
        """Raise CameraError CAMERA_LOST at most 1 s after the device went; returns at once.

        Called about every 100 ms by the thread that owns the camera, while no part is asked for.
        """
