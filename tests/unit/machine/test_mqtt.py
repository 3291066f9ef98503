"""The machine `mqtt` without a broker that is one: wrong options, nonsense, silence."""

import inspect
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

import pytest

from station.bundle import resource
from station.domain.inspection import Disposition, Verdict
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode, Fault, SettingsError
from station.machine.mqtt import session as mqtt_session
from station.machine.mqtt.machine import MOST_KEPT, MqttMachine, _Keeper, make_mqtt
from station.machine.mqtt.outbox import Letters
from station.machine.mqtt.result import result_json
from station.machine.mqtt.session import Note
from station.machine.mqtt.words import MOST_BYTES, Status, answer
from station.machine.registry import make_machine
from tests.unit.machine.seen import seen


def made(port: int = 1, **options: Any) -> MqttMachine:
    machine = make_machine("mqtt", address=f"127.0.0.1:{port}", options=options)
    assert isinstance(machine, MqttMachine)
    return machine


def first_fault(port: int) -> Fault:
    """What is told of a peer that is no broker."""
    told: list[Fault | None] = []
    news = threading.Event()

    def hear(fault: Fault | None) -> None:
        told.append(fault)
        news.set()

    machine = made(port)
    machine.open(lambda *_: "", hear)
    try:
        assert news.wait(15)
    finally:
        machine.close()
    assert told[0] is not None
    return told[0]


class Peer:
    """Accepts, says the same to everybody, and listens no further."""

    def __init__(self, words: bytes, hang_up: bool = False) -> None:
        self._words, self._hang_up = words, hang_up
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._server.accept()
            except OSError:
                return
            self._open.append(peer)
            with suppress(OSError):
                peer.sendall(self._words)
                if self._hang_up:
                    peer.close()

    def close(self) -> None:
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
        for peer in self._open:
            peer.close()


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"prefix": "a/+/b"}, "prefix"),
        ({"prefix": "$SYS/x"}, "prefix"),
        ({"prefix": "/"}, "prefix"),
        ({"keep": 0}, "keep"),
        ({"keep": MOST_KEPT + 1}, "keep"),
        ({"commands": "perhaps"}, "commands"),
        ({"password": "secret"}, "password"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_opened(
    options: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        made(**options)
    assert caught.value.code is ErrorCode.MACHINE_BAD_OPTION
    assert caught.value.fault.fact("option") == wrong


def test_it_may_trigger_only_where_commands_are_taken() -> None:
    assert made().may_trigger is False
    assert made(commands="true").may_trigger is True


@pytest.mark.parametrize(
    "words",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x20\x02\x00\x01",  # CONNACK as MQTT 3 has it: another version of the protocol
        b"\x00" * 64,
        b"\xff" * 64,
        b"\x20\x03\x00\x86\x00",  # CONNACK 134 is a refused login
        b"\x20\xff\xff\xff\xff\xff",  # a length that never ends
        b"SSH-2.0-OpenSSH_9.2\r\n",
    ],
)
def test_a_peer_that_is_no_broker_ends_in_a_fault_and_in_no_traceback(words: bytes) -> None:
    with closing(Peer(words)) as peer:
        fault = first_fault(peer.port)
    refused = words.startswith(b"\x20\x03")
    known = {ErrorCode.MACHINE_MISSPOKE, ErrorCode.MACHINE_LINK_LOST}
    assert fault.code in ({ErrorCode.MACHINE_REFUSED_LOGIN} if refused else known)
    assert fault.fact("address") == f"127.0.0.1:{peer.port}"


def test_a_peer_that_says_nothing_and_one_that_hangs_up_are_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mqtt_session, "CONNECT_SECONDS", 0.5)
    for hang_up in (False, True):
        with closing(Peer(b"", hang_up)) as peer:
            assert first_fault(peer.port).code is ErrorCode.MACHINE_LINK_LOST


def test_nobody_there_and_a_name_that_is_none_are_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    assert first_fault(port).code is ErrorCode.MACHINE_LINK_LOST


def test_it_is_closed_twice_and_opened_again_and_leaves_no_thread() -> None:
    machine = made()
    for _ in range(2):
        machine.open(lambda *_: "", lambda _: None)
        machine.ready(True)
        machine.signal(Part(1), Disposition.REJECT, seen(1))
        machine.close()
        machine.close()
    machine.ready(False)
    assert not [thread for thread in threading.enumerate() if thread.name == "mqtt"]
    assert machine.waiting == 2


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_the_manual_knows_every_field_topic_and_option(language: str) -> None:
    words = resource(f"manual/mqtt.{language}.md").read_text("utf-8")
    schema = json.loads(resource("schemas/mqtt-result.schema.json").read_text("utf-8"))
    options = set(inspect.signature(make_mqtt).parameters) - {"host", "port"}
    topics = {f"<prefix>/{end}" for end in ("status", "result", "command", "answer")}
    for name in {*schema["properties"], *options, *topics}:
        assert f"`{name}`" in words, name


def test_the_schema_names_what_is_said_and_nothing_else() -> None:
    schema = json.loads(resource("schemas/mqtt-result.schema.json").read_text("utf-8"))
    said = json.loads(result_json(Disposition.REJECT, seen(1)))
    assert list(said) == list(schema["properties"]) == schema["required"]
    enums = schema["properties"]
    assert set(enums["trigger"]["enum"]) == set(TriggerSource)
    assert set(enums["verdict"]["enum"]) == set(Verdict)
    assert set(enums["disposition"]["enum"]) == set(Disposition)


# ── the outbox ──────────────────────────────────────────────────────────────────────────────


def test_letters_are_kept_in_order_until_they_are_done() -> None:
    letters = Letters(3)
    for number in range(1, 6):
        letters.add(Disposition.REJECT, seen(number))
    assert letters.dropped == 2
    assert [one.inspection.part.number for one in letters.after(0, 10)] == [3, 4, 5]
    assert [one.number for one in letters.after(3, 1)] == [4]
    assert letters.after(0, 0) == letters.after(0, -1) == []
    letters.done(4)
    letters.done(1)  # was pushed out
    assert [one.number for one in letters.after(0, 10)] == [3, 5]
    assert len(letters) == 2


# ── the words ───────────────────────────────────────────────────────────────────────────────


def obey(payload: bytes, uid: str = "u1") -> tuple[dict[str, Any], list[str]]:
    asked: list[str] = []

    def trigger(serial: str) -> str:
        asked.append(serial)
        return uid

    said = answer(Note("p/command", payload), "p", trigger)
    assert said.topic == "p/answer"
    return json.loads(said.payload), asked


def test_a_command_is_obeyed_and_answered() -> None:
    assert obey(b'{"command": "trigger"}') == (
        {"command": "trigger", "serial": "", "uid": "u1"},
        [""],
    )
    said, asked = obey('{"command": "trigger", "serial": "零件"}'.encode(), uid="")
    assert said == {"command": "trigger", "serial": "零件", "missed": True}
    assert asked == ["零件"]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"trigger",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"command": "Trigger"}',
        b'{"command": "trigger", "serial": 7}',
        b'{"command": "trigger", "serial": null}',
        b'{"command": "trigger", "serial": "' + b"x" * 201 + b'"}',
        b'{"command": "trigger"}' + b" " * MOST_BYTES,
        b"[" * 4000,
    ],
)
def test_anything_else_triggers_nothing(payload: bytes) -> None:
    said, asked = obey(payload)
    assert list(said) == ["error"]
    assert asked == []


def test_the_answer_goes_where_the_asker_wants_it() -> None:
    asked = Note("p/command", b'{"command": "trigger"}', False, "mes/7", b"\x00\x01")
    said = answer(asked, "p", lambda _: "u1")
    assert (said.topic, said.correlation, said.retained) == ("mes/7", b"\x00\x01", False)


@pytest.mark.parametrize("nowhere", ["", "mes/+", "#"])
def test_an_answer_to_no_topic_goes_to_the_usual_one(nowhere: str) -> None:
    said = answer(Note("p/command", b"", False, nowhere), "p", lambda _: "u1")
    assert said.topic == "p/answer"


def test_the_status_is_kept_by_the_broker() -> None:
    note = Status(True, True, 3).note("p")
    assert (note.topic, note.retained) == ("p/status", True)
    said = json.loads(note.payload)
    assert (said["status"], said["ready"], said["dropped"]) == ("online", True, 3)


def test_a_result_is_json_whatever_is_in_it() -> None:
    odd = replace(
        seen(1), score=float("nan"), ms=float("inf"), label="a\x00\n\udcff", operator="\U0010ffff"
    )
    said = json.loads(result_json(Disposition.REJECT, odd), parse_constant=pytest.fail)
    assert (said["score"], said["ms"]) == (None, None)
    assert said["image"].startswith("images/")


def test_a_part_without_a_frame_has_no_picture() -> None:
    assert json.loads(result_json(Disposition.REJECT, replace(seen(1), ms=None)))["image"] is None


@pytest.fixture
def machine() -> Iterator[MqttMachine]:
    machine = made()
    yield machine
    machine.close()


def test_ready_and_signal_never_wait(machine: MqttMachine) -> None:
    machine.open(lambda *_: "", lambda _: None)
    began = time.perf_counter()
    for number in range(1000):
        machine.ready(number % 2 == 0)
        machine.signal(Part(number), Disposition.REJECT, seen(number))
    assert time.perf_counter() - began < 2.0


def test_the_source_of_its_triggers_is_the_machine() -> None:
    asked: list[tuple[TriggerSource, str]] = []

    def trigger(source: TriggerSource, serial: str) -> str:
        asked.append((source, serial))
        return "u1"

    inner, outer = socket.socketpair()
    with inner, outer:
        assert _Keeper(trigger, lambda _: None, inner, threading.Event()).trigger("SN") == "u1"
    assert asked == [(TriggerSource.MACHINE, "SN")]


def test_a_listener_that_fails_is_logged(no_logged_errors: list[str]) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("broken")

    inner, outer = socket.socketpair()
    with inner, outer:
        keeper = _Keeper(fail, fail, inner, threading.Event())
        assert keeper.trigger("SN") == ""
        keeper.tell(Fault(ErrorCode.MACHINE_LINK_LOST))
    assert len(no_logged_errors) == 2
    no_logged_errors.clear()
