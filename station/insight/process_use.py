"""A process model put to use: foretelling, and how right it was. numpy and the runtime only."""

from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import ErrorCode, Fault
from station.insight.health_figures import coverage
from station.insight.health_use import Told
from station.insight.process_card import FLAG, NUMBER, ProcessModel
from station.insight.process_figures import figures
from station.insight.process_moments import read_moments
from station.insight.process_rows import rows_for, target_of, without_gaps
from station.insight.tables import Table, require, some_rows

Numbers = npt.NDArray[np.float64]
Row = dict[str, Any]


def predict(model: ProcessModel, table: Table) -> Told:
    """A row for each line. Raises DatasetError of the family TABLE_."""
    table, rows, faults = rows_for(model.card, table)
    foretold = model.ask(rows)
    if model.card.task == FLAG:
        each = ({"probability": float(one)} for one in foretold)
    else:
        low, high = model.band(foretold)
        each = (
            {model.card.target: float(one), "low": float(least), "high": float(most)}
            for one, least, most in zip(foretold, low, high, strict=True)
        )
    told = tuple({"line": line} | row for line, row in zip(table.lines, each, strict=True))
    return Told(told, faults)


def evaluate(model: ProcessModel, table: Table) -> Told:
    """The figures of the mean of these rows, of the value before each, and last of the model.

    Raises DatasetError of the family TABLE_.
    """
    card = model.card
    require(table, card.target)
    table, gaps = without_gaps(table, (card.target,), 1.0)
    if card.time in table.columns:
        table = some_rows(table, read_moments(table, card.time).order.tolist())
    table, rows, faults = rows_for(card, table)
    truth = target_of(card, table)
    foretold = {"mean": np.full(len(truth), card.mean)}
    foretold |= {name: model.ask(rows, name) for name in card.beside}
    told = [_row(card.task, name, one, truth) for name, one in foretold.items()]
    if card.task == NUMBER and not card.group and len(truth) > 1:
        told.insert(1, _row(card.task, "persistence", truth[:-1], truth[1:]))
    own = model.ask(rows)
    last = _row(card.task, card.method, own, truth)
    if card.task == NUMBER:
        low, high = model.band(own)
        last["coverage"] = coverage(low, high, truth)
    last["n"] = len(truth)
    same = table.sha256 == card.dataset_sha256
    own_rows = (Fault(ErrorCode.PROCESS_SAME_TABLE, (("path", str(table.path)),)),) if same else ()
    return Told((*told, last), (*gaps, *faults, *own_rows))


def _row(task: str, name: str, foretold: Numbers, truth: Numbers) -> Row:
    return {"model": name} | figures(task, foretold, truth)
