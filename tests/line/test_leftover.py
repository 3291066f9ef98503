"""What a killed line left in work is settled by the next, before its first part."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import Disposition, Inspection, Still, Verdict
from station.domain.part import Part, Trigger, TriggerSource
from station.domain.recipe import Recipe
from station.errors import ErrorCode
from station.pipeline.events import Inspected, LineState, Recorded, Warned
from station.store.images import encode_still, image_name
from station.store.in_work import InWork
from station.store.store import Store
from tests.line.conftest import Rig


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    return data


@pytest.fixture
def start(folder: Path, recipe: Recipe) -> Iterator[list[Rig]]:
    """Rigs that a test made."""
    made: list[Rig] = []
    yield made
    for rig in made:
        rig.line.stop()
        rig.store.close()


def run(folder: Path, recipe: Recipe, made: list[Rig]) -> Rig:
    rig = Rig(folder, SimulatedCamera(width=320, height=256, fps=100, pool=4), recipe)
    made.append(rig)
    rig.line.start()
    rig.wait_state(LineState.READY)
    return rig


def leave(folder: Path, *uids: str) -> None:
    """As a line that was killed leaves its parts."""
    in_work = InWork(folder)
    in_work.open()
    for uid in uids:
        in_work.begin(Trigger(TriggerSource.MACHINE, 1, uid, 1000), Part(0, f"S-{uid}", "L"))
    in_work.close()


def test_parts_in_work_become_not_inspected_and_are_rejected(
    folder: Path, recipe: Recipe, start: list[Rig]
) -> None:
    leave(folder, "a", "b")
    rig = run(folder, recipe, start)
    warned = rig.wait(Warned)[0].fault
    assert warned.code is ErrorCode.PARTS_INTERRUPTED
    assert (warned.fact("count"), warned.fact("numbers")) == ("2", "1, 2")
    assert rig.machine.signals == [(1, Disposition.REJECT), (2, Disposition.REJECT)]
    shown = [event.inspection.uid for event in rig.wait(Inspected, 2)]
    assert shown == ["a", "b"]
    for uid in "ab":
        entry = rig.store.reader.entry(uid)
        assert entry.inspection.verdict is Verdict.NOT_INSPECTED
        assert entry.inspection.fault is not None
        assert entry.inspection.fault.code is ErrorCode.PART_INTERRUPTED
        assert entry.inspection.part.serial == f"S-{uid}"
        assert entry.disposition is Disposition.REJECT
        assert entry.image is None
    rig.inspect()
    assert rig.wait(Recorded)[0].number == 3


def test_they_are_settled_once(folder: Path, recipe: Recipe, start: list[Rig]) -> None:
    leave(folder, "a")
    run(folder, recipe, start).stop()
    second = run(folder, recipe, start)
    assert not [event for event in second.events if isinstance(event, Warned)]
    assert second.store.last_number() == 1
    assert second.machine.signals == []


def test_one_that_was_recorded_and_not_yet_said_is_rejected(
    folder: Path, recipe: Recipe, start: list[Rig]
) -> None:
    leave(folder, "a")
    with Store(folder) as store:
        store.record(passed("a"), _still("a"), waits=False)
    rig = run(folder, recipe, start)
    assert rig.machine.signals == [(1, Disposition.REJECT)]
    entry = rig.store.reader.entry("a")
    assert entry.inspection.verdict is Verdict.OK
    assert entry.disposition is Disposition.REJECT


def passed(uid: str) -> Inspection:
    return Inspection(
        uid=uid,
        part=Part(1),
        at_ms=1000,
        trigger=TriggerSource.MACHINE,
        verdict=Verdict.OK,
        recipe="flange",
        recipe_version=1,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="m",
        model_sha256="0" * 64,
        provider="cpu",
        camera="c",
        score=0.1,
    )


def _still(uid: str) -> Still:
    return Still(uid, np.zeros((40, 50), np.uint8), None, None)


def test_after_a_calm_run_nothing_is_left(folder: Path, recipe: Recipe, start: list[Rig]) -> None:
    rig = run(folder, recipe, start)
    for _ in range(5):
        rig.inspect()
    rig.wait(Recorded, 5)
    rig.stop()
    in_work = InWork(folder)
    assert in_work.open() == []
    in_work.close()


def test_a_part_keeps_the_number_under_which_its_picture_lies(
    folder: Path, recipe: Recipe, start: list[Rig]
) -> None:
    with Store(folder):
        pass
    inspection = passed("a")
    path = folder / image_name(inspection)
    path.parent.mkdir(parents=True)
    path.write_bytes(encode_still(inspection, _still("a")))  # and then the line was killed
    leave(folder, "a", "b")
    rig = run(folder, recipe, start)
    assert rig.machine.signals == [(1, Disposition.REJECT), (2, Disposition.REJECT)]
    assert rig.store.reader.entry("a").inspection.part.number == 1
    assert rig.store.reader.entry("a").inspection.verdict is Verdict.NOT_INSPECTED
