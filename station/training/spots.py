"""Spots: for each class a linear view of single places, learnt from image labels alone.

A thin scratch is lost in features that are pooled over the whole image. So each class gets one
direction in the features of a place (l8 beside l16 brought up to its grid), and what counts is the
mean of the few places where it answers most. Which places show the class nobody has marked:
start from the difference of the class means, then by turns take the places of the class that
answer most for its own, and those of the other side that answer most as hard counter-examples.
Each step is a shrunk linear discriminant in closed form, from sums that only grow. The spots of
all folds learn side by side, so that one look at the images serves them all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from station.training.backbone import TAPS

Array = npt.NDArray[np.float32]
Wide = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]

PLACE = TAPS["l8"] + TAPS["l16"]  # numbers that describe one place
TOP = 6  # places that make the answer of an image
STEPS = 5
RIDGE = 1e-2  # of the unit variance of the standardised features
BACKGROUND = 20_000  # places that stand for all others, drawn evenly from the images
OWN = 128  # images of a class that are searched at each step, and
OTHER = 192  # of the other side


@dataclass(frozen=True, slots=True)
class Spots:
    """Directions (n, PLACE) and offsets (n,) of n classes; `targets` are their class numbers."""

    weights: Array
    bias: Array
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Taps:
    """What describes the places: `fine` (images, h, w, l8), `coarse` (images, h/2, w/2, l16)."""

    fine: npt.NDArray[np.floating]
    coarse: npt.NDArray[np.floating]

    def means(self) -> Array:
        """The mean place of each image, (images, PLACE)."""
        parts = [tap.mean(axis=(1, 2), dtype=np.float32) for tap in (self.fine, self.coarse)]
        return np.concatenate(parts, axis=1)

    def rows(self, images: Index, where: Index) -> Array:
        """The places `where`, numbered along the rows of the fine grid: (…, PLACE)."""
        height, width = self.fine.shape[1:3]
        images, where = np.broadcast_arrays(images, where)
        y, x = np.divmod(where, width)
        coarse: Array = np.zeros((*where.shape, self.coarse.shape[3]), np.float32)
        for row, share in _around(y, height // 2):
            for column, part in _around(x, width // 2):
                coarse += (share * part)[..., None] * self.coarse[images, row, column]
        return np.concatenate([self.fine[images, y, x].astype(np.float32), coarse], axis=-1)


Ask = Callable[[Taps, Array, Array], Index]
"""(taps, directions (d, PLACE), offsets (d,)) → the TOP places of each (images, d, TOP)."""


@dataclass(slots=True)
class _Sums:
    """Of places: how many, their sum, and the sum of their outer products."""

    count: int = 0
    total: Wide = field(default_factory=lambda: np.zeros(PLACE))
    outer: Wide = field(default_factory=lambda: np.zeros((PLACE, PLACE)))

    def add(self, rows: Array) -> None:
        """Count more places in."""
        self.count += len(rows)
        self.total += rows.sum(axis=0, dtype=np.float64)
        self.outer += rows.T @ rows

    def join(self, other: "_Sums") -> None:
        """Count in what another counted."""
        self.count += other.count
        self.total += other.total
        self.outer += other.outer

    @property
    def mean(self) -> Wide:
        """The mean place; zero of none."""
        return self.total / max(1, self.count)

    @property
    def second(self) -> Wide:
        """The mean outer product."""
        return self.outer / max(1, self.count)


@dataclass(slots=True)
class _Search:
    """One direction while it is learnt, in places standardised by its own background."""

    own: Index
    others: Index
    centre: Array
    scale: Array
    side: _Sums
    hard: _Sums
    direction: Array

    @property
    def weights(self) -> Array:
        """The direction in plain features."""
        return np.asarray(self.direction / self.scale, np.float32)


def targets_of(classes: int, good: tuple[int, ...]) -> tuple[int, ...]:
    """Which classes get spots: the bad ones; where none is good, all."""
    return tuple(k for k in range(classes) if k not in good)


def learn_spots(
    taps: Taps, labels: Index, folds: Index, good: tuple[int, ...], seed: int, ask: Ask
) -> list[Spots]:
    """Spots from all images, then for each fold from all others than its own.

    Each bad class is held against the good images, or where no class is good against all others.
    """
    rng = np.random.default_rng(seed)
    targets = targets_of(int(labels.max()) + 1, good)
    sums = _background(taps, labels, folds, rng)
    means = taps.means()
    searches = [
        _begin(labels, folds != number, target, good, sums, number, means, rng)
        for number in range(-1, int(folds.max()) + 1)
        for target in targets
    ]
    for _ in range(STEPS):
        weights = np.stack([one.weights for one in searches])
        top = ask(taps, weights, np.zeros(len(searches), np.float32))
        for j, search in enumerate(searches):
            if len(search.own) and len(search.others):  # else it stays blind
                _turn(search, taps, top[:, j])
    step = len(targets)
    return [_spots(searches[i : i + step], targets) for i in range(0, len(searches), step)]


def _spots(searches: Sequence[_Search], targets: tuple[int, ...]) -> Spots:
    weights = np.stack([one.weights for one in searches])
    centres = np.stack([one.centre for one in searches])
    return Spots(weights, -np.sum(weights * centres, axis=1), targets)


def _background(
    taps: Taps, labels: Index, folds: Index, rng: np.random.Generator
) -> dict[tuple[int, int], _Sums]:
    """Sums over places drawn from each image, by fold and class."""
    images, places = len(labels), taps.fine.shape[1] * taps.fine.shape[2]
    each = min(places, max(1, -(-BACKGROUND // images)))
    where = rng.integers(0, places, (images, each))
    found: dict[tuple[int, int], _Sums] = {}
    for number in range(int(folds.max()) + 1):
        for label in range(int(labels.max()) + 1):
            own = np.flatnonzero((folds == number) & (labels == label))
            found[number, label] = _Sums()
            if len(own):
                found[number, label].add(taps.rows(own[:, None], where[own]).reshape(-1, PLACE))
    return found


def _begin(
    labels: Index,
    seen: npt.NDArray[np.bool_],
    target: int,
    good: tuple[int, ...],
    sums: dict[tuple[int, int], _Sums],
    without: int,
    means: Array,
    rng: np.random.Generator,
) -> _Search:
    """Where the class as a whole differs, whitened by the other side's spread."""
    other = np.isin(labels, good) if good else labels != target
    side, everything = _Sums(), _Sums()
    for (number, label), one in sums.items():
        if number != without:
            if label in good if good else label != target:
                side.join(one)
            if not good or label in good:
                everything.join(one)
    centre = everything.mean
    scale = np.sqrt(np.maximum(np.diag(everything.second) - centre**2, 0)) + 1e-6
    own = np.flatnonzero(seen & (labels == target))
    mean, second = _standard(side, centre, scale)
    apart = np.zeros(PLACE)
    if len(own) and side.count:
        apart = (means[own].mean(axis=0) - centre) / scale - mean
    return _Search(
        own=_some(own, OWN, rng),
        others=_some(np.flatnonzero(seen & other), OTHER, rng),
        centre=centre.astype(np.float32),
        scale=scale.astype(np.float32),
        side=side,
        hard=_Sums(),
        direction=np.linalg.solve(second + RIDGE * np.eye(PLACE), apart).astype(np.float32),
    )


def _turn(search: _Search, taps: Taps, top: Index) -> None:
    """Towards the places that answer most, away from an even mix of the side and its hard ones."""
    positive = taps.rows(search.own[:, None], top[search.own]).reshape(-1, PLACE)
    search.hard.add(taps.rows(search.others[:, None], top[search.others]).reshape(-1, PLACE))
    centre, scale = search.centre.astype(np.float64), search.scale.astype(np.float64)
    ours = (positive - search.centre) / search.scale
    side_mean, side_second = _standard(search.side, centre, scale)
    hard_mean, hard_second = _standard(search.hard, centre, scale)
    mean, second = (side_mean + hard_mean) / 2, (side_second + hard_second) / 2
    within = second - np.outer(mean, mean) + np.cov(ours.T) / 2
    apart = ours.mean(axis=0) - mean
    search.direction = np.linalg.solve(within + RIDGE * np.eye(PLACE), apart).astype(np.float32)


def _standard(sums: _Sums, centre: Wide, scale: Wide) -> tuple[Wide, Wide]:
    """Mean and mean outer product of the standardised places."""
    mean = sums.mean
    cross = np.outer(centre, mean)
    second = sums.second - cross - cross.T + np.outer(centre, centre)
    return (mean - centre) / scale, second / np.outer(scale, scale)


def _some(images: Index, most: int, rng: np.random.Generator) -> Index:
    return images if len(images) <= most else np.sort(rng.choice(images, most, replace=False))


def _around(fine: Index, count: int) -> tuple[tuple[Index, Array], tuple[Index, Array]]:
    """The two coarse lines beside a fine one, each with its share (half a pixel, linear)."""
    position = (fine + 0.5) / 2 - 0.5
    low = np.floor(position)
    share = (position - low).astype(np.float32)
    first = np.clip(low, 0, count - 1).astype(np.intp)
    second = np.clip(low + 1, 0, count - 1).astype(np.intp)
    return (first, np.float32(1) - share), (second, share)
