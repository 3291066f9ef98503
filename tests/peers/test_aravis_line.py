"""The line on Aravis' fake camera: losses in the midst of a run, packets that never come."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.cameras.aravis.camera import AravisCamera
from station.cameras.aravis.library import Library
from station.check import run_checks
from station.choice import RunChoice
from station.domain.inspection import Disposition, Verdict
from station.domain.part import Frame, TriggerSource
from station.domain.recipe import Recipe
from station.errors import CameraError, ErrorCode
from station.pipeline.events import LineState, Recorded
from station.settings import CameraSettings, Settings, save_settings
from station.store.queries import Entry
from tests.line.conftest import MakeRig, Rig, make_rig, model, recipe
from tests.peers.fake_camera import ADDRESS, FakeCamera
from tests.peers.ramp import MARKS, gain_of, is_whole

pytestmark = pytest.mark.peer
__all__ = ["make_rig", "model", "recipe"]  # fixtures

PARTS = 500
PACE_SECONDS = 0.045  # the fake answers a trigger at its next 40 ms
SEEN_SECONDS = 1.0
BACK_SECONDS = 3.0
NOISE = 1.5  # a machine that is shared may need so many times what is promised
FULL = {"Width": 1280, "Height": 1024}
SMALL = {"Width": 256, "Height": 128}
AWAY = {
    ErrorCode.CAMERA_LOST,
    ErrorCode.CAMERA_NOT_FOUND,
    ErrorCode.CAMERA_NO_FRAME,
    ErrorCode.CAMERA_IN_USE,
}


@pytest.fixture
def fake() -> Iterator[FakeCamera]:
    try:
        Library()
    except CameraError as error:
        pytest.skip(f"{error.fault.fact('reason')}")
    with FakeCamera() as camera:
        yield camera


class MarkedCamera(AravisCamera):
    """Marks each part's picture by a gain of its own, and looks at what comes."""

    def __init__(self, serial: str, trigger: str = "software") -> None:
        super().__init__(serial, trigger, features=SMALL)
        self.asked = 0
        self.handed = 0
        self.wrong: list[int] = []

    def trigger(self) -> None:
        self.asked += 1
        self.adjust("Gain", self.asked % MARKS)
        super().trigger()

    def grab(self, timeout: float) -> Frame | None:
        frame = super().grab(timeout)
        if frame is not None:
            self.handed += 1
            marked = self._trigger == "line" or gain_of(frame.pixels) == self.asked % MARKS
            if not (marked and is_whole(frame.pixels)):
                self.wrong.append(frame.number)
        return frame


def seconds_until(rig: Rig, seen: Callable[[], bool], limit: float = 20.0) -> float:
    """Parts come at a steady pace meanwhile, whether the line can take them or not."""
    began = due = time.monotonic()
    while not seen():
        assert time.monotonic() - began < limit, rig.line.status()
        if time.monotonic() >= due:
            rig.line.trigger(TriggerSource.COMMAND)
            due += PACE_SECONDS
        time.sleep(0.002)
    return time.monotonic() - began


def run_until(rig: Rig, admitted: int) -> None:
    """Until so many parts were taken."""
    seconds_until(rig, lambda: rig.line.status().admitted >= admitted, 60)


def outage(rig: Rig, begin: Callable[[], None], seconds: float) -> float:
    """How long until the line knew that the camera is gone; ends after that many seconds."""
    begin()
    ends = time.monotonic() + seconds
    seen = seconds_until(rig, lambda: rig.line.status().fault is not None)
    seconds_until(rig, lambda: time.monotonic() >= ends)
    return seen


def back(rig: Rig, camera: MarkedCamera, end: Callable[[], None]) -> float:
    """How long until a part was judged again after the camera was."""
    before = camera.handed
    end()
    return seconds_until(rig, lambda: camera.handed > before)


def recorded(rig: Rig, count: int) -> list[Entry]:
    """Every record, in the order of the parts; the line has ended."""
    rig.wait(Recorded, count, 20)
    rig.stop()
    rig.store.open()
    entries = sorted(rig.store.reader.history(10 * count), key=lambda e: e.inspection.part.number)
    assert [entry.inspection.part.number for entry in entries] == list(range(1, count + 1))
    return entries


def faults(entries: list[Entry]) -> Counter[ErrorCode]:
    """Why parts were not inspected."""
    away = [e.inspection for e in entries if e.inspection.verdict is Verdict.NOT_INSPECTED]
    return Counter(one.fault.code for one in away if one.fault is not None)


def test_no_part_is_lost_and_none_passes_on_an_old_picture(
    fake: FakeCamera,
    make_rig: MakeRig,
    recipe: Recipe,
) -> None:
    camera = MarkedCamera(fake.serial)
    rig, seen, again = make_rig(camera, replace(recipe, max_saturated=1.0)), [], []
    began = time.monotonic()
    run_until(rig, PARTS // 5)
    seen.append(outage(rig, fake.freeze, 1.5))
    again.append(back(rig, camera, fake.thaw))
    run_until(rig, 2 * PARTS // 5)
    seen.append(outage(rig, fake.kill, 2.5))
    again.append(back(rig, camera, fake.start))
    run_until(rig, 3 * PARTS // 5)
    fake.freeze()  # too short to be a loss
    time.sleep(0.25)
    fake.thaw()
    run_until(rig, 17 * PARTS // 20)
    fake.lost_per_mille = 10
    seen.append(outage(rig, fake.kill, 1.0))
    again.append(back(rig, camera, fake.start))
    run_until(rig, PARTS)
    took = time.monotonic() - began

    count = rig.line.status().admitted
    entries = recorded(rig, count)
    why = faults(entries)
    passed = [e.inspection.part.number for e in entries if e.inspection.verdict is Verdict.OK]
    told = Counter(number for number, _ in rig.machine.signals if number)
    released = [number for number, what in rig.machine.signals if what is Disposition.RELEASE]
    print(
        f"{count} parts in {took:.1f} s: {len(passed)} OK, not inspected {dict(why)}; "
        f"{camera.handed} pictures, of them old or mixed {len(camera.wrong)}, "
        f"{camera.incomplete} in pieces; loss seen in {[f'{s:.2f}' for s in seen]} s, "
        f"judged again after {[f'{s:.2f}' for s in again]} s"
    )
    assert camera.wrong == []
    assert len(passed) + why.total() == count == len(entries)
    assert len(passed) == camera.handed
    assert why[ErrorCode.CAMERA_INCOMPLETE] == camera.incomplete > 0
    assert set(why) <= {*AWAY, ErrorCode.CAMERA_INCOMPLETE}
    assert set(told) == set(range(1, count + 1))
    assert max(told.values()) == 1
    assert sorted(released) == passed
    assert max(seen) < SEEN_SECONDS * NOISE
    assert max(again) < BACK_SECONDS * NOISE


def test_what_the_cameras_own_line_started_is_a_part_whatever_came_of_its_picture(
    fake: FakeCamera,
    make_rig: MakeRig,
) -> None:
    """Some come in pieces; each stood for a part, and that part is recorded."""
    camera = MarkedCamera(fake.serial, "line")
    rig = make_rig(camera)
    rig.line.adjust_camera("TriggerSource", "Software")  # nobody can pulse the fake's input
    first, pulses = 5, 40
    for pulse in range(1, first + 1):
        rig.line.adjust_camera("TriggerSoftware", True)
        rig.wait(Recorded, pulse)
    fake.kill()
    fake.lost_per_mille = 10
    fake.start()
    rig.wait_state(LineState.FAULT)
    rig.wait_state(LineState.READY, 20)
    for pulse in range(first + 1, first + pulses + 1):
        rig.line.adjust_camera("TriggerSoftware", True)
        rig.wait(Recorded, pulse)
    entries = recorded(rig, first + pulses)
    why = faults(entries)
    print(f"{first + pulses} pulses: {camera.handed} pictures, not inspected {dict(why)}")
    assert camera.wrong == []
    assert set(why) == {ErrorCode.CAMERA_INCOMPLETE}
    assert camera.handed + why.total() == first + pulses
    assert all(e.inspection.verdict is not Verdict.OK for e in entries if e.inspection.fault)


def test_the_check_of_a_station_that_waits_for_its_trigger_line_is_good(
    fake: FakeCamera, tmp_path: Path, qapp: object
) -> None:
    for trigger in ("software", "line"):
        camera = CameraSettings(kind="aravis", source=ADDRESS, options={**FULL, "trigger": trigger})
        save_settings(tmp_path, Settings(camera=camera))
        (check,) = run_checks(
            RunChoice(tmp_path), frozenset({"installation", "settings", "store", "disk", "model"})
        )
        assert check.ok, check
