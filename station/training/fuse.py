"""Backbone, spots and head joined into graphs: for learning, and as the one file of a model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from station.inference.model import CARD_KEY, MAP, SCORES, UNLIKE, ModelCard, card_to_json
from station.training.backbone import DEPTH, FEATURES, TAPS, Graph, Input, assembled, feature_graph
from station.training.spots import TOP, Spots
from station.training.unlike import Unlike, add_unlike

FINE_TAP, COARSE_TAP = "taps.fine", "taps.coarse"
ANSWERS = "answers"
WHERE = "spots.top.where"
FINE = 8  # stride of l8, the grid of places and of the map

Array = npt.NDArray[np.float32]
Wide = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """logits = weights · x + bias, with weights (classes, numbers) and bias (classes,)."""

    weights: Wide
    bias: Wide

    def logits(self, x: npt.NDArray[np.floating]) -> Wide:
        """(n, numbers) → (n, classes)."""
        return np.asarray(x @ self.weights.T + self.bias, np.float64)


@dataclass(frozen=True, slots=True)
class Reach:
    """For each target of the spots: the answer that is still dark, and the one fully bright."""

    dark: Array
    bright: Array


def taps_model(form: Input) -> bytes:
    """Any number of images to `features` (n, DEPTH), and taps as `spots.Taps` holds them."""
    graph = feature_graph(form)
    graph.add("Transpose", FINE_TAP, "l8", perm=[0, 2, 3, 1])
    graph.add("Transpose", COARSE_TAP, "l16", perm=[0, 2, 3, 1])
    high, wide = form.height // FINE, form.width // FINE
    outputs = [
        _value(FEATURES, ["n", DEPTH]),
        _value(FINE_TAP, ["n", high, wide, TAPS["l8"]]),
        _value(COARSE_TAP, ["n", high // 2, wide // 2, TAPS["l16"]]),
    ]
    return assembled(graph, form, outputs, "n").SerializeToString()  # type: ignore[no-any-return]


def asking_model(weights: Array, bias: Array, high: int, wide: int) -> bytes:
    """Taps of any number of images to ANSWERS (n, d) and WHERE (n, d, TOP), for d directions.

    high, wide: of the fine grid, in whose rows WHERE counts. What is asked is what the file of
    a model asks.
    """
    split, graph = TAPS["l8"], Graph()
    for tap, part in ((FINE_TAP, weights[:, :split]), (COARSE_TAP, weights[:, split:])):
        graph.constant(f"{tap}.weight", part.T)
        graph.add("MatMul", f"{tap}.rows", tap, f"{tap}.weight")
        graph.add("Transpose", f"{tap}.planes", f"{tap}.rows", perm=[0, 3, 1, 2])
    graph.constant("double", [1.0, 1.0, 2.0, 2.0])
    graph.constant("bias", bias[:, None, None])
    _resize(graph, "raised", f"{COARSE_TAP}.planes")
    graph.add("Add", "both", f"{FINE_TAP}.planes", "raised")
    graph.add("Add", "spots", "both", "bias")
    _add_answers(graph, len(bias))
    inputs = [
        _value(FINE_TAP, ["n", high, wide, split]),
        _value(COARSE_TAP, ["n", high // 2, wide // 2, TAPS["l16"]]),
    ]
    where = helper.make_tensor_value_info(WHERE, TensorProto.INT64, ["n", len(bias), TOP])
    body = helper.make_graph(
        graph.nodes, "asking", inputs, [_value(ANSWERS, ["n", len(bias)]), where], graph.weights
    )
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(body, opset_imports=opset, ir_version=8).SerializeToString()  # type: ignore[no-any-return]


def fused_model(
    form: Input,
    spots: Spots,
    head: Linear,
    temperature: float,
    reach: Reach,
    unlike: Unlike,
    card: ModelCard,
) -> bytes:
    """The model file. The head takes the features and then the answers of the spots.

    `map` shows the places of the most probable target class, `unlike` is of the features. Equal
    arguments give equal bytes.
    """
    graph = feature_graph(form)
    _add_spots(graph, spots)
    _add_scores(graph, head, temperature)
    _add_map(graph, spots, reach, form)
    add_unlike(graph, unlike, FEATURES)
    outputs = [
        _value(SCORES, [1, len(card.classes)]),
        _value(MAP, [1, form.height // FINE, form.width // FINE]),
        _value(UNLIKE, [1]),
    ]
    model = assembled(graph, form, outputs, 1)
    helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def with_card(model: bytes, card: ModelCard) -> bytes:
    """The same model under another card."""
    proto = onnx.load_from_string(model)
    helper.set_model_props(proto, {CARD_KEY: card_to_json(card)})
    return proto.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def _value(name: str, shape: Sequence[int | str]) -> object:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _resize(graph: Graph, name: str, source: str) -> str:
    return graph.add(
        "Resize",
        name,
        source,
        "",
        "double",
        mode="linear",
        coordinate_transformation_mode="half_pixel",
    )


def _add_spots(graph: Graph, spots: Spots) -> None:
    """`spots` (n, targets, h, w), and `answers` (n, targets): the mean of the TOP places."""
    count, split = len(spots.targets), TAPS["l8"]
    graph.constant("double", [1.0, 1.0, 2.0, 2.0])
    graph.constant("spots.fine.weight", spots.weights[:, :split, None, None])
    graph.constant("spots.fine.bias", spots.bias)
    graph.constant("spots.coarse.weight", spots.weights[:, split:, None, None])
    graph.add("Conv", "spots.fine", "l8", "spots.fine.weight", "spots.fine.bias")
    graph.add("Conv", "spots.coarse", "l16", "spots.coarse.weight")
    _resize(graph, "spots.raised", "spots.coarse")
    graph.add("Add", "spots", "spots.fine", "spots.raised")
    _add_answers(graph, count)


def _add_answers(graph: Graph, count: int) -> None:
    graph.constant("answers.shape", [0, count, -1])
    graph.constant("answers.top", [TOP])
    graph.add("Reshape", "spots.rows", "spots", "answers.shape")
    graph.nodes.append(
        helper.make_node(
            "TopK",
            ["spots.rows", "answers.top"],
            ["spots.top", WHERE],
            name="spots.top",
            sorted=0,
        )
    )
    graph.add("ReduceMean", ANSWERS, "spots.top", axes=[2], keepdims=0)


def _add_scores(graph: Graph, head: Linear, temperature: float) -> None:
    graph.constant("linear.weight", (head.weights / temperature).T)
    graph.constant("linear.bias", head.bias / temperature)
    graph.add("Concat", "seen", FEATURES, ANSWERS, axis=1)
    graph.add("Gemm", "logits", "seen", "linear.weight", "linear.bias")
    graph.add("Softmax", SCORES, "logits", axis=1)


def _add_map(graph: Graph, spots: Spots, reach: Reach, form: Input) -> None:
    graph.constant("map.targets", list(spots.targets))
    graph.constant("map.dark", reach.dark)
    graph.constant("map.gain", 1 / (reach.bright - reach.dark))
    graph.constant("map.shape", [1, form.height // FINE, form.width // FINE])
    graph.constant("map.zero", np.float32(0))
    graph.constant("map.one", np.float32(1))
    graph.add("Gather", "map.logits", "logits", "map.targets", axis=1)
    graph.add("ArgMax", "map.which", "map.logits", axis=1, keepdims=0)
    graph.add("Gather", "map.spots", "spots", "map.which", axis=1)
    graph.add("Gather", "map.dark.own", "map.dark", "map.which", axis=0)
    graph.add("Gather", "map.gain.own", "map.gain", "map.which", axis=0)
    graph.add("Sub", "map.over", "map.spots", "map.dark.own")
    graph.add("Mul", "map.scaled", "map.over", "map.gain.own")
    graph.add("Clip", "map.clipped", "map.scaled", "map.zero", "map.one")
    graph.add("Reshape", MAP, "map.clipped", "map.shape")
