"""Programs of node-opcua: a client for our server, and a controller for our client."""

import json
import os
import queue
import shutil
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

PROGRAMS = Path(__file__).parent / "programs"
ROOT = Path(__file__).resolve().parents[2]
ANSWER_SECONDS = 40.0


def node_environment(package: str) -> tuple[str, dict[str, str]]:
    """The interpreter, and an environment in which it finds node-opcua; or a skip that says why."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed: apt-get install nodejs")
    modules = Path(os.environ.get("STATION_NODE_MODULES", ROOT / ".peers" / "node_modules"))
    if not (modules / package).is_dir():
        pytest.skip(f"{package} is not in {modules}: npm install --prefix .peers {package}")
    return node, {**os.environ, "NODE_PATH": str(modules)}


class PeerError(Exception):
    """What the peer was answered."""


class OpcuaClient:
    """Orders in, answers out; events are kept as they come."""

    def __init__(self) -> None:
        node, environment = node_environment("node-opcua-client")
        self._process = subprocess.Popen(
            [node, str(PROGRAMS / "opcua_client.js")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self.events: list[dict[str, Any]] = []
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._heard = threading.Condition()
        self._id = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.startswith("{"):
                continue
            said = json.loads(line)
            if "id" in said:
                self._answers.put(said)
            elif said["event"] != "up":
                with self._heard:
                    self.events.append(said["event"])
                    self._heard.notify_all()

    def ask(self, op: str, **order: Any) -> Any:
        """Its answer. Raises PeerError with the words of node-opcua."""
        self._id += 1
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"id": self._id, "op": op, **order}) + "\n")
        self._process.stdin.flush()
        answer = self._answers.get(timeout=ANSWER_SECONDS)
        assert answer["id"] == self._id
        if "error" in answer:
            raise PeerError(answer["error"])
        return answer["result"]

    def wait(self, kind: str, count: int = 1, seconds: float = 10.0) -> list[dict[str, Any]]:
        """Wait for that many events of a type; all of them."""

        def found() -> list[dict[str, Any]]:
            return [event for event in self.events if event["EventType"] == kind]

        with self._heard:
            came = self._heard.wait_for(lambda: len(found()) >= count, seconds)
            assert came, f"{len(found())} of {count}; all: {self.events}"
            return found()

    def close(self) -> None:
        """Let it disconnect, and end it."""
        if self._process.poll() is None:
            self.ask("close")
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            if pipe is self._process.stdin:
                pipe.close()
        self._process.wait(10)
        self._reader.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class OpcuaPlc:
    """A controller that can be killed, frozen and started again on its port."""

    def __init__(self, port: int, folder: Path, *how: str) -> None:
        self.port = port
        self._folder = folder
        self._how = how
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        node, environment = node_environment("node-opcua-server")
        command = [node, str(PROGRAMS / "opcua_plc.js"), str(self.port), str(self._folder)]
        self._process = subprocess.Popen(
            [*command, *self._how],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        assert self._process.stdout is not None
        until = time.monotonic() + ANSWER_SECONDS
        while "up" not in (line := self._process.stdout.readline()):
            if not line or time.monotonic() > until:
                self.kill()
                raise AssertionError("the controller did not start")

    def set(self, name: str, value: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"name": name, "value": value}) + "\n")
        self._process.stdin.flush()

    def signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process = None
