"""One part on a page, with what was said about it."""

from dataclasses import dataclass

from station.domain.counts import Outcome, outcome
from station.domain.inspection import DecisionKind, Inspection, Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """A person's word on a part; `at` is monotonic seconds."""

    kind: DecisionKind
    label: str | None
    at: float


@dataclass(frozen=True, slots=True)
class DeskPart:
    """A part and all that stands of what was said about it, oldest first."""

    inspection: Inspection
    said: tuple[Said, ...] = ()

    @property
    def standing(self) -> Said | None:
        """The last word that was not taken back."""
        return self.said[-1] if self.said else None

    @property
    def outcome(self) -> Outcome:
        """How the part counts."""
        return outcome(self.inspection.verdict, self.standing.kind if self.standing else None)


def top_defect(inspection: Inspection, defects: tuple[str, ...]) -> str:
    """The bad class the model holds for most probable, or empty where the part seems good."""
    if inspection.verdict not in (Verdict.NG, Verdict.REVIEW):
        return ""
    bad = [(score, name) for name, score in inspection.scores if name in defects]
    return max(bad)[1] if bad else ""
