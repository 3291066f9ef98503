"""How sure the gain of suggested settings is, where the truth is known."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from station.errors import ErrorCode
from station.insight.process_gain import Gain, asking, gain_of
from station.insight.process_search import Row, best
from station.insight.process_suggest import Question, Suggestion, suggest
from tests.least_squares import COLUMNS, Fitted, learnt, slowly, table_of

Numbers = npt.NDArray[np.float64]
Law = Callable[[Numbers], Numbers]  # of rows (n, 3)


def linear(rows: Numbers) -> Numbers:
    return np.asarray(2 * rows[:, 0] - rows[:, 1] + 0.5 * rows[:, 2])


def curved(rows: Numbers) -> Numbers:
    return np.asarray((rows[:, 0] - 0.7) ** 2 + np.sin(2 * rows[:, 1]))


def crossed(rows: Numbers) -> Numbers:
    return np.asarray(1.2 * rows[:, 0] * rows[:, 1] + 0.3 * rows[:, 2])


def made(law: Law, seed: int, noise: float = 1.0) -> tuple[Fitted, Numbers]:
    """Settings and noise that change slowly, and all that was seen."""
    rng = np.random.default_rng(seed)
    count = (250, 400)[seed % 2]
    rows = np.column_stack([slowly(rng, count, bond) for bond in (0.9, 0.5, 0.0)]).round(4)
    target = law(rows) + noise * slowly(rng, count, (0.0, 0.6, 0.85)[seed % 3])
    return learnt(rows, target, seed), rows


def truly(law: Law, found: Suggestion, now: Numbers) -> float:
    """What the change gains by the law."""
    new = now.copy()
    for change in found.changes:
        new[0, COLUMNS.index(change.column)] = float(change.to)
    return float((law(now) - law(new))[0])


def weighed(model: Fitted, now: Row, new: Row) -> Gain:
    return gain_of(model, now, new, 1.0, lambda ask: best(model, ask, now, COLUMNS, 0))


def test_the_gain_lies_in_its_interval_nine_times_out_of_ten() -> None:
    held = told = 0
    for law in (linear, curved, crossed):
        for seed in range(8):
            model, rows = made(law, seed)
            found = suggest(model, table_of(rows[-1:]), Question(COLUMNS))
            if found.changes:
                told += 1
                held += found.low <= truly(law, found, rows[-1:]) <= found.high
    print(f"{held} of {told} told intervals hold the true gain")
    assert told >= 12
    assert held / told >= 0.8


def test_more_rows_tell_more_surely() -> None:
    widths = []
    for count in (200, 800):
        rng = np.random.default_rng(5)
        rows = rng.normal(size=(count, 3)).round(4)
        model = learnt(rows, linear(rows) + rng.normal(size=count), 0)
        found = suggest(model, table_of(np.zeros((1, 3))), Question(COLUMNS))
        widths.append(found.high - found.low)
    assert widths[1] < 0.8 * widths[0]


def test_a_rival_that_may_be_as_good_makes_it_less_sure() -> None:
    model, rows = made(curved, 1)
    now, new = rows[-1:].astype(np.float32), rows[10:11].astype(np.float32)
    widths = []
    for weight in (0.0, 1.0):
        model.card = replace(model.card, rivals=dict.fromkeys(model.card.beside, weight))
        gain = weighed(model, now, new)
        widths.append(gain.high - gain.low)
    assert widths[1] > 1.1 * widths[0]


def test_errors_that_last_make_it_less_sure() -> None:
    model, rows = made(linear, 1)
    now, new = rows[-1:].astype(np.float32), rows[10:11].astype(np.float32)
    seen = model.seen
    lasting = np.repeat(np.random.default_rng(2).permutation(seen.error[:40]), 40)
    widths = []
    for error in (np.random.default_rng(3).permutation(lasting), lasting):
        model.seen = replace(seen, error=error[: len(seen.error)])
        gain = weighed(model, now, new)
        widths.append(gain.high - gain.low)
    assert widths[1] > 1.05 * widths[0]


def test_what_looked_best_is_worth_less_than_it_looks() -> None:
    taken = []
    for seed in range(6):
        model, rows = made(crossed, seed)
        now, ask = rows[-1:].astype(np.float32), asking(model, 1.0)
        model.card = replace(model.card, beside=(), rivals={})
        new = best(model, ask, now, COLUMNS, 0)
        gain = weighed(model, now, new)
        taken.append(float((ask(now) - ask(new))[0]) - gain.middle)
    assert min(taken) >= 0
    assert max(taken) > 0.02


@pytest.mark.parametrize(("noise", "stands_in"), [(0.05, True), (1.0, False)])
def test_where_the_inputs_are_a_meter_nothing_is_suggested(noise: float, stands_in: bool) -> None:
    model, rows = made(linear, 1, noise)
    assert (model.card.explained >= 0.995) == stands_in
    found = suggest(model, table_of(rows[-1:]), Question(COLUMNS))
    codes = [fault.code for fault in found.faults]
    assert (ErrorCode.PROCESS_STANDS_IN in codes) == stands_in
    assert bool(found.changes) != stands_in
    if stands_in:
        percent = found.faults[-1].fact("percent")
        assert 99.5 <= float(percent) <= 100
        assert found.gain == found.low == found.high == 0


def test_more_may_be_better() -> None:
    model, rows = made(linear, 1)
    less, more = (
        suggest(model, table_of(rows[-1:]), Question(COLUMNS, maximise))
        for maximise in (False, True)
    )
    assert less.expected == pytest.approx(less.now - less.gain)
    assert more.expected == pytest.approx(more.now + more.gain)
    assert less.expected < less.now < more.expected
