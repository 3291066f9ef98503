"""How far a picture lies from all that was learnt, whatever class it is called.

The spread of the features is taken along its widest directions as it is, and as one number over
all the others: a distance of Mahalanobis that a hundred images suffice for. It is one small matrix
in the graph.
"""

from dataclasses import dataclass

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
    """distance² = Σ gain · (basis · z)² + rest · |z|², of z = (x − centre) / scale; over p99.

    basis: (k, d), each of length 1. gain: (k,), what a direction's own variance says, less `rest`,
    which is there for all directions that are not in the basis.
    """

    centre: Wide
    scale: Wide
    basis: Wide
    gain: Wide
    rest: float
    p99: float = 1.0

    def distance(self, features: npt.NDArray[np.floating]) -> Wide:
        """Of each row of (n, d)."""
        z = (features - self.centre) / self.scale
        along = z @ self.basis.T
        square = along**2 @ self.gain + self.rest * np.sum(z**2, axis=1)
        return np.asarray(np.sqrt(np.maximum(square, 0)) / self.p99)


def learn_unlike(features: npt.NDArray[np.floating], folds: Index) -> Unlike:
    """From all rows; p99 from the distance of each row to what the other folds alone would say."""
    x = np.asarray(features, np.float64)
    crossed = np.zeros(len(x))
    for number in range(int(folds.max()) + 1):
        held_out = folds == number
        crossed[held_out] = _learn(x[~held_out]).distance(x[held_out])
    whole = _learn(x)
    p99 = max(float(np.quantile(crossed, QUANTILE)), FLOOR)
    return Unlike(whole.centre, whole.scale, whole.basis, whole.gain, whole.rest, p99)


def add_unlike(graph: Graph, unlike: Unlike, source: str) -> None:
    """Nodes from `source` (1, d) to the output UNLIKE."""
    shift, factor = -unlike.centre / unlike.scale, 1 / unlike.scale
    graph.constant("unlike.factor", factor)
    graph.constant("unlike.shift", shift)
    graph.constant("unlike.basis", unlike.basis.T)
    graph.constant("unlike.gain", (unlike.gain / unlike.p99**2)[:, None])
    graph.constant("unlike.rest", np.float32(unlike.rest / unlike.p99**2))
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
    graph.add("Max", "unlike.square", "unlike.sum", "unlike.zero")
    graph.add("Sqrt", "unlike.root", "unlike.square")
    graph.add("Reshape", UNLIKE, "unlike.root", "unlike.shape")


def _learn(x: Wide) -> Unlike:
    """By the eigenvectors of the smaller of the two products."""
    centre, scale = x.mean(axis=0), x.std(axis=0)
    scale = np.where(scale > FLOOR, scale, np.median(scale) + FLOOR)
    z = (x - centre) / scale
    count, depth = z.shape
    directions = max(1, min(MOST_DIRECTIONS, count // 4, depth - 1))
    _, values, basis = _widest(z, directions)
    variance = values**2 / max(1, count - 1)
    left = float(np.sum(z**2)) / max(1, count - 1) - float(variance.sum())
    rest = 1 / max(left / (depth - directions), FLOOR) / (depth - directions)
    gain = 1 / np.maximum(variance, FLOOR) / directions - rest
    return Unlike(centre, scale, basis, gain, rest)


def _widest(z: Wide, directions: int) -> tuple[Wide, Wide, Wide]:
    left, values, basis = randomized_svd(z, directions, n_iter=2, random_state=0)
    return left, values, basis
