from dataclasses import replace
from pathlib import Path

import pytest

from station.domain.inspection import Verdict
from station.training.compare import Reading, compared, read, wrong
from station.training.evaluate import EvaluationRow

OK, NG, REVIEW = Verdict.OK, Verdict.NG, Verdict.REVIEW
GOOD = ("good",)


def rows(*parts: tuple[str, Verdict, float]) -> list[EvaluationRow]:
    return [
        EvaluationRow(Path(f"{i}.png"), truth, truth, score, 0.9, verdict, 1.0)
        for i, (truth, verdict, score) in enumerate(parts)
    ]


FIRST = rows(("good", OK, 0.1), ("good", NG, 0.9), ("bad", NG, 0.9), ("bad", OK, 0.2))
SECOND = rows(("good", NG, 0.8), ("good", NG, 0.9), ("bad", OK, 0.3), ("bad", REVIEW, 0.5))


def test_the_pairs_by_hand() -> None:
    found = compared(FIRST, SECOND, GOOD)
    every = found.all
    assert (every.n, every.both_right, every.both_wrong) == (4, 0, 1)
    assert (every.first_only, every.second_only) == (2, 1)
    assert (found.escapes.n, found.escapes.first_only, found.escapes.second_only) == (2, 1, 1)
    assert (found.false_rejects.n, found.false_rejects.first_only) == (2, 1)
    assert every.p == 1.0
    assert every.reading is Reading.TOO_FEW


def test_what_changed_sides_comes_the_farthest_first() -> None:
    changes = compared(FIRST, SECOND, GOOD).changes
    assert [(one.path, one.first, one.second) for one in changes] == [
        ("0.png", OK, NG),
        ("2.png", NG, OK),
        ("3.png", OK, REVIEW),
    ]
    assert changes[0].good
    assert not changes[1].good


@pytest.mark.parametrize(
    ("first", "second", "reading"),
    [
        (0, 0, Reading.SAME),
        (5, 0, Reading.TOO_FEW),  # p is 0.0625
        (6, 0, Reading.FIRST),
        (0, 6, Reading.SECOND),
        (5, 3, Reading.CHANCE),
        (20, 5, Reading.FIRST),
    ],
)
def test_the_reading_is_honest(first: int, second: int, reading: Reading) -> None:
    assert read(first, second) is reading


def test_a_review_is_not_wrong() -> None:
    parts = rows(("good", REVIEW, 0.5), ("bad", REVIEW, 0.5), ("good", NG, 0.9), ("bad", OK, 0.1))
    assert [wrong(part, GOOD) for part in parts] == [False, False, True, True]


def test_equal_models_differ_in_nothing() -> None:
    found = compared(FIRST, FIRST, GOOD)
    assert found.all.reading is Reading.SAME
    assert found.changes == ()


def test_other_parts_cannot_be_compared() -> None:
    moved = [replace(FIRST[0], path=Path("other.png")), *FIRST[1:]]
    with pytest.raises(ValueError, match="different parts"):
        compared(FIRST, moved, GOOD)
    with pytest.raises(ValueError):
        compared(FIRST, FIRST[:2], GOOD)


def test_a_name_of_no_alphabet_can_be_written() -> None:
    strange = [replace(FIRST[0], path=Path("part\udcff.png"))]
    turned = [replace(strange[0], verdict=NG)]
    assert compared(strange, turned, GOOD).changes[0].path == "part?.png"
