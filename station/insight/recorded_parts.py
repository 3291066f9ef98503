"""Parts of the records with what became of them and the process values that were read with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, Select, exists, select

from station.domain.counts import Outcome
from station.insight.recorded import HOUR_MS, Numbers, Recorded, as_table, cells, named
from station.insight.recorded_lives import HOURS, MOMENT, moments
from station.insight.tables import Table
from station.store.history import Filter
from station.store.process_values import all_series
from station.store.rows import fit_text
from station.store.schema import counted, process_values

MOST = 20_000
LOT, NG, DEFECT = "lot", "ng", "label: "  # the columns before the values; of each defect its own
_SCOPE = ("recipe", "lot", "operator", "model", "station")
_AT_ONCE = 500  # parts of one query

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts that were judged, oldest first. ng: by a person's word where there is one.

    labels: the person's, else the model's, else empty.
    """

    lots: tuple[str, ...]
    labels: tuple[str, ...]
    ng: Flags
    recorded: Recorded

    def __len__(self) -> int:
        return len(self.ng)

    @property
    def defects(self) -> tuple[str, ...]:
        """The labels of those that are NG, by alphabet."""
        bad = {label for label, ng in zip(self.labels, self.ng.tolist(), strict=True) if ng}
        return tuple(sorted(bad - {""}))

    def has(self, defect: str) -> Flags:
        """Which parts are NG by that defect."""
        return self.ng & np.array([label == defect for label in self.labels], np.bool_)


def parts(connection: Connection, wanted: Filter, most: int = MOST) -> Parts:
    """The newest of that scope that have values; what waits or was not inspected is not in it.

    Of `wanted` count the time, recipe, lot, operator, model and station. A series that none of
    these parts has is no column.
    """
    rows = connection.execute(_judged(wanted, most)).all()[::-1]
    series = all_series(connection)
    values = _values(connection, rows, [one.id for one in series])
    used = np.asarray((~np.isnan(values)).any(axis=0), np.bool_)
    columns = tuple(name for name, has in zip(named(series), used.tolist(), strict=True) if has)
    at_ms = np.array([row.at_ms for row in rows], np.int64)
    return Parts(
        lots=tuple(row.lot for row in rows),
        labels=tuple(row.label for row in rows),
        ng=np.array([row.outcome == Outcome.NG.value for row in rows], np.bool_),
        recorded=Recorded(columns, at_ms, values[:, used]),
    )


def parts_table(found: Parts, path: Path) -> Table:
    """With the hours since the first part, the lot, and 0 or 1 for NG and for each defect."""
    at_ms = found.recorded.at_ms
    first = int(at_ms[0]) if len(at_ms) else 0
    before: dict[str, Sequence[str]] = {
        MOMENT: moments(at_ms),
        HOURS: cells((at_ms - first) / HOUR_MS),
        LOT: found.lots,
        NG: _flags(found.ng),
    }
    before |= {f"{DEFECT}{one}": _flags(found.has(one)) for one in found.defects}
    return as_table(found.recorded, path, before)


def _judged(wanted: Filter, most: int) -> Select[Any]:
    """The newest first."""
    one = counted.c
    query = (
        select(one.id, one.at_ms, one.lot, one.label, one.outcome)
        .where(one.outcome.in_((Outcome.OK.value, Outcome.NG.value)))
        .where(exists().where(process_values.c.inspection == one.id))
        .order_by(one.at_ms.desc(), one.id.desc())
        .limit(most)
    )
    for name in _SCOPE:
        if getattr(wanted, name):
            query = query.where(one[name] == fit_text(getattr(wanted, name)))
    if wanted.since_ms is not None:
        query = query.where(one.at_ms >= wanted.since_ms)
    return query if wanted.until_ms is None else query.where(one.at_ms < wanted.until_ms)


def _values(connection: Connection, rows: Sequence[Row[Any]], series: Sequence[int]) -> Numbers:
    """(rows, series); the last one where a value was read twice."""
    ids = [row.id for row in rows]
    values = np.full((len(ids), len(series)), np.nan)
    places = {id_: place for place, id_ in enumerate(ids)}
    columns = {id_: place for place, id_ in enumerate(series)}
    one = process_values.c
    query = select(one.inspection, one.series, one.value).order_by(one.id)
    for first in range(0, len(ids), _AT_ONCE):
        some = query.where(one.inspection.in_(ids[first : first + _AT_ONCE]))
        for id_, number, value in connection.execute(some):
            values[places[id_], columns[number]] = value
    return values


def _flags(values: Flags) -> list[str]:
    return ["1" if value else "0" for value in values.tolist()]
