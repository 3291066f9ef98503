"""What a line makes of its time: OEE, stops, pace. Pure figures; where they come from is elsewhere.

Sources: ISO 22400-2:2014 (KPIs for manufacturing operations management); Nakajima, Introduction to
TPM (1988); the worked example of Vorne's oee.com.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass


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
    """No part came for longer than the line's pace explains; times in ms, UTC."""

    since_ms: int
    until_ms: int

    @property
    def seconds(self) -> float:
        """How long it stood."""
        return (self.until_ms - self.since_ms) / 1000


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


def stops(part_ms: Sequence[int], since_ms: int, until_ms: int, longest: float) -> tuple[Stop, ...]:
    """Every gap between parts longer than `longest` seconds, also at the ends of the stretch.

    part_ms: when parts came, rising. A gap counts from the part before it: what the line needs
    for one part is in it.
    """
    moments = [since_ms, *(one for one in part_ms if since_ms <= one <= until_ms), until_ms]
    pairs = itertools.pairwise(moments)
    return tuple(Stop(a, b) for a, b in pairs if b - a > longest * 1000)


def best_cycle(part_ms: Sequence[int], share: float = 0.1, least: int = 50) -> float | None:
    """The pace that the line has shown: the gap that only that share of gaps is shorter than.

    Seconds; None of fewer parts than `least`. A proposal for the ideal cycle, no more.
    """
    if len(part_ms) < least:
        return None
    gaps = sorted(b - a for a, b in itertools.pairwise(part_ms))
    return gaps[int(share * (len(gaps) - 1))] / 1000
