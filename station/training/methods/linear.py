"""Pooled features of a frozen backbone and spots under a linear head: minutes of images, seconds.

Heads are compared by stratified cross-validation on the same folds: linear discriminant analysis
and logistic regression over the pooled features, logistic regression over the answers of the
spots, and over those answers beside the logits of each of the first two. Spots that answer for an
image in the comparison have not seen it. All of them are one matrix in the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from station.inference.model import ModelCard
from station.training.backbone import DEPTH, FEATURES, Input, licence, parent
from station.training.calibrate import best_temperature, log_loss, propose_limits, softmax
from station.training.dataset import MINIMUM, Dataset
from station.training.embed import embed
from station.training.folds import fold_numbers
from station.training.fuse import (
    ANSWERS,
    FINE,
    PLACES,
    Linear,
    Reach,
    answers_model,
    fused_model,
    places_model,
)
from station.training.heads import Crossed, Fit, cross, fit_discriminant, fit_logistic
from station.training.spots import PLACE, Spots, learn_spots, targets_of

NAME = "linear"
POOLED: dict[str, Fit] = {"discriminant": fit_discriminant, "logistic": fit_logistic(0.1)}
STACK = fit_logistic(1.0)
PLACE_BYTES = 512 * 2**20  # of places kept in memory to learn the spots from
DARK = 0.9  # of the images of the other side, the share whose map stays dark

Array = npt.NDArray[np.float32]
Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt at one input size. `crossed` and the limits are of images never seen."""

    form: Input
    head: Linear
    kind: str
    spots: Spots
    reach: Reach
    crossed: Crossed
    temperature: float
    limits: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Numbers of every image: features, answers of unseeing spots, answers of the final ones."""

    features: Array
    crossed_answers: Array
    answers: Array
    spots: Spots


def teach(dataset: Dataset, form: Input, seed: int, progress: Progress) -> Lesson:
    """Learn from the data set at that input size; the same seed gives the same lesson."""
    labels = np.array(dataset.labels, np.intp)
    good = tuple(dataset.classes.index(name) for name in dataset.good)
    folds = fold_numbers(labels, seed)
    seen = _see(dataset, form, labels, good, folds, seed, progress)
    progress("learn", 0.0)
    kind, crossed, head = _best_head(seen, labels, folds)
    temperature = best_temperature(crossed.logits, labels)
    limits = _limits(crossed.logits / temperature, labels, good)
    reach = _reach(seen.answers, seen.spots, labels, good)
    progress("learn", 1.0)
    return Lesson(form, head, kind, seen.spots, reach, crossed, temperature, limits)


def build(lesson: Lesson, dataset: Dataset, name: str) -> bytes:
    """The model file of a lesson; the same lesson gives the same bytes."""
    card = ModelCard(
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
        ),
        parent=parent(),
        licence=licence(),
    )
    return fused_model(
        lesson.form, lesson.spots, lesson.head, lesson.temperature, lesson.reach, card
    )


def _see(
    dataset: Dataset,
    form: Input,
    labels: Index,
    good: tuple[int, ...],
    folds: Index,
    seed: int,
    progress: Progress,
) -> _Seen:
    """Twice over the images: once to learn the spots, once to have all spots answer."""
    paths = [sample.path for sample in dataset.samples]
    kept = _kept(form, labels, good, folds)
    features, places = _features(paths, form, kept, _ticker(progress, "embed", len(paths)))
    classes = len(dataset.classes)
    sets = []
    for number in range(-1, int(folds.max()) + 1):  # −1 holds nothing out: the final spots
        progress("spots", (number + 1) / (int(folds.max()) + 2))
        rows = np.flatnonzero(folds[kept] != number)
        sets.append(learn_spots(places, labels[kept], rows, good, classes, seed))
    del places
    model = answers_model(form, sets)
    tick = _ticker(progress, "answers", len(paths))
    answers = embed(model, paths, form, [ANSWERS], tick)[0].reshape(len(paths), len(sets), -1)
    unseeing = answers[np.arange(len(paths)), folds + 1]
    return _Seen(features, unseeing, answers[:, 0], sets[0])


def _kept(form: Input, labels: Index, good: tuple[int, ...], folds: Index) -> Index:
    """Images whose places fit into memory: good against bad half and half, folds by turns."""
    each = (form.height // FINE) * (form.width // FINE) * PLACE * 4
    room = PLACE_BYTES // each
    kept: list[int] = []
    classes = int(labels.max()) + 1
    bad = targets_of(classes, good)
    for k in range(classes):
        side = (good if k in good else bad) if good else bad
        quota = room // (len(side) * (2 if good else 1))
        own = np.flatnonzero(labels == k)
        rank = np.zeros(len(own), np.intp)
        for number in range(int(folds.max()) + 1):
            within = folds[own] == number
            rank[within] = np.arange(int(within.sum()))
        kept.extend(own[np.lexsort((folds[own], rank))][: max(MINIMUM, quota)])
    return np.array(sorted(kept), np.intp)


def _features(
    paths: Sequence[Path], form: Input, kept: Index, tick: Callable[[int], None]
) -> tuple[Array, Array]:
    """Features of all images, places of those kept."""
    model = places_model(form)
    features = np.empty((len(paths), DEPTH), np.float32)
    own, places = embed(model, [paths[i] for i in kept], form, [FEATURES, PLACES], tick)
    features[kept] = own
    rest = np.setdiff1d(np.arange(len(paths)), kept)
    if len(rest):
        after = len(kept)
        (others,) = embed(
            model, [paths[i] for i in rest], form, [FEATURES], lambda done: tick(after + done)
        )
        features[rest] = others
    return features, places


def _ticker(progress: Progress, step: str, total: int) -> Callable[[int], None]:
    return lambda done: progress(step, done / total)


def _best_head(seen: _Seen, labels: Index, folds: Index) -> tuple[str, Crossed, Linear]:
    """The head with the best cross-validated accuracy, and of equals the least log loss."""
    found: list[tuple[str, Crossed]] = []
    for name, fit in POOLED.items():
        crossed = cross(fit, seen.features, labels, folds)
        found.append((name, crossed))
        beside = np.hstack([crossed.logits, seen.crossed_answers])
        found.append((f"{name} + spots", cross(STACK, beside, labels, folds)))
    found.append(("spots", cross(STACK, seen.crossed_answers, labels, folds)))
    kind, crossed = max(found, key=lambda one: (round(one[1].accuracy, 9), -_loss(one[1], labels)))
    return kind, crossed, _final_head(kind, dict(found), seen, labels)


def _loss(crossed: Crossed, labels: Index) -> float:
    return log_loss(crossed.logits / best_temperature(crossed.logits, labels), labels)


def _final_head(kind: str, found: dict[str, Crossed], seen: _Seen, labels: Index) -> Linear:
    """One matrix over [features, answers], taught on all images."""
    name = kind.removesuffix(" + spots")
    width = DEPTH + seen.answers.shape[1]
    if kind == "spots":
        stack = STACK(seen.crossed_answers, labels)
        return _widen(stack, slice(DEPTH, width), width)
    pooled = _widen(POOLED[name](seen.features, labels), slice(0, DEPTH), width)
    if kind == name:
        return pooled
    stack = STACK(np.hstack([found[name].logits, seen.crossed_answers]), labels)
    classes = len(pooled.bias)
    weights = stack.weights[:, :classes] @ pooled.weights
    weights[:, DEPTH:] += stack.weights[:, classes:]
    return Linear(weights, stack.bias + stack.weights[:, :classes] @ pooled.bias)


def _widen(head: Linear, where: slice, width: int) -> Linear:
    weights = np.zeros((len(head.bias), width))
    weights[:, where] = head.weights
    return Linear(weights, head.bias)


def _limits(logits: Wide, labels: Index, good: tuple[int, ...]) -> tuple[float, float]:
    if not good:
        return propose_limits(np.empty(0), np.empty(0))
    scores = 1 - softmax(logits)[:, list(good)].sum(axis=1)
    passes = np.isin(labels, good)
    return propose_limits(scores[passes], scores[~passes])


def _reach(answers: Array, spots: Spots, labels: Index, good: tuple[int, ...]) -> Reach:
    """Dark is what the other side hardly ever exceeds, bright what half of the class reaches."""
    dark, bright = [], []
    for j, target in enumerate(spots.targets):
        other = np.isin(labels, good) if good else labels != target
        low = float(np.quantile(answers[other, j], DARK))
        high = float(np.median(answers[labels == target, j]))
        dark.append(low)
        bright.append(max(high, low + 1e-3))
    return Reach(np.array(dark, np.float32), np.array(bright, np.float32))
