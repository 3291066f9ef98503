"""Several cameras or several lights, and the one picture that holds what they saw."""

import time

import numpy as np
import pytest

from station.cameras.base import Camera, Watched
from station.cameras.features import Feature, FeatureKind, Setting
from station.cameras.mosaic import mosaic, tiles
from station.cameras.shots import ShotsCamera
from station.cameras.simulated import CameraFault, SimulatedCamera
from station.cameras.views import views_of
from station.domain.part import Frame, Pixels
from station.domain.recipe import Roi
from station.errors import CameraError, ErrorCode
from tests.belt import LineCamera


def flat(height: int, width: int, level: int) -> Pixels:
    return np.full((height, width), level, np.uint8)


def test_a_mosaic_holds_every_pixel_of_every_view_and_black_between() -> None:
    colour = np.dstack([flat(40, 30, level) for level in (10, 20, 30)])
    pictures = [flat(60, 50, 7), colour, flat(20, 80, 9)]
    whole, places = mosaic(pictures), tiles([one.shape for one in pictures])
    assert whole.shape == (60, 160, 3)
    assert places == (Roi(0, 0, 50, 60), Roi(50, 0, 30, 40), Roi(80, 0, 80, 20))
    assert (whole[:60, :50] == 7).all()
    assert (whole[:40, 50:80] == colour).all()
    assert (whole[:20, 80:] == 9).all()
    assert not whole[40:, 50:80].any()
    assert not whole.flags.writeable
    assert mosaic([flat(8, 8, 1), flat(8, 8, 2)]).ndim == 2


def small(seed: int, **options: float) -> SimulatedCamera:
    return SimulatedCamera(seed=seed, width=128, height=96, fps=options.get("fps", 100))


def grab_all(camera: Camera, times: int) -> None:
    for _ in range(times):
        camera.grab(0.2)


def test_one_camera_is_itself() -> None:
    camera = small(1)
    assert views_of((camera,)) is camera


def test_two_live_cameras_give_frames_that_are_as_old_as_the_older_view() -> None:
    one, two = small(1), small(2, fps=60)
    camera = views_of((one, two))
    assert camera.live
    assert not isinstance(camera, Watched)
    camera.open()
    began = time.monotonic_ns()
    frames = list[Frame]()
    while len(frames) < 5:
        frame = camera.grab(0.5)
        if frame is not None:
            frames.append(frame)
    camera.close()
    assert all(frame.pixels.shape == (96, 256) for frame in frames)
    assert [frame.number for frame in frames] == [1, 2, 3, 4, 5]
    assert all(frame.taken_ns >= began for frame in frames)
    assert not np.array_equal(frames[0].pixels[:, :128], frames[0].pixels[:, 128:])


def test_a_view_that_freezes_is_the_failure_of_all_though_the_other_goes_on() -> None:
    one, two = small(1), small(2)
    camera = views_of((one, two))
    camera.open()
    two.fail(CameraFault.FREEZE)
    with pytest.raises(CameraError) as caught:
        grab_all(camera, 20)
    camera.close()
    assert caught.value.code is ErrorCode.CAMERA_FROZEN


def test_what_cannot_be_opened_leaves_none_open() -> None:
    one, two = small(1), small(2)
    two.fail(CameraFault.UNPLUG)
    camera = views_of((one, two))
    with pytest.raises(CameraError) as caught:
        camera.open()
    assert caught.value.code is ErrorCode.CAMERA_NOT_FOUND
    with pytest.raises(CameraError):
        one.grab(0.01)  # closed again
    two.fail(None)
    camera.open()
    until = time.monotonic() + 2
    while camera.grab(0.1) is None:
        assert time.monotonic() < until
    camera.close()


def test_loss_is_noticed_where_every_camera_notices_its_own() -> None:
    one, two = LineCamera(), LineCamera()
    camera = views_of((one, two))
    assert isinstance(camera, Watched)
    camera.open()
    camera.check()
    two.lose(True)
    with pytest.raises(CameraError):
        camera.check()
    assert not isinstance(views_of((one, small(1))), Watched)


class AskedCamera:
    """Gives a picture for each trigger, as bright as its exposure says."""

    live = False
    name = "asked"

    def __init__(self, delay: float = 0.0) -> None:
        self.exposure = 50.0
        self.delay = delay
        self.asked = 0
        self.lost = False

    def open(self) -> None: ...

    def trigger(self) -> None:
        self.asked += 1

    def grab(self, timeout: float) -> Frame | None:
        if self.lost or not self.asked or self.delay > timeout:
            time.sleep(min(timeout, 0.05))
            return None
        self.asked -= 1
        time.sleep(self.delay)
        taken = time.monotonic_ns()
        return Frame(flat(48, 64, int(self.exposure)), 1, taken, "a.png", "dent")

    def close(self) -> None: ...

    def features(self) -> tuple[Feature, ...]:
        return (Feature("ExposureTime", FeatureKind.NUMBER, self.exposure, 0, 255),)

    def adjust(self, name: str, value: Setting) -> Feature:
        if name != "ExposureTime":
            raise CameraError(ErrorCode.CAMERA_FEATURE_REFUSED, source="asked", feature=name,
                              value=value, allowed="ExposureTime")  # fmt: skip
        self.exposure = float(value)
        return self.features()[0]


def test_cameras_that_are_asked_answer_together_or_not_at_all() -> None:
    one, two = AskedCamera(), AskedCamera()
    camera: Camera = views_of((one, two))
    assert not camera.live
    camera.open()
    camera.trigger()
    frame = camera.grab(1.0)
    assert frame is not None
    assert frame.pixels.shape == (48, 128)
    assert (frame.source, frame.truth) == ("a.png", "dent")
    two.lost = True
    camera.trigger()
    assert camera.grab(0.2) is None
    two.lost, one.asked, two.asked = False, 0, 0
    camera.trigger()  # the view that came without the other is of the last part, and is gone
    again = camera.grab(1.0)
    assert again is not None
    assert again.taken_ns > frame.taken_ns


def test_each_shot_is_taken_under_its_own_features() -> None:
    one = AskedCamera()
    camera = ShotsCamera(one, ({"ExposureTime": 40}, {"ExposureTime": 120}, {"ExposureTime": 200}))
    camera.open()
    assert one.exposure == 40
    assert camera.grab(0.01) is None  # nobody asked
    camera.trigger()
    frame = camera.grab(1.0)
    assert frame is not None
    assert [int(frame.pixels[:, 64 * k : 64 * k + 64].mean()) for k in range(3)] == [40, 120, 200]
    assert one.exposure == 40
    camera.close()


def test_a_live_camera_takes_shots_after_its_features_were_set() -> None:
    one = small(1)
    camera = ShotsCamera(one, ({"ExposureTime": 2000}, {"ExposureTime": 20000}))
    camera.open()
    camera.trigger()
    frame = camera.grab(2.0)
    camera.close()
    assert frame is not None
    dark, bright = frame.pixels[:, :128], frame.pixels[:, 128:]
    assert bright.mean() > dark.mean() + 20


def test_a_camera_without_features_and_a_wrong_one_are_told_when_it_is_opened() -> None:
    with pytest.raises(CameraError) as caught:
        ShotsCamera(LineCamera(), ({"ExposureTime": 1},)).open()
    assert caught.value.code is ErrorCode.CAMERA_NO_FEATURES
    with pytest.raises(CameraError) as refused:
        ShotsCamera(AskedCamera(), ({"Colour": "red"},)).open()
    assert refused.value.code is ErrorCode.CAMERA_FEATURE_REFUSED
