"""Who hangs, and who only waits."""

import time

import pytest

from station.pipeline.pulse import Pulse


def test_nobody_hangs_who_is_in_time() -> None:
    pulse = Pulse()
    assert pulse.stuck() is None
    with pulse.within("camera", 60):
        assert pulse.stuck() is None
    assert pulse.stuck() is None


def test_the_one_that_is_over_its_time_is_named() -> None:
    pulse = Pulse()
    with pulse.within("camera", 60), pulse.within("inspector", 0.01):
        time.sleep(0.03)
        stuck = pulse.stuck()
        assert stuck is not None
        assert stuck.name == "inspector"
        assert stuck.seconds > 0.02
    assert pulse.stuck() is None


def test_an_error_ends_the_wait() -> None:
    pulse = Pulse()
    with pytest.raises(ValueError), pulse.within("camera", 0.0):
        raise ValueError
    assert pulse.stuck() is None
