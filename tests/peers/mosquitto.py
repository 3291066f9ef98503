"""A real broker for the tests, Mosquitto, and its own client programs."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.peers.servers import free_port

START_SECONDS = 15.0


def program(name: str) -> str:
    """The path of one of its programs, or a skip that says how to get it."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{name} is missing: apt-get install mosquitto mosquitto-clients")
    return found


class Broker:
    """Listens on a port of its own; may be killed, stopped for a while, and started again."""

    def __init__(self, folder: Path, *config: str) -> None:
        self.port = free_port()
        self.folder = folder
        self._program = program("mosquitto")
        self._process: subprocess.Popen[bytes] | None = None
        user = ["user root"] if os.name == "posix" and os.geteuid() == 0 else []
        lines = config or ("allow_anonymous true",)
        (folder / "mosquitto.conf").write_text(
            "\n".join([*user, f"listener {self.port} 127.0.0.1", *lines, ""]), "utf-8"
        )

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        log = (self.folder / "mosquitto.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [self._program, "-c", str(self.folder / "mosquitto.conf")], stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self._process.poll() is None, (self.folder / "mosquitto.log").read_text()
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("the broker did not start")

    def send(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """As by a power cut of its computer."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
        self.kill()


class Listener:
    """mosquitto_sub: every message below a topic, in order, as (topic, text).

    It hears when it is made: a message of its own has come back by then.
    """

    def __init__(self, broker: Broker, topic: str, *words: str) -> None:
        command = [program("mosquitto_sub"), "-h", "127.0.0.1", "-p", str(broker.port)]
        self._probe = f"probe-{secrets.token_hex(4)}"
        command += ["-V", "mqttv5", "-q", "1", "-t", topic, "-F", "%t %p", *words]
        command += [] if topic == "#" else ["-t", self._probe]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
        self.heard: list[tuple[str, str]] = []
        self.times: list[float] = []
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._read)
        self._hears = threading.Event()
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._hears.wait(0.1):
            assert time.monotonic() < deadline
            publish(broker, self._probe, "")

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                topic, _, text = line.rstrip("\n").partition(" ")
                if topic.startswith("probe-"):
                    self._hears.set()
                    continue
                with self._news:
                    self.heard.append((topic, text))
                    self.times.append(time.monotonic())
                    self._news.notify_all()

    def on(self, end: str) -> list[str]:
        """What came on topics with that end."""
        with self._news:
            return [text for topic, text in self.heard if topic.endswith(end)]

    def wait(self, found: Callable[[], bool], seconds: float = 15.0) -> None:
        with self._news:
            assert self._news.wait_for(found, seconds), self.heard[-5:]

    def close(self) -> None:
        self._process.kill()  # asked to end it sometimes waits for its broker
        self._process.wait()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def publish(broker: Broker, topic: str, text: str, *words: str) -> None:
    """mosquitto_pub."""
    command = [program("mosquitto_pub"), "-h", "127.0.0.1", "-p", str(broker.port)]
    done = subprocess.run(
        [*command, "-V", "mqttv5", "-q", "1", "-t", topic, "-m", text, *words],
        capture_output=True,
        timeout=20,
    )
    assert done.returncode == 0, done


def passwords(folder: Path, **users: str) -> Path:
    """A file of them, as `password_file` takes it."""
    path = folder / "passwords"
    path.touch(mode=0o600)
    for user, password in users.items():
        _run(program("mosquitto_passwd"), "-b", path, user, password)
    return path


class Authority:
    """A certificate authority made for one test, by openssl."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        self._folder = folder
        self._name = name
        if shutil.which("openssl") is None:
            pytest.skip("openssl is missing: apt-get install openssl")
        _run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-subj", f"/CN={name}", "-out", self.file,
             "-keyout", folder / f"{name}.key")  # fmt: skip

    @property
    def file(self) -> Path:
        return self._folder / f"{self._name}.crt"

    def certificate(self, name: str, *names: str) -> tuple[Path, Path]:
        """A certificate with these names in it, and its key."""
        key, asked, made = (self._folder / f"{name}.{end}" for end in ("key", "csr", "crt"))
        _run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}",
             "-keyout", key, "-out", asked)  # fmt: skip
        words = self._folder / f"{name}.ext"
        words.write_text(f"subjectAltName={','.join(names)}\n" if names else "\n")
        _run("openssl", "x509", "-req", "-in", asked, "-CA", self.file, "-CAkey",
             self._folder / f"{self._name}.key", "-CAcreateserial", "-days", "2",
             "-extfile", words, "-out", made)  # fmt: skip
        return made, key


def _run(*words: object) -> None:
    command: Sequence[str] = [str(word) for word in words]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode == 0, done
