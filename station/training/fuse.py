"""Backbone, spots and head joined into graphs: for learning, and as the one file of a model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from station.inference.model import CARD_KEY, MAP, SCORES, ModelCard, card_to_json
from station.training.backbone import DEPTH, FEATURES, TAPS, Graph, Input, assembled, feature_graph
from station.training.spots import PLACE, TOP, Spots

PLACES = "places"
ANSWERS = "answers"
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


def places_model(form: Input) -> bytes:
    """Any number of images to `features` (n, DEPTH) and `places` (n, places, PLACE)."""
    graph = feature_graph(form)
    graph.constant("double", [1.0, 1.0, 2.0, 2.0])
    _resize(graph, "l16.fine", "l16")
    graph.add("Concat", "both", "l8", "l16.fine", axis=1)
    graph.constant("places.shape", [0, PLACE, -1])
    graph.add("Reshape", "rows", "both", "places.shape")
    graph.add("Transpose", PLACES, "rows", perm=[0, 2, 1])
    count = (form.height // FINE) * (form.width // FINE)
    outputs = [_value(FEATURES, ["n", DEPTH]), _value(PLACES, ["n", count, PLACE])]
    return assembled(graph, form, outputs, "n").SerializeToString()  # type: ignore[no-any-return]


def answers_model(form: Input, sets: Sequence[Spots]) -> bytes:
    """Any number of images to `answers` (n, all targets of all sets one after the other)."""
    joined = Spots(
        np.concatenate([spots.weights for spots in sets]),
        np.concatenate([spots.bias for spots in sets]),
        tuple(target for spots in sets for target in spots.targets),
    )
    graph = feature_graph(form)
    _add_spots(graph, joined)
    outputs = [_value(ANSWERS, ["n", len(joined.targets)])]
    return assembled(graph, form, outputs, "n").SerializeToString()  # type: ignore[no-any-return]


def fused_model(
    form: Input, spots: Spots, head: Linear, temperature: float, reach: Reach, card: ModelCard
) -> bytes:
    """The model file. The head takes the features and then the answers of the spots.

    `map` shows the places of the most probable target class. Equal arguments give equal bytes.
    """
    graph = feature_graph(form)
    _add_spots(graph, spots)
    _add_scores(graph, head, temperature)
    _add_map(graph, spots, reach, form)
    outputs = [
        _value(SCORES, [1, len(card.classes)]),
        _value(MAP, [1, form.height // FINE, form.width // FINE]),
    ]
    model = assembled(graph, form, outputs, 1)
    helper.set_model_props(model, {CARD_KEY: card_to_json(card)})
    return model.SerializeToString(deterministic=True)  # type: ignore[no-any-return]


def _value(name: str, shape: list[int | str]) -> object:
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
    graph.constant("answers.shape", [0, count, -1])
    graph.constant("answers.top", [TOP])
    graph.add("Reshape", "spots.rows", "spots", "answers.shape")
    graph.nodes.append(
        helper.make_node(
            "TopK",
            ["spots.rows", "answers.top"],
            ["spots.top", "spots.top.where"],
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
