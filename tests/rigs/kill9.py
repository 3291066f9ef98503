"""Kill the writing process again and again: `python -m tests.rigs.kill9 --kills 1000`.

Killed at any moment, from the making of the tables to the middle of a record: what was
acknowledged is there with its picture, and the next start works.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from station.store.store import Store
from tests.rigs.proof import prove, sweep_strays
from tests.rigs.report import Outcome, finish, percentile
from tests.rigs.writers import Writers, sleep_until, writers

LONGEST = 0.060  # seconds from the first record, or from the fork, to the kill
WHILE_OPENING = 5  # one kill in so many falls while the store opens
FRESH = 8  # and one in so many while the tables of a new folder are made


def run(folder: Path, kills: int, seed: int) -> Outcome:
    """Kill so many writers on one folder, then read everything back."""
    if not hasattr(os, "fork"):
        return Outcome("kill9", skipped="the writer forks; this system has no fork")
    rng = random.Random(seed)
    acknowledged: list[str] = []
    begun: set[str] = set()
    opened: list[float] = []
    began = time.monotonic()
    broken: list[str] = []
    with writers() as server:
        for turn in range(kills):
            if turn % FRESH == FRESH - 1:
                broken += _kill_the_first_start(server, folder.with_name(f"fresh{turn}"), rng)
                continue
            _one_kill(server, folder, rng, turn % WHILE_OPENING == 0)
            acknowledged += server.now.acknowledged
            begun.update(server.now.begun)
            if server.now.opened_ms is not None:
                opened.append(server.now.opened_ms)
    took = time.monotonic() - began
    proof = prove(folder, acknowledged)
    strays = sweep_strays(folder)
    after = prove(folder, acknowledged)
    broken += proof.broken + [f"after the next start: {line}" for line in after.broken]
    if len(acknowledged) < kills:
        broken.append("fewer records than kills: the rig has shown nothing")
    if proof.rows > len(acknowledged) + kills:
        broken.append("more rows that were not acknowledged than kills")
    if not proof.uids <= begun:
        broken.append(f"{len(proof.uids - begun)} rows that nobody wrote")
    if strays.left_half_written:
        broken.append(f"{strays.left_half_written} half-written files were not swept")
    if strays.lost_by_sweeping:
        broken.append(f"{strays.lost_by_sweeping} whole pictures were swept")
    if strays.half_written + strays.whole > kills:
        broken.append("more files without a row than kills")
    figures = {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "lost": len(proof.lost),
        "rows": proof.rows,
        "rows without image": len(proof.without_image),
        "bad images": len(proof.bad_images),
        "half-written files": strays.half_written,
        "half-written after the next start": strays.left_half_written,
        "whole files without a row": strays.whole,
        "restart ms p50": percentile(opened, 50),
        "restart ms p99": percentile(opened, 99),
        "seconds": took,
    }
    return Outcome("kill9", figures, broken)


def _one_kill(server: Writers, folder: Path, rng: random.Random, opening: bool) -> None:
    writer = server.start(folder)
    if not opening:
        server.wait(lambda: writer.acknowledged)
    sleep_until(time.monotonic() + rng.uniform(0, LONGEST))
    server.end()


def _kill_the_first_start(server: Writers, folder: Path, rng: random.Random) -> list[str]:
    """Kill while the folder and its tables are made; whatever is there, the next start works."""
    writer = server.start(folder)
    sleep_until(time.monotonic() + rng.uniform(0, LONGEST))
    server.end()
    with Store(folder):
        pass
    broken = prove(folder, writer.acknowledged).broken
    shutil.rmtree(folder)
    return [f"a new folder: {line}" for line in broken]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="kill9", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill9-") as folder:
        return finish(run(Path(folder) / "data", given.kills, given.seed))


if __name__ == "__main__":
    sys.exit(main())
