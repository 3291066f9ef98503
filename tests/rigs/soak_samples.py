"""What the processes of the program take, moment by moment, and whether it grows."""

import os
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from station.board import Board, Role

DATABASE, DATABASE_MOST = "records.sqlite", 24  # handles: base, log and index of each connection
ROLES = {
    "line": "line",
    "window": "window",
    "serve": "supervisor",
    "run": "supervisor",
    "watch": "client",
}
WORKING = {"line": Role.LINE, "window": Role.WINDOW}  # the others of that name wait to take over


@dataclass(frozen=True)
class Sample:
    """One process at one moment."""

    at: float
    name: str
    pid: int
    rss: int
    handles: int  # but for those of the database
    database: int  # they come when two first read at once, and stay
    threads: int
    open_names: tuple[str, ...]


@dataclass(frozen=True)
class Growth:
    """What one process took more of from the end of the warm-up to the end.

    handles, threads: how many leaked: more in every third of the time than in the one before.
    kept: the handles that came and stayed, by name.
    """

    name: str
    rss_mib: float
    fit_percent: float  # by the median of all slopes
    quartile_percent: float  # last quarter against first
    handles: int
    threads: int
    kept: tuple[str, ...]


def tree(pid: int) -> list[psutil.Process]:
    """That process and all below it."""
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def take(at: float, process: psutil.Process, board: Board) -> Iterator[Sample]:
    """One sample; none of a process that is gone by now."""
    with suppress(psutil.Error):
        yield _sample(at, process, board)


def _sample(at: float, process: psutil.Process, board: Board) -> Sample:
    words = process.cmdline()
    role = next((w for w in ROLES if w in words), process.name())
    if role in WORKING and process.pid != board.up(WORKING[role]):
        role += " spare"
    names = _open_names(process.pid)
    base = sum(DATABASE in one for one in names)
    with process.oneshot():
        handles = process.num_fds() if os.name == "posix" else process.num_handles()
        return Sample(
            at,
            ROLES.get(role, role),
            process.pid,
            process.memory_info().rss,
            handles - base,
            base,
            process.num_threads(),
            names,
        )


def _open_names(pid: int) -> tuple[str, ...]:
    """What its handles are, where the system tells."""
    names = []
    with suppress(OSError):
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                names.append(re.sub(r"\[\d+\]|[0-9a-f]{8,}", "", str(handle.readlink())))
    return tuple(names)


def growth_of(samples: Sequence[Sample]) -> list[Growth]:
    """Of every kind of process."""
    return [_growth(samples, name) for name in sorted({sample.name for sample in samples})]


def _growth(samples: Sequence[Sample], name: str) -> Growth:
    own = [sample for sample in samples if sample.name == name]
    quarter = max(1, len(own) // 4)
    first, last = own[:quarter], own[-quarter:]
    start = statistics.median(sample.rss for sample in first)
    end = statistics.median(sample.rss for sample in last)
    span = own[-1].at - own[0].at
    return Growth(
        name,
        end / 2**20,
        100 * _slope(own) * span / start,
        100 * (end - start) / start,
        _leak([sample.handles for sample in own]),
        _leak([sample.threads for sample in own]),
        tuple((Counter(own[-1].open_names) - Counter(own[0].open_names)).elements()),
    )


def _leak(counts: Sequence[int]) -> int:
    """How many more at the end, where every third has more than the one before; else 0."""
    third = max(1, len(counts) // 3)
    early, middle, late = (statistics.median(counts[i * third :][:third]) for i in range(3))
    return int(late - early) if early < middle < late else 0


def _slope(own: Sequence[Sample]) -> float:
    """Theil and Sen's: the median of the slopes between all pairs; one burst does not move it."""
    slopes = [
        (b.rss - a.rss) / (b.at - a.at)
        for i, a in enumerate(own)
        for b in own[i + 1 :: 3]
        if b.at > a.at
    ]
    return statistics.median(slopes) if slopes else 0.0


def grown(growth: Sequence[Growth], samples: Sequence[Sample], limit: float) -> list[str]:
    """What grew beyond the limit in percent, leaked, or was started anew."""
    broken = []
    for one in growth:
        if one.fit_percent > limit:
            broken.append(f"the {one.name}'s memory grew by {one.fit_percent:.2f} %")
        if one.handles > 0 or one.threads > 0:
            broken.append(f"the {one.name} holds {one.handles} handles, {one.threads} threads more")
        if max(s.database for s in samples if s.name == one.name) > DATABASE_MOST:
            broken.append(f"the {one.name} opens the database again and again")
        pids = {sample.pid for sample in samples if sample.name == one.name}
        if len(pids) > 1 and not one.name.endswith("spare"):
            broken.append(f"the {one.name} was started {len(pids)} times")
    if "line" not in {one.name for one in growth}:
        broken.append("the line's process was never seen")
    return broken
