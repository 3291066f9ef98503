"""Which of many pictures are chosen, and the one that the keyboard stands on."""

from collections.abc import Iterable


class Picks:
    """Places 0 … count − 1. `current` is −1 where there is none; Shift reaches from the anchor."""

    def __init__(self) -> None:
        self.count = 0
        self.current = -1
        self.chosen: set[int] = set()
        self._anchor = 0

    def reset(self, count: int) -> None:
        """Other pictures: nothing is chosen, and the keyboard stands nowhere."""
        self.count, self.current, self._anchor = count, -1, 0
        self.chosen = set()

    def grow(self, count: int) -> None:
        """More of the same came behind the last one."""
        self.count = max(self.count, count)

    def only(self, place: int) -> None:
        """Choose this one and no other."""
        if 0 <= place < self.count:
            self.current = self._anchor = place
            self.chosen = {place}

    def toggle(self, place: int) -> None:
        """Choose this one too, or no more."""
        if 0 <= place < self.count:
            self.current = self._anchor = place
            self.chosen ^= {place}

    def reach(self, place: int, keep: bool = False) -> None:
        """Choose all from the anchor to here; keep: beside what was chosen before."""
        if not 0 <= place < self.count:
            return
        span = range(min(self._anchor, place), max(self._anchor, place) + 1)
        self.current = place
        self.chosen = (self.chosen if keep else set()) | set(span)

    def stand(self, place: int) -> None:
        """Move the keyboard there and choose nothing else."""
        if 0 <= place < self.count:
            self.current = self._anchor = place

    def band(self, places: Iterable[int], before: set[int]) -> None:
        """Choose what a rubber band covers, beside what was chosen before it."""
        self.chosen = before | set(places)

    def all(self) -> None:
        """Choose every one."""
        self.chosen = set(range(self.count))

    def clear(self) -> None:
        """Choose none; the keyboard stays where it is."""
        self.chosen = set()
