"""The rule, at and around its limits."""

import itertools
import math
from dataclasses import replace

import pytest

from station.domain.inspection import Decision, DecisionKind, Disposition, Finding, Verdict
from station.domain.judge import dispose, judge, waits
from station.domain.recipe import Recipe, ReviewRule

RECIPE = Recipe("flange", "m.onnx", review_limit=0.4, ng_limit=0.6)


def finding(score: float) -> Finding:
    return Finding("x", score, 0.9, (), None, 1.0)


@pytest.mark.parametrize(
    ("score", "verdict"),
    [
        (0.0, Verdict.OK),
        (0.3999, Verdict.OK),
        (0.4, Verdict.REVIEW),
        (0.5999, Verdict.REVIEW),
        (0.6, Verdict.NG),
        (1.0, Verdict.NG),
    ],
)
def test_limits(score: float, verdict: Verdict) -> None:
    assert judge(finding(score), RECIPE) is verdict


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf, -0.01, 1.01])
def test_a_score_that_is_no_probability_is_never_ok(score: float) -> None:
    assert judge(finding(score), RECIPE) is Verdict.NOT_INSPECTED


def test_nothing_seen_is_not_inspected() -> None:
    assert judge(None, RECIPE) is Verdict.NOT_INSPECTED


@pytest.mark.parametrize(
    ("unlike", "most", "verdict"),
    [
        (None, None, None),
        (99.0, None, None),
        (1.5, 1.5, None),
        (1.5001, 1.5, Verdict.REVIEW),
        (math.inf, 1.5, Verdict.REVIEW),
        (math.nan, 1.5, Verdict.REVIEW),
        (None, 1.5, Verdict.REVIEW),
    ],
)
def test_a_part_unlike_all_that_was_learnt_is_for_a_person(
    unlike: float | None, most: float | None, verdict: Verdict | None
) -> None:
    recipe = replace(RECIPE, max_unlike=most)
    for score, usual in ((0.1, Verdict.OK), (0.5, Verdict.REVIEW), (0.9, Verdict.NG)):
        seen = replace(finding(score), unlike=unlike)
        assert judge(seen, recipe) is (verdict or usual)
    seen = replace(finding(math.nan), unlike=unlike)
    assert judge(seen, recipe) is Verdict.NOT_INSPECTED


def test_equal_limits_leave_no_review() -> None:
    recipe = Recipe("a", "m", review_limit=0.5, ng_limit=0.5)
    assert {judge(finding(s / 100), recipe) for s in range(101)} == {Verdict.OK, Verdict.NG}


def test_without_a_person_only_ok_releases() -> None:
    for verdict, rule in itertools.product(Verdict, ReviewRule):
        said = dispose(verdict, rule)
        if said is Disposition.RELEASE:
            assert verdict is Verdict.OK
        assert (said is Disposition.HOLD) == waits(verdict, rule)


def test_a_fault_rejects_under_every_rule() -> None:
    for rule in ReviewRule:
        assert dispose(Verdict.NOT_INSPECTED, rule) is Disposition.REJECT


@pytest.mark.parametrize(
    ("kind", "disposition"),
    [(DecisionKind.ACCEPT, Disposition.RELEASE), (DecisionKind.REJECT, Disposition.REJECT)],
)
def test_a_persons_word_counts_over_the_rule(kind: DecisionKind, disposition: Disposition) -> None:
    for verdict, rule in itertools.product(Verdict, ReviewRule):
        assert dispose(verdict, rule, Decision("u", kind, 0)) is disposition


def test_an_undone_word_leaves_the_rule() -> None:
    undone = Decision("u", DecisionKind.UNDO, 0)
    assert dispose(Verdict.REVIEW, ReviewRule.UNSURE, undone) is Disposition.HOLD
    assert dispose(Verdict.OK, ReviewRule.UNSURE, undone) is Disposition.RELEASE


def test_which_verdicts_wait() -> None:
    waiting = {
        rule: {verdict for verdict in Verdict if waits(verdict, rule)} for rule in ReviewRule
    }
    assert waiting == {
        ReviewRule.NONE: set(),
        ReviewRule.UNSURE: {Verdict.REVIEW},
        ReviewRule.NG: {Verdict.REVIEW, Verdict.NG},
        ReviewRule.ALL: {Verdict.REVIEW, Verdict.NG, Verdict.OK},
    }
