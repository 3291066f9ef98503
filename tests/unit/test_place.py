"""Where the data are: the usual folder, or the one that a person chose instead."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.domain.picture_name import IMAGES
from station.errors import ErrorCode, SettingsError
from station.place import (
    NOTE_NAME,
    TRACES,
    default_data_folder,
    is_fresh,
    keep_data_in,
    usual_data_folder,
)
from station.plan import DEMO_RECIPE, RunChoice, data_folder, find_doubt
from station.settings import FILE_NAME, CameraSettings, Settings, save_settings
from station.store.schema import DATABASE_NAME
from tests.program import assert_says, station

NAME = "数据 mit Leerzeichen é"


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "usual"
    monkeypatch.setenv("STATION_DATA_FOLDER", str(folder))
    return folder


def test_the_usual_folder_can_be_named_by_the_environment(
    usual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert default_data_folder() == usual_data_folder() == usual
    monkeypatch.delenv("STATION_DATA_FOLDER")
    assert default_data_folder().name == "station"


def test_a_chosen_folder_holds_until_another_is_chosen(usual: Path, tmp_path: Path) -> None:
    chosen = tmp_path / NAME
    chosen.mkdir()
    keep_data_in(chosen)
    assert (usual / NOTE_NAME).is_file()
    assert default_data_folder() == chosen
    assert data_folder(RunChoice(data=usual)) == usual, "what is named at the start is meant so"
    assert data_folder(RunChoice(demo=True)) == usual.with_name("usual-demo")
    keep_data_in(usual)
    assert default_data_folder() == usual
    keep_data_in(usual)


def test_a_folder_that_is_not_there_is_told_and_never_begun_anew(
    usual: Path, tmp_path: Path
) -> None:
    chosen = tmp_path / NAME
    keep_data_in(chosen)
    with pytest.raises(SettingsError) as caught:
        default_data_folder()
    assert caught.value.code is ErrorCode.DATA_FOLDER_MISSING
    assert caught.value.fault.fact("path") == str(chosen)
    assert not chosen.exists()
    (tmp_path / "file").touch()
    keep_data_in(tmp_path / "file")
    with pytest.raises(SettingsError):
        default_data_folder()


@pytest.mark.parametrize("text", ["folder =", "", "folder = 7", 'folder = "data"', "\xff"])
def test_a_note_that_says_nothing_is_told(usual: Path, text: str) -> None:
    usual.mkdir()
    (usual / NOTE_NAME).write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        default_data_folder()
    assert caught.value.code is ErrorCode.SETTINGS_BROKEN
    assert caught.value.fault.fact("path") == str(usual / NOTE_NAME)


def test_a_note_that_a_person_wrote_is_read(usual: Path, tmp_path: Path) -> None:
    usual.mkdir()
    text = f"\ufeff# where the big disk is\nfolder = '{tmp_path}'\n"
    (usual / NOTE_NAME).write_text(text, "utf-8")
    assert default_data_folder() == tmp_path


def test_a_folder_is_fresh_until_a_station_left_something(tmp_path: Path) -> None:
    assert {FILE_NAME, DATABASE_NAME, IMAGES} <= set(TRACES)
    assert is_fresh(tmp_path / "none")
    (tmp_path / "logs").mkdir()
    assert is_fresh(tmp_path)
    save_settings(tmp_path, Settings(lot="7"))
    assert not is_fresh(tmp_path)
    save_settings(tmp_path, Settings(lot="8"))
    (tmp_path / FILE_NAME).unlink()
    assert not is_fresh(tmp_path), "a former generation of the settings is still there"


@pytest.mark.parametrize("language", ["en", "zh_CN", "de"])
def test_every_command_says_that_the_disk_is_not_there(
    tmp_path: Path, qtbot: QtBot, language: str
) -> None:
    usual = tmp_path / "share" / "station"
    usual.mkdir(parents=True)
    (usual / NOTE_NAME).write_text(f'folder = "{tmp_path / NAME}"\n', "utf-8")
    words = ("run", "--headless", "--parts", 1, "--json")
    answer = station(tmp_path, *words, language=language)
    facts = assert_says(answer, 1, ErrorCode.DATA_FOLDER_MISSING, language)
    assert facts["path"] == str(tmp_path / NAME)
    assert sorted(usual.iterdir()) == [usual / NOTE_NAME]
    assert not (tmp_path / NAME).exists()


def test_the_demo_model_judges_no_part_of_a_real_camera() -> None:
    real, drawn = CameraSettings(kind="uvc", source="1"), CameraSettings()
    doubt = find_doubt(RunChoice(), Settings(camera=real))
    assert doubt is not None
    assert doubt.code is ErrorCode.NOTHING_TAUGHT
    assert find_doubt(RunChoice(), Settings(camera=drawn)) is None
    assert find_doubt(RunChoice(), Settings(camera=real, recipe="flange")) is None
    for named in (
        RunChoice(demo=True),
        RunChoice(recipe="flange"),
        RunChoice(camera="folder", source="/pictures"),
        RunChoice(model=Path(DEMO_RECIPE)),
    ):
        assert find_doubt(named, Settings(camera=real)) is None
