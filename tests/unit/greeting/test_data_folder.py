"""A folder for the data is taken or refused by what can really be done in it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import station
from station.errors import ErrorCode, SettingsError
from station.greeting.folder import MADE_FOR_DATA, fitting, judge, other_disks
from station.settings import Settings, save_settings
from tests.rigs.disk import NoDisk, ext4

MB = 10**6


def refused(folder: Path, least: int = MB) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        judge(folder, least)
    return caught.value


def test_a_folder_that_will_do_is_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "数据 mit Leerzeichen" / "é" / "data"
    place = judge(folder, MB)
    assert place.folder == folder
    assert place.free > MB
    assert not place.used
    assert list(tmp_path.iterdir()) == []
    folder.mkdir(parents=True)
    judge(folder, MB)
    assert list(folder.iterdir()) == []


def test_a_stations_data_are_taken_up(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings(lot="7"))
    (tmp_path / "holiday.jpg").touch()
    before = sorted(tmp_path.iterdir())
    assert judge(tmp_path, 10**18).used, "it has its room already, however little is left"
    assert sorted(tmp_path.iterdir()) == before
    assert fitting(tmp_path) == tmp_path


def test_broken_settings_are_no_data_to_go_on_with(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("language = 7", "utf-8")
    assert refused(tmp_path).code is ErrorCode.SETTINGS_BROKEN


def test_files_of_others_are_not_mixed_with(tmp_path: Path) -> None:
    (tmp_path / "report 2026.xlsx").touch()
    error = refused(tmp_path)
    assert error.code is ErrorCode.DATA_FOLDER_FOREIGN
    assert error.fault.fact("found") == "report 2026.xlsx"
    assert fitting(tmp_path) == tmp_path / MADE_FOR_DATA
    assert judge(fitting(tmp_path), MB).folder == tmp_path / MADE_FOR_DATA


def test_what_the_system_leaves_on_a_disk_is_nobodys(tmp_path: Path) -> None:
    for name in ("lost+found", "System Volume Information", "$RECYCLE.BIN", ".Trash-1000", "logs"):
        (tmp_path / name).mkdir()
    assert fitting(tmp_path) == tmp_path
    assert not judge(tmp_path, MB).used


@pytest.mark.parametrize(
    "folder",
    [
        Path(station.__file__).parent / "data",
        Path(station.__file__).parent / ".." / "station" / "data",
    ],
)
def test_the_programs_own_folder_is_no_place(folder: Path) -> None:
    assert refused(folder).code is ErrorCode.DATA_FOLDER_PROGRAM
    assert not folder.exists()


def test_an_installed_programs_folder_is_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "Station"
    program.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "station.exe"))
    assert refused(program / "data").code is ErrorCode.DATA_FOLDER_PROGRAM
    assert judge(tmp_path / "Station data", MB).free > MB


def test_no_folder_and_no_whole_path(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "data", Path("data")):
        error = refused(folder)
        assert error.code is ErrorCode.DATA_FOLDER_REFUSES, folder
        assert error.fault.fact("path") == str(folder)


def test_too_little_room(tmp_path: Path) -> None:
    error = refused(tmp_path, 10**18)
    assert error.code is ErrorCode.DATA_FOLDER_NARROW
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk(mounted: Callable[[str], Path]) -> None:
    disk = mounted("size=1m")
    with pytest.raises(OSError, match="No space"):
        (disk / ".fill").write_bytes(bytes(2 * MB))
    assert refused(disk, least=0).code is ErrorCode.DATA_FOLDER_NARROW


def test_a_disk_that_takes_nothing(mounted: Callable[[str], Path]) -> None:
    disk = mounted("size=8m")
    judge(disk, MB)
    save_settings(disk / "used", Settings(lot="7"))
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for folder in (disk / "data", disk / "used"):
        error = refused(folder)
        assert error.code is ErrorCode.DATA_FOLDER_REFUSES
        assert "Read-only" in error.fault.fact("reason")


def test_another_disk_is_offered_with_a_folder_of_its_own(tmp_path: Path) -> None:
    try:
        with ext4(tmp_path, 64) as disk:
            (disk.folder / "report.xlsx").touch()
            found = {one.folder: one for one in other_disks(tmp_path, MB)}
            place = found[disk.folder / MADE_FOR_DATA]
            assert MB < place.free < 64 * MB
            assert judge(place.folder, MB).folder == place.folder
            assert disk.folder not in {one.folder for one in other_disks(tmp_path, 64 * MB)}
            assert other_disks(disk.folder / "data", 10**18) == ()
    except NoDisk as why:
        pytest.skip(str(why))
