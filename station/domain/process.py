"""A process value: what a sensor of the plant said while parts were made."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProcessValue:
    """One number as it was at `at_ms` (UTC), from that source; `unit` as people write it."""

    name: str
    value: float
    unit: str
    source: str
    at_ms: int
