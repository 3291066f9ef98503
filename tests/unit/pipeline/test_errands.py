"""What other threads want of the camera."""

import threading

import pytest

from station.cameras.simulated import SimulatedCamera
from station.errors import CameraError, ErrorCode, Fault, StationError
from station.pipeline.errands import Errands


def run_beside(errands: Errands, fault: Fault | None = None) -> threading.Event:
    """The owner of a camera: it looks after errands until the event is set."""
    done = threading.Event()

    def own() -> None:
        while not done.wait(0.01):
            errands.run(SimulatedCamera(), fault)

    threading.Thread(target=own, daemon=True).start()
    return done


def test_an_errand_is_done_by_the_owner_and_its_answer_comes_back() -> None:
    errands = Errands()
    done = run_beside(errands)
    owner = errands.ask(lambda _: threading.current_thread())
    assert owner is not threading.current_thread()
    assert errands.ask(lambda camera: camera.name) == "simulated"
    done.set()


def test_what_an_errand_raises_reaches_whoever_asked() -> None:
    errands = Errands()
    done = run_beside(errands)

    def fail(_: object) -> None:
        raise CameraError(ErrorCode.CAMERA_NO_FEATURES, source="x")

    with pytest.raises(CameraError) as caught:
        errands.ask(fail)
    assert caught.value.code is ErrorCode.CAMERA_NO_FEATURES
    done.set()


def test_while_the_camera_is_away_every_errand_is_refused_with_the_reason() -> None:
    errands = Errands()
    done = run_beside(errands, Fault(ErrorCode.CAMERA_NOT_FOUND, (("source", "y"),)))
    with pytest.raises(StationError) as caught:
        errands.ask(lambda camera: camera.name)
    assert caught.value.code is ErrorCode.CAMERA_NOT_FOUND
    done.set()


def test_an_owner_that_hangs_is_waited_for_no_longer_than_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("station.pipeline.errands.ERRAND_SECONDS", 0.05)
    errands, ran = Errands(), list[str]()
    with pytest.raises(CameraError) as caught:
        errands.ask(lambda camera: ran.append(camera.name))
    assert caught.value.code is ErrorCode.CAMERA_LOST
    errands.run(SimulatedCamera(), None)  # the owner is back: what nobody waits for is left out
    assert ran == []
