import threading
import time
from collections.abc import Iterator

import pytest

from station.domain.part import TriggerSource
from station.errors import Fault
from station.machine.timer import TimerMachine

PERIOD = 0.05


def no_fault(fault: Fault | None) -> None:
    raise AssertionError(fault)


class Beats:
    """Notes when each trigger came."""

    def __init__(self, takes: float = 0.0) -> None:
        self.at: list[float] = []
        self.sources: list[TriggerSource] = []
        self.takes = takes

    def __call__(self, source: TriggerSource, serial: str) -> None:
        assert serial == ""
        self.at.append(time.monotonic())
        self.sources.append(source)
        time.sleep(self.takes)
        self.takes = 0.0


@pytest.fixture
def machine() -> Iterator[TimerMachine]:
    machine = TimerMachine(PERIOD)
    yield machine
    machine.close()


def test_a_ready_line_is_triggered_on_the_beat(machine: TimerMachine) -> None:
    beats = Beats()
    began = time.monotonic()
    machine.open(beats, no_fault)
    machine.ready(True)
    time.sleep(10.5 * PERIOD)
    machine.close()
    assert 8 <= len(beats.at) <= 10
    assert set(beats.sources) == {TriggerSource.TIMER}
    for at in beats.at:  # every one on the beat that began with open: nothing adds up
        off = (at - began) / PERIOD
        assert off - int(off + 0.02) < 0.6
    assert beats.at[0] - began >= PERIOD * 0.98


def test_a_line_that_is_not_ready_is_left_alone(machine: TimerMachine) -> None:
    beats = Beats()
    machine.open(beats, no_fault)
    time.sleep(3 * PERIOD)
    assert beats.at == []
    machine.ready(True)
    time.sleep(3 * PERIOD)
    machine.ready(False)
    count = len(beats.at)
    assert count >= 1
    time.sleep(3 * PERIOD)
    assert len(beats.at) <= count + 1


def test_missed_beats_are_not_made_up_for(machine: TimerMachine) -> None:
    beats = Beats(takes=6.5 * PERIOD)
    machine.ready(True)
    machine.open(beats, no_fault)
    time.sleep(11 * PERIOD)
    machine.close()
    gaps = [after - before for before, after in zip(beats.at, beats.at[1:], strict=False)]
    assert gaps[0] >= 6 * PERIOD
    assert len(beats.at) <= 6
    assert min(gaps) > 0.3 * PERIOD


def test_closed_it_is_silent_at_once_and_twice(machine: TimerMachine) -> None:
    beats = Beats()
    machine = TimerMachine(60.0)
    machine.open(beats, no_fault)
    machine.ready(True)
    threads = threading.active_count()
    began = time.monotonic()
    machine.close()
    machine.close()
    assert time.monotonic() - began < 1
    assert threading.active_count() == threads - 1


def test_it_may_be_closed_from_its_own_trigger_and_opened_again() -> None:
    machine = TimerMachine(PERIOD)
    seen: list[TriggerSource] = []

    def once(source: TriggerSource, serial: str) -> None:
        seen.append(source)
        machine.close()

    for _ in range(2):
        machine.open(once, no_fault)
        machine.ready(True)
        time.sleep(3 * PERIOD)
    assert len(seen) == 2


def test_a_listener_that_fails_is_logged_and_the_beat_goes_on(
    machine: TimerMachine, no_logged_errors: list[str]
) -> None:
    seen: list[TriggerSource] = []

    def fails(source: TriggerSource, serial: str) -> None:
        seen.append(source)
        raise RuntimeError("boom")

    machine.open(fails, no_fault)
    machine.ready(True)
    time.sleep(4 * PERIOD)
    machine.close()
    assert len(seen) >= 2
    assert all("timer" in line for line in no_logged_errors)
    assert no_logged_errors
    no_logged_errors.clear()
