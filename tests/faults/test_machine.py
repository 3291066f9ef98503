"""The link to the machine: a real little PLC that goes silent, and comes back."""

import time
from pathlib import Path

import pytest

from station.domain.inspection import Verdict
from station.errors import ErrorCode
from tests.faults.conftest import MakeStation
from tests.faults.rig import all_kept, prepare
from tests.faults.screen import Screen
from tests.faults.table import BY_NAME
from tests.rigs.plc import PlcProcess


@pytest.mark.fault("machine-link-lost")
def test_the_machine_goes_silent_and_comes_back(
    tmp_path: Path, make_station: MakeStation, screen: Screen
) -> None:
    with PlcProcess() as plc:
        prepare(tmp_path / "data", machine={"kind": "tcp", "address": f"127.0.0.1:{plc.port}"})
        station = make_station(tmp_path / "data")
        station.start()
        plc.wait("ready", on=True)
        plc.order("trigger P1")
        plc.wait("result", serial="P1", said="RELEASE")
        began = time.monotonic()
        plc.order("mute")
        told = station.wait_fault(ErrorCode.MACHINE_LINK_LOST, 2, began)
        assert time.monotonic() - began < 2
        screen.shows(told)
        plc.wait("watchdog")
        plc.wait("output", 1, state="REJECT")
        assert not station.line.wait_ready(0.2), "no part is taken"
        uid = station.ask()
        entry = station.recorded(uid)
        assert entry.inspection.verdict is Verdict.NOT_INSPECTED
        plc.order("speak")
        plc.wait("ready", 2, seconds=BY_NAME["machine-link-lost"].seconds or 0, on=True)
        plc.order("trigger P2")
        plc.wait("result", serial="P2", said="RELEASE", seconds=5)
        assert station.end() == 0
        sequences = [row["sequence"] for row in plc.saw("result")]
        assert len(sequences) == len(set(sequences)), "each is acted on once"
    serials = [row.part.serial for row in all_kept(station)]
    assert serials == ["P1", "", "P2"]
