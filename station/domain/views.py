"""Several looks at one part, and the one verdict that comes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from station.domain.inspection import Finding, Verdict
from station.domain.recipe import Roi

_GRAVITY = (Verdict.OK, Verdict.REVIEW, Verdict.NG, Verdict.NOT_INSPECTED)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one model saw in its region of the picture, and what the rule says of it."""

    name: str
    roi: Roi
    finding: Finding
    verdict: Verdict
    model_sha256: str


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that no other outweighs."""
    return max(verdicts, key=_GRAVITY.index)


def worst(looks: Sequence[Look]) -> Look:
    """The look that decides: the gravest verdict, and of equal ones the highest score."""
    return max(looks, key=lambda one: (_GRAVITY.index(one.verdict), one.finding.score))
