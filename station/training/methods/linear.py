"""Pooled features of a frozen backbone and spots under a linear head: minutes of images, seconds.

Heads are compared by cross-validation on the same folds: linear discriminant analysis and
logistic regression over the pooled features, logistic regression over the answers of the spots,
and both opinions joined. Spots that answer for an image in the comparison have not seen it. Where
images are few, the same images turned tell the discriminant which differences mean little. All
heads are one matrix in the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from station.inference.model import ModelCard
from station.training.augment import COPIES, Varied
from station.training.backbone import Input, licence, parent
from station.training.calibrate import best_temperature, propose_limits, softmax
from station.training.choice import Rows, choose_head
from station.training.dataset import Dataset
from station.training.embed import Source
from station.training.folds import fold_numbers
from station.training.fuse import Linear, Reach, fused_model
from station.training.heads import Crossed
from station.training.methods.base import (
    Fitted,
    Progress,
    SizeRow,
    Wishes,
    check_classes,
)
from station.training.seen import see
from station.training.sizes import SIZES, best_size, compare_sizes, part_ms
from station.training.spots import Spots
from station.training.unlike import METRIC, Unlike, learn_unlike

NAME = "linear"
DARK = 0.9  # of the images of the other side, the share whose map stays dark

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Task:
    """Each image and its variations, and what is known of them."""

    sources: tuple[Source, ...]
    rows: Rows
    good: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What was learnt at one input size; `crossed` is of images never seen."""

    form: Input
    head: Linear
    kind: str
    spots: Spots
    reach: Reach
    unlike: Unlike
    crossed: Crossed
    temperature: float
    limits: tuple[float, float]


def fit(dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress) -> Fitted:
    """Learn as `base.Fit` says. Raises DatasetError DATASET_ONE_CLASS."""
    check_classes(dataset)
    with threadpool_limits(1):  # many small matrices: threads would mostly wait for each other
        return _fit(dataset, folds, wishes, name, progress)


def _fit(dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress) -> Fitted:
    def trial(few: Dataset, form: Input) -> SizeRow:
        labels = np.array(few.labels, np.intp)
        numbers = fold_numbers(labels, wishes.seed, [one.group for one in few.samples])
        task = _task(few, numbers, wishes)
        return _row(_learn(task, form, wishes.seed, _silent), few)

    rows: tuple[SizeRow, ...] = ()
    if wishes.size is None:
        rows = compare_sizes(dataset, wishes.seed, trial, lambda share: progress("sizes", share))
    side = best_size(rows) if rows else wishes.size or SIZES[0]
    task = _task(dataset, folds, wishes)
    lesson = _learn(task, Input(side, side, dataset.channels), wishes.seed, progress)
    card = _card(lesson, dataset, name)
    model = _model(lesson, card)
    probabilities = softmax(lesson.crossed.logits / lesson.temperature)
    return Fitted(model, card, probabilities, lesson.kind, rows or (_row(lesson, dataset),))


def _silent(step: str, share: float) -> None:
    """For a trial, which is one step of the whole."""


def _task(dataset: Dataset, folds: Index, wishes: Wishes) -> _Task:
    paths = [sample.path for sample in dataset.samples]
    kinds = wishes.augment
    varied = [Varied(path, kinds, k) for k in range(COPIES if kinds else 0) for path in paths]
    rounds = 1 + len(varied) // len(paths)
    rows = Rows(
        labels=np.tile(np.array(dataset.labels, np.intp), rounds),
        folds=np.tile(folds, rounds),
        plain=np.arange(rounds * len(paths)) < len(paths),
        balance=wishes.balance,
    )
    good = tuple(dataset.classes.index(name) for name in dataset.good)
    return _Task((*paths, *varied), rows, good)


def _learn(task: _Task, form: Input, seed: int, progress: Progress) -> _Lesson:
    rows = task.rows
    seen = see(task.sources, form, rows.labels, rows.folds, task.good, seed, progress)
    progress("learn", 0.0)
    head, _ = choose_head(seen, rows)
    linear = head.final()
    progress("learn", 0.8)
    labels, logits = rows.labels[rows.plain], head.crossed.logits[rows.plain]
    temperature = best_temperature(logits, labels)
    unlike = learn_unlike(seen.features, rows.folds, rows.labels)
    progress("learn", 1.0)
    return _Lesson(
        form=form,
        head=linear,
        kind=head.kind,
        spots=seen.spots,
        reach=_reach(seen.answers[rows.plain], seen.spots, labels, task.good),
        unlike=unlike,
        crossed=replace(head.crossed, logits=logits),
        temperature=temperature,
        limits=_limits(logits / temperature, labels, task.good),
    )


def _card(lesson: _Lesson, dataset: Dataset, name: str) -> ModelCard:
    return ModelCard(
        name=name,
        classes=dataset.classes,
        good=dataset.good,
        height=lesson.form.height,
        width=lesson.form.width,
        channels=lesson.form.channels,
        review_limit=lesson.limits[0],
        ng_limit=lesson.limits[1],
        temperature=lesson.temperature,
        dataset_sha256=dataset.sha256,
        method=f"{NAME}: {lesson.kind}",
        metrics=(
            ("cv_accuracy", lesson.crossed.accuracy),
            ("cv_std", lesson.crossed.std),
            ("n", len(dataset.samples)),
            (METRIC, lesson.unlike.p99),
        ),
        parent=parent(),
        licence=licence(),
    )


def _model(lesson: _Lesson, card: ModelCard) -> bytes:
    return fused_model(
        lesson.form,
        lesson.spots,
        lesson.head,
        lesson.temperature,
        lesson.reach,
        lesson.unlike,
        card,
    )


def _row(lesson: _Lesson, dataset: Dataset) -> SizeRow:
    """What the comparison of sizes says of a lesson."""
    model = _model(lesson, _card(lesson, dataset, "trial"))
    crossed, form = lesson.crossed, lesson.form
    return SizeRow(form.height, crossed.accuracy, crossed.std, part_ms(model, form))


def _limits(logits: Wide, labels: Index, good: Sequence[int]) -> tuple[float, float]:
    if not good:
        return propose_limits(np.empty(0), np.empty(0))
    scores = 1 - softmax(logits)[:, list(good)].sum(axis=1)
    passes = np.isin(labels, good)
    return propose_limits(scores[passes], scores[~passes])


def _reach(
    answers: npt.NDArray[np.float32], spots: Spots, labels: Index, good: tuple[int, ...]
) -> Reach:
    """Dark is what the other side hardly ever exceeds, bright what half of the class reaches."""
    dark, bright = [], []
    for j, target in enumerate(spots.targets):
        other = np.isin(labels, good) if good else labels != target
        low = float(np.quantile(answers[other, j], DARK))
        high = float(np.median(answers[labels == target, j]))
        dark.append(low)
        bright.append(max(high, low + 1e-3))
    return Reach(np.array(dark, np.float32), np.array(bright, np.float32))
