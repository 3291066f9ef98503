"""The life that is left of a machine that runs, from the values recorded since its last service.

What is asked is what was taught: rows by the same steps from the same moment, without those that
have a gap, in windows of the same length. Only as far back as a window reaches is looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, func, select

from station.insight.health_card import FORETOLD, HIGH, LOW, SECONDS, HealthCard, HealthModel
from station.insight.health_series import LEAST_READINGS
from station.insight.health_tile import Condition, HealthTile
from station.insight.health_windows import last_window
from station.insight.recorded import CARRY_MS, Recorded, steps, whole
from station.store.process_values import Series
from station.store.schema import process_values

LATE_STEPS, LATE_MS = 3, 300_000  # without a value for so long, and it stopped coming
BEYOND = 0.1  # of what a column has spanned: so far outside it is new to the model
FEW, CHUNK = 4, 4096  # steps that are looked through at once: at first, and at most

Readings = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A machine's life so far. columns: the model's, in its order. step_ms: as it was taught."""

    connection: Connection
    columns: Mapping[str, Series]
    since_ms: int
    now_ms: int
    step_ms: int

    @property
    def steps(self) -> int:
        """How many whole ones there were."""
        return max(0, self.now_ms - self.since_ms) // self.step_ms

    @property
    def late_ms(self) -> int:
        """For how long a value may be silent."""
        return max(LATE_STEPS * self.step_ms, LATE_MS)

    def rows(self, first: int, last: int) -> Recorded:
        """The whole rows of steps `first` to before `last`."""
        lead = max(0, first - max(1, CARRY_MS // self.step_ms))
        begin, end = (self.since_ms + step * self.step_ms for step in (lead, last))
        found = whole(steps(self.connection, self.columns, begin, end, self.step_ms))
        return found.some(found.at_ms > self.since_ms + first * self.step_ms)

    def ends(self) -> dict[str, tuple[int, int]]:
        """The times of the first and the last value of each column that has any."""
        at = process_values.c.at_ms
        found = {}
        for name, one in self.columns.items():
            mine = (process_values.c.series == one.id, at >= self.since_ms, at <= self.now_ms)
            low, high = (select(end(at)).where(*mine).scalar_subquery() for end in _ENDS)
            first, last = self.connection.execute(select(low, high)).one()
            if first is not None:
                found[name] = (int(first), int(last))
        return found


_ENDS: tuple[Any, Any] = (func.min, func.max)  # one at a time, each is at an end of the index


def step_ms(card: HealthCard) -> int | None:
    """The time between the readings that were learnt from; None where no clock counts it."""
    seconds = SECONDS.get(card.counts_in)
    return None if seconds is None else max(1, round(card.step * seconds * 1000))


def foretell(model: HealthModel, stretch: Stretch, warn: float | None) -> HealthTile:
    """What can be said; without the machine's name and how its life began.

    warn: from so little life left on it is due; None: as soon as it may end before the next
    reading.
    """
    card = model.card
    tile = HealthTile("", Condition.FORETOLD, needed=min(LEAST_READINGS, card.window))
    ends = stretch.ends()
    silent = tuple(name for name in stretch.columns if name not in ends)
    if silent:
        return replace(tile, condition=Condition.NO_VALUES, columns=silent)
    late = tuple(name for name in ends if ends[name][1] < stretch.now_ms - stretch.late_ms)
    tile = replace(tile, until_ms=min(last for _, last in ends.values()), columns=late)
    first = first_row(stretch, max(first for first, _ in ends.values()))
    rows = last_rows(stretch, first, card.window) if first is not None else None
    tile = replace(tile, readings=0 if rows is None else len(rows))
    if first is None or rows is None or len(rows) < tile.needed:
        return replace(tile, condition=Condition.STOPPED if late else Condition.EARLY)
    beyond = () if late else _beyond(card, rows)
    condition = Condition.OUTSIDE if beyond else Condition.FORETOLD
    tile = replace(tile, condition=Condition.STOPPED if late else condition, columns=late or beyond)
    return _asked(model, window_of(rows, stretch, first, card), warn, tile)


def _asked(
    model: HealthModel, window: Readings, warn: float | None, tile: HealthTile
) -> HealthTile:
    """The tile with what the model says of that window."""
    card = model.card
    life, low, high = (float(one[0]) for one in model.ask(window, FORETOLD, LOW, HIGH))
    return replace(
        tile,
        life=life,
        low=low,
        high=high,
        unit=card.counts_in,
        due=low < card.step if warn is None else life <= warn,
        capped=high >= card.cap,
    )


def window_of(rows: Recorded, stretch: Stretch, first: int, card: HealthCard) -> Readings:
    """The window (1, window, columns and age) that ends with the last of these rows."""
    unit_ms = SECONDS[card.counts_in] * 1000
    begin = (first + 1) * stretch.step_ms / unit_ms
    age = (rows.at_ms - stretch.since_ms) / unit_ms - begin
    return last_window(np.column_stack([rows.values, age]).astype(np.float32), card.window)


def first_row(stretch: Stretch, all_known_ms: int) -> int | None:
    """The step of the first whole row; before the last column began there is none."""
    begin, size = (all_known_ms - stretch.since_ms) // stretch.step_ms, FEW
    while begin < stretch.steps:
        rows = stretch.rows(begin, min(begin + size, stretch.steps))
        if len(rows):
            return int(rows.at_ms[0] - stretch.since_ms) // stretch.step_ms - 1
        begin, size = begin + size, min(2 * size, CHUNK)
    return None


def last_rows(stretch: Stretch, first: int, count: int) -> Recorded:
    """The last so many whole rows, fewer where there are no more."""
    span = count + LATE_STEPS
    while True:
        begin = max(first, stretch.steps - span)
        rows = stretch.rows(begin, stretch.steps)
        if len(rows) >= count or begin == first:
            return rows.some(slice(-count, None))
        span *= 2


def _beyond(card: HealthCard, rows: Recorded) -> tuple[str, ...]:
    """The columns whose last value lies far from all that was learnt from."""
    found = []
    for name, value in zip(rows.columns, rows.values[-1].tolist(), strict=True):
        low, high = card.seen.get(name, (-np.inf, np.inf))
        slack = BEYOND * (high - low)
        if not low - slack <= value <= high + slack:
            found.append(name)
    return tuple(found)
