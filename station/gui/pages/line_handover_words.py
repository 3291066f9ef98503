"""What the dialogs of a hand-over say."""

from dataclasses import dataclass

from station.gui import shift_report_words as words
from station.gui.line_words import event_words
from station.gui.shift_report_open import top_defects
from station.gui.shift_report_words import DOT, NONE
from station.gui.texts import fault_text, number, percent, translate
from station.insight.handover import Golden, Handover
from station.insight.shift import ShiftReport, by_clock
from station.store.audit import AuditEntry

ALARMS = 3


@dataclass(frozen=True, slots=True)
class Essential:
    """A line of what the next shift must know; tone: a colour role of the theme."""

    name: str
    value: str
    tone: str = "text"


def essentials(report: ShiftReport) -> tuple[Essential, ...]:
    """What is on the table when a shift is handed over."""
    found = report.figures
    rows = [
        Essential(translate("Report", "Parts"), number(found.parts)),
        Essential(
            translate("Line", "First-pass yield"),
            _with_proof(percent(found.first_pass.rate, 2), words.proof(found.first_pass)),
        ),
        Essential(
            translate("Line", "OEE"),
            NONE
            if found.oee is None
            else _with_proof(percent(found.oee.value, 1), words.factors(found)),
        ),
        Essential(translate("Report", "Commonest defects"), top_defects(report.top)),
        _counted(translate("Report", "Waiting for review"), report.waiting, "review_text"),
        _counted(translate("Report", "Not inspected"), found.not_inspected, "absent_text"),
        *_signals(report),
        *_alarms(report.alarms),
    ]
    return tuple(rows)


def _with_proof(value: str, proof: str) -> str:
    return value if proof == NONE else f"{value}{DOT}{proof}"


def _counted(name: str, count: int, tone: str) -> Essential:
    return Essential(name, number(count), tone if count else "text")


def _signals(report: ShiftReport) -> list[Essential]:
    chart = report.seen.chart
    events = () if chart is None else chart.events
    name = translate("Report", "Signals")
    if not events:
        return [Essential(name, translate("Report", "none"))]
    last = events[-1]
    told = f"{words.moment(report, last.at_ms)} {event_words(last)}"
    if len(events) > 1:
        rest = number(len(events) - 1)
        told = translate("Report", "{last}, and {count} before", last=told, count=rest)
    return [Essential(name, told, "review_text")]


def _alarms(alarms: tuple[AuditEntry, ...]) -> list[Essential]:
    name = translate("Report", "Open alarms")
    if not alarms:
        return [Essential(name, translate("Report", "none"))]
    told = [
        f"{by_clock(one.at_ms):%m-%d %H:%M} {fault_text(one.fault)}"
        for one in alarms[:ALARMS]
        if one.fault is not None
    ]
    if len(alarms) > ALARMS:
        told.append(translate("Report", "{n} more", n=number(len(alarms) - ALARMS)))
    return [Essential(name, "\n".join(told), "ng_text")]


def heading() -> str:
    """Over the dialog."""
    return translate("Handover", "Hand over the shift")


def shift_key(report: ShiftReport | None, back: int) -> str:
    """A key that chooses the shift."""
    name = translate("Line", "Last shift") if back else translate("History", "This shift")
    if report is None:
        return name
    return f"{name} {by_clock(report.since_ms):%H:%M}–{by_clock(report.until_ms):%H:%M}"


def state(report: ShiftReport | None) -> tuple[str, str]:
    """Whether it is signed, and the role of these words."""
    if report is None:
        return translate("Handover", "The figures are being read…"), "muted"
    as_of = translate("Handover", "Figures as of {when}", when=words.stamp(report.made_ms))
    if not report.signed:
        return f"{as_of}{DOT}{translate('Handover', 'not signed yet')}", "muted"
    return f"{as_of}{DOT}{signed(report.signed[-1])}", "ok_text"


def signed(one: Handover) -> str:
    """Signed at that moment, by whom to whom."""
    return translate(
        "Handover",
        "signed {when}, {giver} → {taker}",
        when=words.stamp(one.at_ms),
        giver=one.giver,
        taker=one.taker,
    )


def former(one: Handover) -> tuple[str, str]:
    """A hand-over in the list: which shift, and what came of it."""
    since, until = by_clock(one.since_ms), by_clock(one.until_ms)
    of = one.figures
    share = percent(of.first / of.new, 2) if of.new else NONE
    told = translate(
        "Handover",
        "{parts} parts, first-pass yield {share}",
        parts=number(of.parts),
        share=share,
    )
    title = f"{since:%Y-%m-%d %H:%M}–{until:%H:%M}{DOT}{one.giver} → {one.taker}"
    return title, f"{told}{DOT}{one.words}" if one.words else told


def golden_choices() -> tuple[tuple[Golden, str], ...]:
    """What may be said of the check with known parts."""
    return (
        (Golden.PASSED, translate("Handover", "Passed")),
        (Golden.FAILED, translate("Handover", "Failed")),
        (Golden.NOT_DONE, translate("Handover", "Not done")),
    )


def what_misses(giver: str, taker: str, golden: Golden) -> str:
    """Why it cannot be signed yet; empty where it can."""
    if not giver or not taker:
        return translate("Handover", "Two names are needed: who hands over, and who takes over.")
    if golden is Golden.UNSAID:
        return translate("Handover", "Say how the check with known parts went.")
    return ""


def same_name(name: str) -> str:
    """Before one person signs twice."""
    return translate(
        "Handover",
        "{name} hands over to {name}. If nobody takes over, touch the key once more.",
        name=name,
    )


def sign_key(again: bool, twice: bool) -> str:
    """The key that signs."""
    if twice:
        return translate("Handover", "Sign for both")
    return translate("Handover", "Sign again") if again else translate("Handover", "Sign")


def kept(path: str) -> str:
    """It is signed, and where the report lies."""
    return translate("Handover", "Signed. The report is in {path}", path=path)


def kept_without(fault: str) -> str:
    """It is signed, and there is no file of it."""
    return translate(
        "Handover", "Signed, but its report could not be written: {fault}", fault=fault
    )
