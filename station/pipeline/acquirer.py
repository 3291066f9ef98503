"""Owns the camera: live pictures to the mailbox, one capture for each trigger."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from station.cameras.base import Camera, PartUnseen, Watched
from station.cameras.freeze import FreezeWatch, black
from station.cameras.presence import PresenceWatch
from station.domain.part import Capture, Frame, Trigger, TriggerSource
from station.errors import CameraError, ErrorCode, Fault, ImageError, internal
from station.pipeline.channel import Channel, Mailbox
from station.pipeline.errands import Errands
from station.pipeline.gate import Gate
from station.pipeline.pulse import Pulse

log = logging.getLogger(__name__)

FRAME_SECONDS = 2.0  # a trigger without a new frame in this time: the part is not inspected
REOPEN_SECONDS = (0.5, 1.0, 2.0)  # so that it is back within 3 s of being plugged in
POLL_SECONDS = 0.1
OPEN_SECONDS = 30.0  # a driver that needs longer to connect hangs
GRAB_SECONDS = FRAME_SECONDS + 1.0  # and so does one that ignores its time
STOPPED = Fault(ErrorCode.LINE_NOT_READY, (("state", "stopping"),))


class Acquirer:
    """The acquirer's thread body. Every trigger ends in exactly one capture.

    on_started(source): a frame stands for a part that nobody announced; whether it was taken.
    on_fault(fault | None): the camera failed, or is well again.
    on_end(fault, trigger): there are no more images; the trigger came to nothing, as no part was
    there.
    on_admitted(): a capture was handed on.
    on_tick(): after every step, so that Ready follows the truth.
    """

    def __init__(
        self,
        camera: Camera,
        gate: Gate,
        captures: Channel[Capture],
        live: Mailbox[Frame],
        first_number: int,
        pulse: Pulse,
        errands: Errands,
        presence: PresenceWatch | None,
        on_started: Callable[[TriggerSource], bool],
        on_fault: Callable[[Fault | None], None],
        on_end: Callable[[Fault, Trigger | None], None],
        on_admitted: Callable[[], None],
        on_tick: Callable[[], None],
    ) -> None:
        self._camera = camera
        self._gate = gate
        self._captures = captures
        self._live = live
        self._number = first_number
        self._pulse = pulse
        self._errands = errands
        self._presence = presence
        self._on_started = on_started
        self._on_fault = on_fault
        self._on_end = on_end
        self._on_admitted = on_admitted
        self._on_tick = on_tick
        self._watch = FreezeWatch()
        self._asked: Trigger | None = None
        self._opened = False
        self._tries = 0
        self._retry_at = 0.0
        self._fault: Fault | None = None
        self._last_frame = 0.0
        self.admitted = 0
        self.fps = 0.0

    def run(self, stop: threading.Event) -> None:
        """Grab until told to stop and every part that was taken has its picture."""
        try:
            while not stop.is_set() or self._gate.waiting is not None:
                self._step()
                self._run_errands()
                self._on_tick()
        finally:
            self._admit_waiting(None, self._fault or STOPPED)
            self._captures.close()
            self._errands.run(self._camera, STOPPED)
            self._close()

    def _run_errands(self) -> None:
        """A feature is set between two pictures, by the thread that owns the camera."""
        away = None if self._opened else self._fault or self._no_frame()
        with self._pulse.within("camera", OPEN_SECONDS):
            self._errands.run(self._camera, away)

    def _close(self) -> None:
        try:
            with self._pulse.within("camera", OPEN_SECONDS):
                self._camera.close()
        except Exception:
            log.exception("the camera driver failed to close")

    def _step(self) -> None:
        try:
            if not self._opened and not self._open():
                self._give_up_waiting()
                self._gate.wait_trigger(POLL_SECONDS)
            elif self._camera.live:
                self._live_step()
            else:
                self._single_step()
        except PartUnseen as error:
            if self._gate.waiting is not None or self._on_started(error.started):
                self._admit_waiting(None, error.fault)
        except ImageError as error:
            self._admit_waiting(None, error.fault)
        except CameraError as error:
            self._camera_failed(error.fault)
        except Exception as error:
            log.exception("the camera driver failed in a way it should not")
            self._camera_failed(internal(error))

    def _open(self) -> bool:
        if time.monotonic() < self._retry_at:
            return False
        try:
            with self._pulse.within("camera", OPEN_SECONDS):
                self._camera.open()
        except CameraError as error:
            self._camera_failed(error.fault)
            return False
        self._opened, self._tries = True, 0
        self._watch = FreezeWatch()
        self._last_frame = time.monotonic()
        if not self._camera.live or isinstance(self._camera, Watched):
            self._set_fault(None)
        return True

    def _live_step(self) -> None:
        self._ask()
        frame = self._grab(POLL_SECONDS)
        if frame is None:
            self._check_silence()
            return
        self._measure()
        self._live.put(frame)
        if self._presence is not None and self._presence.part_in(frame):
            frame = replace(frame, started=TriggerSource.PRESENCE)
        fault = self._distrust(frame)
        self._set_fault(fault)
        trusted = fault is not None or self._watch.sure  # else the next frame tells
        if frame.started is not None:
            self._start(frame, frame.started, fault)
        elif trusted and self._asked is not None and frame.taken_ns >= self._asked.at_ns:
            self._admit_waiting(frame, fault)

    def _start(self, frame: Frame, source: TriggerSource, fault: Fault | None) -> None:
        """The frame is its part's own, or that of a part that was announced just before.

        One that repeats the last is an old buffer.
        """
        if self._watch.repeats and fault is None:
            fault = Fault(ErrorCode.CAMERA_FROZEN, (("source", self._camera.name),))
        waiting = self._gate.waiting
        announced = waiting is not None and frame.taken_ns >= waiting[0].at_ns
        if announced or self._on_started(source):
            self._admit_waiting(frame, fault)

    def _single_step(self) -> None:
        if not self._gate.wait_trigger(POLL_SECONDS):
            self._check_there()
            return
        self._ask()
        frame = self._grab(FRAME_SECONDS)
        self._asked = None
        if frame is None:
            self._admit_waiting(None, self._no_frame())
            return
        self._live.put(frame)
        self._admit_waiting(frame, None)

    def _grab(self, timeout: float) -> Frame | None:
        with self._pulse.within("camera", GRAB_SECONDS):
            frame = self._camera.grab(timeout)
        return None if frame is None else _ours(frame)

    def _ask(self) -> None:
        """Pass a waiting trigger on to the camera, once."""
        waiting = self._gate.waiting
        if waiting is not None and waiting[0] is not self._asked:
            self._asked = waiting[0]
            self._camera.trigger()

    def _check_there(self) -> None:
        if isinstance(self._camera, Watched):
            self._camera.check()

    def _check_silence(self) -> None:
        self._check_there()
        silent = (
            not isinstance(self._camera, Watched)
            and time.monotonic() - self._last_frame > FRAME_SECONDS
        )
        waiting = self._gate.waiting
        late = waiting is not None and time.monotonic_ns() - waiting[0].at_ns > FRAME_SECONDS * 1e9
        if silent:
            self._set_fault(self._no_frame())
        if late:
            self._admit_waiting(None, self._no_frame())

    def _distrust(self, frame: Frame) -> Fault | None:
        if self._watch.frozen(frame):
            return Fault(ErrorCode.CAMERA_FROZEN, (("source", self._camera.name),))
        if black(frame.pixels):
            return Fault(ErrorCode.CAMERA_BLACK, (("source", self._camera.name),))
        return None

    def _camera_failed(self, fault: Fault) -> None:
        if fault.code is ErrorCode.CAMERA_NO_MORE_IMAGES:
            waiting = self._gate.waiting
            self._asked = None
            self._gate.done()
            self._on_end(fault, waiting[0] if waiting else None)
            return
        self._close()
        self._opened = False
        self._retry_at = time.monotonic() + _pause(self._tries)
        self._tries += 1
        self._set_fault(fault)
        self._give_up_waiting()

    def _give_up_waiting(self) -> None:
        if self._gate.waiting is not None:
            self._admit_waiting(None, self._fault or self._no_frame())

    def _admit_waiting(self, frame: Frame | None, fault: Fault | None) -> None:
        waiting = self._gate.waiting
        if waiting is None:
            return
        trigger, part = waiting
        part = replace(part, number=self._number)
        self._captures.put(Capture(part, trigger, frame, fault))
        self.admitted += 1
        self._number += 1
        self._asked = None
        self._gate.done()
        self._on_admitted()

    def _measure(self) -> None:
        now = time.monotonic()
        gap = max(now - self._last_frame, 1e-6)
        self._last_frame = now
        self.fps = 1 / gap if self.fps == 0 else 0.9 * self.fps + 0.1 / gap

    def _set_fault(self, fault: Fault | None) -> None:
        if fault != self._fault:
            self._fault = fault
            self._on_fault(fault)

    def _no_frame(self) -> Fault:
        facts = (("source", self._camera.name), ("seconds", f"{FRAME_SECONDS:g}"))
        return Fault(ErrorCode.CAMERA_NO_FRAME, facts)


def _pause(tries: int) -> float:
    return REOPEN_SECONDS[min(tries, len(REOPEN_SECONDS) - 1)]


def _ours(frame: Frame) -> Frame:
    """What can still be written to may be used again by its driver: then a copy is kept."""
    if not frame.pixels.flags.writeable:
        return frame
    pixels = frame.pixels.copy()
    pixels.flags.writeable = False
    return replace(frame, pixels=pixels)
