"""A whole line with machines beside the one it serves: they are told, and hold nothing up."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode
from station.machine.base import Machine
from station.machine.manual import ManualMachine
from station.machine.mqtt.machine import MqttMachine
from station.machine.registry import make_machine
from station.machine.several import Several
from station.machine.timer import TimerMachine
from station.pipeline.events import Disposed, LineState, Recorded, Warned
from station.plan import choose_machine, choose_sources
from station.settings import MachineSettings, ReadingSettings, Settings, TagSettings
from tests.line.conftest import MakeRig, TestMachine


def no_broker(**options: Any) -> MqttMachine:
    """A real one, and nobody there to talk to."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    machine = make_machine("mqtt", address=f"127.0.0.1:{port}", options=options)
    assert isinstance(machine, MqttMachine)
    return machine


def test_a_broker_that_is_away_is_a_warning_and_every_part_goes_its_way(make_rig: MakeRig) -> None:
    served, beside = TestMachine(), no_broker()
    rig = make_rig(machine=Several(served, [("mqtt", beside)]))
    warned = rig.wait(Warned)
    assert [one.fault.code for one in warned] == [ErrorCode.MACHINE_BESIDE_LOST]
    for _ in range(20):
        rig.inspect()
    rig.wait(Recorded, 20)
    rig.wait_state(LineState.READY)
    told = [one for one in served.signals if one[0]]  # without the triggers that were refused
    assert told == [(number, Disposition.RELEASE) for number in range(1, 21)]
    assert served.ready_now
    until = time.monotonic() + 5
    while beside.waiting < 20 and time.monotonic() < until:
        time.sleep(0.005)
    assert beside.waiting == 20


def test_one_beside_at_whose_word_parts_come_keeps_the_line_from_being_ready(
    make_rig: MakeRig,
) -> None:
    served, beside = TestMachine(), no_broker(commands=True)
    rig = make_rig(machine=Several(served, [("mqtt", beside)]), start=False)
    rig.line.start()
    rig.wait_state(LineState.FAULT)
    assert not served.ready_now


def test_a_machine_beside_may_ask_and_the_served_one_is_told(make_rig: MakeRig) -> None:
    served = TestMachine()
    rig = make_rig(machine=Several(served, [("timer", TimerMachine(0.05))]))
    rig.wait(Recorded, 5)
    assert [number for number, _ in served.signals[:5]] == [1, 2, 3, 4, 5]


class Slow(ManualMachine):
    """It takes its time, and has never heard that signal must return at once."""

    may_trigger = False

    def __init__(self, told: list[str], name: str) -> None:
        self._told, self._name = told, name

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        self._told.append(self._name)
        time.sleep(0.05)


def test_the_served_one_hears_first_whatever_is_beside(make_rig: MakeRig) -> None:
    told: list[str] = []
    served, beside = Slow(told, "served"), Slow(told, "beside")
    rig = make_rig(machine=Several(served, [("slow", beside)]))
    for count in range(1, 4):
        rig.inspect()
        rig.wait(Disposed, count)
    assert told[:2] == ["served", "beside"]
    assert told == ["served", "beside"] * (len(told) // 2)


# ── from the settings ───────────────────────────────────────────────────────────────────────

MQTT = MachineSettings(kind="mqtt", address="broker:1883")
TIMER = MachineSettings(kind="timer", period=1.0)


def chosen(settings: Settings) -> Machine:
    return choose_machine(settings, Path("data"), "flange")


def test_the_settings_name_the_served_one_and_those_beside() -> None:
    assert isinstance(chosen(Settings(machine=TIMER)), TimerMachine)
    several = chosen(Settings(machine=TIMER, beside=(MQTT,)))
    assert isinstance(several, Several)
    assert isinstance(several._served, TimerMachine)
    assert [name for name, _ in several._beside] == ["mqtt broker:1883"]


def test_dry_leaves_that_machine_alone_and_no_other() -> None:
    dry = MachineSettings(kind="timer", dry=True)
    assert isinstance(chosen(Settings(machine=dry)), ManualMachine)
    several = chosen(Settings(machine=dry, beside=(MQTT,)))
    assert isinstance(several, Several)
    assert isinstance(several._served, ManualMachine)
    none = MQTT.model_copy(update={"dry": True})
    assert isinstance(chosen(Settings(machine=TIMER, beside=(none,))), TimerMachine)


def test_mqtt_is_never_the_one_that_counts() -> None:
    several = chosen(Settings(machine=MQTT))
    assert isinstance(several, Several)
    assert isinstance(several._served, ManualMachine)
    dry = MQTT.model_copy(update={"dry": True})
    assert isinstance(chosen(Settings(machine=dry)), ManualMachine)


def test_sources_come_from_the_settings() -> None:
    tags = (TagSettings(name="oven", tag="hr:1", unit="°C", scale=0.1, offset=-5),)
    readings = ReadingSettings(kind="modbus", address="plc:502", every=0.5, tags=tags)
    (source,) = choose_sources(Settings(readings=(readings,)), Path("data"))
    assert (source.name, source.every) == ("modbus plc:502", 0.5)
    assert choose_sources(Settings(), Path("data")) == ()


@pytest.mark.parametrize("source", list(TriggerSource))
def test_every_kind_of_trigger_reaches_the_line_through_several(
    make_rig: MakeRig, source: TriggerSource
) -> None:
    beside = TestMachine()
    camera = SimulatedCamera(width=64, height=64, fps=100, pool=2)
    rig = make_rig(camera, machine=Several(TestMachine(), [("beside", beside)]))
    assert beside.on_trigger is not None
    uid = beside.on_trigger(source, "SN-1")
    assert uid
    rig.wait(Recorded)
    assert rig.store.inspection(uid).trigger is source


def test_the_folder_of_a_line_without_sources_has_no_series(
    make_rig: MakeRig, tmp_path: Path
) -> None:
    rig = make_rig()
    rig.inspect()
    rig.wait(Recorded)
    assert rig.store.reader.series() == []
