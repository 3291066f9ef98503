"""A whole line against a controller in C on libmodbus: `python -m tests.rigs.plc_modbus`.

    python -m tests.rigs.plc_modbus --parts 2000 --cuts 2 [--stops 1] [--folder /dev/shm/x]

The controller measures by its own clock. Each tenth picture comes late, the link is cut while a
part is under way, and the controller is stopped for a while. Every part must be accounted for on
both sides, and none passed outside its window.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from station.domain.inspection import Disposition, Verdict
from station.domain.part import Frame
from station.domain.recipe import Recipe
from station.errors import Fault
from station.inference.engine import Engine
from station.machine.modbus.handshake import Counts
from station.machine.modbus.machine import ModbusMachine
from station.machine.modbus.options import make_modbus
from station.pipeline.events import Event
from station.pipeline.line import Equipment, Line
from station.store.entry import Entry
from station.store.queries import Reader
from station.store.store import Store
from tests.models import build_bright_model
from tests.rigs.report import Figure, Outcome, finish

SOURCE = Path(__file__).resolve().parent.parent / "peers" / "programs" / "plc.c"
DEADLINE_MS, WINDOW_MS, LATE_SECONDS = 60, 120.0, 0.08
STOP_SECONDS = 0.9  # longer than the station waits for an answer
PAUSE_MS = 1.0  # between two parts
EVERY_LATE, EVERY_BAD = 10, 7
Row = dict[str, Any]


def missing() -> str:
    """Why the controller cannot be built here, or an empty text."""
    for program, package in (("gcc", "gcc"), ("pkg-config", "pkg-config")):
        if shutil.which(program) is None:
            return f"{program} is missing: apt-get install {package}"
    if subprocess.run(["pkg-config", "--exists", "libmodbus"], check=False).returncode:
        return "libmodbus is missing: apt-get install libmodbus-dev"
    return ""


def build_plc(folder: Path) -> Path:
    """The controller as a program."""
    flags = ["pkg-config", "--cflags", "--libs", "libmodbus"]
    words = subprocess.run(flags, check=True, capture_output=True, text=True).stdout.split()
    program = folder / "plc"
    subprocess.run(["gcc", "-O2", "-Wall", "-o", str(program), str(SOURCE), *words], check=True)
    return program


class CPlc:
    """The controller as a process: what it said so far, and stopping it for a while."""

    def __init__(self, program: Path, port: int, parts: int, pause_ms: float, cuts: Sequence[int]):
        words = [port, parts, WINDOW_MS, pause_ms, *cuts]
        self._process = subprocess.Popen(
            [str(program), *map(str, words)], stdout=subprocess.PIPE, text=True
        )
        self.rows: list[Row] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def ended(self) -> bool:
        """Whether it has seen all of its parts."""
        return self._process.poll() is not None

    @property
    def parts(self) -> list[Row]:
        """What became of each part on its side."""
        return [row for row in self.rows if "said" in row]

    @property
    def summary(self) -> Row:
        """Its own counts and times; once it has ended."""
        assert "busy_ms" in self.rows[-1], self.rows[-3:]
        return self.rows[-1]

    def stop_for(self, seconds: float) -> None:
        """It hangs, and goes on as if nothing had been."""
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """End it in every case."""
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                self.rows.append(json.loads(line))


class PartCamera:
    """Gives a picture at once for each trigger; each tenth late, each seventh of a bad part."""

    live = False
    name = "parts"

    def __init__(self, late_seconds: float = LATE_SECONDS, size: tuple[int, int] = (512, 640)):
        noise = np.random.default_rng(7)
        self._pictures = [_picture(noise, size, level) for level in (120, 120, 120, 20)]
        self._late = late_seconds
        self.asked = 0

    def open(self) -> None:
        """It is always there."""

    def trigger(self) -> None:
        """The next part."""
        self.asked += 1

    def grab(self, timeout: float) -> Frame:
        """Its picture."""
        if self.asked % EVERY_LATE == 0:
            time.sleep(self._late)
        bad = self.asked % EVERY_BAD == 0
        pixels = self._pictures[3 if bad else self.asked % 3]
        return Frame(pixels, self.asked, time.monotonic_ns())

    def close(self) -> None:
        """Nothing is held."""


def _picture(noise: np.random.Generator, size: tuple[int, int], level: int) -> Any:
    pixels = noise.normal(level, 8, size).clip(1, 254).astype(np.uint8)
    pixels.flags.writeable = False
    return pixels


@dataclass
class Run:
    """What one run came to, on both sides."""

    summary: Row
    parts: list[Row]
    entries: list[Entry]
    counts: Counts
    faults: list[str]
    admitted: int
    recorded: int
    seconds: float
    figures: dict[str, Figure] = field(default_factory=dict)


def work(
    folder: Path, program: Path, port: int, parts: int, cuts: Sequence[int], stops: Sequence[int]
) -> Run:
    """The whole of it: line and controller, until the controller has seen all of its parts."""
    folder.mkdir(parents=True, exist_ok=True)
    model = build_bright_model(folder / "bright.onnx", level=60)
    plc = CPlc(program, port, parts, PAUSE_MS, cuts)
    options = {"deadline_ms": DEADLINE_MS, "late_limit": 0, "ack_ms": 500}
    machine, faults = make_modbus("127.0.0.1", port, options), []
    began = time.monotonic()
    with Store(folder / "data", "rig") as store:
        recipe = store.save_recipe(Recipe("bright", str(model), "0" * 64))
        line = _line(machine, store, recipe, model, faults)
        line.start()
        try:
            _watch(plc, parts, list(stops))
        finally:
            ended = line.stop()
            plc.close()
        status = line.status()
    assert ended, "the line hung"
    with Reader(folder / "data") as reader:
        entries = reader.after(0, parts * 2)
    took = time.monotonic() - began
    admitted, recorded = status.admitted, status.recorded
    return Run(plc.summary, plc.parts, entries, machine.counts, faults, admitted, recorded, took)


def _line(
    machine: ModbusMachine, store: Store, recipe: Recipe, model: Path, faults: list[str]
) -> Line:
    def hear(event: Event) -> None:
        fault = getattr(event, "fault", None)
        if isinstance(fault, Fault):
            faults.append(fault.code.value)

    return Line(Equipment(PartCamera(), machine, Engine(model, "cpu"), store, recipe), hear)


def _watch(plc: CPlc, parts: int, stops: list[int]) -> None:
    until = time.monotonic() + 60 + parts * 0.5
    while not plc.ended:
        assert time.monotonic() < until, plc.rows[-5:]
        time.sleep(0.002)
        if stops and len(plc.parts) >= stops[0]:
            stops.pop(0)
            time.sleep(0.02)  # into the next part, which is a late one
            plc.stop_for(STOP_SECONDS)


def broken(run: Run, parts: int) -> list[str]:
    """What does not hold, in words."""
    plc, said = run.summary, Counter(row["said"] for row in run.parts)
    by_serial = {entry.inspection.part.serial: entry for entry in run.entries}
    checks = {
        "the controller saw all parts": plc["parts"] == parts,
        "each part has one end there": sum(said.values()) == parts,
        "OK and NG were never both": plc["both"] == 0,
        "VALID never stood without OK or NG": plc["neither"] == 0,
        "every echo was right": plc["wrong_seq"] == 0,
        "no OK came outside a window": plc["ok_outside"] == 0,
        "admitted = recorded": run.admitted == run.recorded == len(run.entries),
        "each record is one part's": len(by_serial) == len(run.entries),
    }
    wrong = [name for name, holds in checks.items() if not holds]
    released = {s for s, e in by_serial.items() if e.disposition is Disposition.RELEASE}
    passed = {f"P{row['seq']}" for row in run.parts if row["said"] == "ok"}
    for serial in sorted(passed):
        entry = by_serial.get(serial)
        if entry is None or entry.inspection.verdict is not Verdict.OK:
            wrong.append(f"{serial} was passed and is not OK in the records")
    wrong += [f"{s} is released in the records, and was not passed" for s in released - passed]
    unsaid = len(passed - released)
    if unsaid > plc["cuts"] + run.figures.get("stops", 0):  # type: ignore[operator]
        wrong.append(f"{unsaid} were passed and are not released in the records")
    counts = run.counts
    ends = counts.ok + counts.ng + counts.late + counts.withdrawn + counts.broken
    if ends != run.admitted:
        wrong.append(f"{run.admitted} parts were taken, {ends} have an end: {counts}")
    return wrong


def figures_of(run: Run, disk: str) -> dict[str, Figure]:
    """The figures of a run, in milliseconds."""
    seen = [entry.inspection for entry in run.entries]
    model = sorted(one.model_ms for one in seen if one.model_ms is not None)
    whole = sorted(one.ms for one in seen if one.ms is not None)
    on_time = sorted(
        row["ms"] for row in run.parts if row["said"] in ("ok", "ng") and row["code"] < 90
    )
    plc = run.summary
    return {
        "records on": disk,
        "parts": plc["parts"],
        "OK": plc["ok"],
        "NG": plc["ng"],
        "NG late (99)": run.counts.late,
        "window missed": plc["window"],
        "link cut": plc["cuts"],
        "station counts": str(run.counts),
        "seconds": round(run.seconds, 1),
        "parts per second": round(plc["parts"] / run.seconds, 1),
        "trigger → BUSY median": plc["busy_ms"]["median"],
        "trigger → BUSY p99": plc["busy_ms"]["p99"],
        "trigger → VALID median": _quantile(on_time, 0.5),
        "trigger → VALID p99": _quantile(on_time, 0.99),
        "capture → verdict p99": _quantile(whole, 0.99),
        "model alone p99": _quantile(model, 0.99),
    }


def _quantile(values: list[float], share: float) -> float:
    return round(values[int((len(values) - 1) * share)], 2) if values else -1.0


def _spread(parts: int, count: int, first: float, rest: int) -> list[int]:
    """So many places in a run; `rest` says how far each lies behind a late part."""
    places = [int(parts * (first + at) / max(1, count)) for at in range(count)]
    return [place - place % EVERY_LATE + rest for place in places]


def places(parts: int, cuts: int, stops: int) -> tuple[list[int], list[int]]:
    """At which parts the link is cut, and after which the controller stops for a while."""
    return _spread(parts, cuts, 0.3, 5), _spread(parts, stops, 0.6, EVERY_LATE - 1)


def main() -> int:
    """Run it and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parts", type=int, default=2000)
    parser.add_argument("--cuts", type=int, default=2)
    parser.add_argument("--stops", type=int, default=1)
    parser.add_argument("--port", type=int, default=15020)
    parser.add_argument("--folder", type=Path)
    wish = parser.parse_args()
    if reason := missing():
        return finish(Outcome("plc_modbus", skipped=reason))
    with tempfile.TemporaryDirectory(prefix="plc-modbus-", dir=wish.folder or _quick()) as name:
        folder = Path(name)
        program = build_plc(folder)
        cuts, stops = places(wish.parts, wish.cuts, wish.stops)
        run = work(folder, program, wish.port, wish.parts, cuts, stops)
        run.figures["stops"] = len(stops)
        return finish(Outcome("plc_modbus", figures_of(run, name), broken(run, wish.parts)))


def _quick() -> str | None:
    """A folder in memory where there is one: the disk's own time is no part of the hand-shake."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


if __name__ == "__main__":
    sys.exit(main())
