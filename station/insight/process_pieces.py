"""What a process model is made of, each able to say what it foretells and to write itself as ONNX.

A piece foretells a number, or the logit of a flag.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from station.insight.boosting import add_trees, raw
from station.insight.graphs import Graph
from station.insight.process_inputs import Way
from station.insight.scaling import Scale, add_scaled

Features = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
ByWay = Mapping[Way, Features]


class Piece(Protocol):
    """A part of a model, or all of it."""

    @property
    def ways(self) -> frozenset[Way]:
        """The features that it needs."""

    def raw(self, features: ByWay) -> Numbers:
        """The number or the logit of each row: (n,)."""

    def add(self, graph: Graph, name: str, features: Mapping[Way, str]) -> str:
        """The same in a graph: (n, 1)."""


@dataclass(frozen=True, slots=True)
class Layers:
    """A chain of weighted sums with what is negative cut off in between.

    A linear model where there is one, a perceptron where there are several. The answer is
    mean + spread · the last.
    """

    way: Way
    scale: Scale
    weights: tuple[tuple[Numbers, Numbers], ...]
    mean: float = 0.0
    spread: float = 1.0

    @property
    def ways(self) -> frozenset[Way]:
        """The one."""
        return frozenset((self.way,))

    def raw(self, features: ByWay) -> Numbers:
        """The number or the logit of each row."""
        past = self.scale.scores(features[self.way])
        for place, (weight, bias) in enumerate(self.weights):
            past = np.maximum(past, 0) if place else past
            past = past @ weight + bias
        return np.asarray(self.mean + self.spread * past[:, 0])

    def add(self, graph: Graph, name: str, features: Mapping[Way, str]) -> str:
        """The same in a graph."""
        past = add_scaled(graph, f"{name}.scores", self.scale, features[self.way])
        for place, (weight, bias) in enumerate(self.weights):
            inner = f"{name}.{place}"
            if place:
                past = graph.add("Relu", f"{inner}.kept", past)
            graph.constant(f"{inner}.weight", weight)
            graph.constant(f"{inner}.bias", bias)
            past = graph.add("Gemm", f"{inner}.sum", past, f"{inner}.weight", f"{inner}.bias")
        graph.constant(f"{name}.size", float(self.spread))
        graph.constant(f"{name}.middle", float(self.mean))
        graph.add("Mul", f"{name}.wide", past, f"{name}.size")
        return graph.add("Add", name, f"{name}.wide", f"{name}.middle")


@dataclass(frozen=True, slots=True)
class Trees:
    """The mean of boosted ensembles of scikit-learn."""

    way: Way
    many: tuple[Any, ...]

    @property
    def ways(self) -> frozenset[Way]:
        """The one."""
        return frozenset((self.way,))

    def raw(self, features: ByWay) -> Numbers:
        """The number or the logit of each row."""
        each = [raw(trees, features[self.way]) for trees in self.many]
        return np.asarray(np.mean(each, axis=0), np.float64)

    def add(self, graph: Graph, name: str, features: Mapping[Way, str]) -> str:
        """The same in a graph."""
        return add_trees(graph, name, features[self.way], list(self.many))


@dataclass(frozen=True, slots=True)
class Joined:
    """Pieces added up: one upon the other where they are to be summed, else their mean."""

    pieces: Sequence[Piece]
    summed: bool

    @property
    def ways(self) -> frozenset[Way]:
        """All that the pieces need."""
        return frozenset().union(*(piece.ways for piece in self.pieces))

    def raw(self, features: ByWay) -> Numbers:
        """The number or the logit of each row."""
        each = [piece.raw(features) for piece in self.pieces]
        return np.asarray(np.sum(each, axis=0) if self.summed else np.mean(each, axis=0))

    def add(self, graph: Graph, name: str, features: Mapping[Way, str]) -> str:
        """The same in a graph."""
        each = [
            piece.add(graph, f"{name}.{place}", features) for place, piece in enumerate(self.pieces)
        ]
        return graph.add("Sum" if self.summed else "Mean", name, *each)
