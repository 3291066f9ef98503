"""How many parts came out how, kept up to date part by part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from station.domain.inspection import DecisionKind, Verdict


class Outcome(StrEnum):
    """How a part stands after a person's word, if there is one, else by its verdict."""

    OK = "ok"
    NG = "ng"
    REVIEW = "review"
    NOT_INSPECTED = "not_inspected"


def outcome(verdict: Verdict, decision: DecisionKind | None = None) -> Outcome:
    """The standing outcome; `decision` is the last one that was not undone, or None."""
    if decision is DecisionKind.ACCEPT:
        return Outcome.OK
    if decision is DecisionKind.REJECT:
        return Outcome.NG
    return _BY_VERDICT[verdict]


_BY_VERDICT: Mapping[Verdict, Outcome] = {
    Verdict.OK: Outcome.OK,
    Verdict.NG: Outcome.NG,
    Verdict.REVIEW: Outcome.REVIEW,
    Verdict.NOT_INSPECTED: Outcome.NOT_INSPECTED,
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Parts by outcome in one span of time; `review` are those that still wait for a person."""

    ok: int = 0
    ng: int = 0
    review: int = 0
    not_inspected: int = 0

    @property
    def parts(self) -> int:
        """All parts that came."""
        return self.ok + self.ng + self.review + self.not_inspected

    @property
    def good_share(self) -> float | None:
        """The yield: OK / all parts, or None before the first part."""
        return self.ok / self.parts if self.parts else None

    def moved(self, before: Outcome | None, after: Outcome) -> "Counts":
        """The counts after one part went from one outcome to another; None: it is new."""
        values = {after.value: getattr(self, after) + 1}
        if before is not None:
            if before is after:
                return self
            values[before.value] = getattr(self, before) - 1
        return replace(self, **values)
