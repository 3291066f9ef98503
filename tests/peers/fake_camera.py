"""Aravis' fake GigE Vision camera: a process of its own that speaks the real protocol on loopback.

Its control port is fixed by the standard, so there is one per address: a file lock keeps others
away meanwhile, in this checkout and in every other one on the machine.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from filelock import FileLock, Timeout

from station.cameras.gvcp import PORT, identify

PROGRAM = "arv-fake-gv-camera-0.8"
ADDRESS = "127.0.0.1"
LOCK = Path(tempfile.gettempdir()) / "station-gvcp-3956.lock"
LOCK_SECONDS = 60.0
START_SECONDS = 10.0


class FakeCamera:
    """It shows a diagonal ramp that moves by one grey level a frame, brighter with gain."""

    def __init__(self, serial: str = "", lost_per_mille: int = 0) -> None:
        self.serial = serial or f"FAKE{os.getpid()}"  # that no other program takes it for its own
        self.lost_per_mille = lost_per_mille
        self._lock = FileLock(LOCK, mode=0o666)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if shutil.which(PROGRAM) is None:
            pytest.skip(f"{PROGRAM} is missing: apt install aravis-tools")
        try:
            self._lock.acquire(LOCK_SECONDS)
        except (Timeout, PermissionError):
            pytest.skip(f"another test uses the fake camera for more than {LOCK_SECONDS:g} s")
        try:
            self.start()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.kill()
        finally:
            self._lock.release()

    def start(self) -> None:
        """Plug it in; it answers when this returns."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind((ADDRESS, PORT))
            except OSError:
                pytest.skip(f"port {PORT} of {ADDRESS} is taken by another program")
        command = [*_dies_with_us(), PROGRAM, "-i", ADDRESS, "-s", self.serial]
        if self.lost_per_mille:
            command += ["-r", str(self.lost_per_mille)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + START_SECONDS
        while identify(ADDRESS) is None:
            assert time.monotonic() < until, f"{PROGRAM} does not answer"
            assert self._process.poll() is None, f"{PROGRAM} ended"
            time.sleep(0.02)

    def kill(self) -> None:
        """Pull its plug."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def freeze(self) -> None:
        """Neither packets nor answers, and nobody says so."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on as if nothing had been."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.kill(self._process.pid, number)


def _dies_with_us() -> list[str]:
    """So that a run of tests that was killed leaves no camera behind."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []
