"""The last judged pictures, so that a screen can show what an event speaks of."""

import threading
from collections import OrderedDict

from station.domain.inspection import Still


class Stills:
    """Keeps the newest stills up to a number of bytes; safe from any thread."""

    def __init__(self, capacity: int = 96 * 2**20) -> None:
        self._capacity = capacity
        self._held: OrderedDict[str, Still] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def put(self, still: Still) -> None:
        """Keep a still; the oldest go when the room is used up, the newest never."""
        with self._lock:
            self._held[still.uid] = still
            self._bytes += still.pixels.nbytes
            while self._bytes > self._capacity and len(self._held) > 1:
                _, old = self._held.popitem(last=False)
                self._bytes -= old.pixels.nbytes

    def get(self, uid: str) -> Still | None:
        """The still of that part, or None when it went or never was."""
        with self._lock:
            return self._held.get(uid)
