"""What the pages say about parts, counts and the line."""

from station.domain.counts import Counts
from station.domain.inspection import DecisionKind, Inspection, Verdict
from station.domain.part import Part
from station.gui.desk_part import DeskPart
from station.gui.texts import (
    current_language,
    fault_text,
    label_word,
    number,
    translate,
    verdict_word,
)
from station.gui.widgets.counters import Counter
from station.gui.widgets.verdict_banner import BannerText
from station.pipeline.events import LineState

THIN = "\u2009"
DOT = " · "


def percent(share: float) -> str:
    """94 % for 0.94; cut, not rounded, so that it never seems to reach a limit."""
    return f"{int(share * 100 + 1e-9)}{THIN}%"


def part_name(part: Part) -> str:
    """Part 004 871 · SN 8842-00193."""
    padded = f"{part.number:06d}"
    grouped = padded if len(padded) > 6 else f"{padded[:3]}{THIN}{padded[3:]}"
    name = translate("Inspect", "Part {number}", number=grouped)
    if not part.serial:
        return name
    return name + DOT + translate("Inspect", "SN {serial}", serial=part.serial)


def product_name(title: str, lot: str) -> str:
    """Flange 120 · Lot 26-1121-B."""
    return title + DOT + translate("Inspect", "Lot {lot}", lot=lot) if lot else title


def banner(part: DeskPart, pending: bool) -> BannerText:
    """The verdict and what it rests on, and a person's word on it."""
    seen = part.inspection
    detail = fault_text(seen.fault) if seen.fault else ""
    label = ""
    if seen.verdict is not Verdict.NOT_INSPECTED:
        label = label_word(seen.label or "")
        detail = DOT.join(_figures(seen))
    said = translate("Inspect", "Being recorded…") if pending else _said(part)
    return BannerText(seen.verdict, verdict_word(seen.verdict), label, detail, said)


def _figures(seen: Inspection) -> list[str]:
    figures = [percent(seen.score)] if seen.score is not None else []
    figures.append(_limit(seen))
    if seen.ms is not None:
        figures.append(translate("Inspect", "{ms} ms", ms=f"{seen.ms:.0f}"))
    return figures


def _limit(seen: Inspection) -> str:
    low, high = percent(seen.review_limit), percent(seen.ng_limit)
    if seen.verdict is Verdict.REVIEW:
        return translate("Inspect", "between {low} and {high}", low=low, high=high)
    return translate("Inspect", "limit {limit}", limit=high if seen.verdict is Verdict.NG else low)


def _said(part: DeskPart) -> str:
    standing = part.standing
    if standing is None:
        return ""
    if standing.kind is DecisionKind.ACCEPT:
        return translate("Inspect", "Accepted by hand")
    if standing.label:
        return translate("Inspect", "Rejected by hand: {label}", label=label_word(standing.label))
    return translate("Inspect", "Rejected by hand")


def reject_hint(part: DeskPart | None, selected: str) -> str:
    """What pressing Reject says about the part."""
    if not selected:
        return translate("Inspect", "part is bad")
    label = label_word(selected)
    if part and part.inspection.label == selected and part.inspection.verdict is not Verdict.OK:
        return translate("Inspect", "confirm {label}", label=in_sentence(label))
    return translate("Inspect", "reject as {label}", label=in_sentence(label))


def in_sentence(word: str) -> str:
    """A class name inside a sentence: small in English; German nouns keep their capital."""
    return word.lower() if current_language() == "en" else word


def live_state(state: LineState) -> tuple[str, str]:
    """The words and the colour role of the tag over the live picture."""
    match state:
        case LineState.FAULT:
            return translate("Inspect", "FAULT"), "tag_ng"
        case LineState.STARTING:
            return translate("Inspect", "STARTING"), "tag_review"
        case LineState.STOPPING | LineState.STOPPED:
            return translate("Inspect", "STOPPED"), "tag_absent"
        case _:
            return translate("Inspect", "LIVE"), "tag_text"


def counters(known: Counts | None, pace: float) -> tuple[Counter, ...]:
    """The numbers of the shift; dashes where they are not known yet."""
    counts = known or Counts()

    def shown_count(count: int) -> str:
        return "–" if known is None else number(count)

    share = counts.good_share
    shown = "–" if share is None else f"{number(share * 100, 2)}{THIN}%"
    rows = [
        Counter(shown_count(counts.parts), translate("Inspect", "inspected this shift")),
        Counter(shown_count(counts.ok), verdict_word(Verdict.OK), "ok_text"),
        Counter(shown_count(counts.ng), verdict_word(Verdict.NG), "ng_text"),
        Counter(
            shown_count(counts.review), translate("Inspect", "waiting for review"), "review_text"
        ),
    ]
    if counts.not_inspected:
        word = translate("Inspect", "not inspected")
        rows.append(Counter(number(counts.not_inspected), word, "absent_text"))
    rows.append(Counter(shown, translate("Inspect", "yield")))
    rows.append(Counter(number(pace, 1), translate("Inspect", "parts / min")))
    return tuple(rows)


def reasons() -> tuple[tuple[str, str], ...]:
    """Why a decision is changed later; what is shown is what is recorded."""
    listed = (
        translate("Inspect", "Looked at the part again"),
        translate("Inspect", "Pressed the wrong key"),
        translate("Inspect", "Measured the part"),
        translate("Inspect", "Team leader decided"),
        translate("Inspect", "Another part lay there"),
    )
    return tuple((words, words) for words in listed)
