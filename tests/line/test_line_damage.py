"""The database is overwritten, emptied or deleted under a running line: no part is lost."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from station.domain.inspection import Disposition, Verdict
from station.errors import ErrorCode, Fault
from station.pipeline.events import Disposed, Inspected, LineState, Recorded
from station.store.recover import look_after
from station.store.schema import DATABASE_NAME
from station.store.verify import verify


def overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def log_overwritten(path: Path) -> None:
    overwritten(path.with_name(f"{path.name}-wal"))


@pytest.mark.parametrize("hurt", [overwritten, emptied, log_overwritten, Path.unlink])
def test_a_line_goes_on_over_a_damaged_database(make_rig, hurt: Callable[[Path], None]) -> None:
    rig = make_rig()
    told: list[Fault] = []
    stop = threading.Event()
    keeper = threading.Thread(target=look_after, args=(rig.store, stop, told.append, 0.05))
    keeper.start()
    try:
        for number in range(60):
            if number == 20:
                hurt(rig.store.folder / DATABASE_NAME)
            rig.inspect()
        rig.wait(Recorded, 60, 20)
        rig.wait(Disposed, 60, 20)
        rig.wait_state(LineState.READY)
        while len(told) < 2:
            stop.wait(0.05)
    finally:
        stop.set()
        keeper.join()
    verdicts = [event.inspection.verdict for event in rig.wait(Inspected, 60)]
    rig.stop()
    assert verdicts.count(Verdict.NOT_INSPECTED) <= 4
    assert told[-1].code is ErrorCode.STORE_REBUILT
    rows = list(verify(rig.store.folder))
    assert sorted(row.number for row in rows) == list(range(1, 61)), "admitted = recorded"
    assert all(row.good for row in rows)
    released = {number for number, said in rig.machine.signals if said is Disposition.RELEASE}
    with rig.store as store:
        entries = store.reader.history(100)
    good = {e.inspection.part.number for e in entries if e.inspection.verdict is Verdict.OK}
    assert released <= good, "no part was released that is not recorded as good"
