"""The serial comes from the part itself, through the whole line into the record."""

from dataclasses import replace
from pathlib import Path

import cv2

from station.cameras.flange import draw_part
from station.cameras.folder import FolderCamera
from station.domain.inspection import Disposition, Verdict
from station.domain.recipe import CodeField, Recipe, Roi
from station.errors import ErrorCode
from station.pipeline.events import Inspected, Recorded
from tests.codes import code_picture
from tests.line.conftest import MakeRig

PLACE = Roi(0, 0, 160, 128)


def write_parts(folder: Path, serials: list[str]) -> Path:
    """A picture for each part, its code in the corner; without a serial there is none."""
    folder.mkdir()
    for number, serial in enumerate(serials):
        picture = draw_part(1, number, (640, 512), 0.0)[0].copy()
        if serial:
            code = code_picture(serial, module=4, angle=20 * number, size=(160, 128))
            picture[:128, :160] = code
        path = folder / f"{number:02}.png"
        path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return folder


def test_each_record_carries_the_serial_of_its_own_picture(
    make_rig: MakeRig, recipe: Recipe, tmp_path: Path
) -> None:
    serials = [f"SN-{number:04}" for number in range(12)]
    camera = FolderCamera(str(write_parts(tmp_path / "parts", serials)))
    rig = make_rig(camera, replace(recipe, code=CodeField(PLACE), serial_pattern=r"SN-\d{4}"))
    for _ in serials:
        rig.inspect()
    rig.wait(Recorded, len(serials))
    seen = [event.inspection for event in rig.wait(Inspected, len(serials))]
    assert [one.part.serial for one in seen] == serials
    assert [rig.store.inspection(one.uid).part.serial for one in seen] == serials


def test_a_part_without_its_code_is_rejected_with_the_reason(
    make_rig: MakeRig, recipe: Recipe, tmp_path: Path
) -> None:
    camera = FolderCamera(str(write_parts(tmp_path / "parts", ["SN-1", ""])))
    rig = make_rig(camera, replace(recipe, code=CodeField(PLACE)))
    rig.inspect()
    rig.inspect()
    rig.wait(Recorded, 2)
    last = rig.wait(Inspected, 2)[1].inspection
    assert last.verdict is Verdict.NOT_INSPECTED
    assert last.fault is not None
    assert last.fault.code is ErrorCode.CODE_NOT_READ
    assert rig.machine.signals[-1] == (2, Disposition.REJECT)
