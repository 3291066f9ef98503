"""The station's side of a broker in the tests: a machine `mqtt`, and what it told."""

import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from station.domain.inspection import Disposition
from station.domain.part import TriggerSource
from station.errors import ErrorCode, Fault
from station.machine.mqtt.machine import MqttMachine
from station.machine.registry import make_machine
from tests.peers.cable import Cable
from tests.peers.mosquitto import Broker, Listener
from tests.peers.station_life import part

PREFIX = "works/hall-2/press-1"


class Side:
    """The station's side: the machine, what it asked for and what it told."""

    def __init__(self, broker: Broker | Cable, **options: Any) -> None:
        wanted = {"prefix": PREFIX, **options}
        machine = make_machine("mqtt", address=f"127.0.0.1:{broker.port}", options=wanted)
        assert isinstance(machine, MqttMachine)
        self.machine = machine
        self.faults: list[Fault | None] = []
        self.serials: list[str] = []
        self.answer = "a1b2"
        self._news = threading.Condition()
        machine.open(self._trigger, self._fault)

    def _trigger(self, source: TriggerSource, serial: str) -> str:
        assert source is TriggerSource.MACHINE
        self.serials.append(serial)
        return self.answer

    def _fault(self, fault: Fault | None) -> None:
        with self._news:
            self.faults.append(fault)
            self._news.notify_all()

    def wait(self, found: Callable[[], bool], seconds: float = 15.0) -> None:
        with self._news:
            assert self._news.wait_for(found, seconds), self.faults

    def wait_up(self) -> None:
        until(lambda: self.machine.up)

    def code(self) -> ErrorCode:
        """Of the first fault."""
        self.wait(lambda: any(fault is not None for fault in self.faults))
        return next(fault.code for fault in self.faults if fault is not None)

    def signal(self, *numbers: int) -> None:
        for number in numbers:
            one = part(number, random.Random(number), fault=number % 10 == 0)
            self.machine.signal(one.part, Disposition.REJECT, one)


def until(found: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def numbers(ear: Listener) -> list[int]:
    return [json.loads(text)["number"] for text in ear.on("/result")]


def states(ear: Listener) -> list[dict[str, Any]]:
    return [json.loads(text) for text in ear.on("/status")]


def ready_states(ear: Listener) -> list[tuple[str, bool]]:
    return [(one["status"], one["ready"]) for one in states(ear)]
