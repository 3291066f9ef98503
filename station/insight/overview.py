"""The line over one span and scope, all figures together; read on as parts come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

import numpy as np
from sqlalchemy import Connection

from station.insight.control import RULES, Centre, Control, control, control_of, known_centre
from station.insight.drift import Band, Drift, Quantity, bands, drifts
from station.insight.figures import (
    By,
    LineFigures,
    Measures,
    counted_figures,
    figures,
    figures_by,
    first_pass_of,
    shown_paces,
)
from station.insight.pareto import Pareto, pareto, pareto_of
from station.insight.spans import local
from station.store.history import Filter
from station.store.passages import (
    Passages,
    Whole,
    check_scope,
    read_first,
    read_last,
    read_on,
    read_passages,
)
from station.store.revisions import released_since
from station.store.rollup import HOUR_MS
from station.store.tallies import (
    decided,
    decided_by_hour,
    first_hour,
    ng_labels,
    parts_in,
    tally,
)

DAYS_BEFORE = 14  # of which the share of bad parts that is to be expected comes
PACE_PARTS = 5000  # before the span, of which the best pace comes
BASELINE_PARTS = 1000
MOST_PARTS = 400_000  # that are read one by one: two seconds, and 40 MB
MOST_HOURS = 400  # that are points of a chart; of more, days are
_DAY_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What was before the span, so that it is read once. bands: of the model `sha256`."""

    paces: Mapping[str, float]
    decided: Mapping[tuple[str, str], tuple[int, int]]
    sha256: str = ""
    bands: Mapping[Quantity, Band] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """All that is told of a span. fresh: parts or words came since it was looked at before.

    since_ms, until_ms: as the figures of time have it, not only as it was asked.  drifts: of the
    model that judged last.
    """

    parts: Passages
    since_ms: int
    until_ms: int
    figures: LineFigures
    chart: Control | None
    pareto: Pareto
    drifts: tuple[Drift, ...]
    fresh: bool
    ground: Ground
    by_hours: bool = False


def see(
    connection: Connection,
    wanted: Filter,
    line: Measures,
    starts: Sequence[time],
    now_ms: int,
    before: Seen | None = None,
) -> Seen:
    """Everything of that span and scope; half a second for a hundred thousand parts.

    Of more than MOST_PARTS it is counted by whole hours: then `parts` is empty, nothing is told of
    times and drift, points are hours or days, and a serial number counts each time it comes.

    wanted: since_ms, until_ms, recipe, lot, operator, model, station; ValueError for more. Without
    since_ms the span is from the first to the last of these parts. starts: of the shifts. before:
    what was seen of the same a moment ago; then only what is new is read.
    """
    check_scope(wanted)
    if parts_in(connection, wanted) > MOST_PARTS:
        return see_hours(connection, wanted, line, now_ms)
    if before is not None and before.by_hours:
        before = None
    read = read_passages(connection, wanted) if before is None else None
    parts = read if before is None else read_on(connection, wanted, before.parts)
    assert parts is not None
    since_ms, until_ms = _span(wanted, parts, now_ms)
    ground = before.ground if before else _ground(connection, wanted, line, since_ms)
    ground = _with_bands(connection, ground, parts)
    told = figures(parts, since_ms, until_ms, line, starts, ground.paces)
    if before is not None and parts is before.parts:
        return replace(before, until_ms=until_ms, figures=told, fresh=False, ground=ground)
    known = known_centre(ground.decided, parts, line.subgroup)
    closed = wanted.until_ms is not None and wanted.until_ms <= now_ms
    return Seen(
        parts=parts,
        since_ms=since_ms,
        until_ms=until_ms,
        figures=told,
        chart=control(parts, line.subgroup, RULES[line.rules], known, closed=closed),
        pareto=pareto(parts),
        drifts=drifts(_of_model(parts, ground.sha256), ground.bands or {}),
        fresh=True,
        ground=ground,
    )


def see_hours(connection: Connection, wanted: Filter, line: Measures, now_ms: int) -> Seen:
    """The same by whole hours, as far as these tell it."""
    none = read_passages(connection, replace(wanted, since_ms=now_ms, until_ms=now_ms))
    found = tally(connection, wanted)
    told = counted_figures(found.counts, found.waiting, first_pass_of(found.counts))
    hour, n, bad = decided_by_hour(connection, wanted)
    span = (int(hour[0]), int(hour[-1]) + HOUR_MS) if len(hour) else (now_ms, now_ms)
    return Seen(
        parts=none,
        since_ms=span[0] if wanted.since_ms is None else wanted.since_ms,
        until_ms=min(span[1] if wanted.until_ms is None else wanted.until_ms, now_ms),
        figures=told,
        chart=_chart_of_hours(hour, n, bad, line, now_ms),
        pareto=pareto_of(ng_labels(connection, wanted)),
        drifts=(),
        fresh=True,
        ground=Ground({}, {}),
        by_hours=True,
    )


def _chart_of_hours(
    hour: Whole, n: Whole, bad: Whole, line: Measures, now_ms: int
) -> Control | None:
    """Points of an hour, or of a day by the clock here where these would be too many."""
    if not len(hour):
        return None
    keys = hour
    if len(hour) > MOST_HOURS:
        keys = np.array([local(at).toordinal() for at in hour.tolist()], np.int64)
    begins = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    ends = np.append(begins[1:], len(keys)) - 1
    spans = list(zip(hour[begins].tolist(), (hour[ends] + HOUR_MS).tolist(), strict=True))
    ng, all_ = (np.add.reduceat(column, begins).tolist() for column in (bad, n))
    return control_of(ng, all_, RULES[line.rules], spans=spans, complete=spans[-1][1] <= now_ms)


def break_down(
    seen: Seen, by: By, line: Measures, starts: Sequence[time]
) -> tuple[tuple[str, LineFigures], ...]:
    """The figures for each shift, lot, …, by name, as figures.figures_by; none where `by_hours`."""
    span = seen.since_ms, seen.until_ms
    return figures_by(seen.parts, by, *span, line, starts, seen.ground.paces)


def _span(wanted: Filter, parts: Passages, now_ms: int) -> tuple[int, int]:
    """Of a span that is open, up to now; of one that never began, that of the parts."""
    until_ms = now_ms if wanted.until_ms is None else min(wanted.until_ms, now_ms)
    if wanted.since_ms is not None:
        return wanted.since_ms, max(wanted.since_ms, until_ms)
    if not len(parts):
        return until_ms, until_ms
    return int(parts.at_ms[0]), int(parts.at_ms[-1])


def known_before(
    connection: Connection, wanted: Filter, parts: Passages, subgroup: int
) -> Centre | None:
    """The share of bad parts to be expected of those parts, by the fortnight before them."""
    if not len(parts):
        return None
    since_ms = wanted.since_ms or int(parts.at_ms[0])
    before = decided(connection, wanted, since_ms - DAYS_BEFORE * _DAY_MS, since_ms)
    return known_centre(before, parts, subgroup)


def _ground(connection: Connection, wanted: Filter, line: Measures, since_ms: int) -> Ground:
    earlier = replace(wanted, since_ms=None, until_ms=since_ms, lot="", operator="")
    paces: Mapping[str, float] = {}
    if line.ideal_cycle is None:
        paces = shown_paces(read_last(connection, earlier, PACE_PARTS))
    begin = since_ms - DAYS_BEFORE * _DAY_MS
    return Ground(paces, decided(connection, wanted, begin, since_ms))


def _with_bands(connection: Connection, ground: Ground, parts: Passages) -> Ground:
    """With the baseline of the model that judged last."""
    judged = np.flatnonzero(~np.isnan(parts.score))
    if not len(judged):
        return ground
    last = int(judged[-1])
    sha256 = parts.sha256.words[parts.sha256.codes[last]]
    if sha256 == ground.sha256:
        return ground
    model = parts.model.words[parts.model.codes[last]]
    since_ms = max(released_since(connection, sha256) or 0, first_hour(connection, model))
    baseline = read_first(connection, sha256, since_ms, BASELINE_PARTS)
    return replace(ground, sha256=sha256, bands=bands(baseline))


def _of_model(parts: Passages, sha256: str) -> Passages:
    if sha256 not in parts.sha256.words:
        return parts.where(np.zeros(0, np.int64))
    code = parts.sha256.words.index(sha256)
    same = parts.sha256.codes == code
    return parts if same.all() else parts.where(same)
