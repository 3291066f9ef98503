"""What every rig says at its end: its figures as a table, one line of JSON, and its exit code."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Figure = int | float | str


@dataclass(frozen=True)
class Outcome:
    """The figures of one run, and what did not hold; `skipped` says why nothing was run."""

    rig: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    broken: Sequence[str] = ()
    skipped: str = ""


def finish(outcome: Outcome) -> int:
    """Print it. Gives back the exit code: 1 when an invariant broke."""
    print(f"── {outcome.rig} ──")
    width = max(map(len, outcome.figures), default=0)
    for name, value in outcome.figures.items():
        print(f"{name:<{width}}  {_shown(value)}")
    for line in outcome.broken[:50]:
        print(f"BROKEN  {line}")
    if len(outcome.broken) > 50:
        print(f"BROKEN  … and {len(outcome.broken) - 50} more")
    if outcome.skipped:
        print(f"skipped: {outcome.skipped}")
    print(
        json.dumps(
            {
                "rig": outcome.rig,
                "good": not outcome.broken and not outcome.skipped,
                "skipped": outcome.skipped,
                "broken": list(outcome.broken[:50]),
                **{re.sub(r"\W+", "_", name): value for name, value in outcome.figures.items()},
            }
        ),
        flush=True,
    )
    return 1 if outcome.broken else 0


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed; 0 without any."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))] if ranked else 0.0


def _shown(value: Figure) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else value
