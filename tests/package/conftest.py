"""What was built, and where it may be tried."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.package.root import Root, fresh_root
from tests.screen import bare_screen


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder of what `make package` built; only `make test-package` names it."""
    named = os.environ.get("STATION_PACKAGES")
    if not named:
        pytest.skip("make test-package runs these, on what make package built")
    return Path(named).resolve()


@pytest.fixture(scope="session")
def deb(packages: Path) -> Path:
    """The Debian package."""
    found = sorted(packages.glob("station_*_amd64.deb"))
    if not found:
        pytest.skip(f"no .deb in {packages}: make package-linux builds one")
    return found[-1]


@pytest.fixture(scope="session")
def older(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same package with a lower version and one file that the new one has no more."""
    folder = tmp_path_factory.mktemp("older")
    tree = folder / "tree"
    subprocess.run(["dpkg-deb", "-R", str(deb), str(tree)], check=True)
    control = tree / "DEBIAN" / "control"
    lines = control.read_text("utf-8").splitlines(keepends=True)
    control.write_text(
        "".join("Version: 0.0.9\n" if one.startswith("Version:") else one for one in lines), "utf-8"
    )
    (tree / "usr/lib/station/_internal/gone.txt").write_text("of the older version\n")
    out = folder / "station_0.0.9_amd64.deb"
    subprocess.run(["dpkg-deb", "-Znone", "--build", str(tree), str(out)], check=True)
    subprocess.run(["rm", "-r", str(tree)], check=True)
    return out


@pytest.fixture(scope="module")
def root(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Root]:
    """A bare Debian for the tests of one file, which tell one story in turn."""
    with fresh_root("bookworm", tmp_path_factory.mktemp("bookworm")) as made:
        yield made


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A display without a monitor; reached through the network's name, so from inside too."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    with bare_screen("1920x1080") as display:
        yield display
