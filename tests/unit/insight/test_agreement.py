"""Agreement against published worked examples."""

import pytest
from sklearn.metrics import cohen_kappa_score

from station.insight.agreement import appraise, cohen, cohen_of, fleiss

# Fleiss 1971 as it is worked in Wikipedia's "Fleiss' kappa": 14 raters, 10 subjects, 5 classes.
FOURTEEN = (
    *((0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1)),
    *((7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7)),
)


def test_two_readers_of_fifty_proposals() -> None:
    """Wikipedia, "Cohen's kappa": 20 and 15 alike, 5 and 10 not: κ = 0.40."""
    assert cohen_of([[20, 5], [10, 15]]).value == pytest.approx(0.4)


def test_the_crossed_appraisers_of_the_aiag() -> None:
    """MSA 4th edition, table III-C 4: A × B κ = 0.86 over 150 judgements; with A × C and B × C."""
    assert cohen_of([[44, 6], [3, 97]]).value == pytest.approx(0.86, abs=0.005)
    assert cohen_of([[43, 7], [8, 92]]).value == pytest.approx(0.78, abs=0.005)
    assert cohen_of([[42, 5], [9, 94]]).value == pytest.approx(0.79, abs=0.005)


def test_the_error_of_kappa_is_that_of_its_authors() -> None:
    """Fleiss, Cohen and Everitt 1969, table 1: κ = 0.429, and its error for n = 200 is 0.054."""
    table = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
    kappa = cohen_of(table)
    assert kappa.value == pytest.approx(0.429, abs=0.0005)
    assert (kappa.high - kappa.low) / 2 / 1.959964 == pytest.approx(0.054, abs=0.0006)


def test_fourteen_raters() -> None:
    kappa = fleiss(FOURTEEN)
    assert kappa.value == pytest.approx(0.210, abs=0.0005)
    assert kappa.low < 0.21 < kappa.high


def test_words_are_counted_as_another_library_counts_them() -> None:
    one = ["ok", "ok", "scratch", "dent", "ok", "dent", "scratch", "ok"]
    two = ["ok", "dent", "scratch", "dent", "ok", "ok", "scratch", "scratch"]
    assert cohen(one, two).value == pytest.approx(cohen_kappa_score(one, two))
    assert cohen(one, one).value == 1.0
    assert cohen(["ok"] * 5, ["ok"] * 5).value == 1.0


def test_one_appraiser_against_the_truth() -> None:
    truth = ["ok"] * 6 + ["ng"] * 4
    first = ["ok"] * 5 + ["ng"] + ["ng"] * 4  # one false alarm
    second = ["ok"] * 6 + ["ng"] * 3 + ["ok"]  # one miss
    seen = appraise(truth, [first, second], good=("ok",))
    assert (seen.effectiveness.count, seen.effectiveness.n) == (8, 10)
    assert (seen.misses.count, seen.misses.n) == (1, 8)
    assert (seen.false_alarms.count, seen.false_alarms.n) == (1, 12)
    assert (seen.repeats.count, seen.repeats.n) == (8, 10)
    expected = cohen_kappa_score(truth * 2, first + second)
    assert seen.kappa.value == pytest.approx(expected)


def test_what_is_no_study_is_refused() -> None:
    with pytest.raises(ValueError, match="judges"):
        cohen(["ok"], [])
    with pytest.raises(ValueError, match="judges"):
        fleiss([[3, 0], [2, 0]])
    with pytest.raises(ValueError, match="trial"):
        appraise(["ok"], [["ok", "ok"]], ("ok",))
