"""What the charts draw, in words and numbers: known to pages before a chart is built."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """One point: its time of day, its share, its limits.

    signal: why it is one, empty for none. firm: no more parts will come to it.
    """

    at: str
    share: float
    lower: float
    upper: float
    signal: str = ""
    firm: bool = True


@dataclass(frozen=True, slots=True)
class ControlView:
    """The p-chart."""

    groups: tuple[Group, ...] = ()
    centre: float = 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A defect's name, how many parts had it, and which share it has with those before it."""

    name: str
    count: int
    running: float


@dataclass(frozen=True, slots=True)
class DriftView:
    """Names and values by time, and the band; `digits` after the sign at the axis."""

    at: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    low: float = 0.0
    high: float = 0.0
    digits: int = 0
