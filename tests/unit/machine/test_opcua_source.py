import pytest

from station.domain.options import Option
from station.errors import ErrorCode, SettingsError
from station.machine.readings import Tag
from station.machine.sources import make_source

TAG = Tag("speed", "ns=2;s=Speed")


@pytest.mark.parametrize(
    ("address", "tag", "options", "option"),
    [
        ("", TAG.tag, {}, "address"),
        ("plc", TAG.tag, {}, "address"),
        ("http://plc:4840", TAG.tag, {}, "address"),
        ("plc:4840", "Speed", {}, "tag"),
        ("plc:4840", "ns=x;s=Speed", {}, "tag"),
        ("plc:4840", TAG.tag, {"security": "none"}, "security"),
        ("plc:4840", TAG.tag, {"user": "me"}, "user"),
        ("plc:4840", TAG.tag, {"security": "sign"}, "folder"),
        ("plc:4840", TAG.tag, {"timeout": 60}, "timeout"),
        ("plc:4840", TAG.tag, {"colour": "red"}, "colour"),
    ],
)
def test_what_is_no_source_is_said(
    address: str, tag: str, options: dict[str, Option], option: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        make_source("opcua", address, 1.0, options, (Tag("speed", tag),))
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
    assert caught.value.fault.fact("option") == option


def test_an_address_may_have_a_path() -> None:
    for address in ("plc:4840", "opc.tcp://plc:4840", "opc.tcp://plc:4840/some/where"):
        assert make_source("opcua", address, 1.0, {}, (TAG,)).name == "opcua plc:4840"
