"""The share of bad parts as a control chart over the records, and what is to be told of it.

Bad is what stands as NG, after a person's word where there is one. What waits for a person's word
is not counted until it is spoken, so such a point may move; parts that nobody could judge are in no
subgroup. Limits and rules are those of spc.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from station.domain.counts import Outcome
from station.domain.inspection import Verdict
from station.insight.spc import (
    NELSON,
    WESTERN_ELECTRIC,
    Chart,
    Rule,
    Signal,
    further,
    length_of,
    p_chart,
    signals,
)
from station.store.passages import OUTCOMES, VERDICTS, Passages
from station.store.rollup import HOUR_MS

RULES: Mapping[str, tuple[Rule, ...]] = {"nelson": NELSON, "western_electric": WESTERN_ELECTRIC}
"""As the settings call them."""

NEAR = 2  # points between signals of one side that are one event
LOOK_BACK = 50  # points before the first signal at which the change may have been
LEAST_SUBGROUPS = 25  # that a known centre is of: Montgomery has 20 to 25
KNOWN_PARTS = 0.95  # of the parts must be of recipes and models that are known
_NOT_INSPECTED = VERDICTS.index(Verdict.NOT_INSPECTED)
_OK, _NG = OUTCOMES.index(Outcome.OK), OUTCOMES.index(Outcome.NG)
_NEITHER = frozenset((Rule.ZIGZAG, Rule.TOO_STEADY, Rule.TWO_GROUPS))
_LEVEL = frozenset((Rule.RUN, Rule.EIGHT, Rule.OFF_CENTRE))


class Grouping(StrEnum):
    """What parts make a point."""

    PARTS = "parts"  # so many after each other
    HOUR = "hour"
    LOT = "lot"


class Side(StrEnum):
    """Where an event lies."""

    UP = "up"  # more bad parts
    DOWN = "down"  # fewer
    NEITHER = "neither"


class Look(StrEnum):
    """What to look at."""

    PARTS = "parts"  # the bad parts of that time: what do they have in common
    LEVEL = "level"  # what was changed then: material, lot, tool, setting
    WEAR = "wear"  # what changes slowly: a tool that wears, heat, dirt
    FEWER = "fewer"  # fewer bad parts than ever: better, or not seen any more
    ALTERNATING = "alternating"  # two sources by turns: nests, spindles, feeders
    MIXED = "mixed"  # two sources in blocks: lots, machines
    STEADY = "steady"  # less spread than chance makes: are the parts as independent as thought


@dataclass(frozen=True, slots=True)
class Centre:
    """The share of bad parts that is known from before, and of how many parts."""

    share: float
    parts: int


@dataclass(frozen=True, slots=True)
class Point:
    """One subgroup; times of its first and its last part. n: parts that are decided.

    tested: rules are only for points that will not get more parts.
    """

    name: str
    since_ms: int
    until_ms: int
    n: int
    bad: int
    share: float
    lower: float
    upper: float
    z: float
    tested: bool


@dataclass(frozen=True, slots=True)
class Event:
    """What rules say of neighbouring points, told once.

    index: the point that completed the first rule; at_ms: when it was complete. worst: the point
    farthest from the centre; last: the last that a rule speaks of. rules: in the order in which
    they were fulfilled. since_ms: when it probably began, which is mostly before it was told.
    """

    index: int
    at_ms: int
    worst: int
    last: int
    rules: tuple[Rule, ...]
    side: Side
    look: Look
    since_ms: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """The chart. known: of how many parts before it the centre is; 0: it is the mean of these.

    spread, exact: as in spc.Chart. size: parts a point; 0 where points differ. events: what is to
    be told; signals: every point at which a rule holds.
    """

    points: tuple[Point, ...]
    centre: float
    known: int
    spread: float
    exact: bool
    size: int
    events: tuple[Event, ...]
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Subgroups in order. complete: whether the last will get no more parts."""

    names: Sequence[str]
    since_ms: npt.NDArray[np.int64]
    until_ms: npt.NDArray[np.int64]
    n: npt.NDArray[np.int64]
    bad: npt.NDArray[np.int64]
    complete: bool


def control(
    parts: Passages,
    size: int,
    rules: Sequence[Rule],
    known: Centre | None = None,
    by: Grouping = Grouping.PARTS,
    closed: bool = False,
    laney: bool | None = None,
) -> Control | None:
    """The chart of those parts; None where none is decided.

    size: parts a point. laney: as p_chart. closed: no more parts will come, so that the last hour
    or lot is tested as well; the last point of parts is tested when it is full.
    """
    groups = _groups(parts, size, by, closed)
    width = size if by is Grouping.PARTS else 0
    return _control(groups, rules, known, laney, width) if len(groups.n) else None


def control_of(
    bad: Sequence[int],
    sizes: Sequence[int],
    rules: Sequence[Rule],
    centre: float | None = None,
    laney: bool | None = None,
    spans: Sequence[tuple[int, int]] = (),
    complete: bool = True,
) -> Control:
    """The chart of counts from elsewhere. Raises ValueError as p_chart.

    spans: the times of each point, 0 where none is known. complete: whether the last point, too,
    will get no more parts.
    """
    first, last = np.array(spans or [(0, 0)] * len(sizes), np.int64).reshape(-1, 2).T
    counts = np.asarray(sizes, np.int64), np.asarray(bad, np.int64)
    groups = _Groups([""] * len(sizes), first, last, *counts, complete)
    return _control(groups, rules, None if centre is None else Centre(centre, 0), laney, 0)


def _control(
    groups: _Groups,
    rules: Sequence[Rule],
    known: Centre | None,
    laney: bool | None,
    size: int,
) -> Control:
    bad, n = groups.bad.tolist(), groups.n.tolist()
    whole = len(n) if groups.complete else len(n) - 1
    centre = known.share if known else None
    chart = p_chart(bad[:whole] or bad, n[:whole] or n, centre, laney)
    points = _points(chart, groups, slice(0, whole), True)
    if whole < len(n):
        rest = further(chart, bad[whole:], n[whole:])
        points += _points(rest, groups, slice(whole, None), False)
    found = signals(chart.z, rules, chart.far) if whole else ()
    told, before = events(points, found), known.parts if known else 0
    return Control(points, chart.centre, before, chart.spread, chart.exact, size, told, found)


def known_centre(
    decided: Mapping[tuple[str, str], tuple[int, int]], parts: Passages, subgroup: int
) -> Centre | None:
    """The share of bad parts to be expected of these, by what is known of parts before them.

    decided: as tallies.decided. Each recipe and model counts by how many of these parts it has;
    None where more than a few of these are of one with too few parts before.
    """
    models = len(parts.model.words)
    counts = np.bincount(parts.recipe.codes * models + parts.model.codes)
    total, covered, expected = 0, 0, 0.0
    for pair in np.flatnonzero(counts).tolist():
        recipe, model = divmod(pair, models)
        n, bad = decided.get((parts.recipe.words[recipe], parts.model.words[model]), (0, 0))
        if n >= LEAST_SUBGROUPS * subgroup:
            total, covered = total + n, covered + int(counts[pair])
            expected += int(counts[pair]) * (bad + 0.5) / (n + 1)  # none bad so far is not never
    return Centre(expected / covered, total) if covered > KNOWN_PARTS * len(parts) else None


def events(points: Sequence[Point], found: Iterable[Signal]) -> tuple[Event, ...]:
    """Signals at neighbouring points and of one side as one event, in order."""
    groups: list[tuple[Side, list[Signal]]] = []
    for one in found:
        side = _side(points, one)
        last = next((some for at, some in reversed(groups) if at is side), None)
        if last is not None and one.index - last[-1].index <= NEAR:
            last.append(one)
        else:
            groups.append((side, [one]))
    return tuple(_event(points, side, some) for side, some in groups)


def _event(points: Sequence[Point], side: Side, found: Sequence[Signal]) -> Event:
    first, last = found[0].index, found[-1].index
    rules = tuple(dict.fromkeys(one.rule for one in found))
    sign = {Side.UP: 1.0, Side.DOWN: -1.0}.get(side)
    worst = max(
        range(first, last + 1),
        key=lambda at: abs(points[at].z) if sign is None else sign * points[at].z,
    )
    began = points[_began(points, side, rules, first, last)].since_ms
    look = _look(side, rules)
    return Event(first, points[first].until_ms, worst, last, rules, side, look, began)


def _began(
    points: Sequence[Point], side: Side, rules: Sequence[Rule], first: int, last: int
) -> int:
    """The point from which on all up to the last stand out most clearly.

    The estimate of greatest likelihood for a step in the mean of normal z; Samuel, Pignatiello
    and Calvin, Quality Engineering 10 (1998), 521. What neither rises nor falls began with the
    stretch that its rule looks at.
    """
    if side is Side.NEITHER or Rule.TREND in rules:
        return max(0, first + 1 - length_of(rules[0] if side is Side.NEITHER else Rule.TREND))
    earliest = max(0, first - LOOK_BACK)
    z = np.array([one.z for one in points[earliest : last + 1]])
    sums = np.cumsum(z[::-1])[::-1] * (1 if side is Side.UP else -1)
    clear = sums / np.sqrt(np.arange(len(z), 0, -1))
    return earliest + int(clear[: first - earliest + 1].argmax())


def _side(points: Sequence[Point], one: Signal) -> Side:
    if one.rule in _NEITHER:
        return Side.NEITHER
    here = points[one.index].z
    if one.rule is Rule.TREND:
        here -= points[one.index - 1].z
    return Side.UP if here > 0 else Side.DOWN


def _look(side: Side, rules: Sequence[Rule]) -> Look:
    if side is Side.DOWN:
        return Look.FEWER
    if side is Side.NEITHER:
        special = {Rule.ZIGZAG: Look.ALTERNATING, Rule.TWO_GROUPS: Look.MIXED}
        return special.get(rules[0], Look.STEADY)
    if Rule.TREND in rules:
        return Look.WEAR
    return Look.LEVEL if _LEVEL.intersection(rules) else Look.PARTS


def _points(chart: Chart, groups: _Groups, span: slice, tested: bool) -> tuple[Point, ...]:
    """The groups in that span, which the chart is of."""
    since_ms, until_ms, n, bad = (
        column[span].tolist() for column in (groups.since_ms, groups.until_ms, groups.n, groups.bad)
    )
    return tuple(
        Point(name, since, until, count, ng, share, lower, upper, z, tested)
        for name, since, until, count, ng, share, lower, upper, z in zip(
            groups.names[span], since_ms, until_ms, n, bad,
            chart.shares, chart.lower, chart.upper, chart.z, strict=False,
        )
    )  # fmt: skip


def _groups(parts: Passages, size: int, by: Grouping, closed: bool) -> _Groups:
    inspected = np.flatnonzero(parts.verdict != _NOT_INSPECTED)
    codes = _codes(parts, inspected, size, by)
    names = [parts.lot.words[code] for code in _first(parts.lot.codes[inspected])]
    outcome = parts.outcome[inspected]
    count = int(codes.max()) + 1 if len(codes) else 0
    bad = np.bincount(codes[outcome == _NG], minlength=count)
    n = bad + np.bincount(codes[outcome == _OK], minlength=count)
    at_ms = parts.at_ms[inspected]
    last = np.zeros(count, np.int64)
    last[codes] = at_ms  # of equal places the last stands
    first = np.zeros(count, np.int64)
    first[codes[::-1]] = at_ms[::-1]
    full = len(codes) > 0 and len(codes) % size == 0
    complete = full if by is Grouping.PARTS else closed
    kept = np.flatnonzero(n > 0)
    complete = complete or (count > 0 and n[-1] == 0)
    called = [names[at] if by is Grouping.LOT else "" for at in kept.tolist()]
    return _Groups(called, first[kept], last[kept], n[kept], bad[kept], bool(complete))


def _codes(
    parts: Passages, inspected: npt.NDArray[np.int64], size: int, by: Grouping
) -> npt.NDArray[np.int64]:
    """Which group each inspected part is of, from 0 in the order in which they came."""
    if by is Grouping.PARTS:
        return np.arange(len(inspected)) // size
    if by is Grouping.HOUR:
        found = parts.at_ms[inspected] // HOUR_MS
        return np.unique(found, return_inverse=True)[1].astype(np.int64)
    lots = parts.lot.codes[inspected]
    order = {code: place for place, code in enumerate(_first(lots))}
    by_code = np.array([order.get(code, 0) for code in range(len(parts.lot.words))], np.int64)
    return by_code[lots] if len(lots) else np.zeros(0, np.int64)


def _first(codes: npt.NDArray[np.int32]) -> list[int]:
    """Each code once, in the order in which they came."""
    found, first = np.unique(codes, return_index=True)
    ordered: list[int] = found[np.argsort(first)].tolist()
    return ordered
