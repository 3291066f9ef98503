"""Real servers for the tests: PostgreSQL from its package, an S3 server from a Python package."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = "a password with spaces, ü and %40"
START_SECONDS = 60.0
AS_ROOT = os.name == "posix" and os.geteuid() == 0


@dataclass(frozen=True)
class Server:
    """A server that listens on this port of the loopback device."""

    port: int
    sockets: Path | None = None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def postgres_folder() -> Path:
    """Where the server's programs are, or a skip that says how to get them."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(versions, key=lambda path: float(path.parent.name), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    pytest.skip("no PostgreSQL server is installed: apt-get install postgresql")


@contextmanager
def postgres() -> Iterator[Server]:
    """A server in a temporary folder, with a password for whoever comes over the network."""
    programs = postgres_folder()
    user = {"user": "postgres", "group": "postgres"} if AS_ROOT else {}  # it refuses root
    with tempfile.TemporaryDirectory(prefix="station-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "password").write_text(PASSWORD)
        if AS_ROOT:
            for path in (folder, folder / "password"):
                shutil.chown(path, "postgres", "postgres")
        init = [programs / "initdb", "-D", folder / "data", "-U", "station", "-E", "UTF8"]
        init += ["--no-locale", "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"]
        init += [f"--pwfile={folder / 'password'}"]
        subprocess.run(init, check=True, capture_output=True, cwd=folder, **user)
        port = free_port()
        serve = [programs / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port)]
        serve += ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "timezone=UTC"]
        with (folder / "log").open("wb") as told:
            process = subprocess.Popen(serve, stdout=told, stderr=told, cwd=folder, **user)
            try:
                _wait_for(port, process)
                yield Server(port, folder)
            finally:
                process.terminate()  # smart: waits for its clients
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


@contextmanager
def s3() -> Iterator[Server]:
    """An S3 server as a process of its own, with an empty bucket `parts`."""
    pytest.importorskip("moto.server", reason='no S3 server: pip install "moto[server]"')
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        request = urllib.request.Request(f"http://127.0.0.1:{port}/parts", method="PUT")
        urllib.request.urlopen(request, timeout=30).close()
        yield Server(port)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")
