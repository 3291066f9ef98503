"""HOG, local binary patterns or words of SIFT, and a support vector machine or a forest.

For PCs without power, and as the honest baseline. Descriptions and classifiers are compared by
cross-validation on the given folds; with the best of them, so are the preparations of the picture
(dilated, eroded, edges). The whole is one graph, and what is learnt from is what that graph
answers. The map of a support vector machine shows what each place adds to the class that was
found; a forest has no such sum, and its map stays dark.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.inference.model import CARD_KEY, INPUT, MAP, SCORES, UNLIKE, ModelCard, card_to_json
from station.inference.prepare import prepare
from station.inference.provider import CPU, new_session
from station.training.backbone import Graph, Input
from station.training.calibrate import best_temperature, log_loss, softmax
from station.training.dataset import Dataset
from station.training.embed import THREADS
from station.training.methods.base import Fitted, Progress, SizeRow, Wishes, check_classes
from station.training.methods.classical_graph import PREPARATIONS
from station.training.methods.classical_heads import BLIND, CLASSIFIERS, Head
from station.training.methods.classical_look import Looked, Rows, look, rows_of
from station.training.methods.classical_view import (
    DESCRIPTIONS,
    HOG,
    LBP,
    SEEN,
    WORDS,
    View,
    add_places,
    add_view,
    whole,
)
from station.training.methods.limits import limits_of
from station.training.methods.shown import (
    Span,
    add_choice,
    add_map,
    some_of_each,
    span_of,
    targets_of,
)
from station.training.sizes import part_ms
from station.training.unlike import METRIC, Unlike, add_unlike, learn_unlike

NAME = "classical"
SIDES = (64, 256)  # of the square input, if no size is wished
STEP = 32
ENOUGH = 0.998  # of the images right: no preparation is tried, it has nothing to win
BEHIND = 0.03  # of accuracy in one fold, besides its standard error: then it is given up

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A description with a classifier, and what it said of rows that it had not seen."""

    description: str
    classifier: str
    logits: Wide
    accuracies: tuple[float, ...]
    loss: float

    @property
    def rank(self) -> tuple[float, bool, float]:
        """The best accuracy; of equals one that can show why, and then the least log loss."""
        accuracy = round(float(np.mean(self.accuracies)), 9)
        return accuracy, self.classifier != BLIND, -self.loss


@dataclass(frozen=True, slots=True)
class _Lesson:
    view: View
    head: Head
    tried: _Tried
    temperature: float
    limits: tuple[float, float]
    unlike: Unlike
    span: Span | None  # of the map; None where the head has no slopes


def fit(dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress) -> Fitted:
    """Learn as `base.Fit` says. Raises DatasetError DATASET_ONE_CLASS."""
    check_classes(dataset)
    side = wishes.size or int(np.clip(dataset.side // STEP * STEP, *SIDES))
    form = Input(side, side, dataset.channels)
    rows = rows_of(dataset, folds, wishes)
    looked, tried = _choose(rows, form, wishes, progress)
    lesson = _learn(rows, looked, tried, wishes, progress)
    kind = f"{tried.description} + {tried.classifier}"
    if looked.preparation != PREPARATIONS[0]:
        kind = f"{looked.preparation}, {kind}"
    card = _card(lesson, dataset, name, kind)
    model = _model(lesson, card)
    probabilities = softmax(tried.logits / lesson.temperature)
    size = SizeRow(side, *_spread(tried), part_ms(model, form))
    return Fitted(model, card, probabilities, kind, (size,))


def _choose(rows: Rows, form: Input, wishes: Wishes, progress: Progress) -> tuple[Looked, _Tried]:
    """First what to describe and classify by, on plain pictures; then how to prepare them."""
    passes = 2 + len(PREPARATIONS) - 1
    tick = _ticker(progress, rows, 0, passes)
    looked = look(rows, form, PREPARATIONS[0], (HOG, LBP, WORDS), wishes.seed, tick)
    trials = [(one, other) for one in DESCRIPTIONS for other in CLASSIFIERS]
    found: list[_Tried] = []
    for number, (description, classifier) in enumerate(trials):
        progress("learn", number / len(trials))
        goal = max((one.rank[0] for one in found), default=0.0)
        tried = _try(rows, looked, description, classifier, wishes, goal)
        found += [tried] if tried else []
    best = max(found, key=lambda one: one.rank)
    parts = DESCRIPTIONS[best.description]
    others = PREPARATIONS[1:] if best.rank[0] < ENOUGH else ()
    for number, preparation in enumerate(others):
        tick = _ticker(progress, rows, 2 + number, passes)
        other = look(rows, form, preparation, parts, wishes.seed, tick)
        again = _try(rows, other, best.description, best.classifier, wishes, best.rank[0])
        if again and again.rank > best.rank:
            looked, best = other, again
    return looked, best


def _ticker(progress: Progress, rows: Rows, before: int, passes: int) -> "_Tick":
    return _Tick(progress, len(rows.sources), before, passes)


@dataclass(frozen=True, slots=True)
class _Tick:
    """Told how many images of a pass are done, tells the share of all passes."""

    progress: Progress
    total: int
    before: int
    passes: int

    def __call__(self, done: int) -> None:
        share = (self.before + done / self.total) / self.passes
        self.progress("embed", min(1.0, share))


def _try(
    rows: Rows, looked: Looked, description: str, classifier: str, wishes: Wishes, goal: float
) -> _Tried | None:
    """Fit once for each fold on all others, and ask of the fold's plain images.

    None where a fold falls so far behind the accuracy `goal` that no luck of the draw explains it.
    """
    plain = np.flatnonzero(rows.plain)
    labels, folds = rows.labels[plain], rows.folds[plain]
    logits = np.zeros((len(plain), int(rows.labels.max()) + 1))
    accuracies = []
    for fold in range(rows.fold_count):
        x = looked.numbers(DESCRIPTIONS[description], fold)
        seen, asked = rows.folds != fold, np.flatnonzero(folds == fold)
        head = CLASSIFIERS[classifier](x[seen], rows.labels[seen], wishes.balance, wishes.seed)
        logits[asked] = head.logits(x[plain[asked]])
        accuracies.append(float(np.mean(logits[asked].argmax(axis=1) == labels[asked])))
        if accuracies[-1] < goal - BEHIND - 1 / np.sqrt(len(asked)):
            return None
    loss = log_loss(logits / best_temperature(logits, labels), labels)
    return _Tried(description, classifier, logits, tuple(accuracies), loss)


def _learn(
    rows: Rows, looked: Looked, tried: _Tried, wishes: Wishes, progress: Progress
) -> _Lesson:
    progress("learn", 0.9)
    parts = DESCRIPTIONS[tried.description]
    x = looked.numbers(parts)
    head = CLASSIFIERS[tried.classifier](x, rows.labels, wishes.balance, wishes.seed)
    labels = rows.labels[rows.plain]
    temperature = best_temperature(tried.logits, labels)
    limits = limits_of(softmax(tried.logits / temperature), labels, rows.good)
    view = looked.view(parts)
    span = _span(rows, view, head, wishes.seed)
    progress("learn", 1.0)
    unlike = learn_unlike(x, rows.folds, rows.labels)
    return _Lesson(view, head, tried, temperature, limits, unlike, span)


def _spread(tried: _Tried) -> tuple[float, float]:
    return float(np.mean(tried.accuracies)), float(np.std(tried.accuracies))


def _card(lesson: _Lesson, dataset: Dataset, name: str, kind: str) -> ModelCard:
    accuracy, std = _spread(lesson.tried)
    return ModelCard(
        name=name,
        classes=dataset.classes,
        good=dataset.good,
        height=lesson.view.form.height,
        width=lesson.view.form.width,
        channels=lesson.view.form.channels,
        review_limit=lesson.limits[0],
        ng_limit=lesson.limits[1],
        temperature=lesson.temperature,
        dataset_sha256=dataset.sha256,
        method=f"{NAME}: {kind}",
        metrics=(
            ("cv_accuracy", accuracy),
            ("cv_std", std),
            ("n", len(dataset.samples)),
            (METRIC, lesson.unlike.p99),
        ),
    )


def _span(rows: Rows, view: View, head: Head, seed: int) -> Span | None:
    """From the most that any place adds to each target, over a few images."""
    targets = targets_of(int(rows.labels.max()) + 1, rows.good)
    graph = Graph()
    head.add_logits(graph, add_view(graph, view))
    graph.constant("targets", targets)
    slopes = head.add_slopes(graph, "targets")
    if slopes is None:
        return None
    graph.add("ReduceMax", "peaks", add_places(graph, view, slopes), axes=[1, 2], keepdims=0)
    value = helper.make_tensor_value_info("peaks", TensorProto.FLOAT, [len(targets)])
    session = new_session(whole(graph, view.form, [value], 1).SerializeToString(), CPU, THREADS)
    plain = np.flatnonzero(rows.plain)
    chosen = plain[some_of_each(rows.labels[plain], seed)]
    found = [session.run(["peaks"], {INPUT: _pixels(rows, i, view.form)})[0] for i in chosen]
    return span_of(np.array(found, np.float64), rows.labels[chosen], rows.good)


def _pixels(rows: Rows, row: int, form: Input) -> Pixels:
    source = rows.sources[row]
    assert isinstance(source, Path)
    return prepare(read_image(source), None, form)


def _model(lesson: _Lesson, card: ModelCard) -> bytes:
    """The model file; equal lessons give equal bytes."""
    graph, view = Graph(), lesson.view
    add_view(graph, view)
    lesson.head.add_logits(graph, SEEN)
    graph.constant("temperature", np.float32(lesson.temperature))
    graph.add("Softmax", SCORES, graph.add("Div", "cooled", "logits", "temperature"), axis=1)
    add_unlike(graph, lesson.unlike, SEEN)
    _add_map(graph, lesson, card)
    values = [
        (SCORES, [1, len(card.classes)]),
        (MAP, [1, *view.grid]),
        (UNLIKE, [1]),
    ]
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in values]
    model = whole(graph, view.form, outputs, 1)
    helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def _add_map(graph: Graph, lesson: _Lesson, card: ModelCard) -> None:
    """What each place adds to the most probable target."""
    if lesson.span is None:
        graph.constant("map.nothing", np.zeros((1, *lesson.view.grid), np.float32))
        graph.add("Identity", MAP, "map.nothing")
        return
    chosen = add_choice(graph, targets_of(len(card.classes), card.good_index))
    slopes = lesson.head.add_slopes(graph, chosen)
    assert slopes is not None
    add_map(graph, add_places(graph, lesson.view, slopes), lesson.span)
