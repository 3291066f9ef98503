"""Advice that somebody accepted: what it said, and what came of it since."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from sqlalchemy import Connection, case, func, select

from station.domain.counts import Outcome
from station.insight.advice import NG, Advice, Change, changes_of
from station.insight.advice_proof import Difference, Rate, Stretch, difference, rate
from station.insight.recorded import Numbers, Recorded, named, steps
from station.store.notes import Note
from station.store.process_values import Series, all_series
from station.store.schema import counted, hours

HOUR_MS = 3_600_000
LONGEST_MS = 7 * 24 * HOUR_MS  # so long it is watched
LEAST_MS, STRETCHES = 300_000, 8  # the stretches of advice that is a few hours old are shorter
HALF = 0.5  # of the way from the old setting to the new: from there on it counts as changed
LEAST_PARTS = 50


class Standing(StrEnum):
    """What can be said."""

    EARLY = "early"  # too few parts since
    UNCHANGED = "unchanged"  # the settings stand where they stood
    UNKNOWN = "unknown"  # their values do not come any more
    BETTER = "better"  # beyond chance
    WORSE = "worse"  # beyond chance
    OPEN = "open"  # not proven either way


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a note of kind ADVICE holds. before: the parts before, as they were then."""

    product: str
    target: str
    at_ms: int
    operator: str
    changes: tuple[Change, ...]
    now: float
    expected: float
    low: float
    high: float
    before: Rate


@dataclass(frozen=True, slots=True)
class Tracked:
    """What came of it. since: parts made with the new settings; medians: of each change, since.

    held, stretches: in how many stretches of time since the settings stood as advised, of all.
    """

    accepted: Accepted
    standing: Standing
    since: Rate
    beside: Difference | None
    medians: tuple[float | None, ...]
    held: int
    stretches: int
    until_ms: int


def note_body(advice: Advice, before: Rate) -> dict[str, Any]:
    """What is written when somebody accepts; there is a suggestion."""
    better = advice.suggestion
    assert better is not None
    return {
        "target": advice.target,
        "made_ms": advice.made_ms,
        "parts": advice.parts,
        "changes": [asdict(one) for one in better.changes],
        "now": better.now,
        "expected": better.expected,
        "low": better.low,
        "high": better.high,
        "before": asdict(before),
    }


def accepted(note: Note) -> Accepted | None:
    """What `note_body` wrote; None of a note that another program wrote."""
    try:
        return _accepted(note, note.body)
    except (KeyError, TypeError, ValueError):
        return None


def _accepted(note: Note, body: Mapping[str, Any]) -> Accepted:
    then = body["before"]
    return Accepted(
        product=note.subject,
        target=str(body["target"]),
        at_ms=note.at_ms,
        operator=note.operator,
        changes=changes_of(body["changes"]),
        now=float(body["now"]),
        expected=float(body["expected"]),
        low=float(body["low"]),
        high=float(body["high"]),
        before=Rate(int(then["bad"]), int(then["n"]), float(then["low"]), float(then["high"])),
    )


def defects(connection: Connection, product: str) -> tuple[str, ...]:
    """By which labels parts of that product were ever NG, by alphabet."""
    one = hours.c
    query = select(one.label).where(one.outcome == Outcome.NG.value, one.label > "")
    found = connection.execute(query.where(one.recipe == product).distinct())
    return tuple(sorted(found.scalars()))


def stretches(
    connection: Connection, product: str, target: str, since_ms: int, until_ms: int, step_ms: int
) -> dict[int, Stretch]:
    """Judged parts by stretches of time, by the number of the stretch; one without parts is not."""
    one = counted.c
    bad = one.outcome == Outcome.NG.value
    if target != NG:
        bad &= one.label == target
    step = ((one.at_ms - since_ms) // step_ms).label("step")
    query = (
        select(step, func.count(), func.sum(case((bad, 1), else_=0)))
        .where(one.at_ms >= since_ms, one.at_ms < until_ms, one.recipe == product)
        .where(one.outcome.in_((Outcome.OK.value, Outcome.NG.value)))
        .group_by(step)
        .order_by(step)
    )
    return {
        int(k): Stretch(since_ms + int(k) * step_ms, int(count), int(n))
        for k, n, count in connection.execute(query)
    }


def before(connection: Connection, product: str, target: str, since_ms: int, now_ms: int) -> Rate:
    """How it was from then to now."""
    found = stretches(connection, product, target, since_ms, now_ms, HOUR_MS)
    return rate(tuple(found.values()))


def ends_ms(one: Accepted, next_ms: int | None) -> int:
    """Until when it is followed: a week, or until the next advice was accepted."""
    week = one.at_ms + LONGEST_MS
    return week if next_ms is None else min(week, next_ms)


def track(
    connection: Connection, one: Accepted, now_ms: int, next_ms: int | None = None
) -> Tracked:
    """How it stands now. next_ms: when the next advice was accepted."""
    until = min(now_ms, ends_ms(one, next_ms))
    step = int(np.clip((until - one.at_ms) // STRETCHES, LEAST_MS, HOUR_MS))
    parts = stretches(connection, one.product, one.target, one.at_ms, until, step)
    series = named(all_series(connection))
    known = {name: series[name] for name in (c.name for c in one.changes) if name in series}
    count = (until - one.at_ms) // step
    values = _by_step(connection, one, known, step, count)
    held = _held(one.changes, values)
    since = rate([part for k, part in parts.items() if k < count and held[k]])
    seen = [k for k in parts if k < count]
    medians = tuple(_median(values[seen, place]) for place in range(len(one.changes)))
    beside = difference(one.before, since)
    made = sum(parts[k].n for k in seen)
    standing = _standing(one.changes, medians, made, since, beside)
    return Tracked(one, standing, since, beside, medians, int(held[seen].sum()), len(seen), until)


def is_over(one: Tracked, next_ms: int | None) -> bool:
    """Whether nothing that comes later counts any more."""
    return one.until_ms >= ends_ms(one.accepted, next_ms)


def _by_step(
    connection: Connection, one: Accepted, known: Mapping[str, Series], step: int, count: int
) -> Numbers:
    """The values of the changed settings in each stretch; nan where there are none."""
    found = np.full((count, len(one.changes)), np.nan)
    read = steps(connection, known, one.at_ms, one.at_ms + count * step, step)
    places = (read.at_ms - one.at_ms) // step - 1
    for column, change in enumerate(one.changes):
        if change.name in read.columns:
            found[places, column] = _column(read, change.name)
    return found


def _column(read: Recorded, name: str) -> Numbers:
    return read.values[:, read.columns.index(name)]


def _held(changes: Sequence[Change], values: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """In which stretches every setting was at least half way to what was advised."""
    was, to = np.array([c.was for c in changes]), np.array([c.to for c in changes])
    way = (values - was) / np.where(to == was, 1.0, to - was)
    return np.asarray((way >= HALF).all(axis=1))


def _median(values: Numbers) -> float | None:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else None


def _standing(
    changes: Sequence[Change],
    medians: Sequence[float | None],
    made: int,
    since: Rate,
    beside: Difference | None,
) -> Standing:
    """made: parts since, whatever the settings were."""
    if made < LEAST_PARTS:
        return Standing.EARLY
    if since.n < LEAST_PARTS:
        known = [one for one in medians if one is not None]
        if len(known) < len(changes):
            return Standing.UNKNOWN
        there = bool(_held(changes, np.array([known]))[0])
        return Standing.EARLY if there else Standing.UNCHANGED
    if beside is None or not beside.is_proven:
        return Standing.OPEN
    return Standing.BETTER if beside.value < 0 else Standing.WORSE
