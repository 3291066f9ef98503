"""How large the input of a model should be: compared where there is a choice, never guessed."""

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from station.errors import ErrorCode, RecipeError
from station.inference.model import INPUT
from station.inference.provider import CPU, default_threads, new_session
from station.training.backbone import Input
from station.training.dataset import MINIMUM, Dataset
from station.training.methods.base import SizeRow

SIZES = (224, 320, 448, 640)  # that are compared; a wish may be any of the limits below
SIZE_LIMITS = (224, 1024)
SIZE_STEP = 32
TRIAL_IMAGES = 160  # on which the sizes are compared
TIMED_RUNS = 7


def check_size(size: int | None) -> None:
    """Raises RecipeError RECIPE_BAD_VALUE."""
    low, high = SIZE_LIMITS
    if size is not None and (not low <= size <= high or size % SIZE_STEP):
        allowed = f"{low} … {high}, a multiple of {SIZE_STEP}"
        raise RecipeError(ErrorCode.RECIPE_BAD_VALUE, field="size", value=size, allowed=allowed)


def candidate_sizes(side: int) -> tuple[int, ...]:
    """The sizes worth comparing for images of that longer side: none invents pixels."""
    most = max(SIZES[0], math.ceil(side / SIZE_STEP) * SIZE_STEP)
    return tuple(size for size in SIZES if size <= most)


def compare_sizes(
    dataset: Dataset,
    seed: int,
    trial: Callable[[Dataset, Input], SizeRow],
    tick: Callable[[float], None],
) -> tuple[SizeRow, ...]:
    """A row for each candidate on the same few images; nothing where there is no choice."""
    sizes = candidate_sizes(dataset.side)
    if len(sizes) == 1:
        return ()
    few = _few(dataset, seed)
    rows = []
    for place, side in enumerate(sizes):
        tick(place / len(sizes))
        rows.append(trial(few, Input(side, side, dataset.channels)))
    tick(1.0)
    return tuple(rows)


def best_size(rows: Sequence[SizeRow]) -> int:
    """The smallest size whose accuracy lies within one standard error of the best."""
    best = max(rows, key=lambda row: row.cv_accuracy)
    enough = best.cv_accuracy - best.cv_std / math.sqrt(MINIMUM)
    return min(row.size for row in rows if row.cv_accuracy >= enough)


def part_ms(model: bytes, form: Input) -> float:
    """The time of one part on the CPU as the line runs, median of a few."""
    session = new_session(model, CPU, default_threads())
    image = np.zeros((1, form.height, form.width, form.channels), np.uint8)
    times = []
    for _ in range(TIMED_RUNS):
        began = time.monotonic_ns()
        session.run(None, {INPUT: image})
        times.append((time.monotonic_ns() - began) / 1e6)
    return statistics.median(times)


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
