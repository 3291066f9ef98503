"""Process values over time: thinned, in batches, never in the way, and nothing lost on the way."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.domain.process import ProcessValue
from station.errors import ErrorCode, Fault, LineError, StoreError
from station.machine.base import OnFault
from station.machine.readings import Reading
from station.pipeline import sampling
from station.pipeline.sampling import Sampling
from station.store.store import Store

LOST = Fault(ErrorCode.READINGS_LOST, (("kind", "test"), ("address", "here")))


class Bench:
    """A source that gives what the test puts into it."""

    def __init__(self, name: str = "bench", every: float = 0.05) -> None:
        self.name = name
        self.every = every
        self.readings: dict[str, Reading] = {}
        self.on_fault: OnFault = lambda _: None
        self.open_error: Exception | None = None
        self.error: Exception | None = None
        self.closed = 0

    def put(self, name: str, value: float, age: float = 0.0) -> None:
        at_ns = time.monotonic_ns() - int(age * 1e9)
        self.readings = {**self.readings, name: Reading(name, value, "°C", at_ns)}

    def open(self, on_fault: OnFault) -> None:
        self.on_fault = on_fault
        if self.open_error is not None:
            raise self.open_error

    def latest(self) -> tuple[Reading, ...]:
        if self.error is not None:
            raise self.error
        return tuple(self.readings.values())

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        yield store


class Rig:
    def __init__(self, store: Store, *sources: Bench) -> None:
        self.store = store
        self.warnings: list[Fault] = []
        self.busy = False
        self.sampling = Sampling(sources, store, now_ms, self.warnings.append)
        self.sampling.open(lambda: self.busy)

    def offer(self, bench: Bench, name: str, value: float) -> None:
        """Put it there, until it has been looked at."""
        bench.put(name, value)
        key = (bench.name, name)
        until(lambda: key in self.sampling._kept and self.sampling._kept[key].value == value)
        time.sleep(bench.every)  # the next one is not too soon

    def kept(self, name: str) -> list[float]:
        found = [one for one in self.store.reader.series() if one.name == name]
        if not found:
            return []
        return [one.value for one in self.store.reader.points(found[0], 0, 2**60)]


def now_ms() -> int:
    return time.time_ns() // 10**6


@pytest.fixture
def make(store: Store) -> Iterator[Callable[..., Rig]]:
    rigs: list[Rig] = []

    def made(*sources: Bench) -> Rig:
        rigs.append(Rig(store, *sources))
        return rigs[-1]

    yield made
    for rig in rigs:
        rig.sampling.close()


def until(found: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_without_sources_there_is_nothing_and_no_thread(make: Callable[..., Rig]) -> None:
    before = threading.active_count()
    assert make().sampling.latest() == ()
    assert threading.active_count() == before


def test_a_part_gets_what_every_source_read_last(make: Callable[..., Rig]) -> None:
    one, other = Bench("one"), Bench("other")
    one.put("oven", 180.5, age=0.5)
    other.put("speed", 12.0)
    rig = make(one, other)
    oven, speed = rig.sampling.latest()
    assert (oven.name, oven.value, oven.unit, oven.source) == ("oven", 180.5, "°C", "one")
    assert (speed.name, speed.source) == ("speed", "other")
    assert 400 < now_ms() - oven.at_ms < 1500  # when it was read, not when it was asked for


def test_a_source_that_fails_takes_nothing_from_the_others(
    make: Callable[..., Rig], no_logged_errors: list[str]
) -> None:
    bad, good = Bench("bad"), Bench("good")
    bad.error = RuntimeError("broken")
    good.put("speed", 12.0)
    rig = make(bad, good)
    for _ in range(3):
        assert [one.name for one in rig.sampling.latest()] == ["speed"]
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()


def test_changes_are_kept_and_what_stays_is_kept_once(
    make: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "WRITE_SECONDS", 0.05)
    bench = Bench()
    rig = make(bench)
    for value in (1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 1.0):
        bench.put("steady", 5.0)
        rig.offer(bench, "oven", value)
    until(lambda: rig.kept("oven") == [1.0, 2.0, 3.0, 1.0])
    assert rig.kept("steady") == [5.0]


def test_what_stays_is_kept_again_after_a_while(
    make: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "WRITE_SECONDS", 0.05)
    monkeypatch.setattr(sampling, "STEADY_SECONDS", 0.3)
    bench = Bench()
    rig = make(bench)
    began = time.monotonic()
    while time.monotonic() - began < 1.0:
        bench.put("oven", 180.5)
        time.sleep(0.02)
    until(lambda: len(rig.kept("oven")) >= 3)
    assert len(rig.kept("oven")) <= 4


def test_no_more_often_than_the_source_is_asked(
    make: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "WRITE_SECONDS", 0.05)
    bench = Bench(every=0.3)  # such as a topic on which much is said
    rig = make(bench)
    began = time.monotonic()
    while time.monotonic() - began < 1.0:
        bench.put("oven", time.monotonic())
        time.sleep(0.01)
    rig.sampling.close()
    assert 2 <= len(rig.kept("oven")) <= 5


def test_it_waits_for_a_quiet_moment_but_not_for_ever(
    make: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "WRITE_SECONDS", 0.05)
    monkeypatch.setattr(sampling, "QUIET_SECONDS", 1.5)
    bench = Bench()
    rig = make(bench)
    rig.busy = True
    bench.put("oven", 1.0)
    time.sleep(0.4)
    assert rig.kept("oven") == []
    until(lambda: rig.kept("oven") == [1.0])
    bench.put("oven", 2.0)
    rig.busy = False
    began = time.monotonic()
    until(lambda: rig.kept("oven") == [1.0, 2.0])
    assert time.monotonic() - began < 1.4


def test_what_waits_is_written_at_the_end(make: Callable[..., Rig]) -> None:
    bench = Bench()
    rig = make(bench)
    bench.put("oven", 1.0)
    until(lambda: len(rig.sampling._waiting) == 1)
    rig.sampling.close()
    rig.sampling.close()
    assert (rig.kept("oven"), bench.closed) == ([1.0], 1)


def test_a_disk_that_is_full_for_a_while_loses_nothing_and_room_is_bounded(
    make: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    monkeypatch.setattr(sampling, "WRITE_SECONDS", 0.02)
    add, full = store.add_values, True

    def refuse(values: list[ProcessValue]) -> None:
        if full:
            raise StoreError(ErrorCode.STORE_DISK_FULL, path="x")
        add(values)

    monkeypatch.setattr(store, "add_values", refuse)
    bench = Bench()
    rig = make(bench)
    for value in range(5):
        rig.offer(bench, "oven", float(value))
    full = False
    until(lambda: rig.kept("oven") == [0.0, 1.0, 2.0, 3.0, 4.0])


def test_a_source_that_is_lost_is_a_warning_once_in_a_while(
    make: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench()
    rig = make(bench)
    for fault in (LOST, None, LOST, None, LOST):
        bench.on_fault(fault)
    assert rig.warnings == [LOST]
    monkeypatch.setattr(sampling, "WARN_SECONDS", 0.0)
    bench.on_fault(LOST)
    assert rig.warnings == [LOST, LOST]


def test_a_source_that_cannot_be_opened_is_a_warning_and_the_others_go_on(
    make: Callable[..., Rig], no_logged_errors: list[str]
) -> None:
    refused, broken, good = Bench("refused"), Bench("broken"), Bench("good")
    refused.open_error = LineError(ErrorCode.READINGS_LOST, kind="test", address="here")
    broken.open_error = RuntimeError("x")
    good.put("speed", 1.0)
    rig = make(refused, broken, good)
    assert rig.warnings == [LOST]
    assert [one.name for one in rig.sampling.latest()] == ["speed"]
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()


def test_what_a_part_gets_costs_microseconds(make: Callable[..., Rig]) -> None:
    bench = Bench()
    for place in range(8):
        bench.put(f"t{place}", place)
    rig = make(bench)
    took = []
    for _ in range(2000):
        began = time.perf_counter()
        assert len(rig.sampling.latest()) == 8
        took.append((time.perf_counter() - began) * 1e6)
    took.sort()
    print(f"latest() of 8 values: p50 {took[1000]:.0f} µs, p99 {took[1980]:.0f} µs")
    assert took[1000] < 2000  # generous: the machines that run this are busy
