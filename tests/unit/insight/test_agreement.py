"""Agreement against published worked examples."""

import itertools
import random

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from station.insight.agreement import (
    appraise,
    cohen,
    cohen_of,
    cohen_trials,
    counted,
    fleiss,
    repeated_share,
)
from tests.unit.insight.aiag import TRIALS, TRUTH

# Fleiss 1971 as it is worked in Wikipedia's "Fleiss' kappa": 14 raters, 10 subjects, 5 classes.
FOURTEEN = (
    *((0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1)),
    *((7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7)),
)
# Fleiss 1971, table 1: 30 patients, 6 psychiatrists, 5 diagnoses.
DIAGNOSES = (
    *("00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006"),
    *("10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203"),
    *("00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006"),
)


def test_two_readers_of_fifty_proposals() -> None:
    """Wikipedia, "Cohen's kappa": 20 and 15 alike, 5 and 10 not: κ = 0.40."""
    kappa = cohen_of([[20, 5], [10, 15]])
    assert kappa is not None
    assert kappa.value == pytest.approx(0.4)


def crossed(first: str, second: tuple[tuple[str, ...], ...]) -> list[int]:
    """Counts as the AIAG prints them: 0 × 0, 0 × 1, 1 × 0, 1 × 1."""
    pairs = [
        (one, other)
        for left, right in zip(TRIALS[first], second, strict=True)
        for one, other in zip(left, right, strict=True)
    ]
    return [pairs.count(pair) for pair in itertools.product(("NG", "OK"), repeat=2)]


@pytest.mark.parametrize(
    ("one", "other", "counts", "kappa"),
    [
        ("A", "B", [44, 6, 3, 97], 0.86),
        ("A", "C", [43, 7, 8, 92], 0.78),
        ("B", "C", [42, 5, 9, 94], 0.79),
        ("A", "", [45, 5, 3, 97], 0.88),
        ("B", "", [45, 2, 3, 100], 0.92),
        ("C", "", [42, 9, 6, 93], 0.77),
    ],
)
def test_the_crossed_appraisers_of_the_aiag(
    one: str, other: str, counts: list[int], kappa: float
) -> None:
    """MSA 4th edition, tables III-C 4 to 6; without another one: against the reference."""
    second = TRIALS[other] if other else (TRUTH,) * 3
    assert crossed(one, second) == counts
    found = cohen_trials(TRIALS[one], second)
    assert found is not None
    assert found.value == pytest.approx(kappa, abs=0.005)
    again = cohen_of([counts[:2], counts[2:]])
    assert again is not None
    assert again.value == pytest.approx(found.value)
    assert found.low == pytest.approx(again.low, abs=0.04)


@pytest.mark.parametrize(
    ("name", "effective", "misses", "alarms"),
    [("A", 42, (3, 48), (5, 102)), ("B", 45, (3, 48), (2, 102)), ("C", 40, (6, 48), (9, 102))],
)
def test_the_appraisers_of_the_aiag_against_the_reference(
    name: str, effective: int, misses: tuple[int, int], alarms: tuple[int, int]
) -> None:
    """Table III-C 7 and 8: 84, 90, 80 % effective; misses 6.3, 6.3, 12.5 %; alarms 4.9, 2.0, 8.8 %.

    The manual's intervals are exact binomial ones; ours, by Wilson, lie within a point or two.
    """
    seen = appraise(TRUTH, TRIALS[name], ("OK",))
    assert (seen.effectiveness.count, seen.effectiveness.n) == (effective, 50)
    assert (seen.misses.count, seen.misses.n) == misses
    assert (seen.false_alarms.count, seen.false_alarms.n) == alarms
    assert seen.repeats is not None
    assert seen.repeats.count == effective, "none of them was wrong in all three trials"
    exact = {"A": (0.71, 0.93), "B": (0.78, 0.97), "C": (0.66, 0.90)}[name]
    assert (seen.effectiveness.low, seen.effectiveness.high) == pytest.approx(exact, abs=0.02)


def test_all_appraisers_of_the_aiag_together() -> None:
    """All nine judgements alike: 39 of 50 parts, as the manual has its system effectiveness.

    Fleiss' κ over all nine, and of each over his own trials, as SigmaXL prints them of this
    example (Attribute MSA, binary): 0.7936 between; 0.76, 0.8451, 0.7029 within.
    """
    trials = [words for name in "ABC" for words in TRIALS[name]]
    alike = [len(set(words)) == 1 for words in zip(*trials, strict=True)]
    assert sum(alike) == 39
    kappa = fleiss(counted(trials))
    assert kappa is not None
    assert kappa.value == pytest.approx(0.7936, abs=5e-5)
    within = [fleiss(counted(TRIALS[name])) for name in "ABC"]
    assert [one and one.value for one in within] == pytest.approx([0.76, 0.8451, 0.7029], abs=5e-5)
    assert kappa.low < kappa.value < kappa.high


def test_the_error_of_kappa_is_that_of_its_authors() -> None:
    """Fleiss, Cohen and Everitt 1969, table 1: κ = 0.429, and its error for n = 200 is 0.054."""
    table = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
    kappa = cohen_of(table)
    assert kappa is not None
    assert kappa.value == pytest.approx(0.429, abs=0.0005)
    assert (kappa.high - kappa.low) / 2 / 1.959964 == pytest.approx(0.054, abs=0.0006)


def test_leaving_parts_out_gives_the_same_error() -> None:
    """The jackknife of one trial each beside the formula of Fleiss, Cohen and Everitt."""
    table = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
    pairs = [("abc"[i], "abc"[j]) for i in range(3) for j in range(3) for _ in range(table[i][j])]
    left, right = zip(*pairs, strict=True)
    by_formula, by_parts = cohen_of(table), cohen_trials([left], [right])
    assert by_formula is not None
    assert by_parts is not None
    assert by_parts.value == pytest.approx(by_formula.value)
    assert by_parts.low == pytest.approx(by_formula.low, abs=0.003)


def test_thirty_patients_of_fleiss() -> None:
    """Fleiss 1971: shares of the diagnoses 0.144, 0.144, 0.167, 0.306, 0.239; κ = 0.430."""
    table = np.array([[int(sign) for sign in row] for row in DIAGNOSES])
    assert table.sum(axis=0) / 180 == pytest.approx([0.144, 0.144, 0.167, 0.306, 0.239], abs=6e-4)
    kappa = fleiss(table)
    assert kappa is not None
    assert kappa.value == pytest.approx(0.430, abs=0.0005)


def test_fourteen_raters() -> None:
    kappa = fleiss(FOURTEEN)
    assert kappa is not None
    assert kappa.value == pytest.approx(0.210, abs=0.0005)
    assert kappa.low < 0.21 < kappa.high


def test_words_are_counted_as_another_library_counts_them() -> None:
    one = ["ok", "ok", "scratch", "dent", "ok", "dent", "scratch", "ok"]
    two = ["ok", "dent", "scratch", "dent", "ok", "ok", "scratch", "scratch"]
    kappa = cohen(one, two)
    assert kappa is not None
    assert kappa.value == pytest.approx(cohen_kappa_score(one, two))


def some_words(chance: random.Random, parts: int, classes: str) -> list[str]:
    return [chance.choice(classes) for _ in range(parts)]


@pytest.mark.parametrize("seed", range(20))
def test_what_must_hold_of_any_study(seed: int) -> None:
    """Symmetric; blind to the classes' names; 1 of the same; Cohen's of another library."""
    chance = random.Random(seed)
    classes = "ab" if seed % 2 else "abcd"
    one = [some_words(chance, 30, classes) for _ in range(1 + seed % 3)]
    two = [some_words(chance, 30, classes) for _ in range(1 + seed % 3)]
    kappa, turned = cohen_trials(one, two), cohen_trials(two, one)
    names = dict(zip(classes, "zyxw", strict=False))
    other = cohen_trials([[names[w] for w in t] for t in one], [[names[w] for w in t] for t in two])
    assert kappa is not None
    assert turned is not None
    assert other is not None
    for same in (turned, other):
        assert (same.value, same.low) == pytest.approx((kappa.value, kappa.low))
    flat = [[w for trial in words for w in trial] for words in (one, two)]
    assert kappa.value == pytest.approx(cohen_kappa_score(*flat))
    mine = cohen_trials(one[:1], one[:1])
    assert mine is not None
    assert mine.value == pytest.approx(1.0)
    both = fleiss(counted([*one, *two]))
    columns = list(range(len(set(classes))))
    chance.shuffle(columns)
    moved = fleiss(counted([*one, *two])[:, columns])
    assert both is not None
    assert moved is not None
    assert moved.value == pytest.approx(both.value)


def test_perfect_agreement_on_few_parts_proves_little() -> None:
    """The formulas have no error there: the interval is what so few parts leave open."""
    lows = []
    for parts in (10, 50, 300):
        words = ["OK", "NG"] * (parts // 2)
        for kappa in (cohen(words, words), cohen_trials([words], [words] * 3)):
            assert kappa is not None
            assert (kappa.value, kappa.high) == (pytest.approx(1.0), 1.0)
            lows.append(kappa.low)
    assert lows == pytest.approx([0.445, 0.445, 0.857, 0.857, 0.975, 0.975], abs=0.001)


def test_repeating_oneself_proves_no_more() -> None:
    """A judge who says the same three times has judged no more parts for that."""
    once, thrice = repeated_share(1, 20, 1), repeated_share(3, 60, 3)
    assert (once.rate, once.low, once.high) == pytest.approx((thrice.rate, thrice.low, thrice.high))
    truth = ["OK"] * 20 + ["NG"] * 20
    said = ["NG", *truth[1:-1], "OK"]
    single, repeated = appraise(truth, [said], ("OK",)), appraise(truth, [said] * 3, ("OK",))
    assert single.kappa is not None
    assert repeated.kappa is not None
    assert repeated.kappa.low == pytest.approx(single.kappa.low)
    assert single.repeats is None


def test_the_interval_of_a_judge_holds_the_truth_as_often_as_it_says() -> None:
    """1,000 judges who miss 10 % of bad parts, each with three looks at 40 of them.

    Looks at one part share half of their error. A judge's interval misses the true share in about
    5 % of the studies; one that took 120 looks for 120 parts would miss it in far more.
    """
    chance = np.random.default_rng(4)
    wrong = naive = 0
    for _ in range(1000):
        hard = chance.random(40) < 0.05  # such a part is missed at every look
        looks = hard[:, None] | (chance.random((40, 3)) < 0.05 / 0.95)
        missed = int(looks.sum())
        ours, theirs = repeated_share(missed, 120, 3), repeated_share(missed, 120, 1)
        wrong += not ours.low <= 0.1 <= ours.high
        naive += not theirs.low <= 0.1 <= theirs.high
    print(f"outside: {wrong / 10:.1f} % of ours, {naive / 10:.1f} % by looks")
    assert wrong <= 50
    assert naive > 70


def test_one_appraiser_against_the_truth() -> None:
    truth = ["ok"] * 6 + ["ng"] * 4
    first = ["ok"] * 5 + ["ng"] + ["ng"] * 4  # one false alarm
    second = ["ok"] * 6 + ["ng"] * 3 + ["ok"]  # one miss
    seen = appraise(truth, [first, second], good=("ok",))
    assert (seen.effectiveness.count, seen.effectiveness.n) == (8, 10)
    assert (seen.misses.count, seen.misses.n) == (1, 8)
    assert (seen.false_alarms.count, seen.false_alarms.n) == (1, 12)
    assert seen.repeats is not None
    assert (seen.repeats.count, seen.repeats.n) == (8, 10)
    assert seen.kappa is not None
    assert seen.kappa.value == pytest.approx(cohen_kappa_score(truth * 2, first + second))


def test_one_class_only_has_no_kappa() -> None:
    assert cohen(["ok"] * 5, ["ok"] * 5) is None
    assert cohen_trials([["ok"] * 5], [["ok"] * 5] * 2) is None
    assert fleiss([[3, 0], [3, 0]]) is None
    seen = appraise(["ok"] * 5, [["ok", "ok", "ok", "ok", "ng"]], ("ok",))
    assert seen.kappa is None, "against a truth of one class κ is 0 whatever is said"
    assert (seen.misses.n, seen.misses.rate) == (0, None)
    assert seen.false_alarms.count == 1


def test_fewer_trials_come_round_again() -> None:
    """A station with one look beside persons with three."""
    kappa = cohen_trials([TRUTH], TRIALS["A"])
    assert kappa is not None
    assert kappa.value == pytest.approx(0.879, abs=0.0005)


def test_what_is_no_study_is_refused() -> None:
    with pytest.raises(ValueError, match="judges"):
        cohen(["ok"], [])
    with pytest.raises(ValueError, match="judges"):
        cohen_trials([["ok", "ng"]], [["ok"]])
    with pytest.raises(ValueError, match="judges"):
        cohen_trials([], [["ok"]])
    with pytest.raises(ValueError, match="judges"):
        fleiss([[3, 0], [2, 0]])
    with pytest.raises(ValueError, match="trial"):
        appraise(["ok"], [["ok", "ok"]], ("ok",))
