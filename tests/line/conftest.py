"""A whole line on the simulated camera, with a real model, store and threads."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from station.cameras.base import Camera
from station.cameras.presence import PresenceWatch
from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part, TriggerSource
from station.domain.recipe import Recipe
from station.inference.engine import Engine
from station.machine.base import Machine, OnFault, OnTrigger
from station.pipeline.events import Event, LineState
from station.pipeline.line import Equipment, Line
from station.store.store import Store
from tests.models import build_bright_model

E = TypeVar("E")


class TestMachine:
    """A machine that remembers what it was told."""

    __test__ = False

    def __init__(self) -> None:
        self.signals: list[tuple[int, Disposition]] = []
        self.ready_now = False
        self.on_trigger: OnTrigger | None = None

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        self.on_trigger = on_trigger
        self.on_fault = on_fault

    def ready(self, is_ready: bool) -> None:
        self.ready_now = is_ready

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        self.signals.append((part.number, disposition))

    def close(self) -> None:
        self.ready_now = False


class Rig:
    """A started line, and everything that it said."""

    def __init__(
        self,
        folder: Path,
        camera: Camera,
        recipe: Recipe,
        presence: PresenceWatch | None = None,
        machine: Machine | None = None,
    ) -> None:
        self.camera = camera
        self.machine = TestMachine()
        self.store = Store(folder)
        self.store.open()
        self.recipe = self.store.save_recipe(recipe)
        self.engine = Engine(Path(recipe.model), "cpu")
        self.events: list[Event] = []
        self._heard = threading.Condition()
        self.line = Line(
            Equipment(
                camera,
                machine or self.machine,
                self.engine,
                self.store,
                self.recipe,
                presence=presence,
            ),
            self._hear,
        )

    def _hear(self, event: Event) -> None:
        with self._heard:
            self.events.append(event)
            self._heard.notify_all()

    def wait(self, kind: type[E], count: int = 1, seconds: float = 10.0) -> list[E]:
        """Wait until that many events of a kind came; all of them."""

        def found() -> list[E]:
            return [event for event in self.events if isinstance(event, kind)]

        with self._heard:
            came = self._heard.wait_for(lambda: len(found()) >= count, seconds)
            assert came, f"{len(found())} of {count} {kind.__name__}; all: {self.events[-8:]}"
            return found()

    def wait_state(self, state: LineState, seconds: float = 10.0) -> None:
        until = time.monotonic() + seconds
        while self.line.status().state is not state:
            assert time.monotonic() < until, f"still {self.line.status()}"
            time.sleep(0.005)

    def inspect(self) -> None:
        """Trigger one part as soon as the line would take it."""
        until = time.monotonic() + 10
        while not self.line.trigger(TriggerSource.COMMAND):
            assert time.monotonic() < until
            time.sleep(0.005)

    def stop(self) -> None:
        assert self.line.stop()
        self.store.close()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return build_bright_model(tmp_path / "bright.onnx", level=60)


@pytest.fixture
def recipe(model: Path) -> Recipe:
    return Recipe("flange", str(model), "0" * 64)


MakeRig = Callable[..., Rig]


@pytest.fixture
def make_rig(tmp_path: Path, recipe: Recipe) -> Iterator[MakeRig]:
    made: list[Rig] = []

    def make(
        camera: Camera | None = None,
        recipe: Recipe = recipe,
        start: bool = True,
        folder: Path = tmp_path,
        presence: PresenceWatch | None = None,
        machine: Machine | None = None,
    ) -> Rig:
        camera = camera or SimulatedCamera(width=320, height=256, fps=100, pool=4)
        rig = Rig(folder / f"data{len(made)}", camera, recipe, presence, machine)
        made.append(rig)
        if start:
            rig.line.start()
            rig.wait_state(LineState.READY)
        return rig

    yield make
    for rig in made:
        rig.line.stop()
        rig.store.close()
