"""What the panels of advice say."""

from datetime import datetime

from station.gui.pages.line_advice_room import AdviceView, Work
from station.gui.texts import fault_text, label_word, number, percent, translate
from station.gui.widgets.chart_sheet import Cell, Sheet
from station.insight.advice import (
    LEAST_BAD,
    LEAST_PARTS,
    NG,
    Advice,
    Change,
    Evidence,
    Lack,
    LeftOut,
    Sense,
    Suggestion,
)
from station.insight.advice_track import Standing, Tracked

STRONG, CLEAR = 0.75, 0.6  # of the lower bound
ARROW = " → "


def title(target: str) -> str:
    """What drives scratches · model of the line."""
    return translate("Line", "What drives {defect} · model of the line", defect=defect(target))


def short_title(target: str) -> str:
    """The same where there is little room."""
    return translate("Line", "What drives {defect}", defect=defect(target))


def defect(target: str) -> str:
    """A target by its name."""
    return translate("Line", "NG parts") if target == NG else label_word(target)


def sense(found: Sense) -> str:
    """Where it is worse."""
    match found:
        case Sense.HIGH:
            return translate("Line", "worse when high")
        case Sense.LOW:
            return translate("Line", "worse when low")
        case Sense.ENDS:
            return translate("Line", "best in the middle")
        case Sense.MIDDLE:
            return translate("Line", "worst in the middle")


def how_sure(found: Evidence) -> str:
    """How far the drivers can be trusted, in a sentence."""
    told = translate(
        "Line",
        "of a bad and a good part it names the bad one {hits} times in 100 ({low}–{high}; "
        "chance: 50). {parts} parts, {bad} bad.",
        hits=number(100 * found.auc),
        low=number(100 * found.low),
        high=number(100 * found.high),
        parts=number(found.parts),
        bad=number(found.bad),
    )
    return _kept(f"{_strength(found)}: {told}")


def how_sure_short(found: Evidence) -> str:
    """The same where there is little room."""
    told = translate(
        "Line",
        "{hits} of 100 ({low}–{high}) · {parts} parts, {bad} bad",
        hits=number(100 * found.auc),
        low=number(100 * found.low),
        high=number(100 * found.high),
        parts=number(found.parts),
        bad=number(found.bad),
    )
    return _kept(f"{_strength(found)}: {told}")


def nothing(view: AdviceView) -> str:
    """Why there are no drivers to show; empty where there are some."""
    advice = view.advice
    if view.work.fault is not None and advice is None:
        return fault_text(view.work.fault)
    if not view.product:
        return translate("Line", "No parts yet.")
    if advice is None:
        return working(view.work) or translate("Line", "Nobody has looked for causes yet.")
    if advice.lack is not None:
        return _joined(_lack(advice, advice.lack), left_out(advice))
    if not advice.is_found:
        return _joined(_no_cause(advice), left_out(advice))
    return ""


def working(work: Work) -> str:
    """How far the search is."""
    if not work.runs:
        return ""
    return translate("Line", "Looking for causes… {step}", step=_step(work)).strip()


def left_out(advice: Advice) -> str:
    """Which values were not used, and why; a leak first."""
    if not advice.left_out:
        return ""
    told = sorted(advice.left_out, key=lambda one: one[1] is not LeftOut.LEAK)
    values = ", ".join(f"{name} ({_why(why)})" for name, why in told)
    return translate("Line", "Left out: {values}.", values=values)


def has_leak(advice: Advice) -> bool:
    """Whether a value tells too much."""
    return any(why is LeftOut.LEAK for _, why in advice.left_out)


def no_suggestion(view: AdviceView) -> str:
    """Why no settings are suggested; empty where some are."""
    advice = view.advice
    if advice is None or advice.lack is not None or not advice.is_found:
        return translate("Line", "Nothing to suggest while no cause is known.")
    if not advice.settable:
        return translate("Line", "Say first which of the values can be set.")
    if advice.suggestion is None:
        return translate("Line", "No better settings inside what has been seen.")
    return ""


def expected_of(target: str) -> str:
    """What the figures behind it are."""
    what = translate("Line", "NG") if target == NG else label_word(target)
    return translate("Line", "Expected {defect}", defect=what)


def expected(found: Suggestion) -> tuple[str, str, str]:
    """1.42 % → 0.9 %, (0.6–1.2), and what else changes."""
    digits = 1 if found.expected >= 0.1 else 2
    share = f"{percent(found.now, digits)}{ARROW}{percent(found.expected, digits)}"
    low, high = (number(100 * one, digits) for one in (found.low, found.high))
    return _kept(share), f"({low}–{high})", _pace(found)


def evidence(found: Suggestion) -> str:
    """What was really made about so."""
    told = translate(
        "Line",
        "Made about so already: {parts} parts, {bad} of them bad.",
        parts=number(found.near),
        bad=number(found.near_bad),
    )
    return _kept(told)


def only_advice() -> str:
    """What the station never does."""
    return translate("Line", "Advice only. The station never writes machine settings.")


def change(one: Change) -> tuple[str, str]:
    """What it is and what is advised; the first one digit finer, as it was measured and not set."""
    digits = _digits(one.to)
    return figure(round(one.was, digits + 1)), figure(one.to)


def figure(value: float) -> str:
    """Up to four digits that count, and no empty ones."""
    return number(value, _digits(value))


def _digits(value: float) -> int:
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    digits = max(0, 4 - whole)
    while digits and round(value, digits - 1) == round(value, digits):
        digits -= 1
    return digits


def tracked(one: Tracked) -> str:
    """Since 14:20: 1.42 → 0.97 %, 2 100 parts: better, beyond chance."""
    at = moment(one.accepted.at_ms)
    if one.standing in (Standing.EARLY, Standing.UNCHANGED, Standing.UNKNOWN):
        return translate("Line", "Accepted {at}: {result}", at=at, result=result(one))
    told = translate(
        "Line",
        "Since {at}: {before}{arrow}{since}, {parts} parts: {result}",
        at=at,
        before=percent(one.accepted.before.share, 2),
        arrow=ARROW,
        since=percent(one.since.share, 2),
        parts=number(one.since.n),
        result=result(one),
    )
    return _kept(told)


def result(one: Tracked) -> str:
    """What came of it, in a few words."""
    match one.standing:
        case Standing.EARLY:
            return translate("Line", "too few parts since ({n})", n=number(one.since.n))
        case Standing.UNCHANGED:
            return translate("Line", "the settings were not changed ({now})", now=_medians(one))
        case Standing.UNKNOWN:
            return translate("Line", "no values of the settings since")
        case Standing.BETTER:
            return translate("Line", "better, beyond chance")
        case Standing.WORSE:
            return translate("Line", "worse, beyond chance")
        case Standing.OPEN:
            return translate("Line", "not yet proven")


def moment(at_ms: int) -> str:
    """14:20 of today, else with its day."""
    at = datetime.fromtimestamp(at_ms / 1000).astimezone()
    today = datetime.now().astimezone().date() == at.date()
    return f"{at:%H:%M}" if today else f"{at:%Y-%m-%d %H:%M}"


# ── tables ───────────────────────────────────────────────────────────────────────────────────


def drivers_sheet(advice: Advice | None, name: str) -> Sheet:
    """The bars in numbers."""
    heads = (
        translate("Line", "Value"),
        translate("Line", "Unit"),
        translate("Line", "Share of what is known (%)"),
        translate("Line", "± (%)"),
        translate("Line", "Beyond chance"),
        translate("Line", "Worse where"),
    )
    yes, no = translate("Line", "yes"), translate("Line", "no")
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.name, one.unit, 100 * one.share, 100 * one.spread),
            *(yes if one.is_sure else no, sense(one.sense)),
        )
        for one in (advice.drivers if advice else ())
    ]
    return Sheet(name, heads, tuple(rows))


def settings_sheet(view: AdviceView, name: str) -> Sheet:
    """What is suggested now, then what was accepted, a row a setting."""
    rows: list[tuple[Cell, ...]] = []
    advice = view.advice
    if advice is not None and advice.suggestion is not None:
        rows += [
            (
                *(moment(advice.made_ms), None, one.name, one.unit, one.was, one.to),
                *(None,) * 8,
                translate("Line", "suggested"),
            )
            for one in advice.suggestion.changes
        ]
    for one in view.tracked:
        rows += _tracked_rows(one)
    return Sheet(name, _heads(), tuple(rows))


def _heads() -> tuple[str, ...]:
    return (
        translate("Line", "When"),
        translate("Line", "Who"),
        translate("Line", "Setting"),
        translate("Line", "Unit"),
        translate("Line", "Set before"),
        translate("Line", "Advised"),
        translate("Line", "Median since"),
        translate("Line", "Bad before"),
        translate("Line", "Parts before"),
        translate("Line", "Bad since"),
        translate("Line", "Parts since"),
        translate("Line", "Difference (%)"),
        translate("Line", "At least (%)"),
        translate("Line", "At most (%)"),
        translate("Line", "Result"),
    )


def _tracked_rows(one: Tracked) -> list[tuple[Cell, ...]]:
    said, beside = one.accepted, one.beside
    figures: tuple[Cell, ...] = (None, None, None)
    if beside is not None:
        figures = (100 * beside.value, 100 * beside.low, 100 * beside.high)
    return [
        (
            *(moment(said.at_ms), said.operator, change.name, change.unit, change.was, change.to),
            *(median, said.before.bad, said.before.n, one.since.bad, one.since.n),
            *(*figures, result(one)),
        )
        for change, median in zip(said.changes, one.medians, strict=True)
    ]


# ── parts of sentences ───────────────────────────────────────────────────────────────────────


def _kept(words: str) -> str:
    """A number is not broken at the end of a line."""
    return words.replace("\u2009", "\u202f")


def _strength(found: Evidence) -> str:
    if found.low >= STRONG:
        return translate("Line", "A strong pattern")
    if found.low >= CLEAR:
        return translate("Line", "A clear pattern")
    return translate("Line", "A weak pattern")


def _step(work: Work) -> str:
    return percent(work.share) if work.step in ("drivers", "search") else ""


def _lack(advice: Advice, lack: Lack) -> str:
    match lack:
        case Lack.PARTS:
            return translate(
                "Line",
                "Too few parts with process values yet: {count} of {minimum}.",
                count=number(advice.parts),
                minimum=LEAST_PARTS,
            )
        case Lack.BAD if advice.bad >= LEAST_BAD:
            return translate("Line", "Hardly a part is good: there is nothing to tell apart.")
        case Lack.BAD:
            return translate(
                "Line",
                "Too few bad parts to look for causes: {count} of at least {minimum}, among "
                "{parts} parts.",
                count=number(advice.bad),
                minimum=LEAST_BAD,
                parts=number(advice.parts),
            )
        case Lack.VALUES:
            return translate("Line", "No process values of the parts to learn from.")


def _no_cause(advice: Advice) -> str:
    return translate(
        "Line",
        "No cause found among these values: what the model says of later parts is no better than "
        "chance ({parts} parts, {bad} bad).",
        parts=number(advice.parts),
        bad=number(advice.bad),
    )


def _why(why: LeftOut) -> str:
    match why:
        case LeftOut.CONSTANT:
            return translate("Line", "never changes")
        case LeftOut.LEAK:
            return translate("Line", "almost is the result itself: known only afterwards?")
        case LeftOut.LATE:
            return translate("Line", "came only lately")
        case LeftOut.STOPPED:
            return translate("Line", "comes no more")
        case LeftOut.GAPS:
            return translate("Line", "often missing")


def _pace(found: Suggestion) -> str:
    if found.pace is None or found.pace_now is None:
        return ""
    beside = found.pace - found.pace_now
    if abs(beside) < 0.01 * found.pace_now:
        return translate("Line", "pace unchanged")
    sign = "+" if beside > 0 else "−"
    change = f"{sign}{figure(float(f'{abs(beside):.2g}'))}"
    return translate("Line", "pace {change} parts/min", change=change)


def _medians(one: Tracked) -> str:
    return ", ".join(
        f"{change.name} {figure(median)} {change.unit}".strip()
        for change, median in zip(one.accepted.changes, one.medians, strict=True)
        if median is not None
    )


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
