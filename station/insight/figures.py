"""The figures of a line over a span: what came of its parts, and of its time.

Sources: ISO 22400-2:2014 (quality ratio GQ / PQ, first pass yield GP / IP, throughput rate,
availability, effectiveness, OEE); AIAG, Measurement Systems Analysis, 4th edition, chapter III C
(κ of appraisers); Wilson, Journal of the American Statistical Association 22 (1927), 209
(intervals of shares).

Parts that nobody could judge (NOT_INSPECTED) were made, so they count as parts and against the
yield and OEE; they were not inspected, so they count neither for nor against the first pass.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from station.domain.inspection import Verdict
from station.domain.statistics import Share, share
from station.insight.agreement import Kappa, cohen_of
from station.insight.kpi import Gaps, Oee, Seconds, Stop, best_cycle, gaps, oee, stops_of
from station.insight.spans import Break, break_spans, joined, local, shift_spans
from station.store.passages import ACCEPTED, REJECTED, VERDICTS, Named, Passages, Whole

LEAST_JUDGED = 30  # parts that κ is of
LEAST_EACH = 5  # of them called OK by both, and NG by both
MOST_KNOWN = 0.95  # of the parts must be of recipes whose ideal cycle is known
STOP_CYCLES, STOP_LEAST = 5.0, 10.0  # ideal cycles, and seconds, without a part: it stands
OK, NG, NOT_INSPECTED = (
    VERDICTS.index(one) for one in (Verdict.OK, Verdict.NG, Verdict.NOT_INSPECTED)
)

Table = npt.NDArray[np.int64]


class Measures(Protocol):
    """What the figures are measured by; as LineSettings, whose docstring tells each."""

    @property
    def ideal_cycle(self) -> float | None: ...  # noqa: D102
    @property
    def stop_after(self) -> float | None: ...  # noqa: D102
    @property
    def breaks(self) -> Sequence[Break]: ...  # noqa: D102
    @property
    def subgroup(self) -> int: ...  # noqa: D102
    @property
    def rules(self) -> str: ...  # noqa: D102


class By(StrEnum):
    """What figures are broken down by."""

    SHIFT = "shift"
    LOT = "lot"
    RECIPE = "recipe"
    OPERATOR = "operator"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Known:
    """Wrong verdicts that are known because a person said so: one count, over two bases.

    of_reviewed: over the parts of that verdict that a person judged. These are seldom drawn at
    random, so the share among all may be lower, or with few reviewed quite unknown. of_all: over
    all parts of that verdict: no less than this.
    """

    of_reviewed: Share
    of_all: Share


@dataclass(frozen=True, slots=True)
class Ideal:
    """Seconds a part at the line's best. shown: no setting says so, it is the best pace seen."""

    seconds: float
    shown: bool


@dataclass(frozen=True, slots=True)
class LineFigures:
    """The figures of one span and scope.

    not_inspected: of the parts. waiting: those that wait for a person's word. good: the yield,
    parts that stand as OK of all parts. first_pass: OK by the first verdict, before any person's
    word, of the parts that were inspected; a serial number that comes again counts only its first
    time. overruled: a person's word against an OK or NG verdict, of all parts; REVIEW is no verdict
    that can be overruled. escapes: verdict OK and rejected by a person; false_rejects: verdict NG
    and accepted. kappa: of persons with the station over the `judged` parts with OK or NG that a
    person judged, without correction for how these were chosen; None of too few, or of those alone
    that they overruled.

    planned: seconds that the line should have run, without breaks; stopped: what of that it stood.
    pace: parts per minute of planned time. cycle: the median gap between parts while it ran, in
    seconds. ideal: what performance is measured by. oee: a part that is not good yet, because it
    waits, is not good. longest: seconds without a part from which on the line stands. stops: each
    of them; of what is broken down, none.
    """

    parts: int
    not_inspected: int
    waiting: int
    good: Share
    first_pass: Share
    overruled: Share
    escapes: Known
    false_rejects: Known
    kappa: Kappa | None
    judged: int
    planned: float = 0.0
    stopped: float = 0.0
    pace: float | None = None
    cycle: float | None = None
    ideal: Ideal | None = None
    longest: float = 0.0
    oee: Oee | None = None
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Time:
    """How the line spent its time; ideal: seconds for each part, nan where none is known."""

    gaps: Gaps
    ideal: Seconds
    shown: bool
    longest: float


def figures(
    parts: Passages,
    since_ms: int,
    until_ms: int,
    line: Measures,
    starts: Sequence[time],
    paces: Mapping[str, float] | None = None,
) -> LineFigures:
    """Of all those parts. since_ms, until_ms: the span that the line should have run in.

    starts: of the shifts. paces: the best that each recipe has shown before, as `shown_paces`.
    """
    spent = _spent(parts, since_ms, until_ms, line, starts, paces or {})
    whole = spent.gaps.planned, spent.gaps.stopped
    return _figures(parts, spent, np.arange(len(parts)), whole, stops_of(spent.gaps))


def figures_by(
    parts: Passages,
    by: By,
    since_ms: int,
    until_ms: int,
    line: Measures,
    starts: Sequence[time],
    paces: Mapping[str, float] | None = None,
) -> tuple[tuple[str, LineFigures], ...]:
    """The same for each shift, lot, …, by its name, in the order in which they first came.

    The time before each part is that part's, so that times and counts of all add up to those of
    the whole, but for what comes after the last part. A shift has all of its own time.
    """
    if by is By.SHIFT:
        return _by_shift(parts, since_ms, until_ms, line, starts, paces or {})
    spent = _spent(parts, since_ms, until_ms, line, starts, paces or {})
    column: Named = getattr(parts, by.value)
    order = np.argsort(column.codes, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(column.codes[order])) + 1) if len(order) else []
    made = []
    for chosen in sorted(groups, key=lambda one: int(one[0])):
        times = spent.gaps.planned[chosen], spent.gaps.stopped[chosen]
        name = column.words[column.codes[chosen[0]]]
        made.append((name, _figures(parts, spent, chosen, times, ())))
    return tuple(made)


def shown_paces(parts: Passages) -> dict[str, float]:
    """The best pace of each recipe, in seconds a part; of those with enough parts."""
    found = {}
    for code in np.unique(parts.recipe.codes).tolist():
        pace = best_cycle(parts.at_ms[parts.recipe.codes == code])
        if pace:
            found[parts.recipe.words[code]] = pace
    return found


def _by_shift(
    parts: Passages,
    since_ms: int,
    until_ms: int,
    line: Measures,
    starts: Sequence[time],
    paces: Mapping[str, float],
) -> tuple[tuple[str, LineFigures], ...]:
    made = []
    for begin, end in shift_spans(starts, since_ms, until_ms):
        low, high = np.searchsorted(parts.at_ms, [begin, end]).tolist()
        if low == high:
            continue
        name = local(begin).isoformat(" ", "minutes")
        span = max(begin, since_ms), min(end, until_ms)
        some = parts.where(np.arange(low, high))
        made.append((name, figures(some, *span, line, starts, paces)))
    return tuple(made)


def _spent(
    parts: Passages,
    since_ms: int,
    until_ms: int,
    line: Measures,
    starts: Sequence[time],
    paces: Mapping[str, float],
) -> _Time:
    inside = parts.at_ms  # of the span, as the caller read them
    begin = min(since_ms, int(inside[0])) if len(inside) else since_ms
    end = max(until_ms, int(inside[-1])) if len(inside) else until_ms
    ideal, shown = _ideal(parts, line, paces)
    known = ideal[~np.isnan(ideal)]
    usual = STOP_CYCLES * float(known.mean()) if len(known) else STOP_LEAST
    longest = line.stop_after or max(STOP_LEAST, usual)
    pauses = [*break_spans(line.breaks, begin, end), *_idle(inside, begin, end, starts)]
    return _Time(gaps(inside, begin, end, longest, joined(pauses)), ideal, shown, longest)


def _idle(
    at_ms: npt.NDArray[np.int64], begin: int, end: int, starts: Sequence[time]
) -> list[tuple[int, int]]:
    """The shifts in which no part came, where the span has several: they were not planned.

    One that runs still may be: in it the line stands.
    """
    spans = shift_spans(starts, begin, end)
    if len(spans) < 2:
        return []
    spans = tuple(span for span in spans if span[1] <= end)
    edges = np.searchsorted(at_ms, np.array(spans).reshape(-1, 2))
    return [span for span, (low, high) in zip(spans, edges.tolist(), strict=True) if low == high]


def _ideal(parts: Passages, line: Measures, paces: Mapping[str, float]) -> tuple[Seconds, bool]:
    """Seconds for each part: the setting, else its recipe's best pace, now or before."""
    if line.ideal_cycle:
        return np.full(len(parts), line.ideal_cycle), False
    now = shown_paces(parts)
    best = [min(some[word] for some in (now, paces) if word in some)
            if word in now or word in paces else np.nan
            for word in parts.recipe.words]  # fmt: skip
    return np.array([*best, np.nan])[parts.recipe.codes], True


def counted_figures(table: Table, waiting: int, first_pass: Share) -> LineFigures:
    """What counts alone tell: nothing of time. table: parts by verdict and by a person's word."""
    count = int(table.sum())
    return LineFigures(
        parts=count,
        not_inspected=int(table[NOT_INSPECTED].sum()),
        waiting=waiting,
        good=share(int(table[OK, 0] + table[:, ACCEPTED].sum()), count),
        first_pass=first_pass,
        overruled=share(int(table[OK, REJECTED] + table[NG, ACCEPTED]), count),
        escapes=_known(table[OK], REJECTED),
        false_rejects=_known(table[NG], ACCEPTED),
        kappa=_kappa(table),
        judged=int(table[[OK, NG], 1:].sum()),
    )


def _figures(
    parts: Passages,
    spent: _Time,
    chosen: Whole,
    times: tuple[Seconds, Seconds],
    stops: tuple[Stop, ...],
) -> LineFigures:
    """Of the parts at those places. times: planned and stopped seconds that are theirs."""
    waiting = int(parts.waits[chosen].sum())
    made = counted_figures(_table(parts, chosen), waiting, _first_pass(parts, chosen))
    planned, stopped = float(times[0].sum()), float(times[1].sum())
    ideal, good = _mean_ideal(spent.ideal[chosen]), made.good.count
    return replace(
        made,
        planned=planned,
        stopped=stopped,
        pace=60 * made.parts / planned if planned > 0 else None,
        cycle=_cycle(spent.gaps, chosen),
        ideal=Ideal(ideal, spent.shown) if ideal else None,
        longest=spent.longest,
        oee=oee(planned, min(stopped, planned), ideal, made.parts, good) if ideal else None,
        stops=stops,
    )


def _mean_ideal(ideal: Seconds) -> float | None:
    """Over parts of several recipes; a few of one whose pace is not known do not matter."""
    known = ideal[~np.isnan(ideal)]
    return float(known.mean()) if len(known) and len(known) >= MOST_KNOWN * len(ideal) else None


def _table(parts: Passages, chosen: Whole) -> Table:
    """How many parts have which verdict (rows) and what a person's word (columns)."""
    kinds = parts.verdict[chosen] * np.uint8(3) + parts.said[chosen]
    return np.bincount(kinds, minlength=3 * len(VERDICTS)).reshape(len(VERDICTS), 3)


def _first_pass(parts: Passages, chosen: Whole) -> Share:
    verdict = parts.verdict[chosen]
    first = verdict[~parts.again[chosen] & (verdict != NOT_INSPECTED)]
    return share(int((first == OK).sum()), len(first))


def first_pass_of(table: Table) -> Share:
    """By counts alone, which do not know a serial number that comes again."""
    inspected = int(table.sum() - table[NOT_INSPECTED].sum())
    return share(int(table[OK].sum()), inspected)


def _cycle(found: Gaps, chosen: Whole) -> float | None:
    """The median of what was needed for a part after another one, where the line ran."""
    some = chosen[chosen > 0]
    ran = found.seconds[some][~found.stands[some] & (found.paused[some] == 0)]
    return float(np.median(ran)) if len(ran) else None


def _known(row: Table, wrong: int) -> Known:
    """Of the parts with one verdict, by what a person said."""
    count = int(row[wrong])
    return Known(share(count, int(row[1:].sum())), share(count, int(row.sum())))


def _kappa(table: Table) -> Kappa | None:
    """Of persons with the station, over the parts that both called good or bad.

    Where persons speak of OK parts only to reject them, or of one class alone, κ would say how
    parts were chosen and nothing of agreement: so some of each class must have been confirmed.
    """
    both = table[[OK, NG]][:, [ACCEPTED, REJECTED]]
    if both.sum() < LEAST_JUDGED or both.diagonal().min() < LEAST_EACH:
        return None
    return cohen_of(both.astype(float))
