"""From settings to a source of process values, and what all sources share."""

import time
from typing import Any

import pytest

from station.errors import ErrorCode, Fault, SettingsError
from station.machine.listening import Teller
from station.machine.modbus.source import ModbusSource
from station.machine.mqtt.source import MqttSource
from station.machine.opcua.source import OpcuaSource
from station.machine.reading_loop import Latest
from station.machine.readings import Reading, Tag
from station.machine.sources import make_source

HERE = "127.0.0.1:502"


def made(kind: str, *tags: str, every: float = 1.0, address: str = HERE, **options: Any) -> object:
    wanted = tuple(Tag(f"t{place}", tag) for place, tag in enumerate(tags))
    return make_source(kind, address, every, options, wanted)


def test_a_word_becomes_a_source_with_a_name_for_the_records() -> None:
    modbus = made("modbus", "hr:40", "ir:3:int16", "HR:40:float32", "coil:5", "di:0")
    assert isinstance(modbus, ModbusSource)
    assert (modbus.name, modbus.every, modbus.latest()) == (f"modbus {HERE}", 1.0, ())
    mqtt = made("mqtt", "a/b", "a/b#c.d", retained="true", every=0.5)
    assert isinstance(mqtt, MqttSource)
    assert (mqtt.name, mqtt.every) == (f"mqtt {HERE}", 0.5)
    opcua = made("opcua", "ns=2;s=Temperature")
    assert isinstance(opcua, OpcuaSource)
    assert opcua.name == f"opcua {HERE}"


def refused(*args: Any, **options: Any) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        made(*args, **options)
    return caught.value


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    error = refused("s7", "DB1.0")
    assert error.code is ErrorCode.MACHINE_UNKNOWN_KIND
    assert error.fault.fact("known") == "modbus, mqtt, opcua"


@pytest.mark.parametrize(
    "tag",
    ["", "40", "hr", "hr:", "hr:-1", "hr:65536", "hr:x", "hr:4:float16", "coil:5:int16", "hr:²"],
)
def test_a_tag_that_modbus_does_not_have_is_refused(tag: str) -> None:
    error = refused("modbus", tag)
    assert error.code is ErrorCode.MACHINE_BAD_OPTION
    assert error.fault.fact("option") == "tag"


@pytest.mark.parametrize("tag", ["", "#x", "a/+/b", "a\0b"])
def test_a_tag_that_mqtt_does_not_have_is_refused(tag: str) -> None:
    assert refused("mqtt", tag).fault.fact("option") == "tag"


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"every": 0.01}, "every"),
        ({"every": 4000.0}, "every"),
        ({"every": float("nan")}, "every"),
        ({"address": "plc"}, "address"),
        ({"device": 256}, "device"),
        ({"words": "middle"}, "words"),
        ({"timeout": 0}, "timeout"),
        ({"speed": 5}, "speed"),
    ],
)
def test_an_option_that_cannot_be_is_refused(options: dict[str, Any], wrong: str) -> None:
    assert refused("modbus", "hr:1", **options).fault.fact("option") == wrong


def test_tags_need_names_of_their_own() -> None:
    for tags in ((), (Tag("a", "hr:1"), Tag("a", "hr:2")), (Tag("", "hr:1"),)):
        with pytest.raises(SettingsError) as caught:
            make_source("modbus", HERE, 1.0, {}, tags)
        assert caught.value.fault.fact("option") == "tags"


def test_an_old_reading_is_as_good_as_none_and_so_is_what_is_no_number() -> None:
    latest = Latest(0.1)
    latest.put(Reading("a", 1.0, "", time.monotonic_ns()))
    latest.put(Reading("b", 2.0, "", time.monotonic_ns() - 200_000_000))
    latest.put(Reading("c", float("nan"), "", time.monotonic_ns()))
    assert [one.name for one in latest.fresh()] == ["a"]
    time.sleep(0.12)
    assert latest.fresh() == ()


def test_a_fault_is_told_once_and_a_listener_that_fails_is_logged(
    no_logged_errors: list[str],
) -> None:
    told: list[Fault | None] = []
    teller = Teller(told.append)
    lost = Fault(ErrorCode.READINGS_LOST)
    for fault in (None, lost, lost, None, None, lost):
        teller.tell(fault)
    assert told == [lost, None, lost]

    def fail(_: Fault | None) -> None:
        raise RuntimeError("broken")

    Teller(fail).tell(lost)
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()


def test_nobody_there_is_told_and_the_source_lets_go() -> None:
    for source in (made("modbus", "hr:1", address="127.0.0.1:1"), made("mqtt", "a")):
        told: list[Fault | None] = []
        source.open(told.append)  # type: ignore[attr-defined]
        deadline = time.monotonic() + 10
        while not told and time.monotonic() < deadline:
            time.sleep(0.01)
        source.close()  # type: ignore[attr-defined]
        source.close()  # type: ignore[attr-defined]
        assert [fault and fault.code for fault in told] == [ErrorCode.READINGS_LOST]
