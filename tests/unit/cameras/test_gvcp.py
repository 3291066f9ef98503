"""Against a responder that answers as it is told; Aravis' fake camera proves the protocol."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator

import pytest

from station.cameras import gvcp
from station.cameras.gvcp import CONTROL, Control, held, identify

Reply = Callable[[int, int], list[bytes]]


class Responder:
    """A UDP server: `reply(command, number)` gives the packets it sends."""

    def __init__(self) -> None:
        self.reply: Reply = lambda _command, _number: []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while True:
            asked, peer = self._socket.recvfrom(64)
            if not asked:
                break
            command, number = struct.unpack_from(">2xHxxH", asked)
            for packet in self.reply(command, number):
                self._socket.sendto(packet, peer)

    def close(self) -> None:
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()


def ack(kind: int, number: int, body: bytes, status: int = 0) -> bytes:
    return struct.pack(">HHHH", status, kind, len(body), number) + body


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> Iterator[Responder]:
    responder = Responder()
    monkeypatch.setattr(gvcp, "PORT", responder.port)
    yield responder
    responder.close()


def test_a_register_is_read(camera: Responder) -> None:
    camera.reply = lambda _, number: [ack(0x81, number, struct.pack(">I", 0xBEEF))]
    with Control("127.0.0.1") as control:
        assert control.register(CONTROL, 1) == 0xBEEF
        assert control.register(CONTROL, 1) == 0xBEEF


def test_only_the_answer_to_this_question_counts(camera: Responder) -> None:
    value = struct.pack(">I", 2)
    camera.reply = lambda _, number: [
        b"",
        b"noise",
        ack(0x81, number + 1, struct.pack(">I", 9)),  # of an earlier question
        ack(0x89, number, b"\0\0\0\1"),  # have patience
        ack(0x81, number, value),
    ]
    assert held("127.0.0.1")


@pytest.mark.parametrize(
    "reply",
    [
        lambda _, number: [],
        lambda _, number: [ack(0x81, number, b"", status=0x8006)],
        lambda _, number: [ack(0x81, number, b"\1")],
    ],
)
def test_silence_refusal_and_scraps_are_no_answer(camera: Responder, reply: Reply) -> None:
    camera.reply = reply
    with Control("127.0.0.1") as control:
        assert control.register(CONTROL, 0.1) is None


def test_a_camera_that_answers_without_telling_is_there_and_held(camera: Responder) -> None:
    with Control("127.0.0.1") as control:
        assert control.holder(0.1) is None
        camera.reply = lambda _, number: [ack(0x81, number, b"", status=0x8006)]
        assert control.holder(1) is True
        camera.reply = lambda _, number: [ack(0x81, number, struct.pack(">I", 0))]
        assert control.holder(1) is False
    assert not held("127.0.0.1", 0.5)


def test_nobody_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setattr(gvcp, "PORT", port)
    assert identify("127.0.0.1") is None
    assert identify("no address") is None
    assert not held("no address")
    control = Control("127.0.0.1")
    assert control.register(CONTROL, 0.1) is None  # never opened
    control.close()


def test_a_camera_says_who_it_is(camera: Responder) -> None:
    body = bytearray(248)
    body[10:16] = bytes.fromhex("0011223344ff")
    for at, text in ((72, b"Maker"), (104, b"Model 7"), (216, b"S-1")):
        body[at : at + len(text)] = text
    camera.reply = lambda _, number: [ack(0x03, number, bytes(body))]
    told = identify("127.0.0.1")
    assert told is not None
    assert (told.vendor, told.model, told.serial) == ("Maker", "Model 7", "S-1")
    assert told.mac == "00:11:22:33:44:ff"
    camera.reply = lambda _, number: [ack(0x03, number, bytes(100))]
    assert identify("127.0.0.1") is None
