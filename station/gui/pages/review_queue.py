"""Which parts wait for a person, as far as the Review page must know; without Qt."""

from collections import OrderedDict, deque

from station.domain.inspection import Inspection

AT_HAND = 200
"""So many parts are held, the oldest; the records may have more."""
UNRECORDED = 128
"""More than this can never be on the way from the verdict to the records."""
REMEMBERED = 500


class ReviewQueue:
    """Parts without a word, oldest first.

    It is told of by two sides that do not wait for each other: the line's events and readings of
    the records. A reading may be older than the events that came since it was asked for, and does
    not have a part that is not recorded yet; so what the line told stands before what was read.
    """

    def __init__(self) -> None:
        self._parts: dict[str, Inspection] = {}
        self._newest: deque[Inspection] = deque(maxlen=UNRECORDED)
        self._left: OrderedDict[str, Inspection | None] = OrderedDict()
        self._beyond = 0

    @property
    def count(self) -> int:
        """How many parts wait, also those that are not at hand."""
        return len(self._parts) + self._beyond

    @property
    def beyond(self) -> int:
        """How many parts wait that are not at hand; the records have them."""
        return self._beyond

    @property
    def oldest(self) -> str:
        """The part whose turn it is, or empty."""
        return next(iter(self._parts), "")

    def all(self) -> list[Inspection]:
        """The parts at hand, oldest first."""
        return list(self._parts.values())

    def get(self, uid: str) -> Inspection | None:
        """A part that is at hand."""
        return self._parts.get(uid)

    def arrive(self, seen: Inspection) -> None:
        """A part waits from now on."""
        self._newest.append(seen)
        if self._beyond or len(self._parts) >= AT_HAND:
            self._beyond += 1
        else:
            self._parts[seen.uid] = seen

    def leave(self, uid: str) -> None:
        """A part waits no longer, whether it is at hand or not."""
        self._left[uid] = self._parts.pop(uid, None)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)

    def come_back(self, uid: str) -> bool:
        """A part waits again; False when nothing is known of it here, and it must be read."""
        seen = self._left.pop(uid, None)
        if seen is not None:
            self._hold([*self._parts.values(), seen])
        return seen is not None

    def read(self, waiting: list[Inspection], total: int) -> None:
        """What the records had: the oldest parts that wait, and how many wait in all."""
        self._beyond = max(0, total - len(waiting))
        known = {seen.uid for seen in waiting}
        if not self._beyond:
            late = [*self._parts.values(), *self._newest]
            waiting = [*waiting, *(seen for seen in late if seen.uid not in known)]
        self._hold(waiting)

    def _hold(self, parts: list[Inspection]) -> None:
        ordered = sorted(parts, key=lambda seen: seen.part.number)
        self._parts = {seen.uid: seen for seen in ordered if seen.uid not in self._left}
