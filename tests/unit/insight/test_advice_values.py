"""Which process values are learnt from, and which are left out by name."""

import numpy as np
import pytest

from station.insight.advice import LeftOut
from station.insight.advice_values import auc, usable

N = 1000
BAD = np.arange(N) % 25 == 0
GOOD_ONE = np.random.default_rng(0).normal(size=N)


def left_out(column: np.ndarray) -> LeftOut | None:
    found = usable(("temp", "odd"), np.stack([GOOD_ONE, column], axis=1), BAD)
    assert "temp" in found.names
    return dict(found.left_out).get("odd")


def gap(where: slice) -> np.ndarray:
    column = np.random.default_rng(1).normal(size=N)
    column[where] = np.nan
    return column


@pytest.mark.parametrize(
    ("column", "why"),
    [
        (np.full(N, 7.0), LeftOut.CONSTANT),
        (gap(slice(600, None)), LeftOut.STOPPED),
        (gap(slice(0, 500)), LeftOut.LATE),
        (gap(slice(200, 700, 2)), LeftOut.GAPS),
        (np.full(N, np.nan), LeftOut.STOPPED),
        (3.0 - 2 * BAD, LeftOut.LEAK),
        (BAD + np.random.default_rng(2).normal(0, 0.1, N), LeftOut.LEAK),
        (gap(slice(0, 0)), None),
    ],
    ids=["constant", "stopped", "late", "gaps", "never", "computed", "almost", "good"],
)
def test_what_cannot_be_learnt_from_is_left_out_by_name(
    column: np.ndarray, why: LeftOut | None
) -> None:
    assert left_out(column) is why


def test_rows_from_before_a_value_came_are_not_used() -> None:
    column = gap(slice(0, 150))
    column[500] = np.nan
    found = usable(("temp", "odd"), np.stack([GOOD_ONE, column], axis=1), BAD)
    assert found.names == ("temp", "odd")
    assert list(found.rows) == [row for row in range(150, N) if row != 500]
    assert np.isfinite(found.values).all()


def test_a_value_that_only_leans_to_the_bad_parts_is_no_leak() -> None:
    assert left_out(BAD * 2 + np.random.default_rng(3).normal(size=N)) is None


def test_auc_counts_pairs() -> None:
    rng = np.random.default_rng(4)
    scores, bad = rng.integers(0, 6, 60).astype(float), rng.random(60) < 0.3
    pairs = [(a > b) + 0.5 * (a == b) for a in scores[bad] for b in scores[~bad]]
    assert auc(scores, bad) == pytest.approx(np.mean(pairs))
    assert auc(scores, np.zeros(60, bool)) == 0.5
