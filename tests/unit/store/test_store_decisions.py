"""What a person may say, and what stands after it."""

import random

import pytest

from station.domain.counts import Counts, outcome
from station.domain.inspection import DecisionKind, Verdict
from station.errors import ErrorCode, LineError, StationError, StoreError
from station.store.decisions import UNDO_SECONDS, check_decision

ACCEPT, REJECT, UNDO = DecisionKind.ACCEPT, DecisionKind.REJECT, DecisionKind.UNDO


def refused(error_type, code, act, *args):
    with pytest.raises(error_type) as caught:
        act(*args)
    assert caught.value.code is code
    return caught.value.fault


def test_the_last_word_stands_with_all_that_was_said(store, keep, says):
    part = keep()
    assert store.reader.standing_decision(part.uid) is None
    said = says(part, REJECT, operator="Jürgen", label="划痕")
    store.decide(said)
    assert store.reader.standing_decision(part.uid) == said


def test_an_unknown_part_is_refused(store, make, says):
    fault = refused(
        StoreError, ErrorCode.RECORD_NOT_FOUND, store.decide, says(make(), DecisionKind.ACCEPT)
    )
    assert fault.fact("uid") == make().uid


@pytest.mark.parametrize("reason", ["", "  \t"])
def test_a_correction_needs_a_reason(store, keep, says, reason):
    part = keep(41)
    first = says(part, ACCEPT)
    store.decide(first)
    again = says(part, REJECT, after=60, reason=reason)
    fault = refused(LineError, ErrorCode.DECISION_NEEDS_REASON, store.decide, again)
    assert fault.fact("number") == "41"
    assert store.reader.standing_decision(part.uid) == first
    corrected = says(part, REJECT, after=60, reason="seen again in daylight")
    store.decide(corrected)
    assert store.reader.standing_decision(part.uid) == corrected


def test_the_same_word_again_is_a_correction_too(store, keep, says):
    part = keep()
    store.decide(says(part, ACCEPT))
    refused(LineError, ErrorCode.DECISION_NEEDS_REASON, store.decide, says(part, ACCEPT, after=3))


@pytest.mark.parametrize(("after", "allowed"), [(0, True), (UNDO_SECONDS, True), (5.001, False)])
def test_undo_is_possible_for_five_seconds(store, keep, says, after, allowed):
    part = keep()
    first = says(part, ACCEPT, after=2)
    store.decide(first)
    undo = says(part, UNDO, after=2 + after)
    if allowed:
        store.decide(undo)
        assert store.reader.standing_decision(part.uid) is None
    else:
        fault = refused(LineError, ErrorCode.UNDO_TOO_LATE, store.decide, undo)
        assert fault.fact("seconds") == "5"
        assert store.reader.standing_decision(part.uid) == first


def test_nothing_said_or_all_undone_cannot_be_undone(store, keep, says):
    part, other = keep(1), keep(2)
    store.decide(says(other, ACCEPT))
    refused(LineError, ErrorCode.NOTHING_TO_UNDO, store.decide, says(part, UNDO))
    store.decide(says(part, ACCEPT))
    store.decide(says(part, UNDO, after=3))
    refused(LineError, ErrorCode.NOTHING_TO_UNDO, store.decide, says(part, UNDO, after=4))
    store.decide(says(part, REJECT, after=5))  # after an undo no reason is due


def test_undoing_a_correction_brings_the_first_word_back(store, keep, says):
    part = keep()
    first = says(part, ACCEPT, after=1)
    store.decide(first)
    store.decide(says(part, REJECT, after=2, reason="a slip"))
    store.decide(says(part, UNDO, after=3))
    assert store.reader.standing_decision(part.uid) == first


def test_a_retry_of_the_same_decision_is_not_a_second_one(store, keep, says):
    part = keep()
    for decision in (says(part, ACCEPT), says(part, UNDO, after=3)):
        store.decide(decision)
        store.decide(decision)
    with store.reader.connection() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM decisions").scalar_one() == 2


def test_any_sequence_leaves_what_a_stack_would(store, keep, says):
    """Against a plain model: decisions pile up, an undo takes the top one off."""
    rng = random.Random(5)
    parts = [keep(number, verdict=rng.choice(list(Verdict)), waits=True) for number in range(1, 9)]
    piles = {part.uid: [] for part in parts}
    refusals = 0
    for step in range(300):
        part = rng.choice(parts)
        pile = piles[part.uid]
        kind, reason = rng.choice([ACCEPT, REJECT, UNDO, UNDO]), rng.choice(["", "because"])
        decision = says(part, kind, after=step * rng.choice([0.2, 1.0]), reason=reason)
        try:
            check_decision(decision, pile[-1] if pile else None, part.part.number)
        except LineError as error:
            refused(StationError, error.code, store.decide, decision)
            refusals += 1
            continue
        store.decide(decision)
        if kind is UNDO:
            pile.pop()
        else:
            pile.append(decision)
    assert 30 < refusals < 270
    for part in parts:
        pile = piles[part.uid]
        assert store.reader.standing_decision(part.uid) == (pile[-1] if pile else None)
    counts = Counts()
    for part in parts:
        pile = piles[part.uid]
        counts = counts.moved(None, outcome(part.verdict, pile[-1].kind if pile else None))
    assert store.reader.counts() == counts
    assert [p.uid for p in store.reader.waiting()] == [p.uid for p in parts if not piles[p.uid]]
    assert store.reader.waiting_count() == sum(not pile for pile in piles.values())
