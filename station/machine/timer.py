"""A steady beat instead of a machine: one part every so many seconds while the line is ready."""

import logging
import threading
import time

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part, TriggerSource
from station.machine.base import OnFault, OnTrigger

log = logging.getLogger(__name__)

CLOSE_SECONDS = 5.0  # for a trigger that is under way


class TimerMachine:
    """Triggers every `period` seconds (> 0) on a beat that does not drift.

    A beat on which the line is not ready is left out, and so is one that came too late to be
    kept, as after the PC was asleep: none is made up for.
    """

    def __init__(self, period: float = 2.0) -> None:
        self._period = period
        self._ready = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:  # noqa: ARG002 - has none
        """Start the beat; the first is one period from now."""
        self._closing.clear()
        self._thread = threading.Thread(
            target=self._beat, args=(on_trigger,), name="timer", daemon=True
        )
        self._thread.start()

    def ready(self, is_ready: bool) -> None:
        """Only a ready line is triggered."""
        if is_ready:
            self._ready.set()
        else:
            self._ready.clear()

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        """Nobody is there to be told."""

    def close(self) -> None:
        """Stop the beat."""
        self._ready.clear()
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)
        self._thread = None

    def _beat(self, on_trigger: OnTrigger) -> None:
        due = time.monotonic() + self._period
        while not self._closing.wait(max(0.0, due - time.monotonic())):
            late = time.monotonic() - due
            due += self._period * (1 + late // self._period)
            if self._ready.is_set():
                try:
                    on_trigger(TriggerSource.TIMER, "")
                except Exception:
                    log.exception("the timer's trigger failed")
