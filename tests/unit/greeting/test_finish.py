"""What was answered is written whole, for whoever works at the station."""

import os
import stat
from pathlib import Path

import pytest

from station.access import check_pin, pin_is_set
from station.cameras.features import Found
from station.errors import ErrorCode, SettingsError
from station.greeting.finish import finish
from station.gui.welcome.room import Answers, Place
from station.place import default_data_folder, is_fresh
from station.settings import CameraSettings, load_settings

PIN = "135246"
GROUP = 12345


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lib" / "data"
    monkeypatch.setenv("STATION_DATA_FOLDER", str(folder))
    return folder


def answers(folder: Path) -> Answers:
    return Answers("de", Place(folder, 10**9), PIN, Found("uvc", "usb-1", "Microscope"), True)


def test_settings_pin_and_place_hold_from_then_on(usual: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Platte 大" / "Station"
    finish(answers(folder), named=False)
    assert default_data_folder() == folder
    settings = load_settings(folder)
    assert settings.language == "de"
    assert settings.camera == CameraSettings(kind="uvc", source="usb-1")
    assert check_pin(folder, PIN).right


def test_without_a_pin_none_is_set(usual: Path) -> None:
    finish(Answers(place=Place(usual, 10**9)), named=False)
    assert not pin_is_set(usual)
    assert not is_fresh(usual)


def test_what_cannot_be_made_is_told_and_nothing_has_begun(usual: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError) as caught:
        finish(answers(tmp_path / "file" / "data"), named=False)
    assert caught.value.code is ErrorCode.DATA_FOLDER_REFUSES
    assert default_data_folder() == usual
    assert is_fresh(usual)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives groups away")
def test_a_folder_elsewhere_is_for_the_same_group(usual: Path, tmp_path: Path) -> None:
    usual.parent.mkdir()
    os.chown(usual.parent, -1, GROUP)
    usual.parent.chmod(0o2775)
    folder = tmp_path / "disk" / "Station"
    finish(answers(folder), named=False)
    state = folder.stat()
    assert state.st_gid == GROUP
    assert stat.S_IMODE(state.st_mode) & 0o2070 == 0o2070
    assert (folder / "settings.toml").stat().st_gid == GROUP
    assert (usual / "data-folder.toml").stat().st_gid == GROUP
