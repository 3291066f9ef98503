"""What a line makes of its time: OEE, stops, pace. Pure figures; where they come from is elsewhere.

Sources: ISO 22400-2:2014 (KPIs for manufacturing operations management); Nakajima, Introduction to
TPM (1988); the worked example of Vorne's oee.com.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Moments = npt.NDArray[np.int64]
Seconds = npt.NDArray[np.float64]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Oee:
    """Overall equipment effectiveness and its three factors, each a share.

    performance may be above 1: then the ideal cycle is set longer than the line's best.
    """

    availability: float
    performance: float
    quality: float

    @property
    def value(self) -> float:
        """Availability × performance × quality."""
        return self.availability * self.performance * self.quality


@dataclass(frozen=True, slots=True)
class Stop:
    """No part came for longer than the line's pace explains; times in ms, UTC.

    paused: seconds of it that were a planned break.
    """

    since_ms: int
    until_ms: int
    paused: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it stood though it should have run."""
        return (self.until_ms - self.since_ms) / 1000 - self.paused


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """The time before each part, and that after the last one up to the end of the stretch.

    seconds: from the part before, or the begin. paused: what of it was a planned break, where the
    line stood in it: a break that the line worked through is none. stands: whether the rest is
    longer than the pace explains.
    """

    moments: Moments
    seconds: Seconds
    paused: Seconds
    stands: npt.NDArray[np.bool_]

    @property
    def planned(self) -> Seconds:
        """Seconds in which the line should have run."""
        return self.seconds - self.paused

    @property
    def stopped(self) -> Seconds:
        """What of that it stood."""
        return np.where(self.stands, self.planned, 0.0)


def oee(planned: float, stopped: float, ideal_cycle: float, parts: int, good: int) -> Oee | None:
    """Of a stretch of planned time; None where the line did not run, or made nothing.

    planned, stopped, ideal_cycle: seconds; planned without breaks, stopped of that. Raises
    ValueError for figures that no line has.
    """
    if not 0 <= stopped <= planned or ideal_cycle <= 0 or not 0 <= good <= parts:
        raise ValueError("0 ≤ stopped ≤ planned, ideal cycle > 0, good ≤ parts")
    run = planned - stopped
    if run <= 0 or not parts:
        return None
    return Oee(run / planned, ideal_cycle * parts / run, good / parts)


def gaps(
    part_ms: Sequence[int] | Moments,
    since_ms: int,
    until_ms: int,
    longest: float,
    breaks: Spans = (),
) -> Gaps:
    """The gaps between parts of a stretch, and at both of its ends.

    part_ms: when parts came, rising. longest: seconds from which on a gap is a stop. breaks: when
    planned ones began and ended, in ms; they do not overlap.
    """
    parts = np.asarray(part_ms, np.int64)
    parts = parts[(parts >= since_ms) & (parts <= until_ms)]
    moments = np.concatenate([[since_ms], parts, [max(since_ms, until_ms)]])
    seconds = np.diff(moments) / 1000
    paused = np.zeros_like(seconds)
    long = np.flatnonzero(seconds > longest)
    for begin, end in breaks:
        inside = np.minimum(moments[long + 1], end) - np.maximum(moments[long], begin)
        paused[long] += np.maximum(inside, 0) / 1000
    return Gaps(moments, seconds, paused, seconds - paused > longest)


def stops(
    part_ms: Sequence[int] | Moments,
    since_ms: int,
    until_ms: int,
    longest: float,
    breaks: Spans = (),
) -> tuple[Stop, ...]:
    """Every gap between parts longer than `longest` seconds, also at the ends of the stretch.

    A gap counts from the part before it: what the line needs for one part is in it. As `gaps`.
    """
    return stops_of(gaps(part_ms, since_ms, until_ms, longest, breaks))


def stops_of(found: Gaps) -> tuple[Stop, ...]:
    """The gaps that are stops."""
    moments, paused = found.moments.tolist(), found.paused.tolist()
    where = np.flatnonzero(found.stands).tolist()
    return tuple(Stop(moments[at], moments[at + 1], paused[at]) for at in where)


def best_cycle(
    part_ms: Sequence[int] | Moments, share: float = 0.1, least: int = 50
) -> float | None:
    """The pace that the line has shown: the gap that only that share of gaps is shorter than.

    Seconds; None of fewer parts than `least`. A proposal for the ideal cycle, no more.
    """
    if len(part_ms) < least:
        return None
    between = np.diff(np.asarray(part_ms, np.int64))
    place = int(share * (len(between) - 1))
    return float(np.partition(between, place)[place]) / 1000
