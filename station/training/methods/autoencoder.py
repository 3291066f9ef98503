"""Anomalies as what a network that has only seen good parts cannot draw. Needs torch to learn.

A convolutional autoencoder repairs the picture; where that fails, the error is the evidence and
the map. The limit lies where 99 in 100 held-back good parts stay below. Known bad parts are never
learnt from, only judged.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.errors import DatasetError, ErrorCode
from station.inference.model import CARD_KEY, MAP, SCORES, ModelCard, card_to_json
from station.inference.prepare import prepare
from station.training.augment import vary
from station.training.backbone import Graph, Input, assembled
from station.training.calibrate import DECIMALS
from station.training.dataset import Dataset
from station.training.embed import embed
from station.training.evaluate import auroc
from station.training.methods.base import DEFECT, Fitted, Progress, Wishes
from station.training.methods.torch_coder import (
    ANSWER,
    COARSE,
    ERROR,
    Weights,
    add_coder,
    coder_model,
    loss_of,
    new_coder,
)
from station.training.methods.torch_train import Pick, Plan, import_torch, learn, numpy_of

NAME = "autoencoder"
KIND = "convolutional"
SIDE = 128
MOST_PARTS = 3  # of the good parts, each held back once: each is a whole lesson
MINIMUM = 5  # good parts
WATCHED = 8  # every so many-th good part that is learnt from shows when to stop
PLAN = Plan(epochs=10, rate=3e-3, batch=16, decay=1e-5, patience=3)
LIMIT = 0.99  # of the held-back good parts, the share below the limit
LEAST_SPAN = 0.05  # between their middle and their high, where all answer alike
CONFIDENCE = 4.0  # logit by which the ordinary good part lies below the limit
REVIEW_LIMIT, HIGHEST = 0.5, 0.95

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


def fit(dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress) -> Fitted:
    """Learn from the good samples, as `base.Fit` says; bad ones are judged by the final model.

    Raises DatasetError DATASET_TOO_FEW where fewer than MINIMUM samples are good, EXTRA_MISSING.
    """
    import_torch()
    good = _good(dataset)
    _check(dataset, good)
    side = wishes.size or SIDE
    form = Input(side, side, dataset.channels)
    images = _images(dataset, form, np.flatnonzero(good), progress)
    coders, held_out = _learn_all(form, images, good, folds, wishes, progress)
    answers = _judge(dataset, form, coders, held_out, progress)
    middle, high = _span(answers[good])
    logit = CONFIDENCE * (answers - high) / (high - middle)
    bad = 1 / (1 + np.exp(-np.clip(logit, -60, 60)))
    card = _card(dataset, form, name, bad, good)
    model = _model(form, coders[0], middle, high, card)
    return Fitted(model, card, np.stack([1 - bad, bad], axis=1), KIND)


def _good(dataset: Dataset) -> npt.NDArray[np.bool_]:
    """Which samples are good; where one class is all there is, it is good."""
    names = dataset.good or (dataset.classes if len(dataset.classes) == 1 else ())
    return np.array([sample.label in names for sample in dataset.samples], bool)


def _check(dataset: Dataset, good: npt.NDArray[np.bool_]) -> None:
    count = int(good.sum())
    if count < MINIMUM:
        label = ", ".join(dataset.good) or "good"
        folder = dataset.samples[0].path.parent.parent if dataset.samples else ""
        raise DatasetError(
            ErrorCode.DATASET_TOO_FEW, path=folder, label=label, count=count, minimum=MINIMUM
        )


def _images(dataset: Dataset, form: Input, rows: Index, progress: Progress) -> Pixels:
    """(good parts, h, w, channels)."""
    found = []
    for number, row in enumerate(rows):
        found.append(prepare(read_image(dataset.samples[row].path), None, form)[0])
        progress("read", (number + 1) / len(rows))
    return np.stack(found)


def _learn_all(
    form: Input,
    images: Pixels,
    good: npt.NDArray[np.bool_],
    folds: Index,
    wishes: Wishes,
    progress: Progress,
) -> tuple[list[Weights], Index]:
    """The final coder, then one without each part; and which of them may judge each sample."""
    own = np.flatnonzero(good)
    parts = folds[own] % MOST_PARTS
    numbers = [one for one in np.unique(parts) if (parts != one).any()]
    coders: list[Weights] = []
    epochs: list[int] = []
    held_out = np.zeros(len(good), np.intp)
    for place, part in enumerate(numbers):
        rest = np.flatnonzero(parts != part)
        watched = rest[WATCHED - 1 :: WATCHED]
        tick = _share(progress, place, len(numbers) + 1)
        weights, best = _learn(form, images, np.setdiff1d(rest, watched), watched, wishes, tick)
        coders.append(weights)
        epochs.append(best)
        held_out[own[parts == part]] = len(coders)
    tick = _share(progress, len(numbers), len(numbers) + 1)
    stop = max(1, round(float(np.mean(epochs)))) if epochs else None
    every = np.arange(len(own))
    final, _ = _learn(form, images, every, every[:0], wishes, tick, stop)
    return [final, *coders], held_out


def _learn(
    form: Input,
    images: Pixels,
    seen: Index,
    watched: Index,
    wishes: Wishes,
    tick: Callable[[float], None],
    stop: int | None = None,
) -> tuple[Weights, int]:
    torch = import_torch()
    net = new_coder(form, wishes.seed)
    pick = _pick(images, wishes)
    best = learn(net, pick, loss_of(torch), seen, watched, PLAN, wishes.seed, tick, stop)
    return numpy_of(net), best


def _pick(images: Pixels, wishes: Wishes) -> Pick:
    rng = np.random.default_rng(wishes.seed)

    def some(rows: Index, varied: bool) -> npt.NDArray[Any]:
        chosen = images[rows]
        if varied and wishes.augment:
            plain = chosen[..., 0] if chosen.shape[3] == 1 else chosen
            changed = [vary(one, wishes.augment, rng) for one in plain]
            chosen = np.stack(changed).reshape(chosen.shape)
        return chosen.transpose(0, 3, 1, 2)

    return some


def _share(progress: Progress, number: int, steps: int) -> Callable[[float], None]:
    return lambda share: progress("learn", (number + share) / steps)


def _judge(
    dataset: Dataset, form: Input, coders: list[Weights], held_out: Index, progress: Progress
) -> Wide:
    """The answer for each sample by a coder that never saw it."""
    answers = np.zeros(len(held_out))
    done = 0
    for number, weights in enumerate(coders):
        rows = np.flatnonzero(held_out == number)
        if not len(rows):
            continue
        paths = [dataset.samples[row].path for row in rows]
        told = _counted(progress, done, len(held_out))
        answers[rows] = embed(coder_model(form, weights), paths, form, [ANSWER], told)[0][:, 0]
        done += len(rows)
    return answers


def _counted(progress: Progress, before: int, total: int) -> Callable[[int], None]:
    return lambda done: progress("embed", (before + done) / total)


def _span(answers: Wide) -> tuple[float, float]:
    """Of held-back good parts: what is ordinary, and where the limit lies."""
    middle = float(np.median(answers))
    return middle, max(float(np.quantile(answers, LIMIT)), middle + LEAST_SPAN)


def _card(
    dataset: Dataset, form: Input, name: str, bad: Wide, good: npt.NDArray[np.bool_]
) -> ModelCard:
    metrics: list[tuple[str, float]] = [("n", len(bad)), ("n_good", int(good.sum()))]
    area = auroc(bad[good].tolist(), bad[~good].tolist())
    if area is not None:
        metrics.append(("cv_auroc", area))
    first = (dataset.good or dataset.classes)[0]
    above = (1 + float(bad[good].max())) / 2  # every held-back good part
    return ModelCard(
        name=name,
        classes=(first, DEFECT),
        good=(first,),
        height=form.height,
        width=form.width,
        channels=form.channels,
        review_limit=REVIEW_LIMIT,
        ng_limit=round(min(max(above, REVIEW_LIMIT), HIGHEST), DECIMALS),
        dataset_sha256=dataset.sha256,
        method=f"{NAME}: {KIND}",
        metrics=tuple(metrics),
    )


def _model(form: Input, weights: Weights, middle: float, high: float, card: ModelCard) -> bytes:
    """The file; equal arguments give equal bytes."""
    graph = Graph()
    add_coder(graph, form, weights)
    graph.constant("gain", np.float32(CONFIDENCE / (high - middle)))
    graph.constant("high", np.float32(high))
    graph.constant("one", np.float32(1))
    bad = _add_sigmoid(graph, "bad", ANSWER)
    good = graph.add("Sub", "good", "one", bad)
    graph.add("Concat", SCORES, good, bad, axis=1)
    lifted = graph.add("Add", "map.lifted", ERROR, "answer.least")
    places = _add_sigmoid(graph, "map.bad", graph.add("Log", "map.log", lifted))
    grid = [1, form.height // COARSE, form.width // COARSE]
    graph.constant("map.shape", grid)
    graph.add("Reshape", MAP, places, "map.shape")
    values = [(SCORES, [1, 2]), (MAP, grid)]
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in values]
    model = assembled(graph, form, outputs, 1)
    helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def _add_sigmoid(graph: Graph, name: str, source: str) -> str:
    over = graph.add("Sub", f"{name}.over", source, "high")
    return graph.add("Sigmoid", name, graph.add("Mul", f"{name}.logit", over, "gain"))
