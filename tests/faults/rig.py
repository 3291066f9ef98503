"""The real station without a window as a process tree of its own, faults on order, and a client."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import tomli_w

from station.board import Board, Role, runtime_folder
from station.domain.inspection import Disposition, Inspection, Verdict
from station.domain.part import TriggerSource
from station.errors import ErrorCode, Fault, StoreError
from station.pipeline.events import Event, Inspected
from station.pipeline.remote import RemoteLine
from station.store.queries import Entry, Reader
from station.store.verify import verify
from tests.models import build_bright_model
from tests.program import COMMAND, environment

INJECT = Path(__file__).parent / "inject"
START_SECONDS = 20.0
PATIENCE = 3.0  # a loaded machine may need so many times what the manual promises
E = TypeVar("E", bound=Event)


def write_recipe(data: Path, model: Path, **values: object) -> None:
    """The recipe `bright`, for the model at that path."""
    folder = data / "recipes"
    folder.mkdir(parents=True, exist_ok=True)
    text = tomli_w.dumps({"name": "bright", "model": str(model), **values})
    (folder / "bright.toml").write_text(text, "utf-8")


def write_settings(data: Path, **values: object) -> None:
    """A small fast camera and that recipe, and what else is given; as a person would write it."""
    options = {"width": 320, "height": 256, "fps": 60, "pool": 4}
    camera = {"kind": "simulated", "options": options}
    data.mkdir(parents=True, exist_ok=True)
    text = tomli_w.dumps({"schema_version": 1, "recipe": "bright", "camera": camera, **values})
    (data / "settings.toml").write_text(text, "utf-8")


def prepare(data: Path, recipe: Mapping[str, object] | None = None, **settings: object) -> Path:
    """A data folder that is ready to run; the model in it."""
    data.mkdir(parents=True, exist_ok=True)
    model = build_bright_model(data / "bright.onnx", level=60)
    write_recipe(data, model, **(recipe or {}))
    write_settings(data, **settings)
    return model


class Station:
    """`station serve` (or `run`, with its window) on a prepared data folder, and what it tells."""

    def __init__(
        self, home: Path, data: Path, *words: str, env: Mapping[str, str] | None = None
    ) -> None:
        self.home, self.data = home, data
        self._env = dict(env or {})
        self.orders = home / "orders"
        self.orders.mkdir(parents=True, exist_ok=True)
        self.events: list[tuple[float, Event]] = []
        self.asked: list[str] = []
        self._words = words or ("serve",)
        self._heard = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None
        self._log = home / "stderr.txt"
        self.line = RemoteLine(runtime_folder(data), self._hear)

    def start(self) -> None:
        """Start it; returns when it is ready to judge."""
        runtime_folder(self.data).mkdir(mode=0o700, exist_ok=True)
        path = os.pathsep.join([str(INJECT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
        orders = {"STATION_INJECT": str(self.orders), "PYTHONPATH": path}
        self.board = Board(runtime_folder(self.data))
        self.board.clear()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*COMMAND, *self._words, "--data", str(self.data)],
                env=environment(self.home) | orders | self._env,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        self.line.start()
        assert self.line.wait_here(START_SECONDS), self.log
        self.wait_well()

    def end(self) -> int:
        """End it in order; its exit code."""
        assert self._process is not None
        self.line.stop()
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(45)
        self.board.close()
        return code

    def cut_power(self) -> None:
        """All of its processes at once, as by the mains."""
        assert self._process is not None
        pids = [self._process.pid, self.board.pid(Role.LINE), self.board.pid(Role.WINDOW)]
        os.kill(pids[0], signal.SIGSTOP)  # it must not start anything anew
        for pid in pids:
            if pid:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self.line.stop()
        self.board.close()

    def kill(self) -> None:
        """Whatever happened, nothing of it runs any longer."""
        if self._process is not None and self._process.poll() is None:
            self.cut_power()
        shutil.rmtree(runtime_folder(self.data), ignore_errors=True)

    @property
    def log(self) -> str:
        """What it wrote to stderr so far, the last of it."""
        return self._log.read_text("utf-8", "replace")[-4000:]

    @property
    def reader(self) -> Reader:
        """A look into its records; open it."""
        return Reader(self.data)

    # ── faults ──────────────────────────────────────────────────────────────────────────────

    def order(self, name: str, text: object = "") -> None:
        """Have that happen from now on; empty: no longer."""
        path = self.orders / name
        if text == "":
            path.unlink(missing_ok=True)
            return
        fresh = self.orders / "fresh"
        fresh.write_text(str(text), "utf-8")
        fresh.replace(path)

    @contextmanager
    def suffering(self, name: str, text: object) -> Iterator[None]:
        """The same for a while."""
        self.order(name, text)
        try:
            yield
        finally:
            self.order(name)

    # ── parts ───────────────────────────────────────────────────────────────────────────────

    def inspect(self, serial: str = "", seconds: float = 10.0) -> Entry:
        """One part through all of it; its record as soon as the machine was told."""
        entry = self.recorded(self.ask(serial, seconds), seconds)
        assert entry.inspection.part.serial == serial
        return entry

    def ask(self, serial: str = "", seconds: float = 10.0) -> str:
        """A part comes; its uid as soon as the line takes it."""
        until = time.monotonic() + seconds
        while not (uid := self.line.trigger(TriggerSource.COMMAND, serial)):
            assert time.monotonic() < until, (self.line.status(), self.log)
            time.sleep(0.02)
        self.asked.append(uid)
        return uid

    def recorded(self, uid: str, seconds: float = 10.0) -> Entry:
        """The record of that part, with what the machine was told."""
        until = time.monotonic() + seconds
        while True:
            with suppress(StoreError), self.reader as reader:  # the records may suffer too
                entry = reader.entry(uid)
                if entry.disposition is not None:
                    return entry
            assert time.monotonic() < until, (uid, self.line.status(), self.log)
            time.sleep(0.02)

    def judges_again(self, seconds: float) -> float:
        """Parts keep coming until one is judged, within the time; how long it took."""
        began, limit = time.monotonic(), seconds * PATIENCE
        while True:
            uid = self.line.trigger(TriggerSource.COMMAND)
            if uid:
                self.asked.append(uid)
                left = max(0.1, began + limit - time.monotonic())
                if self.recorded(uid, left + 5).inspection.verdict is Verdict.OK:
                    took = time.monotonic() - began
                    print(f"judged again after {took:.2f} s of {seconds:.1f} s")
                    assert took <= limit
                    return took
            assert time.monotonic() - began < limit, (self.line.status(), self.log)
            time.sleep(0.05)

    # ── what it tells ───────────────────────────────────────────────────────────────────────

    def wait(
        self, kind: type[E], holds: Callable[[E], bool], seconds: float = 10.0, since: float = 0.0
    ) -> E:
        """The first event of that kind for which it holds, since that monotonic time."""

        event = self._first(lambda e: isinstance(e, kind) and holds(e), seconds, since)
        assert isinstance(event, kind)
        return event

    def wait_fault(self, code: ErrorCode, seconds: float = 10.0, since: float = 0.0) -> Event:
        """The event that carries that code, of whatever kind."""

        def holds(event: Event) -> bool:
            fault = fault_of(event)
            return fault is not None and fault.code is code

        return self._first(holds, seconds, since)

    def _first(self, holds: Callable[[Event], bool], seconds: float, since: float) -> Event:
        def found() -> Event | None:
            return next((e for at, e in self.events if at >= since and holds(e)), None)

        with self._heard:
            event = self._heard.wait_for(found, seconds * PATIENCE)
            assert event, ([e for at, e in self.events if at >= since][-6:], self.log)
            return event

    def wait_well(self, seconds: float = START_SECONDS) -> None:
        """Until it stands in no fault and would take a part."""
        until = time.monotonic() + seconds
        while not self.line.wait_ready(0.2):
            assert time.monotonic() < until, (self.line.status(), self.log)

    def _hear(self, event: Event) -> None:
        with self._heard:
            self.events.append((time.monotonic(), event))
            self._heard.notify_all()


def fault_of(event: Event) -> Fault | None:
    """The fault that an event carries."""
    if isinstance(event, Inspected):
        return event.inspection.fault
    return getattr(event, "fault", None)


def not_inspected(entry: Entry, code: ErrorCode) -> None:
    """It was not judged, for that reason, and the machine was told to reject it."""
    seen = entry.inspection
    assert seen.verdict is Verdict.NOT_INSPECTED, seen
    assert seen.fault is not None
    assert seen.fault.code is code, seen.fault
    assert entry.disposition is Disposition.REJECT


def all_kept(station: Station) -> list[Inspection]:
    """Every part that was taken is recorded once, with its picture whole; all of them."""
    assert [row for row in verify(station.data) if not row.good] == []
    rows: list[Inspection] = []
    with station.reader as reader:
        last = 0
        while page := reader.after(last, 500):
            rows += [entry.inspection for entry in page]
            last = page[-1].id
    uids = [row.uid for row in rows]
    assert len(uids) == len(set(uids))
    assert set(station.asked) <= set(uids)
    return rows
