"""Whether a person is asked at all when a station is started."""

from pathlib import Path

import pytest

from station.board import ask_for_lesson, take_lesson_wish
from station.errors import ErrorCode, SettingsError
from station.first_start import greet
from station.place import NOTE_NAME
from station.settings import Settings, save_settings


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    folder = tmp_path / "usual"
    monkeypatch.setenv("STATION_DATA_FOLDER", str(folder))
    return folder


def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window is wanted, and there is nowhere to show it."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def test_nobody_is_asked_where_nobody_looks_on(
    usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:configfile=screens.json")
    assert greet(None) is None
    assert greet(tmp_path / "named") is None
    assert not usual.exists()


def test_a_station_that_has_begun_is_not_asked_again(
    usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_screen(monkeypatch)
    save_settings(usual, Settings(lot="7"))
    assert greet(None) is None
    assert greet(usual) is None
    assert greet(tmp_path / "named") == 1, "that one has not begun, and no question can be asked"


def test_a_note_to_nowhere_is_told_where_nobody_looks_on(
    usual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    usual.mkdir()
    (usual / NOTE_NAME).write_text(f"folder = '{tmp_path / 'disk'}'", "utf-8")
    with pytest.raises(SettingsError) as caught:
        greet(None)
    assert caught.value.code is ErrorCode.DATA_FOLDER_MISSING
    no_screen(monkeypatch)
    assert greet(None) == 1, "a window would tell it"


def test_the_wish_to_teach_is_followed_once(tmp_path: Path) -> None:
    assert not take_lesson_wish(tmp_path)
    ask_for_lesson(tmp_path)
    assert take_lesson_wish(tmp_path)
    assert not take_lesson_wish(tmp_path)
