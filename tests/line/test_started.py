"""Parts that nobody announces: the picture shows them, or the camera's own line took them."""

import time

from station.cameras.presence import PresenceRule, PresenceWatch
from station.domain.inspection import Disposition, Verdict
from station.domain.part import TriggerSource
from station.errors import ErrorCode
from station.pipeline.events import Inspected, LineState, Recorded, Refused
from tests.belt import BeltCamera, LineCamera
from tests.line.conftest import MakeRig


def test_every_part_on_the_belt_is_inspected_once_as_it_lies_still(make_rig: MakeRig) -> None:
    camera = BeltCamera(parts=20)
    rig = make_rig(camera, presence=PresenceWatch(PresenceRule(settle=0.03)))
    inspections = [event.inspection for event in rig.wait(Recorded, 20, 60) and rig.events
                   if isinstance(event, Inspected)]  # fmt: skip
    while not camera.over:
        time.sleep(0.05)
    time.sleep(0.2)
    assert [one.truth for one in inspections] == [str(n) for n in range(1, 21)]
    assert {one.trigger for one in inspections} == {TriggerSource.PRESENCE}
    assert rig.line.status().admitted == rig.line.status().recorded == 20
    assert len(rig.machine.signals) == 20


def test_each_picture_of_the_trigger_line_is_a_part(make_rig: MakeRig) -> None:
    camera = LineCamera()
    rig = make_rig(camera)
    for part in range(1, 11):
        camera.pulse(part)
        rig.wait(Recorded, part)
    seen = [event.inspection for event in rig.wait(Inspected, 10)]
    assert [one.truth for one in seen] == [str(n) for n in range(1, 11)]
    assert {one.trigger for one in seen} == {TriggerSource.CAMERA}
    assert Verdict.NOT_INSPECTED not in {one.verdict for one in seen}


def test_silence_of_a_watched_camera_is_no_fault_but_its_loss_is(make_rig: MakeRig) -> None:
    camera = LineCamera()
    rig = make_rig(camera)
    time.sleep(2.5)  # longer than a camera that runs by itself may be silent
    assert rig.line.status().state is LineState.READY
    camera.lose(True)
    lost = time.monotonic()
    rig.wait_state(LineState.FAULT, 2)
    assert time.monotonic() - lost < 1.0
    assert not rig.machine.ready_now
    camera.lose(False)
    rig.wait_state(LineState.READY, 4)  # ready before any picture came: it comes with a part only
    camera.pulse(1)
    assert rig.wait(Inspected)[0].inspection.verdict is Verdict.OK


def test_a_buffer_that_repeats_itself_is_a_part_that_was_not_inspected(make_rig: MakeRig) -> None:
    camera = LineCamera()
    rig = make_rig(camera)
    camera.pulse(1)
    rig.wait(Recorded, 1)
    camera.repeat()
    rig.wait(Recorded, 2)
    last = rig.wait(Inspected, 2)[1].inspection
    assert last.verdict is Verdict.NOT_INSPECTED
    assert last.fault is not None
    assert last.fault.code is ErrorCode.CAMERA_FROZEN
    assert rig.machine.signals[-1][1] is Disposition.REJECT


def test_a_picture_that_comes_while_the_line_is_busy_is_refused_and_told(make_rig: MakeRig) -> None:
    camera = LineCamera()
    rig = make_rig(camera)
    rig.line._gate.set_open(False)  # as while it stops
    camera.pulse(1)
    rig.wait(Refused)
    assert rig.line.status().refused == 1
    assert rig.machine.signals == [(0, Disposition.REJECT)]
    assert rig.line.status().admitted == 0


def test_a_part_that_the_machine_announced_takes_the_picture_of_the_line(make_rig: MakeRig) -> None:
    camera = LineCamera()
    rig = make_rig(camera)
    camera.pulse(7)
    rig.wait(Recorded, 1)
    assert rig.line.trigger(TriggerSource.MACHINE, "S-8")
    camera.pulse(8)
    rig.wait(Recorded, 2)
    one = rig.wait(Inspected, 2)[1].inspection
    assert (one.part.serial, one.truth, one.trigger) == ("S-8", "8", TriggerSource.MACHINE)
    assert rig.line.status().admitted == 2


def test_a_scanned_serial_goes_to_the_part_that_comes_next_and_to_no_other(
    make_rig: MakeRig,
) -> None:
    camera = LineCamera()
    rig = make_rig(camera)
    rig.line.expect("SN-1")
    rig.line.expect("SN-2")  # scanned again: the last word counts
    for part in range(1, 3):
        camera.pulse(part)
        rig.wait(Recorded, part)
    assert [event.inspection.part.serial for event in rig.wait(Inspected, 2)] == ["SN-2", ""]


def test_a_part_that_brings_its_own_serial_leaves_the_scanned_one_waiting(
    make_rig: MakeRig,
) -> None:
    rig = make_rig()
    rig.line.expect("SN-1")
    assert rig.line.trigger(TriggerSource.MACHINE, "PLC-7")
    rig.wait(Recorded, 1)
    rig.inspect()
    rig.wait(Recorded, 2)
    assert [event.inspection.part.serial for event in rig.wait(Inspected, 2)] == ["PLC-7", "SN-1"]


def test_a_refused_trigger_does_not_use_the_scanned_serial_up(make_rig: MakeRig) -> None:
    rig = make_rig()
    rig.line.expect("SN-1")
    rig.line._gate.set_open(False)
    assert rig.line.trigger(TriggerSource.KEY) == ""
    rig.line._gate.set_open(True)
    rig.inspect()
    rig.wait(Recorded, 1)
    assert rig.wait(Inspected)[0].inspection.part.serial == "SN-1"
