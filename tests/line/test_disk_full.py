"""A full disk: the part is not inspected, nothing recorded is lost, and work goes on after."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import Disposition, Verdict
from station.errors import ErrorCode, StoreError
from station.pipeline.events import Disposed, Inspected, LineState, Recorded
from station.store.verify import verify
from tests.line.conftest import MakeRig


def test_a_full_disk_passes_nothing_and_loses_nothing(
    mounted: Callable[[str], Path], make_rig: MakeRig
) -> None:
    disk = mounted("size=8m")
    rig = make_rig(SimulatedCamera(width=640, height=512, fps=60, pool=2), folder=disk)
    rig.inspect()
    rig.wait(Recorded)
    ballast = disk / "ballast"
    _fill(ballast)
    rig.inspect()
    rig.wait_state(LineState.FAULT)
    spoiled = rig.wait(Inspected, 3)[-1].inspection
    assert spoiled.verdict is Verdict.NOT_INSPECTED
    assert spoiled.fault is not None
    assert spoiled.fault.code is ErrorCode.STORE_DISK_FULL
    assert rig.machine.signals[-1] == (2, Disposition.REJECT)
    assert not rig.machine.ready_now
    ballast.unlink()
    rig.wait(Recorded, 2)
    rig.wait_state(LineState.READY)
    rig.inspect()
    rig.wait(Recorded, 3)
    rig.stop()
    assert [row.good for row in verify(disk / "data0")] == [True] * 3
    assert rig.line.status().admitted == rig.line.status().recorded == 3


def _fill(path: Path) -> None:
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(file, b"\0" * 4096):
            pass
    except OSError:
        os.close(file)


def test_a_disposition_that_cannot_be_written_is_written_later(
    make_rig: MakeRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = make_rig()
    dispose, calls = rig.store.dispose, []

    def fail_twice(uid: str, disposition: Disposition, at_ms: int) -> None:
        calls.append(uid)
        if len(calls) <= 2:
            raise StoreError(ErrorCode.STORE_DISK_FULL, path="x")
        dispose(uid, disposition, at_ms)

    monkeypatch.setattr(rig.store, "dispose", fail_twice)
    rig.inspect()
    rig.wait_state(LineState.FAULT)
    rig.wait(Disposed)
    rig.wait_state(LineState.READY)
    assert rig.machine.signals == [(1, Disposition.RELEASE)], "the machine is told once"
    assert rig.store.reader.history(1)[0].disposition is Disposition.RELEASE
