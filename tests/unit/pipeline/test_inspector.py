"""What the model must not see is not shown to it, and such a part is never OK."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from station.cameras.flange import draw_part
from station.cameras.noise import SensorNoise
from station.cameras.picture import measure_picture, picture_limits
from station.domain.inspection import Finding, Inspection, Verdict
from station.domain.part import Capture, Frame, Part, Pixels, Trigger, TriggerSource
from station.domain.recipe import Recipe, Roi
from station.errors import ErrorCode, Fault, ModelError
from station.inference.engine import Engine
from station.pipeline.channel import Channel
from station.pipeline.inspector import Context, Inspector
from station.pipeline.pulse import Pulse
from station.pipeline.recorder import Order, RecordPart
from station.pipeline.stills import Stills
from tests.models import build_bright_model

SIZE = (320, 256)
ROI = Roi(32, 0, 256, 256)
PICTURE = SensorNoise(SIZE, 1).over(draw_part(1, 0, SIZE, 0.0)[0], 1)


class Watched(Engine):
    """A real engine that remembers what it was shown, and fails when it is told to."""

    shown: list[Pixels]
    error: Exception | None = None

    def look(self, pixels: Pixels, roi: Roi | None = None, ignore: Sequence[Roi] = ()) -> Finding:
        self.shown.append(pixels)
        if self.error is not None:
            raise self.error
        return super().look(pixels, roi, ignore)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Watched]:
    engine = Watched(build_bright_model(tmp_path / "m.onnx", level=60), "cpu")
    engine.shown = []
    with engine:
        yield engine


@pytest.fixture
def recipe() -> Recipe:
    limits = picture_limits([PICTURE[:, 32:288]])
    return Recipe(
        "flange",
        "m.onnx",
        roi=ROI,
        min_brightness=limits.min_brightness,
        max_saturated=limits.max_saturated,
        min_focus=limits.min_focus,
    )


def inspect(
    engine: Engine, recipe: Recipe, pixels: Pixels | None, serial: str = "", **more: Any
) -> Inspection:
    """One part through a real inspector, as its thread would take it."""
    captures: Channel[Capture] = Channel(4)
    records: Channel[Order] = Channel(4)
    told: list[Inspection] = []
    inspector = Inspector(
        captures,
        records,
        Stills(),
        Context(engine, recipe, "camera 1"),
        Pulse(),
        lambda: more.get("doubt"),
        told.append,
    )
    frame = None if pixels is None else Frame(pixels, 1, 1)
    trigger = Trigger(TriggerSource.COMMAND, 1, "ab", 1)
    captures.put(Capture(Part(1, serial), trigger, frame, more.get("fault")))
    captures.close()
    thread = threading.Thread(target=inspector.run)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    order = records.get(0)
    assert isinstance(order, RecordPart)
    assert told == [order.inspection]
    assert (order.inspection.fault is None) == (
        order.inspection.verdict is not Verdict.NOT_INSPECTED
    )
    return order.inspection


def refused(engine: Watched, inspection: Inspection, code: ErrorCode) -> Fault:
    """The fault of a part that was not inspected, and that the model has not seen."""
    assert inspection.verdict is Verdict.NOT_INSPECTED
    assert inspection.score is None
    assert inspection.fault is not None
    assert inspection.fault.code is code
    assert engine.shown == []
    return inspection.fault


def test_a_good_picture_is_judged(engine: Watched, recipe: Recipe) -> None:
    inspection = inspect(engine, recipe, PICTURE)
    assert inspection.verdict is Verdict.OK
    assert len(engine.shown) == 1


def test_what_is_measured_is_kept_also_of_a_picture_that_is_not_judged(
    engine: Watched, recipe: Recipe
) -> None:
    seen = measure_picture(PICTURE[:, 32:288])
    inspection = inspect(engine, recipe, PICTURE)
    assert (inspection.brightness, inspection.sharpness) == (seen.brightness, seen.focus)
    assert inspection.unlike is None
    dark = inspect(engine, recipe, exposed(0.4))
    assert dark.brightness == pytest.approx(0.4 * seen.brightness, rel=0.02)
    assert inspect(engine, recipe, None, fault=Fault(ErrorCode.CAMERA_LOST)).brightness is None


def test_a_part_unlike_the_rest_is_for_a_person(tmp_path: Path, recipe: Recipe) -> None:
    path = build_bright_model(tmp_path / "u.onnx", level=60, unlike=True)
    mean = float(cv2.resize(PICTURE[:, 32:288], (64, 64), interpolation=cv2.INTER_AREA).mean())
    with Watched(path, "cpu") as engine:
        engine.shown = []
        near = inspect(engine, replace(recipe, max_unlike=3.0), PICTURE)
        far = inspect(engine, replace(recipe, max_unlike=0.01), PICTURE)
    assert near.unlike == pytest.approx(abs(mean - 60) / 100, abs=0.01)
    assert (near.verdict, far.verdict) == (Verdict.OK, Verdict.REVIEW)
    assert far.score == near.score


def exposed(factor: float) -> Pixels:
    return cv2.convertScaleAbs(PICTURE, alpha=factor)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("pixels", "code"),
    [
        (exposed(3), ErrorCode.CAMERA_OVEREXPOSED),
        (exposed(0.4), ErrorCode.CAMERA_BLACK),
        (cv2.blur(PICTURE, (7, 7)), ErrorCode.CAMERA_BLURRED),
    ],
)
def test_a_bad_picture_is_not(
    engine: Watched, recipe: Recipe, pixels: Pixels, code: ErrorCode
) -> None:
    assert refused(engine, inspect(engine, recipe, pixels), code).fact("source") == "camera 1"


def test_only_the_region_counts(engine: Watched, recipe: Recipe) -> None:
    spoilt = PICTURE.copy()
    spoilt[:, :32] = 255
    spoilt[:, 288:] = 0
    assert inspect(engine, recipe, spoilt).verdict is Verdict.OK


def test_what_is_ignored_spoils_no_picture(engine: Watched, recipe: Recipe) -> None:
    glare = PICTURE.copy()
    glare[:200] = 255
    refused(engine, inspect(engine, recipe, glare), ErrorCode.CAMERA_OVEREXPOSED)
    careful = replace(recipe, min_focus=None, ignore=(Roi(0, 0, 320, 200),))
    assert inspect(engine, careful, glare).fault is None
    frame = replace(careful, roi=None, ignore=(Roi(0, 0, 999, 999),))
    engine.shown.clear()
    refused(engine, inspect(engine, frame, glare), ErrorCode.ALL_IGNORED)


def test_a_recipe_without_limits_refuses_only_black_and_white(engine: Watched) -> None:
    bare = Recipe("flange", "m.onnx")
    refused(engine, inspect(engine, bare, np.zeros((256, 320), np.uint8)), ErrorCode.CAMERA_BLACK)
    white = np.full((256, 320), 255, np.uint8)
    refused(engine, inspect(engine, bare, white), ErrorCode.CAMERA_OVEREXPOSED)
    assert inspect(engine, bare, cv2.blur(PICTURE, (7, 7))).fault is None


@pytest.mark.parametrize("serial", ["", "FX-000123", "FL-1"])
def test_a_serial_of_another_product(engine: Watched, recipe: Recipe, serial: str) -> None:
    recipe = replace(recipe, serial_pattern=r"FL-\d{6}")
    inspection = inspect(engine, recipe, PICTURE, serial)
    fault = refused(engine, inspection, ErrorCode.RECIPE_WRONG_PRODUCT)
    assert dict(fault.facts) == {"serial": serial, "recipe": "flange"}
    assert inspect(engine, recipe, PICTURE, "FL-000123").verdict is Verdict.OK


def test_an_endless_serial_is_told_only_as_far_as_anybody_reads(
    engine: Watched, recipe: Recipe
) -> None:
    inspection = inspect(engine, replace(recipe, serial_pattern=".*"), PICTURE, "x" * 5000)
    fault = refused(engine, inspection, ErrorCode.RECIPE_WRONG_PRODUCT)
    assert fault.fact("serial") == "x" * 200


def test_what_was_wrong_before_comes_first(engine: Watched, recipe: Recipe) -> None:
    frozen = Fault(ErrorCode.CAMERA_FROZEN, (("source", "camera 1"),))
    slept = Fault(ErrorCode.SLEPT, (("seconds", "9"),))
    recipe = replace(recipe, serial_pattern="FL")
    refused(engine, inspect(engine, recipe, PICTURE, fault=frozen), ErrorCode.CAMERA_FROZEN)
    refused(engine, inspect(engine, recipe, PICTURE, doubt=slept), ErrorCode.SLEPT)
    refused(engine, inspect(engine, recipe, None, fault=frozen), ErrorCode.CAMERA_FROZEN)


def test_a_region_outside_the_frame(engine: Watched, recipe: Recipe) -> None:
    small = PICTURE[:100, :100]
    refused(engine, inspect(engine, recipe, small), ErrorCode.ROI_OUTSIDE_FRAME)


@pytest.mark.parametrize(
    "error",
    [
        ModelError(ErrorCode.DEVICE_LOST, provider="cuda", reason="gone"),
        ModelError(ErrorCode.OUT_OF_MEMORY, reason="full"),
        ModelError(ErrorCode.MODEL_FAILED, reason="no"),
        RuntimeError("nobody expected this"),
    ],
)
def test_an_engine_that_fails(engine: Watched, recipe: Recipe, error: Exception) -> None:
    engine.error = error
    inspection = inspect(engine, recipe, PICTURE)
    assert inspection.verdict is Verdict.NOT_INSPECTED
    assert inspection.fault is not None
    expected = error.code if isinstance(error, ModelError) else ErrorCode.INTERNAL
    assert inspection.fault.code is expected
