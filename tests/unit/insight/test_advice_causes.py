"""Causes that are known are found, in their order; where there are none, none is told."""

from dataclasses import replace

import numpy as np
import pytest

from station.insight.advice import Driver, Sense
from station.insight.advice_causes import SURE, Proof, drivers, later_spans, prove, together
from station.insight.advice_model import Kind, chances, learn, to_onnx
from tests.cutting import BLADE, COOLANT, FEED, IDLE, NAMES, UNITS, VIBRATION, Line, Made, make

EAGER = replace(Line(), base=-3.4)
PARTS = 12_000  # less than three days


def nobody(_: float) -> None:
    """Listens."""


def looked_at(made: Made, seed: int = 0) -> tuple[Proof, tuple[Driver, ...]]:
    proof = prove(made.values, made.scratched, seed, nobody)
    whole = learn(proof.kind, made.values, made.scratched)
    columns = list(zip(NAMES, UNITS, strict=True))
    return proof, drivers(proof, whole, made.values, columns, seed, nobody)


@pytest.mark.parametrize("seed", range(4))
def test_what_drives_scratches_comes_before_what_does_not(seed: int) -> None:
    """Coolant and feed rate drive; the blade hardly; the vibration not at all."""
    proof, found = looked_at(make(EAGER, PARTS, seed))
    told = {one.name: one for one in found}
    print(f"AUC {proof.auc:.3f} ({proof.low:.3f}-{proof.high:.3f}), p {proof.p}", [
        (one.name, round(one.share, 2), round(one.spread, 2), one.is_sure) for one in found
    ])  # fmt: skip
    assert proof.p <= SURE
    assert {found[0].name, found[1].name} == {NAMES[COOLANT], NAMES[FEED]}
    for place in (COOLANT, FEED):
        assert told[NAMES[place]].sense is Sense.HIGH
        assert told[NAMES[place]].is_sure
    assert not told[NAMES[VIBRATION]].is_sure
    assert told[NAMES[BLADE]].share < 0.2


def test_no_cause_is_told_where_there_is_none() -> None:
    """As often as is promised: 1 in 100, of lines whose values change as slowly as any."""
    found = []
    for seed in range(16):
        made = make(IDLE, 2500, 100 + seed)
        found.append(prove(made.values, made.scratched, seed, nobody).p)
    told = sum(p <= SURE for p in found)
    print(f"causes told of {told} in 16 lines without any; the median p is {np.median(found):.2f}")
    assert told <= 1
    assert 0.2 < np.median(found) < 0.8


def test_a_cause_that_is_bad_at_both_ends_is_found() -> None:
    rng = np.random.default_rng(0)
    made = make(Line(), PARTS, 5)
    off = np.abs(made.values[:, COOLANT] - np.median(made.values[:, COOLANT]))
    bad = rng.random(PARTS) < 0.01 + 0.05 * np.clip(off - 1, 0, 2)
    proof = prove(made.values, bad, 0, nobody)
    assert proof.p <= SURE
    assert proof.kind is not Kind.STRAIGHT
    whole = learn(proof.kind, made.values, bad)
    found = drivers(proof, whole, made.values, list(zip(NAMES, UNITS, strict=True)), 0, nobody)
    assert (found[0].name, found[0].sense) == (NAMES[COOLANT], Sense.ENDS)


def test_values_that_go_together_share_a_bar() -> None:
    """Two sensors of the coolant, one of which reads the wrong way round: either alone is spare."""
    made = make(EAGER, PARTS, 1)
    noise = np.random.default_rng(0).normal(0, 0.3, PARTS)
    values = np.column_stack([made.values, 100 - made.values[:, COOLANT] + noise])
    assert together(values) == [[COOLANT, 4], [FEED], [BLADE], [VIBRATION]]
    proof = prove(values, made.scratched, 0, nobody)
    whole = learn(proof.kind, values, made.scratched)
    names = [*zip(NAMES, UNITS, strict=True), ("Return", "°C")]
    told = {one.name: one for one in drivers(proof, whole, values, names, 0, nobody)}
    assert told["Coolant temp + Return"].is_sure
    assert told["Coolant temp + Return"].sense is Sense.HIGH
    assert len(told) == 4


def test_a_model_is_only_asked_about_parts_made_after_those_it_knows() -> None:
    bad = np.random.default_rng(0).random(3000) < 0.02
    spans = list(later_spans(bad))
    assert spans[-1][1] == 3000
    assert [end for _, end in spans[:-1]] == [begin for begin, _ in spans[1:]]
    assert bad[: spans[0][0]].sum() >= 0.35 * bad.sum()
    counts = [int(bad[begin:end].sum()) for begin, end in spans]
    assert max(counts) - min(counts) <= 1
    few = np.zeros(60, bool)
    few[::6] = True
    assert [bool(few[begin:end].any()) for begin, end in later_spans(few)] == [True, True]


@pytest.mark.parametrize("kind", list(Kind))
def test_the_file_says_what_the_model_says(kind: Kind) -> None:
    import onnxruntime

    made = make(Line(), 2000, 3)
    model = learn(kind, made.values, made.scratched)
    session = onnxruntime.InferenceSession(
        to_onnx(model, NAMES, {"x": "y"}), providers=["CPUExecutionProvider"]
    )
    (told,) = session.run(None, {"values": made.values.astype(np.float32)})
    assert np.abs(told[:, 0] - chances(model, made.values)).max() < 2e-5
