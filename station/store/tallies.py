"""Parts counted from `hours`: what a figure over weeks needs, whatever there is in them.

Only whole hours are counted: of a span that begins or ends within an hour, that hour is left out.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from station.domain.counts import Outcome
from station.store.history import Filter
from station.store.rollup import HOUR_MS
from station.store.rows import fit_text
from station.store.schema import hours


def decided(
    connection: Connection, wanted: Filter, since_ms: int, until_ms: int
) -> Mapping[tuple[str, str], tuple[int, int]]:
    """How many parts stand as OK or NG, and how many of them as NG, by recipe and model.

    wanted: only its recipe, model and station count.
    """
    columns = hours.c
    bad = func.sum(columns.n).filter(columns.outcome == Outcome.NG.value)
    query = select(columns.recipe, columns.model, func.sum(columns.n), func.coalesce(bad, 0))
    begin, end = -(-since_ms // HOUR_MS) * HOUR_MS, until_ms // HOUR_MS * HOUR_MS
    query = query.where(columns.hour_ms >= begin, columns.hour_ms < end)
    query = query.where(columns.outcome.in_([Outcome.OK.value, Outcome.NG.value]))
    for name in ("recipe", "model", "station"):
        if value := fit_text(getattr(wanted, name)):
            query = query.where(columns[name].concat("") == value)  # by the index of time
    rows = connection.execute(query.group_by(columns.recipe, columns.model))
    return {(recipe, model): (int(n), int(ng)) for recipe, model, n, ng in rows}


def first_hour(connection: Connection, model: str) -> int:
    """When the hour began in which a model of that name judged first; 0 for none."""
    query = select(func.min(hours.c.hour_ms)).where(hours.c.model == fit_text(model))
    return int(connection.execute(query).scalar() or 0)
