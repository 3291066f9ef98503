"""A picture in pieces: the part that it was for is not inspected, and the camera goes on."""

import pytest

from station.cameras.base import PartUnseen
from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import Disposition, Verdict
from station.domain.part import Frame, TriggerSource
from station.errors import ErrorCode, Fault, ImageError
from station.pipeline.events import Inspected, LineState, Recorded, StateChanged
from tests.belt import LineCamera
from tests.line.conftest import MakeRig

FAULT = Fault(ErrorCode.CAMERA_INCOMPLETE, (("source", "cam"), ("reason", "missing packets")))


class TornCamera(SimulatedCamera):
    """Takes a picture for each trigger; every second one comes in pieces."""

    live = False

    def __init__(self) -> None:
        super().__init__(width=320, height=256, fps=100, pool=4)
        self.opened = self.asked = 0

    def open(self) -> None:
        super().open()
        self.opened += 1

    def trigger(self) -> None:
        super().trigger()
        self.asked += 1

    def grab(self, timeout: float) -> Frame | None:
        if self.asked % 2:
            raise ImageError(FAULT.code, **dict(FAULT.facts))
        return super().grab(timeout)


class TornLineCamera(LineCamera):
    """Its own line takes the pictures; those that are torn stand for a part as well."""

    torn = 0

    def grab(self, timeout: float) -> Frame | None:
        if self.torn:
            self.torn -= 1
            raise PartUnseen(TriggerSource.CAMERA, FAULT.code, **dict(FAULT.facts))
        return super().grab(timeout)


def test_a_picture_in_pieces_is_no_reason_to_open_the_camera_anew(make_rig: MakeRig) -> None:
    camera = TornCamera()
    rig = make_rig(camera)
    for part in range(1, 11):
        rig.inspect()
        rig.wait(Recorded, part)
    seen = [event.inspection for event in rig.wait(Inspected, 10)]
    assert [one.verdict is Verdict.NOT_INSPECTED for one in seen] == [True, False] * 5
    assert {one.fault for one in seen if one.fault is not None} == {FAULT}
    assert camera.opened == 1
    assert LineState.FAULT not in [e.state for e in rig.events if isinstance(e, StateChanged)]
    torn = [number for number, what in rig.machine.signals if what is Disposition.REJECT]
    assert set(torn) >= {1, 3, 5, 7, 9}


@pytest.mark.parametrize("torn", [1, 3])
def test_a_part_whose_own_picture_is_torn_is_recorded_and_rejected(
    make_rig: MakeRig, torn: int
) -> None:
    camera = TornLineCamera()
    rig = make_rig(camera)
    camera.pulse(1)
    rig.wait(Recorded, 1)
    camera.torn = torn
    rig.wait(Recorded, 1 + torn)
    camera.pulse(2)
    seen = [event.inspection for event in rig.wait(Inspected, 2 + torn)]
    assert [one.verdict for one in seen].count(Verdict.NOT_INSPECTED) == torn
    assert {one.trigger for one in seen} == {TriggerSource.CAMERA}
    assert [one.fault for one in seen[1 : 1 + torn]] == [FAULT] * torn
    assert rig.line.status().state in (LineState.READY, LineState.RUNNING)
