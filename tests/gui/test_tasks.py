"""Work leaves the GUI thread and its result comes back there."""

import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from station.domain.inspection import Disposition
from station.errors import ErrorCode, Fault, StoreError
from station.gui.bridge import LineBridge
from station.gui.tasks import Tasks
from station.pipeline.events import Disposed


def test_work_runs_elsewhere_and_its_result_comes_back(qtbot: QtBot) -> None:
    tasks, got = Tasks(lambda fault: pytest.fail(str(fault))), []
    tasks.run(threading.get_ident, lambda worker: got.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(got))
    worker, receiver = got[0]
    assert worker != threading.get_ident()
    assert receiver == threading.get_ident()
    tasks.close()


def test_order_is_kept(qtbot: QtBot) -> None:
    tasks, got = Tasks(lambda fault: pytest.fail(str(fault))), []
    for number in range(20):
        tasks.run(lambda number=number: number, got.append)
    qtbot.waitUntil(lambda: len(got) == 20)
    assert got == list(range(20))
    tasks.close()


def test_a_failure_is_heard_of_by_default(qtbot: QtBot, no_logged_errors: list[str]) -> None:
    faults: list[Fault] = []
    tasks = Tasks(faults.append)

    def known() -> None:
        raise StoreError(ErrorCode.STORE_DISK_FULL, path="/x")

    def unknown() -> None:
        raise ValueError("seven")

    tasks.run(known, lambda _: pytest.fail("it did not fail"))
    tasks.run(unknown, lambda _: pytest.fail("it did not fail"))
    qtbot.waitUntil(lambda: len(faults) == 2)
    assert [fault.code for fault in faults] == [ErrorCode.STORE_DISK_FULL, ErrorCode.INTERNAL]
    assert len(no_logged_errors) == 1, "only what nobody expected is an error in the log"
    no_logged_errors.clear()
    tasks.close()


def test_a_caller_may_handle_its_own_failure(qtbot: QtBot) -> None:
    mine: list[Fault] = []
    tasks = Tasks(lambda fault: pytest.fail(str(fault)))

    def fail() -> None:
        raise StoreError(ErrorCode.RECORD_NOT_FOUND, uid="x")

    tasks.run(fail, lambda _: None, mine.append)
    qtbot.waitUntil(lambda: bool(mine))
    tasks.close()


def test_results_after_closing_are_dropped(qtbot: QtBot) -> None:
    tasks, got, go = Tasks(lambda fault: None), [], threading.Event()
    tasks.run(lambda: go.wait(5), got.append)
    threading.Timer(0.05, go.set).start()
    tasks.close()
    qtbot.wait(50)
    assert got == []


def test_events_of_other_threads_arrive_in_the_gui_thread(qtbot: QtBot) -> None:
    bridge, got = LineBridge(), []

    class Ear:
        def hear(self, event: object) -> None:
            got.append((event, QThread.currentThread()))

    ear = Ear()
    bridge.told.connect(ear.hear)
    events = [Disposed(str(n), Disposition.RELEASE) for n in range(50)]
    sender = threading.Thread(target=lambda: [bridge.post(event) for event in events])
    sender.start()
    qtbot.waitUntil(lambda: len(got) == 50)
    sender.join()
    assert [event for event, _ in got] == events
    assert {thread for _, thread in got} == {bridge.thread()}
