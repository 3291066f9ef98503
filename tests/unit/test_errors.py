"""Errors are values: a code, facts as text, and no prose."""

import pytest

from station.errors import (
    CameraError,
    DatasetError,
    ErrorCode,
    Fault,
    ImageError,
    LineError,
    ModelError,
    RecipeError,
    SettingsError,
    StationError,
    StoreError,
    internal,
)
from station.gui.fault_texts import SENTENCES


def test_an_error_carries_its_facts_as_text() -> None:
    error = ModelError(ErrorCode.MODEL_FAILED, reason=ValueError("odd"), count=3)
    assert error.code is ErrorCode.MODEL_FAILED
    assert error.fault == Fault(ErrorCode.MODEL_FAILED, (("reason", "odd"), ("count", "3")))
    assert error.fault.fact("count") == "3"
    assert error.fault.fact("path") == ""
    assert "model_failed" in str(error)


def test_faults_can_be_compared_and_kept_in_sets() -> None:
    one = StoreError(ErrorCode.STORE_DISK_FULL, path="a").fault
    assert one == StoreError(ErrorCode.STORE_DISK_FULL, path="a").fault
    assert one != StoreError(ErrorCode.STORE_DISK_FULL, path="b").fault
    assert len({one, one}) == 1
    with pytest.raises(AttributeError):
        one.code = ErrorCode.INTERNAL  # type: ignore[misc]


@pytest.mark.parametrize(
    "kind",
    [
        *(SettingsError, RecipeError, CameraError, ImageError),
        *(ModelError, StoreError, DatasetError, LineError),
    ],
)
def test_one_base_catches_all(kind: type[StationError]) -> None:
    with pytest.raises(StationError):
        raise kind(ErrorCode.INTERNAL, reason="x")


def test_what_nobody_expected_becomes_a_fault_too() -> None:
    known = ImageError(ErrorCode.IMAGE_NOT_FOUND, path="a.png")
    assert internal(known) is known.fault
    fault = internal(ZeroDivisionError("by nought"))
    assert fault == Fault(ErrorCode.INTERNAL, (("reason", "ZeroDivisionError: by nought"),))


def test_every_code_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == set(ErrorCode)
    assert len({code.value for code in ErrorCode}) == len(ErrorCode)
