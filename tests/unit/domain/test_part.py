"""Shifts."""

from datetime import datetime, time

import pytest

from station.domain.part import shift_start

STARTS = (time(6), time(14), time(22))


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2026-11-21 06:00", "2026-11-21 06:00"),
        ("2026-11-21 13:59", "2026-11-21 06:00"),
        ("2026-11-21 23:30", "2026-11-21 22:00"),
        ("2026-11-21 05:59", "2026-11-20 22:00"),
    ],
)
def test_the_shift_that_a_moment_falls_into(now: str, start: str) -> None:
    assert shift_start(datetime.fromisoformat(now), STARTS) == datetime.fromisoformat(start)
