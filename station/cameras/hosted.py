"""A camera whose maker's library runs in a process of its own, which is killed when it hangs."""

import logging
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from station.cameras.features import Feature, FeatureKind, Setting
from station.cameras.hosted_wire import Message, error_of, feature_of, frame_of, receive, send
from station.domain.options import Options
from station.domain.part import Frame
from station.errors import CameraError, ErrorCode

log = logging.getLogger(__name__)

HOST = "camera-host"
"""The first argument that makes a frozen program be this process."""
OPEN_SECONDS = 20.0  # makers' libraries look for cameras for some seconds
SILENT_SECONDS = 0.6  # without a beat: with the look every 100 ms, lost within 1 s
LOOK_SECONDS = 0.1
ASK_SECONDS = 10.0
ANSWER_SECONDS = 0.5  # for what a grab brought to come over
GRACE_SECONDS = 1.0
END_SECONDS = 2.0


def host_command() -> list[str]:
    """What starts the process; it loads far less than the program does."""
    if getattr(sys, "frozen", False):
        return [sys.executable, HOST]
    return [sys.executable, "-m", "station.cameras.hosted_child"]


class HostedCamera:
    """Stands for the camera in the process. kind, source, options: what that one is made of.

    name, live: as that one has them. What is adjusted becomes part of the options, so that the
    next process has it too.
    """

    def __init__(self, kind: str, source: str, options: Options, name: str, live: bool) -> None:
        self.name = name
        self.live = live
        self._kind = kind
        self._source = source
        self._options = dict(options)
        self._host: _Host | None = None

    @property
    def process_id(self) -> int:
        """Of the process; 0 where there is none."""
        return 0 if self._host is None else self._host.pid

    def open(self) -> None:
        """Start the process and have it open the camera; raises what that raises."""
        self.close()
        host = _Host(self.name)
        try:
            self._host = host
            host.order("", kind=self._kind, source=self._source, options=self._options)
            if host.answer("up", OPEN_SECONDS) is None:
                raise self._lost(host)
        except BaseException:
            self.close()
            raise

    def trigger(self) -> None:
        """Have a picture taken, where pictures do not come by themselves."""
        if not self.live:
            self._running().order("trigger")

    def grab(self, timeout: float) -> Frame | None:
        """The next frame; all that stand for a part, else the newest."""
        host = self._running()
        if not self.live:
            host.order("grab", seconds=timeout)
            if host.answer("grabbed", timeout + ANSWER_SECONDS, watched=True) is None:
                raise self._lost(host)
            timeout = 0
        message = host.next(timeout)
        if message is None:
            self.check()
            return None
        if message.pixels is None:
            raise error_of(message.values)
        return frame_of(message)

    def check(self) -> None:
        """Raise CAMERA_LOST once the camera or its process is gone, or hangs."""
        host = self._running()
        if host.lost:
            raise self._lost(host)

    def close(self) -> None:
        """Have the process let go of the camera, and end it."""
        host, self._host = self._host, None
        if host is not None:
            host.end(0 if host.lost else GRACE_SECONDS)

    def features(self) -> tuple[Feature, ...]:
        """Those that an engineer sets, as the camera has them."""
        host = self._running()
        host.order("features", seconds=ASK_SECONDS)
        answer = host.answer("features", ASK_SECONDS)
        if answer is None:
            raise self._lost(host)
        return tuple(feature_of(one) for one in answer.values["all"])

    def adjust(self, name: str, value: Setting) -> Feature:
        """Set one now and at every later connection."""
        host = self._running()
        host.order("adjust", name=name, value=value, seconds=ASK_SECONDS)
        answer = host.answer("adjusted", ASK_SECONDS)
        if answer is None:
            raise self._lost(host)
        feature = feature_of(answer.values)
        if feature.kind is not FeatureKind.COMMAND:
            self._options.pop(name, None)
            self._options[name] = value
        return feature

    def _running(self) -> "_Host":
        if self._host is None:
            raise CameraError(ErrorCode.CAMERA_LOST, source=self.name)
        return self._host

    def _lost(self, host: "_Host") -> Exception:
        """What the process said at its end, or that it is gone."""
        self._host = None
        host.end(0)
        return host.last_word or CameraError(ErrorCode.CAMERA_LOST, source=self.name)


class _Host:
    """One process, from its start to its end; all calls but the reader's from one thread."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            host_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            creationflags=_no_window(),
        )
        self._change = threading.Condition()
        self._parts: deque[Message] = deque()
        self._newest: Message | None = None
        self._answers: dict[str, Message] = {}
        self._over = False
        self._heard = time.monotonic()
        self.last_word: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="hosted", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def lost(self) -> bool:
        """Whether it ended, or shows no life."""
        with self._change:
            return self._over or self._silent()

    def order(self, what: str, **values: Any) -> None:
        """Tell it; whether it hears shows in its answer."""
        assert self._process.stdin is not None
        with self._change:
            self._answers.clear()
        with suppress(OSError):
            send(self._process.stdin.write, what, values)

    def answer(self, what: str, seconds: float, watched: bool = False) -> Message | None:
        """Wait for that; None where it is gone or slow. Raises what it refused.

        watched: its beats must go on. While it opens the camera or sets a feature they may not: a
        library that holds everything up then is at work.
        """
        with self._change:
            self._wait(
                lambda: what in self._answers or "refused" in self._answers, seconds, watched
            )
            refused = self._answers.pop("refused", None)
            if refused is not None:
                raise error_of(refused.values)
            return self._answers.pop(what, None)

    def next(self, timeout: float) -> Message | None:
        """The next picture that stands for a part, or the newest that does not."""
        with self._change:
            self._wait(lambda: bool(self._parts) or self._newest is not None, timeout, True)
            if self._parts:
                return self._parts.popleft()
            newest, self._newest = self._newest, None
            return newest

    def _wait(self, there: Callable[[], bool], seconds: float, watched: bool) -> None:
        """Until it is there, the time is over, or the process is."""
        until = time.monotonic() + seconds
        while not (there() or self._over):
            left = until - time.monotonic()
            if left <= 0 or (watched and self._silent()):
                return
            self._change.wait(min(left, LOOK_SECONDS))

    def _silent(self) -> bool:
        return time.monotonic() - self._heard > SILENT_SECONDS

    def end(self, grace: float) -> None:
        """End it, by force where it does not end by itself; safe twice."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._thread.join(END_SECONDS)
        process.stdout.close()

    def _run(self) -> None:
        assert self._process.stdout is not None
        read_into = self._process.stdout.readinto  # type: ignore[attr-defined]  # bufsize is 0
        try:
            while (message := receive(read_into)) is not None:
                self._hear(message)
        except (OSError, ValueError, KeyError) as error:
            log.info("the process of %s misspoke: %s", self._name, error)
        finally:
            with self._change:
                self._over = True
                self._change.notify_all()

    def _hear(self, message: Message) -> None:
        if message.what == "log":
            log.log(message.values["level"], "%s", message.values["text"])
            return
        with self._change:
            self._heard = time.monotonic()
            if message.what == "error":
                self.last_word = error_of(message.values)
            elif message.what == "unusable" or message.values.get("started") is not None:
                self._parts.append(message)
            elif message.pixels is not None:
                self._newest = message
            elif message.what != "beat":
                if message.what == "adjusted":
                    self._newest = None  # taken as the camera was before
                self._answers[message.what] = message
            self._change.notify_all()


def hosted(kind: str, inner: Any, source: str, options: Mapping[str, Setting]) -> HostedCamera:
    """The camera that stands for one like `inner`, which is not opened here."""
    return HostedCamera(kind, source, options, inner.name, inner.live)


def _no_window() -> int:
    """Windows opens a console for a process unless told not to."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0
