"""The sections of a shift's report, as blocks for paper: what was made, and how well."""

from collections.abc import Sequence

from station.domain.statistics import Share
from station.gui import shift_report_words as words
from station.gui.line_words import (
    drift_hint,
    drift_words,
    event_hint,
    event_words,
    quantity_word,
)
from station.gui.paper_blocks import Block, Heading, Side, Tile, Tiles, Words
from station.gui.paper_charts import Shares, drift, p_chart, pareto
from station.gui.paper_table import Column, Table
from station.gui.shift_report_words import DOT, NONE
from station.gui.texts import number, percent, translate
from station.insight.control import Control, Event
from station.insight.drift import Drift, State
from station.insight.figures import LineFigures
from station.insight.shift import ShiftReport

SIGNALS = 12  # on paper; the table has them all
STOPS = 15


def tiles(report: ShiftReport) -> Block:
    """The key figures."""
    found = report.figures
    return Tiles(
        (
            _share(translate("Line", "First-pass yield"), found.first_pass),
            _share(translate("Report", "Yield"), found.good),
            _oee(found),
            _share(translate("Line", "Overruled by operators"), found.overruled),
            _parts(found),
            _count(translate("Report", "NG parts"), report.seen.pareto.ng, found.parts, ""),
            _known(translate("Report", "Escapes"), found.escapes.of_reviewed),
            _known(translate("Report", "False rejects"), found.false_rejects.of_reviewed),
            _count(
                translate("Report", "Not inspected"), found.not_inspected, found.parts, "absent"
            ),
            _cycle(found),
        )
    )


def _share(name: str, share: Share) -> Tile:
    return Tile(name, percent(share.rate, 2), "\n".join(words.proofs(share)))


def _oee(found: LineFigures) -> Tile:
    value = NONE if found.oee is None else percent(found.oee.value, 1)
    return Tile(translate("Line", "OEE"), value, words.factors(found))


def _parts(found: LineFigures) -> Tile:
    pace = ""
    if found.pace is not None:
        pace = translate("Line", "{pace} parts/min", pace=number(found.pace, 1))
    return Tile(translate("Report", "Parts"), number(found.parts), pace)


def _count(name: str, count: int, n: int, tone: str) -> Tile:
    share = percent(count / n, 2) if n else ""
    return Tile(name, number(count), share, tone if count and tone else "text")


def _known(name: str, share: Share) -> Tile:
    """With the denominator, always: of parts that a person looked at."""
    if not share.n:
        return Tile(name, NONE, translate("Report", "no such part was reviewed"))
    note = translate("Report", "of {n} reviewed", n=number(share.n))
    return Tile(name, number(share.count), f"{note}\n{words.interval(share)}")


def _cycle(found: LineFigures) -> Tile:
    name = translate("Report", "Cycle")
    if found.cycle is None:
        return Tile(name, NONE)
    value = translate("Report", "{n} s", n=number(found.cycle, 1))
    return Tile(name, value, translate("Report", "median while it ran"))


def measured(report: ShiftReport) -> Block:
    """How OEE was measured: nobody can judge it without."""
    found = report.figures
    told = translate(
        "Report",
        "Measured over {planned} of planned time without breaks, of which the line stood for "
        "{stopped}; number of stops: {stops}, each a gap longer than {longest} s. Performance is "
        "against an {ideal}. Quality is the share of good parts of all. Intervals hold with 95 %.",
        planned=words.minutes(found.planned),
        stopped=words.minutes(found.stopped),
        stops=number(len(found.stops)),
        longest=number(found.longest, 0 if found.longest >= 10 else 1),
        ideal=words.ideal(found.ideal),
    )
    return Words(told, "muted", 8)


def chart(report: ShiftReport) -> list[Block]:
    """The p-chart with its signals, and what to look at."""
    found = report.seen.chart
    if found is None:
        return []
    name = translate("Report", "Fraction NG{dot}p-chart", dot=DOT)
    if found.size:
        name = translate(
            "Report", "Fraction NG per {size} parts{dot}p-chart", size=number(found.size), dot=DOT
        )
    labels = tuple(point.name or words.moment(report, point.until_ms) for point in found.points)
    columns = zip(*((p.share, p.lower, p.upper) for p in found.points), strict=True)
    shares, lower, upper = (tuple(column) for column in columns)
    marks = _marks(found.events)
    picture = p_chart(Shares(labels, shares, lower, upper, found.centre), marks, 46)
    return [Heading(name), picture, _limits(found), _signals(report, found)]


def _marks(events: Sequence[Event]) -> dict[int, str]:
    """Each at the point farthest out; two at one point share it."""
    marks: dict[int, str] = {}
    for place, event in enumerate(events, 1):
        before = f"{marks[event.worst]}, " if event.worst in marks else ""
        marks[event.worst] = f"{before}{place}"
    return marks


def _limits(found: Control) -> Block:
    told = [
        translate(
            "Report",
            "Centre: {share} of the {n} parts before",
            share=percent(found.centre, 2),
            n=number(found.known),
        )
        if found.known
        else translate(
            "Report", "Centre: {share}, the mean of these points", share=percent(found.centre, 2)
        )
    ]
    if found.exact:
        told.append(translate("Report", "limits by the binomial distribution"))
    elif found.spread > 1:
        told.append(
            translate("Report", "limits after Laney, σz = {spread}", spread=number(found.spread, 2))
        )
    else:
        told.append(translate("Report", "limits at three sigma"))
    return Words(DOT.join(told), "muted", 8)


def _signals(report: ShiftReport, found: Control) -> Block:
    if not found.events:
        return Words(
            translate("Report", "No signal: the share of NG parts is as steady as before.")
        )
    rows = [
        (
            str(place),
            words.moment(report, event.at_ms),
            event_words(event),
            event_hint(found, event),
        )
        for place, event in enumerate(found.events, 1)
    ]
    columns = (
        Column(translate("Report", "No.")),
        Column(translate("Report", "When")),
        Column(translate("Report", "Signal"), 0.4),
        Column(translate("Report", "What to look at"), 0.6),
    )
    return table(columns, rows, SIGNALS)


def table(
    columns: tuple[Column, ...],
    rows: Sequence[tuple[str, ...]],
    most: int,
    tones: Sequence[str] = (),
    empty: str = NONE,
) -> Table:
    """The first rows, and a last one that says how many more there are."""
    shown, kinds = list(rows[:most]), list(tones[:most])
    if len(rows) > most:
        more = translate(
            "Report", "and {count} more, see the table", count=number(len(rows) - most)
        )
        place = max(range(len(columns)), key=lambda one: columns[one].share)
        shown.append(tuple(more if one == place else "" for one in range(len(columns))))
        kinds += ["muted"] if kinds else []
    return Table(columns, tuple(shown), empty, tuple(kinds))


def defects_and_drift(report: ShiftReport) -> list[Block]:
    """What is bad, and whether the pictures are still what the model was released with."""
    left = [Heading(translate("Report", "Defects{dot}Pareto", dot=DOT)), *_defects(report)]
    right = [Heading(translate("Report", "Drift against the released model")), *_drift(report)]
    return [Side(tuple(left), tuple(right), 0.48)]


def _defects(report: ShiftReport) -> list[Block]:
    bars = report.seen.pareto.bars
    if not bars:
        return [Words(translate("Report", "No NG part."))]
    return [pareto([(words.defect(bar.label), bar.count) for bar in bars], 41)]


def _drift(report: ShiftReport) -> list[Block]:
    drifts = report.seen.drifts
    if not drifts:
        return [
            Words(
                translate(
                    "Report",
                    "Nothing to compare with: too few parts, now or when the model was released.",
                ),
                "muted",
            )
        ]
    worst = max(drifts, key=_urgency)
    labels = [words.moment(report, point.at_ms) for point in worst.points]
    values = [point.mean for point in worst.points]
    blocks: list[Block] = [
        Words(quantity_word(worst.quantity), "muted", 8),
        drift(labels, values, worst.band.low, worst.band.high, 31, digits_of(worst)),
    ]
    moved = [one for one in drifts if one.state is not State.INSIDE]
    told = (f"{drift_words(one)} {drift_hint(one)}".strip() for one in moved)
    blocks.extend(Words(sentence, "review", 8) for sentence in told)
    calm = ", ".join(quantity_word(one.quantity) for one in drifts if one not in moved)
    if calm:
        same = translate("Report", "As at the release: {quantities}.", quantities=calm)
        blocks.append(Words(same, "muted", 8))
    return blocks


def _urgency(one: Drift) -> int:
    order = (State.INSIDE, State.CREEPING, State.JUMPED, State.OUT)
    return order.index(one.state)


def digits_of(one: Drift) -> int:
    """So many that the band's width shows."""
    wide = max(one.band.high - one.band.low, 1e-9)
    return 0 if wide >= 5 else 1 if wide >= 0.5 else 2 if wide >= 0.05 else 3


def breakdown(report: ShiftReport) -> list[Block]:
    """The same figures by lot, operator and so on, where there is more than one."""
    blocks: list[Block] = []
    for by, groups in report.breakdown:
        columns = (
            Column(words.by_word(by), 1.0),
            Column(translate("Report", "Parts"), right=True),
            Column(translate("Line", "First-pass yield"), right=True),
            Column(translate("Report", "Yield"), right=True),
            Column(translate("Report", "Overruled"), right=True),
            Column(translate("Report", "Not inspected"), right=True),
        )
        rows = [(name or NONE, *_of_group(found)) for name, found in groups]
        blocks += [table(columns, rows, 20)]
    return [Heading(translate("Report", "Breakdown")), *blocks] if blocks else []


def _of_group(found: LineFigures) -> tuple[str, ...]:
    return (
        number(found.parts),
        percent(found.first_pass.rate, 2),
        percent(found.good.rate, 2),
        percent(found.overruled.rate, 2),
        number(found.not_inspected),
    )


def stops(report: ShiftReport) -> list[Block]:
    """When the line stood; of many the longest ones."""
    found = report.figures.stops
    longest = sorted(found, key=lambda one: -one.seconds)[:STOPS]
    shown = sorted(longest, key=lambda one: one.since_ms)
    rows = [
        (
            words.moment(report, one.since_ms),
            words.moment(report, one.until_ms),
            words.minutes(one.seconds),
            "",
        )
        for one in shown
    ]
    if len(found) > len(shown):
        rest = sum(one.seconds for one in found) - sum(one.seconds for one in shown)
        more = translate(
            "Report",
            "and {count} shorter ones, {time} together",
            count=number(len(found) - len(shown)),
            time=words.minutes(rest),
        )
        rows.append(("", "", "", more))
    columns = (
        Column(translate("Report", "Since")),
        Column(translate("Report", "Until")),
        Column(translate("Report", "Stood"), right=True),
        Column("", 1.0),
    )
    empty = translate("Report", "No stop.")
    heading = Heading(translate("Report", "Stops"))
    return [heading, Table(columns, tuple(rows), empty) if rows else Words(empty)]
