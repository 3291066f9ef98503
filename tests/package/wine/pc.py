"""A Windows for tests: Wine 10 in a bare Debian of its own, with one user and one screen."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.package.root import Done, Root
from tests.package.wine.gaps import fill

PREFIX = "/w"
OFF = "winedbg.exe=d;mscoree=d;mshtml=d;icuuc=n"  # a crash would wait for a debugger


@dataclass(frozen=True, slots=True)
class Pc:
    """What a test does at it."""

    root: Root
    screen: str

    @property
    def drive(self) -> Path:
        """Its C:."""
        return self.root.path / PREFIX[1:] / "drive_c"

    def environment(self) -> dict[str, str]:
        """Of everything that runs there."""
        return self.root.environment(
            WINEPREFIX=PREFIX, WINEDEBUG="-all", WINEDLLOVERRIDES=OFF, DISPLAY=self.screen
        )

    def run(self, *words: str, seconds: float = 300) -> Done:
        """Run a Windows program to its end.

        It writes into files: Wine's server, which the first program starts, holds a pipe open.
        """
        with TemporaryFile() as out, TemporaryFile() as err:
            ended = subprocess.run(
                self.root.command(("wine", *words)),
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                timeout=seconds,
                check=False,
            )
            return Done(ended.returncode, _text(out), _text(err))

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Run it beside the test."""
        return subprocess.Popen(
            self.root.command(("wine", *words)),
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def begin(self) -> None:
        """A fresh Windows 10."""
        assert self.run("wineboot", "-i").code == 0
        assert self.run("winecfg", "-v", "win10").code == 0

    def end(self) -> None:
        """Everything that runs there ends."""
        subprocess.run(
            self.root.command(("wineserver", "-k")),
            env=self.environment(),
            check=False,
            capture_output=True,
            timeout=60,
        )

    def registry(self, key: str, name: str) -> str:
        """A value of HKLM\\Software, or an empty string."""
        done = self.run("reg", "query", rf"HKLM\Software\{key}", "/v", name)
        rows = [line.split("    ") for line in done.out.splitlines() if name in line]
        return rows[0][-1].strip() if done.code == 0 and rows else ""

    def fill_gaps(self, installed: Path, scratch: Path) -> int:
        """What this Windows lacks; see gaps.py."""
        scratch.mkdir(exist_ok=True)
        return fill(installed, self.drive / "windows" / "system32", scratch)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
