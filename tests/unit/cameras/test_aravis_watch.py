import threading
import time
from collections.abc import Iterator

import pytest

from station.cameras.aravis.watch import PATIENCE, SILENCE, Watch

SLACK = 0.6  # a machine that is shared


class Answers:
    """What the camera says, as it is set; None is silence."""

    def __init__(self) -> None:
        self.now: bool | None = True
        self.asked = 0

    def __call__(self) -> bool | None:
        self.asked += 1
        if self.now is None:
            time.sleep(0.05)
        return self.now


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def watch(answers: Answers) -> Iterator[Watch]:
    watch = Watch(answers, "cam")
    watch.start()
    yield watch
    watch.stop()


def seconds_until_lost(watch: Watch, limit: float = 3.0) -> float:
    began = time.monotonic()
    while not watch.lost and time.monotonic() - began < limit:
        time.sleep(0.01)
    return time.monotonic() - began


def test_a_camera_that_answers_is_there(watch: Watch, answers: Answers) -> None:
    time.sleep(0.8)
    assert not watch.lost
    assert answers.asked >= 3


def test_silence_is_a_loss_within_a_second(watch: Watch, answers: Answers) -> None:
    answers.now = None
    assert SILENCE * 0.9 < seconds_until_lost(watch) < 1.0 + SLACK
    answers.now = True
    time.sleep(0.3)
    assert watch.lost  # for good: whoever comes back must be set up anew


def test_a_short_silence_is_none(watch: Watch, answers: Answers) -> None:
    answers.now = None
    time.sleep(0.2)
    answers.now = True
    time.sleep(0.8)
    assert not watch.lost


def test_pictures_are_a_sign_of_life(watch: Watch, answers: Answers) -> None:
    answers.now = None
    until = time.monotonic() + 1.2
    while time.monotonic() < until:
        watch.heard()
        time.sleep(0.02)
    assert not watch.lost
    assert seconds_until_lost(watch) < 1.0 + SLACK


def test_another_master_is_a_loss_at_once(watch: Watch, answers: Answers) -> None:
    answers.now = False
    assert seconds_until_lost(watch) < 0.4 + SLACK


def test_a_camera_at_work_is_given_time(watch: Watch, answers: Answers) -> None:
    assert PATIENCE > 3 * SILENCE
    watch.patient(True)
    answers.now = None
    time.sleep(3 * SILENCE)
    assert not watch.lost
    watch.patient(False)
    assert seconds_until_lost(watch) < 1.0 + SLACK


def test_it_ends_when_it_is_told(answers: Answers) -> None:
    watch = Watch(answers, "cam")
    watch.stop()  # never begun
    watch = Watch(answers, "cam")
    watch.start()
    watch.stop()
    assert "aravis-watch" not in {thread.name for thread in threading.enumerate()}
