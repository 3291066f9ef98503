"""Which thread of the line is in the middle of something, and for how long it may be."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stuck:
    """A thread that has not come back from what it does, and since when, in seconds."""

    name: str
    seconds: float


class Pulse:
    """Safe from any thread. What nobody is in the middle of cannot hang."""

    def __init__(self) -> None:
        self._busy: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def within(self, name: str, seconds: float) -> Iterator[None]:
        """The body should take no longer than that."""
        now = time.monotonic()
        with self._lock:
            self._busy[name] = (now, now + seconds)
        try:
            yield
        finally:
            with self._lock:
                self._busy.pop(name, None)

    def stuck(self) -> Stuck | None:
        """The thread that is the longest over its time, or None."""
        now = time.monotonic()
        with self._lock:
            late = [(until, since, name) for name, (since, until) in self._busy.items()]
        if not late or min(late)[0] > now:
            return None
        _, since, name = min(late)
        return Stuck(name, now - since)
