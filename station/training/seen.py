"""All numbers that a linear head learns from: features of whole images, and answers of spots."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from station.inference.provider import CPU, new_session
from station.training.backbone import DEPTH, FEATURES, Input, feature_model
from station.training.embed import THREADS, Source, embed, stream
from station.training.fuse import (
    ANSWERS,
    COARSE_TAP,
    FINE,
    FINE_TAP,
    WHERE,
    asking_model,
    taps_model,
)
from station.training.methods.base import Progress
from station.training.spots import PLACE, Spots, Taps, learn_spots, targets_of
from station.training.turned import QUARTERS, Turns, all_turns, turned_ones

LEARNERS = 640  # images that the spots learn from, and no more than
TAP_BYTES = 256 * 2**20  # of their taps in memory
LEAST = 3  # of a class, whatever memory that takes
AT_ONCE = 16  # images in one question

Array = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]
Chunk = tuple[Index, Taps]


@dataclass(frozen=True, slots=True)
class Seen:
    """Numbers of every image: features, answers of unseeing spots, answers of the final ones."""

    features: Array
    crossed_answers: Array
    answers: Array
    spots: Spots
    turns: Turns


def see(
    sources: Sequence[Source],
    form: Input,
    labels: Index,
    folds: Index,
    good: tuple[int, ...],
    seed: int,
    progress: Progress,
) -> Seen:
    """Once over the images for features and some taps, and once to have all spots answer."""
    learners = _learners(form, labels, folds, good)
    features, taps = _first_look(sources, form, learners, progress)
    turns = _turn(sources, form, labels, folds, features, progress)
    progress("spots", 0.0)
    sets = learn_spots(taps, labels[learners], folds[learners], good, seed, _ask)
    progress("spots", 1.0)
    answers = _all_answers(sources, form, learners, taps, sets, progress)
    own = np.arange(len(sources))
    return Seen(features, answers[own, folds + 1], answers[:, 0], sets[0], turns)


def _learners(form: Input, labels: Index, folds: Index, good: tuple[int, ...]) -> Index:
    """Images the spots learn from: good against bad half and half, folds by turns."""
    each = (form.height // FINE) * (form.width // FINE) * PLACE * 4
    room = min(LEARNERS, TAP_BYTES // each)
    kept: list[int] = []
    classes = int(labels.max()) + 1
    bad = targets_of(classes, good)
    for k in range(classes):
        side = (good if k in good else bad) if good else bad
        quota = room // (len(side) * (2 if good else 1))
        own = np.flatnonzero(labels == k)
        rank = np.zeros(len(own), np.intp)
        for number in range(int(folds.max()) + 1):
            within = folds[own] == number
            rank[within] = np.arange(int(within.sum()))
        kept.extend(own[np.lexsort((folds[own], rank))][: max(LEAST, quota)])
    return np.array(sorted(kept), np.intp)


def _first_look(
    sources: Sequence[Source], form: Input, learners: Index, progress: Progress
) -> tuple[Array, Taps]:
    """Features of all images, taps of the learners."""
    model, outputs = taps_model(form), (FEATURES, FINE_TAP, COARSE_TAP)
    features = np.empty((len(sources), DEPTH), np.float32)
    places = np.full(len(sources), -1, np.intp)
    places[learners] = np.arange(len(learners))
    taps: Taps | None = None
    for start, (pooled, fine, coarse) in stream(model, sources, form, outputs, outputs[1:]):
        end = start + len(pooled)
        features[start:end] = pooled
        if taps is None:
            taps = Taps(*(np.empty((len(learners), *t.shape[1:]), "f4") for t in (fine, coarse)))
        own = places[start:end]
        taps.fine[own[own >= 0]] = fine[own >= 0]
        taps.coarse[own[own >= 0]] = coarse[own >= 0]
        progress("embed", end / len(sources))
    assert taps is not None
    return features, taps


def _turn(
    sources: Sequence[Source],
    form: Input,
    labels: Index,
    folds: Index,
    features: Array,
    progress: Progress,
) -> Turns:
    """What turning changes in some of the images as they are."""
    paths = {i: source for i, source in enumerate(sources) if isinstance(source, Path)}
    chosen = turned_ones(labels, np.array(list(paths), np.intp))
    if not len(chosen):
        return Turns(features[:0], folds[:0])
    turned = all_turns([paths[i] for i in chosen])
    own = np.repeat(chosen, len(QUARTERS))
    (found,) = embed(
        feature_model(form), turned, form, [FEATURES], lambda _: progress("embed", 1.0)
    )
    return Turns(found - features[own], folds[own])


def _all_answers(
    sources: Sequence[Source],
    form: Input,
    learners: Index,
    taps: Taps,
    sets: Sequence[Spots],
    progress: Progress,
) -> Array:
    """(images, sets, targets): from the taps in memory, and from the cache for all others."""
    weights = np.concatenate([spots.weights for spots in sets])
    bias = np.concatenate([spots.bias for spots in sets])
    asker = _Asker(taps, weights, bias)
    answers = np.empty((len(sources), len(bias)), np.float32)
    for where, part in _pieces(learners, taps):
        answers[where] = asker.ask(part, ANSWERS)
    done, rest = len(learners), np.setdiff1d(np.arange(len(sources)), learners)
    for where, part in _streamed(sources, form, rest):
        answers[where] = asker.ask(part, ANSWERS)
        done += len(where)
        progress("answers", done / len(sources))
    progress("answers", 1.0)
    return answers.reshape(len(sources), len(sets), -1)


def _streamed(sources: Sequence[Source], form: Input, rows: Index) -> Iterator[Chunk]:
    """The taps of those images, piece by piece; from the cache where they still lie there."""
    model, outputs = taps_model(form), (FEATURES, FINE_TAP, COARSE_TAP)
    wanted = [sources[i] for i in rows]
    for start, (_, fine, coarse) in stream(model, wanted, form, outputs, outputs[1:]):
        chosen = rows[start : start + len(fine)]
        yield chosen, Taps(fine.astype(np.float32), coarse.astype(np.float32))


def _pieces(rows: Index, taps: Taps) -> Iterator[Chunk]:
    for start in range(0, len(rows), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        yield rows[part], Taps(taps.fine[part], taps.coarse[part])


def _ask(taps: Taps, weights: Array, bias: Array) -> Index:
    """`spots.Ask`: which places answer most."""
    asker = _Asker(taps, weights, bias)
    pieces = _pieces(np.arange(len(taps.fine)), taps)
    return np.concatenate([asker.ask(part, WHERE) for _, part in pieces])


class _Asker:
    """Directions laid over taps of that grid."""

    def __init__(self, taps: Taps, weights: Array, bias: Array) -> None:
        high, wide = taps.fine.shape[1:3]
        self._session = new_session(asking_model(weights, bias, high, wide), CPU, THREADS)

    def ask(self, taps: Taps, output: str) -> npt.NDArray[Any]:
        """ANSWERS or WHERE."""
        found = self._session.run([output], {FINE_TAP: taps.fine, COARSE_TAP: taps.coarse})
        return np.asarray(found[0])
