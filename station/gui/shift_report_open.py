"""The sections of a shift's report about what is open, what happened, and who signed."""

from collections.abc import Mapping

from station.gui import shift_report_words as words
from station.gui.paper_blocks import Block, Heading, Signatures, Signer, Together, Words
from station.gui.paper_table import Column, Table
from station.gui.shift_report_parts import table
from station.gui.shift_report_words import DOT, NONE
from station.gui.texts import fault_text, label_word, number, translate
from station.insight.handover import Golden, Handover, changes
from station.insight.shift import ShiftReport
from station.store.audit import AuditEntry
from station.store.notes import Note, NoteKind

ALARMS = 6
EVENTS = 15


def open_points(report: ShiftReport) -> list[Block]:
    """What the next shift must know, or do, first."""
    rows, tones = [], []
    for alarm in report.alarms[:ALARMS]:
        rows.append((translate("Report", "Alarm"), _alarm(alarm)))
        tones.append("ng")
    if len(report.alarms) > ALARMS:
        more = number(len(report.alarms) - ALARMS)
        rows.append((translate("Report", "Alarm"), translate("Report", "{n} more", n=more)))
        tones.append("ng")
    if report.waiting:
        told = translate("Report", "{n} parts wait for a decision", n=number(report.waiting))
        rows.append((translate("Report", "Review"), told))
        tones.append("review")
    if report.figures.not_inspected:
        n = number(report.figures.not_inspected)
        told = translate("Report", "{n} parts could not be inspected and were rejected", n=n)
        rows.append((translate("Report", "Not inspected"), told))
        tones.append("absent")
    if report.whole:
        rows.append((translate("Report", "Known parts"), golden(report)))
        tones.append("text" if _last_golden(report) is not Golden.FAILED else "ng")
    said = report.signed[-1].words if report.signed else ""
    blocks: list[Block] = [Heading(translate("Report", "Notes")), Words(said)] if said else []
    if not rows:
        return blocks
    columns = (Column(translate("Report", "Open points")), Column("", 1.0))
    return [*blocks, Table(columns, tuple(rows), tones=tuple(tones))]


def _alarm(alarm: AuditEntry) -> str:
    told = "" if alarm.fault is None else fault_text(alarm.fault)
    return f"{words.stamp(alarm.at_ms)}{DOT}{told}"


def _last_golden(report: ShiftReport) -> Golden:
    return report.signed[-1].golden if report.signed else Golden.UNSAID


def golden(report: ShiftReport) -> str:
    """What a person said of the check, and which products have a golden picture."""
    said = [words.golden_word(_last_golden(report))]
    without = tuple(product for product, there in report.golden if not there)
    if without:
        products = words.some(without)
        said.append(
            translate("Report", "no golden picture is set for {products}", products=products)
        )
    return DOT.join(said)


def events(report: ShiftReport) -> list[Block]:
    """Faults, restarts and releases of that time, from the audit trail."""
    told = [one for one in report.events if one.fault is not None]
    if not told:
        return []
    rows = [
        (words.moment(report, one.at_ms), fault_text(one.fault), one.operator or NONE)
        for one in told
        if one.fault is not None
    ]
    columns = (
        Column(translate("Report", "When")),
        Column(translate("Report", "What happened"), 1.0),
        Column(translate("History", "Operator")),
    )
    return [Heading(translate("Report", "Events")), table(columns, rows, EVENTS)]


def notes(report: ShiftReport) -> list[Block]:
    """Services and accepted advice of that time."""
    if not report.notes:
        return []
    rows = [
        (words.moment(report, one.at_ms), note_word(one), one.operator or NONE)
        for one in report.notes
    ]
    columns = (
        Column(translate("Report", "When")),
        Column(translate("Report", "Note"), 1.0),
        Column(translate("History", "Operator")),
    )
    return [Heading(translate("Report", "Services and accepted advice")), table(columns, rows, 20)]


def note_word(note: Note) -> str:
    """What was noted, in a line."""
    if note.kind is NoteKind.SERVICE:
        told = translate("Report", "{machine} was serviced", machine=note.subject)
        what = str(note.body.get("what", ""))
        return f"{told}: {what}" if what else told
    told = translate("Report", "Advice for {product} was accepted", product=note.subject)
    listed = note.body.get("changes")
    if not isinstance(listed, list):
        return told
    steps = DOT.join(_step(one) for one in listed if isinstance(one, Mapping))
    return f"{told}: {steps}" if steps else told


def _step(change: Mapping[str, object]) -> str:
    was, to = (_figure(change.get(key)) for key in ("was", "to"))
    return f"{change.get('name', '')} {was} → {to} {change.get('unit', '')}".strip()


def _figure(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else NONE


def handed_over(report: ShiftReport) -> list[Block]:
    """Who signed, what they wrote, and which figures have changed since; else lines to sign."""
    if not report.whole:
        return []
    heading = Heading(translate("Report", "Hand-over"))
    roles = (translate("Report", "Handed over by"), translate("Report", "Taken over by"))
    if not report.signed:
        told = Words(translate("Report", "Not signed."), "review")
        blank = Signatures(tuple(Signer(role) for role in roles))
        return [Together((heading, told, blank))]
    last = report.signed[-1]
    names = zip(roles, (last.giver, last.taker), strict=True)
    signers = tuple(Signer(role, name, words.stamp(last.at_ms)) for role, name in names)
    earlier = [_earlier(one) for one in report.signed[:-1]]
    lines = Signatures(signers)
    return [*earlier, Together((heading, *_changed(report, last), lines))]


def _changed(report: ShiftReport, last: Handover) -> list[Block]:
    found = changes(last.figures, report.stands)
    if not found:
        return []
    told = translate("Report", "Since it was signed these figures have changed:")
    columns = (
        Column(translate("Report", "Figure"), 1.0),
        Column(translate("Report", "As signed"), right=True),
        Column(translate("Report", "As of {when}", when=words.stamp(report.made_ms)), right=True),
    )
    rows = tuple((words.figure_word(one.name), *words.change_values(one)) for one in found)
    return [Words(told, "review"), Table(columns, rows)]


def _earlier(one: Handover) -> Block:
    told = translate(
        "Report",
        "Signed before, {when}: {giver} to {taker}",
        when=words.stamp(one.at_ms),
        giver=one.giver,
        taker=one.taker,
    )
    return Words(f"{told}. {one.words}" if one.words else told, "muted")


def top_defects(top: tuple[tuple[str, int], ...]) -> str:
    """Scratch 38, Dent 17, Stain 8."""
    return ", ".join(f"{label_word(label)} {number(count)}" for label, count in top) or NONE
