"""The models that are tried for a process, and how each is learnt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.boosting import Growth, grow_flags, grow_numbers
from station.insight.process_features import features
from station.insight.process_inputs import Inputs, Rows, Way
from station.insight.process_networks import Shape, learn_network
from station.insight.process_pieces import (
    Joined,
    Layers,
    Numbers,
    Piece,
    Trees,
)
from station.insight.scaling import Scale

LINEAR, BOOSTING, UPON, NETWORK, TUNED = "linear", "boosting", "linear + boosting", "mlp", "tuned"
ARTICLE = "mlp 32–16–1"
SEARCHED = "mlp tuned"
COMPARED = (LINEAR, ARTICLE, BOOSTING)  # which the file carries beside the chosen one
PENALTY = 1.0  # of the squares of the weights, in standard scores
NETWORKS = 2  # that are averaged in the tuned one
GROWTH = Growth(rounds=400, rate=0.05, leaves=31, least=20, penalty=1.0)
SMALL = Growth(rounds=150, rate=0.05, leaves=8, least=10, penalty=5.0)
FEW = 2000  # rows: up to there small trees

Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One to be tried. shape: of a network."""

    name: str
    kind: str
    way: Way
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """The features of all rows in every way, and the target."""

    by_way: Mapping[Way, Rows]
    target: Numbers
    flag: bool

    @staticmethod
    def of(rows: Rows, inputs: Inputs, target: Numbers, flag: bool) -> "Pool":
        """Calculated by the graph."""
        return Pool({way: features(rows, inputs, way) for way in inputs.ways}, target, flag)

    def some(self, rows: Index | Flags) -> "Pool":
        """Those rows only."""
        return Pool({w: one[rows] for w, one in self.by_way.items()}, self.target[rows], self.flag)


def candidates(ways: Iterable[Way], tuned: Shape, flag: bool) -> tuple[Candidate, ...]:
    """Linear, 32–16–1 and boosting of the columns as they are, first; then the richer ones."""
    plain, *crossed = ways
    found = [
        Candidate(LINEAR, LINEAR, plain),
        Candidate(ARTICLE, NETWORK, plain, Shape(plain)),
        Candidate(BOOSTING, BOOSTING, plain),
        Candidate(SEARCHED, TUNED, tuned.way, tuned),
    ]
    if not flag:
        found.append(Candidate(UPON, UPON, plain))
    for way in crossed:
        with_words = ", with " + " and ".join(way[1:])
        kinds = (LINEAR, BOOSTING, UPON) if way == crossed[-1] and not flag else (LINEAR, BOOSTING)
        found += [Candidate(kind + with_words, kind, way) for kind in kinds]
    return tuple(found)


def learn(candidate: Candidate, pool: Pool, seed: int) -> Piece:
    """Learn one from all rows of the pool."""
    rows = pool.by_way[candidate.way]
    if candidate.kind == LINEAR:
        return _linear(candidate.way, rows, pool)
    if candidate.kind == BOOSTING:
        return _trees(candidate.way, rows, pool, seed)
    if candidate.kind == UPON:
        below = _linear(candidate.way, rows, pool)
        rest = pool.target - below.raw(pool.by_way)
        above = _trees(candidate.way, rows, Pool(pool.by_way, rest, False), seed)
        return Joined((below, above), summed=True)
    assert candidate.shape is not None
    count = NETWORKS if candidate.kind == TUNED else 1
    nets = [
        learn_network(candidate.shape, pool.by_way, pool.target, pool.flag, seed + number)
        for number in range(count)
    ]
    return nets[0] if count == 1 else Joined(nets, summed=False)


def _linear(way: Way, rows: Rows, pool: Pool) -> Layers:
    from sklearn.linear_model import LogisticRegression, Ridge

    scale = Scale.of(rows)
    scores = scale.scores(rows)
    if pool.flag:
        model = LogisticRegression(C=1 / PENALTY, max_iter=2000)
        model.fit(scores, pool.target.astype(np.intp))
    else:
        model = Ridge(alpha=PENALTY).fit(scores, pool.target)
    weight = np.asarray(model.coef_, np.float64).reshape(-1, 1)
    return Layers(way, scale, ((weight, np.ravel(model.intercept_).astype(np.float64)),))


def _trees(way: Way, rows: Rows, pool: Pool, seed: int) -> Trees:
    growth = SMALL if len(rows) <= FEW else GROWTH
    if pool.flag:
        return Trees(way, (grow_flags(rows, pool.target > 0.5, growth, seed),))
    return Trees(way, (grow_numbers(rows, pool.target, growth, seed),))
