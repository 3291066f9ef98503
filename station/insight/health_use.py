"""A model of machine health put to use: foretelling, and how right it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.health_card import (
    BASELINE,
    BOOSTING,
    FAILURE,
    FORETOLD,
    HIGH,
    LIFE,
    LOW,
    PROBABILITY,
    HealthModel,
)
from station.insight.health_figures import (
    average_precision,
    balanced_accuracy,
    coverage,
    f1,
    nasa_score,
    rmse,
)
from station.insight.health_rows import Columns, find_target, group_windows, rows_of
from station.insight.health_series import Series, read_run, short_units
from station.insight.health_windows import last_window, windows_at, with_age
from station.insight.tables import Table, texts

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """Rows for a person or a program, the last one the summary; and what is doubtful."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()


def predict(model: HealthModel, table: Table) -> Told:
    """One row a unit, a group, or a row of the table.

    Raises DatasetError of the family TABLE_.
    """
    card = model.card
    if card.task == LIFE:
        run = read_run(table, card.unit, card.time, card.columns, card.step)
        faults = (*run.faults, *short_units(table, run))
        return Told(tuple(_life_row(model, one) for one in run.series), faults)
    if card.task == FAILURE:
        probability = _failures(model, table)
        return Told(
            tuple(
                {"line": line} | _chance_row(model, float(one))
                for line, one in zip(table.lines, probability, strict=True)
            )
        )
    return Told(
        tuple(
            {card.unit: name, "windows": len(each)} | _chance_row(model, float(each.mean()))
            for name, each in _groups(model, table)
        )
    )


def evaluate(model: HealthModel, table: Table, truth: Path | None = None) -> Told:
    """Figures, the baseline's first where the model carries one.

    truth: one remaining life a unit, in the order of the units, for series that end before the
    end; without it each series is taken to end with its unit, and every reading counts.
    Raises DatasetError of the family TABLE_.
    """
    if model.card.task == LIFE:
        return _evaluate_life(model, table, truth)
    if model.card.task == FAILURE:
        return _evaluate_failure(model, table)
    return _evaluate_groups(model, table)


def read_truth(path: Path, units: int) -> Numbers:
    """One number a line. Raises DatasetError TABLE_NOT_FOUND, TABLE_UNREADABLE, TABLE_TRUTH."""
    try:
        found = [float(line) for line in path.read_text("utf-8-sig").split()]
    except FileNotFoundError:
        raise DatasetError(ErrorCode.TABLE_NOT_FOUND, path=path) from None
    except (OSError, ValueError) as error:
        raise DatasetError(ErrorCode.TABLE_UNREADABLE, path=path, reason=error) from None
    if len(found) != units or not np.isfinite(found).all():
        raise DatasetError(ErrorCode.TABLE_TRUTH, path=path, count=len(found), units=units)
    return np.array(found)


def _life_row(model: HealthModel, one: Series) -> Row:
    window = last_window(with_age(one), model.card.window)
    foretold, low, high = (float(each[0]) for each in model.ask(window, FORETOLD, LOW, HIGH))
    return {
        model.card.unit: one.unit,
        model.card.time: float(one.time[-1]),
        "rul": foretold,
        "low": low,
        "high": high,
        "capped": foretold >= model.card.cap or high >= model.card.cap,
    }


def _chance_row(model: HealthModel, probability: float) -> Row:
    card = model.card
    said = card.bad if probability >= card.threshold else card.good
    return {"probability": probability, card.target: said}


def _evaluate_life(model: HealthModel, table: Table, truth: Path | None) -> Told:
    card = model.card
    run = read_run(table, card.unit, card.time, card.columns, card.step)
    if truth is None:
        left = np.concatenate([one.left(card.cap) for one in run.series])
        asked: list[Sequence[int]] = [range(len(one.time)) for one in run.series]
    else:
        left = np.minimum(read_truth(truth, len(run.series)), card.cap)
        asked = [[len(one.time) - 1] for one in run.series]
    carries = BASELINE in model.outputs
    names = (FORETOLD, LOW, HIGH, BASELINE) if carries else (FORETOLD, LOW, HIGH)
    found = [
        model.ask(windows_at(with_age(one), card.window, rows), *names)
        for one, rows in zip(run.series, asked, strict=True)
    ]
    outputs = [np.concatenate(each) for each in zip(*found, strict=True)]
    rows: list[Row] = []
    if carries:
        rows.append({"baseline": BOOSTING} | _error_row(outputs[3], left) | {"n": len(left)})
    held = coverage(outputs[1], outputs[2], left)
    rows.append(_error_row(outputs[0], left) | {"coverage": held, "n": len(left)})
    return Told(tuple(rows), run.faults)


def _error_row(foretold: Numbers, left: Numbers) -> Row:
    return {"rmse": rmse(foretold, left), "score": nasa_score(foretold, left)}


def _failures(model: HealthModel, table: Table) -> Numbers:
    rows = rows_of(table, Columns(model.card.columns, model.card.words))
    return model.ask(rows, PROBABILITY)[0]


def _groups(model: HealthModel, table: Table) -> list[tuple[str, Numbers]]:
    card = model.card
    columns = Columns(card.columns, card.words)
    return [
        (name, model.ask(windows, PROBABILITY)[0])
        for name, windows in group_windows(table, card.unit, columns, card.window)
    ]


def _evaluate_failure(model: HealthModel, table: Table) -> Told:
    probability = _failures(model, table)
    bad = find_target(table, model.card.target, model.card.bad).bad
    said = probability >= model.card.threshold
    return Told(({"pr_auc": average_precision(probability, bad)} | _said_row(said, bad),))


def _evaluate_groups(model: HealthModel, table: Table) -> Told:
    card = model.card
    words = dict(zip(texts(table, card.unit), texts(table, card.target), strict=True))
    found = _groups(model, table)
    bad = np.array([words[name] == card.bad for name, _ in found])
    said = np.array([float(each.mean()) >= card.threshold for _, each in found])
    return Told((_said_row(said, bad),))


def _said_row(said: Flags, bad: Flags) -> Row:
    return {
        "f1": f1(said, bad),
        "balanced_accuracy": balanced_accuracy(said, bad),
        "n": len(bad),
    }
