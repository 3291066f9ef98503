"""The composition root of the line: what a plan names, built and joined."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2

from station.choice import RunChoice
from station.errors import Fault
from station.inference.engine import Engine
from station.keeper import Keeper
from station.pipeline.batch import Batch, Row
from station.pipeline.events import Event
from station.pipeline.line import Equipment, Line
from station.plan import Plan, choose_presence, make_plan
from station.settings import load_settings_told
from station.store.store import Store

SWITCH_SECONDS = 0.0005  # a tenth of Python's own: the window answers sooner beside busy threads

Tell = Callable[[Row], None]


def run_headless(choice: RunChoice, parts: int | None, tell: Tell) -> Line:
    """Inspect without a window; `tell` hears of each part once it is recorded."""
    plan, batch = make_plan(choice), Batch()
    with (
        Store(plan.data, plan.settings.station_name) as store,
        built_line(plan, store, batch.post) as line,
    ):
        line.start()
        for row in batch.run(line, parts):
            tell(row)
    return line


@contextmanager
def built_line(
    plan: Plan,
    store: Store,
    on_event: Callable[[Event], None],
    on_cure: Callable[[Fault], None] = lambda _: None,
    no_device: bool = False,
) -> Iterator[Line]:
    """A line, and what looks after it; stopped in every case.

    Start it when whoever listens is there. on_cure: see Keeper. no_device: leave the accelerator
    aside.
    """
    cv2.setNumThreads(1)  # the model and the window need the cores; a resize does not
    sys.setswitchinterval(SWITCH_SECONDS)
    recipe, settings = store.recipe_to_run(plan.recipe), plan.settings
    engine = Engine(
        Path(recipe.model),
        plan.provider,
        sha256=recipe.model_sha256,
        budget_ms=recipe.budget_ms,
        no_device=no_device,
    )
    keeper = Keeper(store, settings, on_cure)

    def hear(event: Event) -> None:
        keeper.hear(event)
        on_event(event)

    camera, machine = plan.camera, plan.machine
    line = Line(
        Equipment(
            camera,
            machine,
            engine,
            store,
            recipe,
            settings.operator,
            settings.lot,
            choose_presence(settings),
            plan.sources,
            plan.doubt if recipe.model_sha256 == plan.recipe.model_sha256 else None,
        ),
        hear,
    )
    _, damage = load_settings_told(plan.data)
    if damage is not None:
        store.audit("banner", damage)
    keeper.start(line)
    try:
        yield line
    finally:
        line.stop()
        keeper.stop()
