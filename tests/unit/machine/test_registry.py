import pytest

from station.errors import ErrorCode, SettingsError
from station.machine.manual import ManualMachine
from station.machine.registry import make_machine
from station.machine.tcp import TcpMachine
from station.machine.timer import TimerMachine


def test_a_word_becomes_a_machine() -> None:
    assert type(make_machine("manual")) is ManualMachine
    assert type(make_machine("timer", period=0.5)) is TimerMachine
    assert type(make_machine("tcp", address="plc:2000")) is TcpMachine


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    with pytest.raises(SettingsError) as caught:
        make_machine("plc")
    assert caught.value.code is ErrorCode.MACHINE_UNKNOWN_KIND
    known = caught.value.fault.fact("known").split(", ")
    assert {"manual", "timer", "tcp", "mqtt", "modbus", "opcua"} <= set(known)


@pytest.mark.parametrize("period", [0.0, -1.0, 1e6, float("nan")])
def test_a_beat_nobody_can_keep_is_refused(period: float) -> None:
    with pytest.raises(SettingsError) as caught:
        make_machine("timer", period)
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
    assert caught.value.fault.fact("option") == "period"


@pytest.mark.parametrize("address", ["", "plc", "plc:0", "tcp://plc:5"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(SettingsError) as caught:
        make_machine("tcp", address=address)
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
    assert caught.value.fault.fact("option") == "address"
