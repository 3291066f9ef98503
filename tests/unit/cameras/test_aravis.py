"""What needs no camera; with one: tests/peers/test_aravis.py."""

import sys

import pytest

from station.cameras.aravis import camera as aravis
from station.cameras.aravis import library as aravis_library
from station.cameras.aravis.camera import AravisCamera
from station.cameras.delivery import TRIGGERS, between
from station.cameras.feature_values import allowed_text
from station.cameras.features import Adjustable, Feature, FeatureKind
from station.cameras.registry import make_camera
from station.errors import CameraError, ErrorCode


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"trigger": "now"}, "trigger"),
        ({"TriggerMode": "On"}, "TriggerMode"),
        ({"AcquisitionMode": "SingleFrame"}, "AcquisitionMode"),
        ({"exposure": "5000"}, "exposure"),
    ],
)
def test_wrong_options_are_told_before_anything_is_opened(
    options: dict[str, str], option: str
) -> None:
    with pytest.raises(CameraError) as wrong:
        make_camera("aravis", "SN1", options)
    assert wrong.value.code is ErrorCode.CAMERA_BAD_OPTION
    assert wrong.value.fault.fact("option") == option


def test_what_it_is_called_and_whether_pictures_come_by_themselves() -> None:
    assert make_camera("aravis").name == "aravis"
    assert make_camera("aravis", "SN1").name == "aravis:SN1"
    lives = {t: make_camera("aravis", "", {"trigger": t}).live for t in TRIGGERS}
    assert lives == {"free": True, "software": False, "line": True}


def test_a_closed_camera_is_a_lost_one() -> None:
    camera = AravisCamera("SN1", "software")
    camera.close()
    assert isinstance(camera, Adjustable)
    for act in (camera.trigger, camera.check, camera.features, lambda: camera.grab(0.1)):
        with pytest.raises(CameraError) as lost:
            act()
        assert lost.value.code is ErrorCode.CAMERA_LOST


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aravis_library, "FILE", "libaravis-0.8.so.not-there")
    for act in (AravisCamera("SN1").open, aravis.find):
        with pytest.raises(CameraError) as missing:
            act()
        assert missing.value.code is ErrorCode.CAMERA_DRIVER_MISSING
        assert "apt install libaravis-0.8-0" in missing.value.fault.fact("reason")


def test_on_windows_the_other_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(CameraError) as missing:
        aravis.find()
    assert "gentl" in missing.value.fault.fact("reason")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such library")
def test_a_library_that_lacks_a_function_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aravis_library, "FILE", "libc.so.6")
    with pytest.raises(CameraError) as missing:
        aravis.find()
    assert "too old" in missing.value.fault.fact("reason")


@pytest.mark.parametrize(
    ("former", "number", "missing"),
    [
        *((1, 2, 0), (1, 3, 1), (65535, 1, 0), (65534, 2, 2)),  # GigE Vision 1 knows no 0
        *((70000, 70001, 0), (70000, 70003, 2)),  # 64 bits
        *((5, 5, 0), (9, 4, 0), (40, 60000, 0)),  # it counts anew
    ],
)
def test_frames_that_are_missing_are_counted(former: int, number: int, missing: int) -> None:
    assert between(former, number, aravis.IDS) == missing


def test_limits_are_told_in_words_of_no_language() -> None:
    number = Feature("Gain", FeatureKind.NUMBER, 1.0, 0.0, 24.0, 0.5, "dB")
    assert allowed_text(number) == "0 … 24 dB (± 0.5)"
    assert allowed_text(Feature("Width", FeatureKind.INTEGER, 8, None, 2048, 1)) == "… 2048"
    assert allowed_text(Feature("A", FeatureKind.CHOICE, "x", choices=("x", "y"))) == "x, y"
    assert allowed_text(Feature("B", FeatureKind.SWITCH, True)) == "true, false"
    assert allowed_text(Feature("C", FeatureKind.NUMBER, 3.5, writable=False)) == "3.5"
