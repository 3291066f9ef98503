"""Known parts that settle what a foreign file does not say, and show how far it agrees."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.errors import DatasetError, ErrorCode, ImageError
from station.inference.model import INPUT, SCORES, card_from_json
from station.inference.prepare import prepare
from station.inference.provider import CPU, new_session
from station.training.dataset import GOOD_NAMES, scan
from station.training.foreign.choices import answer_of, answered, answers_to
from station.training.foreign.convert import convert, meaning
from station.training.foreign.recognised import (
    Anomaly,
    Boxes,
    Question,
    Recognised,
    Scores,
    UnsuitableError,
    Why,
    clue,
)
from station.training.foreign.source import Source

MOST = 60  # images; each candidate sees every one
THREADS = 2
CLEAR = 0.02  # by so much more of the images a candidate must agree
SURE = 0.8  # the agreement from which images name the classes

Numbers = npt.NDArray[np.float64]
Tick = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Golden:
    """Images and the names of their folders; frame: their usual height and width."""

    images: tuple[Pixels, ...]
    labels: tuple[str, ...]
    frame: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trial:
    """One candidate: what was answered, the share of images that agree, how sure it was of them."""

    answers: tuple[tuple[str, str], ...]
    share: float
    sure: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one folder: its images, how many agree, and what the model says most often."""

    label: str
    n: int
    right: int
    said: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The model with what the golden images answered, the candidates, and the final agreement."""

    found: Recognised
    trials: tuple[Trial, ...]
    table: tuple[Agreement, ...]

    @property
    def share(self) -> float:
        """Of all images."""
        total = sum(row.n for row in self.table)
        return sum(row.right for row in self.table) / total if total else 0.0


def read_golden(folder: Path) -> Golden:
    """Of each class the first images, so that all of them are MOST at the most.

    Raises DatasetError FOLDER_NOT_FOUND, FOLDER_EMPTY.
    """
    samples = scan(folder)
    classes = sorted({sample.label for sample in samples})
    quota = max(1, MOST // len(classes))
    images: list[Pixels] = []
    labels: list[str] = []
    for name in classes:
        own = [sample.path for sample in samples if sample.label == name][:quota]
        for path in own:
            try:
                images.append(read_image(path))
            except ImageError:
                continue
            labels.append(name)
    if not images:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=folder)
    (frame, _), *_ = Counter(image.shape[:2] for image in images).most_common(1)
    return Golden(tuple(images), tuple(labels), (frame[0], frame[1]))


def settle(
    source: Source,
    found: Recognised,
    golden: Golden,
    good: Sequence[str] | None,
    tick: Tick,
) -> Settled:
    """Try the answers to what is open: colours and scaling together, then the resize rule."""
    asked = [q for q in found.open if q is not Question.CLASSES]
    first = [question for question in asked if question is not Question.RESIZE]
    last = [question for question in asked if question is Question.RESIZE]
    trials: list[Trial] = []
    for questions in (each for each in (first, last) if each):
        found, tried = _round(source, found, golden, questions, good, tick)
        trials += tried
    said = asked_of(source, found, golden, good)
    found = _named(found, golden, said)
    table = _table(found, golden, said, good)
    return Settled(found, tuple(trials), table)


def asked_of(
    source: Source, found: Recognised, golden: Golden, good: Sequence[str] | None
) -> Numbers:
    """The probabilities (images, classes of the card) of the model as it would be converted."""
    known = good if found.named else None
    model = convert(source, found, "trial", known, golden.frame)
    session = new_session(model, CPU, THREADS)
    text = session.get_modelmeta().custom_metadata_map["station.card"]
    card = card_from_json(text, source.path)
    rows = [session.run([SCORES], {INPUT: prepare(one, None, card)})[0] for one in golden.images]
    return np.concatenate(rows).astype(np.float64)


def _round(
    source: Source,
    found: Recognised,
    golden: Golden,
    questions: Sequence[Question],
    good: Sequence[str] | None,
    tick: Tick,
) -> tuple[Recognised, list[Trial]]:
    """Every combination of answers; the usual one first, which wins where nothing is clearer."""
    start = found.preparation
    usual = tuple(answer_of(start, question) for question in questions)
    ways = itertools.product(*(answers_to(question, start) for question in questions))
    tried: list[tuple[Trial, Recognised]] = []
    rest = [way for way in ways if way != usual]
    for count, way in enumerate([usual, *rest]):
        preparation = start
        for question, answer in zip(questions, way, strict=True) if way != usual else ():
            preparation = answered(preparation, question, answer)
        candidate = replace(found, preparation=preparation)
        told = tuple(
            (question.value, answer) for question, answer in zip(questions, way, strict=True)
        )
        share, sure = _judged(source, candidate, golden, good)
        tried.append((Trial(told, share, sure), candidate))
        tick((count + 1) / (len(rest) + 1))
    best = max(tried, key=lambda one: one[0].share)
    if not _clearer(best[0], tried[0][0]):
        best = tried[0]
    return _closed(best, [one[0] for one in tried], questions), [one[0] for one in tried]


def _judged(
    source: Source, found: Recognised, golden: Golden, good: Sequence[str] | None
) -> tuple[float, float]:
    try:
        said = asked_of(source, found, golden, good)
    except UnsuitableError:
        return 0.0, 0.0
    if not np.isfinite(said).all():
        return 0.0, 0.0
    truth = _truth(found, golden, said, good)
    right = said.argmax(1) == truth
    return float(right.mean()), float(said[np.arange(len(truth)), truth].mean())


def _clearer(one: Trial, other: Trial) -> bool:
    """Agreement alone counts: how sure a network is only tells how large its input was."""
    return one.share > other.share + CLEAR


def _closed(
    best: tuple[Trial, Recognised], trials: Iterable[Trial], questions: Sequence[Question]
) -> Recognised:
    """Each question of which another answer agrees clearly less is open no longer."""
    trial, found = best
    own = dict(trial.answers)
    for question in questions:
        rivals = [t for t in trials if dict(t.answers)[question.value] != own[question.value]]
        if rivals and all(_clearer(trial, rival) for rival in rivals):
            answer = clue(
                Why.GOLDEN, question=question.value, answer=own[question.value], share=trial.share
            )
            kept = [one for one in found.clues if not _supposed(one, question)]
            still = tuple(q for q in found.open if q is not question)
            found = replace(found, clues=(*kept, answer), open=still)
    return found


def _supposed(one: object, question: Question) -> bool:
    return getattr(one, "why", None) is Why.USUAL and ("question", question.value) in getattr(
        one, "facts", ()
    )


def _truth(
    found: Recognised, golden: Golden, said: Numbers, good: Sequence[str] | None
) -> npt.NDArray[np.intp]:
    """For each image the class that its folder means.

    By name; where folders have other names, good and bad for what knows only these, else the
    assignment of folders to classes that agrees best.
    """
    card = meaning(found, good if found.named else None)
    names = [name.lower() for name in card.classes]
    if all(label.lower() in names for label in golden.labels):
        return np.array([names.index(label.lower()) for label in golden.labels], np.intp)
    if isinstance(found.reading, Anomaly | Boxes):
        return _good_or_bad(golden, said)
    places = _assigned(golden, said)
    return np.array([places[label] for label in golden.labels], np.intp)


def _good_or_bad(golden: Golden, said: Numbers) -> npt.NDArray[np.intp]:
    """0 for good folders; any bad class is right for the others."""
    worst = said[:, 1:].argmax(1) + 1
    good = np.array([label.lower() in GOOD_NAMES for label in golden.labels])
    return np.where(good, 0, worst).astype(np.intp)


def _assigned(golden: Golden, said: Numbers) -> dict[str, int]:
    """Each folder's class, no class twice where there are enough."""
    labels = sorted(set(golden.labels))
    table = np.zeros((len(labels), said.shape[1]))
    for label, row in zip(golden.labels, said, strict=True):
        table[labels.index(label)] += row
    rows, columns = linear_sum_assignment(-table)
    found = {labels[r]: int(c) for r, c in zip(rows, columns, strict=True)}
    return {label: found.get(label, int(table[i].argmax())) for i, label in enumerate(labels)}


def _named(found: Recognised, golden: Golden, said: Numbers) -> Recognised:
    """Classes without names take those of the folders, where each has one and they agree."""
    if found.named or not isinstance(found.reading, Scores):
        return found
    places = _assigned(golden, said)
    right = np.mean([said[i].argmax() == places[x] for i, x in enumerate(golden.labels)])
    if len(set(places.values())) != said.shape[1] or right < SURE:
        return found
    names = sorted(places, key=lambda label: places[label])
    answer = clue(Why.GOLDEN, question="classes", answer=", ".join(names), share=float(right))
    still = tuple(question for question in found.open if question is not Question.CLASSES)
    clues = (*found.clues, answer)
    return replace(found, classes=tuple(names), named=True, open=still, clues=clues)


def _table(
    found: Recognised, golden: Golden, said: Numbers, good: Sequence[str] | None
) -> tuple[Agreement, ...]:
    """Of each folder how many images agree."""
    card = meaning(found, good if found.named else None)
    truth = _truth(found, golden, said, good)
    told = said.argmax(1)
    rows = []
    for label in sorted(set(golden.labels)):
        own = np.array([one == label for one in golden.labels])
        (most, _), *_ = Counter(told[own].tolist()).most_common(1)
        right = int((told[own] == truth[own]).sum())
        rows.append(Agreement(label, int(own.sum()), right, card.classes[most]))
    return tuple(rows)
