"""A real ext4 in a file, mounted: it can be filled, and it can lose its power."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EXT4_IOC_SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING_THE_LOG = struct.pack("I", 2)


class NoDisk(Exception):  # noqa: N818 - a reason to skip, not a mistake
    """Why no disk can be made here."""


class Disk:
    """`folder` is where it is mounted."""

    def __init__(self, image: Path, folder: Path, size: int) -> None:
        self._image = image
        self._size = size
        self.folder = folder

    def open(self) -> None:
        """Make it the first time, and mount it. Raises NoDisk."""
        self.folder.mkdir(exist_ok=True)
        if not self._image.exists():
            with self._image.open("wb") as file:
                file.truncate(self._size)
            subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", self._image], check=True)
        command = ["mount", "-o", "loop", str(self._image), str(self.folder)]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise NoDisk(f"a file cannot be mounted as a disk here: {done.stderr.strip()}")

    def cut(self) -> None:
        """Lose the power: what was not flushed is gone, and nothing is written any more."""
        import fcntl

        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, WITHOUT_FLUSHING_THE_LOG)
        finally:
            os.close(handle)

    def close(self) -> None:
        """Unmount it; safe to call twice."""
        if os.path.ismount(self.folder):
            subprocess.run(["umount", self.folder], check=True)


@contextmanager
def ext4(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A disk below that folder, unmounted in every case. Raises NoDisk."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        raise NoDisk("a disk of its own needs root on Linux, loop devices and mkfs.ext4")
    disk = Disk(folder / "disk.img", folder / "disk", megabytes * 2**20)
    disk.open()
    try:
        yield disk
    finally:
        disk.close()
