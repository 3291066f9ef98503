"""A machine's lives in the records: from one service to the next, with the values of that time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import numpy as np
from sqlalchemy import Connection

from station.insight.recorded import HOUR_MS, Recorded, Whole, as_table, cells, steps
from station.insight.tables import Table
from station.store.notes import Note
from station.store.process_values import Series

UNIT, HOURS, END, MOMENT = "run", "hours", "end", "time"  # the columns before the values
WORN = "worn"  # of a note's body: the machine had failed or was worn out


class End(StrEnum):
    """How a life ended."""

    WORN = "worn"
    EARLY = "early"  # serviced before it was worn out: what was left is not known
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Life:
    """From a service to the next; number: from 1. until_ms: None while it is running."""

    number: int
    since_ms: int
    until_ms: int | None
    end: End


def lives_of(services: Sequence[Note]) -> tuple[Life, ...]:
    """By the notes of services of one machine, oldest first; what was before the first is none."""
    found = []
    for place, note in enumerate(services):
        following = services[place + 1] if place + 1 < len(services) else None
        if following is None:
            found.append(Life(place + 1, note.at_ms, None, End.RUNNING))
        else:
            end = End.WORN if following.body.get(WORN, True) else End.EARLY
            found.append(Life(place + 1, note.at_ms, following.at_ms, end))
    return tuple(found)


def lives_table(
    connection: Connection,
    columns: Mapping[str, Series],
    lives: Sequence[Life],
    step_ms: int,
    now_ms: int,
    path: Path,
) -> Table:
    """Their values by step, with the number of the life, the hours since its service, its end."""
    every = [
        steps(connection, columns, one.since_ms, one.until_ms or now_ms, step_ms) for one in lives
    ]
    counts = [len(one) for one in every]
    since = np.repeat(np.array([one.since_ms for one in lives], np.int64), counts)
    at_ms = np.concatenate([one.at_ms for one in every]) if every else np.empty(0, np.int64)
    values = np.concatenate([one.values for one in every]) if every else np.empty((0, len(columns)))
    before = {
        UNIT: _repeated([str(one.number) for one in lives], counts),
        END: _repeated([one.end.value for one in lives], counts),
        MOMENT: moments(at_ms),
        HOURS: cells((at_ms - since) / HOUR_MS),
    }
    return as_table(Recorded(tuple(columns), at_ms, values), path, before)


def moments(at_ms: Whole) -> list[str]:
    """For a person: by the clock of Greenwich, to the second."""
    return [f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}" for at in at_ms.tolist()]


def _repeated(words: Sequence[str], counts: Sequence[int]) -> list[str]:
    return [word for word, count in zip(words, counts, strict=True) for _ in range(count)]
