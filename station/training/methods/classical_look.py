"""All images described: the numbers that classical classifiers learn from, by the graph itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.training.augment import COPIES, Varied
from station.training.backbone import Input
from station.training.dataset import Dataset
from station.training.embed import Source, embed
from station.training.methods.base import Wishes
from station.training.methods.classical_view import WORDS, View, descriptor_model, view_model

BOOK = 256  # words
READERS = 160  # images that the words are found in
EXAMPLES = 12_000  # descriptors of them that a book is made from,
ROUNDS = 12  # improved so often

Array = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is learnt from: each image and its variations, which share its fold.

    plain: which rows are images as they are; only these count in any figure.
    """

    sources: tuple[Source, ...]
    labels: Index
    folds: Index
    plain: npt.NDArray[np.bool_]
    good: tuple[int, ...]

    @property
    def fold_count(self) -> int:
        """How many folds there are."""
        return int(self.folds.max()) + 1


@dataclass(frozen=True, slots=True)
class Looked:
    """The parts of a description of every row.

    Books of words are made from images: the first from all, each further one without one fold.
    """

    form: Input
    preparation: str
    columns: dict[str, Array]
    books: tuple[Array, ...]

    def numbers(self, parts: Sequence[str], fold: int | None = None) -> Array:
        """(rows, numbers): as a model sees them that was taught without that fold, or with all."""
        columns = []
        for part in parts:
            column = self.columns[part]
            if part == WORDS:
                size = len(self.books[0])
                place = 0 if fold is None else fold + 1
                column = column[:, place * size : (place + 1) * size]
            columns.append(column)
        return np.hstack(columns)

    def view(self, parts: tuple[str, ...]) -> View:
        """How the model that was taught with all images looks."""
        return View(self.form, self.preparation, parts, self.books[:1] if WORDS in parts else ())


def rows_of(dataset: Dataset, folds: Index, wishes: Wishes) -> Rows:
    """The images, and after them the variations that are wished for."""
    paths = [sample.path for sample in dataset.samples]
    kinds = wishes.augment
    varied = [Varied(path, kinds, k) for k in range(COPIES if kinds else 0) for path in paths]
    rounds = 1 + len(varied) // len(paths)
    return Rows(
        sources=(*paths, *varied),
        labels=np.tile(np.array(dataset.labels, np.intp), rounds),
        folds=np.tile(folds, rounds),
        plain=np.arange(rounds * len(paths)) < len(paths),
        good=tuple(dataset.classes.index(name) for name in dataset.good),
    )


def look(
    rows: Rows, form: Input, preparation: str, parts: tuple[str, ...], seed: int, tick: Tick
) -> Looked:
    """Every row described by those parts."""
    columns: dict[str, Array] = {}
    plain = tuple(part for part in parts if part != WORDS)
    views = [View(form, preparation, plain)] if plain else []
    books: tuple[Array, ...] = ()
    if WORDS in parts:
        books = _books(rows, View(form, preparation, (WORDS,)), seed)
        views.append(View(form, preparation, (WORDS,), books))
    for number, view in enumerate(views):
        found = embed(
            view_model(view, view.parts),
            rows.sources,
            form,
            view.parts,
            _after(tick, number * len(rows.sources)),
        )
        columns |= dict(zip(view.parts, found, strict=True))
    return Looked(form, preparation, columns, books)


def _after(tick: Tick, before: int) -> Tick:
    return lambda done: tick(before + done)


def _books(rows: Rows, view: View, seed: int) -> tuple[Array, ...]:
    """One book from all folds, then one without each."""
    readers = _readers(rows, seed)
    sources = [rows.sources[i] for i in readers]
    found = embed(descriptor_model(view), sources, view.form, ["descriptors"], lambda _: None)[0]
    each = found.transpose(0, 2, 3, 1).reshape(len(readers), -1, found.shape[1])
    size = min(BOOK, each[0].shape[0] * len(readers) // (4 * rows.fold_count))
    return tuple(
        _book(each[rows.folds[readers] != fold], max(2, size), seed)
        for fold in range(-1, rows.fold_count)  # −1 holds nothing out
    )


def _readers(rows: Rows, seed: int) -> Index:
    """Some of the images, of all classes and folds by turns."""
    order = np.random.default_rng(seed).permutation(np.flatnonzero(rows.plain))
    turn = np.zeros(len(order), np.intp)
    kinds = rows.labels[order] * rows.fold_count + rows.folds[order]
    for kind in np.unique(kinds):
        own = kinds == kind
        turn[own] = np.arange(int(own.sum()))
    return np.sort(order[np.argsort(turn, kind="stable")][:READERS])


def _book(each: Array, size: int, seed: int) -> Array:
    """Lloyd's k-means; a word that nothing is near to stays as it is.

    scikit-learn's waits for its threads in turn, and on a PC whose line runs that takes a minute.
    """
    rng = np.random.default_rng(seed)
    every = each.reshape(-1, each.shape[2])
    some = every[rng.permutation(len(every))[:EXAMPLES]]
    words = some[rng.permutation(len(some))[:size]]
    for _ in range(ROUNDS):
        nearest = (some @ words.T - np.square(words).sum(axis=1) / 2).argmax(axis=1)
        counts = np.bincount(nearest, minlength=len(words))
        order = np.argsort(nearest, kind="stable")
        starts = np.flatnonzero(counts)
        first = (np.cumsum(counts) - counts)[starts]
        words[starts] = np.add.reduceat(some[order], first) / counts[starts, None]
    return np.asarray(words, np.float32)
