"""Cut the disk's power again and again: `python -m tests.rigs.power_cut --cuts 200`.

Killing a process cannot show this: what the kernel holds in memory outlives it. Here a real ext4
in a file loses it, by the file system's own shutdown call without flushing its log. Needs root.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.rigs.disk import Disk, NoDisk, ext4
from tests.rigs.proof import Proof, prove, sweep_strays
from tests.rigs.report import Outcome, finish, percentile
from tests.rigs.writers import Writers, writers

LONGEST = 0.150  # seconds from the first record to the cut
MEGABYTES = 320
FRESH_BELOW = 128 * 2**20  # with less room left a new data folder is begun


def run(folder: Path, cuts: int, seed: int) -> Outcome:
    """Cut so many times, and read everything back after each."""
    rng = random.Random(seed)
    proven: list[Proof] = []
    acknowledged: list[str] = []
    whole, opened, broken, counted = 0, [], [], 0
    began = time.monotonic()
    try:
        with ext4(folder, MEGABYTES) as disk, writers() as server:
            data = disk.folder / "data"
            for _ in range(cuts):
                fresh = write_until_cut(server, disk, data, rng.uniform(0, LONGEST))
                counted += len(fresh)
                acknowledged += fresh
                opened.append(server.now.opened_ms or 0.0)
                disk.close()
                disk.open()
                proven.append(prove(data, acknowledged))
                if shutil.disk_usage(disk.folder).free < FRESH_BELOW:
                    strays = sweep_strays(data)
                    whole += strays.whole
                    shutil.rmtree(data)
                    acknowledged = []
            if data.exists():
                strays = sweep_strays(data)
                whole += strays.whole
                broken += ["half-written files were not swept"] * (strays.left_half_written > 0)
    except NoDisk as reason:
        return Outcome("power_cut", skipped=str(reason))
    for turn, proof in enumerate(proven, 1):
        broken += [f"cut {turn}: {line}" for line in proof.broken]
    if counted < cuts:
        broken.append("fewer records than cuts: the rig has shown nothing")
    return Outcome("power_cut", _figures(cuts, counted, proven, whole, opened, began), broken)


def _figures(
    cuts: int,
    counted: int,
    proven: Sequence[Proof],
    whole: int,
    opened: Sequence[float],
    began: float,
) -> dict[str, int | float | str]:
    return {
        "cuts": cuts,
        "acknowledged": counted,
        "lost": len({uid for proof in proven for uid in proof.lost}),
        "rows": len({uid for proof in proven for uid in proof.uids}),
        "rows without image": len({uid for proof in proven for uid in proof.without_image}),
        "bad images": len({uid for proof in proven for uid in proof.bad_images}),
        "whole files without a row": whole,
        "restart ms p50": percentile(opened, 50),
        "seconds": time.monotonic() - began,
    }


def write_until_cut(server: Writers, disk: Disk, data: Path, delay: float) -> list[str]:
    """Run a writer, cut the power `delay` seconds after its first record.

    Gives back what was acknowledged before the cut began. While the call that cuts is under way
    the kernel answers an fsync "done" now and then, about one cut in fifty; a disk without power
    answers nothing, so that last word does not count.
    """
    writer = server.start(data)
    server.wait(lambda: writer.acknowledged)
    time.sleep(delay)
    counted = list(writer.acknowledged)
    disk.cut()
    server.end()
    return counted


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="power_cut", description=__doc__.splitlines()[0])
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="power-cut-") as folder:
        return finish(run(Path(folder), given.cuts, given.seed))


if __name__ == "__main__":
    sys.exit(main())
