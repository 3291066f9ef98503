"""Counting parts by outcome."""

from station.domain.counts import Counts, Outcome, outcome
from station.domain.inspection import DecisionKind, Verdict


def test_a_part_moves_from_review_to_ok() -> None:
    counts = Counts(ok=5, review=1).moved(Outcome.REVIEW, Outcome.OK)
    assert counts == Counts(ok=6)
    assert counts.parts == 6


def test_a_new_part_adds_one() -> None:
    assert Counts().moved(None, Outcome.NG) == Counts(ng=1)


def test_staying_changes_nothing() -> None:
    assert Counts(ok=2).moved(Outcome.OK, Outcome.OK) == Counts(ok=2)


def test_yield_counts_every_part() -> None:
    assert Counts().good_share is None
    assert Counts(ok=4802, ng=66, review=3).good_share == 4802 / 4871


def test_a_persons_word_makes_the_outcome() -> None:
    assert outcome(Verdict.NG, DecisionKind.ACCEPT) is Outcome.OK
    assert outcome(Verdict.OK, DecisionKind.REJECT) is Outcome.NG
    assert {outcome(verdict) for verdict in Verdict} == set(Outcome)
