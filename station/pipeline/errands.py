"""What other threads want of the camera, done by the thread that owns it."""

import queue
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as TooLate
from typing import Any, TypeVar

from station.cameras.base import Camera
from station.errors import CameraError, ErrorCode, Fault, raised

ERRAND_SECONDS = 5.0  # a camera that takes longer for one feature is as good as gone

T = TypeVar("T")


class Errands:
    """Asked from any thread, run by one."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Callable[[Camera], Any], Future[Any]]]
        self._waiting = queue.SimpleQueue()

    def ask(self, act: Callable[[Camera], T]) -> T:
        """Have it done and wait for it. Raises what it raises, CAMERA_LOST after 5 s."""
        answer: Future[T] = Future()
        self._waiting.put((act, answer))
        try:
            return answer.result(ERRAND_SECONDS)
        except TooLate:
            answer.cancel()
            raise CameraError(ErrorCode.CAMERA_LOST, source="") from None

    def run(self, camera: Camera, fault: Fault | None) -> None:
        """Do all that waits; refuse it while the camera is not open, and `fault` says why."""
        while not self._waiting.empty():
            act, answer = self._waiting.get()
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                if fault is not None:
                    raise raised(fault)
                result = act(camera)
            except Exception as error:  # noqa: BLE001 - whoever asked hears of it
                _settle(answer.set_exception, error)
            else:
                _settle(answer.set_result, result)


def _settle(tell: Callable[[Any], None], value: object) -> None:
    try:
        tell(value)
    except InvalidStateError:
        return  # nobody waits any more
