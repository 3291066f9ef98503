"""Anomalies told from good parts alone: a memory of good places beside a head taught on drawings.

Three opinions look at the same frozen backbone. Two banks, one fine and one deep, keep a few
places of good parts that stand for all (greedy coresets, after PatchCore) and answer with the
distance to the nearest, in units of how far good parts of other groups lie from it. The head is a
small network that tells places of good parts from places with defects drawn over them. They err
on different defects; each is measured in units of what held-back good parts answer, and the mean
of all counts. Known bad parts are never learnt from, only judged; the limits are set by them.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from station.errors import DatasetError, ErrorCode
from station.inference.model import INPUT, ModelCard
from station.inference.provider import CPU, new_session
from station.training.backbone import Input, licence, parent
from station.training.calibrate import GOOD_TO_REVIEW
from station.training.dataset import Dataset
from station.training.embed import THREADS, embed
from station.training.methods.bank_graph import (
    ANSWERS,
    OPINIONS,
    Gauge,
    Lens,
    answers_model,
    bank_model,
)
from station.training.methods.bank_learn import learn_lens, see, spoilt
from station.training.methods.bank_limits import (
    LEAST_BAD,
    Limits,
    drawn_limits,
    foretold,
    known_limits,
)
from station.training.methods.base import DEFECT, Fitted, Progress, Wishes

NAME = "memory_bank"
KIND = "coresets + drawn defects"
MINIMUM = 5  # good parts; so few give a model, but hardly a limit
GOOD = "good"  # what the good class is called where the data set names none
SIZE = 320
LIMIT = 1 - GOOD_TO_REVIEW  # of the held-back good parts, the share below a probability of 0.5
LEAST_SPAN = 0.05  # between their middle and their high, where all answer alike
CHANCE = 1  # beside the seed, for the defects by which limits are set

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


def fit(dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress) -> Fitted:
    """Learn from the good samples; see `methods.base.Fit`. Bad ones are judged by the final model.

    Raises DatasetError DATASET_TOO_FEW where fewer than MINIMUM samples are good.
    """
    good = _good(dataset)
    _check(dataset, good)
    side = wishes.size or SIZE
    form = Input(side, side, dataset.channels)
    with threadpool_limits(THREADS):
        lenses, held_out = _learn(dataset, form, good, folds, wishes, progress)
        answers = _judge(dataset, form, lenses, held_out, progress)
        gauge = _gauge(answers[good])
        bad = gauge.defect(answers)
        if (~good).sum() >= LEAST_BAD:
            limits = known_limits(bad[good], bad[~good])
        else:
            drawn = _judge_drawn(dataset, form, good, lenses, held_out, wishes.seed)
            limits = drawn_limits(bad[good], gauge.defect(drawn))
    card = _card(dataset, form, name, limits, _metrics(bad, good, folds))
    model = bank_model(form, lenses[0], gauge, card)
    progress("learn", 1.0)
    return Fitted(model, card, np.stack([1 - bad, bad], axis=1), KIND)


def _good(dataset: Dataset) -> npt.NDArray[np.bool_]:
    """Which samples are good; where one class is all there is, it is good."""
    names = dataset.good or (dataset.classes if len(dataset.classes) == 1 else ())
    return np.array([sample.label in names for sample in dataset.samples], bool)


def _check(dataset: Dataset, good: npt.NDArray[np.bool_]) -> None:
    count = int(good.sum())
    if count < MINIMUM:
        label = ", ".join(dataset.good) or GOOD
        folder = dataset.samples[0].path.parent.parent if dataset.samples else Path()
        raise DatasetError(
            ErrorCode.DATASET_TOO_FEW, path=folder, label=label, count=count, minimum=MINIMUM
        )


def _learn(
    dataset: Dataset,
    form: Input,
    good: npt.NDArray[np.bool_],
    folds: Index,
    wishes: Wishes,
    progress: Progress,
) -> tuple[list[Lens], Index]:
    """The final lens, then one for each fold of good samples; and which lens may judge each."""
    own = np.flatnonzero(good)
    paths = [dataset.samples[i].path for i in own]
    rng = np.random.default_rng(wishes.seed)
    seen = see(paths, wishes.augment, form, rng, _ticker(progress, "embed", len(own)))
    held_out = np.zeros(len(good), np.intp)
    groups = _groups(dataset, own)
    lenses = [learn_lens(seen, np.arange(len(own)), groups, wishes.seed)]
    numbers = folds[own] if np.ptp(folds[own]) else np.arange(len(own)) % 2
    for place, number in enumerate(np.unique(numbers), start=1):
        progress("learn", place / (len(np.unique(numbers)) + 1))
        held_out[own[numbers == number]] = len(lenses)
        lenses.append(learn_lens(seen, np.flatnonzero(numbers != number), groups, wishes.seed))
    return lenses, held_out


def _groups(dataset: Dataset, own: Index) -> Index:
    """A number for each of those samples; one without a group is a group of its own."""
    names = [dataset.samples[i].group or f"\0{i}" for i in own]
    return np.unique(names, return_inverse=True)[1]


def _judge(
    dataset: Dataset,
    form: Input,
    lenses: Sequence[Lens],
    held_out: Index,
    progress: Progress,
) -> Wide:
    """Answers (n, opinions) of each sample by the lens that may judge it."""
    paths = [sample.path for sample in dataset.samples]
    tick = _ticker(progress, "answers", len(paths))
    (answers,) = embed(answers_model(form, lenses), paths, form, [ANSWERS], tick)
    by_lens = answers.reshape(len(paths), len(lenses), len(OPINIONS)).astype(np.float64)
    return np.asarray(by_lens[np.arange(len(paths)), held_out])


def _judge_drawn(
    dataset: Dataset,
    form: Input,
    good: npt.NDArray[np.bool_],
    lenses: Sequence[Lens],
    held_out: Index,
    seed: int,
) -> Wide:
    """Answers (n, opinions) of good parts that a defect was drawn over, by lenses without them."""
    own = np.flatnonzero(good)
    session = new_session(answers_model(form, lenses), CPU, THREADS)
    rng = np.random.default_rng((seed, CHANCE))
    found = []
    for number, pixels in spoilt([dataset.samples[i].path for i in own], form, rng):
        (answers,) = session.run([ANSWERS], {INPUT: pixels[None]})
        found.append(answers.reshape(len(lenses), len(OPINIONS))[held_out[own[number]]])
    return np.array(found, np.float64).reshape(-1, len(OPINIONS))


def _gauge(answers: Wide) -> Gauge:
    """From the answers (n, opinions) of held-back good parts."""
    middle, high = _span(answers)
    units = (answers - middle) / (high - middle)
    fused_middle, fused_high = _span(units.mean(axis=1, keepdims=True))
    return Gauge(np.append(middle, fused_middle), np.append(high, fused_high))


def _span(answers: Wide) -> tuple[Wide, Wide]:
    middle = np.median(answers, axis=0)
    high = np.quantile(answers, LIMIT, axis=0)
    return middle, np.maximum(high, middle + LEAST_SPAN)


def _metrics(bad: Wide, good: npt.NDArray[np.bool_], folds: Index) -> tuple[tuple[str, float], ...]:
    """limits.…: what limits set without a part would have done to it."""
    metrics: list[tuple[str, float]] = [("n", len(bad)), ("n_good", int(good.sum()))]
    if not good.all():
        metrics.append(("cv_auroc", float(roc_auc_score(~good, bad))))
    if (~good).sum() >= LEAST_BAD:
        seen = foretold(bad, ~good, folds)
        metrics += [
            ("limits.escapes", seen.escapes),
            ("limits.false_rejects", seen.false_rejects),
            ("limits.good_reviews", seen.good_reviews),
        ]
    return tuple(metrics)


def _card(
    dataset: Dataset,
    form: Input,
    name: str,
    limits: Limits,
    metrics: tuple[tuple[str, float], ...],
) -> ModelCard:
    first = (dataset.good or dataset.classes)[0]
    return ModelCard(
        name=name,
        classes=(first, DEFECT),
        good=(first,),
        height=form.height,
        width=form.width,
        channels=form.channels,
        review_limit=limits[0],
        ng_limit=limits[1],
        dataset_sha256=dataset.sha256,
        method=f"{NAME}: {KIND}",
        metrics=metrics,
        parent=parent(),
        licence=licence(),
    )


def _ticker(progress: Progress, step: str, total: int) -> Callable[[int], None]:
    return lambda done: progress(step, done / total)
