import pytest

from station.cameras.feature_values import (
    allowed_text,
    converted,
    is_granted,
    limit,
    step_of,
    unit_of,
)
from station.cameras.features import Feature, FeatureKind, Setting

EXPOSURE = Feature("ExposureTime", FeatureKind.NUMBER, 100.0, 10.0, 1e6, None, "µs")
WIDTH = Feature("Width", FeatureKind.INTEGER, 640, 16, 1280, 16)
FORMAT = Feature("PixelFormat", FeatureKind.CHOICE, "Mono8", choices=("Mono8", "RGB8"))
REVERSE = Feature("ReverseX", FeatureKind.SWITCH, False)
NAME = Feature("DeviceUserID", FeatureKind.TEXT, "")


@pytest.mark.parametrize(
    ("feature", "value", "wanted"),
    [
        (EXPOSURE, "5000", 5000.0),
        (EXPOSURE, 10, 10.0),
        (EXPOSURE, 9.9, None),
        (EXPOSURE, 1e7, None),
        (EXPOSURE, "nan", None),
        (EXPOSURE, "inf", None),
        (EXPOSURE, "long", None),
        (WIDTH, 640, 640),
        (WIDTH, "640.0", 640),
        (WIDTH, 640.5, None),
        (WIDTH, 641, None),
        (WIDTH, "1e400", None),
        (FORMAT, "RGB8", "RGB8"),
        (FORMAT, "rgb8", None),
        (REVERSE, "on", True),
        (REVERSE, 0, False),
        (REVERSE, "perhaps", None),
        (NAME, "Station 1", "Station 1"),
        (NAME, "检测", None),
    ],
)
def test_a_value_is_brought_into_the_type_of_its_feature(
    feature: Feature, value: Setting, wanted: Setting | None
) -> None:
    assert converted(feature, value) == wanted
    if wanted is not None:
        assert type(converted(feature, value)) is type(wanted)


def test_what_may_not_be_set_takes_nothing() -> None:
    assert converted(Feature("Width", FeatureKind.INTEGER, 640, writable=False), 640) is None


@pytest.mark.parametrize(
    ("feature", "text"),
    [
        (EXPOSURE, "10 … 1000000 µs"),
        (WIDTH, "16 … 1280 (± 16)"),
        (FORMAT, "Mono8, RGB8"),
        (REVERSE, "true, false"),
        (NAME, "ASCII"),
        (Feature("Width", FeatureKind.INTEGER, 640, writable=False), "640"),
    ],
)
def test_the_limits_are_said_in_words_that_need_no_translation(feature: Feature, text: str) -> None:
    assert allowed_text(feature) == text


def test_a_sensor_may_grant_the_nearest_that_it_can() -> None:
    assert is_granted(EXPOSURE, 101.0)
    assert not is_granted(EXPOSURE, 200.0)
    assert is_granted(WIDTH, 640)
    assert not is_granted(WIDTH, 656)


def test_the_end_of_all_numbers_is_no_limit() -> None:
    assert limit(None) is None
    assert limit(9.3e18) is None
    assert limit(5) == 5
    assert step_of(0) is None
    assert step_of(0.5) == 0.5
    assert unit_of("ExposureTime", "") == "µs"
    assert unit_of("Gain", "dB") == "dB"
    assert unit_of("X", "us") == "µs"
