"""A bare Debian in a folder of its own, where the package is installed as on a fresh PC.

It has nothing but the essential packages, so that what the package forgets to depend on is missing.
Needs root and debootstrap.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOTS = Path(__file__).resolve().parent.parent.parent / "build" / "roots"
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
BASE = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", **QUIET}


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Root:
    """The folder, mounted."""

    path: Path

    def command(self, words: tuple[str, ...], user: str = "") -> list[str]:
        """What runs that inside, as that user."""
        inner = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
        return ["chroot", str(self.path), *inner, *words]

    def environment(self, user: str = "", **more: str) -> dict[str, str]:
        """Nothing of the tests' own environment comes in."""
        home = {"HOME": f"/home/{user}", "USER": user, "LOGNAME": user} if user else {}
        return {**BASE, **home, **more}

    def run(self, *words: str, user: str = "", seconds: float = 300, **more: str) -> Done:
        """Run a command inside to its end."""
        ended = subprocess.run(
            self.command(words, user),
            env=self.environment(user, **more),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Done(ended.returncode, ended.stdout, ended.stderr)

    def must(self, *words: str, user: str = "", **more: str) -> Done:
        """As `run`; the test fails where the command does."""
        done = self.run(*words, user=user, **more)
        assert done.code == 0, (words, done.said[-3000:])
        return done

    def bring(self, file: Path) -> str:
        """Put a file into its /tmp; the path inside."""
        target = self.path / "tmp" / file.name
        if not target.exists():
            shutil.copyfile(file, target)
        return f"/tmp/{file.name}"

    def install(self, file: Path, *options: str) -> Done:
        """As a person does: apt install ./file."""
        return self.run(
            "apt-get", "install", "-y", "-q", "--no-install-recommends", *options, self.bring(file)
        )


def base_root(suite: str, packages: tuple[str, ...] = ()) -> Path:
    """The untouched system, with some packages of its own; made once, from the mirror.

    Skips where that cannot be.
    """
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can make a system in a folder")
    if shutil.which("debootstrap") is None:
        pytest.skip("debootstrap is not installed: apt-get install debootstrap")
    place = ROOTS / "-".join((suite, *packages))
    if not (place / "made").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        wanted = (f"--include={','.join(packages)}",) if packages else ()
        made = subprocess.run(
            ["debootstrap", "--variant=minbase", *wanted, suite, str(place), MIRROR],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            pytest.skip(f"no {suite} from {MIRROR}: {made.stdout[-200:]}")
        (place / "made").touch()
    return place


@contextmanager
def fresh_root(
    suite: str, place: Path, size: str = "", packages: tuple[str, ...] = ()
) -> Iterator[Root]:
    """A system that begins as the untouched one, and is gone afterwards.

    place: an empty folder. size: of the disk that takes what is written, such as 300m.
    """
    layers, merged = place / "layers", place / "root"
    for folder in (layers, merged):
        folder.mkdir(parents=True)
    mounted: list[Path] = []

    def mount(target: Path, *words: str) -> None:
        subprocess.run(["mount", *words, str(target)], check=True, capture_output=True)
        mounted.append(target)

    try:
        mount(layers, "-t", "tmpfs", *(("-o", f"size={size}") if size else ()), "tmpfs")
        for name in ("upper", "work"):
            (layers / name).mkdir()
        folders = (
            f"lowerdir={base_root(suite, packages)},upperdir={layers}/upper,workdir={layers}/work"
        )
        mount(merged, "-t", "overlay", "-o", folders, "overlay")
        mount(merged / "proc", "-t", "proc", "proc")
        mount(merged / "sys", "--rbind", "/sys")
        mount(merged / "dev", "--rbind", "/dev")
        shutil.copyfile("/etc/resolv.conf", merged / "etc" / "resolv.conf")
        yield Root(merged)
    finally:
        for target in reversed(mounted):
            subprocess.run(
                ["umount", "--recursive", "--lazy", str(target)], check=False, capture_output=True
            )
