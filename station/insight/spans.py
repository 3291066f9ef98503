"""Shifts and breaks of a stretch of time: times of day by the clock here, as ms in UTC."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol

Span = tuple[int, int]


class Break(Protocol):
    """A planned pause of the line, each day at that time; as BreakSettings."""

    @property
    def start(self) -> time:
        """By the clock here."""

    @property
    def minutes(self) -> float:
        """How long."""


def shift_spans(starts: Sequence[time], since_ms: int, until_ms: int) -> tuple[Span, ...]:
    """Every shift that the stretch touches, whole; `until_ms` is no more in it."""
    begins = {_at_ms(day, start) for day in _days(since_ms, until_ms) for start in starts}
    return tuple(
        (begin, end)
        for begin, end in pairwise(sorted(begins))
        if end > since_ms and begin < until_ms
    )


def break_spans(breaks: Sequence[Break], since_ms: int, until_ms: int) -> tuple[Span, ...]:
    """Every break that the stretch touches, in order; those that overlap are one."""
    found = sorted(
        (begin, begin + round(one.minutes * 60_000))
        for day in _days(since_ms, until_ms)
        for one in breaks
        for begin in (_at_ms(day, one.start),)
    )
    return joined([span for span in found if span[1] > since_ms and span[0] < until_ms])


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same time as spans in order that do not touch."""
    made: list[Span] = []
    for begin, end in sorted(spans):
        if made and begin <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((begin, end))
    return tuple(made)


def local(at_ms: int) -> datetime:
    """That moment by the clock here."""
    return datetime.fromtimestamp(at_ms / 1000)  # noqa: DTZ006 - local and without a zone is meant


def _days(since_ms: int, until_ms: int) -> Iterator[date]:
    """With the day before and the one after, whose shifts and breaks may reach into it."""
    day, last = local(since_ms).date(), local(until_ms).date() + timedelta(days=1)
    day -= timedelta(days=1)
    while day <= last:
        yield day
        day += timedelta(days=1)


def _at_ms(day: date, at: time) -> int:
    """Where the clock is put forward over that time, as much later."""
    return round(datetime.combine(day, at).timestamp() * 1000)
