"""What every test shares: no test may log an error it did not expect, and where real data lies."""

import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("STATION_CACHE", "")  # no test lives on what another left in the user's cache

ROOT = Path(__file__).resolve().parent.parent


def shared_data(name: str) -> Path:
    """The folder of a real data set, or a skip that says where it was looked for."""
    base = Path(os.environ.get("STATION_DATA", ROOT.parent / "shared" / "data"))
    folder = base / name
    if not folder.is_dir():
        pytest.skip(f"the data set {name} is not at {folder}; set STATION_DATA to its folder")
    return folder


class _ErrorCatcher(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_logged_errors(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """A logged error fails the test, unless it asks for this fixture and clears the list."""
    catcher = _ErrorCatcher()
    root = logging.getLogger("station")
    root.addHandler(catcher)
    yield catcher.seen
    root.removeHandler(catcher)
    assert not catcher.seen, f"logged errors: {catcher.seen}"


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A real small disk (tmpfs, root only) with the options given, gone after the test."""
    disk = tmp_path / "disk"

    def mount(options: str) -> Path:
        disk.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
        if not shutil.which("mount") or subprocess.run(command, stderr=subprocess.PIPE).returncode:
            pytest.skip("a small disk cannot be mounted here; root on Linux can")
        return disk

    yield mount
    if os.path.ismount(disk):
        subprocess.run(["umount", "-l", disk], check=True)
