"""Fill the disk under the writer again and again: `python -m tests.rigs.disk_full`.

Each time a different rest is left free, so that the room ends in the picture, in its name or in
the row. What was acknowledged is there, what was not is not, and work goes on when there is room.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.rigs.disk import Disk, NoDisk, ext4
from tests.rigs.proof import Proof, prove
from tests.rigs.report import Outcome, finish, percentile
from tests.rigs.writers import Writer, Writers, writers

MEGABYTES = 128
MOST_LEFT = 1_200_000  # bytes: between nothing and a few pictures
LITTLE = 80_000  # here and there room for a small picture, and none for its row
TOLD_SECONDS = 5.0
FULL = "store_disk_full"


def run(folder: Path, times: int, seed: int) -> Outcome:
    """Fill and free so many times under one writer, then read everything back."""
    rng = random.Random(seed)
    broken: list[str] = []
    again: list[float] = []
    began = time.monotonic()
    try:
        with ext4(folder, MEGABYTES) as disk, writers() as server:
            data = disk.folder / "data"
            writer = server.start(data)
            server.wait(lambda: len(writer.acknowledged) > 2)
            for turn in range(times):
                left = rng.randrange(rng.choice((MOST_LEFT, LITTLE)))
                said, ms = _fill_and_free(server, writer, disk, data, left)
                broken += [f"time {turn + 1}: {line}" for line in said]
                again.append(ms)
            server.end(signal.SIGTERM)
            proof = prove(data, writer.acknowledged)
    except NoDisk as reason:
        return Outcome("disk_full", skipped=str(reason))
    broken += proof.broken + _not_equal(proof, writer)
    if set(writer.failures) != {FULL}:
        broken.append(f"failures by name: {sorted(set(writer.failures))}")
    figures = {
        "times full": times,
        "refused with disk full": len(writer.failures),
        "acknowledged": len(writer.acknowledged),
        "rows": proof.rows,
        "lost": len(proof.lost),
        "rows without image": len(proof.without_image),
        "bad images": len(proof.bad_images),
        "recording again ms p50": percentile(again, 50),
        "seconds": time.monotonic() - began,
    }
    return Outcome("disk_full", figures, broken)


def _fill_and_free(
    server: Writers, writer: Writer, disk: Disk, data: Path, left: int
) -> tuple[list[str], float]:
    """One time: what did not hold, and how long after the disk had room a record was made."""
    ballast = disk.folder / "ballast"
    refused = len(writer.failures)
    _fill(ballast, left)
    server.wait(lambda: len(writer.failures) > refused, TOLD_SECONDS)
    before = set(writer.acknowledged)
    proof = prove(data, before)
    broken = proof.broken + [
        f"a row that was not acknowledged: {uid}" for uid in proof.uids - set(writer.acknowledged)
    ]
    known = len(writer.acknowledged)
    ballast.unlink()
    freed = time.monotonic()
    server.wait(lambda: len(writer.acknowledged) > known + 1, TOLD_SECONDS)
    return broken, (time.monotonic() - freed) * 1000


def _fill(path: Path, left: int) -> None:
    """Take all room but so many bytes, at once, so that the writer meets a full disk soon."""
    with path.open("wb") as file:
        while True:
            free = os.statvfs(path.parent)
            take = free.f_bavail * free.f_frsize - left
            if take < 4096:
                return
            try:
                os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), take)
            except OSError:  # the writer was quicker: ask again what is left
                continue


def _not_equal(proof: Proof, writer: Writer) -> list[str]:
    if proof.uids == set(writer.acknowledged):
        return []
    return [f"{proof.rows} rows, {len(writer.acknowledged)} acknowledged"]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="disk_full", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="disk-full-") as folder:
        return finish(run(Path(folder), given.times, given.seed))


if __name__ == "__main__":
    sys.exit(main())
