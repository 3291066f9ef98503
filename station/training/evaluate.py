"""A model held against a labelled folder, by the same `Engine.look` as on the line."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from station.cameras.image_file import read_image
from station.domain.inspection import Verdict
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.errors import DatasetError, ErrorCode, ImageError
from station.inference.engine import Engine
from station.training.dataset import Sample, Skipped, scan

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One image: what it is, what the model says, and what the rule makes of it."""

    path: Path
    truth: str
    label: str
    score: float
    confidence: float
    verdict: Verdict
    ms: float


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Of one class; `n` images bear it. Precision and recall are 0 where nothing was counted."""

    label: str
    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Rows and what they add up to.

    confusion[i][j]: images of class i that were called class j, by `classes`. An escape is a bad
    part judged OK, a false reject a good part judged NG; `reviews` go to a person. auroc: of the
    score, good against bad; None where one side is missing. macro_f1: over classes with images.
    """

    rows: tuple[EvaluationRow, ...]
    skipped: tuple[Skipped, ...]
    classes: tuple[str, ...]
    n: int
    accuracy: float
    macro_f1: float
    per_class: tuple[ClassFigures, ...]
    confusion: tuple[tuple[int, ...], ...]
    escapes: int
    bad_total: int
    false_rejects: int
    good_total: int
    reviews: int
    auroc: float | None


def evaluate(
    engine: Engine,
    folder: Path,
    progress: Progress | None = None,
    recipe: Recipe | None = None,
) -> Evaluation:
    """Look at every image of every class folder, one by one; `engine` is open.

    Judged by the recipe's limits and within its ROI, or by the card's limits over the whole image.
    Raises DatasetError FOLDER_NOT_FOUND, FOLDER_EMPTY, DATASET_UNKNOWN_CLASS.
    """
    samples = scan(folder)
    card = engine.card
    for label in sorted({sample.label for sample in samples}):
        if label not in card.classes:
            known = ", ".join(card.classes)
            raise DatasetError(ErrorCode.DATASET_UNKNOWN_CLASS, label=label, known=known)
    rule = recipe or card_recipe(engine)
    (rows,), skipped = look_at_all([(engine, rule)], samples, progress)
    if not rows:
        raise DatasetError(ErrorCode.FOLDER_EMPTY, path=folder)
    return summarise(rows, skipped, card.classes, card.good)


def look_at_all(
    contenders: Sequence[tuple[Engine, Recipe]],
    samples: Sequence[Sample],
    progress: Progress | None = None,
) -> tuple[tuple[tuple[EvaluationRow, ...], ...], tuple[Skipped, ...]]:
    """The rows of each contender over the same parts, and the images that none of them judged.

    They take turns at every part, so that whatever else the PC does slows all of them alike.
    """
    columns: list[list[EvaluationRow]] = [[] for _ in contenders]
    skipped: list[Skipped] = []
    for place, sample in enumerate(samples, start=1):
        try:
            found = [look_at(engine, sample, recipe) for engine, recipe in contenders]
        except ImageError as error:
            skipped.append(Skipped(sample.path, error.fault))
        else:
            for column, row in zip(columns, found, strict=True):
                column.append(row)
        if progress is not None:
            progress("evaluate", place / len(samples))
    return tuple(map(tuple, columns)), tuple(skipped)


def card_recipe(engine: Engine) -> Recipe:
    """The limits that the model itself proposes, over the whole image."""
    card = engine.card
    return Recipe(
        name=card.name,
        model=str(engine.path),
        model_sha256=engine.sha256,
        review_limit=card.review_limit,
        ng_limit=card.ng_limit,
    )


def look_at(engine: Engine, sample: Sample, recipe: Recipe) -> EvaluationRow:
    """One image through the engine and the rule. Raises ImageError, ModelError."""
    finding = engine.look(read_image(sample.path), recipe.roi, recipe.ignore)
    return EvaluationRow(
        path=sample.path,
        truth=sample.label,
        label=finding.label,
        score=finding.score,
        confidence=finding.confidence,
        verdict=judge(finding, recipe),
        ms=finding.ms,
    )


def summarise(
    rows: Sequence[EvaluationRow],
    skipped: Sequence[Skipped],
    classes: Sequence[str],
    good: Sequence[str],
) -> Evaluation:
    """The figures over at least one row."""
    pairs = Counter((row.truth, row.label) for row in rows)
    confusion = tuple(tuple(pairs[t, c] for c in classes) for t in classes)
    per_class = tuple(_figures(name, i, confusion) for i, name in enumerate(classes))
    passes = [row for row in rows if row.truth in good]
    bad = [row for row in rows if row.truth not in good]
    present = [figures.f1 for figures in per_class if figures.n]
    return Evaluation(
        rows=tuple(rows),
        skipped=tuple(skipped),
        classes=tuple(classes),
        n=len(rows),
        accuracy=sum(row.truth == row.label for row in rows) / len(rows),
        macro_f1=sum(present) / len(present) if present else 0.0,
        per_class=per_class,
        confusion=confusion,
        escapes=sum(row.verdict is Verdict.OK for row in bad),
        bad_total=len(bad),
        false_rejects=sum(row.verdict is Verdict.NG for row in passes),
        good_total=len(passes),
        reviews=sum(row.verdict is Verdict.REVIEW for row in rows),
        auroc=auroc([row.score for row in passes], [row.score for row in bad]),
    )


def auroc(good: Sequence[float], bad: Sequence[float]) -> float | None:
    """How often a bad part scores above a good one, ties half; None where one side is missing."""
    if not good or not bad:
        return None
    below = np.sort(np.asarray(good))
    low = np.searchsorted(below, bad, side="left")
    high = np.searchsorted(below, bad, side="right")
    return float((low + high).mean() / 2 / len(good))


def _figures(label: str, i: int, confusion: Sequence[Sequence[int]]) -> ClassFigures:
    hits, n = confusion[i][i], sum(confusion[i])
    called = sum(row[i] for row in confusion)
    precision = hits / called if called else 0.0
    recall = hits / n if n else 0.0
    f1 = 2 * hits / (called + n) if called + n else 0.0
    return ClassFigures(label, precision, recall, f1, n)
