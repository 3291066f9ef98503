"""A shift's report: for paper, for the screen, and as a table; in the language that is spoken."""

from PySide6.QtGui import QImage

from station import __version__
from station.gui import shift_report_open as open_
from station.gui import shift_report_parts as parts
from station.gui import shift_report_words as words
from station.gui.paper import Head, print_images, print_pdf
from station.gui.paper_blocks import Block, Words
from station.gui.shift_report_words import DOT
from station.gui.texts import number, translate
from station.insight.shift import ShiftReport

PRODUCTS = 3  # at the head of the first page


def report_pdf(report: ShiftReport) -> bytes:
    """The pages; the same bytes for the same report in the same language."""
    return print_pdf(head(report), blocks(report))


def report_images(report: ShiftReport, width: int) -> list[QImage]:
    """The same pages as pictures so many pixels wide."""
    return print_images(head(report), blocks(report), width)


def head(report: ShiftReport) -> Head:
    """What stands on every page."""
    place = translate("Report", "Station {name}", name=report.station)
    lines = [f"{place}{DOT}{words.span(report)}"]
    only = words.asked(report)
    if only:
        lines.append(translate("Report", "Only: {what}", what=only))
    lines += [words.ran(one) for one in report.ran[:PRODUCTS]]
    if len(report.ran) > PRODUCTS:
        rest = number(len(report.ran) - PRODUCTS)
        lines.append(translate("Report", "and {count} more versions", count=rest))
    lines += [who] if (who := _who(report)) else []
    if report.whole:
        lines.append(_signed(report))
    foot = translate(
        "Report",
        "Figures as of {when}{dot}Station {version}",
        when=words.stamp(report.made_ms),
        dot=DOT,
        version=__version__,
    )
    gaps = "{page}", "{pages}"  # stay: every page fills them in
    pages = translate("Report", "Page {page} of {pages}", page=gaps[0], pages=gaps[1])
    return Head(words.title(report.whole), tuple(lines), foot, pages, report.made_ms)


def _signed(report: ShiftReport) -> str:
    if not report.signed:
        return translate("Report", "Not signed.")
    last = report.signed[-1]
    return translate(
        "Report",
        "Handed over by {giver} to {taker}, {when}",
        giver=last.giver,
        taker=last.taker,
        when=words.stamp(last.at_ms),
    )


def _who(report: ShiftReport) -> str:
    found = report.seen.parts
    lots, operators = (tuple(w for w in one.words if w) for one in (found.lot, found.operator))
    pairs = ((translate("History", "Lot"), lots), (translate("History", "Operator"), operators))
    return DOT.join(f"{name} {words.some(listed)}" for name, listed in pairs if listed)


def blocks(report: ShiftReport) -> list[Block]:
    """The whole report."""
    made = report.figures.parts > 0
    figures = [parts.tiles(report), parts.measured(report)] if made else []
    charts = [*parts.chart(report), *parts.defects_and_drift(report)] if made else []
    return [
        *_state(report),
        *figures,
        *open_.open_points(report),
        *charts,
        *(parts.breakdown(report) if made else []),
        *(parts.stops(report) if made else []),
        *open_.events(report),
        *open_.notes(report),
        *open_.handed_over(report),
    ]


def _state(report: ShiftReport) -> list[Block]:
    """What a reader must know before the figures."""
    told = []
    if not report.figures.parts:
        told.append(translate("Report", "No part came in this time."))
    if report.running:
        when = words.stamp(report.made_ms)
        told.append(
            translate("Report", "It still runs: these are the figures as of {when}.", when=when)
        )
    return [Words(" ".join(told), "review", 10)] if told else []
