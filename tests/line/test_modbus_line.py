"""A whole line that serves the simulated controller: what is said over the hand-shake, and kept."""

import queue
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import DecisionKind, Disposition, Verdict
from station.domain.recipe import Recipe, ReviewRule
from station.inference.engine import Engine
from station.machine.modbus.codes import Code
from station.machine.modbus.options import make_modbus
from station.machine.simulated_plc import PlcPart, SimulatedPlc
from station.pipeline import recorder
from station.pipeline.events import Decided, Disposed, Event, LineState, Recorded
from station.pipeline.line import Equipment, Line
from station.store.entry import Entry
from station.store.queries import Reader
from station.store.store import Store


class Plant:
    """Controller and line on one data folder; the line can be ended and begun anew."""

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self.folder, self.recipe = folder, recipe
        self.parts: queue.Queue[PlcPart] = queue.Queue()
        self.plc = SimulatedPlc("127.0.0.1", self.port, self.parts.put, window=5.0)
        self.plc.open()
        self.events: list[Event] = []
        self.line: Line | None = None

    def begin(self, **options: int) -> Line:
        self.store = Store(self.folder)
        self.store.open()
        recipe = self.store.save_recipe(self.recipe)
        camera = SimulatedCamera(width=320, height=256, fps=60, pool=4)
        machine = make_modbus("127.0.0.1", self.port, {"deadline_ms": 3000, **options})
        engine = Engine(Path(recipe.model), "cpu")
        self.line = Line(Equipment(camera, machine, engine, self.store, recipe), self.events.append)
        self.line.start()
        self.until(lambda: self.ready)
        return self.line

    @property
    def ready(self) -> bool:
        """What stands in the controller."""
        return self.plc._memory.coil("ready")

    def end(self) -> None:
        if self.line is not None:
            assert self.line.stop()
            self.store.close()
        self.line = None

    def make(self) -> PlcPart:
        self.plc.make_part()
        return self.parts.get(timeout=15)

    def heard(self, kind: type[Event], count: int = 1) -> None:
        self.until(lambda: sum(isinstance(one, kind) for one in self.events) >= count)

    def until(self, condition, seconds: float = 15.0) -> None:  # type: ignore[no-untyped-def]
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.events[-5:]
            time.sleep(0.01)

    @property
    def entries(self) -> list[Entry]:
        with Reader(self.folder) as reader:
            return reader.after(0, 100)


@pytest.fixture
def plant(tmp_path: Path, recipe: Recipe) -> Iterator[Plant]:
    plant = Plant(tmp_path / "data", recipe)
    yield plant
    plant.end()
    plant.plc.close()


def test_parts_are_passed_recorded_and_named(plant: Plant) -> None:
    plant.begin()
    for number in range(1, 4):
        part = plant.make()
        assert (part.said, part.code) == ("ok", Code.NONE)
        plant.heard(Disposed, number)
    assert [e.inspection.part.serial for e in plant.entries] == [f"SIM-0000{n}" for n in (1, 2, 3)]
    assert {e.disposition for e in plant.entries} == {Disposition.RELEASE}


def test_what_waits_for_a_person_is_ng_at_once_and_its_decision_is_only_recorded(
    plant: Plant, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "UNDO_SECONDS", 0.1)
    plant.recipe = replace(recipe, review=ReviewRule.ALL)
    line = plant.begin()
    part = plant.make()
    assert (part.said, part.code) == ("ng", Code.REVIEW)
    assert part.cycle_ms < 3000, "at once, not at the deadline"
    plant.heard(Recorded)
    entry = plant.entries[0]
    assert entry.inspection.verdict is Verdict.OK
    assert entry.disposition is None
    line.decide(entry.inspection.uid, DecisionKind.ACCEPT)
    plant.heard(Decided)
    plant.heard(Disposed)
    assert plant.entries[0].disposition is Disposition.RELEASE
    assert plant.parts.empty()
    assert plant.make().code == Code.REVIEW, "the next part is none the worse"


def test_what_came_too_late_is_not_released_in_the_records_either(plant: Plant) -> None:
    """It was rejected by the controller; the next start of the line writes that down."""
    plant.begin(deadline_ms=10)  # a picture at 60 Hz and a durable record take longer
    part = plant.make()
    assert (part.said, part.code) == ("ng", Code.LATE)
    plant.heard(Recorded)
    plant.end()
    assert [(e.inspection.verdict, e.disposition) for e in plant.entries] == [(Verdict.OK, None)]
    plant.begin()
    assert plant.entries[0].disposition is Disposition.REJECT
    assert plant.make().said == "ok"


def test_a_line_in_fault_is_not_ready(plant: Plant) -> None:
    line = plant.begin()
    plant.plc.close()
    plant.until(lambda: line.status().state is LineState.FAULT)
    plant.plc.open()
    plant.until(lambda: line.status().state is LineState.READY)
    assert plant.make().said == "ok"
