import threading
import time

import pytest

from station.cameras.hand import Hand, HandHangs


def test_it_does_what_it_is_asked_and_raises_what_that_raises() -> None:
    hand = Hand("hand")
    assert hand.do(lambda: 6 * 7, 1) == 42
    with pytest.raises(ZeroDivisionError):
        hand.do(lambda: 1 // 0, 1)
    with pytest.raises(TimeoutError):  # one of the call's own
        hand.do(_too_late, 1)
    assert hand.end(lambda: None, 1)


def _too_late() -> None:
    raise TimeoutError


def test_nobody_waits_for_a_call_that_hangs_and_what_waits_behind_it_is_not_begun() -> None:
    hand, go, done = Hand("hand"), threading.Event(), []
    began = time.monotonic()
    with pytest.raises(HandHangs):
        hand.do(lambda: go.wait(20), 0.1)
    with pytest.raises(HandHangs):
        hand.do(lambda: done.append("second"), 0.1)
    assert not hand.end(lambda: done.append("last"), 0.05)
    assert time.monotonic() - began < 2
    go.set()
    assert hand.ended(5)
    assert done == ["last"]


def test_what_is_not_worth_waiting_for_is_given_up_at_once() -> None:
    hand, go, gone = Hand("hand"), threading.Event(), threading.Event()
    threading.Timer(0.1, gone.set).start()
    began = time.monotonic()
    with pytest.raises(HandHangs):
        hand.do(lambda: go.wait(20), 10, gone.is_set)
    assert time.monotonic() - began < 1
    go.set()
    assert hand.end(lambda: None, 5)


def test_the_end_comes_once_and_after_all_that_was_asked() -> None:
    hand, done = Hand("hand"), []
    hand.do(lambda: done.append("work"), 1)
    assert hand.end(lambda: done.append("last"), 1)
    assert hand.end(lambda: done.append("again"), 1)
    assert done == ["work", "last"]


def test_an_end_that_fails_is_logged(no_logged_errors: list[str]) -> None:
    hand = Hand("hand")
    assert hand.end(lambda: [][0], 1)  # type: ignore[arg-type, return-value]
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()
