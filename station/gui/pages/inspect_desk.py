"""What lies on the operator's desk: the last parts, which of them is shown, what was said."""

from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from station.domain.counts import Counts
from station.domain.inspection import UNDO_SECONDS, Decision, DecisionKind, Inspection
from station.gui.desk_part import DeskPart, Said

if TYPE_CHECKING:
    from station.store.queries import Entry

KEPT = 60
HOLD_SECONDS = 8.0
"""So long an older part that the operator picked stays, though new parts arrive."""
SETTLE_SECONDS = 0.3
"""A press so soon after the last one, or after the part changed by itself, is not meant."""
_LONG_AGO = -1e9  # what was said then cannot be undone any more
BIN_SECONDS, BINS = 15.0, 20


class Desk:
    """The state of the Inspect page, without Qt. Times are monotonic seconds given by the caller.

    The newest part is selected when it arrives, unless the operator picked an older one within
    the last HOLD_SECONDS.  awaits: nothing is known before `resume`.
    """

    def __init__(self, awaits: bool = False) -> None:
        self._awaits = awaits
        self._parts: OrderedDict[str, DeskPart] = OrderedDict()
        self._arrivals: deque[float] = deque(maxlen=2000)
        self._held_until = 0.0
        self._pressed_at = 0.0
        self._moved_at = 0.0
        self.selected = ""
        self.counts = Counts()

    @property
    def part(self) -> DeskPart | None:
        """The part that is shown."""
        return self._parts.get(self.selected)

    @property
    def known(self) -> Counts | None:
        """How the shift stands; None where that is not known yet."""
        return None if self._awaits else self.counts

    def get(self, uid: str) -> DeskPart | None:
        """A part that still lies here."""
        return self._parts.get(uid)

    def all(self) -> list[DeskPart]:
        """Every part, oldest first."""
        return list(self._parts.values())

    def resume(self, counts: Counts, entries: "Sequence[Entry]") -> None:
        """Begin from the records: `counts` of the shift, its last parts, oldest first.

        Parts that came meanwhile and are not among them are newer, and are counted on top.
        """
        self._awaits = False
        newer = self._parts
        self._parts = OrderedDict()
        for entry in entries:
            said = entry.decision
            words = (Said(said.kind, said.label, _LONG_AGO),) if said else ()
            uid = entry.inspection.uid
            known = newer.pop(uid) if uid in newer else None
            self._parts[uid] = known if known is not None else DeskPart(entry.inspection, words)
        self.counts = counts
        for uid, part in newer.items():
            self._parts[uid] = part
            self.counts = self.counts.moved(None, part.outcome)
        if self._parts and self.selected not in self._parts:
            self.selected = next(reversed(self._parts))

    def arrive(self, inspection: Inspection, now: float) -> None:
        """A part came, or the verdict of one that lies here was replaced."""
        known = self._parts.get(inspection.uid)
        if known is not None:
            self._put(replace(known, inspection=inspection))
            return
        self._arrivals.append(now)
        part = DeskPart(inspection)
        self._parts[inspection.uid] = part
        self.counts = self.counts.moved(None, part.outcome)
        if now >= self._held_until:
            self._moved_at = now if self.selected else 0.0
            self.selected = inspection.uid
        while len(self._parts) > KEPT:
            self._parts.popitem(last=False)

    def pick(self, uid: str, now: float) -> None:
        """The operator chose a part; the newest one is not held."""
        if uid in self._parts:
            self.selected = uid
            newest = next(reversed(self._parts)) == uid
            self._held_until = 0.0 if newest else now + HOLD_SECONDS

    def bounced(self, now: float) -> bool:
        """Whether a press comes too soon after the last one to be meant; counts as a press."""
        soon = now - self._pressed_at < SETTLE_SECONDS
        self._pressed_at = now
        return soon

    def just_moved(self, now: float) -> bool:
        """Whether another part took the place of the one that a press was aimed at."""
        return now - self._moved_at < SETTLE_SECONDS

    def decided(self, decision: Decision, now: float) -> None:
        """A person's word on a part, or that the last word was taken back."""
        part = self._parts.get(decision.uid)
        if part is None:
            return
        if decision.kind is DecisionKind.UNDO:
            self._put(replace(part, said=part.said[:-1]))
        else:
            said = Said(decision.kind, decision.label, now)
            self._put(replace(part, said=(*part.said, said)))

    def undoable(self, now: float) -> tuple[str, float] | None:
        """The part whose last word can be taken back, and the seconds left for it."""
        best = max(
            (part for part in self._parts.values() if part.standing),
            key=lambda part: part.said[-1].at,
            default=None,
        )
        left = best.said[-1].at + UNDO_SECONDS - now if best else 0.0
        return (best.inspection.uid, left) if best and left > 0 else None

    def is_fresh(self, part: DeskPart, now: float) -> bool:
        """Whether the only word on the part can still be undone, and so be replaced silently."""
        return len(part.said) == 1 and now - part.said[0].at < UNDO_SECONDS

    def pace(self, now: float) -> tuple[float, tuple[float, ...]]:
        """Parts per minute now, and its course over the last five minutes, old to new."""
        while self._arrivals and self._arrivals[0] < now - BIN_SECONDS * BINS:
            self._arrivals.popleft()
        if not self._arrivals:
            return 0.0, ()
        span = min(60.0, max(10.0, now - self._arrivals[0]))
        recent = sum(1 for at in self._arrivals if at > now - span)
        bins = [0] * BINS
        for at in self._arrivals:
            bins[min(BINS - 1, int((now - at) / BIN_SECONDS))] += 1
        first = int((now - self._arrivals[0]) / BIN_SECONDS)
        course = [bins[i] * 60 / BIN_SECONDS for i in range(min(first, BINS), 0, -1) if i < BINS]
        return recent * 60 / span, tuple(course)

    def _put(self, part: DeskPart) -> None:
        uid = part.inspection.uid
        self.counts = self.counts.moved(self._parts[uid].outcome, part.outcome)
        self._parts[uid] = part
