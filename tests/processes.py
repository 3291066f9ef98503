"""Tables of a process whose laws are known, for the tests of process models."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

HEADER = "time,heat,speed,mode,scratch,usage,fixed"
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


def write_process(path: Path, rows: int = 300, seed: int = 0) -> Path:
    """Usage is 20 + heat/2 + (speed - 52)²/50, and 2 more in mode B; scratches come with heat."""
    rng = np.random.default_rng(seed)
    lines = [HEADER]
    for number in range(rows):
        heat = 180 + 8 * np.sin(number / 40) + rng.normal(0, 4)
        speed, mode = 50 + rng.normal(0, 5), "AB"[int(rng.integers(2))]
        usage = usage_of(heat, speed, mode) + rng.normal(0, 0.5)
        scratch = int(rng.random() < 1 / (1 + np.exp(-(heat - 182) / 2)))
        moment = BEGIN + timedelta(minutes=30 * number)
        lines.append(
            f"{moment:%Y-%m-%d %H:%M},{heat:.1f},{speed:.1f},{mode},{scratch},{usage:.2f},7"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def usage_of(heat: float, speed: float, mode: str) -> float:
    """The law behind the table."""
    return 20 + 0.5 * (heat - 180) + 0.02 * (speed - 52) ** 2 + 2 * (mode == "B")
