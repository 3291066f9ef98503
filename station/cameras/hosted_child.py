"""The process that a camera maker's library runs in: it may hang, hold everything up, or crash."""

import logging
import os
import queue
import signal
import threading
import time
from contextlib import suppress
from types import MappingProxyType

from station.cameras.base import Camera, Watched
from station.cameras.features import Adjustable
from station.cameras.hosted_wire import (
    Message,
    Values,
    error_values,
    feature_values,
    frame_values,
    receive,
    send,
)
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode, ImageError, StationError

BEAT_SECONDS = 0.1
STUCK_SECONDS = 0.2  # without a turn of the loop, and with no leave for it: no more beats
SLICE_SECONDS = 0.1
TRIGGER_SECONDS = 1.5  # one that got out of step starts anew
NOTHING: Values = MappingProxyType({})

log = logging.getLogger(__name__)


def main() -> None:
    """Make the camera that the first message names, and be it until told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it, when it is done
    out = os.dup(1)
    os.dup2(2, 1)  # a library's word is no message of ours
    first = receive(_read_into)
    if first is None:
        return
    from station.cameras.registry import make_inner

    host = CameraHost(out)
    _log_to(host)
    threading.Thread(target=host.listen, name="orders", daemon=True).start()
    threading.Thread(target=host.beat, name="beat", daemon=True).start()
    values = first.values
    with suppress(OSError):
        host.run(make_inner(values["kind"], values["source"], values["options"]))


class CameraHost:
    """The loop that owns the camera, and what it says."""

    def __init__(self, out: int) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._orders: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._leave = time.monotonic()

    def tell_log(self, record: logging.LogRecord) -> None:
        """What the driver logs belongs into the program's log."""
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + logging.Formatter().formatException(record.exc_info)
        self._say("log", {"level": record.levelno, "text": text})

    def listen(self) -> None:
        """Orders come by a thread of its own; the end of them is the end of all."""
        while (order := receive(_read_into)) is not None:
            self._orders.put(order)
        self._orders.put(None)
        time.sleep(1.0)
        os._exit(1)  # it hangs in the library, and nobody waits for it any more

    def beat(self) -> None:
        """Say that the loop turns."""
        while True:
            time.sleep(BEAT_SECONDS)
            if time.monotonic() < self._leave + STUCK_SECONDS:
                self._say("beat")

    def run(self, camera: Camera) -> None:
        """Open, serve, close."""
        try:
            self._grant(60.0)
            camera.open()
            self._say("up")
            while self._turn(camera):
                pass
        except StationError as error:
            self._say("error", error_values(error))
        except BrokenPipeError:
            log.info("the program is gone")
        except Exception as error:
            log.exception("the camera driver failed in a way it should not")
            reason = f"{type(error).__name__}: {error}"
            self._say("error", error_values(CameraError(ErrorCode.INTERNAL, reason=reason)))
        finally:
            self._grant(5.0)
            camera.close()

    def _turn(self, camera: Camera) -> bool:
        self._grant(SLICE_SECONDS)
        try:
            order = self._orders.get(timeout=0 if camera.live else SLICE_SECONDS)
        except queue.Empty:
            order = Message("", {})
        if order is None:
            return False
        if order.what:
            self._obey(camera, order)
        elif camera.live:
            self._grab(camera, SLICE_SECONDS)
        elif isinstance(camera, Watched):
            camera.check()
        return True

    def _obey(self, camera: Camera, order: Message) -> None:
        values = order.values
        if order.what == "trigger":
            self._grant(TRIGGER_SECONDS)
            camera.trigger()
        elif order.what == "grab":
            self._grant(values["seconds"])
            self._grab(camera, values["seconds"])
            self._say("grabbed")
        elif order.what == "features" and isinstance(camera, Adjustable):
            self._grant(values["seconds"])
            self._say("features", {"all": [feature_values(one) for one in camera.features()]})
        elif order.what == "adjust" and isinstance(camera, Adjustable):
            self._grant(values["seconds"])
            self._adjust(camera, values["name"], values["value"])

    def _adjust(self, camera: Adjustable, name: str, value: str | float | bool) -> None:
        try:
            self._say("adjusted", feature_values(camera.adjust(name, value)))
        except CameraError as error:
            if error.code is ErrorCode.CAMERA_LOST:
                raise
            self._say("refused", error_values(error))

    def _grab(self, camera: Camera, seconds: float) -> None:
        try:
            frame = camera.grab(seconds)
        except ImageError as error:
            self._say("unusable", error_values(error))
            return
        if frame is not None:
            self._tell(frame)

    def _grant(self, seconds: float) -> None:
        """The loop may be away that long."""
        self._leave = time.monotonic() + seconds

    def _tell(self, frame: Frame) -> None:
        with self._lock:
            send(self._write, "frame", frame_values(frame), frame.pixels)

    def _say(self, what: str, values: Values = NOTHING) -> None:
        with self._lock, suppress(OSError):
            send(self._write, what, values)

    def _write(self, data: bytes | memoryview) -> int:
        return os.write(self._out, data)


class _Forward(logging.Handler):
    def __init__(self, host: CameraHost) -> None:
        super().__init__()
        self._host = host

    def emit(self, record: logging.LogRecord) -> None:
        self._host.tell_log(record)


def _log_to(host: CameraHost) -> None:
    ours = logging.getLogger("station")
    ours.setLevel(logging.INFO)
    ours.addHandler(_Forward(host))
    ours.propagate = False


def _read_into(room: memoryview) -> int:
    data = os.read(0, len(room))
    room[: len(data)] = data
    return len(data)


if __name__ == "__main__":
    main()
