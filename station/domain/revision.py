"""One model of a product, numbered, with all that is known of it, and how far it has come."""

from dataclasses import dataclass
from enum import StrEnum


class RevisionState(StrEnum):
    """How far a model has come: what it may do to parts."""

    CANDIDATE = "candidate"  # nothing: it has been taught or imported
    SHADOW = "shadow"  # it judges silently beside the released one
    RELEASED = "released"  # its verdicts count; one of each product at any time
    RETIRED = "retired"  # its verdicts counted once


_WAYS = {
    RevisionState.CANDIDATE: {
        RevisionState.SHADOW,
        RevisionState.RELEASED,
        RevisionState.RETIRED,
    },
    RevisionState.SHADOW: {
        RevisionState.CANDIDATE,
        RevisionState.RELEASED,
        RevisionState.RETIRED,
    },
    RevisionState.RELEASED: {RevisionState.RETIRED},
    RevisionState.RETIRED: {RevisionState.SHADOW, RevisionState.RELEASED},
}


def may_become(now: RevisionState, then: RevisionState) -> bool:
    """Whether a model may go from one state to the other."""
    return then in _WAYS[now]


@dataclass(frozen=True, slots=True)
class Revision:
    """One model of one product, as it stands now.

    number: counts the product's models from 1. sha256: of the model file. path: below the data
    folder, with `/`. parent: the number of the one it goes on from. snapshot: the hash of the
    data that it was taught on, or empty. card_json: what the file says of itself.
    evaluation_json: what it was proven with; None as long as it was not.
    """

    product: str
    number: int
    sha256: str
    path: str
    parent: int | None
    snapshot: str
    method: str
    metrics: tuple[tuple[str, float], ...]
    card_json: str
    evaluation_json: str | None
    at_ms: int
    operator: str
    state: RevisionState = RevisionState.CANDIDATE

    @property
    def complete(self) -> bool:
        """Whether it says all that must be known before its verdicts may count."""
        return bool(self.sha256 and self.path and self.card_json and self.evaluation_json)
