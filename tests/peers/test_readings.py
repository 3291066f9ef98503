"""Process values from real peers: registers of a C program on libmodbus, topics of Mosquitto."""

import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from station.errors import ErrorCode, Fault, StoreError
from station.machine.readings import Source, Tag
from station.machine.sources import make_source
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME
from station.store.verify import verify
from tests.peers.mosquitto import Broker, passwords, publish
from tests.peers.servers import free_port
from tests.program import Running

pytestmark = pytest.mark.peer

PROGRAM = Path(__file__).parent / "programs" / "registers.c"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The C program, built once."""
    for tool in ("gcc", "pkg-config"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is missing: apt-get install gcc pkg-config libmodbus-dev")
    flags = ["pkg-config", "--cflags", "--libs", "libmodbus"]
    found = subprocess.run(flags, capture_output=True, text=True)
    if found.returncode:
        pytest.skip("libmodbus is missing: apt-get install libmodbus-dev")
    target = tmp_path_factory.mktemp("registers") / "registers"
    subprocess.run(["gcc", "-O1", "-o", target, PROGRAM, *found.stdout.split()], check=True)
    return target


class Device:
    """The C program while it runs."""

    def __init__(self, built: Path) -> None:
        self._built = built
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._built, str(self.port)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "listening\n"

    def send(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@pytest.fixture
def device(built: Path) -> Iterator[Device]:
    device = Device(built)
    yield device
    device.kill()


class Reading:
    """An opened source, and what it told."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Fault | None] = []
        self._news = threading.Condition()
        source.open(self._hear)

    def _hear(self, fault: Fault | None) -> None:
        with self._news:
            self.faults.append(fault)
            self._news.notify_all()

    def values(self) -> dict[str, float]:
        return {one.name: one.value for one in self.source.latest()}

    def wait(self, found: Callable[[dict[str, float]], bool], seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not found(self.values()):
            assert time.monotonic() < deadline, (self.values(), self.faults)
            time.sleep(0.01)

    def wait_fault(self, count: int, seconds: float = 10.0) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.faults) >= count, seconds), self.faults


@contextmanager
def read(kind: str, port: int, tags: dict[str, str], every: float = 0.1, **options: Any):
    """Open a source of these tags by name; closed in the end."""
    wanted = tuple(Tag(name, tag, "°C") for name, tag in tags.items())
    source = make_source(kind, f"127.0.0.1:{port}", every, options, wanted)
    try:
        yield Reading(source)
    finally:
        source.close()


NUMBERS = {
    "plain": ("hr:0", 1234.0),
    "below": ("hr:1:int16", -5.0),
    "oven": ("hr:10:float32", 180.5),
    "large": ("hr:20:uint32", 4_000_000_000.0),
    "deep": ("hr:22:int32", -70_000.0),
    "fine": ("hr:30:float64", 3.25),
    "input": ("ir:3", 77.0),
    "coil": ("coil:5", 1.0),
    "off": ("coil:6", 0.0),
    "bit": ("di:6", 1.0),
}


def test_every_kind_of_register_is_read(device: Device) -> None:
    with read("modbus", device.port, {name: tag for name, (tag, _) in NUMBERS.items()}) as reading:
        reading.wait(lambda values: len(values) == len(NUMBERS))
        assert reading.values() == {name: value for name, (_, value) in NUMBERS.items()}
        assert reading.faults == []
        assert {one.unit for one in reading.source.latest()} == {"°C"}


def test_the_low_word_may_come_first(device: Device) -> None:
    with read("modbus", device.port, {"oven": "hr:12:float32"}, words="little") as reading:
        reading.wait(lambda values: values.get("oven") == 180.5)


def test_scale_and_offset(device: Device) -> None:
    tags = (Tag("t", "hr:0", "K", 0.1, 273.0),)
    source = make_source("modbus", f"127.0.0.1:{device.port}", 0.1, {}, tags)
    reading = Reading(source)
    try:
        reading.wait(lambda values: "t" in values)
        assert reading.values()["t"] == pytest.approx(396.4)
    finally:
        source.close()


def test_a_register_that_is_not_there_spoils_no_other_and_is_told(device: Device) -> None:
    with read("modbus", device.port, {"odd": "hr:500", "plain": "hr:0"}) as reading:
        reading.wait(lambda values: values == {"plain": 1234.0})
        reading.wait_fault(1)
        fault = reading.faults[0]
        assert fault is not None
        assert fault.code is ErrorCode.READINGS_LOST
        assert "hr:500" in fault.fact("address")
        time.sleep(0.5)
        assert len(reading.faults) == 1


def test_a_device_that_dies_is_told_and_found_again(device: Device) -> None:
    with read("modbus", device.port, {"plain": "hr:0"}) as reading:
        reading.wait(lambda values: "plain" in values)
        device.kill()
        killed = time.monotonic()
        reading.wait_fault(1)
        print(f"dead device told after {time.monotonic() - killed:.2f} s")
        reading.wait(lambda values: values == {})  # an old value is as good as none
        device.start()
        reading.wait(lambda values: "plain" in values)
        reading.wait_fault(2)
        assert [fault and fault.code for fault in reading.faults] == [
            ErrorCode.READINGS_LOST,
            None,
        ]


def test_a_device_that_hangs_is_told_and_latest_never_waits(device: Device) -> None:
    with read("modbus", device.port, {"plain": "hr:0", "input": "ir:3"}) as reading:
        reading.wait(lambda values: len(values) == 2)
        device.send(signal.SIGSTOP)
        took = []
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            began = time.perf_counter()
            reading.source.latest()
            took.append((time.perf_counter() - began) * 1000)
            time.sleep(0.002)
        took.sort()
        print(f"latest() while the device hangs: p99 {took[int(len(took) * 0.99)]:.3f} ms")
        assert took[int(len(took) * 0.99)] < 20.0
        assert reading.values() == {}
        reading.wait_fault(1)
        device.send(signal.SIGCONT)
        reading.wait(lambda values: len(values) == 2)


def test_the_program_records_them_with_each_part_and_over_time(
    device: Device, tmp_path: Path
) -> None:
    """The device dies in the middle: parts go on without, and what was read stays."""
    data = tmp_path / "data"
    data.mkdir()
    tags = [
        {"name": "oven", "tag": "hr:10:float32", "unit": "°C"},
        {"name": "count", "tag": "hr:50"},
    ]
    readings = {"kind": "modbus", "address": f"127.0.0.1:{device.port}", "every": 0.1, "tags": tags}
    machine = {"kind": "timer", "period": 0.1}
    settings = {"schema_version": 1, "machine": machine, "readings": [readings]}
    (data / "settings.toml").write_text(tomli_w.dumps(settings), "utf-8")
    line = Running(tmp_path, "serve", "--data", data)
    try:
        wait_recorded(data, 30)
        device.kill()
        after = last_number(data)
        wait_recorded(data, after + 30)
        line.end(signal.SIGTERM)
    finally:
        line.close()
    with Reader(data) as reader:
        entries = reader.history(1000)
        stories = [reader.story(entry.inspection.uid) for entry in entries]
        with_oven = [story for story in stories if any(one.name == "oven" for one in story.values)]
        without = [story for story in stories if not story.values]
        assert len(with_oven) >= 20
        assert len(without) >= 20
        for story in with_oven:
            (oven,) = (one for one in story.values if one.name == "oven")
            seen = story.entry.inspection
            assert (oven.value, oven.unit) == (180.5, "°C")
            assert seen.at_ms - 1000 <= oven.at_ms <= seen.at_ms + 100
        assert {story.entry.inspection.part.number for story in without} >= {after + 20, after + 30}
        series = {one.name: one for one in reader.series()}
        alone = [one for one in reader.points(series["oven"], 0, 2**60) if not one.uid]
        counted = [one for one in reader.points(series["count"], 0, 2**60) if not one.uid]
        assert 1 <= len(alone) <= 3  # it does not change
        assert len(counted) >= 10
        faults = [entry.fault and entry.fault.code for entry in reader.audit(100)]
        assert ErrorCode.READINGS_LOST in faults
    assert all(row.good for row in verify(data))


def last_number(data: Path) -> int:
    if not (data / DATABASE_NAME).exists():
        return 0
    with suppress(StoreError), Reader(data) as reader:
        return reader.last_number()
    return 0


def wait_recorded(data: Path, number: int, seconds: float = 40.0) -> None:
    deadline = time.monotonic() + seconds
    while last_number(data) < number:
        assert time.monotonic() < deadline, last_number(data)
        time.sleep(0.1)


# ── by MQTT ─────────────────────────────────────────────────────────────────────────────────


TOPICS = {
    "oven": "hall/oven/temperature",
    "zone": "hall/oven#zones.1.value",
    "speed": "hall/oven#speed",
    "door": "hall/door",
}


def test_numbers_and_json_are_read_as_they_come(broker: Broker) -> None:
    with read("mqtt", broker.port, TOPICS, every=5.0) as reading:
        for _ in range(100):  # until it has subscribed
            publish(broker, "hall/door", "true")
            if reading.values():
                break
        publish(broker, "hall/oven/temperature", "180.5")
        publish(broker, "hall/oven", '{"speed": 12, "zones": [{"value": 1}, {"value": 2.5}]}')
        reading.wait(
            lambda values: values == {"oven": 180.5, "zone": 2.5, "speed": 12.0, "door": 1.0}
        )
        publish(broker, "hall/oven/temperature", "hot")
        publish(broker, "hall/oven", '{"speed": "12", "zones": []}')
        publish(broker, "hall/oven/temperature", "NaN")
        publish(broker, "hall/door", "false")
        reading.wait(lambda values: values["door"] == 0.0)
        assert reading.values() == {"oven": 180.5, "zone": 2.5, "speed": 12.0, "door": 0.0}
        assert reading.faults == []


def test_a_value_counts_for_three_periods(broker: Broker) -> None:
    with read("mqtt", broker.port, {"oven": "oven"}, every=0.2) as reading:
        for _ in range(100):
            publish(broker, "oven", "180.5")
            if reading.values():
                break
        reading.wait(lambda values: values == {}, 3.0)


@pytest.mark.parametrize("retained", [False, True])
def test_what_the_broker_kept_counts_only_where_that_is_wanted(
    broker: Broker, retained: bool
) -> None:
    publish(broker, "tool", "7", "-r")
    tags = {"tool": "tool", "door": "door"}
    with read("mqtt", broker.port, tags, every=5.0, retained=retained) as reading:
        for _ in range(100):
            publish(broker, "door", "1")
            if "door" in reading.values():
                break
        assert reading.values() == ({"tool": 7.0, "door": 1.0} if retained else {"door": 1.0})


def test_a_broker_that_dies_is_told_and_found_again(broker: Broker) -> None:
    with read("mqtt", broker.port, {"oven": "oven"}, every=5.0) as reading:
        for _ in range(100):
            publish(broker, "oven", "1")
            if reading.values():
                break
        broker.kill()
        reading.wait_fault(1)
        broker.start()
        reading.wait_fault(2)
        assert [fault and fault.code for fault in reading.faults] == [
            ErrorCode.READINGS_LOST,
            None,
        ]


def test_a_broker_that_lets_nobody_in_gives_no_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATION_MQTT_PASSWORD", "guessed")
    rules = ("allow_anonymous false", f"password_file {passwords(tmp_path, station='right')}")
    with (
        Broker(tmp_path, *rules) as broker,
        read("mqtt", broker.port, {"oven": "oven"}, user="station") as reading,
    ):
        reading.wait_fault(1)
        fault = reading.faults[0]
        assert fault is not None
        assert fault.code is ErrorCode.READINGS_LOST
