"""Settings that would do better, as far as rows that were really seen tell.

Where the gain may be nought, there is no better setting; and where the inputs nearly are the
target, none is looked for. What goes along with less need not be what causes it: this is advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.process_card import (
    STANDS_IN,
    TOO_GOOD,
    ProcessCard,
    ProcessModel,
    too_good,
)
from station.insight.process_gain import Search, asking, gain_of
from station.insight.process_near import distances, nearest
from station.insight.process_rows import rows_for
from station.insight.process_search import Ask, best, digits_of, fewer, limit_of, unlike
from station.insight.tables import Table

FAR = 2.0  # times the reach: from there nothing is suggested

Row = npt.NDArray[np.float32]
Faults = tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What may be set; the rest stays as in the last row, or the middle of all, or as in `at`."""

    settable: tuple[str, ...]
    maximise: bool = False
    at: Mapping[str, str] = field(default_factory=dict)
    middle: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One setting, as it would be typed."""

    column: str
    was: str
    to: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """changes: none where nothing better was found. gain: above 0 is better; low, high: its 90 %.

    near: so many rows seen are like it; seen: their mean target, really measured, and
    told: what is foretold of them by what had not learnt from them.
    """

    changes: tuple[Change, ...]
    now: float
    expected: float
    gain: float
    low: float
    high: float
    near: int
    seen: float
    told: float
    faults: tuple[Fault, ...] = ()


def suggest(model: ProcessModel, table: Table, question: Question) -> Suggestion:
    """Raises DatasetError of the family TABLE_, PROCESS_NO_INPUT, PROCESS_BAD_VALUE."""
    card, sign = model.card, -1.0 if question.maximise else 1.0
    for name in (*question.settable, *question.at):
        _require(card, name)
    table, rows, faults = rows_for(card, table)
    now = _present(card, rows, question)
    if why := _why_not(model, now, table):
        return _stay(model, now, (*faults, why))

    if card.explained > TOO_GOOD:
        faults = (*faults, too_good(card.target, card.explained))

    def search(ask: Ask) -> Row:
        return best(model, ask, now, question.settable, question.seed)

    ask = asking(model, sign)
    new = fewer(model, ask, now, search(ask))
    found = _weighed(model, now, new, sign, search, faults)
    if not found.changes or found.low <= 0 or unlike(model, new)[0] > limit_of(model, now):
        fault = Fault(ErrorCode.PROCESS_NO_BETTER, (("target", card.target),))
        return _stay(model, now, (*faults, fault))
    return found


def _why_not(model: ProcessModel, now: Row, table: Table) -> Fault | None:
    """What forbids any advice from here."""
    card = model.card
    if card.explained >= STANDS_IN:
        facts = (("target", card.target), ("percent", f"{100 * card.explained:.2f}"))
        return Fault(ErrorCode.PROCESS_STANDS_IN, facts)
    if not card.sure:
        return Fault(ErrorCode.PROCESS_NOTHING, (("target", card.target),))
    if unlike(model, now)[0] > FAR * max(card.reach, 1e-9):
        facts = (("path", str(table.path)), ("line", str(table.lines[-1])))
        return Fault(ErrorCode.PROCESS_UNSEEN, facts)
    return None


def _require(card: ProcessCard, name: str) -> None:
    if name not in card.columns or name in card.calendar:
        known = ", ".join(one for one in card.columns if one not in card.calendar)
        raise DatasetError(ErrorCode.PROCESS_NO_INPUT, column=name, known=known)


def _present(card: ProcessCard, rows: Row, question: Question) -> Row:
    """The row (1, columns) that is to be bettered."""
    now = rows[-1:].copy()
    for place, name in enumerate(card.columns):
        if question.middle:
            kinds, counts = np.unique(rows[:, place], return_counts=True)
            common = kinds[int(np.argmax(counts))]
            now[0, place] = common if name in card.words else np.median(rows[:, place])
        if name in question.at:
            now[0, place] = _value(card, name, question.at[name])
    return now


def _value(card: ProcessCard, name: str, text: str) -> float:
    """Raises DatasetError PROCESS_BAD_VALUE."""
    known = card.words.get(name)
    if known is not None and text in known:
        return float(known.index(text))
    try:
        value = float(text) if known is None else np.nan
    except ValueError:
        value = np.nan
    if known is None and card.least[name] <= value <= card.most[name]:
        return value
    allowed = f"{card.least[name]:g} – {card.most[name]:g}" if known is None else ", ".join(known)
    raise DatasetError(ErrorCode.PROCESS_BAD_VALUE, column=name, value=text[:40], allowed=allowed)


def _weighed(
    model: ProcessModel, now: Row, new: Row, sign: float, search: Search, faults: Faults
) -> Suggestion:
    """The gain, and how sure it is."""
    card, seen = model.card, model.seen
    found = gain_of(model, now, new, sign, search)
    near = _near(model, new, limit_of(model, now))
    was = float(model.ask(now)[0])
    changes = tuple(
        Change(name, _as_typed(card, name, now[0, place]), _as_typed(card, name, new[0, place]))
        for place, name in enumerate(card.columns)
        if now[0, place] != new[0, place]
    )
    return Suggestion(
        changes=changes,
        now=was,
        expected=was - sign * found.middle,
        gain=found.middle,
        low=found.low,
        high=found.high,
        near=len(near),
        seen=float(seen.truth[near].mean()),
        told=float((seen.truth - seen.error)[near].mean()),
        faults=faults,
    )


def _stay(model: ProcessModel, now: Row, faults: Faults) -> Suggestion:
    here = _near(model, now, limit_of(model, now))
    value = float(model.ask(now)[0])
    seen = float(model.seen.truth[here].mean())
    told = seen - float(model.seen.error[here].mean())
    return Suggestion((), value, value, 0.0, 0.0, 0.0, len(here), seen, told, faults)


def _near(model: ProcessModel, row: Row, limit: float) -> npt.NDArray[np.intp]:
    """The rows seen that it is like, or else the nearest."""
    every = distances(model.card, row, model.seen.rows)[0]
    within = np.flatnonzero(every <= limit)
    return within if len(within) else nearest(model.card, row, model.seen, 1)


def _as_typed(card: ProcessCard, name: str, value: float) -> str:
    if name in card.words:
        return card.words[name][int(value)]
    digits = max(card.decimals.get(name, 6), digits_of(card, name))
    return f"{float(value):.{digits}f}"
