"""Kills the window and the line of a running station again and again while parts come.

    python -m tests.rigs.kill_processes --parts 2000 --kills 20 --seed 1

The real program: supervisor, line and window are processes of their own, on a virtual screen or
offscreen. A client asks for part after part; every part that was taken must be in the records,
once, and never OK where its line died with it.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from station.board import Board, Role, runtime_folder
from station.domain.part import TriggerSource
from station.pipeline.events import Event, Inspected
from station.pipeline.remote import RemoteLine
from station.store.queries import Reader
from station.store.verify import stray_files, verify
from tests.rigs.report import Figure, Outcome, finish, percentile


@dataclass
class Seen:
    """What the client was told."""

    taken: list[str] = field(default_factory=list)
    refused: int = 0
    judged_at: float = 0.0

    def hear(self, event: Event) -> None:
        if isinstance(event, Inspected) and event.inspection.fault is None:
            self.judged_at = time.monotonic()


def start(data: Path) -> "subprocess.Popen[bytes]":
    """The station on its demo line, with its window."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "station", "run", "--demo", "--data", str(data)]
    return subprocess.Popen(command, env=env)


def until(holds: Callable[[], bool], seconds: float, otherwise: str) -> float:
    """How long it took."""
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > seconds:
            raise AssertionError(otherwise)
        time.sleep(0.005)
    return time.monotonic() - begun


def kill_line(board: Board, line: RemoteLine, seen: Seen) -> float:
    """Kill the line; the seconds until the new one had judged a part."""
    pid = board.up(Role.LINE)
    begun = time.monotonic()
    os.kill(pid, signal.SIGKILL)
    until(lambda: board.up(Role.LINE) not in (0, pid), 20.0, "the line did not come back")
    up_at = time.monotonic()
    until(lambda: seen.judged_at > up_at, 20.0, "the line judges no more")
    return time.monotonic() - begun


def kill_window(board: Board) -> float:
    """Kill the window; the seconds until the new one showed the present state."""
    pid = board.up(Role.WINDOW)
    os.kill(pid, signal.SIGKILL)
    return until(lambda: board.up(Role.WINDOW) not in (0, pid), 20.0, "no window came back")


class Feeder:
    """Asks for part after part at a steady pace, as a machine would, until the kills are over."""

    def __init__(self, line: RemoteLine, seen: Seen, parts: int, rate: float) -> None:
        self._line, self._seen, self._parts, self._rate = line, seen, parts, rate
        self.killed = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        due = time.monotonic()
        while len(self._seen.taken) < self._parts or not self.killed.is_set():
            time.sleep(max(0.0, due - time.monotonic()))
            due = max(due + 1 / self._rate, time.monotonic() - 1.0)
            if not self._line.wait_ready(0.5):
                continue
            uid = self._line.trigger(TriggerSource.COMMAND)
            if uid:
                self._seen.taken.append(uid)
            else:
                self._seen.refused += 1


class Patience:
    """Keeps the kills of one process apart: the supervisor rests after five within a minute."""

    def __init__(self, kills: int) -> None:
        self._gap = 12.3 if kills > 5 else 5.0
        self._last = time.monotonic()

    def wait(self) -> None:
        time.sleep(max(0.0, self._last + self._gap - time.monotonic()))
        self._last = time.monotonic()


def run(
    data: Path, parts: int, kills: int, seed: int, rate: float, limits: tuple[float, float]
) -> Outcome:
    """Run it all."""
    chance, seen = random.Random(seed), Seen()
    program = start(data)
    line = RemoteLine(runtime_folder(data), seen.hear)
    line.start()
    assert line.wait_here(20.0), "the station did not start"
    board = Board(runtime_folder(data))
    until(lambda: board.up(Role.WINDOW) != 0, 20.0, "no window came")
    feeder = Feeder(line, seen, parts, rate)
    feeder.thread.start()
    until(lambda: seen.judged_at > 0, 20.0, "no part was judged")
    times: dict[str, list[float]] = {"line": [], "window": []}
    patience = {"line": Patience(kills), "window": Patience(kills)}
    try:
        for _ in range(kills):
            for victim in chance.sample(["line", "window"], 2):
                patience[victim].wait()
                time.sleep(chance.uniform(0.0, 3.0))
                kill = (
                    partial(kill_line, board, line, seen)
                    if victim == "line"
                    else partial(kill_window, board)
                )
                times[victim].append(kill())
        feeder.killed.set()
        feeder.thread.join(parts / rate + 120)
        finished = not feeder.thread.is_alive()
        time.sleep(1.0)
    finally:
        line.stop()
        program.terminate()
        program.wait(60)
        board.close()
    return judged(data, seen, times, finished, limits)


def judged(
    data: Path,
    seen: Seen,
    times: dict[str, list[float]],
    finished: bool,
    limits: tuple[float, float],
) -> Outcome:
    """What came of it, by the records."""
    rows, verdicts = read(data)
    taken = set(seen.taken)
    bad = [found.uid for found in verify(data) if not found.good]
    figures: dict[str, Figure] = {
        "admitted": len(taken),
        "recorded": len(rows),
        "refused": seen.refused,
        **{f"verdict {name}": count for name, count in sorted(verdicts.items())},
        "bad rows": len(bad),
        "stray files": sum(1 for _ in stray_files(data)),
    }
    broken = [f"lost: {uid}" for uid in taken - set(rows)]
    broken += [f"twice: {uid}" for uid, count in rows.items() if count > 1]
    broken += [f"bad: {uid}" for uid in bad]
    broken += [] if finished else ["the parts did not come to an end"]
    for name, limit in zip(("line", "window"), limits, strict=True):
        figures |= {
            f"{name} kills": len(times[name]),
            f"{name} back p50 s": percentile(times[name], 50),
            f"{name} back p95 s": percentile(times[name], 95),
            f"{name} back max s": max(times[name], default=0.0),
        }
        if percentile(times[name], 95) > limit:
            broken.append(f"the {name} came back too late")
    return Outcome("kill_processes", figures, broken)


def read(data: Path) -> tuple[Counter[str], Counter[str]]:
    """How often each part is in the records, and how often each verdict."""
    rows: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    last = 0
    with Reader(data) as reader:
        while page := reader.after(last, 500):
            rows.update(entry.inspection.uid for entry in page)
            verdicts.update(entry.inspection.verdict.value for entry in page)
            last = page[-1].id
    return rows, verdicts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=7.5)
    parser.add_argument("--line-seconds", type=float, default=2.0, help="p95 to judge again")
    parser.add_argument("--window-seconds", type=float, default=3.0, help="p95 to show again")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        limits = (chosen.line_seconds, chosen.window_seconds)
        return finish(run(data, chosen.parts, chosen.kills, chosen.seed, chosen.rate, limits))


if __name__ == "__main__":
    sys.exit(main())
