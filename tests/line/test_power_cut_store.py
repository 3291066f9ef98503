"""What was acknowledged survives the loss of everything that was not flushed to the disk.

Killing the writer cannot show this: what the kernel holds in memory outlives the process. Here a
real ext4 in a file loses it, by the file system's own shutdown call without flushing its log.
"""

import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from station.store.verify import verify

CUTS = 12
WRITER = Path(__file__).with_name("store_writer.py")
EXT4_IOC_SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING_THE_LOG = struct.pack("I", 2)


class Disk:
    """An ext4 in a file that can lose its power."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image = image
        self.folder = folder

    def open(self) -> None:
        self.folder.mkdir(exist_ok=True)
        if not self._image.exists():
            with self._image.open("wb") as file:
                file.truncate(256 * 2**20)
            subprocess.run(["mkfs.ext4", "-q", "-F", self._image], check=True)
        command = ["mount", "-o", "loop", str(self._image), str(self.folder)]
        if subprocess.run(command, stderr=subprocess.PIPE).returncode:
            pytest.skip("a file cannot be mounted as a disk here; root on Linux with loop can")

    def cut(self) -> None:
        import fcntl

        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, WITHOUT_FLUSHING_THE_LOG)
        finally:
            os.close(handle)

    def close(self) -> None:
        if os.path.ismount(self.folder):
            subprocess.run(["umount", self.folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("cutting a disk's power needs root on Linux and mkfs.ext4")
    made = Disk(tmp_path / "disk.img", tmp_path / "disk")
    made.open()
    yield made
    made.close()


def write_until_cut(disk: Disk, delay: float) -> list[str]:
    """Run a writer, cut the power `delay` seconds after its first record.

    Gives back what was acknowledged before the cut began. While the call that cuts is under way
    the kernel answers an fsync "done" now and then, about one cut in fifty; a disk without power
    answers nothing, so that last word does not count.
    """
    command = [sys.executable, str(WRITER), str(disk.folder / "data")]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as writer:
        writer.stdin.write("\n")
        writer.stdin.flush()
        acknowledged: list[str] = []
        counted: list[str] = []
        pid, cutter = 0, None
        for line in writer.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "P":
                pid = int(rest)
            elif word == "A":
                acknowledged.append(rest)
                if cutter is None:
                    args = (disk, delay, pid, acknowledged, counted)
                    cutter = threading.Thread(target=cut_and_kill, args=args)
                    cutter.start()
            elif word == "X":
                break
        assert cutter is not None, "the writer ended before its first record"
        cutter.join()
        writer.stdin.close()
    return counted


def cut_and_kill(
    disk: Disk, delay: float, pid: int, acknowledged: list[str], counted: list[str]
) -> None:
    time.sleep(delay)
    counted += acknowledged
    disk.cut()
    time.sleep(0.01)
    with suppress(ProcessLookupError):  # it noticed, and ended by itself
        os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
def test_power_cuts_lose_nothing_that_was_acknowledged(disk):
    rng = random.Random(21)
    acknowledged: list[str] = []
    for _ in range(CUTS):
        acknowledged += write_until_cut(disk, rng.uniform(0, 0.15))
        disk.close()
        disk.open()
        rows = list(verify(disk.folder / "data"))
        assert [row for row in rows if not row.good] == []
        assert set(acknowledged) <= {row.uid for row in rows}
    assert len(acknowledged) > CUTS
