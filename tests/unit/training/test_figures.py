from pathlib import Path

import pytest
from sklearn.metrics import average_precision_score, precision_recall_fscore_support, roc_auc_score

from station.domain.inspection import Verdict
from station.domain.statistics import wilson
from station.training.evaluate import EvaluationRow
from station.training.figures import figures, times

CLASSES = ("good", "dent", "scratch")


def row(truth: str, label: str, score: float, ms: float = 5.0) -> EvaluationRow:
    verdict = Verdict.NG if score >= 0.6 else Verdict.REVIEW if score >= 0.4 else Verdict.OK
    return EvaluationRow(Path(f"{truth} {score}.png"), truth, label, score, 0.9, verdict, ms)


ROWS = (
    row("good", "good", 0.1),
    row("good", "good", 0.2),
    row("good", "dent", 0.7),
    row("good", "good", 0.45),
    row("dent", "dent", 0.9),
    row("dent", "good", 0.3),
    row("dent", "scratch", 0.5),
    row("scratch", "scratch", 0.8),
    row("scratch", "scratch", 0.95),
)


def test_the_shares_by_hand() -> None:
    found = figures(ROWS, CLASSES, ("good",))
    assert found.n == 9
    assert (found.escapes.count, found.escapes.n) == (1, 5)
    assert (found.escapes.low, found.escapes.high) == wilson(1, 5)
    assert (found.false_rejects.count, found.false_rejects.n) == (1, 4)
    assert (found.reviews.count, found.reviews.n) == (2, 9)
    assert found.accuracy is not None
    assert found.accuracy.count == 6
    assert (found.precision, found.recall) == pytest.approx((4 / 6, 4 / 5))
    assert found.f1 == pytest.approx(2 * (4 / 6) * (4 / 5) / (4 / 6 + 4 / 5))


def test_classes_and_confusion_are_those_of_scikit_learn() -> None:
    found = figures(ROWS, CLASSES, ("good",))
    assert found.called == CLASSES
    assert found.confusion == ((3, 1, 0), (1, 1, 1), (0, 0, 2))
    truth, label = [one.truth for one in ROWS], [one.label for one in ROWS]
    theirs = precision_recall_fscore_support(truth, label, labels=list(CLASSES))
    for i, one in enumerate(found.truths):
        assert (one.precision, one.recall, one.f1) == pytest.approx(
            [theirs[k][i] for k in (0, 1, 2)]
        )
        assert one.n == theirs[3][i] == one.passed + one.reviewed + one.rejected
    assert [one.good for one in found.truths] == [True, False, False]


def test_ranks_are_those_of_scikit_learn_and_the_curves_end_where_they_must() -> None:
    found = figures(ROWS, CLASSES, ("good",))
    bad = [one.truth != "good" for one in ROWS]
    scores = [one.score for one in ROWS]
    assert found.auroc == pytest.approx(roc_auc_score(bad, scores))
    assert found.ap == pytest.approx(average_precision_score(bad, scores))
    assert (found.roc[0].x, found.roc[0].y, found.roc[-1].x, found.roc[-1].y) == (0, 0, 1, 1)
    assert (found.pr[0].x, found.pr[-1].x) == (0, 1)
    area = sum(
        (b.x - a.x) * (a.y + b.y) / 2 for a, b in zip(found.roc, found.roc[1:], strict=False)
    )
    assert area == pytest.approx(found.auroc)


def test_one_side_alone() -> None:
    bad = figures(ROWS[4:], CLASSES, ("good",))
    assert (bad.auroc, bad.ap, bad.roc, bad.pr) == (None, None, (), ())
    assert bad.false_rejects.rate is None
    assert [one.label for one in bad.truths] == ["dent", "scratch"]
    good = figures(ROWS[:1], CLASSES, ("good",))
    assert (good.precision, good.recall, good.f1) == (None, None, None)
    assert good.escapes.rate is None
    assert good.n == 1


def test_labels_that_the_model_does_not_know() -> None:
    rows = (row("crack", "defect", 0.9), row("ok", "good", 0.1), row("crack", "good", 0.2))
    found = figures(rows, ("good", "defect"), ("ok",))
    assert found.accuracy is None
    assert [(one.label, one.precision) for one in found.truths] == [("crack", None), ("ok", None)]
    assert found.confusion == ((1, 1), (1, 0))
    assert (found.escapes.count, found.escapes.n) == (1, 2)
    assert found.false_rejects.n == 1


def test_groups_are_counted_once() -> None:
    groups = ["a", "a", "a", "", "b", "b", "c", "c", ""]
    found = figures(ROWS, CLASSES, ("good",), groups).groups
    assert found is not None
    assert found.n == 5
    assert (found.escapes.count, found.escapes.n) == (1, 3)  # b, c and one alone
    assert (found.false_rejects.count, found.false_rejects.n) == (1, 2)
    assert figures(ROWS, CLASSES, ("good",), [""] * 9).groups is None


def test_many_parts_make_no_long_curve() -> None:
    rows = [row("good", "good", i / 3001) for i in range(0, 3000, 2)]
    rows += [row("dent", "dent", i / 3001) for i in range(1, 3000, 2)]
    found = figures(rows, CLASSES, ("good",))
    assert len(found.roc) <= 200
    assert len(found.pr) <= 200
    assert sum(found.scores.good) == sum(found.scores.bad) == 1500


def test_times() -> None:
    found = times([float(ms) for ms in range(1, 102)])
    assert (found.p50, found.p95) == pytest.approx((51, 96))
