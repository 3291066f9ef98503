"""Network streams: RTSP, pictures over HTTP, and what else FFmpeg understands."""

from station.cameras.features import Found
from station.cameras.ffmpeg import need_ffmpeg
from station.cameras.stream.address import SCHEMES, is_stream, masked, with_password
from station.cameras.stream.process import StreamProcess
from station.cameras.stream.wire import Task
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

OPEN_SECONDS = 4.0
START_SECONDS = 5.0  # of the process too
STALE_SECONDS = 0.5  # a read that took longer gives an old picture, even when it says True
SILENT_SECONDS = 0.8  # and a library that hangs in a read does not say so
MOST_LATENCY = 2.0


class StreamCamera:
    """A network stream, read by a process that is killed when it hangs.

    Any failure ends the process and makes `grab` raise CAMERA_LOST: a connection that failed once
    gives old pictures or none; the owner closes and opens anew. latency: how many seconds late the
    stream shows the world when all is well; a picture counts as taken that long before it came,
    and what comes later than the others by its own clock that much earlier still. A part is never
    judged by a picture from before its trigger as long as `latency` is not set too low.
    A stream is for looking on and for slow lines, as every part waits for `latency`.
    """

    live = True

    def __init__(self, source: str, latency: float = 0.3) -> None:
        _check("source", is_stream(source), ", ".join(f"{one}://" for one in SCHEMES))
        _check("latency", 0 <= latency <= MOST_LATENCY, f"0 … {MOST_LATENCY:g}")
        self._shown = masked(source)
        self.name = f"stream:{self._shown}"
        self._address = source
        self._latency = latency
        self._process: StreamProcess | None = None
        self._number = 0

    def open(self) -> None:
        """Start the process and wait for its first picture; CAMERA_NOT_FOUND after 5 s at most.

        Raises CAMERA_DRIVER_MISSING where it was not found and nothing could have read it.
        """
        self.close()
        address = with_password(self._address)
        task = Task(address, OPEN_SECONDS, STALE_SECONDS, self._latency)
        self._process = StreamProcess(task, self.name)
        if not self._process.start(START_SECONDS):
            self.close()
            need_ffmpeg("stream")
            raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=self._shown)

    def trigger(self) -> None:
        """Nothing to do: frames come by themselves, and the line takes one from after now."""

    def grab(self, timeout: float) -> Frame | None:
        """The newest frame that was not grabbed yet."""
        if self._process is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self._shown)
        message = self._process.newest(timeout)
        if self._process.is_lost(SILENT_SECONDS):
            self._process.end(grace=0)
            self._process = None
            raise CameraError(ErrorCode.CAMERA_LOST, source=self._shown)
        if message is None or message.pixels is None:
            return None
        self._number += 1
        return Frame(message.pixels, self._number, message.taken_ns, self._shown)

    @property
    def process_id(self) -> int:
        """Of the process that reads; 0 where there is none."""
        return 0 if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process; one that hangs is killed."""
        if self._process is not None:
            self._process.end()
            self._process = None


def find() -> tuple[Found, ...]:
    """None: a stream does not tell that it is there; its address is in the camera's manual."""
    return ()


def _check(option: str, good: bool, allowed: str) -> None:
    if not good:
        raise CameraError(
            ErrorCode.CAMERA_BAD_OPTION, kind="stream", option=option, allowed=allowed
        )
