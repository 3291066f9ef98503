"""What a shift's report says of times, shares and names."""

from PySide6.QtCore import QDate, QLocale

from station.domain.statistics import Share
from station.gui.texts import label_word, number, percent, translate
from station.insight.figures import By, Ideal, LineFigures
from station.insight.handover import Change, Golden
from station.insight.shift import Ran, ShiftReport, by_clock

DOT = " · "
NONE = "–"


def title(whole: bool) -> str:
    """What it is a report of: a whole shift, or any other scope."""
    if whole:
        return translate("Report", "Shift report")
    return translate("Report", "Line report")


def span(report: ShiftReport) -> str:
    """From when to when, by the clock at the station."""
    since, until = by_clock(report.since_ms), by_clock(report.until_ms)
    if since.time() != until.time() and report.one_day:
        day = QLocale().toString(
            QDate(since.year, since.month, since.day), QLocale.FormatType.LongFormat
        )
        return f"{day}, {since:%H:%M}–{until:%H:%M}"
    return f"{since:%Y-%m-%d %H:%M} – {until:%Y-%m-%d %H:%M}"


def moment(report: ShiftReport, at_ms: int) -> str:
    """A time of day, with its day where the report is of several."""
    at = by_clock(at_ms)
    return f"{at:%H:%M}" if report.one_day else f"{at:%m-%d %H:%M}"


def stamp(at_ms: int) -> str:
    """A whole moment."""
    return f"{by_clock(at_ms):%Y-%m-%d %H:%M}"


def ran(one: Ran) -> str:
    """What ran, such as flange v7, model flange-3 (4 871 parts)."""
    return translate(
        "Report",
        "{recipe} v{version}, model {model} ({parts} parts)",
        recipe=one.recipe,
        version=str(one.version),
        model=one.model or NONE,
        parts=number(one.parts),
    )


def asked(report: ShiftReport) -> str:
    """Which parts only; empty where it is all of them."""
    wanted = report.asked
    pairs = (
        (translate("History", "Recipe"), wanted.recipe),
        (translate("History", "Lot"), wanted.lot),
        (translate("History", "Operator"), wanted.operator),
        (translate("History", "Model"), wanted.model),
        (translate("Report", "Station"), wanted.station),
    )
    return DOT.join(f"{name} {value}" for name, value in pairs if value)


def some(names: tuple[str, ...], most: int = 8) -> str:
    """The names, or the first of them and how many more."""
    shown = ", ".join(names[:most]) or NONE
    if len(names) > most:
        shown = translate(
            "Report", "{names} and {count} more", names=shown, count=number(len(names) - most)
        )
    return shown


def count_of(share: Share) -> str:
    """17 of 4 871."""
    return translate("Line", "{count} of {n}", count=number(share.count), n=number(share.n))


def interval(share: Share, digits: int = 1) -> str:
    """0.2–0.6 %: where the true share lies."""
    low, high = number(share.low * 100, digits), percent(share.high, digits)
    return f"{low}–{high}"


def proof(share: Share, digits: int = 1) -> str:
    """17 of 4 871 · 0.2–0.6 %; without parts, a dash."""
    return DOT.join(proofs(share, digits)) or NONE


def proofs(share: Share, digits: int = 1) -> tuple[str, ...]:
    """What a share rests on, and between what the true one lies; without parts, nothing."""
    return (count_of(share), interval(share, digits)) if share.n else ()


def factors(figures: LineFigures) -> str:
    """The three factors of OEE, in per cent."""
    is_ = figures.oee
    if is_ is None:
        return NONE
    return translate(
        "Report",
        "A {availability} · P {performance} · Q {quality}",
        availability=number(is_.availability * 100),
        performance=number(is_.performance * 100),
        quality=percent(is_.quality),
    )


def ideal(one: Ideal | None) -> str:
    """The ideal cycle, and where it is from."""
    if one is None:
        return translate("Report", "too few parts to tell the ideal cycle")
    seconds = number(one.seconds, 2)
    if one.shown:
        return translate(
            "Report",
            "ideal cycle {seconds} s: the best pace that the line has shown",
            seconds=seconds,
        )
    return translate("Report", "ideal cycle {seconds} s, as set", seconds=seconds)


def minutes(seconds: float) -> str:
    """12 min; below one, seconds."""
    if seconds < 60:
        return translate("Report", "{n} s", n=number(seconds))
    return translate("Report", "{n} min", n=number(seconds / 60, 1 if seconds < 600 else 0))


def defect(label: str | None) -> str:
    """The name of a bar of the Pareto."""
    if label is None:
        return translate("Report", "Others")
    return label_word(label) if label else translate("Report", "Without a name")


def by_word(by: By) -> str:
    """What the parts are told apart by."""
    match by:
        case By.SHIFT:
            return translate("Report", "Shift")
        case By.LOT:
            return translate("History", "Lot")
        case By.RECIPE:
            return translate("History", "Recipe")
        case By.OPERATOR:
            return translate("History", "Operator")
        case By.MODEL:
            return translate("History", "Model")


def golden_word(golden: Golden) -> str:
    """What the person who handed over said of the check with known parts."""
    match golden:
        case Golden.PASSED:
            return translate("Report", "Check with known parts: passed")
        case Golden.FAILED:
            return translate("Report", "Check with known parts: failed")
        case Golden.NOT_DONE:
            return translate("Report", "Check with known parts: not done")
        case Golden.UNSAID:
            return translate("Report", "Check with known parts: nothing was said about it")


def figure_word(name: str) -> str:
    """The name of a signed figure; see insight/handover.py, Signed."""
    known = {
        "parts": translate("Report", "Parts"),
        "good": translate("Report", "Good parts"),
        "ng": translate("Report", "NG parts"),
        "waiting": translate("Report", "Waiting for review"),
        "not_inspected": translate("Report", "Not inspected"),
        "first": translate("Report", "Passed at once"),
        "new": translate("Report", "Inspected for the first time"),
        "overruled": translate("Line", "Overruled by operators"),
        "escapes": translate("Report", "Escapes"),
        "false_rejects": translate("Report", "False rejects"),
        "stops": translate("Report", "Stops"),
        "seconds": translate("Report", "Stood, in seconds"),
        "availability": translate("Report", "Availability"),
        "performance": translate("Report", "Performance"),
        "quality": translate("Report", "Quality"),
    }
    return known[name]


def change_values(change: Change) -> tuple[str, str]:
    """What was signed, and how it is now."""
    shares = change.name in ("availability", "performance", "quality")

    def say(value: float | None) -> str:
        if value is None:
            return NONE
        return percent(value, 1) if shares else number(value)

    return say(change.was), say(change.now)
