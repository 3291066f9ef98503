"""A shift's report as a table for other programs: one figure a row, each with all its digits.

Names are the same in every language; only what is meant to be read by people is in theirs.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace

from station.domain.statistics import Share
from station.gui import shift_report_words as words
from station.gui.line_words import drift_words, event_hint, event_words
from station.gui.shift_report_open import note_word
from station.gui.texts import fault_text
from station.insight.figures import LineFigures
from station.insight.handover import Handover
from station.insight.shift import ShiftReport, by_clock

_RISKY = frozenset("=+-@\t\r\n＝＋－＠")

Number = int | float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A figure; its fields are the columns.

    name: what it is a figure of, within its section. value: it. count of n: what a share is of.
    low and high: between which the true one lies, or limits. since and until: moments with their
    offset from UTC. text: for people. group: of the sections lot, operator and so on, which one.
    """

    section: str
    name: str
    value: Number | str = None
    unit: str = ""
    count: int | None = None
    n: int | None = None
    low: Number = None
    high: Number = None
    since: str = ""
    until: str = ""
    text: str = ""
    group: str = ""


def report_csv(report: ShiftReport) -> bytes:
    """UTF-8 with a mark that Excel knows; no text in it can be taken for a formula."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([column.name for column in fields(Row)])
    for row in rows(report):
        table.writerow([safe(cell) for cell in asdict(row).values()])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def safe(cell: Number | str) -> Number | str:
    """A text that a spreadsheet could calculate gets a ' before it."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _RISKY else cell


def rows(report: ShiftReport) -> Iterator[Row]:
    """All of them, section by section."""
    yield from _about(report)
    yield from _figures("figures", report.figures)
    yield Row("figures", "ng", report.seen.pareto.ng, "parts")
    yield Row("figures", "waiting_ever", report.waiting, "parts")
    for by, groups in report.breakdown:
        for name, found in groups:
            yield from (replace(row, group=name) for row in _figures(by.value, found))
    yield from _chart(report)
    yield from _drift(report)
    for stop in report.figures.stops:
        yield Row("stop", "", stop.seconds, "s", since=_at(stop.since_ms), until=_at(stop.until_ms))
    yield from _trail(report)
    for one in report.signed:
        yield from _handover(one)


def _about(report: ShiftReport) -> Iterator[Row]:
    since, until = _at(report.since_ms), _at(report.until_ms)
    kind = "shift" if report.whole else "line"
    yield Row("about", "report", kind, since=since, until=until)
    yield Row("about", "station", report.station)
    yield Row("about", "as_of", _at(report.made_ms))
    for name in ("recipe", "lot", "operator", "model", "station"):
        value = getattr(report.asked, name)
        if value:
            yield Row("asked", name, value)
    for one in report.ran:
        yield Row("ran", f"{one.recipe} v{one.version}", one.model, n=one.parts, text=one.sha256)
    for product, there in report.golden:
        yield Row("golden_picture", product, int(there))


def _figures(section: str, found: LineFigures) -> Iterator[Row]:
    yield Row(section, "parts", found.parts, "parts")
    yield _share(section, "first_pass_yield", found.first_pass)
    yield _share(section, "yield", found.good)
    yield _share(section, "overruled", found.overruled)
    yield _share(section, "escapes_of_reviewed", found.escapes.of_reviewed)
    yield _share(section, "escapes_of_all", found.escapes.of_all)
    yield _share(section, "false_rejects_of_reviewed", found.false_rejects.of_reviewed)
    yield _share(section, "false_rejects_of_all", found.false_rejects.of_all)
    yield Row(section, "not_inspected", found.not_inspected, "parts")
    yield Row(section, "waiting", found.waiting, "parts")
    yield Row(section, "pace", found.pace, "1/min")
    yield Row(section, "cycle", found.cycle, "s")
    yield from _oee(section, found)
    if found.kappa is not None:
        is_ = found.kappa
        yield Row(section, "kappa", is_.value, n=found.judged, low=is_.low, high=is_.high)


def _oee(section: str, found: LineFigures) -> Iterator[Row]:
    yield Row(section, "planned", found.planned, "s")
    yield Row(section, "stopped", found.stopped, "s", count=len(found.stops))
    yield Row(section, "stop_after", found.longest, "s")
    if found.ideal is not None:
        source = "shown" if found.ideal.shown else "set"
        yield Row(section, "ideal_cycle", found.ideal.seconds, "s", text=source)
    if found.oee is not None:
        yield Row(section, "oee", found.oee.value)
        yield Row(section, "availability", found.oee.availability)
        yield Row(section, "performance", found.oee.performance)
        yield Row(section, "quality", found.oee.quality)


def _share(section: str, name: str, of: Share) -> Row:
    return Row(section, name, of.rate, "", of.count, of.n, of.low, of.high)


def _chart(report: ShiftReport) -> Iterator[Row]:
    found = report.seen.chart
    if found is None:
        return
    yield Row("chart", "centre", found.centre, n=found.known)
    yield Row("chart", "spread", found.spread)
    for place, point in enumerate(found.points, 1):
        yield Row(
            "point",
            point.name or str(place),
            point.share,
            "",
            point.bad,
            point.n,
            point.lower,
            point.upper,
            _at(point.since_ms),
            _at(point.until_ms),
        )
    for event in found.events:
        told = f"{event_words(event)}. {event_hint(found, event)}"
        rules = " ".join(rule.value for rule in event.rules)
        at = found.points[event.index].name or event.index + 1
        yield Row("signal", rules, at, "point", until=_at(event.at_ms), text=told)
    for bar in report.seen.pareto.bars:
        name = "other" if bar.label is None else bar.label
        yield Row("defect", name, bar.share, count=bar.count, text=words.defect(bar.label))


def _drift(report: ShiftReport) -> Iterator[Row]:
    for one in report.seen.drifts:
        since = "" if one.since_ms is None else _at(one.since_ms)
        name, told = one.quantity.value, drift_words(one)
        yield Row(
            "drift",
            name,
            one.band.centre,
            "",
            None,
            one.band.parts,
            one.band.low,
            one.band.high,
            since,
            text=f"{one.state.value} {told}".strip(),
        )
        for point in one.points:
            yield Row("drift_point", name, point.mean, n=point.n, until=_at(point.at_ms))


def _trail(report: ShiftReport) -> Iterator[Row]:
    for name, listed in (("alarm", report.alarms), ("event", report.events)):
        for one in listed:
            told = "" if one.fault is None else fault_text(one.fault)
            code = one.action if one.fault is None else one.fault.code.value
            yield Row(name, code, one.operator, since=_at(one.at_ms), text=told)
    for note in report.notes:
        yield Row(
            "note", note.kind.value, note.operator, since=_at(note.at_ms), text=note_word(note)
        )


def _handover(one: Handover) -> Iterator[Row]:
    when = _at(one.at_ms)
    yield Row("handover", "giver", one.giver, since=when)
    yield Row("handover", "taker", one.taker, since=when)
    yield Row("handover", "known_parts", one.golden.value, since=when)
    yield Row("handover", "notes", since=when, text=one.words)
    for name, value in asdict(one.figures).items():
        yield Row("handover_figure", name, value, since=when)


def _at(at_ms: int) -> str:
    return by_clock(at_ms).isoformat(timespec="milliseconds")
