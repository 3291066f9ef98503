"""Words for the charts of the line: every rule, every thing to look at, every drift has some."""

import time

import pytest

from station.gui.line_words import (
    clock,
    drift_hint,
    drift_words,
    event_hint,
    event_words,
    quantity_word,
    rule_sentence,
    rule_word,
)
from station.insight.control import Control, Event, Look, Point, Side
from station.insight.drift import LOOKS, Band, Drift, DriftLook, DriftPoint, Quantity, State
from station.insight.spc import Rule

pytestmark = pytest.mark.usefixtures("qapp")
NOW = time.time_ns() // 1_000_000


def chart() -> Control:
    points = tuple(
        Point("", NOW + 1000 * n, NOW + 1000 * n + 999, 100, 1, 0.01, 0.0, 0.05, 3.5, True)
        for n in range(3)
    )
    return Control(points, 0.01, 0, 1.0, True, 100, ())


def test_every_rule_has_words() -> None:
    for words in (rule_word, rule_sentence):
        assert len({words(rule) for rule in Rule}) == len(Rule)
    assert rule_word(Rule.TREND, Side.UP) == "6 rising"
    assert rule_word(Rule.TREND, Side.DOWN) == "6 falling"
    assert rule_word(Rule.RUN, Side.DOWN) == "9 below"


def test_an_event_is_told_shortly_and_everything_to_look_at_has_a_sentence() -> None:
    rules = (Rule.TREND, Rule.BEYOND, Rule.RUN)
    hints = set()
    for look in Look:
        event = Event(1, NOW, 2, 2, rules, Side.UP, look)
        assert event_words(event) == "6 rising, out"
        hints.add(event_hint(chart(), event))
    assert len(hints) == len(Look)
    assert all(hint and "{" not in hint for hint in hints)
    parts = next(hint for hint in hints if hint.startswith("Look at"))
    assert f"{clock(NOW + 1000)}–" in parts


def drift(quantity: Quantity, state: State, up: bool | None, look: DriftLook | None) -> Drift:
    points = (DriftPoint(NOW, 1.0, 50),) * 3
    since = None if state is State.INSIDE else NOW
    return Drift(quantity, Band(0, -1, 1, 1000), points, state, since, up, look)


def test_every_drift_has_a_sentence_and_what_to_look_at() -> None:
    assert len({quantity_word(one) for one in Quantity}) == len(Quantity)
    hints = {}
    for (quantity, up), look in LOOKS.items():
        told = {drift_words(drift(quantity, state, up, look)) for state in State}
        assert len(told) == len(State)
        hints[look] = drift_hint(drift(quantity, State.OUT, up, look))
    assert set(hints) == set(DriftLook)
    assert all(hints.values())
    creeping = drift(Quantity.BRIGHTNESS, State.CREEPING, True, DriftLook.BRIGHTER)
    assert drift_words(creeping) == f"Brightness creeping up since {clock(NOW)}."
    assert drift_hint(drift(Quantity.SCORE, State.INSIDE, None, None)) == ""


def test_a_time_of_another_day_has_its_date() -> None:
    assert len(clock(NOW)) == len("12:40")
    assert len(clock(NOW - 3 * 86_400_000)) == len("2026-11-21 12:40")
