"""The method is chosen by proof: all that fit the data are taught on the same folds."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from station.errors import DatasetError, ErrorCode, Fault
from station.inference.model import ModelCard
from station.training.backbone import Input
from station.training.dataset import Dataset
from station.training.expected import Expected, expected_of
from station.training.fuse import with_card
from station.training.methods.base import Fitted, Index, Progress, Wishes
from station.training.registry import METHODS, Method
from station.training.sizes import part_ms
from station.training.synthesis import helping

LEAST_GOOD = 20  # good parts from which a method of good parts alone can learn
LEAST_FOR_NETS = 200  # images from which a network of its own is worth trying


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One method in the comparison. `ms` of a part, `seconds` to teach, `megabytes` of the file.

    fault: why it came to nothing; then there are no figures.
    """

    method: str
    kind: str = ""
    expected: Expected | None = None
    ms: float = 0.0
    seconds: float = 0.0
    megabytes: float = 0.0
    fault: Fault | None = None


def candidates(dataset: Dataset) -> tuple[Method, ...]:
    """The methods that fit this data on this PC, the quickest to teach first."""
    return tuple(method for method in METHODS.values() if _fits(method, dataset))


def fit_best(
    dataset: Dataset, folds: Index, wishes: Wishes, name: str, progress: Progress
) -> tuple[Fitted, tuple[MethodRow, ...]]:
    """The best by escapes, then false rejects, then time, and the table that shows it.

    A method that cannot learn from this data is a row with its fault. Raises the DatasetError of
    the first where none can, DATASET_ONE_CLASS where there is none to try.
    """
    fitted: list[Fitted] = []
    rows: list[MethodRow] = []
    failed: list[MethodRow] = []
    methods, helped = candidates(dataset), helping(wishes.synthetic)
    for place, method in enumerate(methods, start=1):
        told = _told(progress, f"{place}/{len(methods)} {method.name}")
        began = time.monotonic()
        try:
            made = helped(method.load())(dataset, folds, wishes, name, told)
        except DatasetError as error:
            failed.append(MethodRow(method.name, fault=error.fault))
            continue
        fitted.append(made)
        rows.append(_row(method.name, made, dataset, folds, time.monotonic() - began))
    if not rows:
        raise _nothing(dataset, failed)
    best = min(range(len(rows)), key=lambda i: _rank(rows[i]))
    return _signed(fitted[best], rows), (*rows, *failed)


def _fits(method: Method, dataset: Dataset) -> bool:
    labels = [sample.label for sample in dataset.samples]
    good = sum(label in dataset.good for label in labels)
    if not method.installed:
        return False
    if method.from_good_only:
        return good >= LEAST_GOOD or not any(label not in dataset.good for label in labels)
    if len(dataset.classes) < 2 or len(dataset.good) == len(dataset.classes):
        return False
    return not method.needs_torch or len(labels) >= LEAST_FOR_NETS


def _told(progress: Progress, name: str) -> Progress:
    return lambda step, share: progress(f"{name}.{step}", share)


def _row(name: str, fitted: Fitted, dataset: Dataset, folds: Index, seconds: float) -> MethodRow:
    card = fitted.card
    return MethodRow(
        method=name,
        kind=fitted.kind,
        expected=expected_of(fitted, dataset, folds),
        ms=part_ms(fitted.model, Input(card.height, card.width, card.channels)),
        seconds=seconds,
        megabytes=len(fitted.model) / 1e6,
    )


def _rank(row: MethodRow) -> tuple[float, ...]:
    """Where no class is good nothing can escape: then it is the share of images called wrong."""
    seen = row.expected
    assert seen is not None
    wrong = 0.0 if seen.good_total else 1 - seen.cv_accuracy
    return (seen.escapes, seen.false_rejects, wrong, seen.good_reviews, row.ms)


def _signed(fitted: Fitted, rows: Sequence[MethodRow]) -> Fitted:
    """With the table on the card; times are left out, so that equal data make equal bytes."""
    metrics = dict(fitted.card.metrics)
    for row in rows:
        if row.expected is not None:
            metrics[f"auto.{row.method}.accuracy"] = row.expected.cv_accuracy
            metrics[f"auto.{row.method}.escapes"] = row.expected.escapes
            metrics[f"auto.{row.method}.false_rejects"] = row.expected.false_rejects
    card: ModelCard = replace(fitted.card, metrics=tuple(metrics.items()))
    return replace(fitted, card=card, model=with_card(fitted.model, card))


def _nothing(dataset: Dataset, failed: Sequence[MethodRow]) -> DatasetError:
    for row in failed:
        if row.fault is not None:
            return DatasetError(row.fault.code, **dict(row.fault.facts))
    found = ", ".join(np.unique([sample.label for sample in dataset.samples]))
    folder = dataset.samples[0].path.parent.parent if dataset.samples else ""
    return DatasetError(ErrorCode.DATASET_ONE_CLASS, path=folder, found=found)
