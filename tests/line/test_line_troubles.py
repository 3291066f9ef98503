"""What the chaos rig found once, each by itself."""

import threading
import time
from dataclasses import replace

import pytest

from station.cameras.simulated import CameraFault, SimulatedCamera
from station.domain.inspection import DecisionKind, Disposition, Verdict
from station.domain.part import TriggerSource
from station.domain.recipe import Recipe, ReviewRule
from station.errors import ErrorCode, LineError, StoreError
from station.pipeline import line as line_module
from station.pipeline import recorder
from station.pipeline.events import Decided, Disposed, Inspected, LineState, Recorded, Refused
from station.pipeline.line import Equipment, Line
from tests.line.conftest import MakeRig, Rig

UNDO_SECONDS = 0.3


def deaf(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the machine cannot be told anything."""

    def signal(*_: object) -> None:
        raise LineError(ErrorCode.MACHINE_LINK_LOST, address="x")

    monkeypatch.setattr(rig.machine, "signal", signal)


def test_a_deaf_machine_and_a_full_disk_together_do_not_end_the_line(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = make_rig()
    record, tries = rig.store.record, []

    def fail_once(*order: object) -> None:
        tries.append(order)
        if len(tries) == 1:
            raise StoreError(ErrorCode.STORE_DISK_FULL, path="x")
        record(*order)  # type: ignore[arg-type]

    monkeypatch.setattr(rig.store, "record", fail_once)
    deaf(rig, monkeypatch)
    rig.inspect()
    rig.wait(Recorded)
    monkeypatch.undo()
    rig.wait_state(LineState.READY)
    rig.inspect()
    rig.wait(Recorded, 2)
    rig.wait(Disposed)
    told = [number for number, _ in rig.machine.signals]
    assert told == [2]
    assert rig.store.reader.history(2)[1].inspection.verdict is Verdict.NOT_INSPECTED


def test_a_trigger_turned_away_beside_a_deaf_machine_is_only_turned_away(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = make_rig(start=False)
    deaf(rig, monkeypatch)
    assert not rig.line.trigger(TriggerSource.KEY)
    assert rig.wait(Refused)[0].fault.code is ErrorCode.LINE_NOT_READY


def test_a_decision_never_waits_for_a_recorder_that_is_behind(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_module, "RECORDS", 2)
    rig = make_rig()
    hold = threading.Event()
    record = rig.store.record

    def slow(*order: object) -> None:
        hold.wait(10)
        record(*order)  # type: ignore[arg-type]

    monkeypatch.setattr(rig.store, "record", slow)
    rig.inspect()
    uid = rig.wait(Inspected)[0].inspection.uid
    began = time.monotonic()
    for _ in range(6):
        rig.line.decide(uid, DecisionKind.REJECT)
    assert time.monotonic() - began < 1.0
    assert rig.wait(Refused)[0].fault.code is ErrorCode.LINE_BUSY
    hold.set()
    rig.wait(Recorded)


def held(make_rig: MakeRig, recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> tuple[Rig, str]:
    """A part that waits for a person, who may take a word back for a short while."""
    monkeypatch.setattr(recorder, "UNDO_SECONDS", UNDO_SECONDS)
    rig = make_rig(recipe=replace(recipe, review=ReviewRule.ALL))
    rig.inspect()
    return rig, rig.wait(Recorded)[0].uid


def test_what_the_machine_was_told_cannot_be_undone_by_setting_the_clock_back(
    make_rig: MakeRig, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, uid = held(make_rig, recipe, monkeypatch)
    rig.line.decide(uid, DecisionKind.ACCEPT)
    rig.wait(Disposed)
    hour_ago = time.time_ns() - 3600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: hour_ago)
    rig.line.decide(uid, DecisionKind.UNDO)
    assert rig.wait(Refused)[0].fault.code is ErrorCode.UNDO_TOO_LATE
    assert rig.machine.signals == [(1, Disposition.RELEASE)]


def test_after_an_undo_the_machine_hears_the_word_that_stands_again(
    make_rig: MakeRig, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, uid = held(make_rig, recipe, monkeypatch)
    rig.line.decide(uid, DecisionKind.ACCEPT)
    rig.line.decide(uid, DecisionKind.REJECT, reason="a scratch after all")
    rig.line.decide(uid, DecisionKind.UNDO)
    rig.wait(Decided, 3)
    rig.wait(Disposed)
    assert rig.machine.signals == [(1, Disposition.RELEASE)]


def test_an_undo_of_a_second_word_leaves_what_the_machine_did_on_the_first(
    make_rig: MakeRig, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(recipe, decision_seconds=0.2)
    rig, uid = held(make_rig, recipe, monkeypatch)
    rig.line.decide(uid, DecisionKind.ACCEPT)
    rig.wait(Disposed)
    rig.line.decide(uid, DecisionKind.REJECT, reason="a scratch after all")
    rig.line.decide(uid, DecisionKind.UNDO)
    rig.wait(Decided, 3)
    time.sleep(2 * UNDO_SECONDS)
    assert rig.machine.signals == [(1, Disposition.RELEASE)]


def test_a_word_that_a_dead_line_left_untold_is_told_by_the_next(
    make_rig: MakeRig, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, uid = held(make_rig, recipe, monkeypatch)
    monkeypatch.setattr(recorder, "UNDO_SECONDS", 60.0)
    monkeypatch.setattr(recorder.Recorder, "_say_decided", lambda _: None)  # it died before
    rig.line.decide(uid, DecisionKind.ACCEPT)
    rig.wait(Decided)
    rig.line.stop()
    assert rig.machine.signals == []
    use = Equipment(rig.camera, rig.machine, rig.engine, rig.store, rig.recipe)
    line = Line(use, lambda _: None)
    line.start()
    until = time.monotonic() + 10
    while not rig.machine.signals:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert line.stop()
    assert rig.machine.signals == [(1, Disposition.RELEASE)]
    assert rig.store.reader.history(1)[0].disposition is Disposition.RELEASE


def test_the_very_first_frame_of_a_frozen_camera_is_not_judged(make_rig: MakeRig) -> None:
    camera = SimulatedCamera(width=320, height=256, fps=20, pool=4)
    rig = make_rig(camera)
    for turn in range(1, 6):
        camera.fail(CameraFault.FREEZE)
        rig.inspect()
        seen = rig.wait(Inspected, turn)[-1].inspection
        assert seen.verdict is Verdict.NOT_INSPECTED
        assert seen.fault is not None
        assert seen.fault.code is ErrorCode.CAMERA_FROZEN
        camera.fail(None)
        rig.wait_state(LineState.READY)
