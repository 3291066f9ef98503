"""A steady beat instead of a machine: one part every so many seconds while the line is ready."""

import threading
import time
from collections.abc import Callable

from station.domain.inspection import Disposition
from station.domain.part import Part, TriggerSource


class TimerMachine:
    """Triggers on a beat that does not drift; a beat on which the line is not ready is left out."""

    def __init__(self, period: float = 2.0) -> None:
        self._period = period
        self._ready = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._on_trigger: Callable[[TriggerSource], None] | None = None

    def open(self, on_trigger: Callable[[TriggerSource], None]) -> None:
        """Start the beat."""
        self._on_trigger = on_trigger
        self._closing.clear()
        self._thread = threading.Thread(target=self._beat, name="timer", daemon=True)
        self._thread.start()

    def ready(self, is_ready: bool) -> None:
        """Only a ready line is triggered."""
        if is_ready:
            self._ready.set()
        else:
            self._ready.clear()

    def signal(self, part: Part, disposition: Disposition) -> None:
        """Nobody is there to be told."""

    def close(self) -> None:
        """Stop the beat."""
        self._closing.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(self._period + 1)
            self._thread = None

    def _beat(self) -> None:
        due = time.monotonic() + self._period
        while not self._closing.wait(max(0.0, due - time.monotonic())):
            due += self._period
            if self._ready.is_set() and self._on_trigger is not None:
                self._on_trigger(TriggerSource.TIMER)
