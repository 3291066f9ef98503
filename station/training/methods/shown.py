"""Where a map is dark and where bright: set by what real parts of either side reach."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.inference.model import MAP
from station.training.backbone import Graph

DARK = 0.9  # of the images of the other side, the share whose map stays dark
DULL = 1e-6
SHOWN = 120  # images on which the brightness is set

Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Span:
    """For each target: the evidence that is still dark, and the one fully bright."""

    dark: Wide
    bright: Wide


def targets_of(classes: int, good: Sequence[int]) -> list[int]:
    """The classes that a map can show: the bad ones; where none is good, all."""
    return [k for k in range(classes) if k not in good]


def some_of_each(labels: Index, seed: int) -> Index:
    """A few images of each class."""
    rng = np.random.default_rng(seed)
    classes = int(labels.max()) + 1
    most = max(8, SHOWN // classes)
    return np.concatenate(
        [rng.permutation(np.flatnonzero(labels == k))[:most] for k in range(classes)]
    )


def span_of(peaks: Wide, labels: Index, good: Sequence[int]) -> Span:
    """From the highest evidence (images, targets) anywhere in each image.

    Dark is what the other side hardly ever exceeds, bright what half of the class reaches.
    """
    targets = targets_of(int(labels.max()) + 1, good)
    dark, bright = [], []
    for j, target in enumerate(targets):
        other = np.isin(labels, good) if good else labels != target
        low = float(np.quantile(peaks[other, j], DARK))
        high = float(np.median(peaks[labels == target, j]))
        dark.append(low)
        bright.append(max(high, low + abs(low) / 10 + DULL))
    return Span(np.array(dark), np.array(bright))


def add_choice(graph: Graph, targets: Sequence[int]) -> str:
    """`map.class`, the number of the most probable target after the node `logits`."""
    graph.constant("map.targets", list(targets))
    graph.add("Gather", "map.logits", "logits", "map.targets", axis=1)
    graph.add("ArgMax", "map.which", "map.logits", axis=1, keepdims=0)
    return graph.add("Gather", "map.class", "map.targets", "map.which", axis=0)


def add_map(graph: Graph, evidence: str, span: Span) -> None:
    """MAP from the evidence (1, h, w) of that class; after `add_choice`."""
    graph.constant("map.lows", span.dark[:, None, None])
    graph.constant("map.gains", 1 / (span.bright - span.dark)[:, None, None])
    graph.constant("map.zero", np.float32(0))
    graph.constant("map.one", np.float32(1))
    low = graph.add("Gather", "map.low", "map.lows", "map.which", axis=0)
    gain = graph.add("Gather", "map.gain", "map.gains", "map.which", axis=0)
    over = graph.add("Sub", "map.over", evidence, low)
    graph.add("Clip", MAP, graph.add("Mul", "map.scaled", over, gain), "map.zero", "map.one")
