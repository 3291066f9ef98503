"""Networks that learn by gradient: the articles' small one, and the backbone's end tuned.

Needs torch, and takes the GPU where there is one; what comes out is the same model file, in which
nothing of torch is left. Both networks learn without one part of the folds; the better goes on.
How many epochs are best is seen on images that are held out of the learning for that alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.inference.model import CARD_KEY, INPUT, MAP, SCORES, UNLIKE, ModelCard, card_to_json
from station.inference.prepare import prepare
from station.inference.provider import CPU, new_session
from station.training.augment import vary
from station.training.backbone import Graph, Input, assembled, licence, parent
from station.training.calibrate import best_temperature, log_loss, softmax
from station.training.dataset import Dataset
from station.training.embed import THREADS, embed
from station.training.methods import torch_small as small
from station.training.methods import torch_tuned as tuned
from station.training.methods.base import Fitted, Progress, SizeRow, Wishes, check_classes
from station.training.methods.classical_look import rows_of
from station.training.methods.limits import limits_of
from station.training.methods.shown import (
    Span,
    add_choice,
    add_map,
    some_of_each,
    span_of,
    targets_of,
)
from station.training.methods.torch_train import (
    Net,
    Pick,
    Plan,
    ask,
    cross_entropy,
    import_torch,
    learn,
    numpy_of,
)
from station.training.sizes import part_ms
from station.training.unlike import METRIC, Unlike, add_unlike, learn_unlike

NAME = "cnn"
MOST_PARTS = 3  # of the cross-validation: each is a whole lesson
WATCHED = 8  # every so many-th image of a class that is learnt from shows when to stop
SMALL, TINY = 64, 32  # input sides of the small network, the second for images hardly larger
TUNED = 224
PLANS = {"small": Plan(16, 2e-3, patience=4), "tuned": Plan(6, 5e-4, patience=2)}

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two networks. pick: the input of rows, varied by the seed's chance."""

    kind: str
    form: Input
    plan: Plan
    new: Callable[[], Net]
    pick: Callable[[int], Pick]


@dataclass(frozen=True, slots=True)
class _Task:
    labels: Index
    parts: Index  # of the cross-validation
    good: tuple[int, ...]
    wishes: Wishes

    @property
    def count(self) -> int:
        """How many parts there are."""
        return int(self.parts.max()) + 1

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return int(self.labels.max()) + 1


@dataclass(frozen=True, slots=True)
class _Tried:
    """Logits of rows held out, and how many epochs were best."""

    rows: Index
    logits: Wide
    epochs: int


def fit(dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress) -> Fitted:
    """Learn as `base.Fit` says. Raises DatasetError DATASET_ONE_CLASS, EXTRA_MISSING."""
    import_torch()
    check_classes(dataset)
    labels = np.array(dataset.labels, np.intp)
    good = tuple(dataset.classes.index(one) for one in dataset.good)
    task = _Task(labels, parts_of(folds), good, wishes)
    ways = (_small_way(dataset, task, progress), _tuned_way(dataset, folds, task, progress))
    steps = task.count + len(ways)  # the first part once for each way, and the final lesson
    first = [_hold_out(way, task, 0, _share(progress, k, steps)) for k, way in enumerate(ways)]
    better = max(range(len(ways)), key=lambda k: _rank(first[k], task))
    way, tried = ways[better], [first[better]]
    tried += [
        _hold_out(way, task, part, _share(progress, part + 1, steps))
        for part in range(1, task.count)
    ]
    net = way.new()
    epochs = max(1, round(float(np.mean([one.epochs for one in tried]))))
    every = np.arange(len(labels))
    _learn(way, net, task, every, every[:0], _share(progress, steps - 1, steps), epochs)
    return _fitted(dataset, way, net, task, tried, name)


def parts_of(folds: Index) -> Index:
    """The folds, at most MOST_PARTS of them: several together where there are more."""
    return np.asarray(folds % MOST_PARTS, np.intp)


def small_form(dataset: Dataset, wishes: Wishes) -> Input:
    """The input of the small network."""
    side = wishes.size or (TINY if dataset.side <= SMALL - TINY // 2 else SMALL)
    return Input(side, side, dataset.channels)


def small_way(form: Input, images: Pixels, classes: int, kinds: tuple[str, ...], seed: int) -> Way:
    """The small network over images (n, h, w, channels)."""

    def pick(chance: int) -> Pick:
        rng = np.random.default_rng(chance)

        def some(rows: Index, varied: bool) -> npt.NDArray[Any]:
            chosen = images[rows]
            if varied and kinds:
                chosen = np.stack([_varied(one, kinds, rng) for one in chosen])
            return chosen.transpose(0, 3, 1, 2)

        return some

    return Way("small", form, PLANS["small"], lambda: small.new_small(form, classes, seed), pick)


def small_model(
    form: Input, net: Net, temperature: float, span: Span, unlike: Unlike, card: ModelCard
) -> bytes:
    """The file of a small network."""
    graph = Graph()
    small.add_small(graph, numpy_of(net))
    chosen = add_choice(graph, targets_of(len(card.classes), card.good_index))
    evidence = small.add_small_evidence(graph, form, chosen)
    add_unlike(graph, unlike, "features")
    return _finished(graph, form, evidence, small.small_grid(form), temperature, span, card)


def tuned_model(
    form: Input, net: Net, temperature: float, span: Span, unlike: Unlike, card: ModelCard
) -> bytes:
    """The file of a tuned backbone."""
    graph = tuned.tuned_graph(form)
    tuned.add_tuned(graph, numpy_of(net))
    chosen = add_choice(graph, targets_of(len(card.classes), card.good_index))
    evidence = tuned.add_tuned_evidence(graph, form, chosen)
    add_unlike(graph, unlike, "features.tuned")
    return _finished(graph, form, evidence, tuned.tuned_grid(form), temperature, span, card)


def _small_way(dataset: Dataset, task: _Task, progress: Progress) -> Way:
    form = small_form(dataset, task.wishes)
    images = []
    for number, sample in enumerate(dataset.samples):
        images.append(prepare(read_image(sample.path), None, form)[0])
        progress("read", (number + 1) / len(dataset.samples))
    wishes = task.wishes
    return small_way(form, np.stack(images), task.classes, wishes.augment, wishes.seed)


def _tuned_way(dataset: Dataset, folds: Index, task: _Task, progress: Progress) -> Way:
    side = task.wishes.size or TUNED
    form = Input(side, side, dataset.channels)
    rows = rows_of(dataset, folds, task.wishes)
    total, count = len(rows.sources), len(dataset.samples)
    (taps,) = embed(
        tuned.tap_model(form),
        rows.sources,
        form,
        [tuned.TAP],
        lambda done: progress("embed", done / total),
        half=[tuned.TAP],
    )
    rounds = total // count

    def pick(chance: int) -> Pick:
        rng = np.random.default_rng(chance)

        def some(chosen: Index, varied: bool) -> npt.NDArray[Any]:
            turn = rng.integers(0, rounds, len(chosen)) if varied else 0
            return np.asarray(taps[chosen + turn * count])

        return some

    return Way("tuned", form, PLANS["tuned"], lambda: tuned.new_tuned(task.classes), pick)


def _varied(
    pixels: Pixels, kinds: tuple[str, ...], rng: np.random.Generator
) -> npt.NDArray[np.uint8]:
    """Of (h, w, channels), where one channel counts as grey."""
    plain = pixels[..., 0] if pixels.shape[2] == 1 else pixels
    return vary(plain, kinds, rng).reshape(pixels.shape)


def _share(progress: Progress, number: int, steps: int) -> Callable[[float], None]:
    return lambda share: progress("learn", (number + share) / steps)


def _hold_out(way: Way, task: _Task, part: int, tick: Callable[[float], None]) -> _Tried:
    """A lesson without that part, and what it says of it."""
    held_out = np.flatnonzero(task.parts == part)
    rest = np.flatnonzero(task.parts != part)
    watched = _watched(rest, task.labels)
    net = way.new()
    epochs = _learn(way, net, task, np.setdiff1d(rest, watched), watched, tick)
    logits = ask(net, way.pick(task.wishes.seed), held_out).astype(np.float64)
    return _Tried(held_out, logits, epochs)


def _watched(rows: Index, labels: Index) -> Index:
    """One in WATCHED of each class, if it has so many."""
    some = [rows[labels[rows] == k][WATCHED - 1 :: WATCHED] for k in range(int(labels.max()) + 1)]
    return np.sort(np.concatenate(some))


def _learn(
    way: Way,
    net: Net,
    task: _Task,
    seen: Index,
    watched: Index,
    tick: Callable[[float], None],
    stop: int | None = None,
) -> int:
    loss = cross_entropy(task.labels, task.classes, task.wishes.balance)
    seed = task.wishes.seed
    return learn(net, way.pick(seed), loss, seen, watched, way.plan, seed, tick, stop)


def _rank(tried: _Tried, task: _Task) -> tuple[float, float]:
    """Accuracy, and of equals the least log loss."""
    labels = task.labels[tried.rows]
    hits = float(np.mean(tried.logits.argmax(axis=1) == labels))
    return hits, -log_loss(tried.logits / best_temperature(tried.logits, labels), labels)


def _fitted(
    dataset: Dataset, way: Way, net: Net, task: _Task, tried: list[_Tried], name: str
) -> Fitted:
    logits = np.zeros((len(task.labels), task.classes))
    for one in tried:
        logits[one.rows] = one.logits
    hits = logits.argmax(axis=1) == task.labels
    by_part = [float(hits[one.rows].mean()) for one in tried]
    temperature = best_temperature(logits, task.labels)
    crossed = softmax(logits / temperature)
    every = np.arange(len(task.labels))
    picked = way.pick(task.wishes.seed)
    module = small if way.kind == "small" else tuned
    features = ask(module.features_of(net), picked, every)
    unlike = learn_unlike(features, task.parts, task.labels)
    card = _card(dataset, way, name, temperature, limits_of(crossed, task.labels, task.good))
    metrics = (
        ("cv_accuracy", float(np.mean(by_part))),
        ("cv_std", float(np.std(by_part))),
        ("epochs", float(np.mean([one.epochs for one in tried]))),
        ("n", len(every)),
        (METRIC, unlike.p99),
    )
    card = replace(card, metrics=metrics)
    span = _span(dataset, way, net, task)
    build = small_model if way.kind == "small" else tuned_model
    model = build(way.form, net, temperature, span, unlike, card)
    size = SizeRow(way.form.height, metrics[0][1], metrics[1][1], part_ms(model, way.form))
    return Fitted(model, card, crossed, way.kind, (size,))


def _card(
    dataset: Dataset, way: Way, name: str, temperature: float, limits: tuple[float, float]
) -> ModelCard:
    shipped = way.kind == "tuned"
    return ModelCard(
        name=name,
        classes=dataset.classes,
        good=dataset.good,
        height=way.form.height,
        width=way.form.width,
        channels=way.form.channels,
        review_limit=limits[0],
        ng_limit=limits[1],
        temperature=temperature,
        dataset_sha256=dataset.sha256,
        method=f"{NAME}: {way.kind}",
        parent=parent() if shipped else "",
        licence=licence() if shipped else "",
    )


def _span(dataset: Dataset, way: Way, net: Net, task: _Task) -> Span:
    """From the highest evidence for each target, over a few images."""
    targets = targets_of(task.classes, task.good)
    graph = Graph() if way.kind == "small" else tuned.tuned_graph(way.form)
    graph.constant("targets", targets)
    if way.kind == "small":
        small.add_small(graph, numpy_of(net))
        evidence = small.add_small_evidence(graph, way.form, "targets")
    else:
        tuned.add_tuned(graph, numpy_of(net))
        evidence = tuned.add_tuned_evidence(graph, way.form, "targets")
    graph.add("ReduceMax", "peaks", evidence, axes=[1, 2], keepdims=0)
    value = helper.make_tensor_value_info("peaks", TensorProto.FLOAT, [len(targets)])
    session = new_session(assembled(graph, way.form, [value], 1).SerializeToString(), CPU, THREADS)
    chosen = some_of_each(task.labels, task.wishes.seed)
    found = []
    for row in chosen:
        pixels = prepare(read_image(dataset.samples[row].path), None, way.form)
        found.append(session.run(["peaks"], {INPUT: pixels})[0])
    return span_of(np.array(found, np.float64), task.labels[chosen], task.good)


def _finished(
    graph: Graph,
    form: Input,
    evidence: str,
    grid: tuple[int, int],
    temperature: float,
    span: Span,
    card: ModelCard,
) -> bytes:
    """With probabilities, map and card; equal arguments give equal bytes."""
    graph.constant("temperature", np.float32(temperature))
    graph.add("Softmax", SCORES, graph.add("Div", "cooled", "logits", "temperature"), axis=1)
    add_map(graph, evidence, span)
    values = [(SCORES, [1, len(card.classes)]), (MAP, [1, *grid]), (UNLIKE, [1])]
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in values]
    model = assembled(graph, form, outputs, 1)
    helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]
