"""All models tried on rows that they did not learn from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.graphs import Graph
from station.insight.process_candidates import Candidate, Pool, learn
from station.insight.process_card import NUMBER
from station.insight.process_figures import figures
from station.insight.process_folds import Fold
from station.insight.process_pieces import ByWay, Joined, Numbers, Piece
from station.insight.process_rows import Matter

MEAN, PERSISTENCE, BLEND = "mean", "persistence", "blend"
BASELINES = (MEAN, PERSISTENCE)
ROOM = 0.1  # of the range of the target: how far beyond it is foretold

Progress = Callable[[str, float], None]
Figures = dict[str, dict[str, float]]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Model:
    """A piece that answers: a probability, or a number not far beyond those that were learnt."""

    piece: Piece
    flag: bool
    least: float
    most: float

    @staticmethod
    def of(piece: Piece, pool: Pool) -> "Model":
        """What never was below nought stays there."""
        least, most = float(pool.target.min()), float(pool.target.max())
        room = ROOM * (most - least)
        return Model(piece, pool.flag, 0.0 if least >= 0 else least - room, most + room)

    def foretell(self, features: ByWay) -> Numbers:
        """Of each row."""
        raw = self.piece.raw(features)
        if self.flag:
            return np.asarray(1 / (1 + np.exp(-np.clip(raw, -60, 60))))
        return np.clip(raw, self.least, self.most)

    def add(self, graph: Graph, output: str, names: Mapping[tuple[str, ...], str]) -> None:
        """The same in a graph, as the output of that name."""
        raw = self.piece.add(graph, f"{output}.raw", names)
        graph.constant(f"{output}.axis", np.array([1]))
        flat = graph.add("Squeeze", f"{output}.flat", raw, f"{output}.axis")
        if self.flag:
            graph.add("Sigmoid", output, flat)
            return
        graph.constant(f"{output}.least", self.least)
        graph.constant(f"{output}.most", self.most)
        graph.add("Clip", output, flat, f"{output}.least", f"{output}.most")


@dataclass(frozen=True, slots=True)
class Trial:
    """asked: the rows that were foretold, fold: of each of them; the rest in the same order."""

    asked: Index
    fold: Index
    foretold: Mapping[str, Numbers]
    models: Mapping[str, Sequence[Model]]

    def errors(self, task: str, target: Numbers) -> Figures:
        """Of all that were tried, over all folds at once."""
        truth = target[self.asked]
        return {name: figures(task, one, truth) for name, one in self.foretold.items()}


def best(errors: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> str:
    """The one with the least error, which stands first in its figures."""
    return min(names, key=lambda name: next(iter(errors[name].values())))


def try_all(
    matter: Matter,
    pool: Pool,
    folds: Sequence[Fold],
    tried: Sequence[Candidate],
    seed: int,
    progress: Progress,
) -> Trial:
    """Learn each in each fold; the best network and the best of the others are blended too."""
    models: dict[str, list[Model]] = {one.name: [] for one in tried}
    for number, fold in enumerate(folds):
        learnt = pool.some(fold.learn)
        for place, one in enumerate(tried):
            models[one.name].append(Model.of(learn(one, learnt, seed), learnt))
            progress("try", (number + (place + 1) / len(tried)) / len(folds))
    asked = np.concatenate([fold.ask for fold in folds])
    fold_of = np.repeat(np.arange(len(folds)), [len(fold.ask) for fold in folds])
    parts = [pool.some(fold.ask).by_way for fold in folds]
    foretold = {name: _answers(own, parts) for name, own in models.items()}
    for name in baselines(matter):
        each = [baseline(name, matter, fold.learn, fold.ask) for fold in folds]
        foretold[name] = np.concatenate(each)
    found = Trial(asked, fold_of, foretold, models)
    pair = blended(found.errors(matter.task, matter.target), tried)
    models[BLEND] = [blend(*each) for each in zip(*(models[name] for name in pair), strict=True)]
    foretold[BLEND] = _answers(models[BLEND], parts)
    return found


def blended(errors: Mapping[str, Mapping[str, float]], tried: Sequence[Candidate]) -> list[str]:
    """The best network, and the best of the others."""
    nets = [one.name for one in tried if one.shape is not None]
    others = [one.name for one in tried if one.shape is None]
    return [best(errors, nets), best(errors, others)]


def blend(one: Model, other: Model) -> Model:
    """Their mean."""
    return Model(Joined((one.piece, other.piece), False), one.flag, one.least, one.most)


def baselines(matter: Matter) -> tuple[str, ...]:
    """What needs no model: of a series also its last value."""
    return BASELINES if matter.groups is None else BASELINES[:1]


def baseline(name: str, matter: Matter, learn_rows: Index, ask: Index) -> Numbers:
    """The mean of what was learnt, or the value of the row before.

    Of flags, how often bad came after a row like the row before.
    """
    target = matter.target
    if name == MEAN:
        return np.full(len(ask), target[learn_rows].mean())
    last = target[ask - 1]
    if matter.task == NUMBER:
        return last
    after, before = target[learn_rows][1:], target[learn_rows][:-1]
    chances = [(after[before == kind].sum() + 1) / ((before == kind).sum() + 2) for kind in (0, 1)]
    return np.asarray(np.where(last > 0.5, chances[1], chances[0]), np.float64)


def _answers(models: Sequence[Model], parts: Sequence[ByWay]) -> Numbers:
    return np.concatenate([one.foretell(part) for one, part in zip(models, parts, strict=True)])
