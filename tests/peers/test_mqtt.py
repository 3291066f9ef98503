"""The machine `mqtt` against a real broker: nothing is lost, and nothing waits."""

import json
import random
import signal
import statistics
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import tomli_w

from station.bundle import resource
from station.domain.inspection import Disposition
from station.domain.part import Part
from station.domain.process import ProcessValue
from station.errors import ErrorCode
from station.store.queries import Reader
from tests.peers.cable import Cable
from tests.peers.mosquitto import Broker, Listener, publish
from tests.peers.mqtt_side import PREFIX, Side, numbers, ready_states, states, until
from tests.peers.station_life import part
from tests.program import Running

pytestmark = pytest.mark.peer

SCHEMA = json.loads(resource("schemas/mqtt-result.schema.json").read_text("utf-8"))


def test_every_result_once_in_order_as_the_schema_says(
    broker: Broker, ear: Listener, sides: list[Side]
) -> None:
    sides.append(side := Side(broker))
    side.wait_up()
    side.signal(*range(1, 301))
    side.machine.signal(Part(0, "refused"), Disposition.REJECT)  # no part, so no result
    ear.wait(lambda: len(numbers(ear)) >= 300)
    assert numbers(ear) == list(range(1, 301))
    for text in ear.on("/result"):
        jsonschema.validate(json.loads(text), SCHEMA)
    faults = [json.loads(text)["fault"] for text in ear.on("/result")]
    assert sum(fault is not None for fault in faults) == 30
    assert side.machine.waiting == 0


def test_the_status_is_kept_for_who_comes_later_and_ends_offline(
    broker: Broker, ear: Listener, sides: list[Side]
) -> None:
    sides.append(side := Side(broker))
    side.wait_up()
    side.machine.ready(True)
    ear.wait(lambda: ("online", True) in ready_states(ear))
    with Listener(broker, f"{PREFIX}/status") as late:
        late.wait(lambda: ready_states(late) == [("online", True)])
    side.machine.close()
    ear.wait(lambda: ready_states(ear)[-1] == ("offline", False))


def test_what_was_said_while_the_broker_was_dead_arrives_and_in_order(
    broker: Broker, sides: list[Side]
) -> None:
    with closing(Cable(broker.port)) as cable:
        sides.append(side := Side(cable))
        side.wait_up()
        cable.cut()  # until a listener is there again: the broker forgets what nobody hears
        broker.kill()
        assert side.code() is ErrorCode.MACHINE_LINK_LOST
        side.signal(*range(1, 501))
        broker.start()
        with Listener(broker, f"{PREFIX}/result") as ear:
            cable.plug()
            ear.wait(lambda: len(numbers(ear)) >= 500, 30)
            side.signal(501)
            ear.wait(lambda: 501 in numbers(ear))
        assert numbers(ear) == list(range(1, 502))
        until(lambda: side.machine.waiting == 0)
        assert side.machine.dropped == 0


def test_results_under_way_when_the_broker_dies_are_said_again(
    broker: Broker, sides: list[Side]
) -> None:
    sides.append(side := Side(broker, prefix=f"{PREFIX}-2"))
    side.wait_up()
    broker.send(signal.SIGSTOP)  # it takes nothing, and acknowledges nothing
    side.signal(*range(1, 101))
    time.sleep(0.3)
    assert side.machine.waiting == 100
    broker.kill()
    assert side.machine.waiting == 100
    broker.start()
    side.wait_up()
    until(lambda: side.machine.waiting == 0)
    assert side.machine.dropped == 0


def test_the_oldest_go_when_too_many_wait_and_are_counted(
    broker: Broker, sides: list[Side]
) -> None:
    sides.append(side := Side(broker, keep=50))
    side.wait_up()
    broker.kill()
    assert side.code() is ErrorCode.MACHINE_LINK_LOST
    side.signal(*range(1, 81))
    assert (side.machine.waiting, side.machine.dropped) == (50, 30)
    broker.start()
    side.wait_up()
    with Listener(broker, f"{PREFIX}/status") as late:
        late.wait(lambda: any(state["dropped"] == 30 for state in states(late)))


def test_nothing_waits_for_a_broker_that_hangs(broker: Broker, sides: list[Side]) -> None:
    sides.append(side := Side(broker))
    side.wait_up()
    broker.send(signal.SIGSTOP)
    parts = [part(number, random.Random(number), fault=False) for number in range(1, 2001)]
    took = []
    for one in parts:
        began = time.perf_counter()
        side.machine.signal(one.part, Disposition.RELEASE, one)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(f"signal() while the broker hangs: p50 {took[1000]:.3f} ms, p99 {took[1980]:.3f} ms")
    assert took[1980] < 20.0  # generous: the machines that run this are busy
    began = time.monotonic()
    assert side.code() is ErrorCode.MACHINE_LINK_LOST
    print(f"a broker that hangs was given up after {time.monotonic() - began:.1f} s")
    broker.send(signal.SIGCONT)
    side.wait_up()


def test_how_long_a_result_takes(broker: Broker, ear: Listener, sides: list[Side]) -> None:
    sides.append(side := Side(broker))
    side.wait_up()
    said = []
    for number in range(1, 201):
        said.append(time.monotonic())
        side.signal(number)
        ear.wait(lambda: len(numbers(ear)) == number)  # noqa: B023 - waited for at once
    came = [at for at, (topic, _) in zip(ear.times, ear.heard, strict=True) if "/result" in topic]
    took = sorted((b - a) * 1000 for a, b in zip(said, came, strict=True))
    print(f"signal → mosquitto_sub: p50 {statistics.median(took):.2f} ms, p99 {took[197]:.2f} ms")
    assert statistics.median(took) < 50.0


def test_a_part_is_asked_for_and_the_asker_told(
    broker: Broker, ear: Listener, sides: list[Side]
) -> None:
    sides.append(side := Side(broker, commands=True))
    side.wait_up()
    topic = f"{PREFIX}/command"
    publish(broker, topic, json.dumps({"command": "trigger", "serial": "SN-7 ü"}))
    ear.wait(lambda: len(ear.on("/answer")) == 1)
    said = json.loads(ear.on("/answer")[0])
    assert said == {"command": "trigger", "serial": "SN-7 ü", "uid": "a1b2"}
    side.answer = ""
    words = ("-D", "publish", "response-topic", "mes/7", "-D", "publish", "correlation-data", "42")
    publish(broker, topic, '{"command": "trigger"}', *words)
    ear.wait(lambda: len(ear.on("mes/7")) == 1)
    assert json.loads(ear.on("mes/7")[0]) == {"command": "trigger", "serial": "", "missed": True}
    for nonsense in (
        "",
        "trigger",
        "[1",
        '{"command": "stop"}',
        '{"command":"trigger","serial":5}',
    ):
        publish(broker, topic, nonsense, *words) if nonsense else None
    ear.wait(lambda: len(ear.on("mes/7")) == 5)
    assert all("error" in json.loads(text) for text in ear.on("mes/7")[1:])
    assert side.serials == ["SN-7 ü", ""]


def test_a_command_that_the_broker_kept_triggers_nothing(
    broker: Broker, ear: Listener, sides: list[Side]
) -> None:
    publish(broker, f"{PREFIX}/command", '{"command": "trigger"}', "-r")
    sides.append(side := Side(broker, commands=True))
    side.wait_up()
    publish(broker, f"{PREFIX}/command", '{"command": "trigger", "serial": "now"}')
    ear.wait(lambda: len(ear.on("/answer")) == 1)
    assert side.serials == ["now"]


def test_without_the_option_nobody_may_ask(
    broker: Broker, ear: Listener, sides: list[Side]
) -> None:
    sides.append(side := Side(broker))
    side.wait_up()
    publish(broker, f"{PREFIX}/command", '{"command": "trigger"}')
    side.signal(1)
    ear.wait(lambda: numbers(ear) == [1])
    assert (side.serials, ear.on("/answer")) == ([], [])


def test_the_last_will_when_the_line_is_killed(
    broker: Broker, ear: Listener, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    mqtt = {"kind": "mqtt", "address": broker.address, "options": {"prefix": PREFIX}}
    settings = {"schema_version": 1, "machine": mqtt}
    (data / "settings.toml").write_text(tomli_w.dumps(settings), "utf-8")
    line = Running(tmp_path, "run", "--headless", "--json", "--data", data)
    try:
        line.wait_parts("OK NG REVIEW NOT_INSPECTED", 5, 60)
        ear.wait(lambda: len(numbers(ear)) >= 3)
        killed = time.monotonic()
        line.end(signal.SIGKILL)
    finally:
        line.close()
    ear.wait(lambda: ready_states(ear)[-1] == ("offline", False))
    said = [at for at, (topic, _) in zip(ear.times, ear.heard, strict=True) if "status" in topic]
    print(f"killed → last will at mosquitto_sub: {(said[-1] - killed) * 1000:.0f} ms")
    for text in ear.on("/result"):
        jsonschema.validate(json.loads(text), SCHEMA)
    with Listener(broker, f"{PREFIX}/status") as late:
        late.wait(lambda: ready_states(late) == [("offline", False)])


def test_a_part_of_the_real_program_is_asked_for_and_its_result_follows(
    broker: Broker, ear: Listener, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    options = {"prefix": PREFIX, "commands": True}
    mqtt = {"kind": "mqtt", "address": broker.address, "options": options}
    (data / "settings.toml").write_text(
        tomli_w.dumps({"schema_version": 1, "machine": mqtt}), "utf-8"
    )
    line = Running(tmp_path, "serve", "--data", data)
    try:
        ear.wait(lambda: ("online", True) in ready_states(ear), 60)
        took = []
        for number in range(1, 11):
            ear.wait(lambda: ready_states(ear)[-1] == ("online", True))
            asked = time.monotonic()
            command = {"command": "trigger", "serial": f"SN-{number}"}
            publish(broker, f"{PREFIX}/command", json.dumps(command))
            ear.wait(lambda: len(ear.on("/answer")) == number)  # noqa: B023 - waited for at once
            took.append((time.monotonic() - asked) * 1000)
            with Reader(data) as reader:  # the next part comes when this one is done
                until(lambda: reader.last_number() == number)  # noqa: B023
        answers = [json.loads(text) for text in ear.on("/answer")]
        assert [one["serial"] for one in answers] == [f"SN-{number}" for number in range(1, 11)]
        parts = {one["uid"]: one["serial"] for one in answers if "uid" in one}
        print(f"asked → answered: p50 {statistics.median(took):.0f} ms with mosquitto_pub's start")
        line.end(signal.SIGTERM)
    finally:
        line.close()
    with Reader(data) as reader:
        entries = reader.history(100)
    assert {one.inspection.uid: one.inspection.part.serial for one in entries} == parts
    results = {json.loads(text)["uid"]: json.loads(text) for text in ear.on("/result")}
    assert results.keys() == {one.inspection.uid for one in entries if one.disposition}
    assert {one["trigger"] for one in results.values()} == {"machine"}
    assert len(parts) == 10, "it was ready when it was asked"


def test_a_day_of_trouble_between_the_line_and_its_broker(
    broker: Broker, ear: Listener, tmp_path: Path
) -> None:
    """The cable is cut, and pulled without a word: each recorded part is heard, in order."""
    data = tmp_path / "data"
    data.mkdir()
    with closing(Cable(broker.port)) as cable:
        address = f"127.0.0.1:{cable.port}"
        mqtt = {"kind": "mqtt", "address": address, "options": {"prefix": PREFIX}}
        machine = {"kind": "timer", "period": 0.05}
        settings = {"schema_version": 1, "machine": machine, "beside": [mqtt]}
        (data / "settings.toml").write_text(tomli_w.dumps(settings), "utf-8")
        line = Running(tmp_path, "serve", "--data", data)
        try:
            ear.wait(lambda: len(ear.on("/result")) >= 10, 60)
            cable.cut()
            time.sleep(1.0)
            cable.plug()
            ear.wait(lambda: ready_states(ear)[-1][0] == "online", 30)
            cable.pull()  # half-open: nobody is told
            time.sleep(8.0)
            cable.plug()
            count = len(ear.on("/result"))
            ear.wait(lambda: len(ear.on("/result")) > count + 50, 40)
            line.end(signal.SIGTERM)
        finally:
            line.close()
        ear.wait(lambda: ready_states(ear)[-1][0] == "offline")
    with Reader(data) as reader:
        entries = reader.history(10_000)
        told = [one.inspection.part.number for one in reversed(entries) if one.disposition]
        notes = [entry.fault.code for entry in reader.audit(1000) if entry.fault is not None]
    heard = numbers(ear)
    assert list(dict.fromkeys(heard)) == told  # those that wait for a person are told later
    twice = len(heard) - len(told)
    print(f"{len(entries)} recorded, {len(told)} told, all heard, {twice} of them twice")
    assert ErrorCode.MACHINE_BESIDE_LOST in notes
    assert [one for one in entries if one.inspection.fault] == [], "no part suffered"


def test_process_values_are_in_the_result(broker: Broker, ear: Listener, sides: list[Side]) -> None:
    sides.append(side := Side(broker))
    side.wait_up()
    values = (ProcessValue("oven", 180.5, "°C", "modbus plc:502", 1_790_000_000_001),)
    one = replace(part(1, random.Random(1), fault=False), values=values)
    side.machine.signal(one.part, Disposition.RELEASE, one)
    ear.wait(lambda: numbers(ear) == [1])
    said = json.loads(ear.on("/result")[0])
    jsonschema.validate(said, SCHEMA)
    (value,) = said["values"]
    assert value == {
        "name": "oven",
        "value": 180.5,
        "unit": "°C",
        "source": "modbus plc:502",
        "at": "2026-09-21T14:13:20.001Z",
    }
