"""Several looks at one part, and the one verdict that comes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from station.domain.inspection import Finding, Verdict
from station.domain.recipe import Recipe, Roi

_GRAVITY = (Verdict.OK, Verdict.REVIEW, Verdict.NG, Verdict.NOT_INSPECTED)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What one model saw in its region of the picture, and what the rule says of it.

    roi: None for the whole picture.
    """

    name: str
    roi: Roi | None
    finding: Finding
    verdict: Verdict
    model_sha256: str


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that no other outweighs."""
    return max(verdicts, key=_GRAVITY.index)


def worst(looks: Sequence[Look]) -> Look:
    """The look that decides: the gravest verdict, and of equal ones the highest score."""
    return max(looks, key=lambda one: (_GRAVITY.index(one.verdict), one.finding.score))


def views_region(recipe: Recipe) -> Roi | None:
    """The least region that holds all views of the recipe; None: the whole picture."""
    if recipe.roi is None:
        return None
    places = [recipe.roi, *(view.roi for view in recipe.views)]
    left, top = min(one.x for one in places), min(one.y for one in places)
    right = max(one.x + one.width for one in places)
    bottom = max(one.y + one.height for one in places)
    return Roi(left, top, right - left, bottom - top)
