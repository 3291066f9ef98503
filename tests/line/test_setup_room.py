"""What the Setup page does behind the window, at the real station: settings, the line, helpers."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.board import runtime_folder
from station.cameras.features import Feature
from station.choice import RunChoice
from station.domain.inspection import Verdict
from station.errors import ErrorCode, StationError
from station.gui.pages.setup_room import PlcView
from station.pipeline.events import LineState
from station.pipeline.remote import RemoteLine
from station.plan import choose_camera
from station.settings import (
    CameraSettings,
    MachineSettings,
    Settings,
    load_settings,
    save_settings,
)
from station.setup import cameras
from station.setup.cameras import camera_room, search
from station.setup.machines import machine_room
from station.setup.plc import BEFORE, SimulatedPlc
from station.setup.use import Use
from station.supervisor import program
from tests.faults.rig import Station, prepare
from tests.line.conftest import MakeRig

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the rig kills by signal"),
]
SMALL = {"width": 320, "height": 256, "fps": 60, "pool": 4}


@pytest.fixture(scope="module")
def alive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """One station for all: each test leaves it as it was."""
    folder = tmp_path_factory.mktemp("setup")
    (folder / "run").mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
        data = folder / "data é"
        prepare(data)
        made = Station(folder / "home", data)
        made.start()
        yield made
        made.kill()


@pytest.fixture
def use(alive: Station) -> Iterator[Use]:
    settings = load_settings(alive.data)
    made = Use(
        alive.data,
        alive.line,
        program("camera", "list", "--json"),
        program("plc", "simulate", "--json", "--every", "0.5"),
    )
    yield made
    if load_settings(alive.data) != settings:
        save_settings(alive.data, settings)
        machine_room(made).use(settings.machine)


def feature(features: tuple[Feature, ...], name: str) -> Feature:
    return next(one for one in features if one.name == name)


def simulated(**options: object) -> CameraSettings:
    return CameraSettings(kind="simulated", source="7", options={**SMALL, **options})


# ── the camera ───────────────────────────────────────────────────────────────────────────────


def test_another_camera_is_used_and_kept(use: Use) -> None:
    room = camera_room(use)
    began = time.monotonic()
    change = room.use(simulated(fps=20))
    print(f"the line changed over in {time.monotonic() - began:.2f} s")
    assert (change.state, change.fault, change.ignored) == (LineState.READY, None, False)
    assert room.chosen() == simulated(fps=20)
    assert feature(room.features(), "AcquisitionFrameRate").value == 20.0
    assert room.live(2.0) is not None


def test_what_is_kept_comes_back_with_the_next_line(use: Use) -> None:
    room = camera_room(use)
    assert room.adjust("Gain", 6).value == 6.0
    kept = room.keep({"Gain": 6.0, "ExposureTime": 2500.0})
    assert kept.options["Gain"] == 6.0
    assert kept.options["fps"] == 60
    room.use(room.chosen())
    values = {one.name: one.value for one in room.features()}
    assert (values["Gain"], values["ExposureTime"]) == (6.0, 2500.0)


def test_an_absurd_value_is_refused_through_the_line(use: Use) -> None:
    room = camera_room(use)
    with pytest.raises(StationError) as caught:
        room.adjust("ExposureTime", -3)
    assert caught.value.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert "10 … 100000" in caught.value.fault.fact("allowed")
    assert feature(room.features(), "ExposureTime").value == 5000.0


@pytest.mark.parametrize(
    ("camera", "code"),
    [
        (CameraSettings(kind="crystal ball"), ErrorCode.CAMERA_UNKNOWN_KIND),
        (simulated(fsp=3), ErrorCode.CAMERA_BAD_OPTION),
        (CameraSettings(kind="folder", source="/nowhere/at all"), ErrorCode.FOLDER_NOT_FOUND),
        (CameraSettings(kind="video", source="/nowhere/film.avi"), None),
    ],
)
def test_what_no_camera_can_be_changes_nothing(
    use: Use, camera: CameraSettings, code: ErrorCode | None
) -> None:
    before = load_settings(use.data)
    with pytest.raises(StationError) as caught:
        camera_room(use).use(camera)
    assert code is None or caught.value.code is code
    assert load_settings(use.data) == before
    assert use.line.status().state in (LineState.READY, LineState.RUNNING)


def test_a_camera_that_is_not_there_is_told_and_the_old_one_comes_back(use: Use) -> None:
    room = camera_room(use)
    before = room.chosen()
    change = room.use(CameraSettings(kind="opencv", source="/dev/video97"))
    assert change.state is LineState.FAULT
    assert change.fault is not None
    assert change.fault.code is ErrorCode.CAMERA_NOT_FOUND
    back = room.use(before)
    assert (back.state, back.fault) == (LineState.READY, None)


def test_a_value_that_the_camera_refuses_keeps_the_line_from_inspecting(use: Use) -> None:
    room = camera_room(use)
    change = room.use(simulated(Gain=99))
    assert change.fault is not None
    assert change.fault.code is ErrorCode.CAMERA_FEATURE_REFUSED
    assert use.line.status().state is LineState.FAULT


def test_the_demo_looks_through_the_camera_that_was_chosen_in_it(tmp_path: Path) -> None:
    demo = RunChoice(demo=True)
    assert choose_camera(demo, Settings()).name == "simulated"
    chosen = Settings(camera=CameraSettings(kind="folder", source=str(tmp_path)))
    assert choose_camera(demo, chosen).name == f"folder:{tmp_path}"


# ── the search ───────────────────────────────────────────────────────────────────────────────


def test_cameras_are_looked_for_by_the_program_itself(use: Use) -> None:
    found = search(use)  # which cameras there are is the computer's affair
    assert found.found or found.missing or found == cameras.Search()
    assert all(one.kind and one.source for one in found.found)


def _asked(use: Use, code: str) -> Use:
    return Use(use.data, use.line, [sys.executable, "-c", code], ())


def test_a_driver_that_hangs_takes_nothing_with_it(
    use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cameras, "SEARCH_SECONDS", 1.0)
    row = '{"kind": "aravis", "source": "SN1", "name": "A", "detail": "", "in_use": true}'
    began = time.monotonic()
    found = search(_asked(use, f"import time; print('{row}', flush=True); time.sleep(60)"))
    assert time.monotonic() - began < 5
    assert [(one.source, one.in_use) for one in found.found] == [("SN1", True)]


def test_a_driver_that_crashes_is_told(use: Use) -> None:
    with pytest.raises(StationError) as caught:
        search(_asked(use, "import os; os.abort()"))
    assert caught.value.code is ErrorCode.CAMERA_DRIVER_MISSING


def test_what_a_driver_prints_besides_is_no_matter(use: Use) -> None:
    row = '{"error": "camera_driver_missing", "facts": {"kind": "basler", "reason": "no pypylon"}}'
    found = search(_asked(use, f"print('loading…'); print('[1]'); print('{row}')"))
    assert found.found == ()
    assert found.missing[0].code is ErrorCode.CAMERA_DRIVER_MISSING
    assert found.missing[0].fact("kind") == "basler"


# ── the machine ──────────────────────────────────────────────────────────────────────────────


def test_a_machine_that_does_not_answer_is_told(use: Use) -> None:
    room = machine_room(use)
    change = room.use(MachineSettings(kind="tcp", address="127.0.0.1:9"))
    assert change.fault is not None
    assert change.fault.code is ErrorCode.MACHINE_LINK_LOST
    back = room.use(MachineSettings())
    assert (back.state, back.fault) == (LineState.READY, None)


@pytest.mark.parametrize(
    ("machine", "code"),
    [
        (MachineSettings(kind="tcp", address="nonsense"), ErrorCode.MACHINE_BAD_OPTION),
        (MachineSettings(kind="abacus"), ErrorCode.MACHINE_UNKNOWN_KIND),
        (
            MachineSettings(kind="modbus", address="127.0.0.1:9", options={"trig": 70000}),
            ErrorCode.MACHINE_BAD_OPTION,
        ),
    ],
)
def test_what_no_machine_can_be_changes_nothing(
    use: Use, machine: MachineSettings, code: ErrorCode
) -> None:
    before = load_settings(use.data)
    with pytest.raises(StationError) as caught:
        machine_room(use).use(machine)
    assert caught.value.code is code
    assert load_settings(use.data) == before


def test_dry_a_machine_that_is_away_is_no_matter(use: Use) -> None:
    change = machine_room(use).use(MachineSettings(kind="tcp", address="127.0.0.1:9", dry=True))
    assert (change.state, change.fault) == (LineState.READY, None)
    with pytest.raises(StationError) as caught:
        machine_room(use).signals()
    assert caught.value.code is ErrorCode.MACHINE_NO_SIGNALS


# ── the simulated PLC ────────────────────────────────────────────────────────────────────────


def look_until(plc: SimulatedPlc, count: int) -> PlcView:
    end = time.monotonic() + 30
    while len(plc.look().parts) < count:
        assert time.monotonic() < end, plc.look()
        time.sleep(0.1)
    return plc.look()


def test_the_simulated_plc_is_served_and_the_machine_of_before_comes_back(
    use: Use, alive: Station
) -> None:
    plc = SimulatedPlc(use)
    try:
        assert plc.begin().fault is None
        assert load_settings(use.data).machine.kind == "modbus"
        view = look_until(plc, 3)
        assert view.running
        names = [one.name for one in machine_room(use).signals()]
        assert names[0] == "TRIG"
        with alive.reader as reader:
            records = {one.inspection.part.serial: one.inspection for one in reader.history(20)}
        for part in view.parts:
            assert records[part.serial].verdict is not Verdict.NOT_INSPECTED
            assert part.passed == (part.said == "ok")
            assert part.steps[0][1] == {"ready"}
            print(f"{part.serial}: BUSY {part.busy_ms} ms, VALID {part.valid_ms} ms")
        ended = plc.end()
    finally:
        plc.close()
    assert ended is not None
    assert ended.fault is None
    assert load_settings(use.data).machine == MachineSettings()
    assert not (use.data / BEFORE).exists()
    assert not plc.look().running
    assert plc.end() is None


def test_outputs_are_tested_through_the_line(use: Use) -> None:
    plc, room = SimulatedPlc(use), machine_room(use)
    try:
        plc.begin()
        with pytest.raises(StationError) as caught:
            room.press("OK", True)
        assert caught.value.code is ErrorCode.MACHINE_NOT_IN_TEST
        room.test(True)
        room.press("OK", True)
        assert _signal(use, "OK") is True
        assert _signal(use, "READY") is False
        with pytest.raises(StationError) as caught:
            room.press("TRIG", True)
        assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
        room.test(False)
        assert _signal(use, "OK") is False
        plc.end()
    finally:
        plc.close()


def test_a_window_that_dies_during_the_test_leaves_no_output_set(use: Use) -> None:
    plc, other = SimulatedPlc(use), RemoteLine(runtime_folder(use.data), lambda _: None)
    try:
        plc.begin()
        other.start()
        assert other.wait_here(5)
        other.test_machine(True)
        other.press_output("NG", True)
        assert _signal(use, "NG") is True
        other.stop()
        assert _signal(use, "NG") is False
        assert use.line.wait_ready(5)
        plc.end()
    finally:
        other.stop()
        plc.close()


def _signal(use: Use, name: str) -> object:
    time.sleep(0.3)  # the machine's own thread sets it
    return next(one.value for one in use.line.machine_signals() if one.name == name)


def test_a_window_that_goes_leaves_no_plc_behind(use: Use) -> None:
    plc = SimulatedPlc(use)
    plc.begin()
    process = plc._process
    assert process is not None
    plc.close()
    assert process.poll() is not None
    assert load_settings(use.data).machine == MachineSettings()
    assert not (use.data / BEFORE).exists()
    camera_room(use).use(camera_room(use).chosen())  # the line serves it still


def test_a_window_that_died_is_put_right_by_the_next(use: Use) -> None:
    first = SimulatedPlc(use)
    try:
        first.begin()
        process = first._process
        assert process is not None
        assert load_settings(use.data).machine.kind == "modbus"
        change = SimulatedPlc(use).end()  # the first one's window is gone, its PLC is not
        assert change is not None
        assert change.fault is None
        assert process.wait(5) != 0
        assert load_settings(use.data).machine == MachineSettings()
    finally:
        first._stop()


def test_a_plc_that_ends_by_itself_is_told(use: Use) -> None:
    plc = SimulatedPlc(use)
    try:
        plc.begin()
        assert plc._process is not None
        plc._process.kill()
        plc._process.wait()
        fault = plc.look().fault
        assert fault is not None
        assert fault.code is ErrorCode.SIMULATED_PLC_LOST
        plc.end()
    finally:
        plc.close()


def test_a_plc_that_does_not_start_changes_nothing(use: Use) -> None:
    broken = Use(use.data, use.line, (), [sys.executable, "-c", "print('no socket for you')"])
    with pytest.raises(StationError) as caught:
        SimulatedPlc(broken).begin()
    assert caught.value.code is ErrorCode.SIMULATED_PLC_LOST
    assert "no socket" in caught.value.fault.fact("reason")
    assert load_settings(use.data).machine == MachineSettings()


def test_a_line_in_the_same_process_keeps_the_setting_and_asks_for_a_person(
    make_rig: MakeRig, tmp_path: Path
) -> None:
    use = Use(tmp_path / "other", make_rig().line, (), ())
    with pytest.raises(StationError) as caught:
        machine_room(use).use(MachineSettings(kind="timer", period=3))
    assert caught.value.code is ErrorCode.START_ANEW
    assert load_settings(use.data).machine.period == 3.0
