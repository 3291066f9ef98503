"""What must hold of a data folder after whatever was done to it."""

import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from station.store.images import IMAGES, INCOMING, STALE_SECONDS
from station.store.store import Store
from station.store.verify import Problem, stray_files, verify


@dataclass(frozen=True)
class Proof:
    """Every row against its picture, and every acknowledged record against the rows."""

    rows: int
    uids: frozenset[str]
    lost: tuple[str, ...]  # acknowledged, and not there
    without_image: tuple[str, ...]
    bad_images: tuple[str, ...]
    twice: int  # rows whose number another row has too

    @property
    def broken(self) -> list[str]:
        """What does not hold, in words."""
        return (
            [f"acknowledged and lost: {uid}" for uid in self.lost]
            + [f"row without its image: {uid}" for uid in self.without_image]
            + [f"image is not what was written: {uid}" for uid in self.bad_images]
            + ([f"{self.twice} numbers given twice"] if self.twice else [])
        )


def prove(folder: Path, acknowledged: Collection[str]) -> Proof:
    """Read everything back. Beside a running writer it sees what is committed by now."""
    checks = list(verify(folder))
    uids = frozenset(check.uid for check in checks)
    return Proof(
        rows=len(checks),
        uids=uids,
        lost=tuple(uid for uid in acknowledged if uid not in uids),
        without_image=tuple(c.uid for c in checks if c.problem is Problem.MISSING),
        bad_images=tuple(c.uid for c in checks if not c.good and c.problem is not Problem.MISSING),
        twice=len(checks) - len({check.number for check in checks}),
    )


@dataclass(frozen=True)
class Strays:
    """Files without a row: never acknowledged, so nobody misses them."""

    half_written: int
    whole: int
    left_half_written: int  # after the next start has swept
    lost_by_sweeping: int  # whole pictures that were there before it


def sweep_strays(folder: Path) -> Strays:
    """Make what lies about old, start once more, and see that exactly the half-written go."""
    age(folder / IMAGES)
    half = {path.name for path in (folder / INCOMING).iterdir()}
    before = {name for name in stray_files(folder) if not name.startswith(INCOMING)}
    pictures = _pictures(folder)
    with Store(folder):
        pass
    left = len(list((folder / INCOMING).iterdir()))
    return Strays(len(half), len(before), left, len(pictures - _pictures(folder)))


def age(folder: Path) -> None:
    """Make every file older than what a sweep spares."""
    old = time.time() - STALE_SECONDS - 1
    for path in folder.rglob("*.*"):
        if path.is_file():
            os.utime(path, (old, old))


def _pictures(folder: Path) -> set[str]:
    """The whole pictures; wherever a start puts one without a row, its name stays."""
    return {path.name for path in folder.rglob("*.png")}
