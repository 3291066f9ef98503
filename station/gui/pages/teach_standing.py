"""What is known of a product's models: what judges, what would, what it did, what was before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from station.domain.recipe import Recipe
from station.domain.revision import Revision, RevisionState
from station.gui.pages.teach_room import LessonRoom, Proof, ReleaseRoom, Shadow


@dataclass(frozen=True, slots=True)
class Standing:
    """What was read of a product's models: the one in use, the newest after it, the one before.

    proofs: on the same kept-back parts. shadow: what the candidate did silently.
    """

    incumbent: Revision | None = None
    candidate: Revision | None = None
    before: Revision | None = None
    following: int = 1
    first: Proof | None = None
    second: Proof | None = None
    shadow: Shadow | None = None


def numbers(standing: Standing) -> list[int]:
    """The models that are compared; 0 for none."""
    both = (standing.incumbent, standing.candidate)
    return [one.number if one else 0 for one in both]


def judged_by(standing: Standing, product: str, recipe: Recipe | None) -> Standing:
    """The one in use with the limits of the line, where it judges that product."""
    if standing.first is None or recipe is None or recipe.name != product:
        return standing
    limits = (recipe.review_limit, recipe.ng_limit)
    return replace(standing, first=replace(standing.first, limits=limits))


def read_standing(lessons: LessonRoom, releases: ReleaseRoom, product: str) -> Standing:
    """All that the panel shows of a product; blocks."""
    known = lessons.revisions(product)
    incumbent = next((one for one in known if one.state is RevisionState.RELEASED), None)
    candidate = _candidate(known, incumbent)
    against = candidate or incumbent
    number = against.number if against else 0
    first = lessons.proof(product, incumbent.number, number) if incumbent else None
    second = lessons.proof(product, candidate.number, number) if candidate else None
    shadows = candidate is not None and candidate.state is RevisionState.SHADOW
    shadow = releases.watched(product, number) if shadows else None
    following = 1 + max((one.number for one in known), default=0)
    before = _before(known, incumbent)
    return Standing(incumbent, candidate, before, following, first, second, shadow)


@dataclass(frozen=True, slots=True)
class Change:
    """What has become since: other models or other states, or only more parts for the shadow."""

    others: bool = False
    shadow: Shadow | None = None


def read_change(
    revisions: Callable[[str], Sequence[Revision]],
    watched: Callable[[str, int], Shadow],
    product: str,
    standing: Standing,
) -> Change:
    """Compare what is shown with what is; blocks, but not for long."""
    known = revisions(product)
    incumbent = next((one for one in known if one.state is RevisionState.RELEASED), None)
    candidate = _candidate(known, incumbent)
    if (incumbent, candidate) != (standing.incumbent, standing.candidate):
        return Change(others=True)
    if candidate is None or candidate.state is not RevisionState.SHADOW:
        return Change()
    return Change(shadow=watched(product, candidate.number))


def _candidate(known: Sequence[Revision], incumbent: Revision | None) -> Revision | None:
    """The shadow, else the newest candidate that is newer than the one in use."""
    least = incumbent.number if incumbent else 0
    shadow = next((one for one in known if one.state is RevisionState.SHADOW), None)
    newest = (one for one in known if one.state is RevisionState.CANDIDATE and one.number > least)
    return shadow or max(newest, key=lambda one: one.number, default=None)


def _before(known: Sequence[Revision], incumbent: Revision | None) -> Revision | None:
    """The one that was in use before."""
    retired = [one for one in known if one.state is RevisionState.RETIRED]
    if incumbent is None or not retired:
        return None
    parent = next((one for one in retired if one.number == incumbent.parent), None)
    return parent or max(retired, key=lambda one: one.number)
