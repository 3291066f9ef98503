import io
import os
import threading

import numpy as np
import pytest

from station.cameras.base import PartUnseen
from station.cameras.features import Feature, FeatureKind
from station.cameras.hosted_wire import (
    HEAD,
    error_of,
    error_values,
    feature_of,
    feature_values,
    frame_of,
    frame_values,
    receive,
    send,
)
from station.domain.part import Frame, TriggerSource
from station.errors import CameraError, ErrorCode, ImageError, StationError


def reader(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def written(what: str, values: dict[str, object], pixels: np.ndarray | None = None) -> bytes:
    out = io.BytesIO()
    send(out.write, what, values, pixels)
    return out.getvalue()


@pytest.mark.parametrize("shape", [(48, 64), (48, 64, 3)])
@pytest.mark.parametrize("started", [None, TriggerSource.CAMERA])
def test_a_frame_comes_over_as_it_is(shape: tuple[int, ...], started: TriggerSource | None) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    frame = Frame(pixels, 7, 123_456_789_012_345, "gentl:ä", started=started)
    message = receive(reader(written("frame", dict(frame_values(frame)), pixels)).readinto)
    assert message is not None
    back = frame_of(message)
    assert np.array_equal(back.pixels, pixels)
    assert not back.pixels.flags.writeable
    assert back.pixels.flags.c_contiguous
    assert (back.number, back.taken_ns, back.source) == (7, 123_456_789_012_345, "gentl:ä")
    assert back.started is started


@pytest.mark.parametrize(
    "error",
    [
        CameraError(ErrorCode.CAMERA_LOST, source="gentl:1"),
        CameraError(
            ErrorCode.CAMERA_FEATURE_REFUSED, source="x", feature="Gain", value=1, allowed="0"
        ),
        ImageError(ErrorCode.CAMERA_INCOMPLETE, source="x", reason="µ"),
        PartUnseen(TriggerSource.CAMERA, ErrorCode.CAMERA_INCOMPLETE, source="x", reason="y"),
    ],
)
def test_an_error_comes_over_as_what_it_is(error: StationError) -> None:
    message = receive(reader(written("error", dict(error_values(error)))).readinto)
    assert message is not None
    back = error_of(message.values)
    assert type(back) is type(error)
    assert back.fault == error.fault
    assert str(back) == str(error)
    if isinstance(error, PartUnseen):
        assert isinstance(back, PartUnseen)
        assert back.started is error.started


@pytest.mark.parametrize(
    "feature",
    [
        Feature("ExposureTime", FeatureKind.NUMBER, 5000.0, 1.0, 1e6, 0.5, "µs"),
        Feature("PixelFormat", FeatureKind.CHOICE, "Mono8", choices=("Mono8", "RGB8")),
        Feature("ReverseX", FeatureKind.SWITCH, True, writable=False),
    ],
)
def test_a_feature_comes_over_as_it_is(feature: Feature) -> None:
    message = receive(reader(written("features", {"all": [feature_values(feature)]})).readinto)
    assert message is not None
    assert feature_of(message.values["all"][0]) == feature


def test_several_come_one_after_the_other() -> None:
    data = reader(written("beat", {}) + written("up", {"a": 1}))
    first, second = receive(data.readinto), receive(data.readinto)
    assert first is not None
    assert second is not None
    assert (first.what, second.what, second.values) == ("beat", "up", {"a": 1})
    assert receive(data.readinto) is None


def test_an_end_in_the_middle_is_an_end() -> None:
    whole = written("frame", {"number": 1}, np.zeros((48, 64), np.uint8))
    for length in (0, 3, HEAD.size, HEAD.size + 5, len(whole) - 1):
        assert receive(reader(whole[:length]).readinto) is None


def test_garbage_is_no_message() -> None:
    assert receive(reader(b"\xff" * 64).readinto) is None
    lying = written("frame", {}, np.zeros((4, 4), np.uint8))
    lying = HEAD.pack(HEAD.unpack(lying[: HEAD.size])[0], 15) + lying[HEAD.size :]
    assert receive(reader(lying).readinto) is None


def test_a_pipe_that_takes_little_at_a_time_gets_all() -> None:
    end, begin = os.pipe()
    pixels = np.random.default_rng(2).integers(0, 256, (1024, 1280), np.uint8)
    thread = threading.Thread(
        target=send, args=(lambda data: os.write(begin, data[:1000]), "frame", {}, pixels)
    )
    thread.start()
    with os.fdopen(end, "rb", buffering=0) as file:
        message = receive(file.readinto)
        thread.join()
        os.close(begin)
    assert message is not None
    assert message.pixels is not None
    assert np.array_equal(message.pixels, pixels)
