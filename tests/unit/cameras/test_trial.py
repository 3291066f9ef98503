import pytest

from station.cameras.simulated import CameraFault, SimulatedCamera
from station.cameras.trial import take, try_camera
from station.errors import CameraError, ErrorCode


@pytest.fixture
def camera() -> SimulatedCamera:
    return SimulatedCamera(width=320, height=256, fps=100, pool=3)


def tried(camera: SimulatedCamera, fault: CameraFault | None = None) -> list[ErrorCode]:
    camera.open()
    camera.fail(fault)
    try:
        trial = try_camera(camera, 10)
    finally:
        camera.close()
    assert trial.good is (fault is None)
    return [one.code for one in trial.faults]


def test_a_good_camera_is_measured(camera: SimulatedCamera) -> None:
    camera.open()
    trial = try_camera(camera, 20)
    camera.close()
    assert trial.good
    assert trial.fps is not None
    assert 40 < trial.fps < 110
    assert 0 < trial.latency_median <= trial.latency_most
    assert (trial.frames, trial.incomplete, trial.width, trial.height) == (20, 0, 320, 256)
    assert 20 < trial.brightness < 200
    assert trial.focus > 0


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (CameraFault.FREEZE, ErrorCode.CAMERA_FROZEN),
        (CameraFault.BLACK, ErrorCode.CAMERA_BLACK),
        (CameraFault.OVEREXPOSED, ErrorCode.CAMERA_OVEREXPOSED),
    ],
)
def test_what_would_keep_parts_from_being_judged_is_said(
    camera: SimulatedCamera, fault: CameraFault, code: ErrorCode
) -> None:
    assert code in tried(camera, fault)
    assert tried(camera) == []


def test_a_picture_is_one_from_after_it_was_asked_for(camera: SimulatedCamera) -> None:
    camera.open()
    first = take(camera, 0)
    second = take(camera, first.taken_ns + 30_000_000)
    camera.close()
    assert second.taken_ns >= first.taken_ns + 30_000_000


def test_a_camera_that_sends_nothing_is_told(
    camera: SimulatedCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.cameras.trial.FRAME_SECONDS", 0.2)
    camera.open()
    camera.fail(CameraFault.SLOW)
    with pytest.raises(CameraError) as silent:
        try_camera(camera, 5)
    camera.close()
    assert silent.value.code is ErrorCode.CAMERA_NO_FRAME
