"""What the History page says of one part: its row in the table, and its whole story as a text."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from station.domain.counts import Counts
from station.domain.inspection import (
    Decision,
    DecisionKind,
    Disposition,
    Inspection,
    Verdict,
    ViewResult,
)
from station.domain.part import TriggerSource
from station.domain.process import ProcessValue
from station.errors import Fault
from station.gui import part_words as words
from station.gui.pages.history_filter import Span, Wish, kind_word
from station.gui.texts import fault_text, label_word, number, translate, verdict_word
from station.gui.theme import Theme
from station.gui.widgets.counters import Counter
from station.gui.widgets.parts_table import Lines, PartRow
from station.store.entry import Entry
from station.store.export import Exported
from station.store.story import Story

DASH = "–"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was said or done; `void` when it was taken back later."""

    at_ms: int
    words: str
    void: bool = False


def moment(at_ms: int) -> str:
    """2026-11-21 14:07:33 by the clock at the station."""
    return f"{datetime.fromtimestamp(at_ms / 1000).astimezone():%Y-%m-%d %H:%M:%S}"


def headings() -> tuple[Lines, ...]:
    """What stands over the columns of `row`."""
    return (
        (translate("History", "Verdict"), translate("History", "Decision")),
        (translate("History", "Part"), translate("History", "Time")),
        (translate("History", "Serial"), translate("History", "Lot")),
        (translate("History", "Defect"), translate("History", "Score")),
    )


def row(entry: Entry) -> PartRow:
    """A part as a row of the table."""
    seen, said = entry.inspection, entry.decision
    if said is not None:
        decided = kind_word(said.kind)
    else:
        decided = translate("History", "Waiting") if entry.waits else DASH
    label = said.label if said is not None and said.label else seen.label
    return PartRow(
        seen.uid,
        seen.verdict,
        (
            (verdict_word(seen.verdict), decided),
            (_grouped(seen.part.number), moment(seen.at_ms)),
            (seen.part.serial or DASH, seen.part.lot or DASH),
            (label_word(label) if label else DASH, _score(seen)),
        ),
    )


def _grouped(part: int) -> str:
    padded = f"{part:06d}"
    return padded if len(padded) > 6 else f"{padded[:3]}{words.THIN}{padded[3:]}"


def _score(seen: Inspection) -> str:
    return DASH if seen.score is None else words.percent(seen.score)


def happenings(story: Story) -> list[Happening]:
    """All that was said of the part and done with it, oldest first."""
    seen = story.entry.inspection
    found = [Happening(seen.at_ms, _judged(seen))]
    found += _decisions(story.decisions)
    found += [Happening(one.at_ms, _disposed(one.disposition)) for one in story.dispositions]
    for keep in story.keeps:
        said = translate("History", "Picture kept for good: {why}", why=_keep_word(keep.why))
        found.append(Happening(keep.at_ms, said + _by(keep.operator)))
    if story.removal is not None:
        said = translate("History", "Picture deleted: {why}", why=_why_word(story.removal.why))
        found.append(Happening(story.removal.at_ms, said))
    return sorted(found, key=lambda one: one.at_ms)  # at the same moment in this order


def _judged(seen: Inspection) -> str:
    verdict = verdict_word(seen.verdict)
    if seen.label is None:
        return translate("History", "Verdict {verdict}", verdict=verdict)
    label = f"{verdict} · {label_word(seen.label)} · {_score(seen)}"
    return translate("History", "Verdict {verdict}", verdict=label)


def _decisions(said: Iterable[Decision]) -> list[Happening]:
    """An undo takes back the last word that still stands."""
    found: list[Happening] = []
    standing: list[int] = []
    for one in said:
        if one.kind is not DecisionKind.UNDO:
            standing.append(len(found))
        elif standing:
            back = standing.pop()
            found[back] = Happening(found[back].at_ms, found[back].words, void=True)
        found.append(Happening(one.at_ms, _decided(one)))
    return found


def _decided(said: Decision) -> str:
    text = kind_word(said.kind)
    if said.label:
        text = f"{text} · {label_word(said.label)}"
    return text + _by(said.operator) + (f": {said.reason}" if said.reason else "")


def _by(operator: str) -> str:
    return f" ({operator})" if operator else ""


def _disposed(disposition: Disposition) -> str:
    match disposition:
        case Disposition.RELEASE:
            return translate("History", "The machine was told: good part")
        case Disposition.REJECT:
            return translate("History", "The machine was told: sort out")
        case Disposition.HOLD:
            return translate("History", "The machine was told: hold")


def _keep_word(why: str) -> str:
    known = {
        "sample": translate("History", "sample for training"),
        "golden": translate("History", "golden sample"),
        "challenge": translate("History", "challenge part"),
    }
    return known.get(why, why)


def _why_word(why: str) -> str:
    return translate("History", "its time was over") if why == "retention" else why


def _trigger_word(trigger: TriggerSource) -> str:
    match trigger:
        case TriggerSource.KEY:
            return translate("History", "keyboard")
        case TriggerSource.BUTTON:
            return translate("History", "button")
        case TriggerSource.CAMERA:
            return translate("History", "trigger line of the camera")
        case TriggerSource.PRESENCE:
            return translate("History", "a part seen in the picture")
        case TriggerSource.TIMER:
            return translate("History", "timer")
        case TriggerSource.COMMAND:
            return translate("History", "command")
        case TriggerSource.MACHINE:
            return translate("History", "machine")


def facts(entry: Entry) -> list[Lines]:
    """What is known of the part: name and value; what is empty is left out."""
    seen = entry.inspection
    low, high = words.percent(seen.review_limit), words.percent(seen.ng_limit)
    limits = translate("History", "review from {low}, NG from {high}", low=low, high=high)
    recipe = f"{seen.recipe} v{seen.recipe_version}" if seen.recipe else ""
    known = [
        (translate("History", "Time"), moment(seen.at_ms)),
        (translate("History", "Serial"), seen.part.serial),
        (translate("History", "Lot"), seen.part.lot),
        (translate("History", "Recipe"), recipe),
        (translate("History", "Limits"), limits),
        (translate("History", "Scores"), _scores(seen)),
        (translate("History", "Model"), _model(seen)),
        (translate("History", "Computed by"), seen.provider),
        (translate("History", "Duration"), _duration(seen)),
        (translate("History", "Operator"), seen.operator),
        (translate("History", "Station"), entry.station),
        (translate("History", "Camera"), seen.camera),
        (translate("History", "Started by"), _trigger_word(seen.trigger)),
        (translate("History", "Known label"), label_word(seen.truth) if seen.truth else ""),
        (translate("History", "Source"), seen.source),
        (translate("History", "File"), entry.image or ""),
        (translate("History", "Size"), _size(entry.image_bytes)),
        ("SHA-256", entry.image_sha256 or ""),
        ("UID", seen.uid),
    ]
    return [(name, value) for name, value in known if value]


def _scores(seen: Inspection) -> str:
    ranked = sorted(seen.scores, key=lambda one: -one[1])
    return ", ".join(f"{label_word(label)} {words.percent(score)}" for label, score in ranked[:5])


def _model(seen: Inspection) -> str:
    return f"{seen.model} ({seen.model_sha256[:12]})" if seen.model_sha256 else seen.model


def _duration(seen: Inspection) -> str:
    if seen.ms is None:
        return ""
    whole = f"{number(seen.ms, 1)} ms"
    if seen.model_ms is None:
        return whole
    share = f"{number(seen.model_ms, 1)} ms"
    return translate("History", "{whole}, the model {share}", whole=whole, share=share)


def _size(size: int | None) -> str:
    return "" if size is None else f"{number(size / 1024)} KB"


def why_no_picture(story: Story | None) -> str:
    """The words in place of a picture that is not there."""
    if story is not None and story.removal is not None:
        when = moment(story.removal.at_ms)
        return translate("History", "The picture was deleted on {when}", when=when)
    return translate("History", "There is no picture of this part")


def why_empty(wish: Wish, fault: Fault | None) -> str:
    """The words in place of rows that are not there."""
    if fault is not None:
        return translate("History", "The records cannot be read now")
    if wish == Wish(Span.ALL):
        return translate("History", "Nothing has been recorded yet")
    return translate("History", "No part fits. Choose a longer time or fewer conditions.")


def caption(parts: int, more: bool) -> str:
    """What stands over the table."""
    count = number(parts)
    if more:
        return translate("History", "The newest {count} parts, more below", count=count)
    return translate("History", "{count} parts, newest first", count=count)


def figures(counts: Counts, wish: Wish) -> tuple[Counter, ...]:
    """How all parts of the time and the recipe stand, whatever else is asked for."""
    share = counts.good_share
    parts, ok = number(counts.parts), number(counts.ok)
    shown = DASH if share is None else f"{number(share * 100, 2)}{words.THIN}%"
    of_all = translate("History", "yield: {ok} of {parts}", ok=ok, parts=parts)
    here = wish.asked.recipe or translate("History", "parts in this time")
    found = [
        Counter(parts, here),
        Counter(number(counts.ng), verdict_word(Verdict.NG), "ng_text"),
        Counter(number(counts.review), translate("Inspect", "waiting for review"), "review_text"),
    ]
    if counts.not_inspected:
        word = translate("Inspect", "not inspected")
        found.append(Counter(number(counts.not_inspected), word, "absent_text"))
    return (*found, Counter(shown, of_all))


def export_hint(runs: bool, parts: int, made: Exported | None) -> str:
    """How far an export is, or what came of the last one."""
    if runs:
        return translate("History", "{count} parts written", count=number(parts))
    if made is not None:
        return translate("History", "{count} parts saved", count=number(made.parts))
    return "CSV · Excel · ZIP"


def missing(made: Exported) -> str:
    """That some pictures could not be put into the file."""
    count = number(made.missing)
    return translate(
        "History", "{count} pictures are missing; the table in the file names them.", count=count
    )


def page(story: Story, theme: Theme) -> str:
    """All of it as rich text in the colours of the theme."""
    entry = story.entry
    seen = entry.inspection
    parts = [f"<p><b>{escape(words.part_name(seen.part))}</b></p>"]
    if seen.verdict is Verdict.NOT_INSPECTED and seen.fault is not None:
        parts.append(f"<p>{escape(fault_text(seen.fault))}</p>")
    parts.append(_table([_happened(one) for one in happenings(story)], theme))
    parts.append(_table([(name, escape(value)) for name, value in facts(entry)], theme))
    if seen.views:
        parts.append(f"<p><b>{escape(translate('History', 'Views'))}</b></p>")
        parts.append(_table([(one.name, escape(_looked(one))) for one in seen.views], theme))
    if story.values:
        parts.append(f"<p><b>{escape(translate('History', 'Process values'))}</b></p>")
        rows = [(one.name, escape(_measured(one))) for one in story.values]
        parts.append(_table(rows, theme))
    return "".join(parts)


def _looked(one: ViewResult) -> str:
    label = label_word(one.label)
    return f"{verdict_word(one.verdict)} · {label} · {words.percent(one.score)}"


def _measured(one: ProcessValue) -> str:
    """Four digits that count; a whole number with all that it has."""
    size = abs(one.value)
    if size >= 1e12 or 0 < size < 1e-6:
        shown = f"{one.value:.4g}"
    elif one.value == int(one.value) or size >= 1000:
        shown = number(one.value)
    else:
        shown = number(one.value, 3 - math.floor(math.log10(size)))
    return f"{shown} {one.unit}".strip()


def _happened(one: Happening) -> Lines:
    text = escape(one.words)
    if one.void:
        text = f"<s>{text}</s> {escape(translate('History', '(taken back)'))}"
    return moment(one.at_ms), text


def _table(rows: list[Lines], theme: Theme) -> str:
    gap = theme.px(8)
    line = f"line-height:{int(theme.text_px(18) * 1.5)}px"
    cells = "".join(
        f'<tr><td style="color:{theme.muted};padding-right:{2 * gap}px;white-space:nowrap">'
        f'<p style="{line}">{escape(name)}</p></td><td><p style="{line}">{value}</p></td></tr>'
        for name, value in rows
    )
    return f'<table cellspacing="0" style="margin-top:{gap}px">{cells}</table>'
