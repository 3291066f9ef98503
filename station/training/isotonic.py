"""Probabilities bent until they come true: a rising line of pieces in place of one temperature.

It bends how bad a part is, by how often parts that scored alike were bad (isotonic regression);
within the good and within the bad classes all proportions stay. It takes many images, and is used
only where cross-validation proves it. Whatever method made the model, the bend is some more nodes
at the end of its graph, and whoever lay on which side of a limit stays there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper
from sklearn.isotonic import isotonic_regression

from station.inference.model import SCORES
from station.training.dataset import Dataset
from station.training.expected import truths
from station.training.fuse import with_card
from station.training.methods.base import Fitted

KIND = "isotonic"
LOSS, BENT_LOSS = "log_loss", "isotonic.log_loss"  # of good against bad, by cross-validation
LEAST = 150  # images of either side; of fewer, one temperature is all that can be told
BIN = 25  # images, at least, that speak for one piece
MOST_BINS = 20
GAP = 0.05  # of log odds, the least between two knots
KEPT = 0.1  # of the share of badness as it was: so no two parts ever become equal
FLOOR = 1e-6  # of a probability
RAW = "scores.raw"
DECIMALS = 4  # of the limits

Wide = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Bend:
    """At `knots` of the log odds of bad the share of bad parts is `values`; both rise."""

    knots: Wide
    values: Wide

    def bad(self, good: npt.NDArray[np.floating], bad: npt.NDArray[np.floating]) -> Wide:
        """The bent badness of sums of probabilities, both above 0."""
        odds = np.log(bad) - np.log(good)
        bent = np.interp(odds, self.knots, self.values)
        return np.asarray(KEPT * bad / (bad + good) + (1 - KEPT) * bent)

    def scores(self, probabilities: npt.NDArray[np.floating], good: Sequence[int]) -> Wide:
        """(n, classes), bent; as the graph does it."""
        held = np.maximum(np.asarray(probabilities, np.float64), FLOOR)
        passes = _mask(held.shape[1], good)
        total = np.stack([held[:, ~passes].sum(axis=1), held[:, passes].sum(axis=1)])
        bad = self.bad(total[1], total[0])
        factors = np.where(passes, ((1 - bad) / total[1])[:, None], (bad / total[0])[:, None])
        return np.asarray(held * factors)

    def limit(self, limit: float) -> float:
        """Where a limit has gone to."""
        if limit in (0, 1):
            return limit
        held = float(np.clip(limit, FLOOR, 1 - FLOOR))
        return round(float(self.bad(np.array(1 - held), np.array(held))), DECIMALS)


def calibrated(fitted: Fitted, dataset: Dataset, folds: Index) -> Fitted:
    """With a bend, where cross-validation says that it comes truer; else as it is.

    Where it was tried, both log losses stand on the card. Escapes, false rejects and reviews of
    the model stay what they are: its limits go with the bend.
    """
    good = fitted.card.good_index
    bad = ~np.isin(truths(dataset, fitted.card), good)
    if not good or min(int(bad.sum()), int((~bad).sum())) < LEAST:
        return fitted
    crossed = _crossed(fitted.crossed, bad, good, folds)
    before, after = (losses(said, bad, good) for said in (fitted.crossed, crossed))
    told: dict[str, float] = dict(fitted.card.metrics)
    told |= {LOSS: float(before.mean()), BENT_LOSS: float(after.mean())}
    card = replace(fitted.card, metrics=tuple(told.items()))
    bend = learn_bend(fitted.crossed, bad, good)
    if len(bend.knots) < 2 or not better(before - after, folds):
        return replace(fitted, card=card, model=with_card(fitted.model, card))
    card = replace(
        card,
        review_limit=bend.limit(card.review_limit),
        ng_limit=bend.limit(card.ng_limit),
        method=f"{card.method}, {KIND}",
    )
    model = with_card(bent_model(fitted.model, bend, good), card)
    return replace(fitted, card=card, model=model, crossed=crossed)


def learn_bend(probabilities: Wide, bad: Flags, good: Sequence[int]) -> Bend:
    """From what was said of images, and which of them are bad."""
    odds = _odds(probabilities, good)
    order = np.argsort(odds, kind="stable")
    bins = np.array_split(order, max(1, min(MOST_BINS, len(odds) // BIN)))
    sizes = np.array([len(one) for one in bins], np.float64)
    shares = np.array([(bad[one].sum() + 0.5) / (len(one) + 1) for one in bins])
    rising = np.asarray(isotonic_regression(shares, sample_weight=sizes))
    knots, values = [float(odds[bins[0]].mean())], [float(rising[0])]
    for one, value in zip(bins[1:], rising[1:], strict=True):
        knot = float(odds[one].mean())
        if knot < knots[-1] + GAP:  # as good as the same place
            values[-1] = float(value)
        else:
            knots.append(knot)
            values.append(float(value))
    return Bend(np.array(knots), np.array(values))


def losses(probabilities: Wide, bad: Flags, good: Sequence[int]) -> Wide:
    """Of each image the log loss of good against bad."""
    odds = _odds(probabilities, good)
    return np.asarray(np.logaddexp(0, np.where(bad, -odds, odds)))


def better(gains: Wide, folds: Index) -> bool:
    """Whether the mean gain of the folds lies above its standard error: images share groups."""
    by_fold = [float(gains[folds == k].mean()) for k in np.unique(folds)]
    if len(by_fold) < 2:
        return False
    error = float(np.std(by_fold, ddof=1) / np.sqrt(len(by_fold)))
    return float(np.mean(by_fold)) > error


def bent_model(model: bytes, bend: Bend, good: Sequence[int]) -> bytes:
    """The model with the bend between its own scores and SCORES; equal arguments, equal bytes."""
    proto = onnx.load_from_string(model)
    for node in proto.graph.node:
        for names in (node.input, node.output):
            for place, name in enumerate(names):
                if name == SCORES:
                    names[place] = RAW
    output = next(value for value in proto.graph.output if value.name == SCORES)
    classes = output.type.tensor_type.shape.dim[1].dim_value
    _Nodes(proto.graph).add_bend(bend, _mask(classes, good))
    onnx.checker.check_model(proto)
    return proto.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


class _Nodes:
    """More nodes at the end of a graph, each named by what it makes."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self._graph = graph

    def add_bend(self, bend: Bend, passes: Flags) -> None:
        """From RAW to SCORES. A piece rises within its own span alone, so floats stay exact."""
        spans = np.diff(bend.knots)
        self._constants(
            floor=FLOOR, zero=0.0, one=1.0, first=bend.values[0], kept=KEPT, rest=1 - KEPT
        )
        self._constants(good_ones=passes[None], bad_ones=~passes[None])
        self._constants(knots=bend.knots[None, :-1], narrow=1 / spans[None])
        self._constants(steps=np.diff(bend.values)[None])
        self._add("Max", "held", RAW, "floor")
        for side in ("good", "bad"):
            self._sum(side, self._add("Mul", f"{side}_held", "held", f"{side}_ones"))
            self._add("Log", f"{side}_log", side)
        self._add("Sub", "odds", "bad_log", "good_log")
        self._add("Mul", "along", self._add("Sub", "past", "odds", "knots"), "narrow")
        self._add("Mul", "risen", self._add("Clip", "within", "along", "zero", "one"), "steps")
        self._add("Add", "bent", self._sum("rise", "risen"), "first")
        self._add("Div", "share", "bad", self._add("Add", "whole", "good", "bad"))
        self._add("Mul", "own", "share", "kept")
        self._add("Add", "bad_new", "own", self._add("Mul", "most", "bent", "rest"))
        self._add("Sub", "good_new", "one", "bad_new")
        for side in ("good", "bad"):
            self._add("Div", f"{side}_factor", f"{side}_new", side)
            self._add("Mul", f"{side}_factors", f"{side}_factor", f"{side}_ones")
        self._add("Add", "factors", "good_factors", "bad_factors")
        inputs = [f"{KIND}.held", f"{KIND}.factors"]
        self._graph.node.append(helper.make_node("Mul", inputs, [SCORES], name=KIND))

    def _constants(self, **values: npt.ArrayLike) -> None:
        for name, value in values.items():
            array = np.asarray(value, np.float32)
            self._graph.initializer.append(numpy_helper.from_array(array, f"{KIND}.{name}"))

    def _add(self, kind: str, name: str, *inputs: str) -> str:
        own = [one if one == RAW else f"{KIND}.{one}" for one in inputs]
        made = f"{KIND}.{name}"
        self._graph.node.append(helper.make_node(kind, own, [made], name=made))
        return name

    def _sum(self, name: str, source: str) -> str:
        """Over the classes or pieces, (n, 1)."""
        axes = numpy_helper.from_array(np.array([1], np.int64), f"{KIND}.{name}.axes")
        self._graph.initializer.append(axes)
        return self._add("ReduceSum", name, source, f"{name}.axes")


def _crossed(probabilities: Wide, bad: Flags, good: Sequence[int], folds: Index) -> Wide:
    """Each image bent as the other folds say."""
    bent = np.zeros(probabilities.shape)
    for number in np.unique(folds):
        own = folds == number
        bend = learn_bend(probabilities[~own], bad[~own], good)
        bent[own] = bend.scores(probabilities[own], good)
    return bent


def _odds(probabilities: Wide, good: Sequence[int]) -> Wide:
    held = np.maximum(probabilities, FLOOR)
    passes = _mask(held.shape[1], good)
    return np.asarray(np.log(held[:, ~passes].sum(axis=1)) - np.log(held[:, passes].sum(axis=1)))


def _mask(classes: int, good: Sequence[int]) -> Flags:
    return np.isin(np.arange(classes), list(good))
