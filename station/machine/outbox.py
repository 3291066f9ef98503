"""Results that the machine must have: each keeps its sequence until it was acknowledged."""

import threading
from itertools import count

from station.domain.inspection import Disposition
from station.domain.part import Part

Result = tuple[int, Part, Disposition]

ROOM = 256


class Outbox:
    """At most ROOM results, oldest first; for any thread."""

    def __init__(self) -> None:
        self._sequences = count(1)
        self._waiting: dict[int, Result] = {}
        self._lock = threading.Lock()

    def add(self, part: Part, disposition: Disposition) -> bool:
        """Keep a result; False when there is no room."""
        with self._lock:
            if len(self._waiting) >= ROOM:
                return False
            sequence = next(self._sequences)
            self._waiting[sequence] = (sequence, part, disposition)
            return True

    def drop(self, sequence: int) -> None:
        """It was acknowledged; one that is not here is nobody's business."""
        with self._lock:
            self._waiting.pop(sequence, None)

    def after(self, sequence: int) -> list[Result]:
        """All with a higher sequence, in order."""
        with self._lock:
            return [result for result in self._waiting.values() if result[0] > sequence]

    def __len__(self) -> int:
        with self._lock:
            return len(self._waiting)
