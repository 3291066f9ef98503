"""What judged parts add up to: every figure of an evaluation, from rows alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_curve

from station.domain.inspection import Verdict
from station.domain.statistics import Share, share
from station.training.costs import Histogram, histogram, sides
from station.training.evaluate import EvaluationRow, auroc

POINTS = 200  # of a curve, as many as a picture shows

Wide = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """Of a curve, both 0 … 1."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Truth:
    """What became of the parts of one true class.

    hits: called by their own name. precision, recall and f1 are of that name, None where the
    model does not know the class.
    """

    label: str
    good: bool
    n: int
    passed: int
    reviewed: int
    rejected: int
    hits: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Groups:
    """Parts of one group are no independent witnesses, so the same shares by group.

    escapes: of the groups with bad parts, those in which one escaped; false_rejects likewise.
    """

    n: int
    escapes: Share
    false_rejects: Share


@dataclass(frozen=True, slots=True)
class Times:
    """Of a part, in ms: crop, resize and model."""

    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is said of one model on one set of parts.

    escapes: of the bad parts, those judged OK; false_rejects: of the good ones, those judged NG;
    reviews: of all. precision, recall, f1: of stopping the bad parts, where stopped is whatever
    was not judged OK; None where nothing was counted. accuracy: of the class names, None where the
    model does not know all of them. confusion[i][j]: parts of truths[i] called called[j].
    auroc, ap (average precision), roc (false alarm → found) and pr (found → precision): of the
    score, bad against good; None and empty where one side is missing.
    """

    n: int
    accuracy: Share | None
    escapes: Share
    false_rejects: Share
    reviews: Share
    precision: float | None
    recall: float | None
    f1: float | None
    auroc: float | None
    ap: float | None
    truths: tuple[Truth, ...]
    called: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    roc: tuple[Point, ...]
    pr: tuple[Point, ...]
    scores: Histogram
    times: Times
    groups: Groups | None


def figures(
    rows: Sequence[EvaluationRow],
    classes: Sequence[str],
    good: Sequence[str],
    groups: Sequence[str] = (),
) -> Figures:
    """Of at least one row. classes: that the model knows; good: the true classes that may pass.

    groups: of each row, empty for a part by itself.
    """
    passes = [row for row in rows if row.truth in good]
    bad = [row for row in rows if row.truth not in good]
    escapes = sum(row.verdict is Verdict.OK for row in bad)
    stopped = sum(row.verdict is not Verdict.OK for row in rows)
    labels = _in_order({row.truth for row in rows}, classes)
    known = all(label in classes for label in labels)
    low, high = ([row.score for row in side] for side in (passes, bad))
    roc, pr, ap = _curves(low, high)
    return Figures(
        n=len(rows),
        accuracy=share(sum(row.truth == row.label for row in rows), len(rows)) if known else None,
        escapes=share(escapes, len(bad)),
        false_rejects=share(sum(row.verdict is Verdict.NG for row in passes), len(passes)),
        reviews=share(sum(row.verdict is Verdict.REVIEW for row in rows), len(rows)),
        precision=_ratio(len(bad) - escapes, stopped),
        recall=_ratio(len(bad) - escapes, len(bad)),
        f1=_ratio(2 * (len(bad) - escapes), stopped + len(bad)),
        auroc=auroc(low, high),
        ap=ap,
        truths=tuple(_truth(label, rows, classes, good) for label in labels),
        called=tuple(classes),
        confusion=_confusion(rows, labels, classes),
        roc=roc,
        pr=pr,
        scores=histogram(sides(low, high)),
        times=times([row.ms for row in rows]),
        groups=_groups(rows, good, groups) if any(groups) else None,
    )


def times(ms: Sequence[float]) -> Times:
    """Median and 95th percentile of at least one."""
    return Times(*(float(value) for value in np.quantile(ms, (0.5, 0.95))))


def _in_order(labels: set[str], classes: Sequence[str]) -> list[str]:
    """As the model has them, strangers last by name."""
    return [name for name in classes if name in labels] + sorted(labels - set(classes))


def _truth(
    label: str, rows: Sequence[EvaluationRow], classes: Sequence[str], good: Sequence[str]
) -> Truth:
    own = [row for row in rows if row.truth == label]
    verdicts = Counter(row.verdict for row in own)
    hits = sum(row.label == label for row in own)
    called = sum(row.label == label for row in rows)
    known = label in classes
    return Truth(
        label=label,
        good=label in good,
        n=len(own),
        passed=verdicts[Verdict.OK],
        reviewed=verdicts[Verdict.REVIEW],
        rejected=verdicts[Verdict.NG],
        hits=hits,
        precision=_ratio(hits, called) if known else None,
        recall=_ratio(hits, len(own)) if known else None,
        f1=_ratio(2 * hits, called + len(own)) if known else None,
    )


def _confusion(
    rows: Sequence[EvaluationRow], labels: Sequence[str], classes: Sequence[str]
) -> tuple[tuple[int, ...], ...]:
    pairs = Counter((row.truth, row.label) for row in rows)
    return tuple(tuple(pairs[label, name] for name in classes) for label in labels)


def _ratio(count: int, n: int) -> float | None:
    return count / n if n else None


def _curves(
    good: Sequence[float], bad: Sequence[float]
) -> tuple[tuple[Point, ...], tuple[Point, ...], float | None]:
    """ROC, precision over recall, and average precision; nothing where one side is missing."""
    if not good or not bad:
        return (), (), None
    truth = np.repeat([0, 1], [len(good), len(bad)])
    scores = np.array([*good, *bad])
    alarms, found, _ = roc_curve(truth, scores)
    precision, recall, _ = precision_recall_curve(truth, scores, drop_intermediate=True)
    ap = float(average_precision_score(truth, scores))
    return _points(alarms, found), _points(recall[::-1], precision[::-1]), ap


def _points(x: Wide, y: Wide) -> tuple[Point, ...]:
    """Few enough for a picture, both ends kept."""
    places = np.unique(np.linspace(0, len(x) - 1, min(len(x), POINTS)).round().astype(int))
    return tuple(Point(float(x[i]), float(y[i])) for i in places)


def _groups(rows: Sequence[EvaluationRow], good: Sequence[str], groups: Sequence[str]) -> Groups:
    names = [name or f"\0{i}" for i, name in enumerate(groups)]
    passes: dict[str, bool] = {}  # of each group, whether one of its parts went wrong
    bad: dict[str, bool] = {}
    for name, row in zip(names, rows, strict=True):
        side, wrong = (passes, Verdict.NG) if row.truth in good else (bad, Verdict.OK)
        side[name] = side.get(name, False) or row.verdict is wrong
    return Groups(
        n=len(set(names)),
        escapes=share(sum(bad.values()), len(bad)),
        false_rejects=share(sum(passes.values()), len(passes)),
    )
