"""How the parts looked that a model judged: when it was new, and hour by hour since.

What drifts away from the first parts is no longer what the model was released for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, Select, select

from station.domain.inspection import Verdict
from station.store.revisions import released_since
from station.store.schema import inspections

HOUR_MS = 3_600_000
_FIGURES = ("unlike", "brightness", "sharpness", "score")


@dataclass(frozen=True, slots=True)
class Figures:
    """One quantity over `n` parts: its mean, and the shares of 5, 50 and 95 % lie below these."""

    n: int
    mean: float
    q05: float
    q50: float
    q95: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Four quantities over the same parts; None where no part had it. review: share of REVIEW."""

    parts: int
    unlike: Figures | None
    brightness: Figures | None
    sharpness: Figures | None
    score: Figures | None
    review: float


@dataclass(frozen=True, slots=True)
class Hour:
    """The parts of one hour; `at_ms` is its begin, UTC."""

    at_ms: int
    spread: Spread


def baseline(connection: Connection, model_sha256: str, parts: int) -> Spread | None:
    """Over the first parts since its first release, or since ever where it has none."""
    since = released_since(connection, model_sha256) or 0
    rows = connection.execute(_seen(model_sha256, since).limit(parts)).all()
    return spread(rows) if rows else None


def hourly(connection: Connection, model_sha256: str, since_ms: int, until_ms: int) -> list[Hour]:
    """Every hour of that span that has parts, oldest first; `until_ms` is no more in it."""
    query = _seen(model_sha256, since_ms).where(inspections.c.at_ms < until_ms)
    rows = connection.execution_options(yield_per=5000).execute(query)
    return [
        Hour(at_ms, spread(list(of_hour)))
        for at_ms, of_hour in groupby(rows, lambda row: row.at_ms // HOUR_MS * HOUR_MS)
    ]


def spread(rows: Sequence[Row[Any]]) -> Spread:
    """Of rows with verdict and the four quantities; at least one."""
    unlike, brightness, sharpness, score = (
        _figures(getattr(row, name) for row in rows) for name in _FIGURES
    )
    review = sum(row.verdict == Verdict.REVIEW.value for row in rows) / len(rows)
    return Spread(len(rows), unlike, brightness, sharpness, score, review)


def _figures(found: Iterable[float | None]) -> Figures | None:
    values = np.array([value for value in found if value is not None], np.float64)
    if not values.size:
        return None
    low, middle, high = (float(one) for one in np.quantile(values, (0.05, 0.5, 0.95)))
    return Figures(int(values.size), float(values.mean()), low, middle, high)


def _seen(model_sha256: str, since_ms: int) -> Select[Any]:
    """The parts that this model judged since then, oldest first."""
    columns = inspections.c
    return (
        select(columns.at_ms, columns.verdict, *(columns[name] for name in _FIGURES))
        .where(columns.at_ms >= since_ms, columns.model_sha256 == model_sha256)
        .where(columns.score.is_not(None))
        .order_by(columns.at_ms, columns.id)
    )
