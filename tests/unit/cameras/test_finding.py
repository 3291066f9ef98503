"""Drivers that hang, crash, chatter or are not there: each costs its own answer only."""

import sys
import time

import pytest

from station.cameras import finding
from station.cameras.features import Found
from station.cameras.finding import MARK, find_cameras, search_here
from station.errors import ErrorCode

ONE = '{"kind": "a", "source": "s", "name": "n", "detail": "", "in_use": false}'
PROGRAMS = {
    "good": f"print('noise'); print('{MARK}{{\"cameras\": [{ONE}], \"fault\": null}}')",
    "hangs": "import time; print('noise', flush=True); time.sleep(60)",
    "crashes": "import os; os.abort()",
    "none": f'print(\'{MARK}{{"cameras": [], "fault": null}}\')',
    "absent": (
        f'print(\'{MARK}{{"cameras": [], '
        '"fault": ["camera_driver_missing", {"kind": "absent", "reason": "no library"}]}\')'
    ),
}


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        finding, "_command", lambda kind: [sys.executable, "-I", "-c", PROGRAMS[kind]]
    )


def test_every_driver_answers_for_itself() -> None:
    began = time.monotonic()
    listings = {one.kind: one for one in find_cameras(PROGRAMS, seconds=3.0)}
    assert time.monotonic() - began < 10
    assert list(listings) == list(PROGRAMS)
    assert listings["good"].cameras == (Found("a", "s", "n"),)
    assert listings["none"].cameras == ()
    assert listings["good"].fault is listings["none"].fault is None
    reasons = {
        kind: one.fault.fact("reason") for kind, one in listings.items() if one.fault is not None
    }
    assert reasons == {
        "hangs": "no answer within 3 s",
        "crashes": "the driver crashed",
        "absent": "no library",
    }
    codes = {one.fault.code for one in listings.values() if one.fault is not None}
    assert codes == {ErrorCode.CAMERA_DRIVER_MISSING}


def test_a_driver_that_cannot_be_loaded_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MODULES", {"x": "station.cameras.not_there"})
    fault = search_here("x").fault
    assert fault is not None
    assert fault.code is ErrorCode.CAMERA_DRIVER_MISSING
    assert "not_there" in fault.fact("reason")


def test_a_driver_that_fails_is_an_internal_fault_and_logged(
    monkeypatch: pytest.MonkeyPatch, no_logged_errors: list[str]
) -> None:
    monkeypatch.setattr(finding, "MODULES", {"x": "station.cameras.base"})  # it has no `find`
    fault = search_here("x").fault
    assert fault is not None
    assert fault.code is ErrorCode.INTERNAL
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()
