"""The process of a camera's library, where it is none that speaks as it should."""

import subprocess
import sys
import threading
import time

import psutil
import pytest

from station.cameras import hosted
from station.cameras.base import Watched
from station.cameras.features import Adjustable
from station.cameras.hosted import HOST, HostedCamera, host_command
from station.cameras.stream import process as stream_process
from station.cameras.stream.process import READER, reader_command
from station.errors import CameraError, ErrorCode

SILENT = "import sys, time; time.sleep(60)"
DEAF = "import time, sys; sys.stdout.buffer.write(b'x' * 5000); sys.stdout.flush(); time.sleep(60)"
DYING = "raise SystemExit(3)"
LONE_BEAT = (
    "import os, time; from station.cameras.hosted_wire import send\n"
    "send(lambda data: os.write(1, data), 'up', {}); time.sleep(60)"
)


def camera_of(code: str, monkeypatch: pytest.MonkeyPatch) -> HostedCamera:
    monkeypatch.setattr(hosted, "host_command", lambda: [sys.executable, "-c", code])
    return HostedCamera("gentl", "", {}, "gentl", live=True)


@pytest.mark.parametrize("code", [SILENT, DEAF, DYING])
def test_who_does_not_answer_is_lost_and_ended(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosted, "OPEN_SECONDS", 1.0)
    camera = camera_of(code, monkeypatch)
    began = time.monotonic()
    with pytest.raises(CameraError) as caught:
        camera.open()
    assert caught.value.code is ErrorCode.CAMERA_LOST
    assert caught.value.fault.fact("source") == "gentl"
    assert time.monotonic() - began < 3
    assert camera.process_id == 0
    assert not [t for t in threading.enumerate() if t.name == "hosted"]


def test_who_shows_no_life_is_lost_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    camera = camera_of(LONE_BEAT, monkeypatch)
    camera.open()
    process, began = camera.process_id, time.monotonic()
    with pytest.raises(CameraError) as caught:
        camera.grab(2)
    assert caught.value.code is ErrorCode.CAMERA_LOST
    assert time.monotonic() - began < 1.5
    assert not psutil.pid_exists(process)


def test_closed_it_has_no_features_and_no_pictures() -> None:
    camera = HostedCamera("gentl", "", {}, "gentl", live=False)
    assert isinstance(camera, Watched)
    assert isinstance(camera, Adjustable)
    for ask in (camera.features, camera.check, camera.trigger, lambda: camera.grab(0)):
        with pytest.raises(CameraError) as caught:
            ask()
        assert caught.value.code is ErrorCode.CAMERA_LOST
    camera.close()


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert host_command()[1:] == ["-m", "station.cameras.hosted_child"]
    assert reader_command()[1:] == ["-m", "station.cameras.stream.reader"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert host_command() == [sys.executable, HOST]
    assert reader_command() == [sys.executable, READER]
    assert stream_process.READER != hosted.HOST


@pytest.mark.parametrize("word", [HOST, READER])
def test_the_program_can_be_that_process_without_loading_the_rest(word: str) -> None:
    """Its input is over at once: so is it."""
    code = (
        "import sys, runpy; sys.argv = ['station', sys.argv[1]]\n"
        "runpy.run_module('station', run_name='__main__')\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, word],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "station.cameras" in done.stderr
    assert not {"typer", "PySide6", "sqlalchemy"} & set(done.stderr.split())
