"""The whole line with its real threads: what is admitted is recorded, and faults never pass."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.cameras import simulated
from station.cameras.folder import FolderCamera
from station.cameras.simulated import CameraFault, SimulatedCamera
from station.domain.inspection import DecisionKind, Disposition, Verdict
from station.domain.part import TriggerSource
from station.domain.recipe import Recipe, ReviewRule, Roi
from station.errors import ErrorCode
from station.pipeline import recorder
from station.pipeline.batch import Batch
from station.pipeline.events import (
    Decided,
    Disposed,
    Inspected,
    LineState,
    Recorded,
    Refused,
    StateChanged,
)
from station.store.verify import verify
from tests.line.conftest import MakeRig


def test_a_part_goes_from_trigger_to_record_to_machine(make_rig: MakeRig) -> None:
    rig = make_rig()
    assert rig.line.trigger(TriggerSource.KEY)
    inspection = rig.wait(Inspected)[0].inspection
    recorded = rig.wait(Recorded)[0]
    disposed = rig.wait(Disposed)[0]
    assert inspection.verdict is Verdict.OK
    assert recorded.uid == disposed.uid == inspection.uid
    assert rig.machine.signals == [(1, Disposition.RELEASE)]
    assert rig.store.inspection(inspection.uid) == inspection
    kept, shown = rig.store.reader.still(inspection.uid), rig.line.still(inspection.uid)
    assert kept is not None
    assert shown is not None
    assert np.array_equal(kept.pixels, shown.pixels)
    assert kept.map is not None
    assert np.array_equal(kept.map, shown.map)
    order = [type(event) for event in rig.events]
    assert order.index(Inspected) < order.index(Recorded) < order.index(Disposed)


def test_numbers_go_on_after_a_restart(make_rig: MakeRig, tmp_path: Path) -> None:
    rig = make_rig()
    for _ in range(3):
        rig.inspect()
    rig.wait(Recorded, 3)
    rig.stop()
    assert [row.good for row in verify(tmp_path / "data0")] == [True] * 3
    rig.store.open()
    assert rig.store.last_number() == 3


def test_many_parts_all_recorded_in_order(make_rig: MakeRig) -> None:
    rig = make_rig(SimulatedCamera(width=320, height=256, fps=500, pool=4))
    batch = Batch()
    rig.line._on_event = batch.post
    rows = list(batch.run(rig.line, 60))
    assert [row.inspection.part.number for row in rows] == list(range(1, 61))
    status = rig.line.status()
    assert status.admitted == status.recorded == 60


def test_a_second_trigger_before_the_picture_is_refused_and_rejected(make_rig: MakeRig) -> None:
    rig = make_rig(SimulatedCamera(width=320, height=256, fps=5, pool=2))
    assert rig.line.trigger(TriggerSource.KEY)
    assert not rig.line.trigger(TriggerSource.KEY)
    refused = rig.wait(Refused)[0]
    assert refused.fault.code is ErrorCode.LINE_BUSY
    assert rig.machine.signals[0] == (0, Disposition.REJECT)
    rig.wait(Recorded)
    assert rig.line.status().refused == 1
    assert rig.line.status().admitted == 1


def test_only_a_frame_from_after_the_trigger_is_judged(make_rig: MakeRig) -> None:
    rig = make_rig(SimulatedCamera(width=320, height=256, fps=20, pool=3, defect_rate=1.0))
    truths = []
    for count in range(1, 4):
        rig.inspect()
        truths.append(rig.wait(Inspected, count)[-1].inspection.truth)
    drawn = [rig.camera._pool[index % 3][1] for index in (1, 2, 3)]
    assert truths == drawn


def test_what_waits_is_held_until_a_person_speaks(
    make_rig: MakeRig, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "UNDO_SECONDS", 0.3)
    rig = make_rig(recipe=replace(recipe, review=ReviewRule.ALL))
    rig.inspect()
    uid = rig.wait(Recorded)[0].uid
    assert rig.machine.signals == []
    assert [seen.uid for seen in rig.store.reader.waiting()] == [uid]
    rig.line.decide(uid, DecisionKind.ACCEPT)
    rig.wait(Decided)
    assert rig.machine.signals == [], "the word may still be taken back"
    rig.wait(Disposed)
    assert rig.machine.signals == [(1, Disposition.RELEASE)]
    assert rig.store.reader.waiting() == []


def test_a_word_taken_back_never_reaches_the_machine(
    make_rig: MakeRig, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "UNDO_SECONDS", 0.4)
    rig = make_rig(recipe=replace(recipe, review=ReviewRule.ALL))
    rig.inspect()
    uid = rig.wait(Recorded)[0].uid
    rig.line.decide(uid, DecisionKind.ACCEPT)
    rig.line.decide(uid, DecisionKind.UNDO)
    rig.line.decide(uid, DecisionKind.REJECT, "dark")
    rig.wait(Decided, 3)
    rig.wait(Disposed)
    assert rig.machine.signals == [(1, Disposition.REJECT)]
    standing = rig.store.reader.standing_decision(uid)
    assert standing is not None
    assert (standing.kind, standing.label) == (DecisionKind.REJECT, "dark")


def test_a_later_change_needs_a_reason(make_rig: MakeRig) -> None:
    rig = make_rig()
    rig.inspect()
    uid = rig.wait(Recorded)[0].uid
    rig.line.decide(uid, DecisionKind.REJECT, "dark")
    rig.wait(Decided)
    rig.line.decide(uid, DecisionKind.ACCEPT)
    assert rig.wait(Refused)[0].fault.code is ErrorCode.DECISION_NEEDS_REASON
    rig.line.decide(uid, DecisionKind.ACCEPT, reason="dust, wiped off")
    rig.wait(Decided, 2)
    standing = rig.store.reader.standing_decision(uid)
    assert standing is not None
    assert standing.reason == "dust, wiped off"


def test_nobody_answers_in_time_is_a_reject(make_rig: MakeRig, recipe: Recipe) -> None:
    rig = make_rig(recipe=replace(recipe, review=ReviewRule.ALL, decision_seconds=0.2))
    rig.inspect()
    rig.wait(Disposed)
    assert rig.machine.signals == [(1, Disposition.REJECT)]
    assert rig.store.reader.waiting_count() == 1, "the person may still say what it was"


def test_stopping_records_what_was_admitted(make_rig: MakeRig) -> None:
    rig = make_rig(SimulatedCamera(width=640, height=512, fps=200, pool=2))
    for _ in range(8):
        rig.inspect()
    assert rig.line.stop()
    status = rig.line.status()
    assert status.admitted == status.recorded == 8
    assert status.state is LineState.STOPPED


def test_a_trigger_that_waits_when_the_line_stops_is_recorded(make_rig: MakeRig) -> None:
    rig = make_rig(SimulatedCamera(width=320, height=256, fps=1, pool=2))
    assert rig.line.trigger(TriggerSource.KEY)
    assert rig.line.stop()
    assert rig.line.status().admitted == rig.line.status().recorded == 1


def test_a_stopped_line_refuses(make_rig: MakeRig) -> None:
    rig = make_rig()
    rig.line.stop()
    assert not rig.line.trigger(TriggerSource.KEY)
    assert rig.wait(Refused)[0].fault.code is ErrorCode.LINE_NOT_READY


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (CameraFault.UNPLUG, ErrorCode.CAMERA_LOST),
        (CameraFault.FREEZE, ErrorCode.CAMERA_FROZEN),
        (CameraFault.BLACK, ErrorCode.CAMERA_BLACK),
        (CameraFault.SLOW, ErrorCode.CAMERA_NO_FRAME),
    ],
)
def test_a_camera_fault_inspects_nothing_and_passes_nothing(
    make_rig: MakeRig, fault: CameraFault, code: ErrorCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulated, "SLOW_SECONDS", 60.0)
    camera = SimulatedCamera(width=320, height=256, fps=50, pool=2)
    rig = make_rig(camera)
    camera.fail(fault)
    rig.wait_state(LineState.FAULT)
    assert rig.line.status().fault.code is code
    rig.line.trigger(TriggerSource.KEY)
    inspection = rig.wait(Inspected)[0].inspection
    assert inspection.verdict is Verdict.NOT_INSPECTED
    assert inspection.fault is not None
    rig.wait(Disposed)
    assert rig.machine.signals == [(1, Disposition.REJECT)]
    assert not rig.machine.ready_now
    camera.fail(None)
    rig.wait_state(LineState.READY)
    rig.inspect()
    assert rig.wait(Inspected, 2)[-1].inspection.verdict is Verdict.OK
    assert rig.line.status().admitted == 2


def _picture(path: Path, grey: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.full((80, 100), grey, np.uint8)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


def test_a_folder_ends_and_a_broken_picture_is_not_inspected(
    make_rig: MakeRig, tmp_path: Path
) -> None:
    folder = tmp_path / "图片 é"
    _picture(folder / "good" / "1.png", 200)
    (folder / "good" / "2.png").write_text("this is no picture")
    _picture(folder / "dark" / "3.png", 10)
    rig = make_rig(FolderCamera(str(folder)))
    batch = Batch()
    rig.line._on_event = batch.post
    rows = [row.inspection for row in batch.run(rig.line, None)]
    verdicts = {Path(row.source).name: row.verdict for row in rows if row.source}
    assert verdicts == {"1.png": Verdict.OK, "3.png": Verdict.NG}
    broken = [row for row in rows if row.verdict is Verdict.NOT_INSPECTED]
    assert [row.fault.code for row in broken if row.fault] == [ErrorCode.IMAGE_UNREADABLE]
    assert {row.truth for row in rows} == {"good", "dark", None}


def test_a_roi_outside_the_picture_is_not_inspected(make_rig: MakeRig, recipe: Recipe) -> None:
    rig = make_rig(recipe=replace(recipe, roi=Roi(300, 0, 100, 100)))
    rig.inspect()
    inspection = rig.wait(Inspected)[0].inspection
    assert inspection.verdict is Verdict.NOT_INSPECTED
    assert inspection.fault is not None
    assert inspection.fault.code is ErrorCode.ROI_OUTSIDE_FRAME
    rig.wait(Recorded)


def test_a_model_that_cannot_be_opened_is_a_fault_at_the_start(
    make_rig: MakeRig, recipe: Recipe, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.onnx"
    bad.write_text("this is no model")
    rig = make_rig(recipe=replace(recipe, model=str(bad)), start=False)
    rig.line.start()
    fault = next(event for event in rig.wait(StateChanged, 2) if event.fault).fault
    assert fault is not None
    assert fault.code is ErrorCode.MODEL_NOT_ONNX
    assert rig.line.broken == fault
    assert not rig.line.trigger(TriggerSource.KEY)
    assert rig.line.stop()


def test_a_failing_listener_stops_nothing(make_rig: MakeRig, no_logged_errors: list[str]) -> None:
    rig = make_rig()

    def fail(_: object) -> None:
        raise RuntimeError("a page broke")

    rig.line._on_event = fail
    rig.inspect()
    rig.inspect()
    assert rig.line.stop()
    assert rig.line.status().recorded == 2
    rig.line._on_event = rig.events.append
    assert no_logged_errors
    no_logged_errors.clear()
