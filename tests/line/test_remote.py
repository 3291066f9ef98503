"""The line behind its door: the same from outside as from inside, and it waits for nobody."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, answer_challenge, deliver_challenge
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from station.board import address, make_runtime_folder, read_key
from station.cameras.simulated import CameraFault, SimulatedCamera
from station.domain.inspection import DecisionKind
from station.domain.part import TriggerSource
from station.errors import ErrorCode, Fault
from station.pipeline import host as host_module
from station.pipeline import wire
from station.pipeline.batch import Batch
from station.pipeline.events import (
    Decided,
    Disposed,
    Event,
    Inspected,
    LineState,
    Recorded,
    Refused,
    StateChanged,
)
from station.pipeline.host import LineHost
from station.pipeline.line import Equipment, Line
from station.pipeline.remote import RemoteLine
from tests.line.conftest import MakeRig, Rig

E = TypeVar("E")


class Ear:
    """Everything that a client heard."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._heard = threading.Condition()

    def hear(self, event: Event) -> None:
        with self._heard:
            self.events.append(event)
            self._heard.notify_all()

    def wait(self, kind: type[E], holds: Callable[[E], bool] = lambda _: True) -> E:
        def found() -> list[E]:
            return [event for event in self.events if isinstance(event, kind) and holds(event)]

        with self._heard:
            assert self._heard.wait_for(found, 10.0), self.events[-8:]
            return found()[-1]


class Hosted:
    """A line with its door, and one client."""

    def __init__(self, rig: Rig, folder: Path) -> None:
        self.rig, self.folder = rig, folder
        self.host = LineHost(folder)
        use = rig.line._use
        self.line = Line(
            Equipment(use.camera, use.machine, use.engine, use.store, use.recipe, "Anna", "L1"),
            self.host.post,
        )
        rig.line = self.line
        self.ear = Ear()
        self.client = RemoteLine(folder, self.ear.hear)

    def open(self) -> None:
        self.host.open(self.line)
        self.line.start()
        self.client.start()
        self.ear.wait(StateChanged, lambda event: event.state is LineState.READY)


@pytest.fixture
def hosted(make_rig: MakeRig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hosted]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = Hosted(make_rig(start=False), make_runtime_folder(tmp_path / "data"))
    made.open()
    yield made
    made.client.stop()
    made.line.stop()
    made.host.close()


def test_a_part_asked_for_from_outside_is_judged_and_recorded(hosted: Hosted) -> None:
    client, ear = hosted.client, hosted.ear
    assert client.wait_ready(5.0)
    uid = client.trigger(TriggerSource.COMMAND, "S-1")
    assert uid
    seen = ear.wait(Inspected, lambda event: event.inspection.uid == uid).inspection
    assert seen.part.serial == "S-1"
    ear.wait(Recorded, lambda event: event.uid == uid)
    ear.wait(Disposed, lambda event: event.uid == uid)
    assert hosted.rig.store.inspection(uid) == seen
    assert client.status().recorded == 1
    assert client.card == hosted.line.card
    assert client.recipe == hosted.line.recipe
    assert client.lot == "L1"


def test_pixels_come_through_as_they_are(hosted: Hosted) -> None:
    client, ear = hosted.client, hosted.ear
    uid = client.trigger(TriggerSource.COMMAND)
    ear.wait(Recorded)
    here, there = hosted.line.still(uid), client.still(uid)
    assert here is not None
    assert there is not None
    assert np.array_equal(here.pixels, there.pixels)
    assert here.map is not None
    assert there.map is not None
    assert np.array_equal(here.map, there.map)
    assert here.roi == there.roi
    assert client.still("nobody") is None


def test_the_live_picture_moves(hosted: Hosted) -> None:
    numbers = set()
    until = time.monotonic() + 5
    while len(numbers) < 10 and time.monotonic() < until:
        frame = hosted.client.live.take(0.2)
        if frame is not None:
            assert frame.pixels.shape == (256, 320)
            numbers.add(frame.number)
    assert len(numbers) == 10


def test_a_decision_from_outside_is_written(hosted: Hosted) -> None:
    uid = hosted.client.trigger(TriggerSource.COMMAND)
    hosted.ear.wait(Recorded)
    hosted.client.decide(uid, DecisionKind.REJECT, "dark")
    said = hosted.ear.wait(Decided).decision
    assert (said.kind, said.label, said.operator) == (DecisionKind.REJECT, "dark", "Anna")
    hosted.client.decide(uid, DecisionKind.ACCEPT)
    refused = hosted.ear.wait(Refused)
    assert refused.fault.code is ErrorCode.DECISION_NEEDS_REASON


def test_a_banner_is_confirmed_from_outside(hosted: Hosted) -> None:
    store = hosted.rig.store
    entry = store.audit("banner", Fault(ErrorCode.STORE_REBUILT, (("rows", "1"), ("failed", "0"))))
    assert [one.id for one in store.reader.unconfirmed()] == [entry]
    assert hosted.client.confirm(entry)
    until = time.monotonic() + 5
    while store.reader.unconfirmed():
        assert time.monotonic() < until
        time.sleep(0.02)
    hosted.client.confirm(999)  # one that is not there harms nobody
    assert hosted.client.trigger(TriggerSource.COMMAND)


def test_a_second_client_hears_the_same_and_one_that_leaves_harms_nobody(hosted: Hosted) -> None:
    ear = Ear()
    other = RemoteLine(hosted.folder, ear.hear)
    other.start()
    assert other.wait_here(5.0)
    uid = hosted.client.trigger(TriggerSource.COMMAND)
    assert ear.wait(Recorded).uid == uid
    other.stop()
    again = hosted.client.trigger(TriggerSource.COMMAND)
    hosted.ear.wait(Recorded, lambda event: event.uid == again)


def test_a_batch_runs_over_the_wire(hosted: Hosted) -> None:
    batch = Batch()
    client = RemoteLine(hosted.folder, batch.post)
    client.start()
    assert client.wait_here(5.0)
    rows = list(batch.run(client, 12))
    assert len(rows) == 12
    assert client.status().recorded == client.status().admitted == 12
    client.stop()


def test_without_the_key_nobody_comes_in(hosted: Hosted) -> None:
    where = address(hosted.folder)
    with pytest.raises((AuthenticationError, EOFError, OSError)):
        Client(where, authkey=b"another key")
    uid = hosted.client.trigger(TriggerSource.COMMAND)
    hosted.ear.wait(Recorded, lambda event: event.uid == uid)


def test_one_who_says_nothing_is_cut_off(hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_module, "HELLO_SECONDS", 0.2)
    mute = Client(address(hosted.folder))
    assert mute.recv_bytes()  # the challenge, which it never answers
    begun = time.monotonic()
    with pytest.raises((EOFError, OSError)):
        mute.recv_bytes()
    assert time.monotonic() - begun < 2.0
    mute.close()


def test_nonsense_ends_the_connection_and_nothing_else(hosted: Hosted) -> None:
    key = read_key(hosted.folder)
    rude = Client(address(hosted.folder))
    answer_challenge(rude, key)
    deliver_challenge(rude, key)
    rude.send_bytes(wire.encode(wire.Hello()))
    rude.recv_bytes()
    rude.send_bytes(b"\xc1 nonsense")
    _hear_the_end(rude)
    rude.close()
    uid = hosted.client.trigger(TriggerSource.COMMAND)
    hosted.ear.wait(Recorded, lambda event: event.uid == uid)


def test_one_who_does_not_listen_never_holds_up_the_line(
    hosted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_module, "WAITING_MESSAGES", 50)
    key = read_key(hosted.folder)
    deaf = Client(address(hosted.folder))
    answer_challenge(deaf, key)
    deliver_challenge(deaf, key)
    deaf.send_bytes(wire.encode(wire.Hello()))
    for number in range(30_000):  # more than any socket holds
        hosted.host.post(Recorded("u", number, 1.0))
    _hear_the_end(deaf)
    deaf.close()
    assert hosted.line.trigger(TriggerSource.COMMAND)
    assert hosted.client.wait_here(5.0)


def test_a_fault_is_heard_and_told_anew_to_who_comes_later(hosted: Hosted) -> None:
    camera = hosted.rig.camera
    assert isinstance(camera, SimulatedCamera)
    camera.fail(CameraFault.UNPLUG)
    hosted.ear.wait(StateChanged, lambda event: event.state is LineState.FAULT)
    ear = Ear()
    late = RemoteLine(hosted.folder, ear.hear)
    late.start()
    first = ear.wait(StateChanged)
    assert first.state is LineState.FAULT
    assert first.fault is not None
    assert late.status().fault == first.fault
    late.stop()
    camera.fail(None)
    hosted.ear.wait(StateChanged, lambda event: event.state is LineState.READY)


def test_a_line_that_goes_and_comes_back_is_found_again(hosted: Hosted, make_rig: MakeRig) -> None:
    hosted.line.stop()
    hosted.host.close()
    lost = hosted.ear.wait(StateChanged, lambda event: event.fault is not None)
    assert lost.fault is not None
    assert lost.fault.code is ErrorCode.LINE_LOST
    assert hosted.client.trigger(TriggerSource.KEY) == ""
    refused = hosted.ear.wait(Refused)
    assert refused.fault.code is ErrorCode.LINE_LOST
    assert hosted.client.still("x") is None
    assert not hosted.client.wait_ready(0.05)
    again = Hosted(make_rig(start=False), hosted.folder)
    again.open()
    again.client.stop()
    begun = len(hosted.ear.events)
    hosted.ear.wait(StateChanged, lambda event: event.state is LineState.READY)
    assert hosted.client.wait_here(5.0)
    uid = hosted.client.trigger(TriggerSource.COMMAND)
    assert uid
    hosted.ear.wait(Recorded, lambda event: event.uid == uid)
    assert len(hosted.ear.events) > begun
    again.line.stop()
    again.host.close()


def _hear_the_end(connection: "Connection[bytes, bytes]") -> None:
    with suppress(EOFError, OSError):
        for _ in range(100_000):
            connection.recv_bytes()
        pytest.fail("nobody hung up")
