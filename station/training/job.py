"""From a folder to a model file."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from station.errors import ErrorCode, RecipeError
from station.training.augment import check_kinds
from station.training.auto import MethodRow, fit_best
from station.training.dataset import Dataset, Skipped, read_dataset
from station.training.embed import THREADS
from station.training.expected import Expected, expected_of
from station.training.folds import MOST_FOLDS, fold_numbers
from station.training.groups import Groups
from station.training.isotonic import calibrated
from station.training.methods.base import Fitted, Index, Progress, SizeRow, Wishes
from station.training.registry import AUTO, method
from station.training.sizes import check_size
from station.training.synthesis import Trial, helping, trial_of
from station.whole import check_writable, write_whole

FOLD_LIMITS = (2, 20)


@dataclass(frozen=True, slots=True)
class TrainResult:
    """What the person who taught is told.

    cv_…: by cross-validation, of images that the judging model had not seen. escapes,
    false_rejects: of those, at the limits of the card; of bad_total and good_total parts. sizes
    holds one row where nothing was compared, table none unless methods were. synthetic: what came
    of synthetic defects; None where none were wished for.
    """

    out: Path
    sha256: str
    classes: tuple[str, ...]
    good: tuple[str, ...]
    n: int
    cv_accuracy: float
    cv_std: float
    auroc: float | None
    escapes: int
    bad_total: int
    false_rejects: int
    good_total: int
    seconds: float
    method: str
    size: int
    channels: int
    sizes: tuple[SizeRow, ...]
    table: tuple[MethodRow, ...]
    review_limit: float
    ng_limit: float
    skipped: tuple[Skipped, ...]
    synthetic: Trial | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson with all that a report is made from. dataset: what was learnt from, and no more."""

    result: TrainResult
    source: Path
    dataset: Dataset
    kept_back: Dataset
    folds: Index
    fitted: Fitted


def no_progress(step: str, share: float) -> None:
    """For callers that nobody watches."""


def train(
    folder: Path,
    out: Path,
    method_name: str = "linear",
    good: Sequence[str] | None = None,
    seed: int = 0,
    size: int | None = None,
    progress: Progress = no_progress,
    *,
    groups: Groups | None = None,
    folds: int = MOST_FOLDS,
    augment: Sequence[str] = (),
    balance: bool = True,
    synthetic: str = "",
) -> TrainResult:
    """As `teach`, for those who want the figures alone."""
    wishes = Wishes(seed, size, tuple(augment), balance, synthetic)
    return teach(folder, out, method_name, good, wishes, progress, groups, folds).result


def teach(
    folder: Path,
    out: Path,
    method_name: str,
    good: Sequence[str] | None,
    wishes: Wishes,
    progress: Progress = no_progress,
    groups: Groups | None = None,
    folds: int = MOST_FOLDS,
) -> Taught:
    """Teach a model from a folder or a snapshot's manifest, and write it to `out` at once.

    What is kept back for tests is not learnt from. method_name: of the registry, or AUTO.
    progress(step, 0 … 1) is told on this thread; what it raises ends the lesson, and nothing is
    written. The same data, wishes and name give the same bytes. Raises DatasetError of
    `read_dataset` and of the method, METHOD_UNKNOWN, EXTRA_MISSING or OUTPUT_NOT_WRITABLE,
    RecipeError RECIPE_BAD_VALUE.
    """
    began = time.monotonic()
    fit = None if method_name == AUTO else method(method_name).load()
    wishes = replace(wishes, augment=check_kinds(wishes.augment))
    helped = helping(wishes.synthetic)
    check_size(wishes.size)
    _check_folds(folds)
    check_writable(out)
    progress("read", 0.0)
    whole = read_dataset(folder, good, groups)
    dataset = whole.learning
    numbers = fold_numbers(np.array(dataset.labels, np.intp), wishes.seed, dataset.groups, folds)
    table: tuple[MethodRow, ...] = ()
    with threadpool_limits(THREADS):
        if fit is None:
            fitted, table = fit_best(dataset, numbers, wishes, out.stem, progress)
        else:
            fitted = helped(fit)(dataset, numbers, wishes, out.stem, progress)
        fitted = calibrated(fitted, dataset, numbers)
    progress("write", 0.0)
    write_whole({out: fitted.model})
    progress("write", 1.0)
    expected = expected_of(fitted, dataset, numbers)
    result = _result(out, dataset, whole.skipped, fitted, expected, table, began)
    if wishes.synthetic:
        result = replace(result, synthetic=trial_of(fitted.card, wishes.synthetic))
    return Taught(result, folder, dataset, whole.kept_back, numbers, fitted)


def _result(
    out: Path,
    dataset: Dataset,
    skipped: tuple[Skipped, ...],
    fitted: Fitted,
    expected: Expected,
    table: tuple[MethodRow, ...],
    began: float,
) -> TrainResult:
    card = fitted.card
    return TrainResult(
        out=out,
        sha256=hashlib.sha256(fitted.model).hexdigest(),
        classes=card.classes,
        good=card.good,
        n=len(dataset.samples),
        cv_accuracy=expected.cv_accuracy,
        cv_std=expected.cv_std,
        auroc=expected.auroc,
        escapes=expected.escapes,
        bad_total=expected.bad_total,
        false_rejects=expected.false_rejects,
        good_total=expected.good_total,
        seconds=time.monotonic() - began,
        method=card.method,
        size=max(card.height, card.width),
        channels=card.channels,
        sizes=fitted.sizes,
        table=table,
        review_limit=card.review_limit,
        ng_limit=card.ng_limit,
        skipped=skipped,
    )


def _check_folds(folds: int) -> None:
    low, high = FOLD_LIMITS
    if not low <= folds <= high:
        allowed = f"{low} … {high}"
        raise RecipeError(ErrorCode.RECIPE_BAD_VALUE, field="folds", value=folds, allowed=allowed)
