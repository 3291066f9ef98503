"""Spots: for each class a linear view of single places, learnt from image labels alone.

A thin scratch is lost in features that are pooled over the whole image. So each class gets one
direction in the features of a place (l8 beside l16 brought up to its grid), and what counts is the
mean of the few places where it answers most. Which places show the class nobody has marked:
start from the difference of the class means, then by turns take the places of the class that
answer most for its own, and those of the other side that answer most as hard counter-examples.
Each step is a shrunk linear discriminant in closed form.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.training.backbone import TAPS

Array = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]

PLACE = TAPS["l8"] + TAPS["l16"]  # numbers that describe one place
TOP = 6  # places that make the answer of an image
STEPS = 5
RIDGE = 1e-2  # of the unit variance of the standardised features
BACKGROUND = 20_000  # places that stand for all of the other side


@dataclass(frozen=True, slots=True)
class Spots:
    """Directions (n, PLACE) and offsets (n,) of n classes; `targets` are their class numbers."""

    weights: Array
    bias: Array
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """The other side of one class: its images, and their places' mean and spread.

    second: the mean of the outer products, over standardised places.
    """

    rows: Index
    mean: Array
    second: Array


def targets_of(classes: int, good: tuple[int, ...]) -> tuple[int, ...]:
    """Which classes get spots: the bad ones; where none is good, all."""
    return tuple(k for k in range(classes) if k not in good)


def learn_spots(
    places: Array, labels: Index, rows: Index, good: tuple[int, ...], classes: int, seed: int
) -> Spots:
    """Learn from the images `rows` of `places` (images, places, PLACE).

    Each bad class is held against the good images, or where no class is good against all others.
    """
    rng = np.random.default_rng(seed)
    targets = targets_of(classes, good)
    background = rows[np.isin(labels[rows], good)] if good else rows
    centre, scale = _standard(_sample(places, background, rng))
    own = [rows[labels[rows] == k] for k in targets]
    sides = [
        _side(places, background if good else rows[labels[rows] != k], centre, scale, rng)
        for k in targets
    ]
    weights = np.stack(
        [_first(places, o, s, centre, scale) for o, s in zip(own, sides, strict=True)]
    )
    hard: list[list[Array]] = [[] for _ in targets]
    for _ in range(STEPS):
        answers = _answers(places, (weights / scale).T)
        for j, side in enumerate(sides):
            positive = (_top(places, answers, own[j], j) - centre) / scale
            hard[j].append((_top(places, answers, side.rows, j) - centre) / scale)
            weights[j] = _discriminant(positive, np.concatenate(hard[j]), side)
    weights = weights / scale
    return Spots(weights, -(weights @ centre), targets)


def _sample(places: Array, rows: Index, rng: np.random.Generator) -> Array:
    """BACKGROUND places at most, drawn evenly from those images."""
    each = places.shape[1]
    total = len(rows) * each
    chosen = rng.choice(total, min(total, BACKGROUND), replace=False)
    sample: Array = places[rows[chosen // each], chosen % each]
    return sample


def _standard(sample: Array) -> tuple[Array, Array]:
    return sample.mean(axis=0), sample.std(axis=0) + np.float32(1e-6)


def _side(
    places: Array, rows: Index, centre: Array, scale: Array, rng: np.random.Generator
) -> _Side:
    sample = (_sample(places, rows, rng) - centre) / scale
    second: Array = (sample.T @ sample / len(sample)).astype(np.float32)
    return _Side(rows, sample.mean(axis=0), second)


def _first(places: Array, own: Index, side: _Side, centre: Array, scale: Array) -> Array:
    """Where the class as a whole differs, whitened by the other side's spread."""
    mean = np.mean([places[row].mean(axis=0) for row in own], axis=0)
    apart = (mean - centre) / scale - side.mean
    spread = side.second + RIDGE * np.eye(PLACE)
    return np.linalg.solve(spread, apart).astype(np.float32)


def _answers(places: Array, directions: Array) -> Array:
    """(images, places, directions)."""
    return np.stack([image @ directions for image in places])


def _top(places: Array, answers: Array, rows: Index, j: int) -> Array:
    """The TOP places of each image that answer most to direction `j`, (rows × TOP, PLACE)."""
    top = np.argpartition(answers[rows, :, j], -TOP, axis=1)[:, -TOP:]
    return places[rows[:, None], np.sort(top, axis=1)].reshape(-1, PLACE)


def _discriminant(positive: Array, hard: Array, side: _Side) -> Array:
    """Towards the positive places, away from an even mix of the other side and its hard ones."""
    mean = (side.mean + hard.mean(axis=0)) / 2
    second = (side.second + hard.T @ hard / len(hard)) / 2
    within = second - np.outer(mean, mean) + np.cov(positive.T) / 2
    spread = within + RIDGE * np.eye(PLACE)
    return np.linalg.solve(spread, positive.mean(axis=0) - mean).astype(np.float32)
