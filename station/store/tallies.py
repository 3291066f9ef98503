"""Parts counted from `hours`: what a figure over weeks needs, whatever there is in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select

from station.domain.counts import Outcome
from station.domain.inspection import DecisionKind, Verdict
from station.store.history import Filter
from station.store.passages import ACCEPTED, REJECTED, SCOPE, VERDICTS, Whole
from station.store.rollup import HOUR_MS
from station.store.rows import fit_text
from station.store.schema import hours

_SAID = {"": 0, DecisionKind.ACCEPT.value: ACCEPTED, DecisionKind.REJECT.value: REJECTED}
_DECIDED = (Outcome.OK.value, Outcome.NG.value)


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Parts by verdict (rows, as VERDICTS) and by a person's word (none, ACCEPTED, REJECTED)."""

    counts: Whole
    waiting: int


def parts_in(connection: Connection, wanted: Filter) -> int:
    """How many parts came in the hours that the span touches."""
    return int(connection.execute(_within(select(func.sum(hours.c.n)), wanted)).scalar() or 0)


def tally(connection: Connection, wanted: Filter) -> Tally:
    """The parts of those hours."""
    columns = hours.c
    kind = (columns.verdict, columns.decision, columns.waiting)
    query = _within(select(*kind, func.sum(columns.n)).group_by(*kind), wanted)
    counts, waiting = np.zeros((len(VERDICTS), len(_SAID)), np.int64), 0
    for verdict, decision, waits, n in connection.execute(query):
        counts[VERDICTS.index(Verdict(verdict)), _SAID[decision]] += n
        waiting += int(n) if waits else 0
    return Tally(counts, waiting)


def ng_labels(connection: Connection, wanted: Filter) -> dict[str, int]:
    """How many parts of those hours stand as NG, by label."""
    query = select(hours.c.label, func.sum(hours.c.n)).where(hours.c.outcome == Outcome.NG.value)
    rows = connection.execute(_within(query.group_by(hours.c.label), wanted))
    return {label: int(n) for label, n in rows}


def decided_by_hour(connection: Connection, wanted: Filter) -> tuple[Whole, Whole, Whole]:
    """The begin of each hour with decided parts, how many there are, and how many stand as NG."""
    columns = hours.c
    bad = func.coalesce(func.sum(columns.n).filter(columns.outcome == Outcome.NG.value), 0)
    query = select(columns.hour_ms, func.sum(columns.n), bad).where(columns.outcome.in_(_DECIDED))
    query = _within(query, wanted).group_by(columns.hour_ms).order_by(columns.hour_ms)
    rows = [tuple(row) for row in connection.execute(query)]
    hour, n, ng = np.array(rows, np.int64).reshape(-1, 3).T
    return hour, n, ng


def decided(
    connection: Connection, wanted: Filter, since_ms: int, until_ms: int
) -> Mapping[tuple[str, str], tuple[int, int]]:
    """How many parts stand as OK or NG, and how many of them as NG, by recipe and model.

    Of whole hours within the span; of wanted, only recipe, model and station count.
    """
    columns = hours.c
    bad = func.sum(columns.n).filter(columns.outcome == Outcome.NG.value)
    query = select(columns.recipe, columns.model, func.sum(columns.n), func.coalesce(bad, 0))
    begin, end = -(-since_ms // HOUR_MS) * HOUR_MS, until_ms // HOUR_MS * HOUR_MS
    query = query.where(columns.hour_ms >= begin, columns.hour_ms < end)
    query = query.where(columns.outcome.in_(_DECIDED))
    for name in ("recipe", "model", "station"):
        if value := fit_text(getattr(wanted, name)):
            query = query.where(columns[name].concat("") == value)  # by the index of time
    rows = connection.execute(query.group_by(columns.recipe, columns.model))
    return {(recipe, model): (int(n), int(ng)) for recipe, model, n, ng in rows}


def first_hour(connection: Connection, model: str) -> int:
    """When the hour began in which a model of that name judged first; 0 for none."""
    query = select(func.min(hours.c.hour_ms)).where(hours.c.model == fit_text(model))
    return int(connection.execute(query).scalar() or 0)


def _within(query: Select[Any], wanted: Filter) -> Select[Any]:
    if wanted.since_ms is not None:
        query = query.where(hours.c.hour_ms >= wanted.since_ms // HOUR_MS * HOUR_MS)
    if wanted.until_ms is not None:
        query = query.where(hours.c.hour_ms < wanted.until_ms)
    asked = ((name, fit_text(getattr(wanted, name))) for name in SCOPE)
    return query.where(*(hours.c[name] == value for name, value in asked if value))
