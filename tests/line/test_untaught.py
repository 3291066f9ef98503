"""A real camera before anything was taught: the demo's model must not pass its parts."""

import time
from collections.abc import Callable
from pathlib import Path

from station.app import built_line
from station.choice import RunChoice
from station.domain.inspection import Verdict
from station.domain.part import TriggerSource
from station.errors import ErrorCode
from station.pipeline.events import Event, LineState, Recorded
from station.plan import make_plan
from station.settings import CameraSettings, Settings, save_settings
from station.store.store import Store
from tests.faults.rig import write_recipe
from tests.models import build_bright_model
from tests.program import grey, write_picture


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def judged(data: Path) -> tuple[Verdict, ErrorCode | None, LineState]:
    """What becomes of a part at a station with these settings."""
    plan = make_plan(RunChoice(data=data))
    recorded: list[Event] = []

    def hear(event: Event) -> None:
        if isinstance(event, Recorded):
            recorded.append(event)

    with Store(plan.data) as store:
        with built_line(plan, store, hear) as line:
            line.start()
            until(lambda: line.status().state in (LineState.READY, LineState.FAULT))
            until(lambda: bool(line.trigger(TriggerSource.COMMAND)))
            until(lambda: bool(recorded))
            state = line.status().state
        inspection = store.reader.history(1)[0].inspection
    return inspection.verdict, inspection.fault and inspection.fault.code, state


def test_no_part_is_judged_before_a_product_is_taught(tmp_path: Path) -> None:
    data, pictures = tmp_path / "data", tmp_path / "pictures"
    for number in range(4):
        write_picture(pictures / f"{number}.png", grey(200, number, (1024, 1280)))
    camera = CameraSettings(kind="folder", source=str(pictures))
    save_settings(data, Settings(camera=camera))
    verdict, fault, state = judged(data)
    assert verdict is Verdict.NOT_INSPECTED
    assert fault is ErrorCode.NOTHING_TAUGHT
    assert state is LineState.FAULT
    write_recipe(data, build_bright_model(data / "bright.onnx", level=60))
    save_settings(data, Settings(camera=camera, recipe="bright"))
    verdict, fault, state = judged(data)
    assert verdict is Verdict.OK
    assert fault is None
    assert state in (LineState.READY, LineState.RUNNING)
