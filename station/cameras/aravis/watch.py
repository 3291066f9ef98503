"""Tells within 1 s that a camera is gone, whatever the library is waiting for."""

import logging
import threading
import time
from collections.abc import Callable

from station.cameras.gvcp import Control

log = logging.getLogger(__name__)

PERIOD = 0.15
ANSWER = 0.12  # a camera answers within a few ms
SILENCE = 0.45  # of answers and of frames: then it is gone. With the rest: seen within 0.8 s
PATIENCE = 5.0  # while it does something that was asked of it

Ask = Callable[[], bool | None]
"""True: it is there and ours.  False: it is there and not ours any more.  None: no answer."""


class Watch:
    """Asks the camera several times a second by a thread of its own."""

    def __init__(self, ask: Ask, name: str) -> None:
        self._ask = ask
        self._name = name
        self._stop = threading.Event()
        self._lost = threading.Event()
        self._silence = SILENCE
        self._heard = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="aravis-watch", daemon=True)

    @property
    def lost(self) -> bool:
        """Whether the camera is gone; it stays so."""
        return self._lost.is_set()

    def start(self) -> None:
        """Begin to ask."""
        self._heard = time.monotonic()
        self._thread.start()

    def heard(self) -> None:
        """A sign of life from elsewhere, such as a frame."""
        self._heard = time.monotonic()

    def patient(self, is_patient: bool) -> None:
        """A camera that stores a set of parameters answers nobody meanwhile."""
        self._heard = time.monotonic()
        self._silence = PATIENCE if is_patient else SILENCE

    def stop(self) -> None:
        """End the thread and wait for it; the camera's handle may go then."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(PERIOD) and not self.lost:
            began = time.monotonic()
            answer = self._ask()
            if answer:
                self._heard = max(self._heard, time.monotonic())
            elif answer is False:
                log.warning("%s is not ours any more", self._name)
                self._lost.set()
            else:
                self._judge_silence(began)

    def _judge_silence(self, began: float) -> None:
        """Silence counts from the first question that stayed without an answer."""
        since = max(self._heard, began - self._silence)
        while not self._stop.is_set() and self._ask_again() is None:
            if time.monotonic() - max(since, self._heard) > self._silence:
                log.warning("%s does not answer", self._name)
                self._lost.set()
                return

    def _ask_again(self) -> bool | None:
        self._stop.wait(0.02)  # a refusal comes at once
        answer = self._ask()
        if answer:
            self._heard = time.monotonic()
        elif answer is False:
            self._lost.set()
        return answer


def ask_over_network(control: Control) -> Ask:
    """By a socket of its own, as anybody may ask: the library's is busy while it waits."""
    return lambda: control.holder(ANSWER)
