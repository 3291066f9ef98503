"""Our own GenTL producer in C, built for the test: it has what the one of the package lacks."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).with_name("programs")


class GenTlPeer:
    """The producer in a folder of its own, with one camera: SN7."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cti = str(folder / "peer.cti")

    def build(self) -> None:
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None or os.name != "posix":
            pytest.skip("no C compiler that makes a shared library here: apt-get install gcc")
        pytest.importorskip("harvesters", reason="pip install harvesters")
        shutil.copy(PROGRAMS / "gentl_peer.xml", self.folder / "camera.xml")
        source = str(PROGRAMS / "gentl_peer.c")
        command = [compiler, "-O1", "-shared", "-fPIC", "-pthread", "-o", self.cti, source]
        subprocess.run(command, check=True)

    def suffer(self, what: str) -> None:
        (self.folder / what).touch()

    def heal(self, what: str) -> None:
        (self.folder / what).unlink(missing_ok=True)
