"""Faults of the camera: one station suffers all of them, one after the other."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize

from station.cameras.picture import picture_limits
from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import Verdict
from station.errors import ErrorCode
from station.gui.pictures import resized, to_image
from station.inference.engine import Engine
from station.pipeline.events import Inspected, StateChanged
from tests.faults.rig import Station, all_kept, fault_of, not_inspected, prepare
from tests.faults.screen import Screen
from tests.faults.table import BY_NAME


def learnt_limits() -> dict[str, float]:
    """As teaching does: from good pictures of that camera."""
    camera = SimulatedCamera(width=320, height=256, fps=200, pool=4)
    camera.open()
    frames = [camera.grab(1.0) for _ in range(4)]
    camera.close()
    limits = picture_limits([frame.pixels for frame in frames if frame is not None])
    assert limits.min_brightness is not None
    assert limits.max_saturated is not None
    assert limits.min_focus is not None
    return {
        "min_brightness": limits.min_brightness,
        "max_saturated": limits.max_saturated,
        "min_focus": limits.min_focus,
    }


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    home = tmp_path_factory.mktemp("picture")
    prepare(home / "data", learnt_limits() | {"serial_pattern": "([A-Z]{2}-[0-9]+)?"})
    one = Station(home, home / "data")
    one.start()
    yield one
    try:
        one.end()
        rows = all_kept(one)
        assert {row.verdict for row in rows} <= {Verdict.OK, Verdict.NOT_INSPECTED}
        assert all((row.fault is None) == (row.verdict is Verdict.OK) for row in rows)
    finally:
        one.kill()


@pytest.mark.fault("unplug")
def test_unplugged_and_plugged_in_again(station: Station, screen: Screen) -> None:
    began = time.monotonic()
    with station.suffering("camera", "unplug"):
        screen.shows(station.wait_fault(ErrorCode.CAMERA_LOST, 2, began))
        screen.shows(station.wait_fault(ErrorCode.CAMERA_NOT_FOUND, 3, began))
        not_inspected(station.inspect(), ErrorCode.CAMERA_NOT_FOUND)
        time.sleep(2.0)  # long enough for the tries to be as rare as they get
    assert station.judges_again(BY_NAME["unplug"].seconds or 0)


@pytest.mark.fault("freeze")
def test_frozen(station: Station, screen: Screen) -> None:
    suffer(station, screen, "freeze", "freeze", ErrorCode.CAMERA_FROZEN)


@pytest.mark.fault("black")
def test_black(station: Station, screen: Screen) -> None:
    suffer(station, screen, "black", "black", ErrorCode.CAMERA_BLACK)


@pytest.mark.fault("over-exposed")
def test_over_exposed(station: Station, screen: Screen) -> None:
    suffer(station, screen, "over-exposed", "overexposed", ErrorCode.CAMERA_OVEREXPOSED)


@pytest.mark.fault("blurred")
def test_blurred(station: Station, screen: Screen) -> None:
    suffer(station, screen, "blurred", "blurred", ErrorCode.CAMERA_BLURRED)


def suffer(station: Station, screen: Screen, name: str, fault: str, code: ErrorCode) -> None:
    """Until it is seen, at the latest after a second; then two parts, then all is well again."""
    station.judges_again(5)
    began = time.monotonic()
    with station.suffering("camera", fault):
        time.sleep(0.2)  # some frames, as a person would need to come and press
        for _ in range(2):
            entry = station.inspect()
            not_inspected(entry, code)
        told = station.wait_fault(code, 2, began)
        assert isinstance(told, StateChanged | Inspected)
        screen.shows(told)
        uid = entry.inspection.uid
        screen.shows(station.wait(Inspected, lambda event: event.inspection.uid == uid))
    station.judges_again(BY_NAME[name].seconds or 0)


@pytest.mark.fault("wrong-recipe")
def test_a_part_of_another_product(station: Station, screen: Screen) -> None:
    assert station.inspect("AB-12").inspection.verdict is Verdict.OK
    entry = station.inspect("AB-12-X")
    not_inspected(entry, ErrorCode.RECIPE_WRONG_PRODUCT)
    uid = entry.inspection.uid
    event = station.wait(Inspected, lambda event: event.inspection.uid == uid)
    fault = fault_of(event)
    assert fault is not None
    assert (fault.fact("serial"), fault.fact("recipe")) == ("AB-12-X", "bright")
    screen.shows(event)
    assert station.inspect("AB-13").inspection.verdict is Verdict.OK


@pytest.mark.fault("reused-buffer")
def test_what_was_judged_is_what_is_stored(station: Station) -> None:
    with station.suffering("reuse", "1"):
        entries = [station.inspect() for _ in range(6)]
    with station.reader as reader, Engine(station.data / "bright.onnx", "cpu") as engine:
        for entry in entries:
            assert entry.inspection.verdict is Verdict.OK
            kept = reader.still(entry.inspection.uid)
            assert kept is not None
            assert engine.look(kept.pixels).score == pytest.approx(entry.inspection.score, abs=1e-9)


@pytest.mark.fault("reused-buffer")
def test_what_is_shown_is_its_own_picture(screen: Screen) -> None:
    buffer = np.full((256, 320), 90, np.uint8)
    image = to_image(resized(buffer, QSize(320, 256)))  # as large as it is: nothing to resize
    buffer[:] = 200
    assert image.pixelColor(160, 128).red() == 90
