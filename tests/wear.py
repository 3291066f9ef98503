"""Tables of machines that wear, with what is behind them known, for the tests of health."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from station.domain.process import ProcessValue

HOUR_MS = 3_600_000


def write_lives(path: Path, units: int = 12, seed: int = 0, step: float = 1.0) -> Path:
    """Units that run to failure: `heat` and `level` tell how much is left, the rest nothing."""
    rng = np.random.default_rng(seed)
    lines = ["machine,hour,heat,level,chance,fixed"]
    for unit in range(units):
        life = int(rng.integers(60, 120))
        for hour in range(life):
            left = life - 1 - hour
            heat = 500 + 40 * np.exp(-left / 20) + rng.normal(0, 1)
            level = 3 - 1.5 * np.exp(-left / 30) + rng.normal(0, 0.05)
            lines.append(f"M{unit},{hour * step:g},{heat:.3f},{level:.4f},{rng.normal():.3f},7")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def cut_lives(path: Path, out: Path, truth: Path, seed: int = 1) -> None:
    """The same table with each unit's end cut off, and what remained as the truth."""
    rng = np.random.default_rng(seed)
    header, *lines = path.read_text("utf-8").splitlines()
    units: dict[str, list[str]] = {}
    for line in lines:
        units.setdefault(line.split(",")[0], []).append(line)
    kept, left = [header], []
    for rows in units.values():
        count = int(rng.integers(20, len(rows) - 5))
        kept += rows[:count]
        left.append(len(rows) - count)
    out.write_text("\n".join(kept) + "\n", "utf-8")
    truth.write_text("\n".join(map(str, left)) + "\n", "utf-8")


def write_failures(path: Path, rows: int = 800, seed: int = 0) -> Path:
    """A machine fails when power, torque × speed, is too high: no single column says it."""
    rng = np.random.default_rng(seed)
    lines = ["row\tkind\tspeed\ttorque\tserial\tfailed"]
    for row in range(rows):
        speed, torque = rng.uniform(1000, 2000), rng.uniform(10, 80)
        failed = int(speed * torque > 105_000)
        lines.append(
            f"{row}\t{rng.choice(list('ABC'))}\t{speed:.0f}\t{torque:.2f}\tS{row}\t{failed}"
        )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def write_runs(folder: Path, runs: int = 8, rows: int = 80, seed: int = 0) -> Path:
    """Runs of worn tools shake more; each has an offset of its own, which tells nothing."""
    rng = np.random.default_rng(seed)
    folder.mkdir()
    for run in range(1, runs + 1):
        worn = run % 2 == 0
        offset = rng.normal(0, 5)
        lines = [",force,current,tool"]
        for row in range(rows):
            force = offset + rng.normal(0, 2.0 if worn else 0.5)
            current = 4 + rng.normal(0, 0.3)
            lines.append(f"{row},{force:.3f},{current:.3f},{'worn' if worn else 'fresh'}")
        (folder / f"run_{run:02}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@dataclass(frozen=True)
class Worn:
    """A machine's values, and when it was serviced. lives: in hours, the last one still running."""

    values: tuple[ProcessValue, ...]
    services: tuple[int, ...]
    lives: tuple[float, ...]
    now_ms: int

    @property
    def left(self) -> float:
        """What remains of the life that is running."""
        return self.lives[-1] - (self.now_ms - self.services[-1]) / HOUR_MS


def wear(
    now_ms: int, runs: int = 12, share: float = 0.8, every: float = 0.25, seed: int = 0
) -> Worn:
    """Runs to failure, and one of which that share is gone at `now_ms`; a reading every so often.

    `heat` and `level` tell how much is left, `hall` follows the time of the day.
    """
    rng = np.random.default_rng(seed)
    lives = tuple(float(life) for life in rng.uniform(60, 110, runs + 1))
    gone = (*lives[:-1], lives[-1] * share)
    begin = now_ms - round(sum(gone) * HOUR_MS)
    services, values = [], []
    for life, length in zip(lives, gone, strict=True):
        services.append(begin)
        for hour in np.arange(every / 2, length, every):
            at_ms, left = begin + round(hour * HOUR_MS), life - hour
            told = {
                "heat": 500 + 40 * np.exp(-left / 20) + rng.normal(0, 1.5),
                "level": 3 - 1.5 * np.exp(-left / 30) + rng.normal(0, 0.08),
                "hall": 20 + 3 * np.sin(at_ms / HOUR_MS / 24 * 2 * np.pi) + rng.normal(0, 0.5),
            }
            values += [
                ProcessValue(name, float(value), "", "plc", at_ms) for name, value in told.items()
            ]
        begin += round(length * HOUR_MS)
    return Worn(tuple(values), tuple(services), lives, now_ms)
