"""Settings that would do better, as far as rows that were really seen tell.

Searched is only among settings like those seen together: each within its own range, and the whole
row, with what cannot be set as it is now, no further from rows that were learnt from than those are
from each other, or than the present row is. The gain is what the model says, corrected by how
wrong it was on the rows seen nearest to both settings, with an interval by resampling those; where
it may be nought, there is no better setting. What goes along with less need not be what causes it:
this is advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.process_card import FLAG, NUMBER, TOO_GOOD, ProcessCard, ProcessModel, too_good
from station.insight.process_near import apart, distances, nearest
from station.insight.process_rows import rows_for
from station.insight.tables import Table

NEAR = {NUMBER: 30, FLAG: 150}  # rows seen, whose errors speak for a setting
DRAWS = 2000
TAIL = 0.05  # beyond each end of the interval
PART = 0.05  # of the gain: a change that adds less is left out
FAR = 2.0  # times the reach: from there nothing is suggested
ROUNDS, CROWD = 40, 15  # of the search
EDGE = 0.02  # of the rows seen, at each end of a column: no setting goes out there
STEPS = 100  # of a range: settings are told as finely

Row = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]


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
    card = model.card
    for name in (*question.settable, *question.at):
        _require(card, name)
    table, rows, faults = rows_for(card, table)
    now = _present(card, rows, question)
    if card.explained > TOO_GOOD:
        faults = (*faults, too_good(card.target, card.explained))
    if not card.sure:
        fault = Fault(ErrorCode.PROCESS_NOTHING, (("target", card.target),))
        return _stay(model, now, (*faults, fault))
    if _apart(model, now)[0] > FAR * max(card.reach, 1e-9):
        facts = (("path", str(table.path)), ("line", str(table.lines[-1])))
        return _stay(model, now, (*faults, Fault(ErrorCode.PROCESS_UNSEEN, facts)))
    new = _fewer(model, now, _best(model, now, question), question.maximise)
    found = _weighed(model, now, new, question, faults)
    if not found.changes or found.low <= 0 or _apart(model, new)[0] > _limit(model, now):
        fault = Fault(ErrorCode.PROCESS_NO_BETTER, (("target", card.target),))
        return _stay(model, now, (*faults, fault))
    return found


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


def _best(model: ProcessModel, now: Row, question: Question) -> Row:
    """The best row like those seen: first of the settings that were seen, then between them."""
    card, sign = model.card, -1.0 if question.maximise else 1.0
    places = [card.columns.index(name) for name in dict.fromkeys(question.settable)]
    kinds = np.array([card.columns[place] in card.words for place in places])
    seen = model.seen.rows[:, places].astype(np.float64).T
    least, most = (np.quantile(seen, at, axis=1) for at in (EDGE, 1 - EDGE))
    least[kinds], most[kinds] = seen.min(axis=1)[kinds], seen.max(axis=1)[kinds]
    free = most > least
    if not free.any():
        return now
    places, kinds = [place for place, one in zip(places, free, strict=True) if one], kinds[free]
    least, most, seen = least[free], most[free], seen[free]
    # far beyond what can be gained, so that a row unlike those seen never wins
    cost = 1e3 * (float(np.ptp(model.seen.truth)) or 1.0)

    def judged(settings: Numbers) -> Numbers:
        """Of (settings, n), as the search asks."""
        rows = np.repeat(now, settings.shape[1], axis=0)
        rows[:, places] = np.where(kinds, np.round(settings.T), settings.T)
        beyond = np.maximum(_apart(model, rows) - _limit(model, now), 0)
        return np.asarray(sign * model.ask(rows) + cost * (beyond + (beyond > 0)))

    own = now[:, places].astype(np.float64).T
    starts = np.clip(np.concatenate([own, seen], axis=1), least[:, None], most[:, None])
    first = starts[:, np.argsort(judged(starts), kind="stable")]
    bounds = list(zip(least, most, strict=True))
    found = _evolved(judged, bounds, first, question.seed)
    new = now.copy()
    new[0, places] = np.where(kinds, np.round(found), found)
    return _told(card, model, now, new)


def _evolved(judged: Any, bounds: list[Any], first: Numbers, seed: int) -> Numbers:
    """The best of the settings seen, bettered by differential evolution."""
    from scipy.optimize import differential_evolution

    crowd = first[:, : max(5, CROWD * len(bounds))].T
    if len(crowd) < 5:
        return first[:, 0]
    found = differential_evolution(
        judged,
        bounds,
        init=crowd,
        maxiter=ROUNDS,
        polish=False,
        vectorized=True,
        updating="deferred",
        rng=seed,
    )
    return np.asarray(found.x if found.fun <= judged(first[:, :1])[0] else first[:, 0])


def _told(card: ProcessCard, model: ProcessModel, now: Row, new: Row) -> Row:
    """Rounded as a person would set it, where that is still like what was seen."""
    rounded = new.copy()
    for place, name in enumerate(card.columns):
        if name in card.least and name not in card.calendar and new[0, place] != now[0, place]:
            digits = digits_of(card, name)
            value = round(float(new[0, place]), digits)
            rounded[0, place] = np.clip(value, card.least[name], card.most[name])
    return rounded if _apart(model, rounded)[0] <= _limit(model, now) else new


def digits_of(card: ProcessCard, name: str) -> int:
    """Behind the point: as it was written, and no finer than a hundredth of its range."""
    span = card.most[name] - card.least[name]
    fine = int(np.ceil(-np.log10(span / STEPS))) if span > 0 else 0
    return max(min(card.decimals.get(name, 6), fine), 0)


def _fewer(model: ProcessModel, now: Row, new: Row, maximise: bool) -> Row:
    """Without the changes that add next to nothing."""
    sign = -1.0 if maximise else 1.0
    whole = sign * (model.ask(now)[0] - model.ask(new)[0])
    for place in np.flatnonzero(now[0] != new[0]):
        less = new.copy()
        less[0, place] = now[0, place]
        lost = sign * (model.ask(less)[0] - model.ask(new)[0])
        if lost <= PART * whole and _apart(model, less)[0] <= _limit(model, now):
            new = less
    return new


def _weighed(
    model: ProcessModel, now: Row, new: Row, question: Question, faults: tuple[Fault, ...]
) -> Suggestion:
    """The gain, and how sure it is."""
    card, seen, rng = model.card, model.seen, np.random.default_rng(question.seed)
    sign = -1.0 if question.maximise else 1.0
    here, there = (nearest(card, row, seen, NEAR[card.task]) for row in (now, new))
    near = _near(model, new, _limit(model, now))
    foretold = float(model.ask(now)[0]), float(model.ask(new)[0])
    was, expected = (
        value + float(seen.error[rows].mean())
        for value, rows in zip(foretold, (here, there), strict=True)
    )
    drawn = [
        rng.choice(seen.error[rows], (DRAWS, len(rows))).mean(axis=1) for rows in (here, there)
    ]
    gains = sign * (foretold[0] + drawn[0] - foretold[1] - drawn[1])
    low, high = np.quantile(gains, (TAIL, 1 - TAIL))
    changes = tuple(
        Change(name, _as_typed(card, name, now[0, place]), _as_typed(card, name, new[0, place]))
        for place, name in enumerate(card.columns)
        if now[0, place] != new[0, place]
    )
    return Suggestion(
        changes=changes,
        now=was,
        expected=expected,
        gain=sign * (was - expected),
        low=float(low),
        high=float(high),
        near=len(near),
        seen=float(seen.truth[near].mean()),
        told=float((seen.truth - seen.error)[near].mean()),
        faults=faults,
    )


def _stay(model: ProcessModel, now: Row, faults: tuple[Fault, ...]) -> Suggestion:
    here = _near(model, now, _limit(model, now))
    value = float(model.ask(now)[0])
    seen = float(model.seen.truth[here].mean())
    told = seen - float(model.seen.error[here].mean())
    return Suggestion((), value, value, 0.0, 0.0, 0.0, len(here), seen, told, faults)


def _near(model: ProcessModel, row: Row, limit: float) -> npt.NDArray[np.intp]:
    """The rows seen that it is like, or else the nearest."""
    every = distances(model.card, row, model.seen.rows)[0]
    within = np.flatnonzero(every <= limit)
    return within if len(within) else nearest(model.card, row, model.seen, 1)


def _limit(model: ProcessModel, now: Row) -> float:
    """No setting is less like those seen than `reach`, or than the present one is already."""
    return float(max(model.card.reach, _apart(model, now)[0]))


def _apart(model: ProcessModel, rows: Row) -> Numbers:
    """How far from those seen."""
    return apart(model.card, rows, model.seen.rows)


def _as_typed(card: ProcessCard, name: str, value: float) -> str:
    if name in card.words:
        return card.words[name][int(value)]
    digits = max(card.decimals.get(name, 6), digits_of(card, name))
    return f"{float(value):.{digits}f}"
