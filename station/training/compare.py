"""Two models on the same parts: what changed sides, and whether that can be chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.domain.inspection import Verdict
from station.domain.statistics import mcnemar
from station.training.evaluate import EvaluationRow

ENOUGH = 0.05  # a smaller p is called more than chance
FEWEST = 6  # changed parts, all to one side, before the exact test can fall below ENOUGH


class Reading(StrEnum):
    """What the test allows one to say."""

    SAME = "same"  # no part changed sides
    TOO_FEW = "too_few"  # so few changed that no split of them would prove anything
    CHANCE = "chance"  # the difference may be chance
    FIRST = "first"  # the first is better
    SECOND = "second"  # the second is better


@dataclass(frozen=True, slots=True)
class Paired:
    """Parts that one model has right and the other wrong, with McNemar's exact p.

    A part is wrong where it escaped or was falsely rejected; a part for review is neither.
    """

    n: int
    both_right: int
    both_wrong: int
    first_only: int
    second_only: int
    p: float
    reading: Reading


@dataclass(frozen=True, slots=True)
class Change:
    """A part that the two judge differently."""

    path: str
    truth: str
    good: bool
    first: Verdict
    second: Verdict
    first_score: float
    second_score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """First against second on the same parts: over all, over bad ones, over good ones."""

    all: Paired
    escapes: Paired
    false_rejects: Paired
    changes: tuple[Change, ...]


def compared(
    first: Sequence[EvaluationRow], second: Sequence[EvaluationRow], good: Sequence[str]
) -> Comparison:
    """Rows of the same parts in the same order."""
    pairs = list(zip(first, second, strict=True))
    if any((a.path, a.truth) != (b.path, b.truth) for a, b in pairs):
        raise ValueError("rows of different parts")
    return Comparison(
        all=_paired(pairs, good),
        escapes=_paired([pair for pair in pairs if pair[0].truth not in good], good),
        false_rejects=_paired([pair for pair in pairs if pair[0].truth in good], good),
        changes=_changes(pairs, good),
    )


def read(first_only: int, second_only: int) -> Reading:
    """What so many parts, right by one alone, allow one to say."""
    changed = first_only + second_only
    if not changed:
        return Reading.SAME
    if changed < FEWEST:
        return Reading.TOO_FEW
    if mcnemar(first_only, second_only) >= ENOUGH:
        return Reading.CHANCE
    return Reading.FIRST if first_only > second_only else Reading.SECOND


def wrong(row: EvaluationRow, good: Sequence[str]) -> bool:
    """An escape or a false reject."""
    return row.verdict is (Verdict.NG if row.truth in good else Verdict.OK)


def _paired(pairs: Sequence[tuple[EvaluationRow, EvaluationRow]], good: Sequence[str]) -> Paired:
    right = [(not wrong(a, good), not wrong(b, good)) for a, b in pairs]
    first_only, second_only = right.count((True, False)), right.count((False, True))
    return Paired(
        n=len(pairs),
        both_right=right.count((True, True)),
        both_wrong=right.count((False, False)),
        first_only=first_only,
        second_only=second_only,
        p=mcnemar(first_only, second_only),
        reading=read(first_only, second_only),
    )


def _changes(
    pairs: Sequence[tuple[EvaluationRow, EvaluationRow]], good: Sequence[str]
) -> tuple[Change, ...]:
    """By how far the two scores lie apart, the farthest first."""
    found = [
        Change(
            path=shown(str(a.path)),
            truth=a.truth,
            good=a.truth in good,
            first=a.verdict,
            second=b.verdict,
            first_score=a.score,
            second_score=b.score,
        )
        for a, b in pairs
        if a.verdict is not b.verdict
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.first_score - one.second_score)))


def shown(name: str) -> str:
    """A file's name as text that can be written anywhere; bytes of no alphabet become marks."""
    return name.encode("utf-8", "replace").decode()
