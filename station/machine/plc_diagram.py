"""A timing diagram as lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass

HIGH, LOW, RISE, FALL = "‾", "_", "/", "\\"
WIDTH = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """From this time (ms) on the signals stood like that, until the next sample."""

    at_ms: float
    levels: tuple[bool, ...]


def draw(names: Sequence[str], samples: Sequence[Sample], width: int = WIDTH) -> list[str]:
    """One line a signal, every edge visible; a line of times below.

    The columns are even in time, but for edges that would fall together: those go apart.
    """
    columns = _columns(samples, width)
    longest = max(map(len, names))
    lines = [
        f"{name:<{longest}}  {_line([sample.levels[row] for sample in columns])}"
        for row, name in enumerate(names)
    ]
    return [*lines, f"{'':<{longest}}  {_scale(samples, width)}"]


def _columns(samples: Sequence[Sample], width: int) -> list[Sample]:
    """The sample that holds in each column; each sample has at least one."""
    first = samples[0].at_ms
    share = max(samples[-1].at_ms - first, 1e-9) / (width - 2)
    begins: list[int] = []
    for at, sample in enumerate(samples):
        wanted = round((sample.at_ms - first) / share)
        least = begins[-1] + 1 if begins else 0
        most = width - 1 - (len(samples) - 1 - at)
        begins.append(min(max(wanted, least), max(most, least)))
    count = max(width, begins[-1] + 1)
    columns, at = [], 0
    for column in range(count):
        while at + 1 < len(samples) and begins[at + 1] <= column:
            at += 1
        columns.append(samples[at])
    return columns


def _line(levels: Sequence[bool]) -> str:
    text, before = "", levels[0]
    for level in levels:
        text += (HIGH if level else LOW) if level is before else (RISE if level else FALL)
        before = level
    return text


def _scale(samples: Sequence[Sample], width: int) -> str:
    left, right = f"{samples[0].at_ms:.0f} ms", f"{samples[-1].at_ms:.0f} ms"
    return f"{left}{right:>{max(1, width - len(left))}}"
