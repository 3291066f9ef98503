"""Counting parts by the hour: quick whatever there is, and exact to the millisecond.

The database itself keeps `hours` up with every row that comes; where a span begins or ends
within an hour, the parts of that hour are looked at.
"""

from sqlalchemy import Connection, delete, func, insert, select

from station.domain.counts import Counts, Outcome
from station.store.schema import KIND, counted, hours

HOUR_MS = 3_600_000


def rebuild_hours(connection: Connection) -> None:
    """Count every part anew: a minute for ten million."""
    kind = [counted.c[name] for name in KIND]
    connection.execute(delete(hours))
    parts = select(*kind, func.count()).group_by(*kind)
    connection.execute(insert(hours).from_select([*KIND, "n"], parts))


def yield_between(
    connection: Connection, since_ms: int, until_ms: int | None = None, recipe: str = ""
) -> Counts:
    """How the parts of that span stand now; `until_ms` itself is no more in it, None: no end."""
    begin = -(-since_ms // HOUR_MS) * HOUR_MS
    end = None if until_ms is None else until_ms // HOUR_MS * HOUR_MS
    if until_ms is None or end is None:
        totals = [_one_by_one(connection, since_ms, begin, recipe)]
        totals.append(_by_hour(connection, begin, None, recipe))
    elif begin >= end:
        totals = [_one_by_one(connection, since_ms, until_ms, recipe)]
    else:
        totals = [_one_by_one(connection, since_ms, begin, recipe)]
        totals.append(_by_hour(connection, begin, end, recipe))
        totals.append(_one_by_one(connection, end, until_ms, recipe))
    return Counts(**{one.value: sum(some.get(one.value, 0) for some in totals) for one in Outcome})


def _one_by_one(connection: Connection, low: int, high: int, recipe: str) -> dict[str, int]:
    columns = counted.c
    query = select(columns.outcome, func.count()).group_by(columns.outcome)
    query = query.where(columns.at_ms >= low, columns.at_ms < high)
    if recipe:
        query = query.where(columns.recipe == recipe)
    return {outcome: int(parts) for outcome, parts in connection.execute(query)}


def _by_hour(connection: Connection, low: int, high: int | None, recipe: str) -> dict[str, int]:
    columns = hours.c
    query = select(columns.outcome, func.sum(columns.n)).where(columns.hour_ms >= low)
    if high is not None:
        query = query.where(columns.hour_ms < high)
    if recipe:
        query = query.where(columns.recipe == recipe)
    rows = connection.execute(query.group_by(columns.outcome))
    return {outcome: int(parts) for outcome, parts in rows}
