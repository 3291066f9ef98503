"""Process values from a controller of node-opcua: read, gone, frozen, back, and who trusts whom."""

import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station.errors import ErrorCode, Fault
from station.machine.opcua.source import OpcuaSource
from station.machine.readings import Tag
from tests.peers.opcua_peers import OpcuaPlc
from tests.peers.servers import free_port

pytestmark = pytest.mark.peer

EVERY = 0.2
TAGS = (
    Tag("temperature", "ns=1;s=Temperature", "°C", scale=1.8, offset=32.0),
    Tag("speed", "ns=1;s=Speed", "mm/s"),
    Tag("running", "ns=1;s=Running"),
)
SECRET = "a secret, ü"


class Heard:
    """What a source told, and when."""

    def __init__(self) -> None:
        self.faults: list[tuple[float, Fault | None]] = []
        self._news = threading.Condition()

    def __call__(self, fault: Fault | None) -> None:
        with self._news:
            self.faults.append((time.monotonic(), fault))
            self._news.notify_all()

    def wait(self, code: ErrorCode | None, seconds: float = 15.0) -> float:
        """When that became the last word."""

        def is_last() -> bool:
            if not self.faults:
                return False
            fault = self.faults[-1][1]
            return (fault.code if fault else None) == code

        with self._news:
            assert self._news.wait_for(is_last, seconds), (code, self.faults)
            return self.faults[-1][0]


def until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def values(source: OpcuaSource) -> dict[str, float]:
    return {one.name: one.value for one in source.latest()}


@pytest.fixture
def plc(tmp_path: Path) -> Iterator[OpcuaPlc]:
    plc = OpcuaPlc(free_port(), tmp_path / "plc")
    plc.start()
    yield plc
    plc.kill()


@pytest.fixture
def source(plc: OpcuaPlc) -> Iterator[OpcuaSource]:
    source = OpcuaSource(f"opc.tcp://127.0.0.1:{plc.port}/plc", TAGS, EVERY)
    yield source
    source.close()


def test_values_are_read_lost_and_back(
    plc: OpcuaPlc, source: OpcuaSource, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = Heard()
    source.open(heard)
    until(lambda: len(source.latest()) == len(TAGS))
    assert values(source) == pytest.approx({"temperature": 70.7, "speed": 300.0, "running": 1.0})
    assert {one.name: one.unit for one in source.latest()}["temperature"] == "°C"
    plc.set("Speed", -42)
    plc.set("Running", False)
    until(lambda: values(source).get("speed") == -42.0)
    until(lambda: values(source).get("running") == 0.0)
    assert heard.faults == []

    killed = time.monotonic()
    plc.kill()
    noticed = heard.wait(ErrorCode.READINGS_LOST) - killed
    until(lambda: source.latest() == ())

    plc.start()
    started = time.monotonic()
    back = heard.wait(None) - started
    until(lambda: len(source.latest()) == len(TAGS))

    frozen = time.monotonic()
    plc.signal(signal.SIGSTOP)
    still = heard.wait(ErrorCode.READINGS_LOST) - frozen
    plc.signal(signal.SIGCONT)
    heard.wait(None)
    with capsys.disabled():
        print(
            f"\nOPC UA client, node-opcua server: killed seen after {noticed:.2f} s, "
            f"back {back:.2f} s after it was up, frozen seen after {still:.2f} s"
        )
    assert noticed < 3
    assert still < 3 + 1  # one second for a machine that is busy with other tests
    assert back < 5


def test_a_long_period_notices_as_quickly(plc: OpcuaPlc) -> None:
    source, heard = OpcuaSource(f"127.0.0.1:{plc.port}/plc", TAGS, 600.0), Heard()
    source.open(heard)
    try:
        until(lambda: len(source.latest()) == len(TAGS))
        killed = time.monotonic()
        plc.kill()
        assert heard.wait(ErrorCode.READINGS_LOST) - killed < 3 + 1
    finally:
        source.close()


def test_a_tag_that_is_no_number_spoils_no_other(plc: OpcuaPlc) -> None:
    tags = (*TAGS, Tag("name", "ns=1;s=Name"), Tag("nothing", "ns=1;s=Nothing"))
    source, heard = OpcuaSource(f"127.0.0.1:{plc.port}/plc", tags, EVERY), Heard()
    source.open(heard)
    try:
        until(lambda: len(source.latest()) == len(TAGS))
        heard.wait(ErrorCode.READINGS_LOST)
        (fault,) = (fault for _, fault in heard.faults)
        assert fault is not None
        assert "ns=1;s=Name" in fault.fact("address")
    finally:
        source.close()


def test_both_sides_must_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATION_OPCUA_CLIENT_PASSWORD", "wrong")
    plc = OpcuaPlc(free_port(), tmp_path / "plc", "secured")
    plc.start()
    address, folder = f"127.0.0.1:{plc.port}/plc", tmp_path / "data"

    def made() -> OpcuaSource:
        return OpcuaSource(address, TAGS, EVERY, "plc", "encrypt", str(folder))

    try:
        refused, heard = made(), Heard()
        refused.open(heard)  # the controller's certificate is not trusted here
        heard.wait(ErrorCode.MACHINE_REFUSED_LOGIN)
        refused.close()
        (knocked,) = (folder / "opcua" / "rejected").glob("*.der")
        shutil.move(knocked, folder / "opcua" / "trusted")

        refused, heard = made(), Heard()
        refused.open(heard)  # the password is wrong
        heard.wait(ErrorCode.MACHINE_REFUSED_LOGIN)
        refused.close()
        assert refused.latest() == ()

        monkeypatch.setenv("STATION_OPCUA_CLIENT_PASSWORD", SECRET)
        source, heard = made(), Heard()
        source.open(heard)
        until(lambda: len(source.latest()) == len(TAGS))
        assert heard.faults == []
        source.close()
    finally:
        plc.kill()
