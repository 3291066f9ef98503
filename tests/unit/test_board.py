"""Where the processes of one station find each other."""

import os
import stat
import sys
from pathlib import Path

import pytest

from station.board import (
    Board,
    Role,
    forget_failed,
    make_runtime_folder,
    new_key,
    read_failed,
    read_key,
    runtime_folder,
    write_failed,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return make_runtime_folder(tmp_path / "数据 é")


def test_each_data_folder_has_a_place_of_its_own(folder: Path, tmp_path: Path) -> None:
    assert folder.parent == tmp_path
    assert folder == runtime_folder(tmp_path / "数据 é")
    assert folder != runtime_folder(tmp_path / "other")
    assert make_runtime_folder(tmp_path / "数据 é") == folder


def test_a_way_round_leads_to_the_same_place(folder: Path, tmp_path: Path) -> None:
    assert runtime_folder(tmp_path / "x" / ".." / "数据 é") == folder


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are POSIX's")
def test_nobody_else_reads_the_key(folder: Path) -> None:
    key = new_key(folder)
    assert read_key(folder) == key
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert new_key(folder) != key


def test_two_look_at_one_board(folder: Path) -> None:
    writer, reader = Board(folder), Board(folder)
    assert reader.pid(Role.LINE) == 0
    writer.beat(Role.LINE)
    writer.beat(Role.LINE)
    assert reader.beats(Role.LINE) == 2
    assert reader.beats(Role.WINDOW) == 0
    assert reader.pid(Role.LINE) == os.getpid()
    assert reader.up(Role.LINE) == 0
    writer.set_up(Role.LINE)
    assert reader.up(Role.LINE) == os.getpid()
    writer.tell(Role.WINDOW, 3, given_up=True)
    assert (reader.starts(Role.WINDOW), reader.given_up(Role.WINDOW)) == (3, True)
    assert not reader.given_up(Role.LINE)
    writer.clear()
    assert reader.beats(Role.LINE) == 0
    writer.close()
    reader.close()


def test_why_the_line_failed_is_left_for_the_window(folder: Path) -> None:
    assert read_failed(folder) is None
    write_failed(folder, "model_not_found", (("path", "é"),), 2)
    assert read_failed(folder) == ("model_not_found", (("path", "é"),), 2)
    forget_failed(folder)
    forget_failed(folder)
    assert read_failed(folder) is None
    (folder / "failed").write_text("[1")
    assert read_failed(folder) is None


def test_a_place_that_is_too_long_for_a_socket_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 80)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    folder = runtime_folder(tmp_path)
    assert deep not in folder.parents
    assert len(str(folder / "socket")) <= 107
