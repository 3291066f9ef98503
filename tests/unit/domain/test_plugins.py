"""Drivers of others, installed as real packages are: by their metadata on the path."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.cameras.registry import known_kinds as known_cameras
from station.cameras.registry import make_camera
from station.domain.options import OptionError
from station.domain.plugins import PluginError, load_plugin, made_by, plugin_names
from station.errors import CameraError, ErrorCode, SettingsError
from station.machine.registry import known_kinds as known_machines
from station.machine.registry import make_machine

DRIVER = """
from station.cameras.folder import FolderCamera
from station.domain.options import build
from station.machine.manual import ManualMachine

def camera(source, options):
    return build(FolderCamera, {"source": source}, options)

def machine(period, address, options):
    return build(ManualMachine, {}, options)

def clumsy(*_):
    raise ZeroDivisionError("no such thing")
"""
POINTS = """
[station.cameras]
acme = acme_driver:camera
rusty = acme_gone:camera
clumsy = acme_driver:clumsy
flat = acme_driver:__doc__
simulated = acme_gone:camera

[station.machines]
acme = acme_driver:machine
rusty = acme_gone:machine
clumsy = acme_driver:clumsy
"""


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "acme_driver.py").write_text(DRIVER)
    about = tmp_path / "acme-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("acme_driver", None)


def test_a_camera_of_others_is_made_by_its_name(tmp_path: Path) -> None:
    assert make_camera("acme", str(tmp_path), {"shuffle": True}).name == f"folder:{tmp_path}"
    assert make_machine("acme") is not None


def test_its_options_are_judged_as_ours_are() -> None:
    with pytest.raises(CameraError) as camera:
        make_camera("acme", "x", {"shuffle": "perhaps"})
    assert camera.value.code is ErrorCode.CAMERA_BAD_OPTION
    assert camera.value.fault.fact("kind") == "acme"
    with pytest.raises(SettingsError) as machine:
        make_machine("acme", options={"nothing": 1})
    assert machine.value.code is ErrorCode.MACHINE_BAD_OPTION


def test_one_that_does_not_load_is_said_and_stops_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(CameraError) as camera:
        make_camera("rusty")
    assert camera.value.code is ErrorCode.CAMERA_DRIVER_MISSING
    assert camera.value.fault.fact("reason") == "ModuleNotFoundError: No module named 'acme_gone'"
    assert "the plug-in rusty (acme_gone:camera) does not load" in caplog.text
    assert make_camera("simulated").name == "simulated"  # no plug-in takes our names


def test_the_known_kinds_say_which_do_not_load() -> None:
    with pytest.raises(CameraError) as camera:
        make_camera("nowhere")
    assert camera.value.code is ErrorCode.CAMERA_UNKNOWN_KIND
    known = camera.value.fault.fact("known")
    assert known.startswith("simulated, folder, ")
    assert ", acme, " in known
    assert "rusty (ModuleNotFoundError: No module named 'acme_gone')" in known
    with pytest.raises(SettingsError) as machine:
        make_machine("rusty")
    assert machine.value.code is ErrorCode.MACHINE_UNKNOWN_KIND
    assert "rusty (ModuleNotFoundError" in machine.value.fault.fact("known")


def test_one_that_fails_when_it_is_made_is_said() -> None:
    with pytest.raises(CameraError) as camera:
        make_camera("clumsy")
    assert camera.value.code is ErrorCode.CAMERA_DRIVER_MISSING
    assert camera.value.fault.fact("reason") == "ZeroDivisionError: no such thing"
    with pytest.raises(SettingsError) as machine:
        make_machine("clumsy")
    assert "clumsy (ZeroDivisionError: no such thing)" in machine.value.fault.fact("known")


def test_what_cannot_be_called_is_no_plug_in() -> None:
    with pytest.raises(PluginError, match="cannot be called"):
        load_plugin("station.cameras", "flat")
    assert load_plugin("station.cameras", "nowhere") is None


def test_the_names_are_known_without_loading() -> None:
    assert {"acme", "rusty"} <= set(plugin_names("station.cameras"))
    assert known_cameras().count("simulated") == 1
    assert {"acme", "rusty"} <= set(known_cameras())
    assert {"manual", "acme"} <= set(known_machines())
    assert "acme_driver" not in sys.modules


def test_what_we_expect_goes_through() -> None:
    def refuse() -> None:
        raise OptionError("speed", "1 … 2")

    with pytest.raises(OptionError):
        made_by(refuse, "acme")
