"""The rules: part and finding → verdict → disposition. Pure, and the only place of them."""

from station.domain.inspection import (
    Decision,
    DecisionKind,
    Disposition,
    Finding,
    Inspection,
    Verdict,
)
from station.domain.part import Part
from station.domain.recipe import Recipe, ReviewRule, View
from station.domain.serial import LONGEST, serial_fits
from station.errors import ErrorCode, Fault


def judge(finding: Finding | None, recipe: Recipe, view: View | None = None) -> Verdict:
    """OK, NG or REVIEW by the recipe's limits; NOT_INSPECTED without a usable finding.

    view: a further look at the part, by limits of its own.
    """
    limits = view or recipe
    if finding is None or not 0.0 <= finding.score <= 1.0:  # a NaN fails this test too
        return Verdict.NOT_INSPECTED
    if stranger(finding, recipe):
        return Verdict.REVIEW
    if finding.score >= limits.ng_limit:
        return Verdict.NG
    if finding.score >= limits.review_limit:
        return Verdict.REVIEW
    return Verdict.OK


def stranger(finding: Finding, recipe: Recipe) -> bool:
    """Whether the model's word counts for nothing: the part is unlike all it has learnt from.

    Where the recipe asks for that and the model does not tell, no part is known to be alike.
    """
    if recipe.max_unlike is None:
        return False
    return finding.unlike is None or not finding.unlike <= recipe.max_unlike


def wrong_product(part: Part, recipe: Recipe) -> Fault | None:
    """RECIPE_WRONG_PRODUCT for a serial, or a missing one, that this recipe is not made for."""
    if serial_fits(part.serial, recipe.serial_pattern):
        return None
    facts = (("serial", part.serial[:LONGEST]), ("recipe", recipe.name))
    return Fault(ErrorCode.RECIPE_WRONG_PRODUCT, facts)


def named_class(seen: Inspection, said: DecisionKind, named: str, good: str) -> str:
    """The class of a part by a person's word, as a sample of its product; empty: nobody named it.

    named: the class in the person's word.  good: what a good part is called. What is wrong in a
    further view says nothing of the picture that the product's own model looked at.
    """
    if said is DecisionKind.ACCEPT:
        return named or good
    own, further = seen.views[:1], seen.views[1:]
    if any(one.verdict is not Verdict.OK for one in further):
        return ""
    if any(one.verdict is Verdict.OK for one in own):
        return ""
    return named or (seen.label or "" if seen.verdict is Verdict.NG else "")


def waits(verdict: Verdict, rule: ReviewRule) -> bool:
    """Tell whether this verdict waits for a person under that rule."""
    match rule:
        case ReviewRule.NONE:
            return False
        case ReviewRule.UNSURE:
            return verdict is Verdict.REVIEW
        case ReviewRule.NG:
            return verdict in (Verdict.REVIEW, Verdict.NG)
        case ReviewRule.ALL:
            return verdict is not Verdict.NOT_INSPECTED


def dispose(verdict: Verdict, rule: ReviewRule, decision: Decision | None = None) -> Disposition:
    """What happens to the part: a person's word first, then HOLD if one is due, then the rule.

    Only OK releases; an unsure part that waits for nobody is rejected.
    """
    if decision is not None and decision.kind is DecisionKind.ACCEPT:
        return Disposition.RELEASE
    if decision is not None and decision.kind is DecisionKind.REJECT:
        return Disposition.REJECT
    if waits(verdict, rule):
        return Disposition.HOLD
    return Disposition.RELEASE if verdict is Verdict.OK else Disposition.REJECT
