"""How far a picture lies from all that was learnt, whatever class it is called.

The distance is to the nearest class. The spread of the features about their classes is taken
along its widest directions as it is, and as one number over all the others: a distance of
Mahalanobis that a hundred images suffice for. It is two small matrices in the graph.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.utils.extmath import randomized_svd

from station.inference.model import UNLIKE
from station.training.backbone import Graph

METRIC = "unlike_p99"
MOST_DIRECTIONS = 32
QUANTILE = 0.99
FLOOR = 1e-6

Array = npt.NDArray[np.float32]
Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Unlike:
    """distance² = q(z) + least of (pull · z + offset), over p99²; z = (x − centre) / scale.

    q(z) = Σ gain · (basis · z)² + rest · |z|².
    basis: (k, d), each of length 1. gain: (k,), what a direction's own variance says, less `rest`,
    which is there for all directions that are not in the basis. pull (classes, d) and offset
    (classes,): what makes q(z) the distance to the middle of a class.
    """

    centre: Wide
    scale: Wide
    basis: Wide
    gain: Wide
    rest: float
    pull: Wide
    offset: Wide
    p99: float = 1.0

    def distance(self, features: npt.NDArray[np.floating]) -> Wide:
        """Of each row of (n, d)."""
        z = (features - self.centre) / self.scale
        along = z @ self.basis.T
        square = along**2 @ self.gain + self.rest * np.sum(z**2, axis=1)
        square += (z @ self.pull.T + self.offset).min(axis=1)
        return np.asarray(np.sqrt(np.maximum(square, 0)) / self.p99)


def learn_unlike(
    features: npt.NDArray[np.floating], folds: Index, labels: Index | None = None
) -> Unlike:
    """From all rows; p99 from the distance of each row to what the other folds alone would say.

    labels: their classes; without them all are of one.
    """
    x = np.asarray(features, np.float64)
    classes = np.zeros(len(x), np.intp) if labels is None else labels
    crossed = np.zeros(len(x))
    for number in range(int(folds.max()) + 1):
        held_out = folds == number
        crossed[held_out] = _learn(x[~held_out], classes[~held_out]).distance(x[held_out])
    p99 = max(float(np.quantile(crossed, QUANTILE)), FLOOR)
    return replace(_learn(x, classes), p99=p99)


def add_unlike(graph: Graph, unlike: Unlike, source: str) -> None:
    """Nodes from `source` (1, d) to the output UNLIKE."""
    square = unlike.p99**2
    graph.constant("unlike.factor", 1 / unlike.scale)
    graph.constant("unlike.shift", -unlike.centre / unlike.scale)
    graph.constant("unlike.basis", unlike.basis.T)
    graph.constant("unlike.gain", (unlike.gain / square)[:, None])
    graph.constant("unlike.rest", np.float32(unlike.rest / square))
    graph.constant("unlike.pull", unlike.pull.T / square)
    graph.constant("unlike.offset", unlike.offset / square)
    graph.constant("unlike.zero", np.float32(0))
    graph.constant("unlike.shape", [1])
    graph.add("Mul", "unlike.scaled", source, "unlike.factor")
    graph.add("Add", "unlike.z", "unlike.scaled", "unlike.shift")
    graph.add("MatMul", "unlike.along", "unlike.z", "unlike.basis")
    graph.add("Mul", "unlike.squares", "unlike.along", "unlike.along")
    graph.add("MatMul", "unlike.known", "unlike.squares", "unlike.gain")
    graph.add("ReduceSumSquare", "unlike.all", "unlike.z", axes=[1], keepdims=1)
    graph.add("Mul", "unlike.others", "unlike.all", "unlike.rest")
    graph.add("Add", "unlike.sum", "unlike.known", "unlike.others")
    graph.add("Gemm", "unlike.classes", "unlike.z", "unlike.pull", "unlike.offset")
    graph.add("ReduceMin", "unlike.nearest", "unlike.classes", axes=[1], keepdims=1)
    graph.add("Add", "unlike.total", "unlike.sum", "unlike.nearest")
    graph.add("Max", "unlike.square", "unlike.total", "unlike.zero")
    graph.add("Sqrt", "unlike.root", "unlike.square")
    graph.add("Reshape", UNLIKE, "unlike.root", "unlike.shape")


def _learn(x: Wide, labels: Index) -> Unlike:
    """By the widest directions of what is left when each class's own middle is taken away."""
    present, own = np.unique(labels, return_inverse=True)
    middles = np.stack([x[own == k].mean(axis=0) for k in range(len(present))])
    apart = x - middles[own]
    scale, free = apart.std(axis=0), max(1, len(x) - len(present))
    scale = np.where(scale > FLOOR, scale, np.median(scale) + FLOOR)
    apart = apart / scale
    directions = max(1, min(MOST_DIRECTIONS, len(x) // 4, x.shape[1] - 1))
    _, values, basis = randomized_svd(apart, directions, n_iter=2, random_state=0)
    variance = values**2 / free
    left = float(np.sum(apart**2)) / free - float(variance.sum())
    rest = 1 / max(left, FLOOR)  # so that all that is left adds one, as do the directions
    gain = 1 / np.maximum(variance, FLOOR) / directions - rest
    centre = x.mean(axis=0)
    away = (middles - centre) / scale
    metric = (away @ basis.T * gain) @ basis + rest * away
    offset = np.sum(away * metric, axis=1)
    return Unlike(centre, scale, basis, gain, rest, -2 * metric, offset)
