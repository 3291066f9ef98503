"""The opinions of `memory_bank` as graphs: for learning, and as the one file of a model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from station.inference.model import CARD_KEY, MAP, SCORES, UNLIKE, ModelCard, card_to_json
from station.training.backbone import Graph, Input, assembled
from station.training.patches import CELL, CELLS, FINE, PLATES, Plates, patch_graph, refined

ANSWERS = "answers"
OPINIONS = (*(plates.name for plates in PLATES), "head")
TOP_PLATES = 0.05  # share of the places whose mean speaks for the part
TOP_CELLS = 0.002
LEAST = 1e-3  # added to a distance before its logarithm
PLACE_WEIGHT = 0.95  # of x and y, for each root of the numbers beside them
CONFIDENCE = 4.0  # logit by which the ordinary good part lies below the limit: 1.8 %

Array = npt.NDArray[np.float32]
Wide = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bank:
    """Plates of good parts, (n, depth + 2): standardised numbers, then the place, x and y.

    spread: (n,), the squared distance that good plates usually have from each; a plate is as far
    away as its squared distance in units of that, to the row for which this is least.
    """

    rows: Array
    spread: Array
    centre: Array
    scale: Array


@dataclass(frozen=True, slots=True)
class Head:
    """cell → relu(inner · cell + inner_bias) → outer · that + outer_bias, a logit of defect."""

    inner: Array
    inner_bias: Array
    outer: Array
    outer_bias: Array


@dataclass(frozen=True, slots=True)
class Lens:
    """All opinions, learnt from the same parts; a bank for each of PLATES."""

    banks: tuple[Bank, ...]
    head: Head


@dataclass(frozen=True, slots=True)
class Gauge:
    """What held-back good parts answer: `middle` is their median, `high` the limit's quantile.

    One number for each opinion, then one for the mean of all, in units from their middle (0) to
    their high (1).
    """

    middle: Wide
    high: Wide

    @property
    def weights(self) -> Wide:
        """Of each opinion in the mean of all."""
        return np.asarray(1 / (self.high - self.middle)[:-1] / len(OPINIONS))

    @property
    def offset(self) -> float:
        """What the weighted sum of the opinions is at their middle."""
        return float(self.weights @ self.middle[:-1])

    @property
    def slope(self) -> float:
        """Logit for each unit of the mean."""
        return CONFIDENCE / float(self.high[-1] - self.middle[-1])

    def defect(self, answers: Wide) -> Wide:
        """(n, opinions) to the probability of a defect; 0.5 at the high."""
        fused = answers @ self.weights - self.offset
        logit = self.slope * (fused - self.high[-1])
        return np.asarray(1 / (1 + np.exp(-np.clip(logit, -60, 60))))


def patches_model(form: Input) -> bytes:
    """Any number of images to CELLS and all plates."""
    outputs = [_value(CELLS, ["n", CELL, form.height // FINE, form.width // FINE])]
    for plates in PLATES:
        height, width = grid(form, plates.stride)
        outputs.append(_value(plates.name, ["n", plates.depth, height, width]))
    return assembled(patch_graph(form), form, outputs, "n").SerializeToString()  # type: ignore[no-any-return]


def answers_model(form: Input, lenses: Sequence[Lens]) -> bytes:
    """Any number of images to `answers` (n, lenses · opinions)."""
    graph = patch_graph(form)
    names: list[str] = []
    for number, lens in enumerate(lenses):
        names += _add_lens(graph, form, f"lens{number}", lens)
    graph.add("Concat", ANSWERS, *names, axis=1)
    outputs = [_value(ANSWERS, ["n", len(names)])]
    return assembled(graph, form, outputs, "n").SerializeToString()  # type: ignore[no-any-return]


def bank_model(form: Input, lens: Lens, gauge: Gauge, card: ModelCard) -> bytes:
    """The model file with `scores`, `map` and `unlike`. Equal arguments give equal bytes."""
    graph = patch_graph(form)
    answers = _add_lens(graph, form, "lens", lens)
    graph.constant("whole", 1.0)
    _add_bad(graph, "part", answers, gauge)
    graph.add("Sub", "passes", "whole", "part.bad")
    graph.add("Concat", SCORES, "passes", "part.bad", axis=1)
    _add_map(graph, form, gauge)
    _add_unlike(graph, answers[: len(PLATES)], gauge)
    outputs = [_value(SCORES, [1, 2]), _value(MAP, [1, *grid(form, FINE)]), _value(UNLIKE, [1])]
    model = assembled(graph, form, outputs, 1)
    helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def grid(form: Input, stride: int) -> tuple[int, int]:
    """Rows and columns of places."""
    return form.height // stride, form.width // stride


def places(form: Input, stride: int) -> Array:
    """Where the places of a grid are: (2, h, w), x and y from −0.5 to 0.5."""
    height, width = grid(form, stride)
    y, x = np.meshgrid(_even(height), _even(width), indexing="ij")
    return np.stack([x, y]).astype(np.float32)


def place_weight(depth: int) -> float:
    """By which x and y are multiplied beside so many standardised numbers."""
    return PLACE_WEIGHT * float(np.sqrt(depth))


def _even(count: int) -> Wide:
    return np.asarray((np.arange(count) + 0.5) / count - 0.5)


def _value(name: str, shape: list[int | str]) -> object:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _add_lens(graph: Graph, form: Input, name: str, lens: Lens) -> list[str]:
    """The names of the answers by OPINIONS, each (n, 1); planes end in `.distances`, `.logits`."""
    answers = []
    for plates, bank in zip(PLATES, lens.banks, strict=True):
        own = f"{name}.{plates.name}"
        _add_distances(graph, form, own, plates, bank)
        height, width = grid(form, plates.stride)
        answers.append(_add_top(graph, own, f"{own}.distances", TOP_PLATES * height * width))
    _add_head(graph, name, lens.head)
    height, width = grid(form, FINE)
    answers.append(_add_top(graph, name, f"{name}.logits", TOP_CELLS * height * width))
    return answers


def _add_distances(graph: Graph, form: Input, name: str, plates: Plates, bank: Bank) -> None:
    """`distances` (n, 1, h, w), as logarithms.

    Beside the numbers z of a plate stands |z|², so that one convolution gives the distance to all
    rows in units of their spread: (|z|² − 2 z · row + |row|²) / spread.
    """
    shape = (1, plates.depth, 1, 1)
    graph.constant(f"{name}.centre", bank.centre.reshape(shape))
    graph.constant(f"{name}.shrink", 1 / bank.scale.reshape(shape))
    graph.add("Sub", f"{name}.centred", plates.name, f"{name}.centre")
    graph.add("Mul", f"{name}.standard", f"{name}.centred", f"{name}.shrink")
    _add_places(graph, form, name, plates)
    graph.add("Concat", f"{name}.z", f"{name}.standard", f"{name}.places", axis=1)
    graph.add("Mul", f"{name}.squares", f"{name}.z", f"{name}.z")
    graph.constant(f"{name}.channels", [1])
    graph.add("ReduceSum", f"{name}.square", f"{name}.squares", f"{name}.channels", keepdims=1)
    graph.add("Concat", f"{name}.both", f"{name}.z", f"{name}.square", axis=1)
    rows = np.concatenate([-2 * bank.rows, np.ones((len(bank.rows), 1), np.float32)], axis=1)
    graph.constant(f"{name}.rows", (rows / bank.spread[:, None])[:, :, None, None])
    lengths = np.einsum("ij,ij->i", bank.rows, bank.rows)
    graph.constant(f"{name}.lengths", lengths / bank.spread)
    graph.add("Conv", f"{name}.all", f"{name}.both", f"{name}.rows", f"{name}.lengths")
    graph.add("ReduceMin", f"{name}.least", f"{name}.all", axes=[1], keepdims=1)
    graph.constant(f"{name}.floor", LEAST)
    graph.add("Max", f"{name}.held", f"{name}.least", f"{name}.floor")
    graph.add("Log", f"{name}.distances", f"{name}.held")


def _add_places(graph: Graph, form: Input, name: str, plates: Plates) -> None:
    """Where each place is, x and y, once for every image of the batch."""
    where = places(form, plates.stride) * place_weight(plates.depth)
    graph.constant(f"{name}.where", where[None])
    graph.constant(f"{name}.first", [0])
    graph.constant(f"{name}.second", [1])
    graph.constant(f"{name}.plane", list(where.shape))
    graph.add("Shape", f"{name}.sizes", plates.name)
    graph.add("Slice", f"{name}.batch", f"{name}.sizes", f"{name}.first", f"{name}.second")
    graph.add("Concat", f"{name}.wanted", f"{name}.batch", f"{name}.plane", axis=0)
    graph.add("Expand", f"{name}.places", f"{name}.where", f"{name}.wanted")


def _add_head(graph: Graph, name: str, head: Head) -> None:
    """`logits` (n, 1, h, w)."""
    graph.constant(f"{name}.inner.weight", head.inner[:, :, None, None])
    graph.constant(f"{name}.inner.bias", head.inner_bias)
    graph.constant(f"{name}.outer.weight", head.outer[:, :, None, None])
    graph.constant(f"{name}.outer.bias", head.outer_bias)
    graph.add("Conv", f"{name}.inner", CELLS, f"{name}.inner.weight", f"{name}.inner.bias")
    graph.add("Relu", f"{name}.hidden", f"{name}.inner")
    outer = (f"{name}.outer.weight", f"{name}.outer.bias")
    graph.add("Conv", f"{name}.logits", f"{name}.hidden", *outer)


def _add_top(graph: Graph, name: str, source: str, count: float) -> str:
    """`mean` (n, 1) of the highest places of a plane (n, 1, h, w)."""
    graph.constant(f"{name}.shape", [0, 1, -1])
    graph.constant(f"{name}.count", [max(1, round(count))])
    graph.add("Reshape", f"{name}.row", source, f"{name}.shape")
    outputs = [f"{name}.top", f"{name}.top.where"]
    inputs = [f"{name}.row", f"{name}.count"]
    graph.nodes.append(helper.make_node("TopK", inputs, outputs, name=f"{name}.top", sorted=0))
    return graph.add("ReduceMean", f"{name}.mean", f"{name}.top", axes=[2], keepdims=0)


def _add_bad(graph: Graph, name: str, opinions: Sequence[str], gauge: Gauge) -> str:
    """`bad`: the weighted sum of the opinions as a probability."""
    parts = []
    for number, (opinion, weight) in enumerate(zip(opinions, gauge.weights, strict=True)):
        graph.constant(f"{name}.weight{number}", weight * gauge.slope)
        parts.append(graph.add("Mul", f"{name}.part{number}", opinion, f"{name}.weight{number}"))
    graph.constant(f"{name}.limit", gauge.slope * (gauge.offset + float(gauge.high[-1])))
    graph.add("Sum", f"{name}.sum", *parts)
    graph.add("Sub", f"{name}.logit", f"{name}.sum", f"{name}.limit")
    return graph.add("Sigmoid", f"{name}.bad", f"{name}.logit")


def _add_map(graph: Graph, form: Input, gauge: Gauge) -> None:
    """Each place read as if it were the answer of a whole part."""
    planes = []
    for plates in PLATES:
        source = f"lens.{plates.name}.distances"
        planes.append(refined(graph, f"map.{plates.name}", source, plates.stride))
    _add_bad(graph, "map", [*planes, "lens.logits"], gauge)
    graph.constant("map.shape", [1, *grid(form, FINE)])
    graph.add("Reshape", MAP, "map.bad", "map.shape")


def _add_unlike(graph: Graph, banks: Sequence[str], gauge: Gauge) -> None:
    """The geometric mean of the banks' distances over the highs of held-back good parts."""
    share = 0.5 / len(banks)
    graph.constant("unlike.share", share)
    graph.constant("unlike.high", share * float(gauge.high[: len(banks)].sum()))
    graph.constant("unlike.shape", [1])
    graph.add("Sum", "unlike.sum", *banks)
    graph.add("Mul", "unlike.log", "unlike.sum", "unlike.share")
    graph.add("Sub", "unlike.over", "unlike.log", "unlike.high")
    graph.add("Exp", "unlike.ratio", "unlike.over")
    graph.add("Reshape", UNLIKE, "unlike.ratio", "unlike.shape")
