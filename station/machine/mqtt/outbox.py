"""Results that the broker must have, while it is away and until it acknowledged them."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from station.domain.inspection import Disposition, Inspection


@dataclass(frozen=True, slots=True)
class Letter:
    """One result; `number` rises with each."""

    number: int
    disposition: Disposition
    inspection: Inspection


class Letters:
    """At most `room` of them, oldest first: what is new pushes out the oldest, which is counted."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._waiting: OrderedDict[int, Letter] = OrderedDict()
        self._last = 0
        self._lock = threading.Lock()
        self.dropped = 0

    def add(self, disposition: Disposition, inspection: Inspection) -> None:
        """Returns at once, in every case."""
        with self._lock:
            self._last += 1
            self._waiting[self._last] = Letter(self._last, disposition, inspection)
            if len(self._waiting) > self._room:
                self._waiting.popitem(last=False)
                self.dropped += 1

    def done(self, number: int) -> None:
        """It was acknowledged; one that was pushed out meanwhile is nobody's business."""
        with self._lock:
            self._waiting.pop(number, None)

    def after(self, number: int, most: int) -> list[Letter]:
        """The next ones above that number, in order; none where `most` is 0 or less."""
        found: list[Letter] = []
        with self._lock:
            for letter in self._waiting.values():
                if len(found) >= most:
                    break
                if letter.number > number:
                    found.append(letter)
        return found

    def __len__(self) -> int:
        with self._lock:
            return len(self._waiting)
