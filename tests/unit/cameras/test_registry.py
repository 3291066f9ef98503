import subprocess
import sys

import pytest

from station.cameras.folder import FolderCamera
from station.cameras.hosted import HostedCamera
from station.cameras.opencv import OpenCvCamera
from station.cameras.registry import KINDS, make_camera
from station.cameras.simulated import SimulatedCamera
from station.cameras.stream.camera import StreamCamera
from station.cameras.uvc import UvcCamera
from station.cameras.video_file import VideoFileCamera
from station.domain.options import Option, Options
from station.errors import CameraError, ErrorCode


def refusal(kind: str, source: str = "", options: Options | None = None) -> CameraError:
    with pytest.raises(CameraError) as caught:
        make_camera(kind, source, options)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        ("simulated", "", SimulatedCamera),
        ("simulated", "7", SimulatedCamera),
        ("folder", "/some/where", FolderCamera),
        ("opencv", "", OpenCvCamera),
        ("opencv", "1", OpenCvCamera),
        ("opencv", "/dev/video0", OpenCvCamera),
        ("opencv", "/dev/v4l/by-id/usb-Maker_Model-video-index0", OpenCvCamera),
        ("opencv", "rtsp://10.0.0.9/stream", StreamCamera),
        ("stream", "http://10.0.0.9/live.mjpg", StreamCamera),
        ("video", "recorded.avi", VideoFileCamera),
        ("uvc", "046d:0825:Webcam", UvcCamera),
        ("gentl", "SN1", HostedCamera),
        ("basler", "", HostedCamera),
        ("opencv", "recorded.avi", VideoFileCamera),
    ],
)
def test_a_word_becomes_a_camera_that_is_not_open(kind: str, source: str, expected: type) -> None:
    assert type(make_camera(kind, source)) is expected


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    error = refusal("webcam")
    assert error.code is ErrorCode.CAMERA_UNKNOWN_KIND
    assert error.fault.fact("kind") == "webcam"
    assert error.fault.fact("known") == ", ".join(KINDS)


def test_options_may_be_text_or_values() -> None:
    text = {"fps": "100", "width": "128", "height": "96.0", "pool": "2", "seed": "5"}
    values: dict[str, Option] = {"fps": 100, "width": 128, "height": 96, "pool": 2}
    frames = []
    for source, options in (("", text), ("5", values)):
        camera = make_camera("simulated", source, options)
        camera.open()
        frames.append(camera.grab(1))
        camera.close()
    assert all(frame is not None for frame in frames)
    assert frames[0].pixels.tobytes() == frames[1].pixels.tobytes()
    assert frames[0].pixels.shape == (96, 128)


@pytest.mark.parametrize("word", [True, "true", "True", "1", 1])
def test_truth_has_several_words(word: Option) -> None:
    assert type(make_camera("folder", "x", {"shuffle": word, "seed": 3})) is FolderCamera


@pytest.mark.parametrize(
    ("kind", "source", "option", "value"),
    [
        ("simulated", "", "fsp", 30),
        ("simulated", "", "fps", "fast"),
        ("simulated", "", "fps", "inf"),
        ("simulated", "", "fps", 0),
        ("simulated", "", "width", 99.5),
        ("simulated", "", "width", "nan"),
        ("simulated", "", "source", "x"),
        ("folder", "x", "shuffle", "perhaps"),
        ("folder", "x", "source", "y"),
        ("opencv", "0", "loop", True),
        ("opencv", "0", "width", -1),
        ("opencv", "a.avi", "width", 640),
        ("stream", "rtsp://h/x", "latency", "long"),
        ("stream", "0", "source", "x"),
        ("uvc", "", "backend", "any"),
        ("uvc", "", "fps", -1),
    ],
)
def test_a_bad_option_is_named(kind: str, source: str, option: str, value: Option) -> None:
    error = refusal(kind, source, {option: value})
    assert error.code is ErrorCode.CAMERA_BAD_OPTION
    assert error.fault.fact("kind") == kind
    assert error.fault.fact("option") == option
    assert error.fault.fact("allowed")


def test_a_seed_that_is_no_number_is_refused() -> None:
    error = refusal("simulated", "flange")
    assert error.code is ErrorCode.CAMERA_BAD_OPTION
    assert error.fault.fact("option") == "seed"


def test_the_known_kinds_are_imported_only_when_they_are_made() -> None:
    code = "import sys, station.cameras.registry; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"cv2", "harvesters", "genicam", "pypylon", "cv2_enumerate_cameras"}
    assert not heavy & set(done.stdout.split())


def test_a_makers_library_is_not_loaded_in_this_process() -> None:
    code = (
        "import sys; from station.cameras.registry import make_camera\n"
        "for kind in ('gentl', 'basler', 'uvc', 'stream'):\n"
        "    make_camera(kind, 'rtsp://h/x' if kind == 'stream' else '')\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"harvesters", "genicam", "pypylon", "cv2_enumerate_cameras"}
    assert not heavy & set(done.stdout.split())


@pytest.mark.parametrize("kind", ["gentl", "basler"])
@pytest.mark.parametrize(
    ("option", "value"),
    [("trigger", "sometimes"), ("TriggerMode", "On"), ("exposure", 5), ("features", "x")],
)
def test_a_bad_option_of_a_hosted_camera_is_told_at_once(
    kind: str, option: str, value: Option
) -> None:
    error = refusal(kind, "", {option: value})
    assert error.code is ErrorCode.CAMERA_BAD_OPTION
    assert error.fault.fact("kind") == kind
    assert error.fault.fact("option") == option


@pytest.mark.parametrize(("trigger", "live"), [("free", True), ("line", True), ("software", False)])
def test_a_hosted_camera_is_live_as_its_inner_one_is(trigger: str, live: bool) -> None:
    camera = make_camera("gentl", "SN1", {"trigger": trigger, "ExposureTime": "5000"})
    assert (camera.name, camera.live) == ("gentl:SN1", live)


def test_what_begins_with_a_capital_is_set_on_the_camera_itself() -> None:
    camera = make_camera("simulated", "4", {"width": 320, "height": 256, "Gain": "6.5"})
    assert isinstance(camera, SimulatedCamera)
    camera.open()
    gain = next(one for one in camera.features() if one.name == "Gain")
    camera.close()
    assert gain.value == 6.5


def test_the_mapping_of_features_is_no_option() -> None:
    error = refusal("simulated", "", {"features": "x"})
    assert error.code is ErrorCode.CAMERA_BAD_OPTION
    assert "features" not in error.fault.fact("allowed")
