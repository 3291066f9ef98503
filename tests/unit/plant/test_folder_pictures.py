"""Pictures in a folder of the plant: whole, proven, and never outside it."""

import hashlib
import os

import pytest

from station.errors import ErrorCode, StationError
from station.plant.pictures import FolderPictures
from station.store.images import INCOMING, STALE_SECONDS

DATA = b"\x89PNG" + bytes(1000)
SHA256 = hashlib.sha256(DATA).hexdigest()
NAME = "press 1/images/2026-11-21/14/000001_ab.png"


def test_what_was_put_is_there_once(tmp_path):
    pictures = FolderPictures(tmp_path)
    pictures.open()
    for _ in range(2):
        pictures.put(NAME, DATA, SHA256)
    assert list(pictures.names()) == [NAME]
    assert pictures.get(NAME) == DATA
    assert pictures.get("press 1/images/none.png") is None


def test_what_does_not_arrive_as_it_was_is_told(tmp_path):
    with pytest.raises(StationError) as caught:
        FolderPictures(tmp_path).put(NAME, DATA, hashlib.sha256(b"other").hexdigest())
    assert caught.value.code is ErrorCode.PLANT_UNREACHABLE


def test_a_folder_that_went_is_not_made(tmp_path):
    pictures = FolderPictures(tmp_path / "mount")
    for order in (pictures.open, lambda: pictures.put(NAME, DATA, SHA256)):
        with pytest.raises(StationError) as caught:
            order()
        assert caught.value.code is ErrorCode.PLANT_UNREACHABLE
    assert not (tmp_path / "mount").exists()


@pytest.mark.parametrize("name", ["../x.png", "/x.png", "a/../../x.png", "a\\..\\x.png", ""])
def test_no_name_leads_out_of_it(tmp_path, name):
    folder = tmp_path / "plant"
    folder.mkdir()
    with pytest.raises(StationError):
        FolderPictures(folder).put(name, DATA, SHA256)
    assert list(tmp_path.rglob("*.png")) == []


def test_what_a_killed_copier_left_half_is_no_picture_and_goes_later(tmp_path):
    half = tmp_path / INCOMING / "000001_ab.png.1234.tmp"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    pictures = FolderPictures(tmp_path)
    assert list(pictures.names()) == []
    pictures.open()
    assert half.exists()
    old = half.stat().st_mtime - STALE_SECONDS - 1
    os.utime(half, (old, old))
    pictures.open()
    assert not half.exists()
