"""The best settings among those like what was seen together, as a model tells.

Each within its own range; and the whole row, with what cannot be set as it is now, no further from
rows that were learnt from than those are from each other, or than the present row is.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from station.insight.process_card import ProcessCard, ProcessModel
from station.insight.process_near import apart

PART = 0.05  # of the gain: a change that adds less is left out
ROUNDS, CROWD = 40, 15  # of the search
EDGE = 0.02  # of the rows seen, at each end of a column: no setting goes out there
STEPS = 100  # of a range: settings are told as finely

Row = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]
Ask = Callable[[Row], Numbers]  # what is to be small, of rows


def best(model: ProcessModel, ask: Ask, now: Row, settable: Sequence[str], seed: int) -> Row:
    """The best row like those seen: first of the settings that were seen, then between them."""
    card = model.card
    places = [card.columns.index(name) for name in dict.fromkeys(settable)]
    kinds = np.array([card.columns[place] in card.words for place in places])
    seen = model.seen.rows[:, places].astype(np.float64).T
    least, most = (np.quantile(seen, at, axis=1) for at in (EDGE, 1 - EDGE))
    least[kinds], most[kinds] = seen.min(axis=1)[kinds], seen.max(axis=1)[kinds]
    free = most > least
    if not free.any():
        return now
    places, kinds = [place for place, one in zip(places, free, strict=True) if one], kinds[free]
    least, most, seen = least[free], most[free], seen[free]
    limit = limit_of(model, now)
    # far beyond what can be gained, so that a row unlike those seen never wins
    cost = 1e3 * (float(np.ptp(model.seen.truth)) or 1.0)

    def judged(settings: Numbers) -> Numbers:
        """Of (settings, n), as the search asks."""
        rows = np.repeat(now, settings.shape[1], axis=0)
        rows[:, places] = np.where(kinds, np.round(settings.T), settings.T)
        beyond = np.maximum(unlike(model, rows) - limit, 0)
        return np.asarray(ask(rows) + cost * (beyond + (beyond > 0)))

    own = now[:, places].astype(np.float64).T
    starts = np.clip(np.concatenate([own, seen], axis=1), least[:, None], most[:, None])
    first = starts[:, np.argsort(judged(starts), kind="stable")]
    bounds = list(zip(least, most, strict=True))
    found = _evolved(judged, bounds, first, seed)
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
    return rounded if unlike(model, rounded)[0] <= limit_of(model, now) else new


def digits_of(card: ProcessCard, name: str) -> int:
    """Behind the point: as it was written, and no finer than a hundredth of its range."""
    span = card.most[name] - card.least[name]
    fine = int(np.ceil(-np.log10(span / STEPS))) if span > 0 else 0
    return max(min(card.decimals.get(name, 6), fine), 0)


def fewer(model: ProcessModel, ask: Ask, now: Row, new: Row) -> Row:
    """Without the changes that add next to nothing."""
    whole = ask(now)[0] - ask(new)[0]
    for place in np.flatnonzero(now[0] != new[0]):
        less = new.copy()
        less[0, place] = now[0, place]
        lost = ask(less)[0] - ask(new)[0]
        if lost <= PART * whole and unlike(model, less)[0] <= limit_of(model, now):
            new = less
    return new


def limit_of(model: ProcessModel, now: Row) -> float:
    """No setting is less like those seen than `reach`, or than the present one is already."""
    return float(max(model.card.reach, unlike(model, now)[0]))


def unlike(model: ProcessModel, rows: Row) -> Numbers:
    """How far from those seen."""
    return apart(model.card, rows, model.seen.rows)
