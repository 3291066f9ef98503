"""The line's figures as the charts draw them, and as tables with the same numbers."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from station.gui import line_words as words
from station.gui.pages.line_scope import Span
from station.gui.texts import label_word, number, percent, translate
from station.gui.widgets.chart_sheet import Cell, Sheet
from station.gui.widgets.chart_views import Bar, ControlView, DriftView, Group
from station.insight import pareto
from station.insight.control import Control, Event, Point
from station.insight.drift import (
    BLOCK,
    LEAST_BASELINE,
    LEAST_POINTS,
    Drift,
    Quantity,
    State,
)

_GRAVE = (State.OUT, State.JUMPED, State.CREEPING, State.INSIDE)
_DIGITS = {Quantity.BRIGHTNESS: 0, Quantity.SHARPNESS: 0, Quantity.UNLIKE: 2, Quantity.SCORE: 2}
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel's caption, its numbers, and the sentence at its foot with its colour.

    sheet: makes the table, None where there is nothing. empty: why there is nothing.
    """

    title: str
    sheet: Callable[[], Sheet] | None = None
    foot: str = ""
    role: str = "muted"
    empty: str = ""


# ── the p-chart ──────────────────────────────────────────────────────────────────────────────


def control_title(chart: Control | None, size: int) -> str:
    """Of how many parts each point is."""
    size = chart.size if chart is not None else size
    return translate("Line", "Fraction NG per {n} parts · p-chart", n=number(size))


def control_view(chart: Control) -> ControlView:
    """Points, limits, and at the worst point of each signal what it is."""
    told = {event.worst: words.event_words(event) for event in chart.events}
    clock = _clock([point.until_ms for point in chart.points])
    groups = tuple(
        Group(clock(p.until_ms), p.share, p.lower, p.upper, told.get(index, ""), firm=p.tested)
        for index, p in enumerate(chart.points)
    )
    return ControlView(groups, chart.centre)


def control_shown(chart: Control | None, size: int) -> Shown:
    """The newest signal says what to look at."""
    title = control_title(chart, size)
    if chart is None:
        return Shown(title, empty=translate("Line", "No part was inspected in this time."))
    heads = (
        translate("Line", "From"),
        translate("Line", "To"),
        translate("Line", "Parts"),
        translate("Verdict", "NG"),
        translate("Line", "Share"),
        translate("Line", "Lower limit"),
        translate("Line", "Upper limit"),
        translate("Line", "Signal"),
    )

    def sheet() -> Sheet:
        rows = tuple(_row(chart, index) for index in range(len(chart.points)))
        return Sheet(title, heads, rows)

    foot = _newest(chart)
    return Shown(title, sheet, foot, "review_text" if foot else "muted")


def _row(chart: Control, index: int) -> tuple[Cell, ...]:
    point = chart.points[index]
    told = [words.event_words(event) for event in chart.events if _covers(event, index)]
    times = (moment(point.since_ms), moment(point.until_ms))
    figures = (point.n, point.bad, point.share, point.lower, point.upper)
    return (*times, *figures, "; ".join(told))


def _covers(event: Event, index: int) -> bool:
    return event.index <= index <= event.last


def _newest(chart: Control) -> str:
    if not chart.events:
        return ""
    event = chart.events[-1]
    at = clock_word(chart.points[event.worst].until_ms)
    return f"{at} {words.event_words(event)}. {words.event_hint(chart, event)}"


def point_words(chart: Control, index: int) -> str:
    """All about one point, in a sentence."""
    point = chart.points[index]
    return translate(
        "Line",
        "{since}–{until}: {bad} NG of {n} ({share}), limits {lower}–{upper}",
        since=clock_word(point.since_ms),
        until=clock_word(point.until_ms),
        bad=number(point.bad),
        n=number(point.n),
        share=percent(point.share, 1),
        lower=percent(point.lower, 1),
        upper=percent(point.upper, 1),
    )


def same_point(chart: Control, before: Point) -> int | None:
    """Which point it is now, after parts came; None: it is gone."""
    found = (i for i, p in enumerate(chart.points) if p.since_ms == before.since_ms)
    return next(found, None)


# ── the Pareto ───────────────────────────────────────────────────────────────────────────────


def pareto_title(span: Span) -> str:
    """Of which time the defects are."""
    if span is Span.SHIFT:
        return translate("Line", "Defects this shift · Pareto")
    return translate("Line", "Defects · Pareto")


def bar_word(bar: pareto.Bar) -> str:
    """A defect's name; what has none, and the rest."""
    if bar.label is None:
        return translate("Line", "Other")
    return label_word(bar.label) if bar.label else translate("Line", "No defect named")


def pareto_bars(found: pareto.Pareto) -> tuple[Bar, ...]:
    """As the chart draws them."""
    return tuple(Bar(bar_word(bar), bar.count, bar.running) for bar in found.bars)


def pareto_shown(found: pareto.Pareto, span: Span) -> Shown:
    """Names and numbers."""
    title = pareto_title(span)
    if not found.bars:
        return Shown(title, empty=translate("Line", "No NG part in this time."))
    heads = (
        translate("History", "Defect"),
        translate("Line", "Parts"),
        translate("Line", "Share"),
        translate("Line", "Cumulated"),
    )
    rows = tuple((bar_word(bar), bar.count, bar.share, bar.running) for bar in found.bars)
    return Shown(title, lambda: Sheet(title, heads, rows))


# ── drift ────────────────────────────────────────────────────────────────────────────────────


def gravest(drifts: tuple[Drift, ...]) -> Drift | None:
    """What a person should see first."""
    return min(drifts, key=lambda one: _GRAVE.index(one.state), default=None)


def drift_view(drift: Drift) -> DriftView:
    """Block by block of parts."""
    clock = _clock([point.at_ms for point in drift.points])
    at = tuple(clock(point.at_ms) for point in drift.points)
    values = tuple(point.mean for point in drift.points)
    return DriftView(at, values, drift.band.low, drift.band.high, _DIGITS[drift.quantity])


def drift_shown(drift: Drift | None, parts: int) -> Shown:
    """What goes away from how it was, since when, and what to look at."""
    title = translate("Line", "Image drift vs. release")
    if drift is None:
        return Shown(title, empty=_no_drift(parts))
    title = f"{words.quantity_word(drift.quantity)} · {title}"
    heads = (
        translate("Line", "To"),
        translate("Line", "Parts"),
        translate("Line", "Mean"),
        translate("Line", "Lower limit"),
        translate("Line", "Upper limit"),
    )
    band = drift.band
    rows = tuple((moment(p.at_ms), p.n, p.mean, band.low, band.high) for p in drift.points)
    inside = drift.state is State.INSIDE
    hint = "" if inside else words.drift_hint(drift)
    foot = " ".join(one for one in (words.drift_words(drift), hint) if one)
    role = "muted" if inside else "review_text"
    return Shown(title, lambda: Sheet(title, heads, rows), foot, role)


def _no_drift(parts: int) -> str:
    if not parts:
        return translate("Line", "No part was inspected in this time.")
    return translate(
        "Line",
        "Too little to compare: it takes the model's first {first} parts, and {n} of this time.",
        first=number(LEAST_BASELINE),
        n=number(LEAST_POINTS * BLOCK),
    )


# ── moments ──────────────────────────────────────────────────────────────────────────────────


def clock_word(at_ms: int) -> str:
    """The time of day at the station."""
    local = time.localtime(at_ms // 1000)
    return f"{local.tm_hour:02}:{local.tm_min:02}"


def moment(at_ms: int) -> str:
    """Day and time at the station, the same in every language."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at_ms // 1000))


def _clock(moments: list[int]) -> Callable[[int], str]:
    """The time of day; with the day where they are of more than one."""
    if moments and moments[-1] - moments[0] > _DAY_MS:
        return _day_word
    return clock_word


def _day_word(at_ms: int) -> str:
    local = time.localtime(at_ms // 1000)
    return f"{local.tm_mon:02}-{local.tm_mday:02} {clock_word(at_ms)}"
