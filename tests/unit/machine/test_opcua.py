"""The server's life: where it listens, who comes in, how it dies, and what a person presses."""

import asyncio
import secrets
import shutil
import socket
import threading
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from asyncua import Client, ua
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256

from station.domain.inspection import Disposition
from station.domain.options import Option
from station.domain.part import Part
from station.errors import ErrorCode, LineError, SettingsError
from station.machine.base import CannotWait, Wired
from station.machine.opcua.machine import CLOSE_SECONDS, OpcuaMachine
from station.machine.opcua.trust import Trust
from station.machine.registry import make_machine
from tests.unit.machine.opcua_side import Side, inspection

LOST, WELL = ErrorCode.MACHINE_LINK_LOST, None
MOST_SECONDS = CLOSE_SECONDS + 1  # to close; one second for a machine that is busy
PASSWORD = "a password with spaces, ü and %40"


def listens(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def ask(url: str, *tags: str) -> list[Any]:
    """What a client without security reads of the plain tags."""

    async def read() -> list[Any]:
        async with Client(url, timeout=10) as client:
            return [await client.get_node(f"ns=2;s={tag}").read_value() for tag in tags]

    return asyncio.run(read())


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"security": "sign"}, "security"),
        ({"hold": 0}, "hold"),
        ({"deadline": 1e9}, "deadline"),
        ({"interval": 0.001}, "interval"),
        ({"automatic": "perhaps"}, "automatic"),
        ({"certificate": "x"}, "certificate"),
    ],
)
def test_an_option_that_is_none_is_said(options: dict[str, Option], option: str) -> None:
    with pytest.raises(SettingsError) as caught:
        make_machine("opcua", address="127.0.0.1:4840", options=options)
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
    assert caught.value.fault.fact("option") == option


def test_it_is_made_by_its_name(tmp_path: Path) -> None:
    machine = make_machine("opcua", options={"folder": str(tmp_path), "automatic": "false"})
    assert isinstance(machine, OpcuaMachine)
    assert isinstance(machine, Wired)
    assert isinstance(machine, CannotWait)
    machine.close()


@pytest.mark.parametrize(
    ("host", "options", "code"),
    [
        ("0.0.0.0", {}, ErrorCode.MACHINE_UNPROTECTED),
        ("::", {}, ErrorCode.MACHINE_UNPROTECTED),
        ("127.0.0.1", {"security": "basic256sha256"}, ErrorCode.MACHINE_UNPROTECTED),
        ("192.0.2.1", {"security": "none"}, ErrorCode.MACHINE_CANNOT_LISTEN),
    ],
)
def test_where_it_may_not_or_cannot_listen_it_says_so(
    tmp_path: Path, host: str, options: dict[str, Any], code: ErrorCode
) -> None:
    side = Side(tmp_path)
    side.machine = OpcuaMachine(host, side.port, str(tmp_path), **options)
    side.open()
    side.wait_fault(code)
    assert not listens(side.port)
    assert side.close() < MOST_SECONDS


def test_a_password_needs_a_place_for_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATION_OPCUA_PASSWORD", PASSWORD)
    side = Side(Path())
    side.machine = OpcuaMachine("127.0.0.1", side.port)
    side.open()
    side.wait_fault(ErrorCode.MACHINE_BAD_OPTION)
    side.close()


def test_a_taken_port_is_a_fault_until_it_is_free(tmp_path: Path) -> None:
    side = Side(tmp_path)
    with socket.create_server(("127.0.0.1", side.port)):
        began = time.monotonic()
        side.open()
        assert time.monotonic() - began < 0.5  # the line does not wait for the model
        side.wait_fault(ErrorCode.MACHINE_PORT_TAKEN)
        with pytest.raises(LineError) as caught:
            side.machine.signal(Part(1), Disposition.RELEASE, inspection("a"))
        assert caught.value.code is ErrorCode.MACHINE_PORT_TAKEN
        side.machine.signal(Part(1), Disposition.REJECT, inspection("a"))
    side.wait_fault(WELL)
    assert side.close() < MOST_SECONDS
    assert not listens(side.port)


def test_it_can_be_closed_while_it_starts(tmp_path: Path) -> None:
    side = Side(tmp_path)
    side.open()
    assert side.close() < MOST_SECONDS
    threads = [one for one in threading.enumerate() if one.name == "machine-opcua"]
    for thread in threads:  # the model was being filled
        thread.join(20)
        assert not thread.is_alive()
    assert side.faults == []


def fails(_vision: object, _now: float) -> None:
    raise RuntimeError("as if the library had failed")


def stops(_vision: object, _now: float) -> None:
    asyncio.get_running_loop().stop()


def test_a_server_that_dies_is_made_anew(tmp_path: Path, no_logged_errors: list[str]) -> None:
    with Side(tmp_path) as side:
        part = inspection("a")
        side.machine.signal(part.part, Disposition.RELEASE, part)
        side.wait(lambda values: values["OK"] is True)
        side.machine.test(True)
        side.machine._inbox.add(fails)
        side.wait_fault(LOST)
        with pytest.raises(LineError):
            side.machine.signal(part.part, Disposition.RELEASE, part)
        side.wait_fault(WELL)
        side.wait(lambda values: values["Ready"] is True)
        assert ask(side.url, "OK", "Testing", "Ready") == [False, False, True]
        with pytest.raises(LineError) as caught:
            side.machine.press("OK", True)
        assert caught.value.code is ErrorCode.MACHINE_NOT_IN_TEST
        side.machine._inbox.add(stops)
        side.wait_fault(WELL, count=2)
    assert side.codes == [LOST, WELL, LOST, WELL]
    assert len(no_logged_errors) == 2
    no_logged_errors.clear()


def test_words_and_presses(tmp_path: Path) -> None:
    with Side(tmp_path, deadline=0.3) as side:
        machine = side.machine
        addresses = {one.name: one.address for one in machine.signals()}
        assert addresses["OK"] == "ns=2;s=OK"
        assert {one.name for one in machine.signals() if not one.is_output} == {"Clients"}
        with pytest.raises(LineError) as caught:
            machine.press("OK", True)
        assert caught.value.code is ErrorCode.MACHINE_NOT_IN_TEST

        machine.test(True)
        side.wait(lambda values: values["Testing"] is True and values["Ready"] is False)
        for name, value in (("Count", 1), ("Seq", 1), ("OK", 1), ("Code", -1), ("Code", 1.5)):
            with pytest.raises(LineError) as caught:
                machine.press(name, value)
            assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
        for name, pressed in (("OK", True), ("Code", 42), ("Score", 0.5), ("Ready", True)):
            machine.press(name, pressed)
            side.wait(lambda values, n=name, p=pressed: values[n] == p)  # type: ignore[misc]
        assert ask(side.url, "OK", "Code", "Score", "Ready") == [True, 42, 0.5, True]
        machine.test(False)
        side.wait(lambda values: values["Testing"] is False)
        assert ask(side.url, "OK", "NG", "Code", "Ready") == [False, False, 0, True]

        held = inspection("held")
        machine.hold(held.part, held)
        side.wait(lambda values: values["Hold"] is True)
        assert side.values()["OK"] is False

        side.says = None
        assert job(side.url, "late") == 0
        side.wait(lambda values: values["Code"] == 99)  # its deadline
        late = inspection(side.uids[-1])
        with pytest.raises(LineError) as caught:
            machine.signal(late.part, Disposition.RELEASE, late)
        assert caught.value.code is ErrorCode.MACHINE_LATE
        side.wait(lambda values: values["CountLate"] == 1)
        assert side.values()["OK"] is False
        side.takes = False
        assert job(side.url, "missed") == -2
        side.wait(lambda values: values["Code"] == 98 and values["CountMissed"] == 1)


def job(url: str, serial: str) -> int:
    """The Error of StartSingleJob."""

    async def call() -> int:
        async with Client(url, timeout=10) as client:
            auto = "ns=2;s=Vision.VisionStateMachine.AutomaticModeStateMachine"
            ids = [ua.MeasIdDataType(Id=""), ua.PartIdDataType(Id=serial)]
            ids += [ua.RecipeIdExternalDataType(Id=""), ua.ProductIdDataType(Id="")]
            given = [ua.Variant(one, ua.VariantType.ExtensionObject) for one in ids]
            none = ua.Variant([], ua.VariantType.Variant, is_array=True)
            found = await client.get_node(auto).call_method("3:StartSingleJob", *given, none)
            return int(found[1])

    return asyncio.run(call())


NO_ID = ua.Variant(ua.ExtensionObject(), ua.VariantType.ExtensionObject)
NOTHING = ua.Variant([], ua.VariantType.Variant, is_array=True)
ODD = (
    ua.Variant("a text alone will do", ua.VariantType.String),
    ua.Variant(7, ua.VariantType.Int32),
    ua.Variant([1.0, 2.0], ua.VariantType.Double),
)


def odd_calls(url: str) -> list[str]:
    """What each of the odd calls is answered: the status, or the Error."""

    def part(text: str) -> ua.Variant:
        return ua.Variant(ua.PartIdDataType(Id=text), ua.VariantType.ExtensionObject)

    async def call() -> list[str]:
        said = []
        async with Client(url, timeout=10) as client:
            auto = client.get_node("ns=2;s=Vision.VisionStateMachine.AutomaticModeStateMachine")
            for odd in (*ODD, part("x" * 10_000), part("bell\a"), part("ü 检"), NO_ID):
                given = (NO_ID, odd, NO_ID, NO_ID, NOTHING)
                try:
                    said.append(str((await auto.call_method("3:StartSingleJob", *given))[1]))
                except ua.UaStatusCodeError as error:
                    said.append(str(ua.StatusCode(error.code).name))
                await asyncio.sleep(0.3)  # the job is over
        return said

    return asyncio.run(call())


def test_odd_arguments_are_refused_and_null_ones_are_none(tmp_path: Path) -> None:
    with Side(tmp_path) as side:
        wrong = "BadInvalidArgument"
        assert odd_calls(side.url) == ["0", wrong, wrong, wrong, wrong, "0", "0"]
        assert side.asked == ["a text alone will do", "ü 检", ""]


def test_garbage_and_half_a_greeting_harm_nobody(tmp_path: Path) -> None:
    with Side(tmp_path) as side:
        hello = b"HELF" + (2**31).to_bytes(4, "little")
        for content in (b"GET / HTTP/1.1\r\n\r\n", secrets.token_bytes(5000), hello, b"OPN"):
            with socket.create_connection(("127.0.0.1", side.port)) as knock:
                knock.sendall(content)
        with socket.create_connection(("127.0.0.1", side.port)) as silent:
            assert ask(side.url, "Ready", "State") == [True, "Ready"]
            silent.sendall(b"\0")
        side.wait(lambda values: values["Clients"] == 0)
        assert side.faults == []
        with socket.create_connection(("127.0.0.1", side.port)):
            assert side.close() < MOST_SECONDS


def test_no_way_round_the_security(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATION_OPCUA_PASSWORD", PASSWORD)
    stranger = Trust(tmp_path / "stranger")
    rejected = tmp_path / "opcua" / "rejected"
    with Side(tmp_path) as side:
        with monkeypatch.context() as patch:  # our client would not even try
            patch.setattr(Client, "find_endpoint", lambda endpoints, *_: endpoints[0])
            assert refusal(plainly(side.url)) == "BadSecurityPolicyRejected"
        assert refusal(hidden(side.url, stranger)) == "BadCertificateUntrusted"
        (knocked,) = rejected.iterdir()
        shutil.move(knocked, rejected.with_name("trusted"))
        assert refusal(hidden(side.url, stranger)) == ""
        assert refusal(hidden(side.url, stranger, user="admin")) == "BadUserAccessDenied"
        assert refusal(hidden(side.url, stranger, password="")) == "BadUserAccessDenied"


async def plainly(url: str) -> None:
    """The right password on a channel without security, which is there for discovery alone."""
    client = Client(url, timeout=10)
    client.set_user("station")
    client.set_password(PASSWORD)
    await talk(client)


async def hidden(url: str, trust: Trust, user: str = "station", password: str = PASSWORD) -> None:
    """A session that keeps silent of the certificate which its channel is made with."""
    client = Client(url, timeout=10)
    client.application_uri = "urn:stranger"
    own = trust.own(client.application_uri)
    await client.set_security(SecurityPolicyBasic256Sha256, own.certificate, own.key)
    client.set_user(user)
    client.set_password(password)
    create = client.uaclient.create_session

    async def silent(parameters: Any) -> Any:
        parameters.ClientCertificate = None
        return await create(parameters)

    client.uaclient.create_session = silent
    await talk(client)


async def talk(client: Client) -> None:
    try:
        await client.connect()
        assert await client.get_node("ns=2;s=State").read_value() == "Ready"
    finally:
        await client.disconnect()


def refusal(coming: Coroutine[Any, Any, None]) -> str:
    """The name of the status that the server answered; empty for whom it let in."""
    try:
        asyncio.run(coming)
    except ua.UaStatusCodeError as error:
        return str(ua.StatusCode(error.code).name)
    return ""
