"""From a folder to a model file."""

import contextlib
import hashlib
import math
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from station.errors import DatasetError, ErrorCode, RecipeError
from station.inference.model import INPUT
from station.inference.provider import CPU, default_threads, new_session
from station.training.backbone import Input
from station.training.dataset import MINIMUM, Dataset, Skipped, read_dataset
from station.training.embed import THREADS
from station.training.methods.linear import Lesson, Progress
from station.training.registry import Method, method

SIZES = (224, 320, 448, 640)  # that are compared; a wish may be any of the limits below
SIZE_LIMITS = (224, 1024)
SIZE_STEP = 32
TRIAL_IMAGES = 160  # on which the sizes are compared
TIMED_RUNS = 7


@dataclass(frozen=True, slots=True)
class SizeRow:
    """One input size in the comparison: accuracy on the trial images, time of a part here."""

    size: int
    cv_accuracy: float
    cv_std: float
    ms: float


@dataclass(frozen=True, slots=True)
class TrainResult:
    """What the person who taught is told. `sizes` holds one row where nothing was compared."""

    out: Path
    sha256: str
    classes: tuple[str, ...]
    good: tuple[str, ...]
    n: int
    cv_accuracy: float
    cv_std: float
    seconds: float
    method: str
    size: int
    channels: int
    sizes: tuple[SizeRow, ...]
    review_limit: float
    ng_limit: float
    skipped: tuple[Skipped, ...]


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
) -> TrainResult:
    """Teach a model from a folder with one sub-folder per class, and write it to `out` at once.

    size: the side of the square input; None compares SIZES. progress(step, 0 … 1) is told on
    this thread. The same folder, seed and name give the same bytes. Raises DatasetError of
    `read_dataset`, METHOD_UNKNOWN or OUTPUT_NOT_WRITABLE, RecipeError RECIPE_BAD_VALUE.
    """
    began = time.monotonic()
    how = method(method_name)
    _check_size(size)
    _check_writable(out)
    progress("read", 0.0)
    dataset = read_dataset(folder, good)
    with threadpool_limits(THREADS):
        rows = _compare(how, dataset, size, seed, progress)
        side = _choose(rows) if rows else size or SIZES[0]
        lesson = how.teach(dataset, Input(side, side, dataset.channels), seed, progress)
    model = how.build(lesson, dataset, out.stem)
    rows = rows or (_row(lesson, model),)
    progress("write", 0.0)
    _write(out, model)
    progress("write", 1.0)
    return TrainResult(
        out=out,
        sha256=hashlib.sha256(model).hexdigest(),
        classes=dataset.classes,
        good=dataset.good,
        n=len(dataset.samples),
        cv_accuracy=lesson.crossed.accuracy,
        cv_std=lesson.crossed.std,
        seconds=time.monotonic() - began,
        method=f"{method_name}: {lesson.kind}",
        size=side,
        channels=dataset.channels,
        sizes=rows,
        review_limit=lesson.limits[0],
        ng_limit=lesson.limits[1],
        skipped=dataset.skipped,
    )


def candidate_sizes(side: int) -> tuple[int, ...]:
    """The sizes worth comparing for images of that longer side: none invents pixels."""
    most = max(SIZES[0], math.ceil(side / SIZE_STEP) * SIZE_STEP)
    return tuple(size for size in SIZES if size <= most)


def _compare(
    how: Method, dataset: Dataset, size: int | None, seed: int, progress: Progress
) -> tuple[SizeRow, ...]:
    """A row for each candidate on the same few images; nothing where there is no choice."""
    sizes = candidate_sizes(dataset.side)
    if size is not None or len(sizes) == 1:
        return ()
    few = _few(dataset, seed)
    rows = []
    for place, candidate in enumerate(sizes):
        progress("sizes", place / len(sizes))
        form = Input(candidate, candidate, dataset.channels)
        lesson = how.teach(few, form, seed, no_progress)
        rows.append(_row(lesson, how.build(lesson, few, "trial")))
    progress("sizes", 1.0)
    return tuple(rows)


def _choose(rows: Sequence[SizeRow]) -> int:
    """The smallest size whose accuracy lies within one standard error of the best."""
    best = max(rows, key=lambda row: row.cv_accuracy)
    enough = best.cv_accuracy - best.cv_std / math.sqrt(MINIMUM)
    return min(row.size for row in rows if row.cv_accuracy >= enough)


def _few(dataset: Dataset, seed: int) -> Dataset:
    """TRIAL_IMAGES drawn from all classes in proportion, never fewer of one than it takes."""
    labels = np.array(dataset.labels)
    rng = np.random.default_rng(seed)
    share = min(1.0, TRIAL_IMAGES / len(labels))
    chosen: list[int] = []
    for k in range(len(dataset.classes)):
        own = np.flatnonzero(labels == k)
        count = min(len(own), max(MINIMUM, round(share * len(own))))
        chosen.extend(rng.choice(own, count, replace=False))
    return replace(dataset, samples=tuple(dataset.samples[i] for i in sorted(chosen)))


def _row(lesson: Lesson, model: bytes) -> SizeRow:
    """What the comparison says of a lesson, with one part's time on the CPU as the line runs."""
    form = lesson.form
    session = new_session(model, CPU, default_threads())
    image = np.zeros((1, form.height, form.width, form.channels), np.uint8)
    times = []
    for _ in range(TIMED_RUNS):
        began = time.monotonic_ns()
        session.run(None, {INPUT: image})
        times.append((time.monotonic_ns() - began) / 1e6)
    crossed = lesson.crossed
    return SizeRow(form.height, crossed.accuracy, crossed.std, statistics.median(times))


def _check_size(size: int | None) -> None:
    low, high = SIZE_LIMITS
    if size is not None and (not low <= size <= high or size % SIZE_STEP):
        allowed = f"{low} … {high}, a multiple of {SIZE_STEP}"
        raise RecipeError(ErrorCode.RECIPE_BAD_VALUE, field="size", value=size, allowed=allowed)


def _check_writable(out: Path) -> None:
    """Before the work, not after it."""
    if out.is_dir():
        raise DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason="a folder")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _part(out).touch()
        _part(out).unlink()
    except OSError as error:
        raise _not_writable(out, error) from None


def _write(out: Path, data: bytes) -> None:
    """Whole or not at all."""
    part = _part(out)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise _not_writable(out, error) from None


def _part(out: Path) -> Path:
    return out.with_name(f".{out.name}.{os.getpid()}.part")


def _not_writable(out: Path, error: OSError) -> DatasetError:
    reason = error.strerror or str(error)
    return DatasetError(ErrorCode.OUTPUT_NOT_WRITABLE, path=out, reason=reason)
